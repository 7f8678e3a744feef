#include "expectation.h"

#include <cyaml/cyaml.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

static const cyaml_schema_value_t string_schema = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED) };

static const cyaml_schema_field_t failure_fields[] = {
	CYAML_FIELD_STRING_PTR("check", CYAML_FLAG_POINTER, struct expected_failure, check, 1, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE_COUNT("engines", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expected_failure,
				   engines, n_engines, &string_schema, 0, 3),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t failure_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct expected_failure,
									 failure_fields) };

static const cyaml_schema_field_t expectation_fields[] = {
	CYAML_FIELD_STRING_PTR("claim", CYAML_FLAG_POINTER, struct expectation, claim, 1, CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, name, 1, 200),
	CYAML_FIELD_STRING_PTR("others", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, others, 1,
			       CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("needs", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, needs, 1,
			       CYAML_UNLIMITED),
	CYAML_FIELD_INT("switches", CYAML_FLAG_OPTIONAL, struct expectation, switches),
	CYAML_FIELD_SEQUENCE_COUNT("fails", CYAML_FLAG_POINTER, struct expectation, fails, n_fails, &failure_schema, 1,
				   CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE_COUNT("passes", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, passes,
				   n_passes, &string_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t expectation_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct expectation,
									     expectation_fields) };

/* libcyaml tells what is wrong, and where, only to its log. */
static void note(cyaml_log_t level, void *context, const char *format, va_list arguments)
{
	struct text *log = context;
	char *line = xvasprintf(format, arguments);
	(void)level;
	line[strcspn(line, "\n")] = '\0';
	text_printf(log, "%s%s", log->length > 0 ? "; " : "", strncmp(line, "Load: ", 6) == 0 ? line + 6 : line);
	free(line);
}

static const cyaml_config_t quiet = { .mem_fn = cyaml_mem, .log_level = CYAML_LOG_ERROR };

struct expectation *expectation_read(const char *path, struct fault *fault)
{
	struct expectation *expectation = NULL;
	struct text log = { 0 };
	cyaml_config_t config = { .log_fn = note, .log_ctx = &log, .mem_fn = cyaml_mem, .log_level = CYAML_LOG_ERROR };
	if (access(path, R_OK) < 0) {
		fault_machine(fault, errno, "%s", path);
		return NULL;
	}
	cyaml_err_t error = cyaml_load_file(path, &config, &expectation_schema, (cyaml_data_t **)&expectation, NULL);
	char *words = text_take(&log);
	if (error != CYAML_OK)
		fault_exercise(fault, "%s: %s", path, words[0] != '\0' ? words : cyaml_strerror(error));
	free(words);
	return error == CYAML_OK ? expectation : NULL;
}

void expectation_free(struct expectation *expectation)
{
	if (expectation != NULL)
		cyaml_free(&quiet, &expectation_schema, expectation, 0);
}

bool expectation_fails(const struct expectation *expectation, const char *check)
{
	for (unsigned i = 0; expectation != NULL && i < expectation->n_fails; i++) {
		if (strcmp(expectation->fails[i].check, check) == 0)
			return true;
	}
	return false;
}
