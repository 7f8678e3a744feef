# A rubric changed under one version, a second exercise in one folder, a student who left: told, and nothing is lost.
quick="$SOURCE/tests/browser/quick-lock"
mkdir -p class/kim class/lee && lock_source class/kim/lock.c "" "$spin" "$free" && cp class/kim/lock.c class/lee/
cp -r "$quick" quick-lock
batch() { "$SYNCGRADE" batch class --exercise ./quick-lock -o results "$@"; }
run 0 batch --dry-run
says out "kim: would be graded: has no grade yet"
run 0 test ! -e results/kim.json
run 0 batch
run 0 batch
says out "2 unchanged"
says_not out "stale"
# The manifest, under the same version: kept, and told.
digest=$(jq -r .exercise_digest results/kim.json)
sed -i "s,max_executions: 5000,max_executions: 5001," quick-lock/exercise.yaml
run 0 batch --dry-run
says out "kim: would be kept, stale: the exercise has changed under the same version"
run 0 batch
says out "2 unchanged" "2 stale: graded with another manifest, workload or header"
run 0 test "$(jq -r .exercise_digest results/kim.json)" = "$digest"
run 0 batch --again
says_not out "stale"
run 0 test "$(jq -r .exercise_digest results/kim.json)" != "$digest"
# So with a header and a workload in its folder; not with a handout.
echo 'hello' >quick-lock/README.md
run 0 batch
says_not out "stale"
echo '/* new */' >quick-lock/own.h
run 0 batch
says out "2 stale"
# Another version is another grade.
sed -i 's/^version: .*/version: 77/' quick-lock/exercise.yaml
run 0 batch --dry-run
says out "kim: would be graded again: the submission or the exercise's version has changed"
run 0 batch
says out "0 unchanged"
# Who left.
rm -r class/lee
run 0 batch
says err "lee: has a result from an earlier batch, and is not among the submissions any more"
run 0 test -e results/lee.json
# Another exercise does not write over these.
cp -r quick-lock other && sed -i 's/^exercise: .*/exercise: other/' other/exercise.yaml
run 2 "$SYNCGRADE" batch class --exercise ./other -o results
says err "results has grades of the exercise quick-lock: give another folder to other"
run 0 jq -e '.exercise == "quick-lock"' results/kim.json
# Results inside the class are nobody's submission.
run 0 "$SYNCGRADE" batch class --exercise ./quick-lock -o class/results
run 0 "$SYNCGRADE" batch class --exercise ./quick-lock -o class/results
says out "1 submission:"
