#include "hostile.h"
__attribute__((noinline)) static void smash(volatile char *buffer)
{
	for (int i = 0; i < 4096; i++)
		buffer[i] = 0x41;
}
__attribute__((noinline)) static void attack(void)
{
	volatile char buffer[16];
	smash(buffer);
}
