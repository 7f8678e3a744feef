#include "hostile.h"
static void attack(void)
{
	try_to_read("./hostile.h");
	try_to_read("submission.c");
}
