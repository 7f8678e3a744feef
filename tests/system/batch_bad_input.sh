mkdir class
cp "$SOURCE/reference/solutions/lock/ticket.c" class/kim.c
run 2 "$SYNCGRADE" batch class
says err "-o FOLDER"
run 2 "$SYNCGRADE" batch missing -o results
says err "missing"
run 2 "$SYNCGRADE" batch class -o /proc/results
says err "/proc/results"
mkdir nothing
run 2 "$SYNCGRADE" batch nothing -o results
says err "no submissions"
printf 'name,id\n"Kim,1\n' >roster.csv
run 2 "$SYNCGRADE" batch class -o results --roster roster.csv
says err "roster.csv:"
printf 'colour\nred\n' >roster.csv
run 2 "$SYNCGRADE" batch class -o results --roster roster.csv
says err "roster.csv:" "no column that is known"
run 2 "$SYNCGRADE" batch class -o results --exercise nosuch
says err "nosuch"
run 0 test ! -s out
run 2 "$SYNCGRADE" batch class -o results --shard 3/2
echo '{"schema": "something"}' >results.json
mkdir bad && cp results.json bad/kim.json
run 2 "$SYNCGRADE" report bad
says err "bad/kim.json"
