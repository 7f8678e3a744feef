#include "hostile.h"
static void attack(void)
{
	must_fail(open("submission.so", O_RDWR), "open for writing");
	must_fail(chmod("submission.so", 0777), "chmod");
	must_fail(chown("submission.so", 0, 0), "chown");
	must_fail(unlink("submission.so"), "unlink");
	must_fail(rename("submission.so", "other.so"), "rename");
	must_fail(truncate("submission.so", 0), "truncate");
	must_fail(link("submission.so", "other.so"), "link");
}
