#include "hostile.h"
static void attack(void)
{
	/* Should nothing stop it, it stops by itself: tests are not to hurt the machine. */
	for (int i = 0; i < 512; i++) {
		volatile char *block = mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (block == MAP_FAILED)
			for (;;)
				pause();
		for (size_t i = 0; i < 4 << 20; i += 4096)
			block[i] = 1;
		usleep(200);
	}
	for (;;)
		pause();
}
