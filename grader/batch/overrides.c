#include "overrides.h"

#include <csv.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "text.h"
#include "translate.h"

enum column { COLUMN_WHO, COLUMN_NAME, COLUMN_POINTS, COLUMN_LATE, COLUMN_SUBMITTED, COLUMN_COMMENT, COLUMN_COUNT };
enum { COLUMN_OTHER = COLUMN_COUNT, COLUMNS_MAX = 256 };

static const struct {
	const char *title;
	enum column column;
} titles[] = {
	{ "key", COLUMN_WHO },
	{ "id", COLUMN_WHO },
	{ "login", COLUMN_WHO },
	{ "identifier", COLUMN_WHO },
	{ "student", COLUMN_WHO },
	{ "학번", COLUMN_WHO },
	{ "name", COLUMN_NAME },
	{ "full name", COLUMN_NAME },
	{ "이름", COLUMN_NAME },
	{ "points", COLUMN_POINTS },
	{ "점수", COLUMN_POINTS },
	{ "late", COLUMN_LATE },
	{ "late factor", COLUMN_LATE },
	{ "submitted", COLUMN_SUBMITTED },
	{ "last modified (submission)", COLUMN_SUBMITTED },
	{ "comment", COLUMN_COMMENT },
	{ "설명", COLUMN_COMMENT },
};

struct reading {
	const char *path;
	const struct late_rule *rule;
	struct result **results;
	size_t n_results;
	unsigned *seen;     /* of each result: the line that was about it; 0: none */
	unsigned line, row; /* of the file, from 1: that is read, and in which the row begins */
	unsigned column, n_columns, columns[COLUMNS_MAX];
	bool headed, within; /* a row has begun */
	char *values[COLUMN_COUNT];
	struct fault *fault;
	int error;
};

static void complain(struct reading *reading, const char *what)
{
	if (reading->error == 0)
		reading->error = fault_exercise(reading->fault, "%s:%u: %s", reading->path, reading->row, what);
}

/* ---- times ---- */

bool late_time(const char *text, long long *seconds)
{
	static const char *const forms[] = { "%Y-%m-%d %H:%M:%S",        "%Y-%m-%d %H:%M",    "%Y-%m-%dT%H:%M:%S",
					     "%Y-%m-%dT%H:%M",           "%Y-%m-%d-%H-%M-%S", "%A, %d %B %Y, %I:%M %p",
					     "%A, %d %B %Y, %I:%M:%S %p" };
	locale_t plain = newlocale(LC_TIME_MASK, "C", (locale_t)0), before = uselocale(plain);
	bool known = false;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]) && !known; i++) {
		struct tm tm = { .tm_isdst = -1 };
		const char *end = strptime(text, forms[i], &tm);
		tm.tm_isdst = -1;
		known = end != NULL && *end == '\0';
		if (known)
			*seconds = (long long)mktime(&tm);
	}
	uselocale(before);
	freelocale(plain);
	return known;
}

static unsigned days_late(const struct late_rule *rule, long long submitted)
{
	enum { DAY_S = 24 * 60 * 60 };
	return submitted <= rule->deadline ? 0 : (unsigned)((submitted - rule->deadline + DAY_S - 1) / DAY_S);
}

/* "Lab 1_kim_attempt_2024-03-04-10-00-00_lock.c" */
static bool time_of_name(const struct result *result, long long *seconds)
{
	enum { TIME_LENGTH = sizeof("2024-03-04-10-00-00") - 1 };
	const char *at = strstr(result->submission, "_attempt_");
	char *text = at != NULL ? xstrndup(at + strlen("_attempt_"), TIME_LENGTH) : NULL;
	bool known = text != NULL && late_time(text, seconds);
	free(text);
	return known;
}

/* ---- what becomes of a score ---- */

struct change {
	bool has_points, has_factor;
	unsigned points, days;
	double factor;
	const char *comment;
};

static void add_reason(struct text *text, char *reason)
{
	text_printf(text, "%s%s", text->length > 0 ? "; " : "", reason);
	free(reason);
}

static void change_score(struct result *result, const struct change *change)
{
	struct text text = { 0 };
	double score = change->has_points ? change->points : result->score;
	if (change->has_points)
		add_reason(&text, xasprintf(_("%u points were given by hand"), change->points));
	if (change->has_factor && change->days > 0)
		add_reason(&text,
			   xasprintf(ngettext("handed in %u day late: %.0f %% of the points count",
					      "handed in %u days late: %.0f %% of the points count", change->days),
				     change->days, 100 * change->factor));
	else if (change->has_factor)
		add_reason(&text, xasprintf(_("handed in late: %.0f %% of the points count"), 100 * change->factor));
	if (change->comment != NULL)
		add_reason(&text, xstrdup(change->comment));
	if (text.length == 0)
		return;
	result->graded_score = result->score;
	result->score = (unsigned)(score * (change->has_factor ? change->factor : 1) + 0.5);
	text_replace(&result->adjusted, text_take(&text));
}

static void apply_days(const struct late_rule *rule, long long submitted, struct change *change)
{
	change->days = rule->known ? days_late(rule, submitted) : 0;
	if (change->days == 0 || change->has_factor)
		return;
	unsigned long percent = (unsigned long)change->days * rule->percent_day;
	change->has_factor = true;
	change->factor = percent < 100 ? (double)(100 - percent) / 100 : 0;
}

/* ---- rows ---- */

/* "Participant 11" is 11. */
static bool is_who(const struct student *student, const char *who)
{
	const char *space = strrchr(who, ' '), *number = space != NULL ? space + 1 : who;
	return student_is(student, who) || (student->login != NULL && strcasecmp(student->login, who) == 0) ||
	       (student->platform_id != NULL && strcmp(student->platform_id, number) == 0);
}

/* The result that is meant, with the number of those that may be. */
static size_t find_result(const struct reading *reading, size_t *found)
{
	const char *who = reading->values[COLUMN_WHO], *name = reading->values[COLUMN_NAME];
	size_t n = 0;
	for (size_t i = 0; i < reading->n_results; i++) {
		const struct student *student = &reading->results[i]->student;
		bool is =
		    who != NULL ? is_who(student, who) : student->name != NULL && strcasecmp(student->name, name) == 0;
		if (is) {
			*found = i;
			n++;
		}
	}
	return n;
}

static void read_points(struct reading *reading, struct change *change, const struct result *result)
{
	const char *text = reading->values[COLUMN_POINTS];
	char *end;
	if (text == NULL)
		return;
	unsigned long points = strtoul(text, &end, 10);
	if (end == text || *end != '\0' || points > result->max_score)
		complain(reading, _("points are a whole number, and no more than the exercise gives"));
	change->has_points = true;
	change->points = (unsigned)points;
}

static void read_late(struct reading *reading, struct change *change)
{
	const char *text = reading->values[COLUMN_LATE];
	char *end;
	if (text == NULL)
		return;
	change->factor = strtod(text, &end);
	if (end != text && (strcmp(end, "%") == 0 || strcmp(end, " %") == 0))
		change->factor /= 100;
	else if (end == text || *end != '\0')
		change->factor = -1;
	if (!(change->factor >= 0 && change->factor <= 1))
		complain(reading, _("late is a factor from 0 to 1 (0.8), or a share (80 %)"));
	change->has_factor = true;
}

static void read_submitted(struct reading *reading, struct change *change, const struct result *result)
{
	const char *text = reading->values[COLUMN_SUBMITTED];
	long long seconds;
	/* Moodle writes "-" where nothing was handed in. */
	bool told = text != NULL && strcmp(text, "-") != 0;
	if (told && !late_time(text, &seconds))
		complain(reading, _("submitted is a time like 2026-10-01 23:59"));
	else if (told || time_of_name(result, &seconds))
		apply_days(reading->rule, seconds, change);
}

static void apply_row(struct reading *reading)
{
	size_t found = 0;
	bool named = reading->values[COLUMN_WHO] != NULL || reading->values[COLUMN_NAME] != NULL;
	bool decides = reading->values[COLUMN_POINTS] != NULL || reading->values[COLUMN_LATE] != NULL ||
		       reading->values[COLUMN_COMMENT] != NULL;
	size_t n = named ? find_result(reading, &found) : 0;
	/* A platform's list has those too who handed in nothing. */
	if (n == 0 && !decides)
		return;
	if (n != 1) {
		complain(reading,
			 !named   ? _("the row does not say whose it is")
			 : n == 0 ? _("nobody among the results is that: correct key, id or name, or remove the row")
				  : _("several results are that: say whose by key or id"));
		return;
	}
	if (reading->seen[found] != 0) {
		complain(reading, _("a row above it is about the same student: remove one"));
		return;
	}
	struct result *result = reading->results[found];
	struct change change = { .comment = reading->values[COLUMN_COMMENT] };
	reading->seen[found] = reading->row;
	read_points(reading, &change, result);
	read_late(reading, &change);
	read_submitted(reading, &change, result);
	if (reading->error == 0 && result->verdict != VERDICT_ERROR)
		change_score(result, &change);
}

static void take_title(struct reading *reading, const char *title)
{
	unsigned column = COLUMN_OTHER;
	if (strncmp(title, "\xef\xbb\xbf", 3) == 0)
		title += 3;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]) && column == COLUMN_OTHER; i++) {
		if (strcasecmp(title, titles[i].title) == 0)
			column = titles[i].column;
	}
	reading->columns[reading->n_columns++] = column;
}

static void take_field(void *bytes, size_t length, void *argument)
{
	struct reading *reading = argument;
	unsigned column = reading->column++;
	char *value = xstrndup(bytes != NULL ? bytes : "", length);
	if (column >= COLUMNS_MAX)
		complain(reading, _("more than 256 columns"));
	else if (!reading->headed)
		take_title(reading, value);
	else if (column >= reading->n_columns)
		complain(reading, _("more fields than the first row has: is a comma not quoted?"));
	else if (value[0] != '\0' && reading->columns[column] != COLUMN_OTHER &&
		 reading->values[reading->columns[column]] == NULL)
		reading->values[reading->columns[column]] = xstrdup(value);
	free(value);
}

static bool has_column(const struct reading *reading, enum column wanted)
{
	for (unsigned i = 0; i < reading->n_columns; i++) {
		if (reading->columns[i] == wanted)
			return true;
	}
	return false;
}

static void end_row(int byte, void *argument)
{
	struct reading *reading = argument;
	(void)byte;
	if (!reading->headed && !has_column(reading, COLUMN_WHO) && !has_column(reading, COLUMN_NAME))
		complain(reading, _("the first row has to name a column key, id, login, identifier or name"));
	else if (!reading->headed && !has_column(reading, COLUMN_POINTS) && !has_column(reading, COLUMN_LATE) &&
		 !has_column(reading, COLUMN_SUBMITTED) && !has_column(reading, COLUMN_COMMENT))
		complain(reading, _("the first row has to name a column points, late, submitted or comment"));
	else if (reading->headed && reading->error == 0)
		apply_row(reading);
	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		text_replace(&reading->values[i], NULL);
	reading->headed = true;
	reading->column = 0;
	reading->within = false;
}

/* ---- all ---- */

/* A field in quotes may have lines of its own, so that rows are no lines. */
static void read_byte(struct reading *reading, struct csv_parser *parser, char byte, char before)
{
	if (!reading->within && strchr(" \t\r\n", byte) == NULL) {
		reading->within = true;
		reading->row = reading->line;
	}
	if (csv_parse(parser, &byte, 1, take_field, end_row, reading) != 1)
		complain(reading, csv_strerror(csv_error(parser)));
	if (byte == '\r' || (byte == '\n' && before != '\r'))
		reading->line++;
}

static int read_rows(struct reading *reading, FILE *file)
{
	struct csv_parser parser;
	char block[65536], before = '\0';
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
		return fault_machine(reading->fault, ENOMEM, "%s", reading->path);
	for (size_t length; reading->error == 0 && (length = fread(block, 1, sizeof(block), file)) > 0;) {
		for (size_t i = 0; i < length && reading->error == 0; i++) {
			read_byte(reading, &parser, block[i], before);
			before = block[i];
		}
	}
	if (reading->error == 0 && csv_fini(&parser, take_field, end_row, reading) != 0)
		complain(reading, _("a quote is opened and not closed"));
	csv_free(&parser);
	if (reading->error == 0 && !reading->headed)
		complain(reading, _("it is empty"));
	return reading->error;
}

/* Those of whom no row says when they handed in, where the submission's name does. */
static void apply_names(const struct reading *reading)
{
	for (size_t i = 0; i < reading->n_results; i++) {
		struct result *result = reading->results[i];
		struct change change = { 0 };
		long long seconds;
		if (reading->seen[i] != 0 || result->verdict == VERDICT_ERROR || !time_of_name(result, &seconds))
			continue;
		apply_days(reading->rule, seconds, &change);
		change_score(result, &change);
	}
}

int overrides_apply(const char *path, const struct late_rule *rule, struct result **results, size_t n,
		    struct fault *fault)
{
	struct reading reading = {
		.path = path,
		.rule = rule,
		.results = results,
		.n_results = n,
		.line = 1,
		.row = 1,
		.fault = fault,
	};
	FILE *file = path != NULL ? fopen(path, "re") : NULL;
	if (path != NULL && file == NULL)
		return fault_machine(fault, errno, "%s", path);
	reading.seen = xcalloc(n + 1, sizeof(*reading.seen));
	int r = file != NULL ? read_rows(&reading, file) : 0;
	if (r == 0)
		apply_names(&reading);
	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		free(reading.values[i]);
	free(reading.seen);
	if (file != NULL)
		fclose(file);
	return r;
}
