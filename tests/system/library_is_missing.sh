lock_source lock.c "" "$spin" "$free"
echo 'int answer(void) { return 42; }' >other.c
gcc -shared -fPIC -o libother.so other.c
gcc -O1 -g -shared -fPIC -fsanitize=thread -I"$SOURCE/include" -o lock.so lock.c -Wl,--no-as-needed -L. -lother
run 1 "$SYNCGRADE" grade lock.so
says out "libother.so"
