#include "hostile.h"
#if __has_include("/etc/passwd") || __has_include("/etc/shadow") || __has_include("/root/.bashrc")
#define SEEN 1
#else
#define SEEN 0
#endif
static void attack(void)
{
	if (SEEN)
		puts("it knows what files there are");
}
