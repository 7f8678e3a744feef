#include "hostile.h"
#include <sys/fanotify.h>
#include <sys/inotify.h>
static void attack(void)
{
	must_fail(inotify_init(), "inotify_init");
	must_fail(inotify_init1(0), "inotify_init1");
	must_fail(fanotify_init(0, 0), "fanotify_init");
}
