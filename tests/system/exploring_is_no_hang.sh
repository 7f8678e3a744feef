# An exploration that takes long between two events of the workload is no hang, however short the patience: the
# explorer's steps are its heartbeat, and it judges livelock by itself. (Here: the filter lock for 16 threads at once.)
cp -r "$SOURCE/exercises/lock" .
sed -i 's/hang_ms: [0-9]*/hang_ms: 60/' lock/exercise.yaml
cat >lock.c <<'END'
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
enum { N = 16 };
struct lock { atomic_int level[N], victim[N]; };
static int init(struct lock *l, unsigned threads)
{
	for (int i = 0; i < N; i++) { atomic_init(&l->level[i], 0); atomic_init(&l->victim[i], -1); }
	return threads > N;
}
static int conflict(struct lock *l, int me, int level)
{
	for (int k = 0; k < N; k++)
		if (k != me && atomic_load(&l->level[k]) >= level) return 1;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	int me = (int)self;
	for (int level = 1; level < N; level++) {
		atomic_store(&l->level[me], level);
		atomic_store(&l->victim[level], me);
		while (atomic_load(&l->victim[level]) == me && conflict(l, me, level)) sched_yield();
	}
}
static void release(struct lock *l, unsigned self) { atomic_store(&l->level[self], 0); }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .threads_max = N, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release,
};
END
"$SYNCGRADE" grade --exercise ./lock --engines explore --format json lock.c >out 2>err
says_not out "No progress"
finish
