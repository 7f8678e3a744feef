#include "batch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "intake.h"
#include "manifest.h"
#include "store.h"
#include "text.h"

/* How a submission's process tells the outcome. */
enum outcome {
	OUTCOME_PASS,
	OUTCOME_FAIL,
	OUTCOME_ERROR,
	OUTCOME_UNCHANGED_PASS,
	OUTCOME_UNCHANGED_FAIL,
	OUTCOME_LOST
};

static const char *const outcome_names[] = { "pass", "fail", "error", "pass (unchanged)", "fail (unchanged)", "error" };

struct job {
	pid_t pid; /* 0: free */
	const struct found *found;
};

static uint64_t clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

/* ---- in the submission's process ---- */

/* Whether the stored grade is of these very bytes, by this version of the exercise; then *outcome is that grade's. */
static bool is_graded(const struct site *site, const struct batch_options *options, const struct found *found,
		      enum outcome *outcome)
{
	struct result *stored = store_read(options->results, found->student.key);
	struct intake intake = { 0 };
	struct exercise exercise = { 0 };
	struct fault fault = { 0 };
	bool graded =
	    stored != NULL && stored->verdict != VERDICT_ERROR && stored->sha256 != NULL && stored->exercise != NULL;
	const char *wanted = options->grade.exercise != NULL ? options->grade.exercise
			     : graded                        ? stored->exercise
							     : NULL;
	graded = graded && intake_open(&intake, found->path, INTAKE_LIMITS_DEFAULT, &fault) == 0 &&
		 strcmp(intake.sha256, stored->sha256) == 0;
	graded = graded && site_exercise(site, wanted, &exercise, &fault) == 0 &&
		 strcmp(exercise.id, stored->exercise) == 0 && exercise.version == stored->exercise_version;
	manifest_free(&exercise);
	intake_close(&intake);
	fault_free(&fault);
	if (graded)
		*outcome = stored->verdict == VERDICT_PASS ? OUTCOME_UNCHANGED_PASS : OUTCOME_UNCHANGED_FAIL;
	result_destroy(stored);
	return graded;
}

static enum outcome grade_found(const struct site *site, const struct batch_options *options, const struct found *found)
{
	struct fault fault = { 0 }, trouble = { 0 };
	enum outcome outcome;
	if (!options->again && is_graded(site, options, found, &outcome))
		return outcome;
	struct result *result = grade_submission(site, &options->grade, found->path, &fault);
	result->student.key = xstrdup(found->student.key);
	result->student.name = found->student.name != NULL ? xstrdup(found->student.name) : NULL;
	result->student.id = found->student.id != NULL ? xstrdup(found->student.id) : NULL;
	outcome = result->verdict == VERDICT_PASS   ? OUTCOME_PASS
		  : result->verdict == VERDICT_FAIL ? OUTCOME_FAIL
						    : OUTCOME_ERROR;
	if (store_write(options->results, result, &trouble) < 0) {
		fprintf(stderr, "\nsyncgrade: %s\n", trouble.message);
		outcome = OUTCOME_LOST;
	}
	result_destroy(result);
	fault_free(&fault);
	fault_free(&trouble);
	return outcome;
}

/* ---- in the batch's ---- */

static int start(const struct site *site, const struct batch_options *options, const struct found *found,
		 struct job *job, struct fault *fault)
{
	pid_t parent = getpid(), pid = fork();
	if (pid < 0)
		return fault_machine(fault, errno, "no process for %s", found->student.key);
	if (pid == 0) {
		/* It ends with the batch: its workers end with it in turn. */
		if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
			_exit(OUTCOME_LOST);
		_exit((int)grade_found(site, options, found));
	}
	*job = (struct job){ .pid = pid, .found = found };
	return 0;
}

static void count(struct batch_progress *progress, enum outcome outcome, const struct found *found)
{
	progress->done++;
	progress->passed += outcome == OUTCOME_PASS || outcome == OUTCOME_UNCHANGED_PASS;
	progress->failed += outcome == OUTCOME_FAIL || outcome == OUTCOME_UNCHANGED_FAIL;
	progress->errors += outcome == OUTCOME_ERROR || outcome == OUTCOME_LOST;
	progress->unchanged += outcome == OUTCOME_UNCHANGED_PASS || outcome == OUTCOME_UNCHANGED_FAIL;
	progress->last = found->student.key;
	progress->last_outcome = outcome_names[outcome];
}

/* Waits for one of the jobs to end. */
static void wait_one(struct job *jobs, unsigned n, struct batch_progress *progress)
{
	int status;
	pid_t pid;
	do
		pid = waitpid(-1, &status, 0);
	while (pid < 0 && errno == EINTR);
	for (unsigned i = 0; i < n; i++) {
		if (jobs[i].pid != pid)
			continue;
		bool told = WIFEXITED(status) && WEXITSTATUS(status) <= OUTCOME_UNCHANGED_FAIL;
		count(progress, told ? (enum outcome)WEXITSTATUS(status) : OUTCOME_LOST, jobs[i].found);
		jobs[i].pid = 0;
	}
}

static bool is_wanted(const struct batch_options *options, const struct found *found, size_t index)
{
	const struct student *student = &found->student;
	if (options->shards > 1 && index % options->shards != options->shard - 1)
		return false;
	return options->only == NULL || strcasecmp(options->only, student->key) == 0 ||
	       (student->name != NULL && strcasecmp(options->only, student->name) == 0) ||
	       (student->id != NULL && strcasecmp(options->only, student->id) == 0);
}

static void tell(const struct batch_options *options, struct batch_progress *progress, uint64_t begin_ms)
{
	progress->elapsed_ms = clock_ms() - begin_ms;
	if (options->progress != NULL)
		options->progress(options->progress_context, progress);
}

static unsigned count_jobs(const struct batch_options *options)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return options->jobs != 0 ? options->jobs : processors > 0 ? (unsigned)processors : 1;
}

static struct job *free_job(struct job *jobs, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		if (jobs[i].pid == 0)
			return &jobs[i];
	}
	return NULL;
}

int batch_run(const struct site *site, const struct batch_options *options, const struct found_list *list,
	      struct batch_progress *progress, struct fault *fault)
{
	unsigned n_jobs = count_jobs(options), running = 0;
	struct job *jobs = xcalloc(n_jobs, sizeof(*jobs));
	uint64_t begin_ms = clock_ms();
	int r = 0;
	*progress = (struct batch_progress){ 0 };
	for (size_t i = 0; i < list->n; i++)
		progress->total += is_wanted(options, &list->list[i], i);
	for (size_t i = 0; i < list->n && r == 0; i++) {
		struct job *job;
		if (!is_wanted(options, &list->list[i], i))
			continue;
		while ((job = free_job(jobs, n_jobs)) == NULL) {
			wait_one(jobs, n_jobs, progress);
			running--;
			tell(options, progress, begin_ms);
		}
		r = start(site, options, &list->list[i], job, fault);
		running += r == 0;
	}
	for (; running > 0; running--) {
		wait_one(jobs, n_jobs, progress);
		tell(options, progress, begin_ms);
	}
	progress->elapsed_ms = clock_ms() - begin_ms;
	free(jobs);
	return r;
}
