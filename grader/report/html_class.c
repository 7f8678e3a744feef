#include "html_class.h"

#include <errno.h>
#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "html_text.h"
#include "result_json.h"
#include "statistics.h"
#include "text.h"

/* A block is unpacked whole when one of its submissions is opened. */
enum { BLOCK_RESULTS = 24 };

/* ---- the table ---- */

struct table {
	struct statistics statistics;
	json_t *checks; /* distinct, in the order in which they come */
	json_t *known;  /* { "as JSON": index in checks } */
};

static json_t *index_of_cause(const struct statistics *statistics, const struct result *result,
			      const struct check_result *check)
{
	const struct class_cause *cause = statistics_cause(statistics, result, check);
	return cause != NULL ? json_integer(cause - statistics->causes) : json_null();
}

/* The table tells a pass by less than all executions there are. */
static json_t *coverage_of(const struct check_result *check)
{
	const struct coverage *coverage = check_coverage(check);
	if (check->status != STATUS_PASS || coverage == NULL || coverage->kind >= COVERAGE_BOUNDED)
		return json_null();
	return json_pack("{s:s, s:I, s:s, s:I, s:I}", "kind", coverage_name(coverage->kind), "switches",
			 (json_int_t)coverage->switches, "surprises", surprises_name(coverage->surprises), "executions",
			 (json_int_t)coverage->executions, "cut", (json_int_t)coverage->cut);
}

static json_t *check_of(const struct statistics *statistics, const struct result *result,
			const struct check_result *check)
{
	return json_pack("{s:o, s:s, s:I, s:o, s:o}", "id", json_text(check->id), "status", status_name(check->status),
			 "max_score", (json_int_t)check->max_score, "cause", index_of_cause(statistics, result, check),
			 "coverage", coverage_of(check));
}

static json_t *index_of_check(struct table *table, const struct result *result, const struct check_result *check)
{
	json_t *value = check_of(&table->statistics, result, check);
	char *key = value != NULL ? json_dumps(value, JSON_COMPACT) : NULL;
	json_t *index = key != NULL ? json_object_get(table->known, key) : NULL;
	if (key != NULL && index == NULL) {
		index = json_integer((json_int_t)json_array_size(table->checks));
		json_array_append(table->checks, value);
		json_object_set_new(table->known, key, index);
	}
	free(key);
	json_decref(value);
	return json_incref(index);
}

static json_t *row_of(struct table *table, const struct result *result)
{
	json_t *checks = json_array();
	for (size_t i = 0; i < result->n_checks; i++)
		json_array_append_new(checks, index_of_check(table, result, &result->checks[i]));
	return json_pack("[o, o, o, o, s, I, I, o, o, o]", json_text(result->student.key),
			 json_text(result->student.name), json_text(result->student.id), json_text(result->submission),
			 verdict_name(result->verdict), (json_int_t)result->score, (json_int_t)result->max_score,
			 json_text(result->exercise), checks, result->n_hidden > 0 ? html_hidden(result) : json_null());
}

static json_t *causes_of_class(const struct statistics *statistics)
{
	json_t *causes = json_array();
	for (size_t i = 0; i < statistics->n_causes; i++) {
		const struct class_cause *cause = &statistics->causes[i];
		json_t *ids = json_array();
		for (size_t k = 0; k < cause->n_ids; k++)
			json_array_append_new(ids, json_text(cause->ids[k]));
		json_array_append_new(causes, json_pack("{s:o, s:o, s:b, s:o}", "words", json_text(cause->words),
							"mistake", json_text(cause->check->resembles), "remark",
							(int)cause->remark, "ids", ids));
	}
	return causes;
}

static json_t *blocks_of(size_t n)
{
	json_t *blocks = json_array();
	for (size_t i = 0; i < n; i += BLOCK_RESULTS)
		json_array_append_new(blocks,
				      json_integer(n - i < BLOCK_RESULTS ? (json_int_t)(n - i) : BLOCK_RESULTS));
	return blocks;
}

json_t *html_class(const struct result *const *results, size_t n)
{
	struct table table = { .checks = json_array(), .known = json_object() };
	statistics_count(&table.statistics, results, n);
	json_t *rows = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, row_of(&table, results[i]));
	json_t *root = json_pack("{s:o, s:o, s:o, s:o}", "checks", table.checks, "causes",
				 causes_of_class(&table.statistics), "rows", rows, "blocks", blocks_of(n));
	statistics_free(&table.statistics);
	json_decref(table.known);
	return root;
}

/* ---- the details ---- */

static int put_packed(FILE *out, const char *bytes)
{
	uLong length = (uLong)strlen(bytes);
	uLongf packed_length = compressBound(length);
	uint8_t *packed = xcalloc(packed_length, 1);
	char *base64 = NULL;
	int r = compress2(packed, &packed_length, (const Bytef *)bytes, length, Z_BEST_COMPRESSION) == Z_OK ? 0 : -EIO;
	if (r == 0) {
		base64 = xcalloc(BASE64_ENCODE_RAW_LENGTH(packed_length) + 1, 1);
		base64_encode_raw(base64, packed_length, packed);
		fprintf(out, "<script type=\"text/plain\" class=\"details\">%s</script>\n", base64);
	}
	free(base64);
	free(packed);
	return r;
}

int html_put_details(FILE *out, const struct result *const *results, size_t n)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i += BLOCK_RESULTS) {
		json_t *block = json_array();
		for (size_t k = i; k < n && k < i + BLOCK_RESULTS; k++)
			json_array_append_new(block, html_result(results[k]));
		char *json = json_dumps(block, JSON_COMPACT);
		r = json != NULL ? put_packed(out, json) : -EIO;
		free(json);
		json_decref(block);
	}
	return r;
}
