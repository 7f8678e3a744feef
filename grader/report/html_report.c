#include <errno.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "html_class.h"
#include "html_resources.h"
#include "html_text.h"
#include "lecture.h"
#include "report.h"
#include "text.h"
#include "translate.h"

/* One page that needs nothing else and loads nothing: the results as JSON, and a script that shows them. Its security
 * policy names the hashes of our own script and style, so that no other would run. */

/* ---- the parts of the page ---- */

struct page {
	FILE *out;
	const struct result *const *results;
	size_t n;
	bool lecture; /* a lecture on them, and not they themselves */
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

/* What the page of one submission is headed with: whose it is; if nobody's, the file's name, or the folder's. */
static char *heading_of(const struct result *result)
{
	char *heading = xstrdup(name_of(result)), *last;
	if (result->student.name != NULL)
		return heading;
	size_t length = strlen(heading);
	while (length > 1 && heading[length - 1] == '/')
		heading[--length] = '\0';
	last = strrchr(heading, '/');
	if (last != NULL && last[1] != '\0')
		text_replace(&heading, xstrdup(last + 1));
	return heading;
}

static void put_title(struct page *page)
{
	if (page->lecture) {
		html_put_text(page->out, _("What went wrong"));
		fputs(" – syncgrade", page->out);
	} else if (page->n == 1) {
		char *heading = heading_of(page->results[0]);
		html_put_text(page->out, heading);
		free(heading);
		fputs(" – syncgrade", page->out);
	} else {
		fprintf(page->out, _("%zu submissions – syncgrade"), page->n);
	}
}

/* For readers without JavaScript. A lecture names nobody. */
static void put_table(struct page *page)
{
	if (page->lecture)
		return;
	fprintf(page->out, "<table><thead><tr><th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>\n", _("Name"),
		_("Verdict"), _("Score"));
	for (size_t i = 0; i < page->n; i++) {
		const struct result *result = page->results[i];
		fputs("<tr><td>", page->out);
		html_put_text(page->out, name_of(result));
		fprintf(page->out, "</td><td>%s</td><td>", _(report_verdict_words(result->verdict)));
		if (result->verdict == VERDICT_ERROR)
			fputs(_("not graded"), page->out);
		else
			fprintf(page->out, "%u/%u", result->score, result->max_score);
		fputs("</td></tr>\n", page->out);
	}
	fputs("</tbody></table>", page->out);
}

/* One submission whole; of a class the table, and each submission packed. */
static void put_data(struct page *page)
{
	json_t *data = page->lecture  ? lecture_json(page->results, page->n)
		       : page->n == 1 ? json_pack("[o]", html_result(page->results[0]))
				      : html_class(page->results, page->n);
	if (html_put_json(page->out, data) < 0)
		page->error = -EIO;
}

static void put_details(struct page *page)
{
	if (!page->lecture && page->n != 1 && html_put_details(page->out, page->results, page->n) < 0)
		page->error = -EIO;
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
	if (html_put_json(page->out, object) < 0)
		page->error = -EIO;
}

static void put_language(struct page *page)
{
	html_put_text(page->out, LANGUAGE_TAG);
}

static void put_skip(struct page *page)
{
	html_put_text(page->out, _("Skip to the content"));
}

static void put_noscript(struct page *page)
{
	if (page->lecture)
		html_put_text(page->out, _("This page needs JavaScript, which is switched off in this browser."));
	else
		html_put_text(page->out,
			      _("Sorting, filtering, the reasons and the interleavings need JavaScript, which is "
				"switched off in this browser. These are the scores."));
}

static void put_footer(struct page *page)
{
	html_put_text(page->out, _("Made by syncgrade. This page loads nothing and sends nothing."));
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
	{ "{{policy}}", put_policy },     { "{{title}}", put_title },       { "{{style}}", put_style },
	{ "{{table}}", put_table },       { "{{data}}", put_data },         { "{{details}}", put_details },
	{ "{{script}}", put_script },     { "{{language}}", put_language }, { "{{skip}}", put_skip },
	{ "{{noscript}}", put_noscript }, { "{{footer}}", put_footer },     { "{{translations}}", put_translations },
};

static const struct part *part_at(const char *at)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strncmp(at, parts[i].mark, strlen(parts[i].mark)) == 0)
			return &parts[i];
	}
	return NULL;
}

static int put_page(struct page *page)
{
	for (const char *at = html_page; *at != '\0';) {
		const struct part *part = part_at(at);
		if (part != NULL)
			part->put(page);
		else
			fputc(*at, page->out);
		at += part != NULL ? strlen(part->mark) : 1;
	}
	return page->error != 0 || ferror(page->out) ? -EIO : 0;
}

static int html_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	struct page page = { .out = out, .results = results, .n = n };
	(void)style;
	return put_page(&page);
}

static int lecture_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	struct page page = { .out = out, .results = results, .n = n, .lecture = true };
	(void)style;
	return put_page(&page);
}

const struct report_format report_html = { .name = "html", .for_students = true, .all = html_all };
const struct report_format report_lecture = {
	.name = "lecture", .for_students = true, .terms = true, .all = lecture_all
};
