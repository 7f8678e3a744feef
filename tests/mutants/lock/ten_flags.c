/* Lamport's bakery (1974) for ten, with the __atomic built-ins: the eleventh stands where the first does. */
#include <syncgrade/lock.h>

#define MANY 10u

struct lock {
	unsigned number[MANY], choosing[MANY];
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	*lock = (struct lock){ { 0 }, { 0 } };
	return 0;
}

static void draw(struct lock *lock, unsigned me)
{
	unsigned most = 0;
	__atomic_store_n(&lock->choosing[me], 1, __ATOMIC_SEQ_CST);
	for (unsigned i = 0; i < MANY; i++) {
		unsigned number = __atomic_load_n(&lock->number[i], __ATOMIC_SEQ_CST);
		most = number > most ? number : most;
	}
	__atomic_store_n(&lock->number[me], most + 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&lock->choosing[me], 0, __ATOMIC_SEQ_CST);
}

static int is_before(struct lock *lock, unsigned other, unsigned me)
{
	unsigned number = __atomic_load_n(&lock->number[other], __ATOMIC_SEQ_CST);
	unsigned mine = __atomic_load_n(&lock->number[me], __ATOMIC_SEQ_CST);
	return number != 0 && (number < mine || (number == mine && other < me));
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned me = self % MANY;
	draw(lock, me);
	for (unsigned i = 0; i < MANY; i++) {
		while (__atomic_load_n(&lock->choosing[i], __ATOMIC_SEQ_CST))
			;
		while (is_before(lock, i, me))
			;
	}
}

static void release(struct lock *lock, unsigned self)
{
	__atomic_store_n(&lock->number[self % MANY], 0, __ATOMIC_SEQ_CST);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
