#include "hostile.h"
static void attack(void)
{
	try_to_read("/etc/passwd");
	try_to_read("/etc/hostname");
	try_to_read("/etc/ld.so.cache");
}
