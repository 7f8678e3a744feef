#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

#define COMPILER_MEMORY_BYTES_MAX (UINT64_C(2) << 30)

static void limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(resource, &now) == 0 && now.rlim_max > most)
		setrlimit(resource, &(struct rlimit){ most, most });
}

/* At the hard limit the kernel sends SIGKILL, which others send too. */
static void limit_cpu(rlim_t seconds)
{
	struct rlimit now;
	if (getrlimit(RLIMIT_CPU, &now) == 0 && now.rlim_max > seconds)
		setrlimit(RLIMIT_CPU, &(struct rlimit){ seconds, seconds + 1 });
}

#define CHILD_ERROR_FD 3

/* In the child: becomes the program, or returns an errno value. *error_fd is moved to where it outlives the closing of
 * everything else; a successful exec closes it, and that is how the parent learns of the success. */
static int become(const struct compile_process *process, int *error_fd)
{
	int null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	sigset_t none;
	sigemptyset(&none);
	if (null_fd < 0 || setpgid(0, 0) < 0 || chdir(process->directory) < 0 || dup2(null_fd, 0) < 0 ||
	    dup2(process->output_fd, 1) < 0 || dup2(process->output_fd, 2) < 0)
		return errno;
	if (dup2(*error_fd, CHILD_ERROR_FD) < 0)
		return errno;
	*error_fd = CHILD_ERROR_FD;
	if (fcntl(CHILD_ERROR_FD, F_SETFD, FD_CLOEXEC) < 0 || close_range(CHILD_ERROR_FD + 1, ~0u, 0) < 0)
		return errno;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, COMPILER_FILE_BYTES_MAX);
	limit(RLIMIT_AS, COMPILER_MEMORY_BYTES_MAX);
	limit_cpu((process->cpu_ms + 999u) / 1000u);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	signal(SIGXCPU, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	environ = (char **)process->environment;
	execvp(process->argv[0], process->argv);
	return errno;
}

int process_start_plain(void *context, const struct compile_process *process, pid_t *pid)
{
	(void)context;
	int error_pipe[2], error = 0;
	if (pipe2(error_pipe, O_CLOEXEC) < 0)
		return -errno;
	*pid = fork();
	if (*pid < 0) {
		error = errno;
		close(error_pipe[0]);
		close(error_pipe[1]);
		return -error;
	}
	if (*pid == 0) {
		error = become(process, &error_pipe[1]);
		if (write(error_pipe[1], &error, sizeof(error)) < 0)
			_exit(126);
		_exit(127);
	}
	close(error_pipe[1]);
	ssize_t count;
	while ((count = read(error_pipe[0], &error, sizeof(error))) < 0 && errno == EINTR)
		continue;
	close(error_pipe[0]);
	if (count <= 0)
		return 0;
	waitpid(*pid, NULL, 0);
	return -error;
}

static uint64_t ms_of(struct timeval time)
{
	return (uint64_t)time.tv_sec * 1000u + (uint64_t)time.tv_usec / 1000u;
}

int process_end_plain(void *context, pid_t pid, uint64_t *cpu_ms)
{
	(void)context;
	int status = 0;
	struct rusage usage = { 0 };
	/* Before it is waited for: until then its number cannot belong to another group. */
	kill(-pid, SIGKILL);
	kill(pid, SIGKILL);
	while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
		continue;
	*cpu_ms = ms_of(usage.ru_utime) + ms_of(usage.ru_stime);
	return status;
}

static void drain(int fd, struct capture *capture)
{
	char block[16384];
	ssize_t count;
	while ((count = read(fd, block, sizeof(block))) > 0)
		capture_add(capture, block, (size_t)count);
}

/* Until the process has ended (its pipe may be held open by others) or the time is over. */
static bool watch(int pidfd, int output_fd, uint64_t deadline_ms, struct capture *capture)
{
	struct pollfd fds[2] = { { .fd = pidfd, .events = POLLIN }, { .fd = output_fd, .events = POLLIN } };
	for (;;) {
		uint64_t now = monotonic_ms();
		if (now >= deadline_ms)
			return false;
		if (poll(fds, 2, (int)(deadline_ms - now)) < 0 && errno != EINTR)
			return false;
		char block[16384];
		ssize_t count = (fds[1].revents & POLLIN) ? read(output_fd, block, sizeof(block)) : 0;
		if (count > 0)
			capture_add(capture, block, (size_t)count);
		else if (fds[1].revents & (POLLHUP | POLLERR))
			fds[1].fd = -1;
		if (fds[0].revents != 0)
			return true;
	}
}

int process_run(const struct compile_options *options, struct compile_process *process, uint64_t deadline_ms,
		struct capture *capture, struct process_end *end)
{
	int output[2], pidfd = -1, r;
	pid_t pid = -1;
	if (pipe2(output, O_CLOEXEC) < 0)
		return -errno;
	process->output_fd = output[1];
	compile_start *start = options->start != NULL ? options->start : process_start_plain;
	r = fcntl(output[0], F_SETFL, O_NONBLOCK) < 0 ? -errno : start(options->start_context, process, &pid);
	close(output[1]);
	if (r < 0)
		goto out;
	pidfd = pidfd_open(pid, 0);
	r = pidfd < 0 ? -errno : 0;
	end->timed_out = pidfd < 0 || !watch(pidfd, output[0], deadline_ms, capture);
	compile_end *ended = options->end != NULL ? options->end : process_end_plain;
	end->status = ended(options->start_context, pid, &end->cpu_ms);
	drain(output[0], capture);
out:
	if (pidfd >= 0)
		close(pidfd);
	close(output[0]);
	return r;
}
