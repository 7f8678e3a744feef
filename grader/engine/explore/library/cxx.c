/* What libstdc++ does out of line: static variables' guards, condition variables, lists. */
#include "own.h"

#include <pthread.h>
#include <string.h>

/* ---- guards: a lock, and a byte that says that it is done ---- */

static int model_guard_acquire(uint8_t *guard)
{
	ENTER("__cxa_guard_acquire");
	call_step(KEY(guard, KEY_VALUE), RULE_AWAIT_EXCHANGE, self() + 1, __ATOMIC_ACQUIRE, site, 0);
	if (call_load1(guard, __ATOMIC_ACQUIRE) == 0)
		return 1;
	call_step(KEY(guard, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
	return 0;
}

static void model_guard_release(uint8_t *guard)
{
	ENTER("__cxa_guard_release");
	call_store1(guard, 1, __ATOMIC_RELEASE);
	call_step(KEY(guard, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
}

static void model_guard_abort(uint8_t *guard)
{
	ENTER("__cxa_guard_abort");
	call_step(KEY(guard, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
}

/* ---- std::condition_variable is a pthread_cond_t ---- */

/* std::unique_lock<std::mutex> */
struct unique_lock {
	pthread_mutex_t *mutex;
	bool owns;
};

static void model_condition_make(pthread_cond_t *condition)
{
	ENTER("std::condition_variable()");
	object_makes(condition, &type_condition, site);
	call_step(KEY(condition, KEY_WAITERS), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	memset(condition, 0, sizeof *condition);
}

static void model_condition_unmake(pthread_cond_t *condition)
{
	ENTER("~condition_variable()");
	condition_destroy(condition, &type_condition, site);
}

static void model_condition_wait(pthread_cond_t *condition, const struct unique_lock *lock)
{
	ENTER("std::condition_variable::wait");
	condition_wait(condition, lock->mutex, &type_condition, &type_mutex, DEADLINE_NEVER, site);
}

static void model_condition_one(pthread_cond_t *condition)
{
	ENTER("std::condition_variable::notify_one");
	condition_wake(condition, 1, &type_condition, site);
}

static void model_condition_all(pthread_cond_t *condition)
{
	ENTER("std::condition_variable::notify_all");
	condition_wake(condition, UINT32_MAX, &type_condition, site);
}

static unsigned model_concurrency(void)
{
	return library_mode.n_threads;
}

/* ---- std::list ---- */

struct node {
	struct node *next, *prev;
};

static struct node *get(struct node **link)
{
	call_read_range(link, sizeof(struct node *));
	return *link;
}

static void set(struct node **link, struct node *to)
{
	call_write_range(link, sizeof(struct node *));
	*link = to;
}

static void model_hook(struct node *node, struct node *before)
{
	struct node *last = get(&before->prev);

	set(&node->next, before);
	set(&node->prev, last);
	set(&last->next, node);
	set(&before->prev, node);
}

static void model_unhook(struct node *node)
{
	struct node *next = get(&node->next), *prev = get(&node->prev);

	set(&prev->next, next);
	set(&next->prev, prev);
}

/* Moves [first, last) in front of `before`. */
static void model_transfer(struct node *before, struct node *first, struct node *last)
{
	if (before == last)
		return;
	struct node *tail = get(&last->prev), *head = get(&first->prev), *front = get(&before->prev);
	set(&tail->next, before);
	set(&head->next, last);
	set(&front->next, first);
	set(&before->prev, tail);
	set(&last->prev, head);
	set(&first->prev, front);
}

CALLS(cxx) = {
	TO("__cxa_guard_acquire", model_guard_acquire),
	TO("__cxa_guard_release", model_guard_release),
	TO("__cxa_guard_abort", model_guard_abort),
	TO("_ZNSt18condition_variableC1Ev", model_condition_make),
	TO("_ZNSt18condition_variableC2Ev", model_condition_make),
	TO("_ZNSt18condition_variableD1Ev", model_condition_unmake),
	TO("_ZNSt18condition_variableD2Ev", model_condition_unmake),
	TO("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", model_condition_wait),
	TO("_ZNSt18condition_variable10notify_oneEv", model_condition_one),
	TO("_ZNSt18condition_variable10notify_allEv", model_condition_all),
	TO("_ZNSt6thread20hardware_concurrencyEv", model_concurrency),
	TO("_ZNSt8__detail15_List_node_base7_M_hookEPS0_", model_hook),
	TO("_ZNSt8__detail15_List_node_base9_M_unhookEv", model_unhook),
	TO("_ZNSt8__detail15_List_node_base11_M_transferEPS0_S1_", model_transfer),
	NO_MORE,
};
