#include "lecture.h"

#include <stdlib.h>
#include <string.h>

#include "html_text.h"
#include "result_json.h"
#include "statistics.h"
#include "submitted.h"
#include "text.h"

enum { CAUSES_TOLD = 40 };

#define NOBODYS_FILE "submission.c"

/* ---- nobody's ---- */

/* Comments become blanks, so that lines and columns stay; what is in strings stays too. */
static char *without_comments(const char *source)
{
	char *text = xstrdup(source);
	char quote = 0;
	for (char *at = text; *at != '\0'; at++) {
		if (quote != 0 && *at == '\\' && at[1] != '\0') {
			at++;
		} else if (quote != 0) {
			quote = *at == quote || *at == '\n' ? 0 : quote;
		} else if (*at == '"' || *at == '\'') {
			quote = *at;
		} else if (at[0] == '/' && (at[1] == '*' || at[1] == '/')) {
			bool block = at[1] == '*';
			char *end = block ? strstr(at + 2, "*/") : strchr(at, '\n');
			end = end != NULL ? end + (block ? 2 : 0) : at + strlen(at);
			for (; at < end; at++)
				*at = *at == '\n' ? '\n' : ' ';
			at--;
		}
	}
	return text;
}

static void rename_member(json_t *object, const char *key, const char *file)
{
	const char *value = json_string_value(json_object_get(object, key));
	if (value == NULL || file == NULL)
		return;
	char *text = text_replaced(value, file, NOBODYS_FILE);
	json_object_set_new(object, key, json_string(text));
	free(text);
}

static void rename_place(json_t *place, bool submitted)
{
	const char *file = json_string_value(json_object_get(place, "file"));
	if (file != NULL)
		json_object_set_new(place, "file", json_string(submitted ? NOBODYS_FILE : basename(file)));
}

static json_t *nobodys_check(const struct class_cause *cause)
{
	json_t *root = html_result(cause->example);
	size_t index = (size_t)(cause->check - cause->example->checks);
	json_t *check = json_incref(json_array_get(json_object_get(root, "checks"), index)), *member;
	const char *file = cause->example->source_file != NULL ? basename(cause->example->source_file) : NULL;
	size_t i;
	json_decref(root);
	rename_member(check, "message", file);
	json_object_set_new(check, "engines", json_array());
	json_t *story = json_object_get(check, "counterexample");
	rename_member(story, "summary", file);
	json_array_foreach(json_object_get(story, "steps"), i, member)
	{
		rename_place(member, submitted_step(cause->example, &cause->check->counterexample->steps[i]));
		rename_member(member, "note", file);
	}
	return check;
}

static json_t *nobodys_source(const struct result *result)
{
	if (result->source_text == NULL)
		return json_null();
	char *text = without_comments(result->source_text);
	json_t *source = json_pack("{s:s, s:o}", "file", NOBODYS_FILE, "text", json_text(text));
	free(text);
	return source;
}

/* ---- the parts ---- */

static json_t *terms_json(const struct statistics *statistics)
{
	json_t *terms = json_array();
	for (size_t t = 0; t < statistics->n_terms; t++) {
		const struct term *term = &statistics->terms[t];
		json_t *histogram = json_array();
		for (unsigned i = 0; i < HISTOGRAM_BARS; i++)
			json_array_append_new(histogram, json_integer(term->histogram[i]));
		json_array_append_new(terms, json_pack("{s:o, s:I, s:I, s:f, s:f, s:o}", "name", json_text(term->name),
						       "results", (json_int_t)term->results, "graded",
						       (json_int_t)term->graded, "mean", term->mean, "median",
						       term->median, "histogram", histogram));
	}
	return terms;
}

static json_t *tallies_json(const struct statistics *statistics)
{
	json_t *tallies = json_array();
	size_t *order = statistics_by_share(statistics);
	for (size_t i = 0; i < statistics->n_tallies; i++) {
		const struct tally *tally = &statistics->tallies[order[i]];
		json_t *shares = json_array();
		for (size_t t = 0; t < statistics->n_terms; t++) {
			const struct tally *one = &statistics->term_tallies[t * statistics->n_tallies + order[i]];
			json_array_append_new(shares, tally_all(one) > 0 ? json_real(tally_share(one)) : json_null());
		}
		json_array_append_new(tallies, json_pack("{s:o, s:b, s:f, s:f, s:o}", "id", json_text(tally->id),
							 "remark", (int)tally->remark, "share", tally_share(tally),
							 "failed", tally_failed_share(tally), "terms", shares));
	}
	free(order);
	return tallies;
}

static json_t *cause_json(const struct statistics *statistics, const struct class_cause *cause, size_t n)
{
	json_t *ids = json_array(), *terms = json_array();
	for (size_t k = 0; k < cause->n_ids; k++)
		json_array_append_new(ids, json_text(cause->ids[k]));
	for (size_t t = 0; t < statistics->n_terms; t++)
		json_array_append_new(terms, json_integer(cause->terms[t]));
	return json_pack("{s:o, s:o, s:b, s:o, s:I, s:f, s:o, s:o, s:o}", "words", json_text(cause->words), "mistake",
			 json_text(cause->check->resembles), "remark", (int)cause->remark, "ids", ids, "results",
			 (json_int_t)cause->results, "share", 100.0 * cause->results / (double)n, "terms", terms,
			 "check", nobodys_check(cause), "source", nobodys_source(cause->example));
}

static const char *exercise_of(const struct result *const *results, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (results[i]->exercise != NULL)
			return results[i]->exercise;
	}
	return NULL;
}

json_t *lecture_json(const struct result *const *results, size_t n)
{
	struct statistics statistics;
	statistics_count(&statistics, results, n);
	json_t *causes = json_array();
	size_t told = statistics.n_causes < CAUSES_TOLD ? statistics.n_causes : CAUSES_TOLD;
	for (size_t i = 0; i < told; i++)
		json_array_append_new(causes, cause_json(&statistics, &statistics.causes[i], n));
	json_t *root = json_pack("{s:o, s:o, s:o, s:o, s:I}", "exercise", json_text(exercise_of(results, n)), "terms",
				 terms_json(&statistics), "tallies", tallies_json(&statistics), "causes", causes,
				 "left", (json_int_t)(statistics.n_causes - told));
	statistics_free(&statistics);
	return root;
}
