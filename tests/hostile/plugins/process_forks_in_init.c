#define ATTACK_INSIDE "init"
#include "hostile.h"
static void attack(void)
{
	/* More than there may be; each does nothing for ever. */
	for (int i = 0; i < 200; i++) {
		if (fork() == 0)
			for (;;)
				sleep(1000);
	}
	sleep(2);
}
