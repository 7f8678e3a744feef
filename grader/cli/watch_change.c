#include "watch_change.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "text.h"
#include "translate.h"

/* What has come to hold, or holds no more: "; counter/data-race holds now". */
static void add_changes(struct text *line, const struct result *before, const struct result *after, bool holding)
{
	struct text ids = { 0 };
	unsigned n = 0;
	for (size_t i = 0; i < after->n_checks; i++) {
		const struct check_result *now = &after->checks[i], *then = result_find_check(before, now->id);
		bool holds = now->status == STATUS_PASS, held = then != NULL && then->status == STATUS_PASS;
		if (then != NULL && holds == holding && holds != held)
			text_printf(&ids, "%s%s", n++ > 0 ? ", " : "", now->id);
	}
	if (n > 0) {
		text_add(line, "; ");
		text_printf(line,
			    holding ? ngettext("%s holds now", "%s hold now", n)
				    : ngettext("%s holds no more", "%s hold no more", n),
			    ids.data);
	}
	text_free(&ids);
}

static void print_one(FILE *out, const struct report_style *style, const struct result *before,
		      const struct result *after)
{
	enum { HANGING = 2 };
	struct text line = { 0 };
	text_printf(&line, "%s: %u %s %u", after->submission, before->score, style->utf8 ? "→" : "->", after->score);
	add_changes(&line, before, after, true);
	add_changes(&line, before, after, false);
	char *safe = escape_terminal(line.data, false);
	report_wrap(out, style, 0, HANGING, safe);
	free(safe);
	text_free(&line);
}

void watch_change_print(FILE *out, const struct report_style *style, struct result *const *before, size_t n_before,
			struct result *const *after, size_t n_after)
{
	for (size_t i = 0; i < n_after; i++) {
		for (size_t k = 0; k < n_before; k++) {
			if (strcmp(before[k]->submission, after[i]->submission) == 0)
				print_one(out, style, before[k], after[i]);
		}
	}
}
