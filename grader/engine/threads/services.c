#include "services.h"

#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "frames.h"
#include "place.h"

/* Who spins while it waits for one of many others may need a time slice for each of them: a crowd makes one round at
 * least, and looks at the clock in each. */
enum { ROUNDS_ALWAYS = 4, CLOCK_EVERY = 8, CROWD = 6 };

/* Processor time of the calling thread. */
static uint64_t thread_cpu_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static struct threads_trial *of(struct trial *trial)
{
	return (struct threads_trial *)trial;
}

static struct board_thread *board_thread(struct trial *trial, unsigned self)
{
	return &of(trial)->job->board->thread[self <= trial->threads ? self : trial->threads];
}

/* Only its own thread writes a slot, so that this needs no atomic addition, which would order more than it should. */
static void count_event(struct board_thread *thread)
{
	uint64_t events = atomic_load_explicit(&thread->events, memory_order_relaxed);
	atomic_store_explicit(&thread->events, events + 1, memory_order_relaxed);
}

/* Not strncpy(): ThreadSanitizer intercepts that, and would see a race of ours. */
static void copy_text(char *target, size_t size, const char *source)
{
	volatile char *byte = target;
	size_t i = 0;
	for (; i + 1 < size && source[i] != '\0'; i++)
		byte[i] = source[i];
	byte[i] = '\0';
}

static void *service_object(struct trial *trial, unsigned index)
{
	return object_storage(of(trial)->job, index);
}

/* How long a thread waits, and what of that it spends on a processor: two system calls, so only where it is wanted. */
static void measure(struct trial *trial, unsigned self, enum trial_event event)
{
	struct threads_trial *own = of(trial);
	struct board_thread *thread = board_thread(trial, self);
	bool wanted = (own->job->request->properties & 1u << PROPERTY_BUSY_WAITING) != 0;
	if (!wanted || self >= trial->threads || (event != TRIAL_REQUEST && event != TRIAL_ENTER))
		return;
	uint64_t now = monotonic_ns(), cpu = thread_cpu_ns();
	if (event == TRIAL_REQUEST) {
		own->request[self].ns = now;
		own->request[self].cpu_ns = cpu;
		return;
	}
	if (own->request[self].ns == 0)
		return;
	uint64_t waited = atomic_load_explicit(&thread->waited_ns, memory_order_relaxed);
	uint64_t burnt = atomic_load_explicit(&thread->waited_cpu_ns, memory_order_relaxed);
	atomic_store_explicit(&thread->waited_ns, waited + now - own->request[self].ns, memory_order_relaxed);
	atomic_store_explicit(&thread->waited_cpu_ns, burnt + cpu - own->request[self].cpu_ns, memory_order_relaxed);
	own->request[self].ns = 0;
}

static void service_event(struct trial *trial, unsigned self, uint32_t event, uint32_t what)
{
	struct board_thread *thread = board_thread(trial, self);
	uint32_t sections = atomic_load_explicit(&thread->sections, memory_order_relaxed);
	switch ((enum trial_event)event) {
	case TRIAL_CALL:
		atomic_store_explicit(&thread->operation, what, memory_order_relaxed);
		break;
	case TRIAL_RETURN:
		atomic_store_explicit(&thread->operation, TRIAL_OPERATION_NONE, memory_order_relaxed);
		break;
	case TRIAL_ENTER:
	case TRIAL_ENTER_SHARED:
		atomic_store_explicit(&thread->sections, sections | 1u << what, memory_order_relaxed);
		break;
	case TRIAL_LEAVE:
		atomic_store_explicit(&thread->sections, sections & ~(1u << what), memory_order_relaxed);
		break;
	case TRIAL_GIVES_UP:
		atomic_store_explicit(&of(trial)->job->board->gave_up, 1, memory_order_relaxed);
		break;
	case TRIAL_REQUEST:
		break;
	}
	measure(trial, self, (enum trial_event)event);
	count_event(thread);
}

static void service_call(struct trial *trial, unsigned self, uint32_t event, uint32_t what, unsigned object,
			 uint64_t about)
{
	(void)object;
	(void)about;
	service_event(trial, self, event, what);
}

static void service_capacity(struct trial *trial, unsigned section, unsigned capacity)
{
	(void)trial;
	(void)section;
	(void)capacity;
}

/* The time of a trial begins with the first round that anybody asks for: what a workload does before, once, is not to
 * be taken from the threads that have to meet. */
static bool time_is_over(struct threads_trial *own)
{
	uint64_t now = monotonic_ns(), none = 0;
	uint64_t stop = atomic_load_explicit(&own->stop_at_ns, memory_order_relaxed);
	if (stop != 0)
		return now >= stop;
	stop = now + (uint64_t)own->job->request->time_ms * 1000000u;
	atomic_compare_exchange_strong_explicit(&own->stop_at_ns, &none, stop, memory_order_relaxed,
						memory_order_relaxed);
	return false;
}

/* Where all make the same number of rounds, the one who sees that the time is over says after which they stop: one that
 * nobody has begun, since nobody is further than a round ahead of who has not arrived there. The board's rounds are
 * asked as well, for plugins that let others run ahead. */
static bool more_together(struct trial *trial, uint64_t round)
{
	struct board *board = of(trial)->job->board;
	uint32_t last = atomic_load_explicit(&board->stop, memory_order_relaxed), none = 0;
	if (last == 0 && time_is_over(of(trial))) {
		uint64_t most = round;
		for (uint32_t i = 0; i < trial->threads; i++) {
			uint64_t other = atomic_load_explicit(&board->thread[i].round, memory_order_relaxed);
			most = other > most ? other : most;
		}
		last = (uint32_t)(most + 2);
		if (!atomic_compare_exchange_strong_explicit(&board->stop, &none, last, memory_order_relaxed,
							     memory_order_relaxed))
			last = none;
	}
	return last == 0 || round < last;
}

static bool service_more(struct trial *trial, unsigned self, uint64_t round)
{
	struct board *board = of(trial)->job->board;
	struct board_thread *thread = board_thread(trial, self);
	atomic_store_explicit(&thread->round, round, memory_order_relaxed);
	count_event(thread);
	if (round >= trial->rounds)
		return false;
	if (round == 0)
		(void)time_is_over(of(trial));
	bool crowd = trial->threads >= CROWD;
	if (round < (crowd ? 1 : ROUNDS_ALWAYS))
		return true;
	if ((of(trial)->job->workload->flags & WORKLOAD_TOGETHER) != 0)
		return more_together(trial, round);
	if (atomic_load_explicit(&board->stop, memory_order_relaxed) != 0)
		return false;
	if ((crowd || round % CLOCK_EVERY == 0) && time_is_over(of(trial))) {
		atomic_store_explicit(&board->stop, 1, memory_order_relaxed);
		return false;
	}
	return true;
}

/* Now and then gives the processor up, now and then takes its time: cheap most of the time, and different in each
 * thread and round. */
static void service_pause(struct trial *trial, unsigned self)
{
	struct board_thread *thread = board_thread(trial, self);
	uint64_t events = atomic_load_explicit(&thread->events, memory_order_relaxed);
	uint64_t random = trial_random(trial, self, events);
	if (random % 4 == 0)
		sched_yield();
	else if (random % 4 == 1) {
		for (unsigned i = 0; i < random >> 56; i++)
			__builtin_ia32_pause();
	}
}

/* Raw futexes, so that a thread at a gate sleeps, and is seen to sleep. */
static void service_open(struct trial *trial, unsigned self, unsigned gate)
{
	_Atomic uint32_t *opened = &of(trial)->job->board->gate[gate].opened;
	atomic_fetch_add_explicit(opened, 1, memory_order_relaxed);
	syscall(SYS_futex, opened, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
	count_event(board_thread(trial, self));
}

static void service_await(struct trial *trial, unsigned self, unsigned gate, uint64_t count, uint32_t property,
			  const char *stuck)
{
	struct board_gate *board_gate = &of(trial)->job->board->gate[gate];
	struct board_thread *thread = board_thread(trial, self);
	board_gate->property = property;
	copy_text(board_gate->stuck, sizeof(board_gate->stuck), stuck);
	atomic_store_explicit(&thread->gate, gate + 1, memory_order_relaxed);
	for (;;) {
		uint32_t opened = atomic_load_explicit(&board_gate->opened, memory_order_relaxed);
		if (opened >= count)
			break;
		syscall(SYS_futex, &board_gate->opened, FUTEX_WAIT, opened, NULL, NULL, 0);
	}
	atomic_store_explicit(&thread->gate, 0, memory_order_relaxed);
	count_event(thread);
}

static void service_fail(struct trial *trial, unsigned self, uint32_t property, const char *message)
{
	struct board_failure *failure = &of(trial)->job->board->failure;
	uint32_t none = 0;
	if (!atomic_compare_exchange_strong(&failure->state, &none, 1))
		return;
	failure->property = property;
	failure->self = self;
	copy_text(failure->message, sizeof(failure->message), message);
	atomic_store(&failure->state, 2);
}

static _Noreturn void service_init_failed(struct trial *trial, int error)
{
	frame_send_plain(of(trial)->job->wire_fd, FRAME_INIT_FAILED, (uint64_t)(int64_t)error);
	_exit(0);
}

const struct trial_services threads_services = {
	.object = service_object,
	.event = service_event,
	.capacity = service_capacity,
	.more = service_more,
	.pause = service_pause,
	.open = service_open,
	.await = service_await,
	.fail = service_fail,
	.init_failed = service_init_failed,
	.call = service_call,
};
