#include "hostile.h"
static void attack(void)
{
}
