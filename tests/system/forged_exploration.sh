# A plugin that answers for the explorer, past the library: refused where raw system calls are; where an exercise allows
# them, found out by a workload that is wrong on purpose, or by an answer that was not asked for.
exercise() { # FOLDER EXTRA-IMPORT: the counter alone, explored
	mkdir -p "$1"
	cat >"$1/exercise.yaml" <<END
exercise: $(basename "$1")
version: 1
title: A lock
plugin: lock
workloads:
  - name: counter
    explore: { threads: 2, rounds: 2, max_executions: 5000 }
checks:
  - { workload: counter, property: mutual-exclusion, engines: [explore], points: 60 }
  - { workload: counter, property: data-race, engines: [explore], points: 40 }
imports: [ "__tsan_*", "sched_yield", "__cxa_finalize", "_ITM_*", "__gmon_start__", "memset", "usleep"$2 ]
END
}
exercise ./closed ""
exercise ./open ', "asm:syscall"'

# forger NAME THREADS N: no lock at all. The first thread to come says of all properties but N that they hold, with
# THREADS threads, and that it is done.
forger() {
	cat >"$1.c" <<END
#include "wire_explore.h"
#include <stdatomic.h>
#include <sys/syscall.h>
#include <syncgrade/lock.h>
struct lock { long maker; };
static inline long raw(long n, long a, long b, long c, long d)
{
	long r;
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = 0;
	register long r9 __asm__("r9") = 0;
	__asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
	return r;
}
static struct frame_explore_property said;
static struct frame_plain done;
static char in[WIRE_FRAME_MAX];
static int init(struct lock *l, unsigned threads) { (void)threads; l->maker = raw(SYS_gettid, 0, 0, 0, 0); return 0; }
static struct frame_header header(uint16_t type, uint32_t length)
{
	return (struct frame_header){ .magic = WIRE_MAGIC, .version = WIRE_VERSION, .type = type, .length = length };
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	if (raw(SYS_gettid, 0, 0, 0, 0) != l->maker)
		return;
	for (uint32_t p = 0; p < 12; p++) {
		said.header = header(FRAME_EXPLORE_PROPERTY, sizeof said);
		said.property = p;
		said.outcome = EXPLORE_PASS;
		said.executions = 6;
		said.complete = 1;
		said.max_bypass = 2;
		said.threads = $2;
		said.rounds = 2;
		if (p != $3)
			raw(SYS_sendto, WIRE_FD, (long)&said, sizeof said, 0x4000);
	}
	done.header = header(FRAME_TRIAL_DONE, sizeof done);
	raw(SYS_sendto, WIRE_FD, (long)&done, sizeof done, 0x4000);
	raw(SYS_recvfrom, WIRE_FD, (long)in, sizeof in, 0);
	done.header = header(FRAME_DONE, sizeof done);
	raw(SYS_sendto, WIRE_FD, (long)&done, sizeof done, 0x4000);
	for (;;)
		raw(SYS_poll, 0, 0, 1000, 0);
}
static void release(struct lock *l, unsigned self) { (void)l; (void)self; }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
END
	run 0 gcc -O1 -g -shared -fPIC -fsanitize=thread -I"$SOURCE/include" -I"$SOURCE/grader/model" -o "$1.so" "$1.c"
}

# Everything as asked: only the challenge can tell.
forger canned 2 99
run 1 "$SYNCGRADE" grade -e ./closed canned.so
says out "system calls of its own" "0 of 100 points"
for i in 1 2 3; do
	run 1 "$SYNCGRADE" grade -e ./open canned.so
	says out "is not believed" "The explorer was asked about a workload that is wrong" "0 of 100 points"
done
run 1 "$SYNCGRADE" grade -e ./open --format json canned.so
mv out graded.json
run 0 jq -e '.findings | any(.kind == "deceit")' graded.json

# An answer to another question, and one that leaves a question out.
forger other_threads 3 99
run 1 "$SYNCGRADE" grade -e ./open other_threads.so
says out "what came back is not a worker's answer" "0 of 100 points"
forger one_left_out 2 3
run 1 "$SYNCGRADE" grade -e ./open one_left_out.so
says out "what came back is not a worker's answer" "0 of 100 points"

# The same of an exercise's own kind, whose workloads are the exercise's own: of one of them a wrong copy is made. The latch is no
# latch: who comes first answers for the explorer. In an exercise that allows raw system calls, for they are refused elsewhere.
latch_forger() { # NAME COMES: where it answers
	sed -e 's,<syncgrade/lock.h>,<latch.h>,; s/struct lock\b/struct latch/g; s/(void)threads;/(void)threads;/' \
		-e 's/said.threads = 2/said.threads = THREADS/; s/said.rounds = 2/said.rounds = 1/' \
		-e 's/^static void acquire(struct latch \*l, unsigned self)/static void answer(struct latch *l, unsigned self)/' \
		-e '/^static void release/,$d' canned.c >"$1.c"
	cat >>"$1.c" <<END
static void count_down(struct latch *l) { $2 }
static void await(struct latch *l) { (void)l; }
const struct latch_plugin latch_plugin = { .abi = LATCH_PLUGIN_ABI, .size = sizeof(struct latch), .init = init, .count_down = count_down, .await = await };
END
	run 0 gcc -O1 -g -shared -fPIC -fsanitize=thread -DTHREADS=3 -I"$SOURCE/include" -I"$SOURCE/exercises/latch/include" -I"$SOURCE/grader/model" -o "$1.so" "$1.c"
}
cp -r "$SOURCE/exercises/latch" open-latch
cat >open-latch/exercise.yaml <<END
exercise: open-latch
version: 1
title: A latch
$(sed -n '/^kind:/,/^$/p' "$SOURCE/exercises/latch/exercise.yaml")
workloads:
  - { name: teamwork, explore: { threads: 3, rounds: 1, max_executions: 5000 } }
checks:
  - { workload: teamwork, property: ordering, engines: [explore], points: 60 }
  - { workload: teamwork, property: data-race, engines: [explore], points: 40 }
imports: [ "*", "asm:syscall" ]
END
run 0 rm open-latch/*.ko.*
latch_forger canned_latch "answer(l, 0);"
run 1 "$SYNCGRADE" grade -e latch canned_latch.so
says out "system calls of its own" "0 of 100 points"
for i in 1 2 3 4; do
	run 1 "$SYNCGRADE" grade -e ./open-latch --format json canned_latch.so
	cp out lied.json
	run 0 jq -e '.score == 0 and .environment.challenge == "lied" and (.findings | any(.kind == "deceit"))' lied.json
done
# Honest ones are not suspected, right or wrong, by either of the copies.
for file in "$SOURCE"/reference/solutions/latch/mutex_condition.c "$SOURCE"/tests/mutants/latch/count_in_two_steps.c; do
	for i in 1 2; do
		"$SYNCGRADE" grade -e ./open-latch --format json "$file" >honest.json 2>err
		run 0 jq -e '.environment.challenge == "refused" or .environment.challenge == "none"' honest.json
	done
done

# The explorer's request cannot be written by a plain store, and honest plugins are not suspected, right or wrong, also
# where they never get anywhere.
lock_source right.c "" "$spin" "$free"
run 0 "$SYNCGRADE" grade -e ./closed right.c
lock_source none.c "" "" ""
lock_source stuck.c "" "while (atomic_load(&l->held) == 0) { }" ""
lock_source crash.c "" "*(volatile int *)8 = 1;" ""
lock_source exits.c "" "" "while (atomic_load(&l->next) == 0) { }"
for wrong in none stuck crash exits; do
	for i in 1 2 3 4; do
		run 1 "$SYNCGRADE" grade -e ./closed --format json "$wrong.c"
		mv out graded.json
		run 0 jq -e '.findings | any(.kind == "deceit") | not' graded.json
	done
done
finish
