#include "hostile.h"
static void attack(void)
{
	try_to_read(SECRET);
	try_to_read("../../../../../../" SECRET);
}
