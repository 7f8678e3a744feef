#include "frames.h"
#include "hostile.h"
static void attack(void)
{
}
__attribute__((constructor)) static void begin(void)
{
	forge_text(FRAME_LOAD_FAILED, 1, "the workload is broken");
	_exit(0);
}
