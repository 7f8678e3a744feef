#include "hostile.h"
#include <sys/mount.h>
static void attack(void)
{
	must_fail(unshare(CLONE_NEWUSER), "a user namespace");
	must_fail(unshare(CLONE_NEWNS), "a mount namespace");
	must_fail(mount("proc", "/proc", "proc", 0, NULL), "mount");
	must_fail(umount("/"), "umount");
	must_fail(chroot("/"), "chroot");
	must_fail(syscall(SYS_pivot_root, ".", "."), "pivot_root");
	must_fail(syscall(SYS_fsopen, "tmpfs", 0), "fsopen");
	must_fail(syscall(SYS_setns, 0, 0), "setns");
	must_fail(sethostname("hostile", 7), "sethostname");
	must_fail(syscall(SYS_keyctl, 0, -3, 1), "keyctl");
}
