#include "hostile.h"
static void attack(void)
{
	pthread_exit(NULL);
}
