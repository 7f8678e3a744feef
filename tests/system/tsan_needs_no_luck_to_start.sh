lock_source lock.c "" "$spin" "$free"
for attempt in 1 2 3 4 5 6 7 8 9 10; do
	run 0 "$SYNCGRADE" grade --engines tsan lock.c
done
