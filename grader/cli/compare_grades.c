#include "compare_grades.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "result.h"
#include "store.h"
#include "translate.h"

struct counts {
	size_t gain, lose, other, same, fresh;
};

static void print_safe(FILE *out, const char *before, const char *text, const char *after)
{
	char *safe = escape_terminal(text, false);
	fprintf(out, "%s%s%s", before, safe, after);
	free(safe);
}

/* "  counter/data-race: pass 20 → fail 0: thread 1 …" */
static void print_check(FILE *out, const struct check_result *old, const struct check_result *new)
{
	const struct check_result *one = new != NULL ? new : old;
	bool same = old != NULL && new != NULL && old->status == new->status && old->score == new->score &&
		    old->max_score == new->max_score;
	if (same)
		return;
	print_safe(out, "  ", one->id, ": ");
	if (old != NULL)
		fprintf(out, "%s %u/%u", status_name(old->status), old->score, old->max_score);
	else
		fputs(_("no such check"), out);
	if (new != NULL)
		fprintf(out, " → %s %u/%u", status_name(new->status), new->score, new->max_score);
	else
		fprintf(out, " → %s", _("no such check"));
	if (new != NULL &&new->status != STATUS_PASS &&new->message != NULL)
		print_safe(out, ": ", new->message, "");
	fputc('\n', out);
}

static void print_why(FILE *out, const struct result *old, const struct result *new)
{
	for (size_t i = 0; i < new->n_checks; i++)
		print_check(out, result_find_check(old, new->checks[i].id), &new->checks[i]);
	for (size_t i = 0; i < old->n_checks; i++) {
		if (result_find_check(new, old->checks[i].id) == NULL)
			print_check(out, &old->checks[i], NULL);
	}
	if (new->message != NULL) {
		char *line = strndup(new->message, strcspn(new->message, "\n"));
		print_safe(out, "  ", line != NULL ? line : "", "\n");
		free(line);
	}
}

static bool checks_differ(const struct result *old, const struct result *new)
{
	bool differ = old->n_checks != new->n_checks;
	for (size_t i = 0; i < new->n_checks && !differ; i++) {
		const struct check_result *check = result_find_check(old, new->checks[i].id);
		differ = check == NULL || check->status != new->checks[i].status ||
			 check->max_score != new->checks[i].max_score;
	}
	return differ;
}

static void compare_one(FILE *out, const struct result *old, const struct result *new, struct counts *counts)
{
	print_safe(out, "", new->student.key, ": ");
	if (old == NULL) {
		fprintf(out, _("%u/%u, and had no grade\n"), new->score, new->max_score);
		counts->fresh++;
		return;
	}
	int gain = (int)new->score - (int)old->score;
	fprintf(out, "%u/%u → %u/%u", old->score, old->max_score, new->score, new->max_score);
	if (gain != 0)
		fprintf(out, gain > 0 ? _(", gains %d") : _(", loses %d"), abs(gain));
	fputc('\n', out);
	print_why(out, old, new);
	counts->gain += gain > 0;
	counts->lose += gain < 0;
	counts->other += gain == 0;
}

void compare_print(FILE *out, const char *old_folder, const char *new_folder)
{
	struct counts counts = { 0 };
	size_t n;
	char **keys = store_keys(new_folder, &n);
	for (size_t i = 0; i < n; i++) {
		struct result *old = store_read(old_folder, keys[i]), *new = store_read(new_folder, keys[i]);
		bool same = old != NULL && new != NULL && old->score == new->score && old->verdict == new->verdict &&
			    !checks_differ(old, new);
		counts.same += same;
		if (new != NULL && !same)
			compare_one(out, old, new, &counts);
		result_destroy(old);
		result_destroy(new);
		free(keys[i]);
	}
	free(keys);
	fprintf(out,
		_("%zu graded again: %zu gain, %zu lose, %zu have the same points for other reasons, %zu are the same, "
		  "%zu had no grade\n"
		  "nothing was stored; the same command without --compare stores it\n"),
		n, counts.gain, counts.lose, counts.other, counts.same, counts.fresh);
}
