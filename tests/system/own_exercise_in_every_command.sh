# An exercise outside of the tree, with a workload of its own in C: grade, batch, replay and verify, by any path to it,
# under all engines; from a folder that only its owner may enter, and at every level of the sandbox.
mkdir -m 0700 'my ex, é'
run 0 "$SYNCGRADE" new --exercise total 'my ex, é/total'
cd 'my ex, é' || exit 2
for folder in ./total "$PWD/total" "../my ex, é/total/"; do
	run 0 "$SYNCGRADE" grade --exercise "$folder" --format json total/solutions/mutex.c
	for engine in explore tsan native; do says out "\"$engine\""; done
done
levels=(no-cgroup no-namespaces minimal)
passable || levels=(no-cgroup)
for level in "${levels[@]}"; do
	run 0 env SYNCGRADE_SANDBOX=$level "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
done
# Not with the test's own folder, to which only root can go.
chmod 0500 total
run 0 "$SYNCGRADE" verify ./total
chmod 0700 total
run 1 "$SYNCGRADE" replay --exercise ./total total/mutants/first.c --check total/mutual-exclusion
says out "replay --exercise ./total total/mutants/first.c"
run 1 "$SYNCGRADE" batch --exercise ./total total/mutants -o results
says out "1 fail"
run 0 "$SYNCGRADE" new ./total kit
says out "--exercise ./total kit/total.c"
# Nothing was left in it.
run 1 test -e total/total.so
# A shared object will do, where there is no source.
gcc -std=gnu17 -O1 -g -shared -fPIC -fsanitize=thread -I"$SOURCE/include" -o total/total.so total/total.c
mv total/total.c elsewhere.c
chmod 0600 total/total.so
for level in "${levels[@]}"; do
	run 0 env SYNCGRADE_SANDBOX=$level "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
done
run 1 "$SYNCGRADE" grade --exercise ./total total/mutants/first.c
# Not one that no engine can look into.
gcc -std=gnu17 -O1 -g -shared -fPIC -I"$SOURCE/include" -o total/total.so elsewhere.c
run 2 "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
says err "total/total.so" "-fsanitize=thread"
rm total/total.so
passable || printf 'other users than root cannot come to %s: only no-cgroup was tried\n' "$SYNCGRADE"
# Exercises may share one.
ln -s ../elsewhere.c total/total.c
run 0 "$SYNCGRADE" grade --engines explore --exercise ./total total/solutions/mutex.c
rm total/total.c
# One of syncgrade's own workloads beside it.
mv elsewhere.c total/total.c
sed -i 's/^checks:/  - name: counter\n    explore: { threads: 2, rounds: 1 }\nchecks:\n  - { workload: counter, property: mutual-exclusion, engines: [explore], points: 0 }/' total/exercise.yaml
run 0 "$SYNCGRADE" grade --verbose --exercise ./total total/solutions/mutex.c
says out "counter/mutual-exclusion"
