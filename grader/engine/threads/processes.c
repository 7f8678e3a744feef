#include "processes.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "frames.h"
#include "thread_trials.h"

/* A process of the trial: dies with the first one, whatever that dies of. */
static int settle_in(struct engine_job *job, pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		return -errno;
	if (getppid() != parent)
		return -ESRCH;
	return job->begin_process != NULL ? job->begin_process() : 0;
}

static _Noreturn void be_process(struct threads_trial *trial, uint32_t self, pid_t parent)
{
	struct engine_job *job = trial->job;
	int r = settle_in(job, parent);
	if (r < 0) {
		frame_send_text(job->wire_fd, FRAME_TROUBLE, (uint64_t)-r, "a process of the trial");
		_exit(2);
	}
	threads_register(job, self);
	atomic_fetch_sub_explicit(&job->board->waiting, 1, memory_order_relaxed);
	while (atomic_load_explicit(&job->board->waiting, memory_order_relaxed) != 0)
		sched_yield();
	job->workload->thread(&trial->trial, self);
	atomic_store_explicit(&job->board->thread[self].finished, 1, memory_order_relaxed);
	fflush(NULL);
	_exit(0);
}

static _Noreturn void end_like(int status)
{
	fflush(NULL);
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

/* The index of a process of ours; -1: the plugin's own. */
static int index_of(const pid_t *pid, uint32_t n, pid_t wanted)
{
	for (uint32_t i = 0; i < n; i++) {
		if (pid[i] == wanted)
			return (int)i;
	}
	return -1;
}

int processes_run(struct threads_trial *trial)
{
	struct engine_job *job = trial->job;
	uint32_t processes = trial->trial.threads, left;
	pid_t pid[BOARD_THREADS_MAX], parent = getpid();
	atomic_store(&job->board->waiting, processes);
	/* What is printed so far must not be printed by each. */
	fflush(NULL);
	for (uint32_t i = 0; i < processes; i++) {
		pid[i] = fork();
		if (pid[i] < 0)
			return -errno; /* those that were started wait for the others until this process ends */
		if (pid[i] == 0)
			be_process(trial, i, parent);
	}
	for (left = processes; left > 0;) {
		int status;
		pid_t ended = waitpid(-1, &status, 0);
		if (ended < 0 && errno != EINTR)
			return -errno;
		int i = ended > 0 ? index_of(pid, processes, ended) : -1;
		if (i < 0)
			continue;
		bool done = WIFEXITED(status) &&
			    atomic_load_explicit(&job->board->thread[i].finished, memory_order_relaxed) != 0;
		if (!done) {
			atomic_store(&job->board->ended, (uint32_t)i + 1);
			end_like(status);
		}
		left--;
	}
	return 0;
}
