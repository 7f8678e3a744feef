#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the child says when it could not become the program. */
struct start_failure {
	int error;
	int stage;
};

enum stage {
	STAGE_FORK,
	STAGE_PARENT,
	STAGE_SESSION,
	STAGE_PERSONALITY,
	STAGE_LIMITS,
	STAGE_FILES,
	STAGE_PRIVILEGES,
	STAGE_FOLDER,
	STAGE_EXEC
};

static const char *const stage_names[] = {
	[STAGE_FORK] = "fork",
	[STAGE_PARENT] = "parent-death signal",
	[STAGE_SESSION] = "setsid",
	[STAGE_PERSONALITY] = "personality",
	[STAGE_LIMITS] = "setrlimit",
	[STAGE_FILES] = "descriptors",
	[STAGE_PRIVILEGES] = "no-new-privileges",
	[STAGE_FOLDER] = "chdir",
	[STAGE_EXEC] = "exec",
};

static int set_limit(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit now, wanted = { .rlim_cur = soft, .rlim_max = hard };
	if (getrlimit((__rlimit_resource_t)resource, &now) < 0)
		return -1;
	if (wanted.rlim_max > now.rlim_max)
		wanted.rlim_max = now.rlim_max;
	if (wanted.rlim_cur > wanted.rlim_max)
		wanted.rlim_cur = wanted.rlim_max;
	return setrlimit((__rlimit_resource_t)resource, &wanted);
}

static int apply_limits(const struct launch_limits *limits)
{
	if (set_limit(RLIMIT_CORE, 0, 0) < 0)
		return -1;
	if (limits->cpu_ms != 0) {
		rlim_t seconds = (limits->cpu_ms + 999u) / 1000u;
		if (set_limit(RLIMIT_CPU, seconds, seconds + 1) < 0)
			return -1;
	}
	rlim_t bytes = (rlim_t)limits->file_kib * 1024;
	if (set_limit(RLIMIT_FSIZE, bytes, bytes) < 0)
		return -1;
	return limits->files != 0 ? set_limit(RLIMIT_NOFILE, limits->files, limits->files) : 0;
}

/* Moves the descriptors to 0…4 by way of numbers above them, so that none is overwritten before it is moved. */
static int arrange_files(const struct launch *launch, int failure_fd)
{
	enum { LOWEST = 16 };
	int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null_fd < 0)
		return -1;
	int wanted[5] = { null_fd, launch->output_fd, launch->output_fd, launch->wire_fd, launch->board_fd };
	int moved[5];
	for (int i = 0; i < 5; i++) {
		int source = wanted[i] >= 0 ? wanted[i] : null_fd;
		moved[i] = fcntl(source, F_DUPFD_CLOEXEC, LOWEST);
		if (moved[i] < 0)
			return -1;
	}
	int failure = fcntl(failure_fd, F_DUPFD_CLOEXEC, LOWEST);
	if (failure < 0)
		return -1;
	for (int i = 0; i < 5; i++) {
		if (dup2(moved[i], i) < 0)
			return -1;
	}
	if (launch->wire_fd < 0)
		close(3);
	if (launch->board_fd < 0)
		close(4);
	if (syscall(SYS_close_range, 5u, ~0u, (unsigned)CLOSE_RANGE_CLOEXEC) < 0)
		return -1;
	return failure;
}

static _Noreturn void fail(int fd, enum stage stage)
{
	struct start_failure failure = { .error = errno, .stage = (int)stage };
	ssize_t written = write(fd, &failure, sizeof(failure));
	_exit(written == (ssize_t)sizeof(failure) ? 126 : 125);
}

static _Noreturn void become(const struct launch *launch, int failure_fd, pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
		fail(failure_fd, STAGE_PARENT);
	if (setsid() < 0)
		fail(failure_fd, STAGE_SESSION);
	/* Where this is refused (containers), most starts succeed all the same; `doctor` says so. */
	if (launch->fixed_addresses && personality(ADDR_NO_RANDOMIZE) < 0 && errno != EPERM)
		fail(failure_fd, STAGE_PERSONALITY);
	int moved = arrange_files(launch, failure_fd);
	if (moved < 0)
		fail(failure_fd, STAGE_FILES);
	if (apply_limits(&launch->limits) < 0)
		fail(moved, STAGE_LIMITS);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		fail(moved, STAGE_PRIVILEGES);
	if (chdir(launch->folder != NULL ? launch->folder : "/") < 0)
		fail(moved, STAGE_FOLDER);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	execve(launch->path, (char *const *)launch->argv, (char *const *)launch->envp);
	fail(moved, STAGE_EXEC);
}

int launch_start(const struct launch *launch, struct child *child, const char **stage)
{
	int failure_pipe[2], r = 0;
	*stage = stage_names[STAGE_FORK];
	*child = (struct child){ .pid = -1, .pidfd = -1 };
	if (pipe2(failure_pipe, O_CLOEXEC) < 0)
		return -errno;
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid < 0) {
		r = -errno;
		close(failure_pipe[1]);
		goto out;
	}
	if (pid == 0)
		become(launch, failure_pipe[1], parent);
	close(failure_pipe[1]);
	child->pid = pid;
	struct start_failure failure;
	ssize_t got;
	do
		got = read(failure_pipe[0], &failure, sizeof(failure));
	while (got < 0 && errno == EINTR);
	if (got == (ssize_t)sizeof(failure)) {
		*stage = stage_names[failure.stage];
		waitpid(pid, NULL, 0);
		r = -failure.error;
		goto out;
	}
	child->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (child->pidfd < 0) {
		r = -errno;
		*stage = "pidfd_open";
		launch_kill(child);
		waitpid(pid, NULL, 0);
	}
out:
	close(failure_pipe[0]);
	return r;
}

void launch_kill(const struct child *child)
{
	kill(-child->pid, SIGKILL);
	kill(child->pid, SIGKILL);
}

struct child_end launch_reap(struct child *child)
{
	struct child_end end = { 0 };
	struct rusage usage = { 0 };
	int status = 0;
	pid_t got;
	/* Whatever the child has started goes with it. */
	struct pollfd over = { .fd = child->pidfd, .events = POLLIN };
	while (poll(&over, 1, -1) < 0 && errno == EINTR)
		;
	kill(-child->pid, SIGKILL);
	do
		got = wait4(child->pid, &status, 0, &usage);
	while (got < 0 && errno == EINTR);
	end.signaled = WIFSIGNALED(status);
	end.code = end.signaled ? WTERMSIG(status) : WEXITSTATUS(status);
	end.cpu_ms = (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000u +
		     (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000u;
	end.max_rss_kib = (uint64_t)usage.ru_maxrss;
	close(child->pidfd);
	*child = (struct child){ .pid = -1, .pidfd = -1 };
	return end;
}
