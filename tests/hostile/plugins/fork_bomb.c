#include "hostile.h"
static void attack(void)
{
	for (int i = 0; i < 50; i++) {
		pid_t pid = fork();
		if (pid == 0)
			for (;;)
				pause();
		must_fail(pid, "fork");
	}
}
