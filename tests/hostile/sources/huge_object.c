#include "hostile.h"
char room[1 << 30] = { 1 };
static void attack(void)
{
}
