#include <stdlib.h>
#include <string.h>

#include "bound_names.h"
#include "result_json.h"
#include "saying_json.h"
#include "text.h"
#include "translate.h"

/* Reading is forgiving where nothing depends on it (an unknown member, a missing message) and strict where a grade
 * does. */

static char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text != NULL ? xstrdup(text) : NULL;
}

static uint64_t number_of(const json_t *object, const char *key)
{
	json_int_t number = json_integer_value(json_object_get(object, key));
	return number > 0 ? (uint64_t)number : 0;
}

static unsigned small_of(const json_t *object, const char *key)
{
	uint64_t number = number_of(object, key);
	return number <= 1000000000u ? (unsigned)number : 0;
}

static bool flag_of(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

/* A number that may be negative, or absent. */
static bool signed_of(const json_t *object, const char *key, uint64_t *value)
{
	const json_t *number = json_object_get(object, key);
	*value = (uint64_t)json_integer_value(number);
	return json_is_integer(number);
}

static bool status_of(const json_t *object, enum check_status *status)
{
	const char *name = json_string_value(json_object_get(object, "status"));
	return name != NULL && status_from_name(name, status);
}

static void parse_place(const json_t *object, struct source_place *place)
{
	place->function = text_of(object, "function");
	place->file = text_of(object, "file");
	place->line = small_of(object, "line");
}

static void parse_step(const json_t *object, struct step *step)
{
	char *op = text_of(object, "op");
	step->thread = small_of(object, "thread") < 64 ? small_of(object, "thread") : 63;
	step->op = op != NULL ? op : xstrdup("note");
	step->variable = text_of(object, "variable");
	step->order = text_of(object, "order");
	step->has_value = signed_of(object, "value", &step->value);
	step->has_stored = signed_of(object, "stored", &step->stored);
	step->has_newest = signed_of(object, "newest", &step->newest);
	step->value_name = text_of(object, "value_name");
	step->stored_name = text_of(object, "stored_name");
	step->newest_name = text_of(object, "newest_name");
	step->newest_thread = small_of(object, "newest_thread");
	step->repeat = small_of(object, "repeat") != 0 ? small_of(object, "repeat") : 1;
	step->culprit = flag_of(object, "culprit");
	step->context = flag_of(object, "context");
	step->note = text_of(object, "note");
	parse_place(object, &step->place);
}

static struct counterexample *parse_counterexample(const json_t *object)
{
	size_t i;
	json_t *step;
	if (!json_is_object(object))
		return NULL;
	struct counterexample *counterexample = counterexample_create();
	char *schedule = text_of(object, "schedule"), *model = text_of(object, "memory_model");
	counterexample->schedule = schedule != NULL ? schedule : xstrdup("");
	counterexample->memory_model = model != NULL ? model : xstrdup("c11");
	counterexample->summary = text_of(object, "summary");
	counterexample->only_weak = flag_of(object, "only_weak");
	counterexample->context_switches = small_of(object, "context_switches");
	json_array_foreach(json_object_get(object, "steps"), i, step)
	    parse_step(step, counterexample_add_step(counterexample));
	counterexample->cycle_begin = small_of(object, "cycle_begin");
	counterexample->cycle_end = small_of(object, "cycle_end");
	if (counterexample->cycle_end > counterexample->n_steps)
		counterexample->cycle_begin = counterexample->cycle_end = 0;
	return counterexample;
}

static void parse_coverage(const json_t *object, struct coverage *coverage)
{
	const char *kind = json_string_value(json_object_get(object, "kind"));
	coverage->known = kind != NULL && coverage_from_name(kind, &coverage->kind);
	coverage->switches = small_of(object, "switches");
	/* Results of before say nothing of them. */
	const char *surprises = json_string_value(json_object_get(object, "surprises"));
	if (surprises == NULL || !surprises_from_name(surprises, &coverage->surprises))
		coverage->surprises = SURPRISES_LIKE_ALL;
	coverage->executions = number_of(object, "executions");
	coverage->cut = number_of(object, "cut");
}

/* Older results have none; names that are not known are of a later version. */
static uint32_t parse_bounds(const json_t *array)
{
	uint32_t bounds = 0;
	size_t i;
	json_t *name;
	json_array_foreach(array, i, name)
	{
		enum bound bound;
		if (json_is_string(name) && bound_from_name(json_string_value(name), &bound))
			bounds |= 1u << bound;
	}
	return bounds;
}

static bool parse_engine(const json_t *object, struct check_result *check)
{
	enum engine_id id;
	enum check_status status;
	const char *name = json_string_value(json_object_get(object, "engine"));
	const json_t *bypass = json_object_get(object, "max_bypass");
	if (name == NULL || !engine_from_name(name, &id) || !status_of(object, &status))
		return false;
	struct engine_result *engine = check_add_engine(check, id);
	engine->status = status;
	/* Older results do not have it. */
	const json_t *threads = json_object_get(object, "threads");
	engine->threads = json_is_integer(threads) ? (unsigned)json_integer_value(threads) : 0;
	engine->executions = number_of(object, "executions");
	engine->complete = flag_of(object, "complete");
	parse_coverage(json_object_get(object, "coverage"), &engine->coverage);
	engine->bounds = parse_bounds(json_object_get(object, "bounds"));
	engine->max_bypass = json_is_integer(bypass) ? (int64_t)json_integer_value(bypass) : -1;
	engine->duration_ms = number_of(object, "duration_ms");
	engine->message = text_of(object, "message");
	return true;
}

static bool parse_check(const json_t *object, struct result *result)
{
	size_t i;
	json_t *engine, *requires;
	const char *property = json_string_value(json_object_get(object, "property"));
	struct check_result *check = result_add_check(result);
	check->id = text_of(object, "id");
	check->workload = text_of(object, "workload");
	check->score = small_of(object, "score");
	check->max_score = small_of(object, "max_score");
	check->hidden = flag_of(object, "hidden");
	check->unmet = text_of(object, "unmet");
	json_array_foreach(json_object_get(object, "requires"), i, requires)
	{
		if (json_is_string(requires))
			check_add_requirement(check, json_string_value(requires));
	}
	check->message = text_of(object, "message");
	check->hint = text_of(object, "hint");
	check->section = text_of(object, "section");
	check->resembles = text_of(object, "resembles");
	check->counterexample = parse_counterexample(json_object_get(object, "counterexample"));
	json_array_foreach(json_object_get(object, "engines"), i, engine)
	{
		if (!parse_engine(engine, check))
			return false;
	}
	return check->id != NULL && check->workload != NULL && property != NULL &&
	       property_from_name(property, &check->property) && status_of(object, &check->status) &&
	       check->score <= check->max_score;
}

static void parse_finding(const json_t *object, struct result *result)
{
	size_t i;
	json_t *place;
	enum engine_id engine;
	const char *kind = json_string_value(json_object_get(object, "kind"));
	const char *name = json_string_value(json_object_get(object, "engine"));
	struct finding *finding = result_add_finding(result, kind != NULL ? kind : "");
	finding->workload = text_of(object, "workload");
	finding->message = text_of(object, "message");
	if (finding->message == NULL)
		finding->message = xstrdup("");
	if (name != NULL && engine_from_name(name, &engine))
		finding->engine = (int)engine;
	json_array_foreach(json_object_get(object, "places"), i, place) parse_place(place, finding_add_place(finding));
}

static bool parse_verdict(const json_t *root, struct result *result)
{
	const char *name = json_string_value(json_object_get(root, "verdict"));
	for (enum verdict verdict = VERDICT_PASS; name != NULL && verdict <= VERDICT_ERROR; verdict++) {
		if (strcmp(name, verdict_name(verdict)) == 0) {
			result->verdict = verdict;
			return true;
		}
	}
	return false;
}

static void parse_environment(const json_t *object, struct result *result)
{
	size_t i;
	json_t *phase;
	result->machine = text_of(object, "machine");
	result->compiler = text_of(object, "compiler");
	result->sandbox = text_of(object, "sandbox");
	result->challenge = text_of(object, "challenge");
	result->duration_ms = number_of(object, "duration_ms");
	json_array_foreach(json_object_get(object, "phases"), i, phase)
	{
		char *name = text_of(phase, "name");
		result_add_phase(result, name != NULL ? name : "", number_of(phase, "duration_us"));
		free(name);
	}
}

static void parse_source(const json_t *object, struct result *result)
{
	char *file = text_of(object, "file"), *text = text_of(object, "text");
	if (file != NULL && text != NULL) {
		result->source_file = file;
		result->source_text = text;
		return;
	}
	free(file);
	free(text);
}

/* Results of before have none: their texts stay in the language that they were told in. */
static void parse_wordings(const json_t *array, struct result *result)
{
	size_t i;
	json_t *object;
	json_array_foreach(array, i, object)
	{
		const char *language;
		json_t *text;
		struct wording *wording = json_object_size(object) > 0 ? wordings_add(&result->wordings) : NULL;
		json_object_foreach(object, language, text)
		    wording_add(wording, language, json_is_string(text) ? json_string_value(text) : "");
	}
}

static void parse_sentences(const json_t *array, struct result *result)
{
	size_t i;
	json_t *element;
	json_array_foreach(array, i, element)
	{
		const char *text = json_string_value(json_object_get(element, "text"));
		char *said = saying_from_json(json_object_get(element, "said"));
		if (text != NULL && said[0] != '\0')
			result_add_said(result, text, said);
		free(said);
	}
	result_say_again(result);
}

static const char *parse(const json_t *root, struct result *result)
{
	size_t i;
	json_t *element;
	json_array_foreach(json_object_get(root, "checks"), i, element)
	{
		if (!parse_check(element, result))
			return _("one of its checks is not as the schema says");
	}
	json_array_foreach(json_object_get(root, "findings"), i, element) parse_finding(element, result);
	const json_t *student = json_object_get(root, "student");
	result->student = (struct student){
		.key = text_of(student, "key"),
		.name = text_of(student, "name"),
		.id = text_of(student, "id"),
		.platform_id = text_of(student, "platform_id"),
		.login = text_of(student, "login"),
		.conflict = text_of(student, "conflict"),
	};
	result->exercise_digest = text_of(root, "exercise_digest");
	result->evidence_digest = text_of(root, "evidence_digest");
	result->sha256 = text_of(root, "sha256");
	result->exercise = text_of(root, "exercise");
	result->exercise_folder = text_of(root, "exercise_folder");
	result->exercise_version = small_of(root, "exercise_version");
	result->message = text_of(root, "message");
	result->output = text_of(root, "output");
	parse_source(json_object_get(root, "source"), result);
	parse_wordings(json_object_get(root, "wordings"), result);
	parse_sentences(json_object_get(root, "sentences"), result);
	result->score = small_of(root, "score");
	result->max_score = small_of(root, "max_score");
	parse_environment(json_object_get(root, "environment"), result);
	if (!parse_verdict(root, result))
		return _("its verdict is none of pass, fail, error");
	return result->score <= result->max_score ? NULL : _("its score is above max_score");
}

struct result *result_from_json(const json_t *root, const char **problem)
{
	const char *schema = json_string_value(json_object_get(root, "schema"));
	const char *submission = json_string_value(json_object_get(root, "submission"));
	/* Version 1 knew neither what was covered nor what a check builds on: its checks all count. */
	bool known =
	    schema != NULL && (strcmp(schema, RESULT_SCHEMA) == 0 || strcmp(schema, "syncgrade/result/1") == 0);
	if (!known || submission == NULL) {
		*problem = _("its schema is neither syncgrade/result/2 nor syncgrade/result/1");
		return NULL;
	}
	struct result *result = result_create(submission);
	*problem = parse(root, result);
	if (*problem != NULL) {
		result_destroy(result);
		return NULL;
	}
	return result;
}
