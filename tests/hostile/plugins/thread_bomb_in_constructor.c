#include "hostile.h"
static void *wait_for_ever(void *nothing)
{
	for (;;)
		pause();
	return nothing;
}
static void attack(void)
{
}
__attribute__((constructor)) static void begin(void)
{
	pthread_t thread;
	for (int i = 0; i < 2000; i++) {
		if (pthread_create(&thread, NULL, wait_for_ever, NULL) != 0)
			break;
	}
	sleep(1);
}
