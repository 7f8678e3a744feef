# `new` with bad names, unknown kinds, and where something is already: exit status 2, what to do, and nothing changed.
run 0 "$SYNCGRADE" new --exercise total
find total -type f -exec sha256sum {} + | sort >before
refused() {
	run 2 "$SYNCGRADE" new "$@"
	[ ! -s out ] || { echo "made something: $*"; cat out; failed=1; }
}
refused --exercise total
says err "total exists already"
refused --workload total total
says err "total/total.c exists already; it was left alone"
for name in a/b 'a b' ../a -a A é '' .; do
	refused "--exercise=$name"
	says err "lower-case letters"
	refused "--workload=$name"
	says err "lower-case letters"
done
refused --exercise starter
says err "another name"
refused --exercise spoons --plugin spoon
says err "no such kind" "semaphore" "philosophers"
refused --workload spoons --plugin spoon
says err "no such kind"
refused --exercise mine elsewhere
says err "elsewhere/mine"
refused --exercise mine no/such/mine
says err "No such file"
refused --workload mine no/such
says err "No such file"
refused --exercise mine --workload mine
refused --exercise mine a b
refused --plugin lock lock
says err "--plugin goes with"
refused
touch file
refused --exercise file
says err "file exists already"
run 1 test -e mine
run 1 test -e spoons
run 0 "$SYNCGRADE" new --workload other total
says out "name: other"
run 0 "$SYNCGRADE" new --exercise room --plugin monitor
run 0 "$SYNCGRADE" new --workload second room
run 0 grep -q trial_monitor_enter room/second.c
rm total/other.c
find total -type f -exec sha256sum {} + | sort >after
run 0 cmp before after
