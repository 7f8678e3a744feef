#include "frames.h"
#include "hostile.h"
static void attack(void)
{
}
__attribute__((constructor)) static void begin(void)
{
	forge(FRAME_LOADED, 64);
	forge(FRAME_DONE, 0);
	_exit(0);
}
