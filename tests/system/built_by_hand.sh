# The ordinary .so of gcc and of clang is graded as the source is.
for compiler in gcc clang; do
	"$compiler" -shared -fPIC -fsanitize=thread -I"$SOURCE/include" -o "$compiler.so" \
		"$SOURCE/reference/solutions/lock/ticket.c"
	run 0 "$SYNCGRADE" grade "$compiler.so"
	says out "PASS"
done
