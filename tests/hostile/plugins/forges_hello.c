#include "frames.h"
#include "hostile.h"
static void attack(void)
{
	forge(FRAME_HELLO, 0);
	pause();
}
