#include "frames.h"
#include "hostile.h"
static void attack(void)
{
	forge_text(FRAME_TROUBLE, 28, "the disk is full");
	pause();
}
