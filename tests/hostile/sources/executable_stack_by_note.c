#include "hostile.h"
__asm__(".section .note.GNU-stack,\"x\",@progbits\n.text");
static void attack(void)
{
}
