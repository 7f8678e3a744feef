#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static pid_t wait_for(pid_t pid, int *status, struct rusage *usage)
{
	pid_t got;
	do
		got = wait4(pid, status, 0, usage);
	while (got < 0 && errno == EINTR);
	return got;
}

static int prepare(const struct launch *launch, struct start *start, struct child *child, const char **stage)
{
	int r = 0;
	if (launch->sandbox == NULL)
		return 0;
	*stage = stage_name(STAGE_IDENTITY);
	r = identity_choose(launch->sandbox, launch, &start->identity);
	if (r == 0 && launch->sandbox->cgroup[0] != NULL) {
		*stage = stage_name(STAGE_CGROUP);
		r = cgroup_make(launch->sandbox, &launch->limits, &child->cgroup, start->procs_fd);
	}
	if (r == 0 && launch->sandbox->namespaces) {
		int lifeline[2];
		*stage = stage_name(STAGE_NAMESPACES);
		r = pipe2(lifeline, O_CLOEXEC) < 0 ? -errno : 0;
		if (r == 0) {
			start->lifeline_fd = lifeline[0];
			child->lifeline_fd = lifeline[1];
		}
	}
	return r;
}

/* Reads what the children have to tell, until they have all become something else. */
static int hear(int fd, struct child *child, const char **stage)
{
	struct start_message message;
	int r = 0;
	for (;;) {
		ssize_t got = read(fd, &message, sizeof(message));
		if (got < 0 && errno == EINTR)
			continue;
		if (got != (ssize_t)sizeof(message))
			return r;
		if (message.init > 0)
			child->init = message.init;
		if (message.pid > 0)
			child->pid = message.pid;
		if (message.stage != STAGE_STARTED && r == 0) {
			r = -message.error;
			*stage = stage_name(message.stage);
		}
	}
}

static void free_child(struct child *child)
{
	close_fd(&child->pidfd);
	close_fd(&child->lifeline_fd);
	cgroup_remove(&child->cgroup);
	*child = (struct child){ .pid = -1, .pidfd = -1, .lifeline_fd = -1 };
}

/* Init ends only after everybody else in its namespace has been waited for. */
static void end_namespace(struct child *child)
{
	if (child->init > 0) {
		kill(child->init, SIGKILL);
		wait_for(child->init, NULL, NULL);
	}
}

static int start_process(const struct launch *launch, bool rehearsal, struct child *child, const char **stage)
{
	struct start start = {
		.launch = launch,
		.lifeline_fd = -1,
		.procs_fd = { -1, -1 },
		.parent = getpid(),
		.rehearsal = rehearsal,
	};
	int report[2] = { -1, -1 };
	*child = (struct child){ .pid = -1, .pidfd = -1, .lifeline_fd = -1 };
	int r = prepare(launch, &start, child, stage);
	if (r < 0)
		goto out;
	*stage = stage_name(STAGE_FORK);
	bool namespaces = launch->sandbox != NULL && launch->sandbox->namespaces;
	pid_t pid = pipe2(report, O_CLOEXEC) < 0 ? -1 : fork();
	if (pid < 0) {
		r = -errno;
		goto out;
	}
	start.report_fd = report[1];
	if (pid == 0 && namespaces)
		child_found_namespace(&start);
	if (pid == 0)
		child_become(&start);
	close_fd(&report[1]);
	if (!namespaces)
		child->pid = pid;
	r = hear(report[0], child, stage);
	if (namespaces)
		wait_for(pid, NULL, NULL);
	if (r == 0 && child->pid < 0) {
		r = -ECHILD; /* killed by someone before it could tell */
		*stage = stage_name(STAGE_NAMESPACES);
	}
	if (r == 0) {
		child->pidfd = (int)syscall(SYS_pidfd_open, child->pid, 0);
		r = child->pidfd < 0 ? -errno : 0;
	}
out:
	close_fd(&report[0]);
	close_fd(&report[1]);
	close_fd(&start.lifeline_fd);
	for (size_t i = 0; i < CGROUP_FOLDERS_MAX; i++)
		close_fd(&start.procs_fd[i]);
	if (r < 0) {
		if (child->pid > 0) {
			launch_kill(child);
			wait_for(child->pid, NULL, NULL);
		}
		end_namespace(child);
		free_child(child);
	}
	return r;
}

int launch_start(const struct launch *launch, struct child *child, const char **stage)
{
	return start_process(launch, false, child, stage);
}

int launch_rehearse(const struct launch *launch, const char **stage)
{
	struct child child;
	int r = start_process(launch, true, &child, stage);
	if (r == 0)
		launch_reap(&child);
	return r;
}

void launch_kill(const struct child *child)
{
	/* To 0 and -1 would be to everybody. */
	if (child->pid <= 1)
		return;
	/* Not init: it could not end before the child has been waited for, and is killed then. */
	kill(-child->pid, SIGKILL);
	kill(child->pid, SIGKILL);
}

struct child_end launch_reap(struct child *child)
{
	struct child_end end = { 0 };
	struct rusage usage = { 0 };
	struct pollfd over = { .fd = child->pidfd, .events = POLLIN };
	/* Whatever the child has started goes with it. */
	while (poll(&over, 1, -1) < 0 && errno == EINTR)
		;
	kill(-child->pid, SIGKILL);
	wait_for(child->pid, &end.status, &usage);
	end_namespace(child);
	end.signaled = WIFSIGNALED(end.status);
	end.code = end.signaled ? WTERMSIG(end.status) : WEXITSTATUS(end.status);
	end.out_of_memory = end.signaled && end.code == SIGKILL && cgroup_was_out_of_memory(&child->cgroup);
	end.cpu_ms = (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000u +
		     (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000u;
	end.max_rss_kib = (uint64_t)usage.ru_maxrss;
	free_child(child);
	return end;
}
