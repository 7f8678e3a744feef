lock_source lock.c "" "$spin" "$free"
run 2 "$SYNCGRADE" grade --output /nonexistent/report.txt lock.c
says err "/nonexistent/report.txt"
run 2 "$SYNCGRADE" grade --format json --output . lock.c
run 2 "$SYNCGRADE" grade --output /dev/full lock.c
says err "/dev/full"
run 2 sh -c "$SYNCGRADE grade lock.c >/dev/full"
