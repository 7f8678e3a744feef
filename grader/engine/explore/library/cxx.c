/* What libstdc++ does out of line: static variables' guards, condition variables, futures, lists. */
#include "own.h"

#include <errno.h>
#include <linux/futex.h>
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
	ENTER_ON("~condition_variable()", condition);
	condition_destroy(condition, &type_condition, site);
}

static void model_condition_wait(pthread_cond_t *condition, const struct unique_lock *lock)
{
	ENTER_ON("std::condition_variable::wait", condition);
	condition_wait(condition, lock->mutex, &type_condition, &type_mutex, DEADLINE_NEVER, site);
}

CLEAN(clean_condition_wait, model_condition_wait)

static void model_condition_one(pthread_cond_t *condition)
{
	ENTER_ON("std::condition_variable::notify_one", condition);
	condition_wake(condition, 1, &type_condition, site);
}

static void model_condition_all(pthread_cond_t *condition)
{
	ENTER_ON("std::condition_variable::notify_all", condition);
	condition_wake(condition, UINT32_MAX, &type_condition, site);
}

static unsigned model_concurrency(void)
{
	return library_mode.n_threads;
}

/* ---- std::future: a word that says whether it is ready, and a result of it that begins with a table of functions and
 * an exception ---- */

#define FUTURE_RESULT_BYTES 16u

static void (*real_result_make)(void *), (*real_result_unmake)(void *);

static void model_result_make(void *result)
{
	call_write_range(result, FUTURE_RESULT_BYTES);
	real_result_make(result);
}

static void model_result_unmake(void *result)
{
	call_write_range(result, FUTURE_RESULT_BYTES);
	real_result_unmake(result);
}

/* std::__atomic_futex_unsigned_base::_M_futex_wait_until…(unsigned *, unsigned, bool, seconds, nanoseconds), which has
 * a `this`; _M_futex_notify_all() has none. */
#define FUTURE_TIME "EPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE"
#define FUTURE_WAIT "_ZNSt28__atomic_futex_unsigned_base19_M_futex_wait_until" FUTURE_TIME
#define FUTURE_WAIT_STEADY "_ZNSt28__atomic_futex_unsigned_base26_M_futex_wait_until_steady" FUTURE_TIME

/* Until a time of any clock. Whether it was not over. */
static bool model_future_wait(const void *futex, uint32_t *word, uint32_t expected, bool limited, time_t seconds,
			      long nanoseconds)
{
	ENTER_ON("std::future::wait", word);
	(void)futex;
	struct timespec until = { .tv_sec = seconds, .tv_nsec = nanoseconds };
	enum deadline deadline = limited ? deadline_at(&until) : DEADLINE_NEVER;

	return futex_wait(word, KEY(word, KEY_WAITERS), expected, FUTEX_BITSET_MATCH_ANY, deadline, site) == 0 ||
	       errno != ETIMEDOUT;
}

CLEAN(clean_future_wait, model_future_wait)

/* As waking by the system call, it is no use of the word. */
static void model_future_ready(uint32_t *word)
{
	ENTER_ON("std::promise::set_value", word);
	wake_up(KEY(word, KEY_WAITERS), UINT32_MAX, true, site);
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

/* ---- std::map and std::set: what libstdc++ does to the tree is announced, rather too much of it, then done ---- */

struct tree_node {
	int color;
	struct tree_node *parent, *left, *right;
};

static struct tree_node *(*real_increment)(struct tree_node *), *(*real_decrement)(struct tree_node *),
    *(*real_erase)(struct tree_node *, struct tree_node *);
static void (*real_insert)(bool, struct tree_node *, struct tree_node *, struct tree_node *);

/* The way from a node up to the root, and the nodes beside it. */
static void announce_way(struct tree_node *node, const struct tree_node *header, bool write)
{
	for (unsigned steps = 0; node != NULL && steps < 128; steps++) {
		struct tree_node *beside[] = { node, node == header ? NULL : node->left,
					       node == header ? NULL : node->right };
		for (unsigned i = 0; i < 3; i++) {
			if (beside[i] != NULL && write)
				call_write_range(beside[i], sizeof *node);
			else if (beside[i] != NULL)
				call_read_range(beside[i], sizeof *node);
		}
		if (node == header || node->parent == NULL || node->parent->parent == node)
			break;
		node = node->parent;
	}
}

static struct tree_node *model_increment(struct tree_node *node)
{
	announce_way(node, NULL, false);
	return real_increment(node);
}

static struct tree_node *model_decrement(struct tree_node *node)
{
	announce_way(node, NULL, false);
	return real_decrement(node);
}

static void model_insert(bool left, struct tree_node *node, struct tree_node *parent, struct tree_node *header)
{
	call_write_range(node, sizeof *node);
	call_write_range(header, sizeof *header);
	announce_way(parent, header, true);
	real_insert(left, node, parent, header);
}

static struct tree_node *model_erase(struct tree_node *node, struct tree_node *header)
{
	struct tree_node *next = node->right;

	call_write_range(header, sizeof *header);
	while (next != NULL && next->left != NULL)
		next = next->left;
	if (next != NULL)
		announce_way(next, header, true);
	announce_way(node, header, true);
	return real_erase(node, header);
}

/* ---- std::hash, std::unordered_map ---- */

struct need {
	bool any;
	size_t buckets;
};

static size_t (*real_hash)(const void *, size_t, size_t), (*real_next)(void *, size_t);
static struct need (*real_need)(void *, size_t, size_t, size_t);

static size_t model_hash(const void *bytes, size_t size, size_t seed)
{
	call_read_range(bytes, size);
	return real_hash(bytes, size, seed);
}

#define REHASH_POLICY_BYTES 16u

static size_t model_next(void *policy, size_t buckets)
{
	call_write_range(policy, REHASH_POLICY_BYTES);
	return real_next(policy, buckets);
}

static struct need model_need(void *policy, size_t buckets, size_t elements, size_t more)
{
	call_write_range(policy, REHASH_POLICY_BYTES);
	return real_need(policy, buckets, elements, more);
}

/* No exception is on its way: they are not modelled. */
static int model_no_exceptions(void)
{
	return 0;
}

CALLS(cxx) = {
	TO("__cxa_guard_acquire", model_guard_acquire),
	TO("__cxa_guard_release", model_guard_release),
	TO("__cxa_guard_abort", model_guard_abort),
	TO("_ZNSt18condition_variableC1Ev", model_condition_make),
	TO("_ZNSt18condition_variableC2Ev", model_condition_make),
	TO("_ZNSt18condition_variableD1Ev", model_condition_unmake),
	TO("_ZNSt18condition_variableD2Ev", model_condition_unmake),
	TO("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", clean_condition_wait),
	TO("_ZNSt18condition_variable10notify_oneEv", model_condition_one),
	TO("_ZNSt18condition_variable10notify_allEv", model_condition_all),
	TO_REAL("_ZNSt13__future_base12_Result_baseC1Ev", model_result_make, real_result_make),
	TO_REAL("_ZNSt13__future_base12_Result_baseC2Ev", model_result_make, real_result_make),
	TO_REAL("_ZNSt13__future_base12_Result_baseD1Ev", model_result_unmake, real_result_unmake),
	TO_REAL("_ZNSt13__future_base12_Result_baseD2Ev", model_result_unmake, real_result_unmake),
	TO(FUTURE_WAIT, clean_future_wait),
	TO(FUTURE_WAIT_STEADY, clean_future_wait),
	TO("_ZNSt28__atomic_futex_unsigned_base19_M_futex_notify_allEPj", model_future_ready),
	TO("_ZNSt6thread20hardware_concurrencyEv", model_concurrency),
	TO("_ZNSt8__detail15_List_node_base7_M_hookEPS0_", model_hook),
	TO("_ZNSt8__detail15_List_node_base9_M_unhookEv", model_unhook),
	TO("_ZNSt8__detail15_List_node_base11_M_transferEPS0_S1_", model_transfer),
	TO_REAL("_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base", model_increment, real_increment),
	TO_REAL("_ZSt18_Rb_tree_incrementPKSt18_Rb_tree_node_base", model_increment, real_increment),
	TO_REAL("_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base", model_decrement, real_decrement),
	TO_REAL("_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base", model_decrement, real_decrement),
	TO_REAL("_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_", model_insert, real_insert),
	TO_REAL("_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_", model_erase, real_erase),
	TO_REAL("_ZSt11_Hash_bytesPKvmm", model_hash, real_hash),
	TO_REAL("_ZNKSt8__detail20_Prime_rehash_policy11_M_next_bktEm", model_next, real_next),
	TO_REAL("_ZNKSt8__detail20_Prime_rehash_policy14_M_need_rehashEmmm", model_need, real_need),
	TO("_ZSt18uncaught_exceptionv", model_no_exceptions),
	TO("_ZSt19uncaught_exceptionsv", model_no_exceptions),
	NO_MORE,
};
