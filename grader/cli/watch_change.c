#include "watch_change.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "text.h"
#include "translate.h"

static void add_changes(struct text *line, const struct result *before, const struct result *after)
{
	for (size_t i = 0; i < after->n_checks; i++) {
		const struct check_result *now = &after->checks[i], *then = result_find_check(before, now->id);
		bool holds = now->status == STATUS_PASS, held = then != NULL && then->status == STATUS_PASS;
		if (then == NULL || holds == held)
			continue;
		text_add(line, "; ");
		text_printf(line, holds ? _("%s holds now") : _("%s holds no more"), now->id);
	}
}

static void print_one(FILE *out, bool utf8, const struct result *before, const struct result *after)
{
	struct text line = { 0 };
	text_printf(&line, "%s: %u %s %u", after->submission, before->score, utf8 ? "→" : "->", after->score);
	add_changes(&line, before, after);
	char *safe = escape_terminal(line.data, false);
	fprintf(out, "%s\n", safe);
	free(safe);
	text_free(&line);
}

void watch_change_print(FILE *out, bool utf8, struct result *const *before, size_t n_before,
			struct result *const *after, size_t n_after)
{
	for (size_t i = 0; i < n_after; i++) {
		for (size_t k = 0; k < n_before; k++) {
			if (strcmp(before[k]->submission, after[i]->submission) == 0)
				print_one(out, utf8, before[k], after[i]);
		}
	}
}
