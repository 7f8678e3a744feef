/* The form of a manifest: what libcyaml fills, and what validate.c checks against. */
#ifndef MANIFEST_SCHEMA_H
#define MANIFEST_SCHEMA_H

#include <cyaml/cyaml.h>
#include <stdbool.h>
#include <stdint.h>

/* All three kinds of sizes; each schema fills some of the members. */
struct raw_size {
	uint32_t threads, threads_most, trials, time_ms;
	uint64_t rounds, max_executions;
};

struct raw_workload {
	char *name, *object;
	struct raw_size *explore, *tsan, *native;
};

struct raw_check {
	char *workload, *property, *hint, *section;
	char **engines, **requires;
	uint32_t n_engines, n_requires, points;
	bool hidden;
};

struct raw_coverage {
	char *accept;
	uint32_t switches;
	uint32_t executions;
};

struct raw_bounds {
	uint32_t bypass_per_thread;
};

struct raw_limits {
	uint32_t hang_ms, wall_ms, cpu_ms, memory_kib, threads, output_kib, object_kib, source_kib;
};

struct raw_manifest {
	char *exercise, *title, *plugin;
	uint32_t version;
	struct raw_workload *workloads;
	uint32_t n_workloads;
	struct raw_check *checks;
	uint32_t n_checks;
	struct raw_bounds bounds;
	struct raw_limits limits;
	struct raw_coverage coverage;
	uint32_t starter_max;
	char **withhold;
	uint32_t n_withhold;
	char **imports;
	uint32_t n_imports;
	char **flags;
	uint32_t n_flags;
};

extern const cyaml_schema_value_t manifest_schema;

/* For cyaml_config_t.log_fn: adds what libcyaml says to `context`, a struct text. */
void schema_keep_log(cyaml_log_t level, void *context, const char *format, va_list arguments);

#endif
