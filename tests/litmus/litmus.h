/* A litmus test: threads over a few shared integers, and which outcomes C11 (as RC11) and sequential consistency
 * forbid. All others, within the registers' ranges, must be seen. */
#ifndef LITMUS_H
#define LITMUS_H

#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/lock.h>
#include <syncgrade/workload.h>

#define rlx memory_order_relaxed
#define acq memory_order_acquire
#define rel memory_order_release
#define ar memory_order_acq_rel
#define sc memory_order_seq_cst
#define store(x, value, order) atomic_store_explicit(&(x), value, order)
#define load(x, order) atomic_load_explicit(&(x), order)
#define add(x, value, order) atomic_fetch_add_explicit(&(x), value, order)
#define swap(x, value, order) atomic_exchange_explicit(&(x), value, order)
#define fence(order) atomic_thread_fence(order)

#define LITMUS_REGISTERS 6

struct litmus {
	const char *name;
	unsigned threads;
	const char *least, *most;  /* of each register, a digit; as many as there are registers */
	const char *forbidden_c11; /* outcomes, a digit per register, separated by blanks; '.' stands for any */
	const char *forbidden_sc;
	unsigned executions_c11, executions_sc; /* complete ones: a loss of coverage shows here */
};

struct lock {
	int unused;
};

static int litmus_init(struct lock *lock, unsigned threads)
{
	(void)lock;
	(void)threads;
	return 0;
}

static void litmus_nothing(struct lock *lock, unsigned self)
{
	(void)lock;
	(void)self;
}

const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .size = sizeof(struct lock),
					 .init = litmus_init,
					 .acquire = litmus_nothing,
					 .release = litmus_nothing };

static size_t litmus_data(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return LITMUS_REGISTERS * sizeof(int);
}

static void litmus_setup(struct trial *t)
{
	(void)t;
}

static void litmus_thread(struct trial *t, unsigned self);
static void litmus_final(int *r);

static void litmus_finish(struct trial *t)
{
	litmus_final(t->data);
}

const struct workload workload = { .abi = WORKLOAD_ABI,
				   .name = "litmus",
				   .plugin = "lock",
				   .objects = 1,
				   .threads_min = 1,
				   .data_size = litmus_data,
				   .setup = litmus_setup,
				   .thread = litmus_thread,
				   .finish = litmus_finish };

#define THREADS                                                                                                        \
	static void litmus_thread(struct trial *t, unsigned self)                                                      \
	{                                                                                                              \
		int *r = t->data;                                                                                      \
		(void)r;                                                                                               \
		switch (self) {
#define T(n)                                                                                                           \
	break;                                                                                                         \
	case n:
#define END                                                                                                            \
	break;                                                                                                         \
	}                                                                                                              \
	}
#define FINAL(statement)                                                                                               \
	static void litmus_final(int *r)                                                                               \
	{                                                                                                              \
		(void)r;                                                                                               \
		statement;                                                                                             \
	}
#define LITMUS __attribute__((visibility("default"))) const struct litmus litmus

#endif
