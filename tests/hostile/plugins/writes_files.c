#include "hostile.h"
static void attack(void)
{
	must_fail(open("left", O_WRONLY | O_CREAT, 0600), "a file in its folder");
	must_fail(open("/tmp/syncgrade-hostile-left", O_WRONLY | O_CREAT, 0600), "a file in /tmp");
	must_fail(open("/var/tmp/syncgrade-hostile-left", O_WRONLY | O_CREAT, 0600), "a file in /var/tmp");
	must_fail(open(".", O_WRONLY | O_TMPFILE, 0600), "a nameless file");
	must_fail(creat("/dev/shm/syncgrade-hostile-left", 0600), "creat");
	must_fail(mkdir("left", 0700), "mkdir");
	must_fail(symlink("a", "left"), "symlink");
	must_fail(mkfifo("left", 0600), "mkfifo");
}
