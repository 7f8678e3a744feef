/* Root starts the stranger's process as a user that nobody else is: of every process another, so that RLIMIT_NPROC,
 * which counts by user and does not bind root, counts it alone. Its group is its folder's, so that it can read that one
 * and no other. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parts.h"

enum {
	USERS_BASE = 0x60000000, /* above what systems give away, below 2^31 */
	USERS_PER_GRADER = 64,
	GROUPS_BASE = 0x60000000,
	GROUPS_MASK = 0x0fffffff,
	NOBODY = 65534,
};

static int share_file(int folder_fd, const char *name, gid_t gid)
{
	struct stat status;
	int fd = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), r = 0;
	if (fd < 0)
		return errno == ELOOP || errno == ENOENT ? 0 : -errno;
	if (fstat(fd, &status) < 0)
		r = -errno;
	else if (S_ISREG(status.st_mode) && status.st_nlink == 1 &&
		 (fchown(fd, geteuid(), gid) < 0 || fchmod(fd, (status.st_mode & 0700) | 0040) < 0))
		r = -errno;
	close(fd);
	return r;
}

/* Sticky where others may write: what is ours there stays as it is. Closes fd. Folders inside are ours: what was handed
 * in had some, and no process that may write here makes any that root would own. */
static int share_folder(int fd, bool writable, gid_t gid)
{
	struct stat status;
	DIR *entries = fdopendir(fd);
	int r = 0;
	if (entries == NULL) {
		r = -errno;
		close(fd);
		return r;
	}
	if (fstat(fd, &status) < 0 ||
	    (status.st_uid == geteuid() && (fchown(fd, (uid_t)-1, gid) < 0 || fchmod(fd, writable ? 01770 : 0750) < 0)))
		r = -errno;
	for (struct dirent *entry; r == 0 && (entry = readdir(entries)) != NULL;) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN) {
			r = share_file(fd, entry->d_name, gid);
		} else if (entry->d_type == DT_DIR) {
			int inside = openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			r = inside < 0 ? -errno : share_folder(inside, writable, gid);
		}
	}
	closedir(entries);
	return r;
}

static int share(const struct launch *launch, gid_t gid)
{
	int fd = open(launch->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? -errno : share_folder(fd, launch->folder_writable, gid);
}

int identity_choose(struct sandbox *sandbox, const struct launch *launch, struct identity *identity)
{
	struct stat status;
	unsigned number = atomic_fetch_add(&sandbox->next, 1) % USERS_PER_GRADER;
	*identity = (struct identity){ .change = sandbox->drop_user };
	if (!identity->change)
		return 0;
	identity->uid = USERS_BASE + (uid_t)getpid() * USERS_PER_GRADER + number;
	identity->gid = identity->uid;
	if (launch->folder != NULL) {
		if (stat(launch->folder, &status) < 0)
			return -errno;
		identity->gid = GROUPS_BASE + (gid_t)((status.st_ino ^ status.st_dev << 20) & GROUPS_MASK);
	}
	if (sandbox->few_users)
		identity->uid = identity->gid = NOBODY;
	return launch->folder != NULL ? share(launch, identity->gid) : 0;
}

int identity_become(const struct identity *identity)
{
	if (!identity->change)
		return 0;
	if (setgroups(0, NULL) < 0 || setresgid(identity->gid, identity->gid, identity->gid) < 0)
		return -1;
	return setresuid(identity->uid, identity->uid, identity->uid);
}

bool sandbox_reaches(const struct sandbox *sandbox, const char *path)
{
	if (!sandbox->drop_user || sandbox->namespaces)
		return true;
	pid_t pid = fork();
	if (pid == 0) {
		const struct identity nobody = { .change = true, .uid = NOBODY, .gid = NOBODY };
		_exit(identity_become(&nobody) < 0 || access(path, F_OK) == 0 ? 0 : 1);
	}
	int status = 0;
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 0;
}

int capabilities_drop(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };
	/* Without privileges the set of those that exec could give cannot be made smaller: it gives none anyway. */
	for (unsigned long capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++)
		;
	return (int)syscall(SYS_capset, &header, none);
}
