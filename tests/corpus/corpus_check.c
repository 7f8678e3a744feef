/* corpus_check SYNCGRADE PLUGIN.c [EXPECTATION.yaml] [RESULT.json]
 *
 * Grades PLUGIN.c with the program SYNCGRADE and compares the result with what is expected: with an expectation, that
 * the checks that it names fail, under the engines that it names; without one, that every check passes. Keeps the
 * result as RESULT.json. Of a reference solution (in a folder `solutions`) process-shared must pass as well, though it
 * is a remark. Checks that fail and are all remarks leave the verdict a pass. Exit status 0: as expected; 1: not; 2:
 * could not be told. */
#include <cyaml/cyaml.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct failing {
	char *check;
	char **engines;
	unsigned n_engines;
};

struct expectation {
	char *claim;
	char *others; /* "pass": every check that `fails` does not name, remarks apart, passes */
	char *needs;  /* "explore": only where that engine takes part */
	int switches; /* least number of context switches of the counterexamples; 0: not said */
	struct failing *fails;
	unsigned n_fails;
	char **passes;
	unsigned n_passes;
};

static const cyaml_schema_value_t string_schema = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED) };

static const cyaml_schema_field_t failing_fields[] = {
	CYAML_FIELD_STRING_PTR("check", CYAML_FLAG_POINTER, struct failing, check, 1, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE_COUNT("engines", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct failing, engines,
				   n_engines, &string_schema, 0, 3),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t failing_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct failing,
									 failing_fields) };

static const cyaml_schema_field_t expectation_fields[] = {
	CYAML_FIELD_STRING_PTR("claim", CYAML_FLAG_POINTER, struct expectation, claim, 1, CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("others", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, others, 1,
			       CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("needs", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, needs, 1,
			       CYAML_UNLIMITED),
	CYAML_FIELD_INT("switches", CYAML_FLAG_OPTIONAL, struct expectation, switches),
	CYAML_FIELD_SEQUENCE_COUNT("fails", CYAML_FLAG_POINTER, struct expectation, fails, n_fails, &failing_schema, 1,
				   CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE_COUNT("passes", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, passes,
				   n_passes, &string_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t expectation_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct expectation,
									     expectation_fields) };

static const cyaml_config_t yaml_config = { .log_fn = cyaml_log, .mem_fn = cyaml_mem, .log_level = CYAML_LOG_WARNING };

static bool wrong;

static void complain(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	wrong = true;
}

/* Runs the grader and reads its standard output. NULL if it is no JSON. */
static json_t *grade(const char *program, const char *plugin, int *status)
{
	json_error_t error;
	int pipe_fds[2];
	if (pipe(pipe_fds) < 0)
		return NULL;
	pid_t pid = fork();
	if (pid == 0) {
		dup2(pipe_fds[1], STDOUT_FILENO);
		close(pipe_fds[0]);
		close(pipe_fds[1]);
		execl(program, program, "grade", "--format", "json", plugin, (char *)NULL);
		_exit(127);
	}
	close(pipe_fds[1]);
	FILE *file = fdopen(pipe_fds[0], "r");
	json_t *root = file != NULL ? json_loadf(file, 0, &error) : NULL;
	if (file != NULL)
		fclose(file);
	if (waitpid(pid, status, 0) < 0)
		*status = -1;
	return root;
}

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text != NULL ? text : "";
}

static json_t *find(json_t *array, const char *key, const char *value)
{
	size_t i;
	json_t *element;
	json_array_foreach(array, i, element)
	{
		if (strcmp(text_of(element, key), value) == 0)
			return element;
	}
	return NULL;
}

/* An engine that was spared another hang has not been asked; another one has said fail then. */
static bool was_spared(const json_t *said)
{
	return strncmp(text_of(said, "message"), "Not run: it hangs", 17) == 0;
}

static void expect_engine(const json_t *check, const char *engine)
{
	json_t *said = find(json_object_get(check, "engines"), "engine", engine);
	if (said != NULL && was_spared(said))
		return;
	if (said == NULL)
		complain("%s: %s took no part", text_of(check, "id"), engine);
	else if (strcmp(text_of(said, "status"), "fail") != 0)
		complain("%s: %s says %s: %s", text_of(check, "id"), engine, text_of(said, "status"),
			 text_of(said, "message"));
}

static void expect_fail(json_t *checks, const struct failing *failing)
{
	json_t *check = find(checks, "id", failing->check);
	if (check == NULL) {
		complain("%s: there is no such check", failing->check);
		return;
	}
	if (strcmp(text_of(check, "status"), "fail") != 0)
		complain("%s: %s, should fail", failing->check, text_of(check, "status"));
	if (strcmp(text_of(check, "message"), "") == 0)
		complain("%s: fails without a word", failing->check);
	for (unsigned i = 0; i < failing->n_engines; i++)
		expect_engine(check, failing->engines[i]);
}

/* The least number of context switches among the counterexamples of the checks that must fail. */
static void expect_switches(json_t *checks, const struct expectation *expectation)
{
	json_int_t least = -1;
	for (unsigned i = 0; i < expectation->n_fails; i++) {
		json_t *check = find(checks, "id", expectation->fails[i].check);
		json_t *switches = json_object_get(json_object_get(check, "counterexample"), "context_switches");
		if (json_is_integer(switches) && (least < 0 || json_integer_value(switches) < least))
			least = json_integer_value(switches);
	}
	if (expectation->switches != 0 && least != expectation->switches)
		complain("a counterexample with %d context switches, should be %d", (int)least, expectation->switches);
}

static void expect_pass(json_t *checks, const char *id)
{
	json_t *check = find(checks, "id", id);
	if (check == NULL)
		complain("%s: there is no such check", id);
	else if (strcmp(text_of(check, "status"), "pass") != 0)
		complain("%s: %s, should pass: %s", id, text_of(check, "status"), text_of(check, "message"));
}

static bool is_remark(const json_t *check)
{
	return json_integer_value(json_object_get(check, "max_score")) == 0;
}

static bool is_named(const struct expectation *expectation, const char *id)
{
	for (unsigned i = 0; i < expectation->n_fails; i++) {
		if (strcmp(expectation->fails[i].check, id) == 0)
			return true;
	}
	return false;
}

static void expect_others(json_t *checks, const struct expectation *expectation)
{
	size_t i;
	json_t *check;
	json_array_foreach(checks, i, check)
	{
		if (!is_remark(check) && !is_named(expectation, text_of(check, "id")))
			expect_pass(checks, text_of(check, "id"));
	}
}

/* Whether a plugin works between processes is not a matter of taste: it is told of every reference solution. */
static void expect_sharing(json_t *checks, const struct expectation *expectation)
{
	size_t i;
	json_t *check;
	json_array_foreach(checks, i, check)
	{
		bool named = expectation != NULL && is_named(expectation, text_of(check, "id"));
		if (strcmp(text_of(check, "property"), "process-shared") == 0 && !named)
			expect_pass(checks, text_of(check, "id"));
	}
}

static void expect_all_pass(const json_t *result, json_t *checks)
{
	size_t i;
	json_t *check;
	if (strcmp(text_of(result, "verdict"), "pass") != 0)
		complain("verdict %s, should be pass: %s", text_of(result, "verdict"), text_of(result, "message"));
	json_array_foreach(checks, i, check)
	{
		if (!is_remark(check))
			expect_pass(checks, text_of(check, "id"));
	}
}

/* Whether the checks that must fail cost points: if they are remarks, the plugin passes all the same. */
static bool costs_points(json_t *checks, const struct expectation *expectation)
{
	for (unsigned i = 0; i < expectation->n_fails; i++) {
		json_t *check = find(checks, "id", expectation->fails[i].check);
		if (check == NULL || !is_remark(check))
			return true;
	}
	return false;
}

static void compare(const json_t *result, int status, const struct expectation *expectation, bool solution)
{
	json_t *checks = json_object_get(result, "checks");
	int expected = expectation != NULL && costs_points(checks, expectation);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
		complain("exit status %d, should be %d", WIFEXITED(status) ? WEXITSTATUS(status) : -1, expected);
	if (solution)
		expect_sharing(checks, expectation);
	if (expectation == NULL) {
		expect_all_pass(result, checks);
		return;
	}
	if (strcmp(text_of(result, "verdict"), expected ? "fail" : "pass") != 0)
		complain("verdict %s, should be %s: %s", text_of(result, "verdict"), expected ? "fail" : "pass",
			 expectation->claim);
	for (unsigned i = 0; i < expectation->n_fails; i++)
		expect_fail(checks, &expectation->fails[i]);
	expect_switches(checks, expectation);
	if (expectation->others != NULL)
		expect_others(checks, expectation);
	for (unsigned i = 0; i < expectation->n_passes; i++)
		expect_pass(checks, expectation->passes[i]);
}

static void keep(const json_t *result, const char *path)
{
	if (path != NULL && json_dump_file(result, path, JSON_INDENT(1)) < 0)
		complain("%s cannot be written", path);
}

int main(int argc, char **argv)
{
	struct expectation *expectation = NULL;
	int status = 0;
	if (argc < 3 || argc > 5) {
		fprintf(stderr, "usage: corpus_check SYNCGRADE PLUGIN.c [EXPECTATION.yaml|-] [RESULT.json]\n");
		return 2;
	}
	if (argc > 3 && strcmp(argv[3], "-") != 0) {
		cyaml_err_t error =
		    cyaml_load_file(argv[3], &yaml_config, &expectation_schema, (cyaml_data_t **)&expectation, NULL);
		if (error != CYAML_OK) {
			fprintf(stderr, "%s: %s\n", argv[3], cyaml_strerror(error));
			return 2;
		}
	}
	json_t *result = grade(argv[1], argv[2], &status);
	if (result == NULL) {
		fprintf(stderr, "%s printed no JSON\n", argv[1]);
		return 2;
	}
	compare(result, status, expectation, strstr(argv[2], "/solutions/") != NULL);
	keep(result, argc > 4 ? argv[4] : NULL);
	if (wrong)
		json_dumpf(result, stdout, JSON_INDENT(1));
	json_decref(result);
	cyaml_free(&yaml_config, &expectation_schema, expectation, 0);
	return wrong ? 1 : 0;
}
