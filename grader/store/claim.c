#include "claim.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"
#include "translate.h"

/* ---- who ---- */

static char *first_line(const char *path)
{
	char line[256] = "";
	FILE *file = fopen(path, "re");
	if (file != NULL && fgets(line, sizeof(line), file) == NULL)
		line[0] = '\0';
	if (file != NULL)
		fclose(file);
	line[strcspn(line, "\n")] = '\0';
	return xstrdup(line);
}

/* This machine since it was started, and this namespace of processes: in another one numbers mean other processes. */
static char *machine_name(void)
{
	char space[64] = "", *boot = first_line("/proc/sys/kernel/random/boot_id");
	ssize_t length = readlink("/proc/self/ns/pid", space, sizeof(space) - 1);
	char *name = boot[0] != '\0' && length > 0 ? xasprintf("%s/%s", boot, space) : xstrdup("");
	free(boot);
	return name;
}

static bool is_dead(const char *owner)
{
	char *machine = machine_name();
	size_t length = strlen(machine);
	bool here = length > 0 && strncmp(owner, machine, length) == 0 && owner[length] == ' ';
	long pid = here ? strtol(owner + length, NULL, 10) : 0;
	free(machine);
	return pid > 0 && kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

/* ---- the files ---- */

static char *path_of(const char *folder, const char *key)
{
	return xasprintf("%s/claims/%s", folder, key);
}

/* 0, -EEXIST: there is one; another negative errno value. */
static int make_claim(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return -errno;
	char *machine = machine_name(), *owner = xasprintf("%s %ld\n", machine, (long)getpid());
	int r = write(fd, owner, strlen(owner)) == (ssize_t)strlen(owner) ? 0 : -EIO;
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r < 0)
		unlink(path);
	free(owner);
	free(machine);
	return r;
}

/* What the clock of the folder says: the time of a file that is made now. */
static int folder_time(const char *folder, struct timespec *now)
{
	char *path = xasprintf("%s/.now-%d", folder, (int)getpid());
	struct stat status;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), r = fd < 0 ? -errno : 0;
	if (r == 0 && (write(fd, "", 1) != 1 || fstat(fd, &status) < 0))
		r = -errno;
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	if (r == 0)
		*now = status.st_mtim;
	free(path);
	return r;
}

static bool is_stale(const char *folder, const char *path, const struct stat *status)
{
	struct timespec now;
	char *owner = first_line(path);
	/* An empty one was made this moment, or its maker died in it: time tells. */
	bool stale =
	    is_dead(owner) || (folder_time(folder, &now) == 0 && now.tv_sec - status->st_mtim.tv_sec > CLAIM_STALE_S);
	free(owner);
	return stale;
}

/* Of several who find it stale one moves it away. If that was not the stale one any more, it is put back. */
static void remove_stale(const char *path, const struct stat *stale)
{
	struct stat moved;
	char *away = xasprintf("%s.stale-%d", path, (int)getpid());
	if (rename(path, away) == 0) {
		bool same = stat(away, &moved) == 0 && moved.st_ino == stale->st_ino &&
			    moved.st_mtim.tv_sec == stale->st_mtim.tv_sec &&
			    moved.st_mtim.tv_nsec == stale->st_mtim.tv_nsec;
		if (!same && link(away, path) < 0 && errno != EEXIST)
			fprintf(stderr, "syncgrade: %s: %s\n", path, strerror(errno));
		unlink(away);
	}
	free(away);
}

/* ---- claims ---- */

static int make_folder(const char *folder)
{
	char *claims = xasprintf("%s/claims", folder);
	int r = mkdir(claims, 0777) < 0 && errno != EEXIST ? -errno : 0;
	free(claims);
	return r;
}

int claim_open(const char *folder, struct timespec *now, struct fault *fault)
{
	int r = make_folder(folder);
	if (r == 0)
		r = folder_time(folder, now);
	if (r < 0)
		r = fault_machine(fault, -r, _("the results folder %s cannot be written"), folder);
	return r;
}

void claim_close(const char *folder)
{
	char *claims = xasprintf("%s/claims", folder);
	rmdir(claims);
	free(claims);
}

enum claim claim_take(const char *folder, const char *key, struct fault *fault)
{
	/* Each time somebody else has done something in between: to give up is for a folder that behaves like no other.
	 */
	enum { TRIES = 1000 };
	char *path = path_of(folder, key);
	enum claim claim = CLAIM_OTHERS;
	struct stat status;
	int r = make_claim(path);
	/* Another batch that was done has removed the folder. */
	for (unsigned i = 0; i < TRIES && r == -ENOENT && make_folder(folder) == 0; i++)
		r = make_claim(path);
	for (unsigned i = 0; i < TRIES && r == -EEXIST; i++) {
		if (stat(path, &status) == 0) {
			if (!is_stale(folder, path, &status))
				break;
			remove_stale(path, &status);
		}
		r = make_claim(path);
	}
	if (r == 0)
		claim = CLAIM_MINE;
	else if (r != -EEXIST)
		claim = CLAIM_FAILED;
	if (claim == CLAIM_FAILED)
		fault_machine(fault, -r, _("%s cannot be written"), path);
	free(path);
	return claim;
}

void claim_touch(const char *folder, const char *key)
{
	char *path = path_of(folder, key);
	utimensat(AT_FDCWD, path, NULL, 0);
	free(path);
}

void claim_drop(const char *folder, const char *key)
{
	char *path = path_of(folder, key);
	unlink(path);
	free(path);
}

bool claim_is_graded_since(const char *folder, const char *key, const struct timespec *since)
{
	char *path = xasprintf("%s/%s.json", folder, key);
	struct stat status;
	bool graded = stat(path, &status) == 0 &&
		      (status.st_mtim.tv_sec > since->tv_sec ||
		       (status.st_mtim.tv_sec == since->tv_sec && status.st_mtim.tv_nsec >= since->tv_nsec));
	free(path);
	return graded;
}
