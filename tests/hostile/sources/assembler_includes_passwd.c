#include "hostile.h"
__asm__(".include \"/etc/passwd\"");
static void attack(void)
{
}
