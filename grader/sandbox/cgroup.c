/* Control groups: version 1, one hierarchy for memory and one for processes, or version 2, one for all. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "parts.h"
#include "translate.h"

#define ROOT "/sys/fs/cgroup"
#define PREFIX "syncgrade-"

enum { EMPTY_WITHIN_MS = 2000 };

static bool write_file(const char *folder, const char *name, const char *value)
{
	char *path = xasprintf("%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool written = fd >= 0 && write(fd, value, strlen(value)) == (ssize_t)strlen(value);
	int error = errno;
	if (fd >= 0)
		close(fd);
	free(path);
	errno = error;
	return written;
}

static bool write_number(const char *folder, const char *name, uint64_t value)
{
	char text[32];
	snprintf(text, sizeof(text), "%ju", (uintmax_t)value);
	return write_file(folder, name, text);
}

static char *read_file(const char *folder, const char *name)
{
	char text[4096], *path = xasprintf("%s/%s", folder, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;
	if (fd >= 0)
		close(fd);
	free(path);
	return length >= 0 ? xstrndup(text, (size_t)length) : NULL;
}

/* Where this process is in the hierarchy whose line of /proc/self/cgroup has `controllers` (version 2: ""). In a
 * container the line may tell a path that the mount does not show: then its top is ours. */
static char *own_folder(const char *controllers, const char *mount)
{
	char *list = read_file("/proc/self", "cgroup"), *found = NULL, *state;
	for (char *line = list != NULL ? strtok_r(list, "\n", &state) : NULL; line != NULL && found == NULL;
	     line = strtok_r(NULL, "\n", &state)) {
		char *name = strchr(line, ':'), *path = name != NULL ? strchr(name + 1, ':') : NULL;
		if (path == NULL)
			continue;
		*path++ = '\0';
		if (strcmp(name + 1, controllers) == 0)
			found = xasprintf("%s%s", mount, strcmp(path, "/") == 0 ? "" : path);
	}
	free(list);
	if (found != NULL && access(found, F_OK) < 0)
		text_replace(&found, xstrdup(mount));
	return found;
}

static bool has_word(const char *list, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = list; at != NULL && (at = strstr(at, word)) != NULL; at += length) {
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\n' || at[length] == '\0'))
			return true;
	}
	return false;
}

/* Version 2: children have controllers only if the parent hands them down, which it cannot while it has processes. */
static bool hands_down(const char *folder)
{
	char *given = read_file(folder, "cgroup.subtree_control");
	bool all = has_word(given, "memory") && has_word(given, "pids");
	free(given);
	return all || write_file(folder, "cgroup.subtree_control", "+memory +pids");
}

/* Groups of graders that were killed. */
static void sweep(const char *folder)
{
	DIR *entries = opendir(folder);
	if (entries == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
			continue;
		long pid = strtol(entry->d_name + strlen(PREFIX), NULL, 10);
		if (pid > 0 && kill((pid_t)pid, 0) < 0 && errno == ESRCH)
			unlinkat(dirfd(entries), entry->d_name, AT_REMOVEDIR);
	}
	closedir(entries);
}

static void forget(struct sandbox *sandbox)
{
	free(sandbox->cgroup[0]);
	free(sandbox->cgroup[1]);
	sandbox->cgroup[0] = sandbox->cgroup[1] = NULL;
}

static bool try_version_1(struct sandbox *sandbox)
{
	sandbox->cgroup_v2 = false;
	sandbox->cgroup[0] = own_folder("memory", ROOT "/memory");
	sandbox->cgroup[1] = own_folder("pids", ROOT "/pids");
	return sandbox->cgroup[0] != NULL && sandbox->cgroup[1] != NULL;
}

static bool try_version_2(struct sandbox *sandbox)
{
	sandbox->cgroup_v2 = true;
	sandbox->cgroup[0] = own_folder("", ROOT);
	return sandbox->cgroup[0] != NULL && hands_down(sandbox->cgroup[0]);
}

bool cgroup_probe(struct sandbox *sandbox)
{
	static const struct launch_limits limits = { .memory_kib = 65536, .tasks = 16 };
	static bool (*const versions[])(struct sandbox *) = { try_version_1, try_version_2 };
	int error = ENOENT;
	for (size_t i = 0; i < 2; i++) {
		struct cgroup group;
		int procs_fd[CGROUP_FOLDERS_MAX];
		if (versions[i](sandbox)) {
			error = -cgroup_make(sandbox, &limits, &group, procs_fd);
			if (error == 0) {
				for (size_t j = 0; j < CGROUP_FOLDERS_MAX; j++) {
					if (procs_fd[j] >= 0)
						close(procs_fd[j]);
				}
				cgroup_remove(&group);
				for (size_t j = 0; j < CGROUP_FOLDERS_MAX && sandbox->cgroup[j] != NULL; j++)
					sweep(sandbox->cgroup[j]);
				return true;
			}
		}
		forget(sandbox);
	}
	text_printf(&sandbox->missing, _("control groups for memory and processes cannot be made under %s (%s)\n"),
		    ROOT, strerror(error));
	return false;
}

static bool set_memory(const char *folder, bool v2, uint32_t memory_kib)
{
	uint64_t bytes = (uint64_t)memory_kib * 1024;
	if (memory_kib == 0)
		return true;
	if (!write_number(folder, v2 ? "memory.max" : "memory.limit_in_bytes", bytes))
		return false;
	/* Without swap accounting these do not exist. */
	if (v2)
		write_number(folder, "memory.swap.max", 0);
	else
		write_number(folder, "memory.memsw.limit_in_bytes", bytes);
	return true;
}

int cgroup_make(struct sandbox *sandbox, const struct launch_limits *limits, struct cgroup *group, int *procs_fd)
{
	unsigned number = atomic_fetch_add(&sandbox->next, 1);
	int r = 0;
	*group = (struct cgroup){ .v2 = sandbox->cgroup_v2 };
	for (size_t i = 0; i < CGROUP_FOLDERS_MAX; i++)
		procs_fd[i] = -1;
	for (size_t i = 0; r == 0 && i < CGROUP_FOLDERS_MAX && sandbox->cgroup[i] != NULL; i++) {
		bool memory = i == 0, tasks = group->v2 || i == 1;
		char *folder = xasprintf("%s/" PREFIX "%d-%u", sandbox->cgroup[i], (int)getpid(), number);
		if (mkdir(folder, 0700) < 0) {
			r = -errno;
			free(folder);
			break;
		}
		group->folder[i] = folder;
		if ((memory && !set_memory(folder, group->v2, limits->memory_kib)) ||
		    (tasks && limits->tasks != 0 && !write_number(folder, "pids.max", limits->tasks))) {
			r = -errno;
			break;
		}
		/* A thread that moves itself needs no lock (cgroup_procs_write_start() in the kernel), where moving a
		 * process waits for a grace period of RCU, 10 ms and more. The child has one thread only. */
		char *procs = xasprintf("%s/%s", folder, group->v2 ? "cgroup.procs" : "tasks");
		procs_fd[i] = open(procs, O_WRONLY | O_CLOEXEC);
		r = procs_fd[i] < 0 ? -errno : 0;
		free(procs);
	}
	if (r < 0) {
		for (size_t i = 0; i < CGROUP_FOLDERS_MAX; i++) {
			if (procs_fd[i] >= 0)
				close(procs_fd[i]);
			procs_fd[i] = -1;
		}
		cgroup_remove(group);
	}
	return r;
}

int cgroup_join(const int *procs_fd)
{
	for (size_t i = 0; i < CGROUP_FOLDERS_MAX; i++) {
		if (procs_fd[i] >= 0 && write(procs_fd[i], "0", 1) != 1)
			return -1;
	}
	return 0;
}

static bool counts(const char *folder, const char *file, const char *before)
{
	char *text = read_file(folder, file);
	const char *at = text != NULL ? strstr(text, before) : NULL;
	bool some = at != NULL && strtoul(at + strlen(before), NULL, 10) > 0;
	free(text);
	return some;
}

/* The kill may be for a limit around ours: that is counted here as well, but then ours was not reached. */
bool cgroup_was_out_of_memory(const struct cgroup *group)
{
	const char *folder = group->folder[0];
	if (folder == NULL)
		return false;
	if (group->v2)
		return counts(folder, "memory.events", "oom_kill ") && counts(folder, "memory.events", "\noom ");
	return counts(folder, "memory.oom_control", "oom_kill ") &&
	       (counts(folder, "memory.failcnt", "") || counts(folder, "memory.memsw.failcnt", ""));
}

static void kill_members(const char *folder)
{
	char *list = read_file(folder, "cgroup.procs"), *state;
	for (char *line = list != NULL ? strtok_r(list, "\n", &state) : NULL; line != NULL;
	     line = strtok_r(NULL, "\n", &state)) {
		pid_t pid = (pid_t)strtol(line, NULL, 10);
		if (pid > 0)
			kill(pid, SIGKILL);
	}
	free(list);
}

void cgroup_remove(struct cgroup *group)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	for (size_t i = 0; i < CGROUP_FOLDERS_MAX && group->folder[i] != NULL; i++) {
		/* Killed processes leave it a moment later. */
		for (int waited_ms = 0; rmdir(group->folder[i]) < 0 && errno == EBUSY && waited_ms < EMPTY_WITHIN_MS;
		     waited_ms++) {
			kill_members(group->folder[i]);
			nanosleep(&pause, NULL);
		}
		free(group->folder[i]);
		group->folder[i] = NULL;
	}
}
