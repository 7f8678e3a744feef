lock_source lock.c "" "$spin" "$free"
gcc -O1 -g -shared -fPIC -fsanitize=thread -I"$SOURCE/include" -o arm.so lock.c
printf '\267\000' | dd of=arm.so bs=1 seek=18 conv=notrunc status=none
run 1 "$SYNCGRADE" grade arm.so
says out "arm.so" "x86-64"
