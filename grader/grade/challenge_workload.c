/* A workload of an exercise's own, made wrong (challenge.h). Compiled beside a copy of the instructor's source, with
 *   CHALLENGE_ORIGINAL   that source, "../latch-teamwork.c"
 *   CHALLENGE            1: a thread that comes back claims a violation; 2: it writes what all of them write
 *   CHALLENGE_PROPERTY   what is claimed to be violated
 * The original's one constant gets another name, and so does its type; what it includes stays what it is. */
#define workload challenged_workload
#include CHALLENGE_ORIGINAL
#undef workload

/* Behind the original's data. */
struct challenge_mark {
	uint64_t number;
	uint64_t reserved[7];
};

static size_t challenge_offset(uint32_t threads, uint64_t rounds)
{
	return (challenged_workload.data_size(threads, rounds) + sizeof(struct challenge_mark) - 1) /
	       sizeof(struct challenge_mark) * sizeof(struct challenge_mark);
}

static size_t challenge_data_size(uint32_t threads, uint64_t rounds)
{
	return challenge_offset(threads, rounds) + sizeof(struct challenge_mark);
}

static void challenge_err(struct trial *t, unsigned self)
{
#if CHALLENGE == 2
	struct challenge_mark *mark =
	    (struct challenge_mark *)((char *)t->data + challenge_offset(t->threads, t->rounds));
	mark->number += self + 1;
	/* Processes share memory as threads do, but nobody promises to tell their races. */
	if ((challenged_workload.flags & WORKLOAD_PROCESSES) == 0)
		return;
#endif
	trial_expect(t, self, false, (enum workload_property)CHALLENGE_PROPERTY, "wrong");
}

/* Nothing that a plugin does orders the ends of two threads: each has done all that it does. */
static void challenge_thread(struct trial *t, unsigned self)
{
	bool endless = (challenged_workload.flags & WORKLOAD_ENDLESS) != 0;
	if (endless)
		challenge_err(t, self);
	challenged_workload.thread(t, self);
	if (!endless)
		challenge_err(t, self);
}

__attribute__((visibility("default"))) struct challenged_workload workload;

__attribute__((constructor)) static void challenge_take(void)
{
	workload = challenged_workload;
	workload.data_size = challenge_data_size;
	workload.thread = challenge_thread;
}
