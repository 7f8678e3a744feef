#include "debug.h"

volatile uint32_t syncgrade_thread;

__attribute__((noinline)) void syncgrade_replay_begins(void)
{
	__asm__ volatile("");
}

__attribute__((noinline)) void syncgrade_replay_ends(void)
{
	__asm__ volatile("");
}
