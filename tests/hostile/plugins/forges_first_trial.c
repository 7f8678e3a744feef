#include "hostile.h"

#include "frames.h"

static void attack(void)
{
}

__attribute__((constructor)) static void begin(void)
{
	/* Before there is a trial, its seed is nothing. */
	forge(FRAME_TRIAL_DONE, 0);
	forge(FRAME_DONE, 0);
	pause();
}
