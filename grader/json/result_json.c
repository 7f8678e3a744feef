#include "result_json.h"

#include <stdlib.h>
#include <string.h>

#include "bound_names.h"
#include "escape.h"
#include "saying_json.h"
#include "text.h"

/* The object that `syncgrade grade --format json` prints: schema/result-2.json. */

json_t *json_text(const char *bytes)
{
	if (bytes == NULL)
		return json_null();
	char *valid = escape_utf8(bytes);
	json_t *value = json_string(valid);
	free(valid);
	return value;
}

static json_t *number_or_null(bool known, uint64_t value)
{
	return known ? json_integer((json_int_t)value) : json_null();
}

static json_t *coverage_json(const struct coverage *coverage)
{
	if (!coverage->known)
		return json_null();
	return json_pack("{s:s, s:o, s:s, s:I, s:I}", "kind", coverage_name(coverage->kind), "switches",
			 number_or_null(coverage->kind == COVERAGE_SWITCHES, coverage->switches), "surprises",
			 surprises_name(coverage->surprises), "executions", (json_int_t)coverage->executions, "cut",
			 (json_int_t)coverage->cut);
}

static json_t *bounds_json(uint32_t bounds)
{
	json_t *names = json_array();
	for (unsigned b = 0; b < BOUND_COUNT; b++) {
		if ((bounds & 1u << b) != 0)
			json_array_append_new(names, json_string(bound_name((enum bound)b)));
	}
	return names;
}

static json_t *engine_json(const struct engine_result *engine)
{
	return json_pack("{s:s, s:s, s:o, s:I, s:b, s:o, s:o, s:o, s:I, s:o}", "engine", engine_name(engine->engine),
			 "status", status_name(engine->status), "threads",
			 number_or_null(engine->threads > 0, engine->threads), "executions",
			 (json_int_t)engine->executions, "complete", (int)engine->complete, "coverage",
			 coverage_json(&engine->coverage), "bounds", bounds_json(engine->bounds), "max_bypass",
			 number_or_null(engine->max_bypass >= 0, (uint64_t)engine->max_bypass), "duration_ms",
			 (json_int_t)engine->duration_ms, "message", json_text(engine->message));
}

/* Only what is there: results of before have none. */
static void add_name(json_t *json, const char *key, const char *name)
{
	if (name != NULL)
		json_object_set_new(json, key, json_text(name));
}

static json_t *step_json(const struct step *step)
{
	json_t *json = json_pack(
	    "{s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:I, s:b, s:o}", "thread",
	    (json_int_t)step->thread, "op", json_text(step->op), "variable", json_text(step->variable), "value",
	    number_or_null(step->has_value, step->value), "stored", number_or_null(step->has_stored, step->stored),
	    "newest", number_or_null(step->has_newest, step->newest), "newest_thread",
	    number_or_null(step->has_newest, step->newest_thread), "order", json_text(step->order), "repeat",
	    (json_int_t)step->repeat, "function", json_text(step->place.function), "file", json_text(step->place.file),
	    "line", (json_int_t)step->place.line, "culprit", (int)step->culprit, "note", json_text(step->note));
	if (step->context)
		json_object_set_new(json, "context", json_true());
	add_name(json, "value_name", step->value_name);
	add_name(json, "stored_name", step->stored_name);
	add_name(json, "newest_name", step->newest_name);
	return json;
}

static json_t *counterexample_json(const struct counterexample *counterexample)
{
	if (counterexample == NULL)
		return json_null();
	json_t *steps = json_array();
	for (size_t i = 0; i < counterexample->n_steps; i++)
		json_array_append_new(steps, step_json(&counterexample->steps[i]));
	return json_pack("{s:o, s:o, s:o, s:b, s:I, s:I, s:I, s:o}", "schedule", json_text(counterexample->schedule),
			 "memory_model", json_text(counterexample->memory_model), "summary",
			 json_text(counterexample->summary), "only_weak", (int)counterexample->only_weak,
			 "context_switches", (json_int_t)counterexample->context_switches, "cycle_begin",
			 (json_int_t)counterexample->cycle_begin, "cycle_end", (json_int_t)counterexample->cycle_end,
			 "steps", steps);
}

static json_t *check_json(const struct check_result *check)
{
	json_t *engines = json_array();
	for (size_t i = 0; i < check->n_engines; i++)
		json_array_append_new(engines, engine_json(&check->engines[i]));
	json_t *requires = json_array();
	for (size_t i = 0; i < check->n_requires; i++)
		json_array_append_new(requires, json_text(check->requires[i]));
	return json_pack("{s:o, s:o, s:s, s:s, s:I, s:I, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
			 json_text(check->id), "workload", json_text(check->workload), "property",
			 property_name(check->property), "status", status_name(check->status), "score",
			 (json_int_t)check->score, "max_score", (json_int_t)check->max_score, "hidden",
			 (int)check->hidden, "requires", requires, "unmet", json_text(check->unmet), "message",
			 json_text(check->message), "hint", json_text(check->hint), "section",
			 json_text(check->section), "resembles", json_text(check->resembles), "engines", engines,
			 "counterexample", counterexample_json(check->counterexample));
}

static json_t *finding_json(const struct finding *finding)
{
	json_t *places = json_array();
	for (size_t i = 0; i < finding->n_places; i++) {
		const struct source_place *place = &finding->places[i];
		json_array_append_new(places,
				      json_pack("{s:o, s:o, s:I}", "function", json_text(place->function), "file",
						json_text(place->file), "line", (json_int_t)place->line));
	}
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "kind", json_text(finding->kind), "workload",
			 json_text(finding->workload), "engine",
			 finding->engine >= 0 ? json_string(engine_name((enum engine_id)finding->engine)) : json_null(),
			 "message", json_text(finding->message), "places", places);
}

static json_t *phases_json(const struct result *result)
{
	json_t *phases = json_array();
	for (size_t i = 0; i < result->n_phases; i++)
		json_array_append_new(phases, json_pack("{s:o, s:I}", "name", json_text(result->phases[i].name),
							"duration_us", (json_int_t)result->phases[i].duration_us));
	return phases;
}

static json_t *student_json(const struct student *student)
{
	if (student->key == NULL)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "key", json_text(student->key), "name",
			 json_text(student->name), "id", json_text(student->id), "platform_id",
			 json_text(student->platform_id), "login", json_text(student->login), "conflict",
			 json_text(student->conflict));
}

static json_t *source_json(const struct result *result)
{
	if (result->source_text == NULL)
		return json_null();
	return json_pack("{s:o, s:o}", "file", json_text(result->source_file), "text", json_text(result->source_text));
}

/* What the texts of the result are made of, each once. */
struct sentences {
	const struct result *result;
	json_t *array;
	json_t *known; /* an object: the texts that are in the array */
};

static void add_sentences(char **text, void *context)
{
	struct sentences *sentences = context;
	const char *said = *text != NULL ? result_said(sentences->result, *text) : NULL;
	if (said == NULL)
		return;
	char *valid = escape_utf8(*text);
	if (json_object_get(sentences->known, valid) == NULL) {
		json_object_set_new(sentences->known, valid, json_true());
		json_array_append_new(sentences->array,
				      json_pack("{s:s, s:o}", "text", valid, "said", saying_to_json(said)));
	}
	free(valid);
}

static json_t *sentences_json(const struct result *result)
{
	struct sentences sentences = { result, json_array(), json_object() };
	/* It visits, and changes nothing. */
	result_visit_texts((struct result *)(uintptr_t)result, add_sentences, &sentences);
	json_decref(sentences.known);
	return sentences.array;
}

static json_t *wordings_json(const struct result *result)
{
	json_t *array = json_array();
	for (size_t i = 0; i < result->wordings.n; i++) {
		const struct wording *wording = &result->wordings.list[i];
		json_t *object = json_object();
		for (size_t k = 0; k < wording->n; k++)
			json_object_set_new(object, wording->in[k].language, json_text(wording->in[k].text));
		json_array_append_new(array, object);
	}
	return array;
}

json_t *result_to_json(const struct result *result, enum result_json_extent extent)
{
	json_t *checks = json_array(), *findings = json_array();
	for (size_t i = 0; i < result->n_checks; i++)
		json_array_append_new(checks, check_json(&result->checks[i]));
	for (size_t i = 0; i < result->n_findings; i++)
		json_array_append_new(findings, finding_json(&result->findings[i]));
	json_t *environment = json_pack("{s:s, s:o, s:o, s:o, s:o*, s:I, s:o}", "syncgrade", SYNCGRADE_VERSION,
					"machine", json_text(result->machine), "compiler", json_text(result->compiler),
					"sandbox", json_text(result->sandbox), "challenge",
					result->challenge != NULL ? json_text(result->challenge) : NULL, "duration_ms",
					(json_int_t)result->duration_ms, "phases", phases_json(result));
	return json_pack(
	    "{s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:s, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "schema", RESULT_SCHEMA, "student", student_json(&result->student), "submission",
	    json_text(result->submission), "sha256", json_text(result->sha256), "exercise", json_text(result->exercise),
	    "exercise_folder", json_text(result->exercise_folder), "exercise_version",
	    (json_int_t)result->exercise_version, "exercise_digest", json_text(result->exercise_digest),
	    "evidence_digest", json_text(result->evidence_digest), "verdict", verdict_name(result->verdict), "score",
	    (json_int_t)result->score, "max_score", (json_int_t)result->max_score, "message",
	    json_text(result->message), "checks", checks, "findings", findings, "sentences",
	    extent != RESULT_JSON_OF_A_PAGE ? sentences_json(result) : json_array(), "wordings",
	    extent != RESULT_JSON_OF_A_PAGE ? wordings_json(result) : json_array(), "output", json_text(result->output),
	    "source", extent != RESULT_JSON_PLAIN ? source_json(result) : json_null(), "environment", environment);
}
