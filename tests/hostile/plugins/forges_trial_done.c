#include "frames.h"
#include "hostile.h"
static void attack(void)
{
	forge(FRAME_TRIAL_DONE, 42);
	pause();
}
