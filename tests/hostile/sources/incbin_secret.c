#include "hostile.h"
extern const char secret[], secret_end[];
__asm__(".section .rodata\nsecret: .incbin \"" SECRET "\"\nsecret_end:\n.byte 0\n.previous");
static void attack(void)
{
	printf("BREACH: %.*s\n", (int)(secret_end - secret), secret);
}
