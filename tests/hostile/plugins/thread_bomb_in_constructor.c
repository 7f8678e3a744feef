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
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 65536);
	for (int i = 0; i < 2000; i++) {
		if (pthread_create(&thread, &small, wait_for_ever, NULL) != 0)
			break;
	}
	sleep(1);
}
