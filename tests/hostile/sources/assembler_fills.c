#include "hostile.h"
__asm__(".data\n.fill 40000000000, 1, 1\n.text");
static void attack(void)
{
}
