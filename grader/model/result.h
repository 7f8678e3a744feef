/* The result of grading one submission: what every report renders. No I/O. Strings are owned by the result
 * (result_free()), except where said; what a student's code printed or named stands in them raw, and each report
 * escapes it in its own way. */
#ifndef RESULT_H
#define RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "names.h"
#include "wording.h"

/* Where something happened. `file` may be NULL (unknown), `line` 0. */
struct source_place {
	char *function;
	char *file;
	unsigned line;
};

/* What the explorer looked at. */
struct coverage {
	bool known; /* false: it was not the explorer, or is not known */
	enum coverage_kind kind;
	unsigned switches; /* COVERAGE_SWITCHES: deviations */
	enum surprises_seen surprises;
	uint64_t executions; /* that came to their end */
	unsigned length;     /* of each, in steps, on average; 0: not known */
	uint64_t cut;        /* more that another violation cut short */
};

/* What one engine said of one check. */
struct engine_result {
	enum engine_id engine;
	enum check_status status;
	unsigned threads; /* with how many; 0: it was not run, or the result is an older one */
	uint64_t executions;
	bool complete;
	struct coverage coverage;
	uint32_t bounds;    /* that the explorer did not look beyond (bound_names.h), as bits */
	int64_t max_bypass; /* -1: not measured */
	uint64_t duration_ms;
	char *message; /* NULL: nothing to add */
};

/* One step of a counterexample. */
struct step {
	unsigned thread;
	char *op;       /* "load", "store", "rmw", "lock", "enter", … */
	char *variable; /* "lock->flag[1]", NULL: none */
	char *order;    /* "acquire", …, NULL: not atomic */
	bool has_value, has_stored, has_newest;
	uint64_t value;  /* what was read, or stored */
	uint64_t stored; /* read-modify-write: what it left */
	uint64_t newest; /* stale read: what the newest store wrote */
	/* The three in words: "NULL", "thread 0's block (line 12)", the letter of an item. NULL: the number says it. */
	char *value_name, *stored_name, *newest_name;
	unsigned newest_thread;
	unsigned repeat; /* the step stands for so many rounds of a spin loop; 1: just itself */
	struct source_place place;
	bool culprit; /* the violation shows here */
	bool context; /* a plain access that is told for its value, or what freed a block: no step of the schedule */
	char *note;   /* in words, NULL: none */
};

struct counterexample {
	char *schedule;
	char *memory_model; /* "c11" or "sc" */
	unsigned context_switches;
	bool only_weak; /* impossible were memory sequentially consistent */
	char *summary;  /* the property's violation in the words of the course */
	size_t n_steps;
	struct step *steps;
	size_t cycle_begin, cycle_end; /* steps [begin, end) can repeat for ever; equal: no cycle */
};

struct check_result {
	char *id;
	char *workload;
	enum workload_property property;
	enum check_status status;
	unsigned score, max_score;
	bool hidden;
	char *message; /* one plain sentence */
	char *hint;    /* NULL: none, or the check did not fail */
	size_t n_requires;
	char **requires; /* ids of the checks that it builds on */
	char *unmet;     /* STATUS_UNCOUNTED: the first of them that does not hold; else NULL */
	char *section;   /* where the handout explains it; NULL: unknown, or the check did not fail */
	char *resembles; /* the known mistake that fails in the same way; NULL: none */
	size_t n_engines;
	struct engine_result *engines;
	struct counterexample *counterexample; /* NULL: none */
};

/* Something noticed that is not a check's own: a race with both places, a crash, a remark on how it was built. */
struct finding {
	char *kind;     /* "data-race", "crash", "hang", "output", "build", … */
	char *workload; /* NULL: none */
	int engine;     /* enum engine_id, -1: none */
	char *message;
	size_t n_places;
	struct source_place *places;
};

/* How long a part of the grading took: "compile", "inspect", "counter under tsan", … */
struct phase {
	char *name;
	uint64_t duration_us;
};

/* Whose submission it is, in a batch. */
struct student {
	char *key;         /* unique in the batch; NULL: this is no batch */
	char *name;        /* as people know them */
	char *id;          /* as the class list knows them, else the platform; NULL: unknown */
	char *platform_id; /* as the platform's download and gradebook number them; NULL: unknown */
	char *login;       /* of the class list; NULL: unknown */
	char *conflict;    /* why no gradebook may have this result; NULL: nothing is against it */
};

/* A text of a result, and the sentences that it is made of (saying.h), so that it can be told in another language. */
struct said_words {
	char *words, *said;
};

struct result {
	struct student student;
	const char *
	    term; /* the results folder that it is from, where there are several; else NULL. The caller's; not stored */
	char *submission;  /* as the user named it */
	char *graded_file; /* of it, as the user would name it: "kim.zip/src/lock.c"; NULL: none. Not stored */
	char *sha256;      /* of the file as submitted, hex; NULL: could not be read */
	char *exercise;
	char *exercise_folder; /* as the user named it; NULL: the submission's kind alone finds the exercise */
	unsigned exercise_version;
	char *exercise_digest; /* of its manifest, workloads and headers, hex; NULL: unknown */
	char *evidence_digest; /* of the same but for points (grade/content.h) */
	enum verdict verdict;
	unsigned score, max_score;
	unsigned graded_score; /* before it was adjusted */
	char *adjusted;        /* why the score is not what was graded, for the student; NULL: it is. Not stored */
	bool shows_nothing;    /* one schedule was run again, and nothing goes wrong in it. Not stored */
	char *message;         /* why there are no checks: the compiler's or the loader's reason; NULL: there are */
	size_t n_checks;
	struct check_result *checks;
	/* Checks that are not told, and what they are worth: of a view for students (report/student_view.h); else 0. */
	size_t n_hidden;
	unsigned hidden_points;
	size_t n_findings;
	struct finding *findings;
	char *output;                    /* what the plugin printed, head and tail; NULL: nothing */
	char *source_file, *source_text; /* the source as submitted; both NULL: a shared object, or unknown */
	/* environment */
	char *machine;   /* "Linux 6.1 x86_64, 2 cores" */
	char *compiler;  /* what built the plugin */
	char *sandbox;   /* the level */
	char *challenge; /* what came of asking the explorer about what is wrong (grade/challenge.h); NULL: unknown */
	uint64_t duration_ms;
	size_t n_phases;
	struct phase *phases;
	size_t n_said;
	struct said_words *said;
	struct wordings wordings; /* of what the exercise's author wrote: hints, headings, names of mistakes */
};

/* All of these take and give ownership of heap memory; none returns NULL: out of memory ends the program. */
struct result *result_create(const char *submission);
void result_destroy(struct result *result);
/* Leaves what gradebooks tell: whose it is, points, statuses, messages, what was covered. Of a class of a million the
 * rest is most. */
void result_keep_points(struct result *result);
struct check_result *result_add_check(struct result *result);
/* NULL: it has no such check. */
const struct check_result *result_find_check(const struct result *result, const char *id);
struct engine_result *check_add_engine(struct check_result *check, enum engine_id engine);
struct finding *result_add_finding(struct result *result, const char *kind);
struct source_place *finding_add_place(struct finding *finding);
void result_add_phase(struct result *result, const char *name, uint64_t duration_us);
struct counterexample *counterexample_create(void);
void counterexample_destroy(struct counterexample *counterexample);
struct step *counterexample_add_step(struct counterexample *counterexample);

/* Score and verdict from the checks: pass if every check with points passes; error if any such check is an error and
 * none fails. */
void result_conclude(struct result *result);

/* It costs no points: it is told, and changes no verdict. */
static inline bool check_is_remark(const struct check_result *check)
{
	return check->max_score == 0;
}

/* Whether key, name or id is that. */
bool student_is(const struct student *student, const char *wanted);

void check_add_requirement(struct check_result *check, const char *id);

/* "all executions", "1,000 executions sampled": what the explorer looked at. The caller owns it; NULL: unknown. */
char *coverage_text(const struct coverage *coverage);
/* The same, as a text of saying.h. */
char *coverage_said(const struct coverage *coverage);

/* ---- in words ---- */

/* Calls `visit` for each text of the result that may be made of sentences; the string may be replaced. */
void result_visit_texts(struct result *result, void (*visit)(char **text, void *context), void *context);
/* Puts each text that is made of sentences (saying.h) into words, in the language of now, and keeps what it is made of.
 */
void result_put_into_words(struct result *result);
/* Keeps of an exercise's wordings what the result tells, for it to be told in another language. */
void result_take_wordings(struct result *result, const struct wordings *wordings);
/* Says again, in the language of now, what is known to be made of sentences, or has a wording. */
void result_say_again(struct result *result);
/* What a text of the result is made of; NULL: it is just words. */
const char *result_said(const struct result *result, const char *words);
void result_add_said(struct result *result, const char *words, const char *said);
/* Of the check: the explorer's. */
const struct coverage *check_coverage(const struct check_result *check);

#endif
