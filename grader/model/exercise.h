/* An exercise, as its manifest (exercises/<id>/exercise.yaml) describes it. No I/O: the manifest room reads it.
 * All pointers belong to the structure's maker; see manifest_read() and manifest_free(). */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kinds.h"
#include "names.h"
#include "wording.h"

/* How large a workload runs under one engine. Zero members: the engine does not run it. */
struct run_size {
	uint32_t threads;
	uint32_t threads_most;   /* not 0: `threads` to so many, drawn from the submission's hash (tsan, native) */
	uint64_t rounds;         /* per thread, at most */
	uint32_t trials;         /* executions from fresh state (tsan, native) */
	uint32_t time_ms;        /* tsan, native: so long after a trial's first round, trial_more() says no */
	uint64_t max_executions; /* explore: the budget; 0: the engine's default */
};

/* What the explorer must have looked at for a pass to count. */
struct exercise_coverage {
	enum coverage_kind accept; /* at least */
	uint32_t switches;         /* COVERAGE_SWITCHES: so many deviations; COVERAGE_SAMPLED: that is enough too */
	uint64_t executions;       /* COVERAGE_SAMPLED: so many */
};

/* One workload of the exercise and how it runs. */
struct exercise_workload {
	const char *name;   /* "counter" */
	const char *object; /* "lock-counter": <exercise folder>/<object>.c or .so, <name>.c or .so there, then the
			       installed <object>.so */
	unsigned line;      /* of the manifest, where it is named */
	struct run_size size[ENGINE_COUNT];
	struct exercise_coverage coverage; /* of its checks */
};

/* One check: workload × property × engines, with points. Its id is "<workload>/<property>". */
struct exercise_check {
	const char *id;
	unsigned line; /* of the manifest, where it begins */
	const struct exercise_workload *workload;
	enum workload_property property;
	uint32_t engines; /* bit 1 << enum engine_id */
	uint32_t points;
	size_t n_requires;      /* other checks of the exercise that must hold for this one to count */
	const size_t *requires; /* their indexes */
	size_t n_also; /* other workloads in which the explorer looks for a violation, with no more to be said */
	const struct exercise_workload **also;
	const char *hint;    /* NULL: none */
	const char *section; /* the heading in the handout under which the property is explained; NULL: none */
	bool hidden;
};

/* A mistake that is known to make a check fail in a certain way. */
struct exercise_mistake {
	char *name;  /* "Dekker's second attempt" */
	char *check; /* id */
	char *shape; /* of the counterexample: judge/shape.h */
};

/* What students are not told when a check fails. */
struct exercise_withheld {
	bool hints, counterexamples, mistakes;
};

struct exercise_limits {
	uint32_t hang_ms;    /* no step of any thread for so long: a hang */
	uint32_t wall_ms;    /* a worker's whole life */
	uint32_t cpu_ms;     /* a worker's processor time */
	uint32_t memory_kib; /* a worker's resident memory beyond its own start */
	uint32_t threads;    /* threads that a plugin may have, ours included */
	uint32_t output_kib; /* what it may print */
	uint32_t object_kib; /* largest descriptor `size` */
	uint32_t source_kib; /* largest source file; a shared object may have 16 × that */
};

struct exercise {
	const char *id;     /* the folder's name: "lock" */
	const char *folder; /* absolute path */
	const char *title;
	struct plugin_kind kind;
	bool own_kind;       /* the manifest describes it */
	const char *include; /* absolute path of the folder's include/, whose headers are the exercise's; NULL: none */
	uint32_t version;
	uint32_t
	    max_bypass_per_thread; /* bounded waiting: the bound is this × threads; 3 where the manifest is silent */
	struct exercise_limits limits;
	uint32_t starter_max; /* most points that the starter may get as it is: verify */
	size_t n_workloads;
	const struct exercise_workload *workloads;
	size_t n_checks;
	const struct exercise_check *checks;
	struct exercise_withheld withheld;
	size_t n_mistakes;
	struct exercise_mistake *mistakes;
	struct wordings wordings; /* of hints, headings, the title and mistakes, where there are translations */
	size_t n_imports;
	const char *const *imports; /* fnmatch(3) patterns of symbols that a plugin may import */
	size_t n_flags;
	const char *const *flags; /* added to the compiler's command line */
};

/* The check of that id, which is the exercise's; NULL: it has none. */
const struct exercise_check *exercise_find_check(const struct exercise *exercise, const char *id);

#endif
