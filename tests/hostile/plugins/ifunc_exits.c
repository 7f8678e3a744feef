#include "hostile.h"
static void attack(void)
{
}
typedef int answer_function(void);
static answer_function *resolve(void)
{
	__asm__ volatile("syscall" : : "a"(231), "D"(0) : "rcx", "r11", "memory");
	return NULL;
}
__attribute__((visibility("default"))) int answer(void) __attribute__((ifunc("resolve")));
int (*volatile use)(void) = answer;
