#include "debugger.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "text.h"
#include "wire.h"

/* In the child. */
static _Noreturn void become_gdb(const char *const *argv, int wire_fd, int board_fd, int report_fd)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	/* Away from the numbers that they are to have. */
	int wire = fcntl(wire_fd, F_DUPFD, 10), board = fcntl(board_fd, F_DUPFD, 10),
	    report = fcntl(report_fd, F_DUPFD_CLOEXEC, 10);
	if (wire >= 0 && board >= 0 && report >= 0 && dup2(wire, WIRE_FD) >= 0 && dup2(board, BOARD_FD) >= 0) {
		close(wire);
		close(board);
		execvp(argv[0], (char *const *)argv);
	}
	int error = errno;
	_exit(write(report, &error, sizeof(error)) == sizeof(error) ? 127 : 126);
}

int debugger_start(const struct run_debugger *debugger, const char *program, int wire_fd, int board_fd,
		   struct child *child)
{
	char *directory = xasprintf("directory %s", debugger->sources != NULL ? debugger->sources : ".");
	const char *const argv[] = {
		"gdb", "--quiet", "--nx", "-ex", directory, "-x", debugger->script, program, NULL
	};
	int report[2], error = 0;
	if (pipe2(report, O_CLOEXEC) < 0) {
		free(directory);
		return -errno;
	}
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	pid_t pid = fork();
	if (pid == 0)
		become_gdb(argv, wire_fd, board_fd, report[1]);
	error = pid < 0 ? errno : 0;
	close(report[1]);
	if (pid > 0 && read(report[0], &error, sizeof(error)) != sizeof(error))
		error = 0;
	close(report[0]);
	free(directory);
	child->pid = pid;
	child->pidfd = pid > 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
	return -error;
}

void debugger_wait(const struct child *child)
{
	struct pollfd over = { .fd = child->pidfd, .events = POLLIN };
	while (poll(&over, 1, -1) < 0 && errno == EINTR)
		;
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
}
