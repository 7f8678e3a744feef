#include "matrix.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "translate.h"

static const char *const marks[] = {
	[STATUS_PASS] = "·",  [STATUS_FAIL] = "✗",      [STATUS_INCONCLUSIVE] = "?",
	[STATUS_ERROR] = "!", [STATUS_UNCOUNTED] = "–",
};

static const char *mark(const struct subject *subject, const char *check)
{
	const struct check_result *found = result_find_check(subject->result, check);
	return found != NULL ? marks[found->status] : " ";
}

static bool fails(const struct subject *subject, const char *check)
{
	const struct check_result *found = subject->result != NULL ? result_find_check(subject->result, check) : NULL;
	return found != NULL && found->status == STATUS_FAIL;
}

static bool is_as_expected(const struct subject *subject)
{
	return subject->complaints == NULL || subject->complaints[0] == '\0';
}

static bool is_survivor(const struct subject *subject)
{
	return !subject->solution && !subject->starter && subject->result != NULL &&
	       subject->result->verdict == VERDICT_PASS && !is_as_expected(subject);
}

static bool is_false_alarm(const struct subject *subject)
{
	return subject->solution && subject->result != NULL && !is_as_expected(subject);
}

static unsigned count_failed(const struct verification *verification, const struct subject *subject, size_t *which)
{
	unsigned n = 0;
	for (size_t c = 0; c < verification->exercise.n_checks; c++) {
		if (fails(subject, verification->exercise.checks[c].id)) {
			*which = c;
			n++;
		}
	}
	return n;
}

static bool catches_any(const struct verification *verification, const char *check)
{
	for (size_t i = 0; i < verification->subjects.n; i++) {
		const struct subject *subject = &verification->subjects.list[i];
		if (!subject->solution && !subject->starter && fails(subject, check))
			return true;
	}
	return false;
}

/* ---- for people ---- */

static void print_matrix(const struct verification *verification, FILE *out)
{
	const struct exercise *exercise = &verification->exercise;
	const struct subject_list *subjects = &verification->subjects;
	size_t width = 0, shown = 0;
	for (size_t c = 0; c < exercise->n_checks; c++)
		fprintf(out, "  %2zu  %s%s\n", c + 1, exercise->checks[c].id,
			exercise->checks[c].points == 0 ? _(" (a remark)") : "");
	for (size_t i = 0; i < subjects->n; i++)
		width = strlen(subjects->list[i].name) > width ? strlen(subjects->list[i].name) : width;
	fprintf(out, "\n%*s", (int)width + 2, "");
	for (size_t c = 0; c < exercise->n_checks; c++)
		fprintf(out, " %2zu", c + 1);
	fputs(_("  points\n"), out);
	for (size_t i = 0; i < subjects->n; i++) {
		const struct subject *subject = &subjects->list[i];
		if (subject->result == NULL)
			continue;
		shown++;
		fprintf(out, "  %-*s", (int)width, subject->name);
		for (size_t c = 0; c < exercise->n_checks; c++)
			fprintf(out, "  %s", mark(subject, exercise->checks[c].id));
		fprintf(out, "  %4u%s\n", subject->result->score,
			is_as_expected(subject) ? "" : _("   ← not as expected"));
	}
	fprintf(out,
		_("\n  · pass   ✗ fail   ? could not be judged   – does not count   ! the machine's fault   (%zu "
		  "plugins)\n"),
		shown);
}

static void print_lines(FILE *out, const char *text)
{
	for (const char *line = text; *line != '\0';) {
		size_t length = strcspn(line, "\n");
		fprintf(out, "      %.*s\n", (int)length, line);
		line += length + (line[length] == '\n');
	}
}

static void print_some(const struct verification *verification, FILE *out, const char *title,
		       bool (*belongs)(const struct subject *))
{
	size_t n = 0;
	for (size_t i = 0; i < verification->subjects.n; i++)
		n += belongs(&verification->subjects.list[i]);
	fprintf(out, "%s: %s\n", title, n == 0 ? _("none") : "");
	for (size_t i = 0; i < verification->subjects.n; i++) {
		const struct subject *subject = &verification->subjects.list[i];
		if (!belongs(subject))
			continue;
		fprintf(out, "  %s\n", subject->name);
		print_lines(out, subject->complaints);
	}
}

static bool is_otherwise_wrong(const struct subject *subject)
{
	return !is_as_expected(subject) && !is_survivor(subject) && !is_false_alarm(subject);
}

static void print_starter(const struct verification *verification, FILE *out)
{
	for (size_t i = 0; i < verification->subjects.n; i++) {
		const struct subject *subject = &verification->subjects.list[i];
		if (subject->starter && subject->result != NULL)
			fprintf(out, _("the starter as it is: %u points (it may get %u)\n"), subject->result->score,
				verification->exercise.starter_max);
	}
}

static void print_differences(const struct verification *verification, FILE *out)
{
	for (size_t i = 0; i < verification->subjects.n; i++) {
		const struct subject *subject = &verification->subjects.list[i];
		if (subject->differs == NULL)
			continue;
		fprintf(out, _("%s is not judged the same each time:\n"), subject->name);
		print_lines(out, subject->differs);
	}
}

static bool all_graded(const struct verification *verification)
{
	for (size_t i = 0; i < verification->subjects.n; i++) {
		if (verification->subjects.list[i].result == NULL)
			return false;
	}
	return true;
}

static void print_weak_spots(const struct verification *verification, FILE *out)
{
	const struct exercise *exercise = &verification->exercise;
	fputs(_("checks that no mutant fails:"), out);
	size_t n = 0, which = 0;
	for (size_t c = 0; c < exercise->n_checks; c++) {
		if (!catches_any(verification, exercise->checks[c].id))
			fprintf(out, "%s %s", n++ > 0 ? "," : "", exercise->checks[c].id);
	}
	fprintf(out, "%s%s\n", n == 0 ? " " : "", n == 0 ? _("none") : "");
	fputs(_("mutants that one check alone catches:\n"), out);
	for (size_t i = 0; i < verification->subjects.n; i++) {
		const struct subject *subject = &verification->subjects.list[i];
		if (!subject->solution && !subject->starter && count_failed(verification, subject, &which) == 1)
			fprintf(out, "  %s: %s\n", subject->name, exercise->checks[which].id);
	}
}

void matrix_text(const struct verification *verification, FILE *out)
{
	fprintf(out, "%s: %s\n\n", verification->exercise.id, verification->exercise.title);
	print_matrix(verification, out);
	fputs("\n", out);
	if (verification->notes.length > 0) {
		fputs(_("wrong with the exercise itself:\n"), out);
		print_lines(out, verification->notes.data);
	}
	print_some(verification, out, _("survivors (mutants that pass)"), is_survivor);
	print_some(verification, out, _("false alarms (solutions that fail)"), is_false_alarm);
	print_some(verification, out, _("otherwise not as expected"), is_otherwise_wrong);
	print_starter(verification, out);
	print_differences(verification, out);
	if (all_graded(verification))
		print_weak_spots(verification, out);
}

/* ---- for programs ---- */

static json_t *subject_json(const struct verification *verification, const struct subject *subject)
{
	json_t *checks = json_object(), *object = json_object();
	for (size_t c = 0; c < verification->exercise.n_checks; c++) {
		const struct check_result *check =
		    result_find_check(subject->result, verification->exercise.checks[c].id);
		if (check != NULL)
			json_object_set_new(checks, check->id, json_string(status_name(check->status)));
	}
	json_object_set_new(object, "name", json_string(subject->name));
	json_object_set_new(object, "score", json_integer((json_int_t)subject->result->score));
	json_object_set_new(object, "verdict", json_string(verdict_name(subject->result->verdict)));
	json_object_set_new(object, "checks", checks);
	json_object_set_new(object, "survivor", json_boolean(is_survivor(subject)));
	json_object_set_new(object, "false_alarm", json_boolean(is_false_alarm(subject)));
	json_object_set_new(object, "complaints", json_string(subject->complaints));
	json_object_set_new(object, "differs", subject->differs != NULL ? json_string(subject->differs) : json_null());
	return object;
}

void matrix_json(const struct verification *verification, FILE *out)
{
	json_t *root = json_object(), *plugins = json_array(), *unfailed = json_array();
	for (size_t i = 0; i < verification->subjects.n; i++) {
		if (verification->subjects.list[i].result != NULL)
			json_array_append_new(plugins, subject_json(verification, &verification->subjects.list[i]));
	}
	for (size_t c = 0; c < verification->exercise.n_checks; c++) {
		if (!catches_any(verification, verification->exercise.checks[c].id))
			json_array_append_new(unfailed, json_string(verification->exercise.checks[c].id));
	}
	json_object_set_new(root, "exercise", json_string(verification->exercise.id));
	json_object_set_new(root, "holds", json_boolean(verification_holds(verification)));
	json_object_set_new(root, "wrong_with_the_exercise",
			    json_string(verification->notes.length > 0 ? verification->notes.data : ""));
	json_object_set_new(root, "plugins", plugins);
	json_object_set_new(root, "checks_that_no_mutant_fails", unfailed);
	json_dumpf(root, out, JSON_INDENT(2));
	fputs("\n", out);
	json_decref(root);
}
