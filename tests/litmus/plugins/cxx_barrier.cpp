/* std::barrier */
// test: barrier-phases | -t 2 -r 1 -p 0x411 | ordering: pass
#include <barrier>
#include <new>
#include <syncgrade/barrier.h>
struct barrier {
	alignas(std::barrier<>) unsigned char room[sizeof(std::barrier<>)];
	std::barrier<> *b()
	{
		return reinterpret_cast<std::barrier<> *>(room);
	}
};
static int init(struct barrier *b, unsigned n)
{
	new (b->room) std::barrier<>(n);
	return 0;
}
static void wait(struct barrier *b, unsigned)
{
	b->b()->arrive_and_wait();
}
static void destroy(struct barrier *b)
{
	b->b()->~barrier();
}
extern "C" const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI, .size = sizeof(struct barrier), .init = init, .wait = wait, .destroy = destroy
};
