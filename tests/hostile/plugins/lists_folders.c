#include "hostile.h"
static void attack(void)
{
	static const char *const folders[] = { "/", "/tmp", "..", ".", "/home", "/root" };
	for (unsigned i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (opendir(folders[i]) != NULL)
			breach(folders[i]);
	}
}
