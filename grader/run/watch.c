#include "watch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Reads a whole small file of /proc into `buffer`. */
static bool read_proc(const char *path, char *buffer, size_t size)
{
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return false;
	size_t length = fread(buffer, 1, size - 1, file);
	fclose(file);
	buffer[length] = '\0';
	return length > 0;
}

/* The number behind "Name:" in a status file; 0 if there is none. */
static uint64_t status_value(const char *status, const char *name)
{
	const char *found = strstr(status, name);
	return found != NULL ? strtoull(found + strlen(name), NULL, 10) : 0;
}

/* User and system time of a thread, in clock ticks: fields 14 and 15, counted behind the parenthesis that ends the
 * name, which may itself hold anything. */
static uint64_t stat_ticks(const char *stat, char *state)
{
	const char *field = strrchr(stat, ')');
	unsigned long user = 0, system = 0;
	*state = '?';
	if (field == NULL ||
	    sscanf(field + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", state, &user, &system) != 3)
		return 0;
	return user + system;
}

static DIR *open_tasks(pid_t pid)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	return opendir(path);
}

/* The next thread's id; 0 at the end. */
static pid_t next_task(DIR *tasks)
{
	for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
		long tid = strtol(task->d_name, NULL, 10);
		if (tid > 0)
			return (pid_t)tid;
	}
	return 0;
}

void watch_background(pid_t pid, struct watch_background *background)
{
	DIR *tasks = open_tasks(pid);
	background->n = 0;
	if (tasks == NULL)
		return;
	for (pid_t tid; background->n < WATCH_BACKGROUND_MAX && (tid = next_task(tasks)) != 0;) {
		if (tid != pid)
			background->tid[background->n++] = tid;
	}
	closedir(tasks);
}

static bool is_background(const struct watch_background *background, pid_t tid)
{
	for (unsigned i = 0; i < background->n; i++) {
		if (background->tid[i] == tid)
			return true;
	}
	return false;
}

/* ---- the processes of a trial: children of the worker's first thread ---- */

enum { CHILDREN_MAX = 64 };

/* Where the kernel does not list a process' children. */
static unsigned search_children(pid_t pid, pid_t *child)
{
	unsigned n = 0;
	DIR *processes = opendir("/proc");
	if (processes == NULL)
		return 0;
	for (pid_t other; n < CHILDREN_MAX && (other = next_task(processes)) != 0;) {
		char path[64], text[512];
		int parent = 0;
		snprintf(path, sizeof(path), "/proc/%d/stat", (int)other);
		const char *field = read_proc(path, text, sizeof(text)) ? strrchr(text, ')') : NULL;
		if (field != NULL && sscanf(field + 1, " %*c %d", &parent) == 1 && parent == (int)pid)
			child[n++] = other;
	}
	closedir(processes);
	return n;
}

static unsigned list_children(pid_t pid, pid_t *child)
{
	char path[64], text[1024];
	unsigned n = 0;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
	if (access(path, R_OK) < 0)
		return search_children(pid, child);
	if (!read_proc(path, text, sizeof(text)))
		return 0;
	for (char *at = text, *end; n < CHILDREN_MAX; at = end) {
		long number = strtol(at, &end, 10);
		if (end == at)
			break;
		child[n++] = (pid_t)number;
	}
	return n;
}

/* Whether a sleeping thread will wake by itself: it is in a system call that has a time limit. What cannot be told
 * counts as such. */
static bool has_alarm_clock(pid_t pid, pid_t tid)
{
	char path[64], text[512];
	long number;
	unsigned long long arguments[6] = { 0 };
	snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", (int)pid, (int)tid);
	if (!read_proc(path, text, sizeof(text)) ||
	    sscanf(text, "%ld %llx %llx %llx %llx %llx %llx", &number, &arguments[0], &arguments[1], &arguments[2],
		   &arguments[3], &arguments[4], &arguments[5]) < 5)
		return true;
	switch (number) {
	case SYS_futex:
		return arguments[3] != 0;
	case SYS_pause:
	case SYS_rt_sigsuspend:
	case SYS_read:
	case SYS_wait4:
		return false;
	default:
		return true; /* sleeps, polls, and all that is rare */
	}
}

/* Adds one thread to the sample; one that has just ended adds nothing. */
static void sample_task(pid_t pid, pid_t tid, uint64_t *ticks, struct watch_sample *sample)
{
	char path[64], text[4096], state;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid, (int)tid);
	if (!read_proc(path, text, sizeof(text)))
		return;
	*ticks += stat_ticks(text, &state);
	/* T: it has stopped itself; a debugger's stop is t. */
	if (state != 'S' && state != 'T')
		sample->sleeping = sample->asleep = false;
	else if (has_alarm_clock(pid, tid))
		sample->asleep = false;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/status", (int)pid, (int)tid);
	if (read_proc(path, text, sizeof(text)))
		sample->switches += status_value(text, "\nvoluntary_ctxt_switches:") +
				    status_value(text, "\nnonvoluntary_ctxt_switches:");
}

static bool sample_process(pid_t pid, const struct watch_background *background, uint64_t *ticks,
			   struct watch_sample *sample)
{
	DIR *tasks = open_tasks(pid);
	if (tasks == NULL)
		return false;
	for (pid_t tid; (tid = next_task(tasks)) != 0;) {
		if (!is_background(background, tid))
			sample_task(pid, tid, ticks, sample);
	}
	closedir(tasks);
	return true;
}

bool watch_sample(pid_t pid, const struct watch_background *background, struct watch_sample *sample)
{
	uint64_t ticks = 0;
	pid_t child[CHILDREN_MAX];
	*sample = (struct watch_sample){ .sleeping = true, .asleep = true };
	if (!sample_process(pid, background, &ticks, sample))
		return false;
	for (unsigned i = 0, n = list_children(pid, child); i < n; i++)
		sample_process(child[i], background, &ticks, sample);
	sample->cpu_ms = ticks * 1000u / (uint64_t)sysconf(_SC_CLK_TCK);
	return true;
}

/* Adds a child's; what it shares with its parent has been counted. */
static void add_usage(struct watch_usage *usage, pid_t child)
{
	char path[64], text[4096];
	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	if (!read_proc(path, text, sizeof(text)))
		return;
	usage->rss_kib += status_value(text, "\nRssAnon:");
	usage->threads += status_value(text, "\nThreads:");
}

struct watch_usage watch_usage(pid_t pid)
{
	char path[64], text[4096];
	pid_t child[CHILDREN_MAX];
	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if (!read_proc(path, text, sizeof(text)))
		return (struct watch_usage){ 0 };
	struct watch_usage usage = {
		.rss_kib = status_value(text, "\nVmRSS:"),
		.data_kib = status_value(text, "\nVmData:"),
		.threads = status_value(text, "\nThreads:"),
	};
	for (unsigned i = 0, n = list_children(pid, child); i < n; i++)
		add_usage(&usage, child[i]);
	return usage;
}

/* Adds how long the threads of one process have waited; false: the kernel does not tell. */
static bool add_waited(pid_t pid, uint64_t *waited_ns)
{
	bool told = false;
	DIR *tasks = open_tasks(pid);
	if (tasks == NULL)
		return false;
	for (pid_t tid; (tid = next_task(tasks)) != 0;) {
		char path[64], text[256];
		unsigned long long ran_ns, delay_ns;
		snprintf(path, sizeof(path), "/proc/%d/task/%d/schedstat", (int)pid, (int)tid);
		if (!read_proc(path, text, sizeof(text)) || sscanf(text, "%llu %llu", &ran_ns, &delay_ns) != 2)
			continue;
		*waited_ns += delay_ns;
		told = true;
	}
	closedir(tasks);
	return told;
}

uint64_t watch_waited_ms(pid_t pid)
{
	uint64_t waited_ns = 0;
	pid_t child[CHILDREN_MAX];
	if (!add_waited(pid, &waited_ns))
		return UINT64_MAX;
	for (unsigned i = 0, n = list_children(pid, child); i < n; i++)
		(void)add_waited(child[i], &waited_ns);
	return waited_ns / 1000000u;
}
