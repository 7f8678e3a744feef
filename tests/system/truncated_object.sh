lock_source lock.c "" "$spin" "$free"
gcc -O1 -g -shared -fPIC -fsanitize=thread -I"$SOURCE/include" -o whole.so lock.c
head -c "$(($(stat -c %s whole.so) / 2))" whole.so >half.so
run 1 "$SYNCGRADE" grade half.so
says out "half.so" "FAIL"
run 1 "$SYNCGRADE" inspect half.so
