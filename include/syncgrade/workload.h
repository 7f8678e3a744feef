/* SPDX-License-Identifier: MIT
 *
 * syncgrade/workload.h - how an instructor writes a workload
 *
 * A workload is the client that uses a plugin's operations: threads that add to a shared counter, producers and
 * consumers, readers and writers. It is a shared object of its own that exports one constant, `workload`, so that a
 * new one needs no change of the grader. The same workload runs under every engine: with real threads at full size
 * (tsan, native), and step by step, in every order, at small size (explore).
 *
 *     #include <syncgrade/lock.h>
 *     #include <syncgrade/workload.h>
 *
 *     struct data { uint64_t counter; uint64_t done[LOCK_THREADS_MAX]; };
 *
 *     static size_t data_size(uint32_t threads, uint64_t rounds) { return sizeof(struct data); }
 *     static void setup(struct trial *t) { trial_lock_init(t, 0); }
 *     static void thread(struct trial *t, unsigned self)
 *     {
 *         struct data *d = t->data;
 *         for (uint64_t round = 0; trial_more(t, self, round); round++) {
 *             trial_request(t, self, 0);
 *             trial_acquire(t, self, 0);
 *             trial_enter(t, self, 0);
 *             uint64_t before = d->counter;
 *             trial_pause(t, self);
 *             d->counter = before + trial_random(t, self, round);
 *             d->done[self] = round + 1;
 *             trial_leave(t, self, 0);
 *             trial_release(t, self, 0);
 *         }
 *     }
 *     static void finish(struct trial *t) { trial_lock_destroy(t, 0); }
 *     static void verify(struct trial *t) { … add up what d->done says … trial_expect(t, …); }
 *
 *     const struct workload workload = {
 *         .abi = WORKLOAD_ABI, .name = "sum", .plugin = "lock", .objects = 1, .threads_min = 2,
 *         .data_size = data_size, .setup = setup, .thread = thread, .finish = finish, .verify = verify,
 *     };
 *
 * A trial: setup() in one thread; thread() once per thread, concurrently; when all have returned, finish() in the
 * first thread; then verify(). Under tsan and native, verify() runs in another process, which never loaded the plugin
 * and was given only the bytes of `data`: so `data` holds no pointers, and verify() calls no plugin.
 *
 * What must hold for the engines to judge well:
 *   - everything that threads share lies in `data`, as plain (not atomic) objects that only the plugin protects:
 *     that is how a data race becomes visible;
 *   - thread() is deterministic but for what the plugin and the services return: no time, no rand(), no addresses;
 *   - waiting outside the plugin is done with trial_await(), never in a loop of your own.
 */
#ifndef SYNCGRADE_WORKLOAD_H
#define SYNCGRADE_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A workload stores it in `abi`. */
#define WORKLOAD_ABI 1u

#define TRIAL_OBJECTS_MAX 4u              /* plugin objects in one trial */
#define TRIAL_SECTIONS_MAX 8u             /* critical sections that are told apart */
#define TRIAL_GATES_MAX 16u               /* gates (trial_open, trial_await) */
#define TRIAL_DATA_MAX (8u * 1024 * 1024) /* most bytes that data_size() may return */

/* What is judged. The names in reports are these, in lower case, with hyphens. */
enum workload_property {
	PROPERTY_MUTUAL_EXCLUSION,
	PROPERTY_PROGRESS,
	PROPERTY_BOUNDED_WAITING,
	PROPERTY_DATA_RACE,
	PROPERTY_ORDERING,
	PROPERTY_CAPACITY,
	PROPERTY_LOST_WAKEUP,
	PROPERTY_BUSY_WAITING,
	PROPERTY_INDEPENDENCE,
	PROPERTY_PROCESS_SHARED,
	PROPERTY_MEMORY_SAFETY,
	PROPERTY_PARALLELISM,
	PROPERTY_COUNT
};

/* What a thread tells the grader about itself (services->event). `what` is the number behind the event's name. */
enum trial_event {
	TRIAL_REQUEST,      /* section: the thread wants in; bounded waiting counts from here */
	TRIAL_ENTER,        /* section: inside, alone or with fewer than its capacity */
	TRIAL_ENTER_SHARED, /* section: inside, together with other sharers, but with no one who entered alone */
	TRIAL_LEAVE,        /* section: outside again */
	TRIAL_CALL,         /* enum trial_operation: a call of the plugin begins */
	TRIAL_RETURN,       /* enum trial_operation: it has returned */
	TRIAL_GIVES_UP      /* 0: the thread leaves its work undone; see trial_give_up() */
};

/* The plugin's operations, for TRIAL_CALL and TRIAL_RETURN: what a report says that a thread was doing. */
enum trial_operation {
	TRIAL_OPERATION_NONE,
	TRIAL_INIT,
	TRIAL_DESTROY,
	TRIAL_ACQUIRE,
	TRIAL_RELEASE,
	TRIAL_SEMAPHORE_WAIT,
	TRIAL_SEMAPHORE_SIGNAL,
	TRIAL_MONITOR_ENTER,
	TRIAL_MONITOR_EXIT,
	TRIAL_MONITOR_WAIT,
	TRIAL_MONITOR_SIGNAL,
	TRIAL_MONITOR_BROADCAST,
	TRIAL_BARRIER_WAIT,
	TRIAL_RWLOCK_ACQUIRE_READ,
	TRIAL_RWLOCK_RELEASE_READ,
	TRIAL_RWLOCK_ACQUIRE_WRITE,
	TRIAL_RWLOCK_RELEASE_WRITE,
	TRIAL_BOUNDED_BUFFER_PUT,
	TRIAL_BOUNDED_BUFFER_GET,
	TRIAL_PHILOSOPHERS_PICK_UP,
	TRIAL_PHILOSOPHERS_PUT_DOWN,
	TRIAL_OWN = 32, /* of a kind of your own: TRIAL_OWN + 0 is the first operation of its block, and so on */
	TRIAL_OPERATION_COUNT = TRIAL_OWN + 12
};

struct trial_services;

/* One execution of a workload. The grader owns it; read only, but for what `data` points at. */
struct trial {
	uint32_t abi;       /* WORKLOAD_ABI */
	uint32_t threads;   /* threads in this trial, numbered from 0 */
	uint64_t rounds;    /* most rounds that a thread makes; see trial_more() */
	uint64_t seed;      /* this trial's input; see trial_random() */
	const void *plugin; /* struct lock_plugin, or that of workload.plugin's kind; NULL in verify() */
	void *data;         /* data_size() bytes, zeroed before setup(), aligned to 64 */
	const struct trial_services *services; /* what the grader does for the workload */
};

/* What the grader does for a workload. Use the trial_…() functions below, which call these.
 * All: [any thread of the trial]; none may be called from verify() but fail. */
struct trial_services {
	/* Storage for plugin object `index`, < workload.objects: `size` bytes as the plugin says, aligned to 64. The
	 * same address for the whole trial; filled with garbage when the trial begins. */
	void *(*object)(struct trial *, unsigned index);
	/* Notes what thread `self` does: enum trial_event, and its number. */
	void (*event)(struct trial *, unsigned self, uint32_t event, uint32_t what);
	/* How many may be in a section at once; 1 where this is not called. [setup only] */
	void (*capacity)(struct trial *, unsigned section, unsigned capacity);
	/* See trial_more(), trial_pause(), trial_open(), trial_await(). */
	bool (*more)(struct trial *, unsigned self, uint64_t round);
	void (*pause)(struct trial *, unsigned self);
	void (*open)(struct trial *, unsigned self, unsigned gate);
	void (*await)(struct trial *, unsigned self, unsigned gate, uint64_t count, uint32_t property,
		      const char *stuck);
	/* The trial violates `property`; `message` is a sentence for the student and is copied. [also in verify()] */
	void (*fail)(struct trial *, unsigned self, uint32_t property, const char *message);
	/* The plugin's init() returned `error`: nothing more can be done. Does not return. [setup only] */
	void (*init_failed)(struct trial *, int error);
	/* event() of TRIAL_CALL or TRIAL_RETURN, and what a report can say besides: which plugin object the call is
	 * about, and what it was asked for (a condition, an item) or gives back; 0 where that is nothing. */
	void (*call)(struct trial *, unsigned self, uint32_t event, uint32_t what, unsigned object, uint64_t about);
};

struct workload {
	uint32_t abi;         /* WORKLOAD_ABI */
	uint32_t flags;       /* 0, or of enum workload_flags */
	const char *name;     /* as in exercise.yaml: "counter" */
	const char *plugin;   /* the kind of plugin that it drives: "lock" where it exports lock_plugin */
	uint32_t objects;     /* plugin objects that it uses, 1 … TRIAL_OBJECTS_MAX */
	uint32_t threads_min; /* fewest threads that make sense, at least 1 */
	uint32_t threads_max; /* most, or 0: no limit */
	uint32_t reserved;    /* 0 */

	/* Bytes of `data` for so many threads and rounds, at most TRIAL_DATA_MAX. A pure function. */
	size_t (*data_size)(uint32_t threads, uint64_t rounds);
	/* Makes the plugin's objects and the first contents of `data`. [first thread, before the others] */
	void (*setup)(struct trial *);
	/* What thread `self` does, 0 <= self < trial->threads. [that thread, concurrently with the others] */
	void (*thread)(struct trial *, unsigned self);
	/* Destroys the plugin's objects. May be NULL. [first thread, after the others were joined] */
	void (*finish)(struct trial *);
	/* Looks at `data` alone and calls trial_expect(). May be NULL. Must stand any bytes in `data`: they come from a
	 * process that a stranger's code ran in. [another process; explore: the first thread] */
	void (*verify)(struct trial *);
};

enum workload_flags {
	/* Run each thread() in a process of its own: explore and native, not tsan. The objects' storage and `data` are
	 * memory that all of them share, at the same addresses. Everything else is copied, as by fork() after setup():
	 * the plugin's and the workload's variables, the heap, thread-local variables. setup(), finish() and the
	 * plugin's constructors run in the first process, which calls no thread(); what thread() leaves outside of the
	 * shared memory is gone with its process, so that finish() does not see it. Gates, sections and trial_expect()
	 * work as between threads. Whatever goes wrong counts as a violation of PROPERTY_PROCESS_SHARED too. */
	WORKLOAD_PROCESSES = 1u << 0,
	WORKLOAD_ENDLESS = 1u << 1, /* explore: thread() loops for ever, and the explorer ends it */
	WORKLOAD_NO_SPURIOUS =
	    1u << 2, /* explore: the library's condition variables and futexes do not wake by themselves */
	/* All threads make the same number of rounds, however early the engine's time is over: where each of them waits
	 * in each round for all others, as at a barrier. trial_more() is asked by each before each round. */
	WORKLOAD_TOGETHER = 1u << 3
};

/* The one symbol that a workload exports. (The grader itself, which handles many, does without the declaration.) */
#ifndef SYNCGRADE_GRADER
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct workload workload;
#endif

/* ---- for thread(), setup() and finish() ------------------------------------------------------------------------ */

/* Whether thread `self` shall make round `round` (0, 1, …). False after trial->rounds rounds, and earlier where the
 * engine's time for the trial is over: so record how many rounds were made. */
static inline bool trial_more(struct trial *t, unsigned self, uint64_t round)
{
	return t->services->more(t, self, round);
}

/* A 64-bit number that is the same in every process for the same trial, thread and index, and that nobody knew before
 * the trial began. (SplitMix64: Steele, Lea, Flood 2014.) */
static inline uint64_t trial_random(const struct trial *t, unsigned self, uint64_t index)
{
	uint64_t z = t->seed + (((uint64_t)self << 48) + index + 1) * UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* A good place for another thread to get in the way: call it between reading and writing shared data. Real threads
 * give up the processor now and then; the explorer needs no help and does nothing. */
static inline void trial_pause(struct trial *t, unsigned self)
{
	t->services->pause(t, self);
}

/* Gates: waiting that has nothing to do with the plugin, and orders no memory. open() adds one to a gate; await()
 * returns when it was opened `count` times. Where that never happens, the trial violates `property`, and `stuck` is the
 * sentence that says why. */
static inline void trial_open(struct trial *t, unsigned self, unsigned gate)
{
	t->services->open(t, self, gate);
}

static inline void trial_await(struct trial *t, unsigned self, unsigned gate, uint64_t count,
			       enum workload_property property, const char *stuck)
{
	t->services->await(t, self, gate, count, (uint32_t)property, stuck);
}

/* Sections: what shall not be entered together. Mark the request before the plugin's call, the entry right after it
 * has returned, and the leaving before the call that gives it up. */
static inline void trial_request(struct trial *t, unsigned self, unsigned section)
{
	t->services->event(t, self, TRIAL_REQUEST, section);
}

static inline void trial_enter(struct trial *t, unsigned self, unsigned section)
{
	t->services->event(t, self, TRIAL_ENTER, section);
}

static inline void trial_enter_shared(struct trial *t, unsigned self, unsigned section)
{
	t->services->event(t, self, TRIAL_ENTER_SHARED, section);
}

static inline void trial_leave(struct trial *t, unsigned self, unsigned section)
{
	t->services->event(t, self, TRIAL_LEAVE, section);
}

static inline void trial_capacity(struct trial *t, unsigned section, unsigned capacity)
{
	t->services->capacity(t, section, capacity);
}

/* ---- for verify(), and wherever a thread sees that something is wrong -------------------------------------------- */

/* If not `condition`, the trial violates `property`; `message` is a sentence for the student. Goes on either way;
 * the first failure of a trial is reported. In verify(), `self` is the thread it is about, or trial->threads. */
static inline void trial_expect(struct trial *t, unsigned self, bool condition, enum workload_property property,
				const char *message)
{
	if (!condition)
		t->services->fail(t, self, (uint32_t)property, message);
}

/* The thread leaves its work undone, after it has noted why (trial_expect()): a loop that would never end. From here on
 * the trial claims nothing: what its data look like in the end, and who raced for them, is held against nobody. */
static inline void trial_give_up(struct trial *t, unsigned self)
{
	t->services->event(t, self, TRIAL_GIVES_UP, 0);
}

/* ---- the plugin's operations ----------------------------------------------------------------------------------------
 * Each is available where the plugin's header was included before this one. `object` is the number of the object. */

/* The body of a call: tells the grader that it begins and ends. */
#define TRIAL_PLUGIN_CALL(t, self, operation, call)                                                                    \
	do {                                                                                                           \
		(t)->services->event((t), (self), TRIAL_CALL, (operation));                                            \
		call;                                                                                                  \
		(t)->services->event((t), (self), TRIAL_RETURN, (operation));                                          \
	} while (0)

/* The same of plugin object `of`, which was asked for `asked`, and gives back `given` (struct trial_services: call). */
#define TRIAL_OBJECT_CALL(t, self, operation, of, asked, body, given)                                                  \
	do {                                                                                                           \
		(t)->services->call((t), (self), TRIAL_CALL, (operation), (of), (asked));                              \
		body;                                                                                                  \
		(t)->services->call((t), (self), TRIAL_RETURN, (operation), (of), (given));                            \
	} while (0)

#ifdef SYNCGRADE_LOCK_H
static inline const struct lock_plugin *trial_lock_plugin(const struct trial *t)
{
	return (const struct lock_plugin *)t->plugin;
}

static inline struct lock *trial_lock(struct trial *t, unsigned object)
{
	return (struct lock *)t->services->object(t, object);
}

/* Initializes lock `object` for all threads of the trial; does not return if the plugin cannot. */
static inline void trial_lock_init(struct trial *t, unsigned object)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT,
			  error = trial_lock_plugin(t)->init(trial_lock(t, object), t->threads));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void trial_lock_destroy(struct trial *t, unsigned object)
{
	if (trial_lock_plugin(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY, trial_lock_plugin(t)->destroy(trial_lock(t, object)));
}

static inline void trial_acquire(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_ACQUIRE, object, 0, trial_lock_plugin(t)->acquire(trial_lock(t, object), self),
			  0);
}

static inline void trial_release(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_RELEASE, object, 0, trial_lock_plugin(t)->release(trial_lock(t, object), self),
			  0);
}
#endif

#ifdef SYNCGRADE_SEMAPHORE_H
static inline const struct semaphore_plugin *trial_semaphore_plugin(const struct trial *t)
{
	return (const struct semaphore_plugin *)t->plugin;
}

static inline struct semaphore *trial_semaphore(struct trial *t, unsigned object)
{
	return (struct semaphore *)t->services->object(t, object);
}

/* Initializes semaphore `object` with `value` permits; does not return if the plugin cannot. */
static inline void trial_semaphore_init(struct trial *t, unsigned object, unsigned value)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT,
			  error = trial_semaphore_plugin(t)->init(trial_semaphore(t, object), value));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void trial_semaphore_destroy(struct trial *t, unsigned object)
{
	if (trial_semaphore_plugin(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY,
				  trial_semaphore_plugin(t)->destroy(trial_semaphore(t, object)));
}

static inline void trial_semaphore_wait(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_SEMAPHORE_WAIT, object, 0,
			  trial_semaphore_plugin(t)->wait(trial_semaphore(t, object)), 0);
}

static inline void trial_semaphore_signal(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_SEMAPHORE_SIGNAL, object, 0,
			  trial_semaphore_plugin(t)->signal(trial_semaphore(t, object)), 0);
}
#endif

#ifdef SYNCGRADE_MONITOR_H
static inline const struct monitor_plugin *trial_monitor_plugin(const struct trial *t)
{
	return (const struct monitor_plugin *)t->plugin;
}

static inline struct monitor *trial_monitor(struct trial *t, unsigned object)
{
	return (struct monitor *)t->services->object(t, object);
}

/* Whether the plugin promises Hoare's signalling rather than Mesa's. */
static inline bool trial_monitor_hoare(const struct trial *t)
{
	return trial_monitor_plugin(t)->signaling == MONITOR_HOARE;
}

/* Initializes monitor `object`; does not return if the plugin cannot. */
static inline void trial_monitor_init(struct trial *t, unsigned object)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT, error = trial_monitor_plugin(t)->init(trial_monitor(t, object)));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void trial_monitor_destroy(struct trial *t, unsigned object)
{
	if (trial_monitor_plugin(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY,
				  trial_monitor_plugin(t)->destroy(trial_monitor(t, object)));
}

static inline void trial_monitor_enter(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_MONITOR_ENTER, object, 0,
			  trial_monitor_plugin(t)->enter(trial_monitor(t, object)), 0);
}

static inline void trial_monitor_exit(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_MONITOR_EXIT, object, 0,
			  trial_monitor_plugin(t)->exit(trial_monitor(t, object)), 0);
}

static inline void trial_monitor_wait(struct trial *t, unsigned self, unsigned object, unsigned condition)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_MONITOR_WAIT, object, condition,
			  trial_monitor_plugin(t)->wait(trial_monitor(t, object), condition), 0);
}

static inline void trial_monitor_signal(struct trial *t, unsigned self, unsigned object, unsigned condition)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_MONITOR_SIGNAL, object, condition,
			  trial_monitor_plugin(t)->signal(trial_monitor(t, object), condition), 0);
}

static inline void trial_monitor_broadcast(struct trial *t, unsigned self, unsigned object, unsigned condition)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_MONITOR_BROADCAST, object, condition,
			  trial_monitor_plugin(t)->broadcast(trial_monitor(t, object), condition), 0);
}
#endif

#ifdef SYNCGRADE_BARRIER_H
static inline const struct barrier_plugin *trial_barrier_plugin(const struct trial *t)
{
	return (const struct barrier_plugin *)t->plugin;
}

static inline struct barrier *trial_barrier(struct trial *t, unsigned object)
{
	return (struct barrier *)t->services->object(t, object);
}

/* Initializes barrier `object` for the threads 0 … threads - 1 of the trial; does not return if the plugin cannot. */
static inline void trial_barrier_init(struct trial *t, unsigned object, unsigned threads)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT,
			  error = trial_barrier_plugin(t)->init(trial_barrier(t, object), threads));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void trial_barrier_destroy(struct trial *t, unsigned object)
{
	if (trial_barrier_plugin(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY,
				  trial_barrier_plugin(t)->destroy(trial_barrier(t, object)));
}

static inline void trial_barrier_wait(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_BARRIER_WAIT, object, 0,
			  trial_barrier_plugin(t)->wait(trial_barrier(t, object), self), 0);
}
#endif

#ifdef SYNCGRADE_RWLOCK_H
static inline const struct rwlock_plugin *trial_rwlock_plugin(const struct trial *t)
{
	return (const struct rwlock_plugin *)t->plugin;
}

static inline struct rwlock *trial_rwlock(struct trial *t, unsigned object)
{
	return (struct rwlock *)t->services->object(t, object);
}

/* Initializes readers-writers lock `object` for all threads of the trial; does not return if the plugin cannot. */
static inline void trial_rwlock_init(struct trial *t, unsigned object)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT,
			  error = trial_rwlock_plugin(t)->init(trial_rwlock(t, object), t->threads));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void trial_rwlock_destroy(struct trial *t, unsigned object)
{
	if (trial_rwlock_plugin(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY,
				  trial_rwlock_plugin(t)->destroy(trial_rwlock(t, object)));
}

static inline void trial_rwlock_acquire_read(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_RWLOCK_ACQUIRE_READ, object, 0,
			  trial_rwlock_plugin(t)->acquire_read(trial_rwlock(t, object), self), 0);
}

static inline void trial_rwlock_release_read(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_RWLOCK_RELEASE_READ, object, 0,
			  trial_rwlock_plugin(t)->release_read(trial_rwlock(t, object), self), 0);
}

static inline void trial_rwlock_acquire_write(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_RWLOCK_ACQUIRE_WRITE, object, 0,
			  trial_rwlock_plugin(t)->acquire_write(trial_rwlock(t, object), self), 0);
}

static inline void trial_rwlock_release_write(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_RWLOCK_RELEASE_WRITE, object, 0,
			  trial_rwlock_plugin(t)->release_write(trial_rwlock(t, object), self), 0);
}
#endif

#ifdef SYNCGRADE_BOUNDED_BUFFER_H
static inline const struct bounded_buffer_plugin *trial_bounded_buffer_plugin(const struct trial *t)
{
	return (const struct bounded_buffer_plugin *)t->plugin;
}

static inline struct bounded_buffer *trial_bounded_buffer(struct trial *t, unsigned object)
{
	return (struct bounded_buffer *)t->services->object(t, object);
}

/* Initializes buffer `object` with `capacity` places; does not return if the plugin cannot. */
static inline void trial_bounded_buffer_init(struct trial *t, unsigned object, unsigned capacity)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT,
			  error = trial_bounded_buffer_plugin(t)->init(trial_bounded_buffer(t, object), capacity));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void trial_bounded_buffer_destroy(struct trial *t, unsigned object)
{
	if (trial_bounded_buffer_plugin(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY,
				  trial_bounded_buffer_plugin(t)->destroy(trial_bounded_buffer(t, object)));
}

static inline void trial_bounded_buffer_put(struct trial *t, unsigned self, unsigned object, uint64_t item)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_BOUNDED_BUFFER_PUT, object, item,
			  trial_bounded_buffer_plugin(t)->put(trial_bounded_buffer(t, object), item), 0);
}

static inline uint64_t trial_bounded_buffer_get(struct trial *t, unsigned self, unsigned object)
{
	uint64_t item;
	TRIAL_OBJECT_CALL(t, self, TRIAL_BOUNDED_BUFFER_GET, object, 0,
			  item = trial_bounded_buffer_plugin(t)->get(trial_bounded_buffer(t, object)), item);
	return item;
}
#endif

#ifdef SYNCGRADE_PHILOSOPHERS_H
static inline const struct philosophers_plugin *trial_philosophers_plugin(const struct trial *t)
{
	return (const struct philosophers_plugin *)t->plugin;
}

static inline struct philosophers *trial_philosophers(struct trial *t, unsigned object)
{
	return (struct philosophers *)t->services->object(t, object);
}

/* Lays table `object` for as many philosophers as the trial has threads; does not return if the plugin cannot. */
static inline void trial_philosophers_init(struct trial *t, unsigned object)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT,
			  error = trial_philosophers_plugin(t)->init(trial_philosophers(t, object), t->threads));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void trial_philosophers_destroy(struct trial *t, unsigned object)
{
	if (trial_philosophers_plugin(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY,
				  trial_philosophers_plugin(t)->destroy(trial_philosophers(t, object)));
}

static inline void trial_philosophers_pick_up(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_PHILOSOPHERS_PICK_UP, object, 0,
			  trial_philosophers_plugin(t)->pick_up(trial_philosophers(t, object), self), 0);
}

static inline void trial_philosophers_put_down(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, TRIAL_PHILOSOPHERS_PUT_DOWN, object, 0,
			  trial_philosophers_plugin(t)->put_down(trial_philosophers(t, object), self), 0);
}
#endif

#ifdef __cplusplus
}
#endif

#endif
