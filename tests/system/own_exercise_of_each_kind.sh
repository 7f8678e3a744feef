# What `new --exercise` makes works as it is, for every kind of plugin, and its workload compiles without a warning.
mkdir 'with spaces, é'
cd 'with spaces, é' || exit 2
for kind in lock semaphore monitor barrier rwlock bounded_buffer philosophers; do
	name=my-${kind/_/-}
	run 0 "$SYNCGRADE" new --exercise "$name" --plugin "$kind"
	says out "verify ./$name"
	for source in "$name"/*.c "$name"/*/*.c; do
		run 0 gcc -std=gnu17 -Wall -Wextra -Wshadow -Wconversion -Werror -fsyntax-only -I"$SOURCE/include" "$source"
	done
	run 1 grep -rn "@[A-Z]*@\|^@" "$name"
	run 0 "$SYNCGRADE" verify "./$name"
	run 1 "$SYNCGRADE" grade --exercise "./$name" "$name/starter.c"
done
