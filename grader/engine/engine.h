/* What a worker asks of an engine. An engine knows nothing of reports, points or exercises: it executes a workload
 * against a plugin and says on the wire what it saw. */
#ifndef ENGINE_H
#define ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "board.h"
#include "wire.h"

/* A loaded shared object. */
struct engine_module {
	const char *path;
	uintptr_t base;       /* load address: what an offset in a wire_place is relative to */
	uintptr_t begin, end; /* the addresses that its segments span */
	void *handle;         /* of dlopen() */
};

/* One run: a plugin, a workload, and how large. Everything belongs to the worker and outlives the run. */
struct engine_job {
	const struct frame_run *request;
	const struct workload *workload;
	const void *plugin; /* the descriptor */
	size_t object_size; /* its `size` */
	struct engine_module plugin_module, workload_module;
	struct board *board;
	int wire_fd;
	/* Called in each process that a trial forks, before the plugin's code runs in it; NULL: there is nothing to do.
	 * Returns 0 or a negative errno value. */
	int (*begin_process)(void);
};

/* An engine. run() returns 0 after it has sent DONE, or a negative errno value: a failure of the machine or of the
 * grader, which the worker reports as TROUBLE. What the plugin does wrong is never a return value. */
struct engine {
	const char *name;
	enum engine_id id;
	int (*run)(struct engine_job *job);
};

extern const struct engine engine_native;
extern const struct engine engine_tsan;
extern const struct engine engine_explore;

#endif
