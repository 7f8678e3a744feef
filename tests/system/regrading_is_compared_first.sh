# What a changed exercise would do to grades is told before anything is stored: who gains, who loses, and why.
quick="$SOURCE/tests/browser/quick-lock"
mkdir class && lock_source class/kim.c "" "$spin" "$free" && lock_source class/lee.c "" "" ""
cp -r "$quick" quick-lock
batch() { "$SYNCGRADE" batch class --exercise ./quick-lock -o results "$@"; }
run 1 batch
sum=$(cat results/*.json | sha256sum)
run 1 batch --again --compare
says out "2 graded again: 0 gain, 0 lose, 0 have the same points for other reasons, 2 are the same, 0 had no grade" "nothing was stored"
run 0 test "$(cat results/*.json | sha256sum)" = "$sum"
# Data races become worth more, mutual exclusion less, and kim hands in something else.
sed -i '0,/points: 40/s//points: 30/; 0,/points: 20/s//points: 30/' quick-lock/exercise.yaml
lock_source class/kim.c "" "" ""
lock_source class/park.c "" "$spin" "$free"
run 1 batch --again --compare
says out "kim: 100/100 → 0/100, loses 100" "counter/mutual-exclusion: pass 40/40 → fail 0/30: Threads 0 and 1 are in the critical section together." \
	"park: 100/100, and had no grade" "3 graded again: 0 gain, 1 lose"
run 0 test "$(cat results/*.json | sha256sum)" = "$sum"
run 0 test ! -e results/park.json
run 0 test ! -e results/claims
# Stored, and compared the other way round.
run 1 batch --again
lock_source class/kim.c "" "$spin" "$free"
run 1 batch --compare
says out "kim: 0/100 → 100/100, gains 100" "1 graded again: 1 gain, 0 lose"
