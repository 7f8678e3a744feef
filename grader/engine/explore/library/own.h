/* What the library's programs share. They run on a fiber, as a part of the plugin: they keep state only in
 * library_state, in the model's locations, and in the objects themselves. */
#ifndef OWN_H
#define OWN_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <syncgrade/workload.h>
#include <time.h>

#include "calls.h"
#include "fiber.h"
#include "library.h"
#include "library_state.h"
#include "rule.h"
#include "said.h"

/* Begins each call that a plugin makes: notes its name for reports, and where it was made. */
#define ENTER(name) ENTER_ON(name, NULL)
/* The same, of a call about an object of the library. */
#define ENTER_ON(name, object)                                                                                         \
	uint64_t site = CALL_SITE;                                                                                     \
	call_mark(MARK_LIBRARY, site, name, object)

/* A call of `target` whose frames hold nothing of what was on the stack before: made in the same state, it is in the
 * same state when it asks for something. */
#define CLEAN(name, target)                                                                                            \
	__attribute__((naked)) static void name(void)                                                                  \
	{                                                                                                              \
		__asm__("endbr64\n\t"                                                                                  \
			"pxor %%xmm0, %%xmm0\n\t"                                                                      \
			".set below, 16\n\t"                                                                           \
			".rept 24\n\t"                                                                                 \
			"movups %%xmm0, -below(%%rsp)\n\t"                                                             \
			".set below, below + 16\n\t"                                                                   \
			".endr\n\t"                                                                                    \
			"jmp %P0"                                                                                      \
			:                                                                                              \
			: "i"(target));                                                                                \
	}

/* Tables of calls, one in each file; table.c puts them together. */
#define TO(name, target)                                                                                               \
	{                                                                                                              \
		name, (void *)(uintptr_t)(target), NULL                                                                \
	}
/* The same, of a call that makes the real one. */
#define TO_REAL(name, target, real)                                                                                    \
	{                                                                                                              \
		name, (void *)(uintptr_t)(target), (void **)&(real)                                                    \
	}
#define CALLS(group) const struct redirection group##_calls[]
#define NO_MORE                                                                                                        \
	{                                                                                                              \
		NULL, NULL, NULL                                                                                       \
	}

static inline unsigned self(void)
{
	return (unsigned)(fiber_current() - fiber_get(0));
}

static inline uint64_t self_bit(void)
{
	return UINT64_C(1) << self();
}

/* ---- objects: made, used, destroyed ---- */

/* A type of the library's objects. Its first bytes are the model's: none of libc's code looks at them. */
struct object_type {
	enum said name;
	size_t size;
	bool must_be_made; /* there is no static initializer: a call makes it */
};

extern const struct object_type type_mutex, type_condition, type_rwlock, type_semaphore, type_spin, type_barrier,
    type_mtx, type_cnd;

/* It is made. `shared`: for more than one process. Called before libc's own function fills it. */
void object_makes(void *object, const struct object_type *type, uint64_t site);
/* The same, afterwards. */
void object_made(void *object, const struct object_type *type, bool shared, uint64_t site);
/* A call uses it: is it alive? `shared`: it is for more than one process. */
void object_used(const void *object, const struct object_type *type, bool shared, uint64_t site);
/* Whether it was made for more than one process, of types that do not show it. */
bool object_is_shared(const void *object, uint64_t site);
/* It is destroyed; object_destroyed() once all has been looked at. */
void object_destroys(const void *object, const struct object_type *type, uint64_t site);
void object_destroyed(void *object, const struct object_type *type);

/* ---- locks: who holds what ---- */

struct library_held *held_find(const void *object);
void held_add(const void *object, bool shared);

/* ---- waiting ---- */

/* When a call's time is over: it has no limit, or one that is so far away that nothing comes of it; some time; at once.
 */
enum deadline { DEADLINE_NEVER, DEADLINE_SOME_TIME, DEADLINE_PAST };
enum deadline deadline_at(const struct timespec *until);
enum deadline deadline_in(const struct timespec *duration);
/* Whether a call that may wait finds the time over; if not, it waits for as long as it takes. */
bool times_out(enum deadline deadline, uint64_t site);
/* It no longer waits with a time limit. */
void waited(void);

enum wake { WAKE_SIGNAL, WAKE_SPURIOUS, WAKE_TIMEOUT };
/* Sleeps until the own bit of the mask is clear. */
enum wake sleep_on(uint64_t key, enum deadline deadline, uint64_t site);
/* Wakes up to n of those in the mask, any of them. Returns how many. `order`: who comes to sleep later is ordered after
 * this, also where nobody sleeps now. */
int wake_up(uint64_t key, unsigned n, bool order, uint64_t site);
/* The same, of those who sleep with one of these bits (futexes): each says with which before it looks at the word. */
void sleeps_with(uint32_t bits, uint64_t site);
int wake_matching(uint64_t key, unsigned n, uint32_t bits, uint64_t site);

/* ---- what other calls are made of; the result is an errno value ---- */

int mutex_lock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site);
int mutex_trylock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site);
int mutex_timedlock(pthread_mutex_t *mutex, const struct object_type *type, enum deadline deadline, uint64_t site);
int mutex_unlock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site);
int mutex_destroy(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site);
void mutex_owner_ends(void);
int condition_wait(void *condition, pthread_mutex_t *mutex, const struct object_type *type,
		   const struct object_type *mutex_type, enum deadline deadline, uint64_t site);
int condition_wake(void *condition, unsigned n, const struct object_type *type, uint64_t site);
int condition_destroy(void *condition, const struct object_type *type, uint64_t site);
void run_once(uint32_t *control, void (*function)(void), uint64_t site);
/* The system call's result. */
long futex_wait(uint32_t *word, uint64_t key, uint32_t expected, uint32_t bits, enum deadline deadline, uint64_t site);
int key_create(uint32_t *key, void (*destructor)(void *));
#define CLOCK_BEGIN_SECONDS 1000
struct timespec clock_now(void);
int thread_yields(uint64_t site);
int thread_sleeps(uint64_t site);

/* ---- names of other libraries' calls that do no harm ---- */

bool is_harmless(const char *name);
bool is_of_thread(const char *name);

#endif
