echo before >report.json
run 2 "$SYNCGRADE" grade --exercise nonsense --format json --output report.json x.c
says err nonsense
lock_source lock.c "" "$spin" "$free"
run 0 "$SYNCGRADE" grade --format json --output report.json lock.c
run 0 grep -q '"verdict":"pass"' report.json
run 0 sh -c '! ls | grep tmp'
