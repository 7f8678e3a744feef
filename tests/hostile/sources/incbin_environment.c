#include "hostile.h"
extern const char environment[];
__asm__(".section .rodata\nenvironment: .incbin \"/proc/self/environ\"\n.byte 0\n.previous");
static void attack(void)
{
	puts(environment);
}
