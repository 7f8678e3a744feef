cp "$SOURCE/tests/mutants/lock/no_lock.c" lock.c
"$SYNCGRADE" grade --watch --engines native lock.c >watched 2>watched.err &
watcher=$!
wait_for() {
	for _ in $(seq 300); do
		[ "$(grep -c "$1" "$2")" -ge "$3" ] && return
		sleep 0.1
	done
	echo "“$1” does not come a $3. time"
	cat watched watched.err
	failed=1
}
wait_for 'waiting for a save' watched.err 1
cp "$SOURCE/reference/solutions/lock/ticket.c" new.c
mv new.c lock.c
wait_for 'waiting for a save' watched.err 2
kill "$watcher"
cp watched out
says out "✗ counter/mutual-exclusion" "✓ counter/mutual-exclusion"
# What has changed is told, after the second grading only.
cp watched.err out
grep -qE '^lock.c: [0-9]+ → [0-9]+; counter/mutual-exclusion' out || { cat out; failed=1; }
says out "hold now"
says_not out "no more"
[ "$(wc -L <out)" -le 80 ] || { cat out; echo "wider than a terminal"; failed=1; }
