#include "supervise.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "command.h"
#include "scratch.h"
#include "text.h"
#include "translate.h"

enum { PATHS_MAX = 16, PATIENCE_MS = 5000 };

static const int ends[] = { SIGINT, SIGTERM, SIGHUP };

enum { N_ENDS = sizeof(ends) / sizeof(ends[0]) };

/* What a handler may read: each is whole, or NULL. */
static char *_Atomic to_unlink[PATHS_MAX];

void supervise_unlink(const char *path)
{
	char *copy = xstrdup(path);
	for (size_t i = 0; i < PATHS_MAX; i++) {
		char *none = NULL;
		if (atomic_compare_exchange_strong(&to_unlink[i], &none, copy))
			return;
	}
	free(copy);
}

void supervise_keep(const char *path)
{
	for (size_t i = 0; i < PATHS_MAX; i++) {
		char *known = atomic_load(&to_unlink[i]);
		if (known == NULL || strcmp(known, path) != 0)
			continue;
		atomic_store(&to_unlink[i], NULL);
		free(known);
	}
}

static void unlink_all(int signal)
{
	(void)signal;
	for (size_t i = 0; i < PATHS_MAX; i++) {
		const char *path = atomic_load(&to_unlink[i]);
		if (path != NULL)
			unlink(path);
	}
	_exit(EXIT_TROUBLE);
}

/* What is ignored stays so (nohup, a shell's background). */
static void take_signals(sigset_t *signals, sigset_t *before)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigaction(SIGCHLD, &action, NULL);
	sigemptyset(signals);
	sigaddset(signals, SIGCHLD);
	for (size_t i = 0; i < N_ENDS; i++) {
		if (sigaction(ends[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(signals, ends[i]);
	}
	sigprocmask(SIG_BLOCK, signals, before);
}

static void be_the_work(pid_t parent, const sigset_t *signals, const sigset_t *before, int (*work)(void *context),
			void *context)
{
	struct sigaction action = { .sa_handler = unlink_all };
	for (size_t i = 0; i < N_ENDS; i++) {
		if (sigismember(signals, ends[i]) == 1)
			sigaction(ends[i], &action, NULL);
	}
	sigprocmask(SIG_SETMASK, before, NULL);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
		_exit(EXIT_TROUBLE);
	int status = work(context);
	/* A full disk or a closed pipe shows here at the latest. */
	if (fflush(stdout) != 0 || ferror(stdout))
		status = complain(_("standard output: %s"), strerror(errno));
	exit(status);
}

/* What the work has started ends with it, and writes to the folder until then. */
static void wait_for_orphans(void)
{
	uint64_t begin_ms = monotonic_ms();
	for (pid_t pid; (pid = waitpid(-1, NULL, WNOHANG)) >= 0 && monotonic_ms() - begin_ms < PATIENCE_MS;) {
		if (pid == 0)
			usleep(5000);
	}
}

/* Returns the work's status as waitpid() tells it; *ended_by: the signal that ended it from outside, or 0. */
static int watch(pid_t pid, const sigset_t *signals, int *ended_by)
{
	int status = 0;
	*ended_by = 0;
	for (;;) {
		int signal = sigwaitinfo(signals, NULL);
		if (signal > 0 && signal != SIGCHLD) {
			*ended_by = signal;
			kill(pid, signal);
		}
		if (waitpid(pid, &status, *ended_by != 0 ? 0 : WNOHANG) == pid)
			return status;
	}
}

int supervise(int (*work)(void *context), void *context)
{
	struct fault fault = { 0 };
	struct scratch scratch = { .lock_fd = -1 };
	sigset_t signals, before;
	int ended_by = 0;
	/* Then the work will say so, in the form that is asked for. */
	if (scratch_open(&scratch, &fault) < 0) {
		fault_free(&fault);
		return work(context);
	}
	take_signals(&signals, &before);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	fflush(stdout);
	pid_t parent = getpid(), pid = fork();
	if (pid == 0)
		be_the_work(parent, &signals, &before, work, context);
	int status = pid > 0 ? watch(pid, &signals, &ended_by) : -1;
	wait_for_orphans();
	scratch_close(&scratch);
	if (ended_by != 0) {
		signal(ended_by, SIG_DFL);
		raise(ended_by);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (WIFSIGNALED(status))
		raise(WTERMSIG(status));
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_TROUBLE;
}
