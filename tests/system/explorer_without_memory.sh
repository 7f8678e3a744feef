# Where the explorer's memory does not suffice, it says so: of what it has not found nothing is known, and nothing crashes.
run 1 "$SYNCGRADE" grade --engines explore --format json "$SOURCE/tests/replay/cases/lock_long_ring.c"
[ "$(jq -r '.checks[] | select(.id == "counter/mutual-exclusion") | .status + ": " + .message' out)" = \
	"inconclusive: The explorer has no memory left." ]
says_not out SIGABRT SIGSEGV
