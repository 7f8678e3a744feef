# Who has passages in common: equal files, then all but names and comments; not what all were given; no verdict.
quick="$SOURCE/tests/browser/quick-lock"
solutions="$SOURCE/reference/solutions/lock"
cp -r "$quick" quick-lock
mkdir class quick-lock/solutions
cp "$solutions/mcs_heap.c" class/kim.c
cp class/kim.c class/lee.c
sed 's/node/item/g; s/queue/chain/g; s/next/successor/g; s|^/\*.*\*/$||' "$solutions/mcs_heap.c" >class/park.c
echo '/* mine */' >>class/park.c
cp "$solutions/ticket.c" class/choi.c
cp "$solutions/ticket.c" quick-lock/solutions/
sed 's/next/turn_of/g' "$solutions/ticket.c" >class/han.c
"$SYNCGRADE" batch class --exercise ./quick-lock -o results >/dev/null 2>&1
sum=$(cat results/*.json | sha256sum)
run 0 "$SYNCGRADE" similar results
says out "The same file, byte by byte: kim, lee" "100 % kim (lines" "park (lines" "no verdict"
# choi and han have what the solution has, and nothing else.
says_not out "choi"
says_not out "han"
run 0 test "$(cat results/*.json | sha256sum)" = "$sum"
rm quick-lock/solutions/ticket.c
run 0 "$SYNCGRADE" similar results --exercise ./quick-lock
says out "choi (lines"
run 2 "$SYNCGRADE" similar results --exercise ./nowhere
says err "--exercise says where it is"
run 2 "$SYNCGRADE" similar absent
says err "the results folder absent cannot be read"
mkdir one && cp class/kim.c one/ && "$SYNCGRADE" batch one --exercise ./quick-lock -o alone >/dev/null 2>&1
run 0 "$SYNCGRADE" similar alone
says out "Nothing is alike."
