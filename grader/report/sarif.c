#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "interleaving.h"
#include "report.h"
#include "submitted.h"
#include "text.h"
#include "translate.h"

/* SARIF 2.1.0 (OASIS 2020) for code scanning: a result per failed check, the interleaving as a code flow. */

enum { LOCATIONS_MAX = 1000 };

static const struct {
	enum workload_property property;
	const char *summary, *help;
} rules[] = {
	{ PROPERTY_MUTUAL_EXCLUSION, N_("Two threads are in a critical section together."),
	  N_("Only one thread at a time may be between acquire and release.") },
	{ PROPERTY_PROGRESS, N_("Threads wait for ever."),
	  N_("If the critical section is free and threads want in, one of them gets in.") },
	{ PROPERTY_BOUNDED_WAITING, N_("A thread can be overtaken for ever."),
	  N_("Once a thread waits, others may enter before it only a bounded number of times.") },
	{ PROPERTY_DATA_RACE, N_("Two threads access memory without anything that orders them."),
	  N_("Use atomic operations with enough order, or a lock.") },
	{ PROPERTY_ORDERING, N_("Events happen in an order that is not allowed."),
	  N_("What must come first must have happened before what comes after it.") },
	{ PROPERTY_CAPACITY, N_("More get in than there is room for."), N_("Never more than N inside.") },
	{ PROPERTY_LOST_WAKEUP, N_("A wake-up is lost."),
	  N_("A thread that was signalled, or whose condition holds, must not sleep on.") },
	{ PROPERTY_BUSY_WAITING, N_("A waiting thread keeps the processor busy."), N_("Block instead of spinning.") },
	{ PROPERTY_INDEPENDENCE, N_("Two objects affect one another."), N_("All state belongs to the object.") },
	{ PROPERTY_PROCESS_SHARED, N_("It does not work between processes."),
	  N_("All state lies in the object, and primitives are process-shared.") },
	{ PROPERTY_MEMORY_SAFETY, N_("Memory is used wrongly."), N_("No access outside an object or after its end.") },
	{ PROPERTY_PARALLELISM, N_("Threads that may be inside together are not."),
	  N_("Do not lock out more than must be.") },
};

static json_t *message(const char *text)
{
	char *safe = escape_terminal(text != NULL && text[0] != '\0' ? text : _("(no message)"), true);
	json_t *object = json_pack("{s:s}", "text", safe);
	free(safe);
	return object;
}

static json_t *rules_json(void)
{
	json_t *array = json_array();
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		json_array_append_new(array, json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:s}}", "id",
						       property_name(rules[i].property), "shortDescription", "text",
						       _(rules[i].summary), "fullDescription", "text",
						       _(rules[i].summary), "help", "text", _(rules[i].help)));
	return array;
}

/* The submission's path, relative as code scanning wants it. */
static char *uri_of(const struct result *result)
{
	struct text text = { 0 };
	char *submitted = submitted_path(result);
	const char *path = submitted;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	path += strspn(path, "/");
	for (; *path != '\0'; path++) {
		unsigned char byte = (unsigned char)*path;
		bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
			     (byte >= '0' && byte <= '9') || strchr("/._-~", byte) != NULL;
		if (plain)
			text_append(&text, path, 1);
		else
			text_printf(&text, "%%%02X", byte);
	}
	free(submitted);
	return text_take(&text);
}

static json_t *location(const struct result *result, unsigned line, const char *text)
{
	char *uri = uri_of(result);
	json_t *object = json_pack("{s:{s:{s:s}, s:{s:I}}}", "physicalLocation", "artifactLocation", "uri", uri,
				   "region", "startLine", (json_int_t)(line != 0 ? line : 1));
	if (text != NULL)
		json_object_set_new(object, "message", message(text));
	free(uri);
	return object;
}

static json_t *thread_flow(const struct result *result, const struct report_style *style,
			   const struct counterexample *counterexample)
{
	json_t *locations = json_array();
	unsigned line = 1;
	for (size_t i = 0; i < counterexample->n_steps && json_array_size(locations) < LOCATIONS_MAX; i++) {
		const struct step *step = &counterexample->steps[i];
		char *what = interleaving_step(step, style);
		if (what == NULL)
			continue;
		/* A step of the workload is told at the line where its thread's caller was. */
		line = submitted_step(result, step) ? step->place.line : line;
		char *text = xasprintf(_("thread %u: %s"), step->thread, what + strspn(what, " "));
		json_array_append_new(locations, json_pack("{s:o, s:I}", "location", location(result, line, text),
							   "executionOrder", (json_int_t)(i + 1)));
		free(text);
		free(what);
	}
	return json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", locations);
}

/* What SARIF has no words for. */
static json_t *properties(const struct check_result *check)
{
	char *explored = coverage_text(check_coverage(check));
	json_t *bag = json_pack("{s:s, s:I, s:I, s:s}", "status", status_name(check->status), "score",
				(json_int_t)check->score, "maxScore", (json_int_t)check->max_score, "check", check->id);
	json_t *requires = json_array();
	for (size_t i = 0; i < check->n_requires; i++)
		json_array_append_new(requires, json_string(check->requires[i]));
	json_object_set_new(bag, "requires", requires);
	if (explored != NULL)
		json_object_set_new(bag, "explored", json_string(explored));
	free(explored);
	return bag;
}

static json_t *check_json(const struct result *result, const struct report_style *style,
			  const struct check_result *check)
{
	const char *level = check->status == STATUS_FAIL ? check->max_score > 0 ? "error" : "note" : "warning";
	char *fingerprint = xasprintf("%s/%s", result->submission, check->id);
	char *safe = escape_utf8(fingerprint);
	json_t *object = json_pack("{s:s, s:s, s:o, s:[o], s:{s:s}}", "ruleId", property_name(check->property), "level",
				   level, "message", message(check->message), "locations",
				   location(result, submitted_line(result, check), NULL), "partialFingerprints",
				   "syncgrade/check/v1", safe);
	json_object_set_new(object, "properties", properties(check));
	if (check->counterexample != NULL && check->counterexample->n_steps > 0)
		json_object_set_new(object, "codeFlows", thread_flow(result, style, check->counterexample));
	free(safe);
	free(fingerprint);
	return object;
}

static void add_results(json_t *array, const struct report_style *style, const struct result *result)
{
	if (result->message != NULL)
		json_array_append_new(array, json_pack("{s:s, s:s, s:o, s:[o]}", "ruleId", "build", "level", "error",
						       "message", message(result->message), "locations",
						       location(result, 1, NULL)));
	for (size_t i = 0; i < result->n_checks; i++) {
		/* What could not be judged, or does not count, costs points as well. */
		const struct check_result *check = &result->checks[i];
		bool costs = check->status == STATUS_INCONCLUSIVE || check->status == STATUS_UNCOUNTED;
		if (check->status == STATUS_FAIL || (costs && check->max_score > 0))
			json_array_append_new(array, check_json(result, style, &result->checks[i]));
	}
}

static int sarif_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	json_t *array = json_array(), *rule_list = rules_json();
	json_array_append_new(rule_list,
			      json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:s}}", "id", "build", "shortDescription", "text",
					_("It cannot be graded."), "fullDescription", "text",
					_("It does not compile, or cannot be loaded."), "help", "text",
					_("Read the compiler's or the loader's reason.")));
	size_t n_hidden = 0;
	unsigned hidden_points = 0;
	for (size_t i = 0; i < n; i++) {
		add_results(array, style, results[i]);
		n_hidden += results[i]->n_hidden;
		hidden_points += results[i]->hidden_points;
	}
	json_t *root =
	    json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:o}]}", "$schema",
		      "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs", "tool", "driver",
		      "name", "syncgrade", "version", SYNCGRADE_VERSION, "rules", rule_list, "results", array);
	if (n_hidden > 0)
		json_object_set_new(json_array_get(json_object_get(root, "runs"), 0), "properties",
				    json_pack("{s:I, s:I}", "hiddenChecks", (json_int_t)n_hidden, "hiddenPoints",
					      (json_int_t)hidden_points));
	int r = root == NULL || json_dumpf(root, out, JSON_INDENT(1)) < 0 || fputc('\n', out) == EOF ? -EIO : 0;
	json_decref(root);
	return r;
}

const struct report_format report_sarif = { .name = "sarif", .for_students = true, .all = sarif_all };
