/* A file system of its own: a small tmpfs, in which everything that the view has is bound at the path that it has
 * outside, read-only; then the rest is unmounted. The tmpfs is made over /proc, which every machine has and no view
 * wants. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "parts.h"

#define WORKSHOP "/proc"

enum { LINKS_MAX = 32 };

static int set_attributes(const char *path, unsigned flags, uint64_t attributes)
{
	struct mount_attr attr = { .attr_set = attributes };
	return mount_setattr(AT_FDCWD, path, flags, &attr, sizeof(attr));
}

/* The path as seen in the new root, which is the working directory. */
static const char *inside(const char *path)
{
	return path + 1;
}

/* Makes all folders above `path` in the new root. */
static int make_parents(const char *path)
{
	char part[PATH_MAX];
	for (const char *slash = strchr(inside(path), '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(slash - inside(path)), inside(path));
		if (mkdir(part, 0755) < 0 && errno != EEXIST && errno != EROFS)
			return -1;
	}
	return 0;
}

/* The length of the first part of `path` that is a symbolic link; 0: none is. */
static size_t first_link(const char *path, char *target)
{
	char part[PATH_MAX];
	for (size_t end = 1;; end++) {
		if (path[end] != '/' && path[end] != '\0')
			continue;
		snprintf(part, sizeof(part), "%.*s", (int)end, path);
		ssize_t length = readlink(part, target, PATH_MAX - 1);
		if (length >= 0) {
			target[length] = '\0';
			return end;
		}
		if (path[end] == '\0')
			return 0;
	}
}

/* Takes ".", ".." and empty parts out of an absolute path. Right only where what goes before ".." is no link. */
static void normalize(char *path)
{
	char *out = path;
	for (const char *part = path; *part != '\0';) {
		part += strspn(part, "/");
		size_t length = strcspn(part, "/");
		if (length == 2 && memcmp(part, "..", 2) == 0) {
			while (out > path && *--out != '/')
				;
		} else if (length > 0 && !(length == 1 && *part == '.')) {
			*out++ = '/';
			memmove(out, part, length);
			out += length;
		}
		part += length;
	}
	*out = '\0';
}

/* Makes the link in the new root and replaces it in *path by where it leads. */
static int follow(char *path, size_t link_length, const char *target)
{
	char link[PATH_MAX], next[2 * PATH_MAX];
	snprintf(link, sizeof(link), "%.*s", (int)link_length, path);
	if (make_parents(link) < 0 || (symlink(target, inside(link)) < 0 && errno != EEXIST))
		return -1;
	const char *rest = path + link_length;
	if (target[0] == '/')
		snprintf(next, sizeof(next), "%s%s", target, rest);
	else
		snprintf(next, sizeof(next), "%.*s/%s%s", (int)(strrchr(link, '/') - link), link, target, rest);
	if (strlen(next) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	normalize(next);
	strcpy(path, next);
	return 0;
}

static int bind_here(const char *path, unsigned access)
{
	struct stat status;
	if (stat(path, &status) < 0)
		return 0;
	bool folder = S_ISDIR(status.st_mode);
	/* Something above it is bound already, or it is here twice. */
	if (faccessat(AT_FDCWD, inside(path), F_OK, AT_EACCESS) == 0 && (access & VIEW_WRITE) == 0)
		return 0;
	if (make_parents(path) < 0)
		return -1;
	if (folder ? mkdir(inside(path), 0755) < 0 && errno != EEXIST
		   : mknod(inside(path), S_IFREG | 0444, 0) < 0 && errno != EEXIST)
		return -1;
	if (mount(path, inside(path), NULL, MS_BIND | (folder ? MS_REC : 0), NULL) < 0)
		return -1;
	uint64_t attributes = MOUNT_ATTR_NOSUID | ((access & VIEW_WRITE) == 0 ? MOUNT_ATTR_RDONLY : 0) |
			      ((access & VIEW_DEVICE) == 0 ? MOUNT_ATTR_NODEV : 0);
	return set_attributes(inside(path), AT_RECURSIVE, attributes);
}

static int show(void *context, const char *path, unsigned access)
{
	(void)context;
	char at[PATH_MAX], target[PATH_MAX];
	if (strlen(path) >= sizeof(at) || path[0] != '/') {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(at, path);
	normalize(at);
	for (int links = 0; links < LINKS_MAX; links++) {
		size_t length = first_link(at, target);
		if (length == 0)
			return at[0] != '\0' ? bind_here(at, access) : 0;
		if (follow(at, length, target) < 0)
			return -1;
	}
	errno = ELOOP;
	return -1;
}

/* ThreadSanitizer's runtime complains on standard error if it cannot read this link, and the loader may look at it. */
static int make_exe_link(const struct launch *launch)
{
	if (launch->path == NULL || launch->compiler)
		return 0;
	if (mkdir("proc", 0755) < 0 || mkdir("proc/self", 0755) < 0)
		return -1;
	return symlink(launch->path, "proc/self/exe");
}

int root_make(const struct launch *launch)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("tmpfs", WORKSHOP, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=1024,mode=755") < 0 ||
	    chdir(WORKSHOP) < 0)
		return -1;
	if (view_each(launch, show, NULL) != 0 || make_exe_link(launch) < 0)
		return -1;
	if (set_attributes(".", 0, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC) < 0)
		return -1;
	if (syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0)
		return -1;
	return chdir("/");
}
