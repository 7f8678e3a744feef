#include "schema.h"

#include <errno.h>
#include <stdlib.h>

#include "kinds.h"
#include "text.h"
#include "translate.h"

#define NAME_MAX_BYTES 64
#define TEXT_MAX_BYTES 2000
#define ENTRIES_MAX 1000
#define REQUIRED CYAML_FLAG_DEFAULT
#define OPTIONAL CYAML_FLAG_OPTIONAL
#define POINTER CYAML_FLAG_POINTER

static const cyaml_schema_value_t word = { CYAML_VALUE_STRING(POINTER, char, 1, NAME_MAX_BYTES) };

/* A check's id: two names. */
static const cyaml_schema_value_t long_word = { CYAML_VALUE_STRING(POINTER, char, 1, 2 * NAME_MAX_BYTES + 1) };

static const cyaml_schema_field_t explore_fields[] = {
	CYAML_FIELD_UINT("threads", REQUIRED, struct raw_size, threads),
	CYAML_FIELD_UINT("rounds", REQUIRED, struct raw_size, rounds),
	CYAML_FIELD_UINT("max_executions", OPTIONAL, struct raw_size, max_executions),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t run_fields[] = {
	CYAML_FIELD_UINT("threads", REQUIRED, struct raw_size, threads),
	CYAML_FIELD_UINT("threads_most", OPTIONAL, struct raw_size, threads_most),
	CYAML_FIELD_UINT("rounds", REQUIRED, struct raw_size, rounds),
	CYAML_FIELD_UINT("trials", OPTIONAL, struct raw_size, trials),
	CYAML_FIELD_UINT("time_ms", OPTIONAL, struct raw_size, time_ms),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t coverage_fields[] = {
	CYAML_FIELD_STRING_PTR("accept", POINTER | OPTIONAL, struct raw_coverage, accept, 1, NAME_MAX_BYTES),
	CYAML_FIELD_UINT("switches", OPTIONAL, struct raw_coverage, switches),
	CYAML_FIELD_UINT("executions", OPTIONAL, struct raw_coverage, executions),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t workload_fields[] = {
	CYAML_FIELD_STRING_PTR("name", POINTER, struct raw_workload, name, 1, NAME_MAX_BYTES),
	CYAML_FIELD_STRING_PTR("object", POINTER | OPTIONAL, struct raw_workload, object, 1, NAME_MAX_BYTES),
	CYAML_FIELD_MAPPING_PTR("explore", POINTER | OPTIONAL, struct raw_workload, explore, explore_fields),
	CYAML_FIELD_MAPPING_PTR("tsan", POINTER | OPTIONAL, struct raw_workload, tsan, run_fields),
	CYAML_FIELD_MAPPING_PTR("native", POINTER | OPTIONAL, struct raw_workload, native, run_fields),
	CYAML_FIELD_MAPPING_PTR("coverage", POINTER | OPTIONAL, struct raw_workload, coverage, coverage_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t workload = { CYAML_VALUE_MAPPING(REQUIRED, struct raw_workload, workload_fields) };

static const cyaml_schema_field_t check_fields[] = {
	CYAML_FIELD_STRING_PTR("workload", POINTER, struct raw_check, workload, 1, NAME_MAX_BYTES),
	CYAML_FIELD_STRING_PTR("property", POINTER, struct raw_check, property, 1, NAME_MAX_BYTES),
	CYAML_FIELD_SEQUENCE_COUNT("engines", POINTER, struct raw_check, engines, n_engines, &word, 1, ENTRIES_MAX),
	CYAML_FIELD_UINT("points", REQUIRED, struct raw_check, points),
	CYAML_FIELD_SEQUENCE_COUNT("requires", POINTER | OPTIONAL, struct raw_check, requires, n_requires, &long_word,
				   0, ENTRIES_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("also", POINTER | OPTIONAL, struct raw_check, also, n_also, &word, 0, ENTRIES_MAX),
	CYAML_FIELD_STRING_PTR("hint", POINTER | OPTIONAL, struct raw_check, hint, 1, TEXT_MAX_BYTES),
	CYAML_FIELD_STRING_PTR("section", POINTER | OPTIONAL, struct raw_check, section, 1, TEXT_MAX_BYTES),
	CYAML_FIELD_BOOL("hidden", OPTIONAL, struct raw_check, hidden),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t check = { CYAML_VALUE_MAPPING(REQUIRED, struct raw_check, check_fields) };

static const cyaml_schema_field_t bounds_fields[] = {
	CYAML_FIELD_UINT("bypass_per_thread", OPTIONAL, struct raw_bounds, bypass_per_thread),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t limits_fields[] = {
	CYAML_FIELD_UINT("hang_ms", OPTIONAL, struct raw_limits, hang_ms),
	CYAML_FIELD_UINT("wall_ms", OPTIONAL, struct raw_limits, wall_ms),
	CYAML_FIELD_UINT("cpu_ms", OPTIONAL, struct raw_limits, cpu_ms),
	CYAML_FIELD_UINT("memory_kib", OPTIONAL, struct raw_limits, memory_kib),
	CYAML_FIELD_UINT("threads", OPTIONAL, struct raw_limits, threads),
	CYAML_FIELD_UINT("output_kib", OPTIONAL, struct raw_limits, output_kib),
	CYAML_FIELD_UINT("object_kib", OPTIONAL, struct raw_limits, object_kib),
	CYAML_FIELD_UINT("source_kib", OPTIONAL, struct raw_limits, source_kib),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t c_type = { CYAML_VALUE_STRING(POINTER, char, 1, KIND_WORDS_BYTES - 1) };
static const cyaml_schema_value_t kind_words = { CYAML_VALUE_STRING(POINTER, char, 1, KIND_NAME_BYTES - 1) };

static const cyaml_schema_field_t operation_fields[] = {
	CYAML_FIELD_STRING_PTR("name", POINTER, struct raw_operation, name, 1, KIND_NAME_BYTES - 1),
	CYAML_FIELD_SEQUENCE_COUNT("arguments", POINTER | OPTIONAL, struct raw_operation, arguments, n_arguments,
				   &c_type, 0, KIND_ARGUMENTS_MAX),
	CYAML_FIELD_STRING_PTR("returns", POINTER | OPTIONAL, struct raw_operation, returns, 1, KIND_WORDS_BYTES - 1),
	CYAML_FIELD_BOOL("blocks", OPTIONAL, struct raw_operation, blocks),
	CYAML_FIELD_BOOL("gives_way", OPTIONAL, struct raw_operation, gives_way),
	CYAML_FIELD_BOOL("keeps_out", OPTIONAL, struct raw_operation, keeps_out),
	CYAML_FIELD_BOOL("optional", OPTIONAL, struct raw_operation, optional),
	CYAML_FIELD_UINT("number", OPTIONAL, struct raw_operation, number),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t operation = { CYAML_VALUE_MAPPING(REQUIRED, struct raw_operation, operation_fields) };

static const cyaml_schema_field_t kind_abi_fields[] = {
	CYAML_FIELD_STRING_PTR("macro", POINTER, struct raw_kind_abi, macro, 1, KIND_WORDS_BYTES - 1),
	CYAML_FIELD_UINT("number", REQUIRED, struct raw_kind_abi, number),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t choice_fields[] = {
	CYAML_FIELD_STRING_PTR("name", POINTER, struct raw_choice, name, 1, KIND_NAME_BYTES - 1),
	CYAML_FIELD_SEQUENCE_COUNT("values", POINTER, struct raw_choice, values, n_values, &c_type, 2,
				   KIND_CHOICES_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("words", POINTER, struct raw_choice, words, n_words, &kind_words, 2,
				   KIND_CHOICES_MAX),
	CYAML_FIELD_END,
};

#define WORDS_FIELD(name)                                                                                              \
	CYAML_FIELD_STRING_PTR(#name, POINTER | OPTIONAL, struct raw_inside, name, 1, KIND_WORDS_BYTES - 1)

static const cyaml_schema_field_t inside_fields[] = {
	WORDS_FIELD(enter),    WORDS_FIELD(enter_shared), WORDS_FIELD(leave),      WORDS_FIELD(together),
	WORDS_FIELD(too_many), WORDS_FIELD(one_alone),    WORDS_FIELD(each_alone), CYAML_FIELD_END,
};

static const cyaml_schema_field_t kind_fields[] = {
	CYAML_FIELD_STRING_PTR("name", POINTER, struct raw_kind, name, 1, KIND_NAME_BYTES - 1),
	CYAML_FIELD_STRING_PTR("words", POINTER, struct raw_kind, words, 1, KIND_WORDS_BYTES - 1),
	CYAML_FIELD_STRING_PTR("header", POINTER, struct raw_kind, header, 1, KIND_WORDS_BYTES - 3),
	CYAML_FIELD_MAPPING("abi", REQUIRED, struct raw_kind, abi, kind_abi_fields),
	CYAML_FIELD_BOOL("threads_max", OPTIONAL, struct raw_kind, threads_max),
	CYAML_FIELD_MAPPING_PTR("choice", POINTER | OPTIONAL, struct raw_kind, choice, choice_fields),
	CYAML_FIELD_SEQUENCE_COUNT("init", POINTER | OPTIONAL, struct raw_kind, init, n_init, &c_type, 0,
				   KIND_ARGUMENTS_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("operations", POINTER, struct raw_kind, operations, n_operations, &operation, 1,
				   KIND_OPERATIONS_MAX),
	CYAML_FIELD_MAPPING("inside", OPTIONAL, struct raw_kind, inside, inside_fields),
	CYAML_FIELD_END,
};

const cyaml_schema_value_t kind_schema = { CYAML_VALUE_MAPPING(POINTER, struct raw_kind, kind_fields) };

static const cyaml_schema_field_t manifest_fields[] = {
	CYAML_FIELD_STRING_PTR("exercise", POINTER, struct raw_manifest, exercise, 1, NAME_MAX_BYTES),
	CYAML_FIELD_UINT("version", REQUIRED, struct raw_manifest, version),
	CYAML_FIELD_STRING_PTR("title", POINTER, struct raw_manifest, title, 1, TEXT_MAX_BYTES),
	CYAML_FIELD_STRING_PTR("plugin", POINTER | OPTIONAL, struct raw_manifest, plugin, 1, NAME_MAX_BYTES),
	CYAML_FIELD_MAPPING_PTR("kind", POINTER | OPTIONAL, struct raw_manifest, kind, kind_fields),
	CYAML_FIELD_SEQUENCE_COUNT("workloads", POINTER, struct raw_manifest, workloads, n_workloads, &workload, 1,
				   ENTRIES_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("checks", POINTER, struct raw_manifest, checks, n_checks, &check, 1, ENTRIES_MAX),
	CYAML_FIELD_MAPPING("bounds", OPTIONAL, struct raw_manifest, bounds, bounds_fields),
	CYAML_FIELD_MAPPING("limits", OPTIONAL, struct raw_manifest, limits, limits_fields),
	CYAML_FIELD_MAPPING("coverage", OPTIONAL, struct raw_manifest, coverage, coverage_fields),
	CYAML_FIELD_UINT("starter_max", OPTIONAL, struct raw_manifest, starter_max),
	CYAML_FIELD_SEQUENCE_COUNT("withhold", POINTER | OPTIONAL, struct raw_manifest, withhold, n_withhold, &word, 0,
				   ENTRIES_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("imports", POINTER | OPTIONAL, struct raw_manifest, imports, n_imports, &word, 0,
				   ENTRIES_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("flags", POINTER | OPTIONAL, struct raw_manifest, flags, n_flags, &word, 0,
				   ENTRIES_MAX),
	CYAML_FIELD_END,
};

const cyaml_schema_value_t manifest_schema = { CYAML_VALUE_MAPPING(POINTER, struct raw_manifest, manifest_fields) };

void schema_keep_log(cyaml_log_t level, void *context, const char *format, va_list arguments)
{
	(void)level;
	char *line = xvasprintf(format, arguments);
	text_add(context, line);
	free(line);
}

/* libcyaml's words are wanted only if it refuses what validate() let through: that must not happen. */
static cyaml_config_t config(struct text *log)
{
	return (cyaml_config_t){
		.log_fn = schema_keep_log,
		.log_ctx = log,
		.mem_fn = cyaml_mem,
		.log_level = CYAML_LOG_ERROR,
		.flags = CYAML_CFG_NO_ALIAS,
	};
}

int schema_load(const struct document *document, const cyaml_schema_value_t *schema, cyaml_data_t **raw,
		struct fault *fault)
{
	struct text log = { 0 };
	cyaml_config_t options = config(&log);
	cyaml_err_t error =
	    cyaml_load_data((const uint8_t *)document->bytes.data, document->bytes.length, &options, schema, raw, NULL);
	int r = 0;
	if (error == CYAML_ERR_OOM)
		r = fault_machine(fault, ENOMEM, _("%s: cannot be read"), document->path);
	else if (error != CYAML_OK || *raw == NULL)
		r = fault_exercise(fault, "%s: %s\n%s", document->path, cyaml_strerror(error),
				   log.data != NULL ? log.data : "");
	text_free(&log);
	return r;
}

void schema_free(const cyaml_schema_value_t *schema, cyaml_data_t *raw)
{
	cyaml_config_t options = config(&(struct text){ 0 });
	cyaml_free(&options, schema, raw, 0);
}
