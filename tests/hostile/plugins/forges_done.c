#include "frames.h"
#include "hostile.h"
static void attack(void)
{
	forge(FRAME_DONE, 0);
	pause();
}
