/* killed_grader SYNCGRADE SUBMISSION TIMES LEVEL...: the grader is killed by SIGKILL at random moments of grading
 * SUBMISSION; a second later nothing that it started is alive, and the next grader removes its control groups. The
 * moments come from a seed that is printed. Exit status 0: so it is. */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOMENTS_MS = 700, SETTLE_MS = 1000 };

static uint64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static pid_t start(const char *program, const char *submission, const char *level, const char *temporary)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	setenv("SYNCGRADE_SANDBOX", level, 1);
	setenv("TMPDIR", temporary, 1);
	if (freopen("/dev/null", "w", stdout) == NULL)
		_exit(126);
	execl(program, program, "grade", submission, (char *)NULL);
	_exit(127);
}

/* This process is the reaper of whatever loses its parent: 0 when nobody is left. */
static int wait_for_all(void)
{
	uint64_t begin_ms = now_ms();
	for (;;) {
		pid_t pid = waitpid(-1, NULL, WNOHANG);
		if (pid < 0 && errno == ECHILD)
			return 0;
		if (pid == 0 && now_ms() - begin_ms >= SETTLE_MS)
			return -1;
		if (pid == 0)
			usleep(2000);
	}
}

static int run_shell(const char *format, const char *argument)
{
	char command[512];
	snprintf(command, sizeof(command), format, argument);
	return system(command);
}

int main(int argc, char **argv)
{
	char temporary[] = "/tmp/killed-XXXXXX", last[16];
	unsigned seed = (unsigned)time(NULL);
	int wrong = 0, alive_when_killed = 0;
	if (argc < 5 || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0 || mkdtemp(temporary) == NULL)
		return 2;
	if (run_shell("chmod 755 '%s'", temporary) != 0)
		return 2;
	setvbuf(stdout, NULL, _IONBF, 0);
	printf("seed %u\n", seed);
	srandom(seed);
	for (int level = 4; level < argc; level++) {
		for (int i = 0; i < atoi(argv[3]); i++) {
			long moment_ms = random() % MOMENTS_MS;
			pid_t pid = start(argv[1], argv[2], argv[level], temporary);
			usleep((useconds_t)moment_ms * 1000);
			alive_when_killed += waitpid(pid, NULL, WNOHANG) == 0;
			kill(pid, SIGKILL);
			if (wait_for_all() < 0) {
				printf("%s: killed after %ld ms: something is still alive\n", argv[level], moment_ms);
				run_shell("ps -e -o pid,ppid,stat,user,args | grep '%s'", "[s]yncgrade");
				wrong = 1;
			}
			snprintf(last, sizeof(last), "%d", (int)pid);
		}
	}
	printf("%d of those were at work when they were killed\n", alive_when_killed);
	/* The next one clears up. */
	waitpid(start(argv[1], argv[2], argv[4], temporary), NULL, 0);
	if (run_shell("find /sys/fs/cgroup -type d -name 'syncgrade-%s-*' 2>/dev/null | grep .", last) == 0)
		wrong = 1;
	run_shell("rm -rf '%s'", temporary);
	return wrong || alive_when_killed == 0;
}
