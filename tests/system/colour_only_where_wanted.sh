lock_source lock.c "" "$spin" "$free"
escape=$(printf '\033')
run 0 "$SYNCGRADE" grade lock.c
says_not out "$escape"
run 0 "$SYNCGRADE" grade --color always lock.c
says out "$escape"
run 0 script -qec "$SYNCGRADE grade lock.c" /dev/null
says out "$escape"
# A terminal that cannot place text gets neither colours nor a line that is taken back; nor do those who are read to.
run 1 env TERM=dumb script -qec "$SYNCGRADE grade -e $SOURCE/tests/browser/quick-lock --engines explore $SOURCE/tests/mutants/lock/test_then_set.c" /dev/null
says_not out "$escape"
says out "1. thread 1 calls acquire()" "2. thread 1 reads lock->held → 0 (line " "thread 0 writes lock->held ← 1 (line " \
	"thread 0: in the critical section"
run 1 env NO_COLOR=1 script -qec "$SYNCGRADE grade -e $SOURCE/tests/browser/quick-lock --plain --engines explore $SOURCE/tests/mutants/lock/test_then_set.c" /dev/null
says_not out "$escape"
run 0 env NO_COLOR=1 script -qec "$SYNCGRADE grade lock.c 2>/dev/null" /dev/null
says_not out "$escape[3"
