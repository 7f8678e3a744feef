#include <errno.h>
#include <inttypes.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "html_resources.h"
#include "report.h"
#include "result_json.h"
#include "text.h"
#include "translate.h"

/* One page that needs nothing else and loads nothing: the results as JSON, and a script that shows them. Its security
 * policy names the hashes of our own script and style, so that no other would run. */

/* ---- strangers' text in HTML ---- */

/* As character data or in a quoted attribute. Control bytes and bidirectional overrides are spelled out. */
static void put_html(FILE *out, const char *bytes)
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
static void put_json(FILE *out, const char *json)
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

/* ---- the parts of the page ---- */

struct page {
	FILE *out;
	const struct result *const *results;
	size_t n;
	int error;
};

static void put_hash(FILE *out, const char *text)
{
	struct sha256_ctx context;
	uint8_t digest[SHA256_DIGEST_SIZE];
	char base64[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
	sha256_init(&context);
	sha256_update(&context, strlen(text), (const uint8_t *)text);
	sha256_digest(&context, sizeof(digest), digest);
	base64_encode_raw(base64, sizeof(digest), digest);
	fprintf(out, "'sha256-%s'", base64);
}

static void put_policy(struct page *page)
{
	fputs("default-src 'none'; script-src ", page->out);
	put_hash(page->out, html_script);
	fputs("; style-src ", page->out);
	put_hash(page->out, html_style);
	fputs("; img-src data:; base-uri 'none'; form-action 'none'", page->out);
}

static const char *name_of(const struct result *result)
{
	return result->student.name != NULL ? result->student.name : result->submission;
}

static void put_title(struct page *page)
{
	if (page->n == 1) {
		put_html(page->out, name_of(page->results[0]));
		fputs(" – syncgrade", page->out);
	} else {
		fprintf(page->out, _("%zu submissions – syncgrade"), page->n);
	}
}

/* For readers without JavaScript. */
static void put_table(struct page *page)
{
	fprintf(page->out, "<table><thead><tr><th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>\n", _("Name"),
		_("Verdict"), _("Score"));
	for (size_t i = 0; i < page->n; i++) {
		const struct result *result = page->results[i];
		fputs("<tr><td>", page->out);
		put_html(page->out, name_of(result));
		fprintf(page->out, "</td><td>%s</td><td>", _(report_verdict_words(result->verdict)));
		if (result->verdict == VERDICT_ERROR)
			fputs(_("not graded"), page->out);
		else
			fprintf(page->out, "%u/%u", result->score, result->max_score);
		fputs("</td></tr>\n", page->out);
	}
	fputs("</tbody></table>", page->out);
}

static void put_data(struct page *page)
{
	fputc('[', page->out);
	for (size_t i = 0; i < page->n; i++) {
		json_t *root = result_to_json(page->results[i], RESULT_JSON_WITH_SOURCE);
		if (page->results[i]->n_hidden > 0)
			json_object_set_new(root, "hidden_checks",
					    json_pack("{s:I, s:I}", "count", (json_int_t)page->results[i]->n_hidden,
						      "points", (json_int_t)page->results[i]->hidden_points));
		make_exact(root);
		char *json = root != NULL ? json_dumps(root, JSON_COMPACT) : NULL;
		if (json == NULL)
			page->error = -EIO;
		else
			put_json(page->out, json);
		fputs(i + 1 < page->n ? ",\n" : "", page->out);
		free(json);
		json_decref(root);
	}
	fputc(']', page->out);
}

/* What the script needs of the catalogue: { "in English": "in the page's language" }. */
static void put_translations(struct page *page)
{
	json_t *object = json_object();
	for (size_t i = 0; html_messages[i] != NULL; i++) {
		const char *translation = _(html_messages[i]);
		if (translation != html_messages[i])
			json_object_set_new(object, html_messages[i], json_string(translation));
	}
	char *json = json_dumps(object, JSON_COMPACT);
	if (json == NULL)
		page->error = -EIO;
	else
		put_json(page->out, json);
	free(json);
	json_decref(object);
}

static void put_language(struct page *page)
{
	put_html(page->out, LANGUAGE_TAG);
}

static void put_skip(struct page *page)
{
	put_html(page->out, _("Skip to the content"));
}

static void put_noscript(struct page *page)
{
	put_html(page->out, _("Sorting, filtering, the reasons and the interleavings need JavaScript, which is "
			      "switched off in this browser. These are the scores."));
}

static void put_footer(struct page *page)
{
	put_html(page->out, _("Made by syncgrade. This page loads nothing and sends nothing."));
}

static void put_style(struct page *page)
{
	fputs(html_style, page->out);
}

static void put_script(struct page *page)
{
	fputs(html_script, page->out);
}

static const struct part {
	const char *mark;
	void (*put)(struct page *page);
} parts[] = {
	{ "{{policy}}", put_policy },
	{ "{{title}}", put_title },
	{ "{{style}}", put_style },
	{ "{{table}}", put_table },
	{ "{{data}}", put_data },
	{ "{{script}}", put_script },
	{ "{{language}}", put_language },
	{ "{{skip}}", put_skip },
	{ "{{noscript}}", put_noscript },
	{ "{{footer}}", put_footer },
	{ "{{translations}}", put_translations },
};

static const struct part *part_at(const char *at)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strncmp(at, parts[i].mark, strlen(parts[i].mark)) == 0)
			return &parts[i];
	}
	return NULL;
}

static int html_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	struct page page = { .out = out, .results = results, .n = n };
	(void)style;
	for (const char *at = html_page; *at != '\0';) {
		const struct part *part = part_at(at);
		if (part != NULL)
			part->put(&page);
		else
			fputc(*at, out);
		at += part != NULL ? strlen(part->mark) : 1;
	}
	return page.error != 0 || ferror(out) ? -EIO : 0;
}

const struct report_format report_html = { .name = "html", .for_students = true, .all = html_all };
