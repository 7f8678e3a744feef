#include "hostile.h"
static void attack(void)
{
}
__attribute__((destructor)) static void end(void)
{
	breach("a destructor was run");
	_exit(7);
}
