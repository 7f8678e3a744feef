#define ATTACK_INSIDE "init"
#include "hostile.h"
static void attack(void)
{
	if (fork() != 0)
		return;
	for (int i = 1; i < 32; i++)
		signal(i, SIG_IGN);
	for (;;)
		sleep(1000);
}
