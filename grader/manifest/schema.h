/* The form of a manifest: what libcyaml fills, and what validate.c checks against. */
#ifndef MANIFEST_SCHEMA_H
#define MANIFEST_SCHEMA_H

#include <cyaml/cyaml.h>
#include <stdbool.h>
#include <stdint.h>

#include "document.h"
#include "fault.h"

/* All three kinds of sizes; each schema fills some of the members. */
struct raw_size {
	uint32_t threads, threads_most, trials, time_ms;
	uint64_t rounds, max_executions;
};

struct raw_coverage {
	char *accept;
	uint32_t switches;
	uint32_t executions;
};

struct raw_workload {
	char *name, *object;
	struct raw_size *explore, *tsan, *native;
	struct raw_coverage *coverage;
};

struct raw_check {
	char *workload, *property, *hint, *section;
	char **engines, **requires, **also;
	uint32_t n_engines, n_requires, n_also, points;
	bool hidden;
};

struct raw_bounds {
	uint32_t bypass_per_thread;
};

struct raw_limits {
	uint32_t hang_ms, wall_ms, cpu_ms, memory_kib, threads, output_kib, object_kib, source_kib;
};

struct raw_operation {
	char *name, *returns;
	char **arguments;
	uint32_t n_arguments, number;
	bool optional, blocks, gives_way, keeps_out;
};

struct raw_kind_abi {
	char *macro;
	uint32_t number;
};

struct raw_choice {
	char *name;
	char **values, **words;
	uint32_t n_values, n_words;
};

struct raw_inside {
	char *enter, *enter_shared, *leave, *together, *too_many, *one_alone, *each_alone;
};

struct raw_kind {
	char *name, *words, *header;
	struct raw_kind_abi abi;
	bool threads_max;
	char **init;
	uint32_t n_init;
	struct raw_choice *choice;
	struct raw_operation *operations;
	uint32_t n_operations;
	struct raw_inside inside;
};

struct raw_manifest {
	char *exercise, *title, *plugin;
	struct raw_kind *kind;
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

/* A document that is one `kind:` block. */
extern const cyaml_schema_value_t kind_schema;

/* Fills *raw from a document that validate() finds nothing wrong with; schema_free() in both cases. */
int schema_load(const struct document *document, const cyaml_schema_value_t *schema, cyaml_data_t **raw,
		struct fault *fault);
void schema_free(const cyaml_schema_value_t *schema, cyaml_data_t *raw);

/* For cyaml_config_t.log_fn: adds what libcyaml says to `context`, a struct text. */
void schema_keep_log(cyaml_log_t level, void *context, const char *format, va_list arguments);

#endif
