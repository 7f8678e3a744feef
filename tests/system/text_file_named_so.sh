echo 'int main(void) { return 0; }' >text.so
run 1 "$SYNCGRADE" grade text.so
says out "text.so" "not"
