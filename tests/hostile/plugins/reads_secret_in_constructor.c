#include "hostile.h"
static void attack(void)
{
}
__attribute__((constructor)) static void begin(void)
{
	try_to_read(SECRET);
}
