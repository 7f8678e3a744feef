lock_source lock.c "" "$spin" "$free"
gcc -O1 -g -shared -fPIC -I"$SOURCE/include" -o lock.so lock.c
run 1 "$SYNCGRADE" grade lock.so
says out "-fsanitize=thread" "gcc -O1 -g -shared -fPIC -fsanitize=thread -o lock.so lock.c" "could not be judged"
# Nothing was explored: what real threads show by luck earns nothing.
says_not out "✓"
