/* Loads the workload and the plugin into this process. */
#ifndef LOAD_H
#define LOAD_H

#include "engine.h"

struct load_failure {
	bool workload; /* it is the workload's fault (the instructor's), not the plugin's */
	char text[2 * WIRE_TEXT_MAX];
};

/* Loads `path` and notes where it lies. Runs its constructors. Returns 0, or -1 and says why. */
int load_module(const char *path, struct engine_module *module, struct load_failure *failure);

/* Loads both and finds their descriptors. Returns 0, or -1 and says why. */
int load_workload(struct engine_job *job, struct load_failure *failure);
int load_plugin(struct engine_job *job, struct load_failure *failure);

#endif
