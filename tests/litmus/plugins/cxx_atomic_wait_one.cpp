/* Readers and writers wait for one atomic, and the last reader wakes one of them: a reader, who lets the writer go
 * first and sleeps again. */
// test: rwlock-readers | -t 3 -r 1 -p 0x40 -x 50000 | lost-wakeup: FAIL .*lost wake-up
#include <atomic>
#include <new>
#include <syncgrade/rwlock.h>
struct rwlock {
	std::atomic<uint32_t> word{ 0 };
};
static constexpr uint32_t READER = 1, WAITING = 1u << 16, WRITER = 1u << 31, READERS = WAITING - 1;
static int init(struct rwlock *l, unsigned)
{
	new (l) rwlock;
	return 0;
}
static void acquire_read(struct rwlock *l, unsigned)
{
	for (uint32_t w = l->word.load();;) {
		if ((w & ~READERS) != 0) {
			l->word.wait(w);
			w = l->word.load();
		} else if (l->word.compare_exchange_weak(w, w + READER)) {
			return;
		}
	}
}
static void release_read(struct rwlock *l, unsigned)
{
	if (((l->word.fetch_sub(READER) - READER) & READERS) == 0)
		l->word.notify_one();
}
static void acquire_write(struct rwlock *l, unsigned)
{
	for (uint32_t w = l->word.fetch_add(WAITING) + WAITING;;) {
		if ((w & (READERS | WRITER)) != 0) {
			l->word.wait(w);
			w = l->word.load();
		} else if (l->word.compare_exchange_weak(w, w - WAITING + WRITER)) {
			return;
		}
	}
}
static void release_write(struct rwlock *l, unsigned)
{
	l->word.fetch_and(~WRITER);
	l->word.notify_all();
}
extern "C" const struct rwlock_plugin rwlock_plugin = { .abi = RWLOCK_PLUGIN_ABI,
							.size = sizeof(struct rwlock),
							.init = init,
							.acquire_read = acquire_read,
							.release_read = release_read,
							.acquire_write = acquire_write,
							.release_write = release_write };
