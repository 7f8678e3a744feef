#include "mistakes.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "schema.h"
#include "text.h"
#include "translate.h"

static const cyaml_schema_field_t fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct exercise_mistake, name, 1, 200),
	CYAML_FIELD_STRING_PTR("check", CYAML_FLAG_POINTER, struct exercise_mistake, check, 1, 200),
	CYAML_FIELD_STRING_PTR("shape", CYAML_FLAG_POINTER, struct exercise_mistake, shape, 16, 16),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t mistake = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct exercise_mistake,
								  fields) };

static const cyaml_schema_value_t list = { CYAML_VALUE_SEQUENCE(CYAML_FLAG_POINTER, struct exercise_mistake, &mistake,
								0, CYAML_UNLIMITED) };

int mistakes_read(const char *folder, struct exercise_mistake **mistakes, size_t *n, struct fault *fault)
{
	struct text log = { 0 };
	cyaml_config_t config = {
		.log_fn = schema_keep_log, .log_ctx = &log, .mem_fn = cyaml_mem, .log_level = CYAML_LOG_ERROR
	};
	char *path = xasprintf("%s/%s", folder, MISTAKES_FILE);
	unsigned count = 0;
	int r = 0;
	*mistakes = NULL;
	*n = 0;
	if (access(path, F_OK) < 0)
		goto out;
	cyaml_err_t error = cyaml_load_file(path, &config, &list, (cyaml_data_t **)mistakes, &count);
	if (error == CYAML_ERR_FILE_OPEN)
		r = fault_machine(fault, errno, _("%s: cannot be read"), path);
	else if (error != CYAML_OK)
		r = fault_exercise(fault,
				   _("%s: %s; remove it; ‘syncgrade verify %s --write-mistakes’ writes it anew\n%s"),
				   path, cyaml_strerror(error), folder, log.data != NULL ? log.data : "");
	else
		*n = count;
out:
	text_free(&log);
	free(path);
	return r;
}

void mistakes_free(struct exercise_mistake *mistakes, size_t n)
{
	const cyaml_config_t config = { .mem_fn = cyaml_mem };
	if (mistakes != NULL)
		cyaml_free(&config, &list, mistakes, (unsigned)n);
}
