#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "text.h"
#include "translate.h"

#define PREFIX "syncgrade-batch-"

/* A folder that was just made may not be locked yet. */
enum { SWEEP_AFTER_S = 60 };

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

static void remove_tree(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* `wait`: until whoever sweeps has looked at it. */
static int lock_folder(const char *path, bool wait)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 && flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Ours, and nobody's who lives. */
static void sweep_one(const char *path)
{
	struct stat status;
	int fd = lock_folder(path, false);
	if (fd < 0)
		return;
	if (fstat(fd, &status) == 0 && status.st_uid == geteuid() && status.st_mtime + SWEEP_AFTER_S < time(NULL))
		remove_tree(path);
	close(fd);
}

static void sweep(const char *temporary)
{
	DIR *folder = opendir(temporary);
	for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
			continue;
		char *path = xasprintf("%s/%s", temporary, entry->d_name);
		sweep_one(path);
		free(path);
	}
	if (folder != NULL)
		closedir(folder);
}

int scratch_open(struct scratch *scratch, struct fault *fault)
{
	const char *temporary = getenv("TMPDIR");
	temporary = temporary != NULL && temporary[0] != '\0' ? temporary : "/tmp";
	sweep(temporary);
	*scratch = (struct scratch){ .path = xasprintf("%s/" PREFIX "XXXXXX", temporary), .lock_fd = -1 };
	/* Passable, not listable: without namespaces root's workers are other users. */
	if (mkdtemp(scratch->path) == NULL || chmod(scratch->path, 0711) < 0) {
		int r = fault_machine(fault, errno, _("no folder for temporary files in %s"), temporary);
		free(scratch->path);
		scratch->path = NULL;
		return r;
	}
	scratch->lock_fd = lock_folder(scratch->path, true);
	setenv("TMPDIR", scratch->path, 1);
	return 0;
}

void scratch_close(struct scratch *scratch)
{
	if (scratch->path == NULL)
		return;
	remove_tree(scratch->path);
	if (scratch->lock_fd >= 0)
		close(scratch->lock_fd);
	free(scratch->path);
	*scratch = (struct scratch){ .lock_fd = -1 };
}
