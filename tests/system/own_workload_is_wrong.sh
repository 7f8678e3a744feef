# What is wrong with a workload is told before anything is graded: where, what to do, and as nobody's fault but the
# exercise's.
run 0 "$SYNCGRADE" new --exercise total
cp total/total.c keep.c
# wrong SED TEXT…: with total.c so changed, grade, verify and batch say each of the texts.
wrong() {
	local change=$1
	shift
	sed "$change" keep.c >total/total.c
	cmp -s keep.c total/total.c && { echo "no change: $change"; failed=1; }
	run 2 "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
	says err "$@"
}
wrong 's/d->sum = before/d->sums = before/' "/total/total.c: this workload does not compile" "total.c:$(grep -n 'd->sum = before' keep.c | cut -d: -f1):" "has no member named"
run 2 "$SYNCGRADE" verify ./total
says err "total.c:" "has no member named"
run 2 "$SYNCGRADE" batch --exercise ./total total/solutions -o results
says err "total.c:" "has no member named"
run 1 test -e results
line=$(grep -n 'name: total' total/exercise.yaml | cut -d: -f1)
wrong 's/return sizeof(struct data)/return 100000000/' "total/exercise.yaml:$line" "total/total.c" TRIAL_DATA_MAX "fewer rounds"
wrong 's/^const struct workload workload/const struct workload another/' "total/exercise.yaml:$line" "total/total.c" 'exports no `workload`'
wrong 's/= WORKLOAD_ABI/= 7/' "total/exercise.yaml:$line" "total/total.c" "write .abi = WORKLOAD_ABI"
wrong 's/\.plugin = "lock"/.plugin = "monitor"/' "total/exercise.yaml:$line" "another kind of plugin"
wrong 's/\.threads_max = THREADS_MAX/.threads_max = 3/' "total/exercise.yaml:$line" "(native)" ".threads_max"
wrong 's/\.setup = setup,//' "total/exercise.yaml:$line" ".setup"
wrong 's/(void)rounds;/*(volatile int *)0 = 1;/' "total/exercise.yaml:$line" "data_size()"
wrong 's/(void)rounds;/for (;;) rounds++;/; s/uint64_t rounds)/volatile uint64_t rounds)/' "total/exercise.yaml:$line" "data_size() does not return"
# A pointer in `data` leads nowhere in the process that verifies.
wrong '1i #include <stdlib.h>
s/uint64_t sum; .*/uint64_t sum, *heap;/
s/^	trial_lock_init(t, 0);/&\n	struct data *d = t->data;\n	d->heap = calloc(1, 8);/
s/uint64_t expected = 0, made/uint64_t expected = *(volatile uint64_t *)d->heap, made/' "total" "ended inside verify()" pointers
# What is no object at all.
echo nonsense >total/total.so
rm total/total.c
run 2 "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
says err "total/total.so"
rm total/total.so
run 2 "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
says err "total/exercise.yaml:$line" "no such workload" "syncgrade new --workload total"
cp keep.c total/total.c
run 0 "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
