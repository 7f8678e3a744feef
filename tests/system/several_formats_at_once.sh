lock_source lock.c "" "$spin" "$free"
run 0 "$SYNCGRADE" grade --format json --output a.json --format text lock.c lock.c
says out "PASS"
run 0 test "$(wc -l <a.json)" -eq 2
