/* Landlock (Salaün, 2021): the kernel refuses this process whatever is not under a rule. By raw system calls: the C
 * library has none for it. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "parts.h"

/* Newer than the headers of Debian 12 (Linux 6.1): from Linux 6.10's linux/landlock.h. */
struct ruleset_attr {
	uint64_t handled_access_fs;
	uint64_t handled_access_net; /* ABI 4 */
	uint64_t scoped;             /* ABI 6 */
};

enum {
	FS_TRUNCATE = 1 << 14,  /* ABI 3 */
	FS_IOCTL_DEV = 1 << 15, /* ABI 5 */
	NET_BIND_TCP = 1 << 0,
	NET_CONNECT_TCP = 1 << 1,
	SCOPE_ABSTRACT_UNIX_SOCKET = 1 << 0,
	SCOPE_SIGNAL = 1 << 1,
};

enum {
	FS_ABI_1 = (1 << 13) - 1,
	FS_REFER = LANDLOCK_ACCESS_FS_REFER, /* ABI 2 */
	READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	WRITE =
	    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | FS_TRUNCATE,
	OF_FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE |
		   FS_TRUNCATE | FS_IOCTL_DEV,
};

int landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	return abi > 0 ? (int)abi : 0;
}

static uint64_t handled_fs(int abi)
{
	return (uint64_t)FS_ABI_1 | (abi >= 2 ? FS_REFER : 0u) | (abi >= 3 ? FS_TRUNCATE : 0u) |
	       (abi >= 5 ? FS_IOCTL_DEV : 0u);
}

struct rules {
	int fd;
	uint64_t handled;
};

static int allow(void *context, const char *path, unsigned access)
{
	const struct rules *rules = context;
	struct stat status;
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == EACCES ? 0 : -1;
	struct landlock_path_beneath_attr rule = { .parent_fd = fd };
	rule.allowed_access = READ;
	if ((access & VIEW_EXECUTE) != 0)
		rule.allowed_access |= LANDLOCK_ACCESS_FS_EXECUTE;
	if ((access & VIEW_WRITE) != 0)
		rule.allowed_access |= WRITE;
	if ((access & VIEW_DEVICE) != 0)
		rule.allowed_access |= LANDLOCK_ACCESS_FS_WRITE_FILE;
	rule.allowed_access &= rules->handled;
	int r = fstat(fd, &status);
	if (r == 0 && !S_ISDIR(status.st_mode))
		rule.allowed_access &= OF_FILES;
	if (r == 0)
		r = (int)syscall(SYS_landlock_add_rule, rules->fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(fd);
	return r;
}

int landlock_apply(const struct launch *launch)
{
	int abi = launch->sandbox->landlock_abi;
	struct ruleset_attr attr = {
		.handled_access_fs = handled_fs(abi),
		.handled_access_net = abi >= 4 ? NET_BIND_TCP | NET_CONNECT_TCP : 0,
		.scoped = abi >= 6 ? SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL : 0,
	};
	size_t size = abi >= 6 ? sizeof(attr) : abi >= 4 ? offsetof(struct ruleset_attr, scoped) : sizeof(uint64_t);
	struct rules rules = { .handled = attr.handled_access_fs };
	rules.fd = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
	if (rules.fd < 0)
		return -1;
	int r = view_each(launch, allow, &rules);
	if (r == 0)
		r = (int)syscall(SYS_landlock_restrict_self, rules.fd, 0);
	close(rules.fd);
	return r;
}
