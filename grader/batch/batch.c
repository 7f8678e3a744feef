#include "batch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "allowance.h"
#include "claim.h"
#include "clock.h"
#include "earlier.h"
#include "intake.h"
#include "store.h"
#include "text.h"
#include "translate.h"

/* How a submission's process tells the outcome. */
enum outcome {
	OUTCOME_PASS,
	OUTCOME_FAIL,
	OUTCOME_ERROR,
	OUTCOME_UNCHANGED_PASS,
	OUTCOME_UNCHANGED_FAIL,
	OUTCOME_STALE_PASS,
	OUTCOME_STALE_FAIL,
	OUTCOME_POINTS_PASS, /* with other points */
	OUTCOME_POINTS_FAIL,
	OUTCOME_CLAIMED, /* another batch grades it */
	OUTCOME_UNSAVED, /* graded, but the result cannot be written */
	OUTCOME_LOST
};

static const char *const outcome_names[] = {
	N_("pass"),
	N_("fail"),
	N_("error"),
	N_("pass (unchanged)"),
	N_("fail (unchanged)"),
	N_("pass (stale)"),
	N_("fail (stale)"),
	N_("pass (other points)"),
	N_("fail (other points)"),
	N_("claimed"),
	N_("not saved"),
	N_("error"),
};

struct job {
	pid_t pid;                 /* 0: free */
	const struct found *found; /* NULL: it looks at many (look_over()) */
	size_t index;              /* in the list */
};

/* What is known of a submission before it has a process of its own: LOOKED_AT + its outcome, where its grade is kept.
 */
enum { LOOKED_NOT_YET, LOOKED_TO_GRADE, LOOKED_AT };

/* One batch on its way. */
struct batch {
	const struct site *site;
	const struct batch_options *options;
	struct earlier_exercises exercises;
	struct batch_progress *progress;
	struct job *jobs;
	unsigned n_jobs, running;
	uint64_t begin_ms, touched_ms;
	struct timespec begin; /* by the clock of the results folder */
	bool *claimed;         /* of the list: another batch grades it */
	size_t n_claimed;
	unsigned char *looked; /* of the list: shared with the processes that look; NULL: none does */
	/* Blocked, and waited for: a job that ends, and whoever wants the batch to end. */
	sigset_t signals, old_signals;
	int stopped;  /* the signal that wants it to end; 0: none */
	bool unsaved; /* a result could not be written */
};

/* ---- in the submission's process ---- */

static bool is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void put(char **target, const char *value)
{
	text_replace(target, value != NULL ? xstrdup(value) : NULL);
}

static void put_name(struct result *result, const struct student *student)
{
	put(&result->student.name, student->name);
	put(&result->student.id, student->id);
	put(&result->student.platform_id, student->platform_id);
	put(&result->student.login, student->login);
	put(&result->student.conflict, student->conflict);
}

static bool is_named(const struct result *result, const struct student *student)
{
	const struct student *stored = &result->student;
	return is_same(stored->name, student->name) && is_same(stored->id, student->id) &&
	       is_same(stored->platform_id, student->platform_id) && is_same(stored->login, student->login) &&
	       is_same(stored->conflict, student->conflict);
}

static const char *saved_in(const struct batch_options *options)
{
	return options->save_to != NULL ? options->save_to : options->results;
}

static bool save(const struct batch_options *options, const struct result *result)
{
	struct fault fault = { 0 };
	bool saved = store_write(saved_in(options), result, &fault) == 0;
	if (!saved)
		fprintf(stderr, "\nsyncgrade: %s\n", fault.message);
	fault_free(&fault);
	return saved;
}

/* A roster that came later than the grade gives it its name. */
static enum outcome keep_grade(const struct batch_options *options, const struct found *found, struct result *stored,
			       enum earlier earlier)
{
	const struct student *student = &found->student;
	bool renamed = (found->in_roster != NULL || student->conflict != NULL) && !is_named(stored, student);
	if (renamed)
		put_name(stored, student);
	if ((renamed || earlier == EARLIER_POINTS) && !save(options, stored))
		return OUTCOME_UNSAVED;
	bool pass = stored->verdict == VERDICT_PASS;
	if (earlier == EARLIER_POINTS)
		return pass ? OUTCOME_POINTS_PASS : OUTCOME_POINTS_FAIL;
	if (earlier == EARLIER_STALE)
		return pass ? OUTCOME_STALE_PASS : OUTCOME_STALE_FAIL;
	return pass ? OUTCOME_UNCHANGED_PASS : OUTCOME_UNCHANGED_FAIL;
}

/* Where it was unpacked is nobody's business. */
static void tell_as_handed_in(struct result *result, const struct found *found)
{
	char *file = result->graded_file != NULL ? text_replaced(result->graded_file, found->path, found->shown)
						 : xstrdup(found->shown);
	text_replace(&result->submission, file);
	if (result->message != NULL)
		text_replace(&result->message, text_replaced(result->message, found->path, found->shown));
}

/* The stored grade that is kept; NULL: it has to be graded. */
static struct result *kept_grade(const struct batch *batch, const struct found *found, enum earlier *earlier)
{
	struct batch_options options = *batch->options;
	struct result *stored;
	/* Another batch that was told to grade again has done so for this one too. */
	if (claim_is_graded_since(saved_in(&options), found->student.key, &batch->begin))
		options.again = false;
	*earlier = earlier_of(&batch->exercises, &options, found, &stored);
	return stored;
}

static enum outcome grade_now(const struct batch *batch, const struct found *found)
{
	struct fault fault = { 0 };
	struct result *result = grade_submission(batch->site, &batch->options->grade, found->path, &fault);
	result->student.key = xstrdup(found->student.key);
	tell_as_handed_in(result, found);
	put_name(result, &found->student);
	enum outcome outcome = result->verdict == VERDICT_PASS   ? OUTCOME_PASS
			       : result->verdict == VERDICT_FAIL ? OUTCOME_FAIL
								 : OUTCOME_ERROR;
	if (outcome == OUTCOME_ERROR)
		fprintf(stderr, "\nsyncgrade: %s: %s\n", found->student.key,
			fault.message != NULL ? fault.message : _("the machine failed"));
	if (!save(batch->options, result))
		outcome = OUTCOME_UNSAVED;
	result_destroy(result);
	fault_free(&fault);
	return outcome;
}

static enum outcome claim_and_grade(const struct batch *batch, const struct found *found)
{
	struct fault fault = { 0 };
	enum outcome outcome = OUTCOME_CLAIMED;
	enum claim claim = claim_take(saved_in(batch->options), found->student.key, &fault);
	enum earlier earlier;
	if (claim == CLAIM_FAILED) {
		fprintf(stderr, "\nsyncgrade: %s\n", fault.message);
		outcome = OUTCOME_UNSAVED;
	} else if (claim == CLAIM_MINE) {
		/* Whoever had it before may have stored a grade. */
		struct result *stored = kept_grade(batch, found, &earlier);
		outcome = stored != NULL ? keep_grade(batch->options, found, stored, earlier) : grade_now(batch, found);
		claim_drop(saved_in(batch->options), found->student.key);
		result_destroy(stored);
	}
	fault_free(&fault);
	return outcome;
}

static enum outcome grade_found(const struct batch *batch, const struct found *found)
{
	enum earlier earlier;
	struct result *stored = kept_grade(batch, found, &earlier);
	enum outcome outcome =
	    stored != NULL ? keep_grade(batch->options, found, stored, earlier) : claim_and_grade(batch, found);
	result_destroy(stored);
	return outcome;
}

/* ---- in a process that looks at many ---- */

/* Which of the processes looks at it: of those of a shard, they take turns. */
static unsigned part_of(const struct batch *batch, size_t index)
{
	unsigned shards = batch->options->shards > 1 ? batch->options->shards : 1;
	return (unsigned)(index / shards % batch->n_jobs);
}

/* The first from `i` on that a process of this part has still to look at; list->n: there is none. */
static size_t find_left(const struct batch *batch, const struct found_list *list, const bool *wanted, unsigned part,
			size_t i)
{
	while (i < list->n && (!wanted[i] || part_of(batch, i) != part || batch->looked[i] != LOOKED_NOT_YET))
		i++;
	return i;
}

/* Keeps the grades that are to be kept. */
static void look_at_part(const struct batch *batch, const struct found_list *list, const bool *wanted, unsigned part)
{
	for (size_t i = 0; (i = find_left(batch, list, wanted, part, i)) < list->n; i++) {
		enum earlier earlier;
		struct result *stored = kept_grade(batch, &list->list[i], &earlier);
		batch->looked[i] =
		    stored == NULL
			? LOOKED_TO_GRADE
			: (unsigned char)(LOOKED_AT + keep_grade(batch->options, &list->list[i], stored, earlier));
		result_destroy(stored);
	}
}

/* ---- in the batch's ---- */

/* In the child: as the batch's own child it is to begin. */
static void begin_child(const struct batch *batch, pid_t parent)
{
	sigprocmask(SIG_SETMASK, &batch->old_signals, NULL);
	/* It ends with the batch: its workers end with it in turn. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
		_exit(OUTCOME_LOST);
}

static int start(struct batch *batch, const struct found *found, size_t index, struct job *job, struct fault *fault)
{
	pid_t parent = getpid(), pid = fork();
	if (pid < 0)
		return fault_machine(fault, errno, _("no process for %s"), found->student.key);
	if (pid == 0) {
		begin_child(batch, parent);
		_exit((int)grade_found(batch, found));
	}
	*job = (struct job){ .pid = pid, .found = found, .index = index };
	batch->running++;
	return 0;
}

static void tell(struct batch *batch)
{
	batch->progress->elapsed_ms = monotonic_ms() - batch->begin_ms;
	if (batch->options->progress != NULL)
		batch->options->progress(batch->options->progress_context, batch->progress);
}

static void count(struct batch *batch, enum outcome outcome, const struct found *found)
{
	struct batch_progress *progress = batch->progress;
	progress->done++;
	bool stale = outcome == OUTCOME_STALE_PASS || outcome == OUTCOME_STALE_FAIL,
	     points = outcome == OUTCOME_POINTS_PASS || outcome == OUTCOME_POINTS_FAIL;
	progress->passed += outcome == OUTCOME_PASS || outcome == OUTCOME_UNCHANGED_PASS ||
			    outcome == OUTCOME_STALE_PASS || outcome == OUTCOME_POINTS_PASS;
	progress->failed += outcome == OUTCOME_FAIL || outcome == OUTCOME_UNCHANGED_FAIL ||
			    outcome == OUTCOME_STALE_FAIL || outcome == OUTCOME_POINTS_FAIL;
	progress->stale += stale;
	progress->points += points;
	progress->errors += outcome == OUTCOME_ERROR || outcome == OUTCOME_UNSAVED || outcome == OUTCOME_LOST;
	progress->unchanged +=
	    stale || points || outcome == OUTCOME_UNCHANGED_PASS || outcome == OUTCOME_UNCHANGED_FAIL;
	progress->last = found->student.key;
	progress->last_outcome = outcome_names[outcome];
	batch->unsaved = batch->unsaved || outcome == OUTCOME_UNSAVED;
	tell(batch);
}

/* Takes in the jobs that have ended; of those that were stopped nothing is said. */
static void reap(struct batch *batch)
{
	for (unsigned i = 0; i < batch->n_jobs; i++) {
		struct job *job = &batch->jobs[i];
		int status;
		if (job->pid == 0 || waitpid(job->pid, &status, batch->stopped != 0 ? 0 : WNOHANG) != job->pid)
			continue;
		if (job->found == NULL) {
			job->pid = 0;
			batch->running--;
			continue;
		}
		bool told = WIFEXITED(status) && WEXITSTATUS(status) <= OUTCOME_UNSAVED;
		bool claimed = told && WEXITSTATUS(status) == OUTCOME_CLAIMED;
		batch->claimed[job->index] = claimed;
		batch->n_claimed += claimed;
		if (!told)
			claim_drop(saved_in(batch->options), job->found->student.key);
		if (!claimed && (batch->stopped == 0 || told))
			count(batch, told ? (enum outcome)WEXITSTATUS(status) : OUTCOME_LOST, job->found);
		job->pid = 0;
		batch->running--;
	}
}

static void kill_jobs(struct batch *batch)
{
	/* What the jobs have started ends with them, and is waited for here then. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (unsigned i = 0; i < batch->n_jobs; i++) {
		if (batch->jobs[i].pid != 0)
			kill(batch->jobs[i].pid, SIGKILL);
	}
}

/* Nobody writes to the folder for temporary files any more when these are gone; it is about to be removed. */
static void wait_for_orphans(void)
{
	enum { PATIENCE_MS = 5000 };
	uint64_t begin_ms = monotonic_ms();
	for (pid_t pid; (pid = waitpid(-1, NULL, WNOHANG)) >= 0 && monotonic_ms() - begin_ms < PATIENCE_MS;) {
		if (pid == 0)
			usleep(5000);
	}
	prctl(PR_SET_CHILD_SUBREAPER, 0);
}

/* That they are still worked on. */
static void touch_claims(struct batch *batch)
{
	if (monotonic_ms() - batch->touched_ms < CLAIM_TOUCH_S * UINT64_C(1000))
		return;
	batch->touched_ms = monotonic_ms();
	for (unsigned i = 0; i < batch->n_jobs; i++) {
		if (batch->jobs[i].pid != 0 && batch->jobs[i].found != NULL)
			claim_touch(saved_in(batch->options), batch->jobs[i].found->student.key);
	}
}

/* Waits until a job has ended, or all have to, or a second is over. */
static void wait_one(struct batch *batch)
{
	static const struct timespec patience = { .tv_sec = 1 };
	int signal = sigtimedwait(&batch->signals, NULL, &patience);
	touch_claims(batch);
	if (signal > 0 && signal != SIGCHLD) {
		batch->stopped = signal;
		kill_jobs(batch);
	}
	reap(batch);
	if (batch->stopped != 0)
		wait_for_orphans();
}

bool batch_is_wanted(const struct batch_options *options, const struct found *found, size_t index)
{
	if (options->shards > 1 && index % options->shards != options->shard - 1)
		return false;
	return options->only == NULL || student_is(&found->student, options->only);
}

static struct job *free_job(struct batch *batch)
{
	for (unsigned i = 0; i < batch->n_jobs; i++) {
		if (batch->jobs[i].pid == 0)
			return &batch->jobs[i];
	}
	return NULL;
}

static bool goes_on(const struct batch *batch)
{
	return batch->stopped == 0 && !batch->unsaved;
}

static int grade_each(struct batch *batch, const struct found_list *list, const bool *wanted, struct fault *fault)
{
	int r = 0;
	for (size_t i = 0; i < list->n && r == 0; i++) {
		struct job *job;
		if (!wanted[i])
			continue;
		while ((job = free_job(batch)) == NULL)
			wait_one(batch);
		if (!goes_on(batch))
			break;
		r = start(batch, &list->list[i], i, job, fault);
	}
	while (batch->running > 0)
		wait_one(batch);
	return r;
}

/* ---- what is graded already ---- */

/* Counts those that have been looked at since. */
static void count_looked(struct batch *batch, const struct found_list *list, bool *wanted)
{
	for (size_t i = 0; i < list->n; i++) {
		if (!wanted[i] || batch->looked[i] < LOOKED_AT)
			continue;
		wanted[i] = false;
		count(batch, (enum outcome)(batch->looked[i] - LOOKED_AT), &list->list[i]);
	}
}

static int start_looking(struct batch *batch, const struct found_list *list, const bool *wanted, struct job *job,
			 struct fault *fault)
{
	unsigned part = (unsigned)(job - batch->jobs);
	pid_t parent = getpid(), pid = fork();
	if (pid < 0)
		return fault_machine(fault, errno, _("no process for %s"), list->list[0].student.key);
	if (pid == 0) {
		begin_child(batch, parent);
		look_at_part(batch, list, wanted, part);
		_exit(0);
	}
	*job = (struct job){ .pid = pid };
	batch->running++;
	return 0;
}

/* Of a class that is graded already, or in part, few processes look at all, for a process is large where a class is.
 * Who dies of a submission leaves it to a process of its own, and another one goes on behind it. */
static int look_over(struct batch *batch, const struct found_list *list, bool *wanted, struct fault *fault)
{
	int r = 0;
	for (unsigned k = 0; k < batch->n_jobs && k < list->n && r == 0; k++)
		r = start_looking(batch, list, wanted, &batch->jobs[k], fault);
	while (batch->running > 0) {
		wait_one(batch);
		count_looked(batch, list, wanted);
		for (unsigned k = 0; k < batch->n_jobs && r == 0 && goes_on(batch); k++) {
			size_t left = batch->jobs[k].pid == 0 ? find_left(batch, list, wanted, k, 0) : list->n;
			if (left == list->n)
				continue;
			batch->looked[left] = LOOKED_TO_GRADE;
			r = start_looking(batch, list, wanted, &batch->jobs[k], fault);
		}
	}
	return r;
}

/* Nothing is kept where all is to be graded again. */
static int keep_what_is_graded(struct batch *batch, const struct found_list *list, bool *wanted, struct fault *fault)
{
	size_t size = list->n + 1;
	if (batch->options->again)
		return 0;
	/* Without it, each is looked at in a process of its own. */
	void *looked = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (looked == MAP_FAILED)
		return 0;
	batch->looked = looked;
	int r = look_over(batch, list, wanted, fault);
	batch->looked = NULL;
	munmap(looked, size);
	return r;
}

/* ---- all ---- */

/* First what nobody else grades; then, for as long as others are at it, what they have not done. */
static int grade_list(struct batch *batch, const struct found_list *list, struct fault *fault)
{
	bool *wanted = xcalloc(list->n + 1, sizeof(*wanted));
	for (size_t i = 0; i < list->n; i++)
		wanted[i] = batch_is_wanted(batch->options, &list->list[i], i);
	int r = keep_what_is_graded(batch, list, wanted, fault);
	if (r == 0 && goes_on(batch))
		r = grade_each(batch, list, wanted, fault);
	if (r == 0 && goes_on(batch) && batch->n_claimed > 0)
		fprintf(stderr, _("syncgrade: waiting for %zu that another batch grades\n"), batch->n_claimed);
	while (r == 0 && goes_on(batch) && batch->n_claimed > 0) {
		memcpy(wanted, batch->claimed, list->n * sizeof(*wanted));
		batch->n_claimed = 0;
		wait_one(batch);
		if (goes_on(batch))
			r = grade_each(batch, list, wanted, fault);
	}
	free(wanted);
	return r;
}

static int conclude(const struct batch *batch, struct fault *fault)
{
	if (goes_on(batch))
		return 0;
	fault->owner = FAULT_MACHINE;
	text_replace(&fault->message,
		     xasprintf(batch->unsaved
				   ? _("stopped because a result cannot be written: %zu of %zu are graded; the "
				       "same command goes on there")
				   : _("stopped: %zu of %zu are graded; the same command goes on there"),
			       batch->progress->done - batch->progress->errors, batch->progress->total));
	return batch->unsaved ? -EIO : -EINTR;
}

/* What is ignored stays so (nohup, a shell's background). */
static void take_signals(struct batch *batch)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigaction(SIGCHLD, &action, NULL);
	sigemptyset(&batch->signals);
	sigaddset(&batch->signals, SIGCHLD);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (sigaction(ends[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&batch->signals, ends[i]);
	}
	sigprocmask(SIG_BLOCK, &batch->signals, &batch->old_signals);
}

/* A class of files in one folder: what lies beside them is looked for once. */
static void look_beside(const struct found_list *list, struct intake_beside *beside)
{
	const char *first = list->n > 1 ? list->list[0].path : "", *slash = strrchr(first, '/');
	size_t length = slash != NULL ? (size_t)(slash + 1 - first) : 0;
	const char *last = list->n > 1 ? list->list[list->n - 1].path : "";
	if (length < 2 || strncmp(first, last, length) != 0 || strchr(last + length, '/') != NULL)
		return;
	char *folder = xstrndup(first, length - 1);
	intake_look_beside(beside, folder);
	free(folder);
}

int batch_run(const struct site *site, const struct batch_options *options, const struct found_list *list,
	      struct batch_progress *progress, struct fault *fault)
{
	struct intake_beside beside = { 0 };
	struct batch_options with_beside = *options;
	struct batch batch = { .site = site,
			       .options = &with_beside,
			       .progress = progress,
			       .n_jobs = options->jobs != 0 ? options->jobs : allowance_jobs_now() };
	look_beside(list, &beside);
	with_beside.grade.beside = beside.folder != NULL ? &beside : NULL;
	batch.jobs = xcalloc(batch.n_jobs, sizeof(*batch.jobs));
	batch.claimed = xcalloc(list->n + 1, sizeof(*batch.claimed));
	batch.begin_ms = monotonic_ms();
	batch.exercises = earlier_exercises(site, options);
	*progress = (struct batch_progress){ 0 };
	for (size_t i = 0; i < list->n; i++)
		progress->total += batch_is_wanted(options, &list->list[i], i);
	take_signals(&batch);
	int r = claim_open(saved_in(options), &batch.begin, fault);
	if (r == 0)
		r = grade_list(&batch, list, fault);
	claim_close(saved_in(options));
	if (r == 0)
		r = conclude(&batch, fault);
	sigprocmask(SIG_SETMASK, &batch.old_signals, NULL);
	progress->elapsed_ms = monotonic_ms() - batch.begin_ms;
	earlier_exercises_free(&batch.exercises);
	intake_beside_free(&beside);
	free(batch.claimed);
	free(batch.jobs);
	return r;
}
