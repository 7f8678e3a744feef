/* recycled: while one thread is in the midst of a put or a get, the other puts three items in and takes three out: the
 * place that the first one was about to take is taken, given back and taken again meanwhile. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

#include "harness/item.h"

#define THREADS 2u
#define OFTEN 3u /* items of the thread that does it all meanwhile; the other has one */

/* At most three items are inside at once: no put has to wait. (With three places, who takes numbers by a mask would
 * fail here too: that is for "room" to find.) */
#define PLACES 4u

struct recycled {
	struct {
		uint64_t seen[THREADS]; /* of each maker: 1 more than the number of the last item that it got */
		uint64_t put, got;      /* sums of the items */
		uint64_t gets;
	} of[THREADS]; /* written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct recycled);
}

static void setup(struct trial *t)
{
	trial_bounded_buffer_init(t, 0, PLACES);
}

static void put(struct trial *t, unsigned self, uint64_t number)
{
	struct recycled *d = t->data;
	uint64_t item = item_made(t, self, number);
	trial_bounded_buffer_put(t, self, 0, item);
	d->of[self].put += item;
}

static void get(struct trial *t, unsigned self)
{
	struct recycled *d = t->data;
	uint64_t item = trial_bounded_buffer_get(t, self, 0), number = item_number(item);
	unsigned maker = item_maker(item);
	bool is_true = item_is_true(t, item, THREADS, OFTEN);
	trial_expect(t, self, is_true, PROPERTY_ORDERING, "get() returned something that nobody had put in");
	if (!is_true)
		return;
	trial_expect(t, self, number >= d->of[self].seen[maker], PROPERTY_ORDERING,
		     "an item came twice, or after a later one of the same producer");
	d->of[self].seen[maker] = number + 1;
	d->of[self].got += item;
	d->of[self].gets++;
}

static void thread(struct trial *t, unsigned self)
{
	put(t, self, 0);
	if (self == 0) {
		get(t, self);
		return;
	}
	put(t, self, 1);
	get(t, self);
	put(t, self, 2);
	get(t, self);
	get(t, self);
}

static void finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct recycled *d = t->data;
	bool all =
	    d->of[0].gets + d->of[1].gets == OFTEN + 1 && d->of[0].put + d->of[1].put == d->of[0].got + d->of[1].got;
	trial_expect(t, t->threads, all, PROPERTY_ORDERING,
		     "in the end, what was taken out is not what was put in: items were lost or came twice");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "recycled",
	.plugin = "bounded_buffer",
	.objects = 1,
	.threads_min = THREADS,
	.threads_max = THREADS,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
