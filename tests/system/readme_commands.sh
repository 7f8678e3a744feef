# Every command of the README but the one that runs this test, in a folder that looks like a fresh clone.
for name in include reference tests exercises grader; do ln -s "$SOURCE/$name" "$name"; done
mkdir build
ln -s "$SYNCGRADE" build/syncgrade
sed -n '/^```sh$/,/^```$/p' "$SOURCE/README.md" | grep -v '^```' | sed 's/ *#.*//' | grep . >commands
run 0 test "$(wc -l <commands)" -ge 14
while read -r command; do
	case $command in
	'./run test') continue ;;
	'./run grade tests/mutants/'*) expected=1 ;;
	*'grade mylock/'* | *'grade --verbose mylock/'*) expected=1 ;; # the starter
	*replay* | *batch*) expected=1 ;; # a mutant; test-and-set locks fail bounded waiting
	*) expected=0 ;;
	esac
	run "$expected" sh -c "${command/#.\/run/build\/syncgrade}"
done <commands
