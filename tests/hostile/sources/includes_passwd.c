#include "/etc/passwd"
#include "hostile.h"
static void attack(void)
{
}
