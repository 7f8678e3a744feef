#include "hostile.h"
extern char **environ;
static void attack(void)
{
	for (char **variable = environ; *variable != NULL; variable++)
		puts(*variable);
	if (getenv("HOSTILE_TOKEN") != NULL)
		breach("the environment");
	try_to_read("/proc/self/environ");
	try_to_read("/proc/1/environ");
}
