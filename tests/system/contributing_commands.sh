# The commands of CONTRIBUTING.md that take seconds, in a folder that looks like a fresh clone with a build in it.
for name in include reference tests exercises grader; do ln -s "$SOURCE/$name" "$name"; done
ln -s "$(dirname "$SYNCGRADE")" build
sed -n '/^```sh$/,/^```$/p' "$SOURCE/CONTRIBUTING.md" | grep -v '^```' | sed 's/ *# .*//' | grep . >commands
run 0 test "$(wc -l <commands)" -ge 12
while read -r command; do
	case $command in
	cmake* | clang-format* | gdb* | *--gdb) continue ;;     # builds, changes files, asks
	'ctest --test-dir build -N') expected=0 ;;
	ctest*) command="$command -N" expected=0 ;;             # this runs inside of it
	*replay*) expected=1 ;;
	*) expected=0 ;;
	esac
	run "$expected" sh -c "$command"
	case $command in ctest*) says_not out "Total Tests: 0" ;; esac
done <commands
# What is skipped is there.
for preset in dev asan-ubsan clang; do run 0 grep -q "\"name\": \"$preset\", \"inherits\"" "$SOURCE/CMakePresets.json"; done
run 2 build/tests/litmus/explore-host
says err "-S SCHEDULE"
