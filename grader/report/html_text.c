#include "html_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "result_json.h"
#include "text_plan.h"

/* ---- strangers' text in HTML ---- */

/* As character data or in a quoted attribute. Control bytes and bidirectional overrides are spelled out. */
void html_put_text(FILE *out, const char *bytes)
{
	char *safe = escape_terminal(bytes, false);
	for (const char *at = safe; *at != '\0'; at++) {
		if (strchr("<>&\"'", *at) != NULL)
			fprintf(out, "&#%d;", *at);
		else
			fputc(*at, out);
	}
	free(safe);
}

/* JSON inside <script>: what HTML's parser looks for (<, >, &) is spelled as an escape, and so are U+2028 and U+2029.
 * In JSON that the program wrote, these stand in strings only, where an escape means the same. */
static void put_escaped(FILE *out, const char *json)
{
	for (const char *at = json; *at != '\0'; at++) {
		if (*at == '<' || *at == '>' || *at == '&') {
			fprintf(out, "\\u%04x", (unsigned)*at);
		} else if (strncmp(at, "\xe2\x80\xa8", 3) == 0 || strncmp(at, "\xe2\x80\xa9", 3) == 0) {
			fputs(at[2] == '\xa8' ? "\\u2028" : "\\u2029", out);
			at += 2;
		} else {
			fputc(*at, out);
		}
	}
}

/* ---- numbers ---- */

/* JavaScript's numbers are exact up to 2^53: a larger one becomes a string, as a reader would see it. */
static json_t *exact(const json_t *number)
{
	enum { EXACT_BITS = 53 };
	json_int_t value = json_integer_value(number), most = (json_int_t)1 << EXACT_BITS;
	char text[32];
	if (value >= -most && value <= most)
		return NULL;
	snprintf(text, sizeof(text), "0x%" PRIx64, (uint64_t)value);
	return json_string(text);
}

static void make_exact(json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;
	void *next;
	json_object_foreach_safe(value, next, key, member)
	{
		json_t *text = json_is_integer(member) ? exact(member) : NULL;
		if (text != NULL)
			json_object_set_new(value, key, text);
		else
			make_exact(member);
	}
	json_array_foreach(value, i, member) make_exact(member);
}

/* ---- values ---- */

/* Which check's story stands for each one's (`by`), and what has to be mended before it (`first`), as the text tells
 * it. */
static void add_plan(json_t *root, const struct result *result)
{
	const struct report_style style = { 0 };
	struct plan *plans = text_plan(&(struct page){ .style = &style }, result);
	json_t *checks = json_object_get(root, "checks");
	for (size_t i = 0; i < result->n_checks; i++) {
		json_t *check = json_array_get(checks, i);
		json_object_set_new(check, "by", json_integer((json_int_t)plans[i].by));
		json_object_set_new(check, "first", json_text(plans[i].first != NULL ? plans[i].first->id : NULL));
	}
	free(plans);
}

json_t *html_result(const struct result *result)
{
	json_t *root = result_to_json(result, RESULT_JSON_OF_A_PAGE);
	if (root != NULL)
		add_plan(root, result);
	if (root != NULL && result->n_hidden > 0)
		json_object_set_new(root, "hidden_checks", html_hidden(result));
	if (root != NULL && result->adjusted != NULL)
		json_object_set_new(root, "adjusted", json_text(result->adjusted));
	make_exact(root);
	return root;
}

json_t *html_hidden(const struct result *result)
{
	return json_pack("{s:I, s:I}", "count", (json_int_t)result->n_hidden, "points",
			 (json_int_t)result->hidden_points);
}

int html_put_json(FILE *out, json_t *value)
{
	char *json = value != NULL ? json_dumps(value, JSON_COMPACT) : NULL;
	if (json != NULL)
		put_escaped(out, json);
	int r = json != NULL ? 0 : -EIO;
	free(json);
	json_decref(value);
	return r;
}
