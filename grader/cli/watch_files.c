#include "watch_files.h"

#include <errno.h>
#include <libgen.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

enum { QUIET_MS = 100 };

/* A file is watched through its folder: a save may replace it. */
static int add_watch(int fd, const char *path)
{
	struct stat status;
	char *copy = xstrdup(path);
	bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
	int r = inotify_add_watch(fd, folder ? path : dirname(copy), IN_CLOSE_WRITE | IN_MOVED_TO) < 0 ? -errno : 0;
	free(copy);
	return r;
}

static bool concerns(const char *name, char *const *paths, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct stat status;
		char *copy = xstrdup(paths[i]);
		bool folder = stat(paths[i], &status) == 0 && S_ISDIR(status.st_mode);
		bool same = folder || strcmp(basename(copy), name) == 0;
		free(copy);
		if (same)
			return true;
	}
	return false;
}

/* Takes the events that are there; whether any is about the paths. */
static bool drain(int fd, char *const *paths, size_t n)
{
	_Alignas(struct inotify_event) char buffer[8192];
	bool found = false;
	ssize_t length = read(fd, buffer, sizeof(buffer));
	for (char *at = buffer; length > 0 && at < buffer + length;) {
		const struct inotify_event *event = (const struct inotify_event *)(void *)at;
		found = found || (event->len > 0 && concerns(event->name, paths, n));
		at += sizeof(*event) + event->len;
	}
	return found;
}

int watch_files_wait(char *const *paths, size_t n)
{
	int fd = inotify_init1(IN_CLOEXEC), r = fd < 0 ? -errno : 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = add_watch(fd, paths[i]);
	for (bool saved = false; r == 0;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		int got = poll(&ready, 1, saved ? QUIET_MS : -1);
		if (got < 0 && errno != EINTR)
			r = -errno;
		else if (got == 0)
			break;
		else if (got > 0)
			saved = drain(fd, paths, n) || saved;
	}
	if (fd >= 0)
		close(fd);
	return r;
}
