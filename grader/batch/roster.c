#include "roster.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

enum column { COLUMN_NAME, COLUMN_ID, COLUMN_LOGIN, COLUMN_EMAIL, COLUMN_FIRST, COLUMN_LAST, COLUMN_COUNT };
enum { COLUMN_OTHER = COLUMN_COUNT, COLUMNS_MAX = 64, FIELD_BYTES_MAX = 4096, ENTRIES_MAX = 100000 };

/* As people write them, and as Canvas, Moodle and GitHub Classroom do. */
static const struct {
	const char *title;
	enum column column;
} titles[] = {
	{ "name", COLUMN_NAME },           { "student", COLUMN_NAME },
	{ "full name", COLUMN_NAME },      { "id", COLUMN_ID },
	{ "sis user id", COLUMN_ID },      { "identifier", COLUMN_ID },
	{ "id number", COLUMN_ID },        { "student id", COLUMN_ID },
	{ "login", COLUMN_LOGIN },         { "username", COLUMN_LOGIN },
	{ "sis login id", COLUMN_LOGIN },  { "github_username", COLUMN_LOGIN },
	{ "email", COLUMN_EMAIL },         { "e-mail", COLUMN_EMAIL },
	{ "email address", COLUMN_EMAIL }, { "first name", COLUMN_FIRST },
	{ "given name", COLUMN_FIRST },    { "last name", COLUMN_LAST },
	{ "surname", COLUMN_LAST },        { "family name", COLUMN_LAST },
};

/* Reading in progress: libcsv calls back for each field and row. */
struct reading {
	const char *path;
	struct roster *roster;
	struct fault *fault;
	int error;
	unsigned line; /* where the row begins */
	bool row_begun;
	unsigned column, n_columns;
	unsigned columns[COLUMNS_MAX]; /* enum column, or COLUMN_OTHER */
	bool headed, known, row_has_text, row_too_long;
	char *values[COLUMN_COUNT]; /* of the row */
};

static unsigned column_of(const char *title)
{
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		if (strcasecmp(title, titles[i].title) == 0)
			return titles[i].column;
	}
	return COLUMN_OTHER;
}

static void complain(struct reading *reading, const char *what)
{
	if (reading->error == 0)
		reading->error = fault_exercise(reading->fault, "%s:%u: %s", reading->path, reading->line, what);
}

static void entry_free(struct roster_entry *entry)
{
	free(entry->name);
	free(entry->id);
	free(entry->login);
	free(entry->email);
	*entry = (struct roster_entry){ 0 };
}

static void take_title(struct reading *reading, unsigned column, const char *title)
{
	reading->columns[column] = column_of(title);
	reading->known = reading->known || reading->columns[column] != COLUMN_OTHER;
	reading->n_columns = column + 1;
}

/* Of two columns that mean the same (Canvas: ID and SIS User ID) the first that is not empty counts. */
static void take_value(struct reading *reading, unsigned column, const char *value)
{
	reading->row_has_text = true;
	if (column >= reading->n_columns)
		reading->row_too_long = true;
	else if (reading->columns[column] != COLUMN_OTHER && reading->values[reading->columns[column]] == NULL)
		reading->values[reading->columns[column]] = xstrdup(value);
}

static void take_field(void *bytes, size_t length, void *argument)
{
	struct reading *reading = argument;
	unsigned column = reading->column++;
	char *value = xstrndup(bytes != NULL ? bytes : "", length);
	if (length > FIELD_BYTES_MAX)
		complain(reading, "a field is longer than 4096 bytes: is a quote missing?");
	else if (column >= COLUMNS_MAX)
		complain(reading, "more than 64 columns");
	else if (!reading->headed)
		take_title(reading, column, value);
	else if (value[0] != '\0')
		take_value(reading, column, value);
	free(value);
}

static char *take(char **value)
{
	char *taken = *value;
	*value = NULL;
	return taken;
}

static char *full_name(char **values)
{
	const char *first = values[COLUMN_FIRST], *last = values[COLUMN_LAST];
	if (values[COLUMN_NAME] != NULL || (first == NULL && last == NULL))
		return take(&values[COLUMN_NAME]);
	return xasprintf("%s%s%s", first != NULL ? first : "", first != NULL && last != NULL ? " " : "",
			 last != NULL ? last : "");
}

static void add_entry(struct reading *reading)
{
	struct roster *roster = reading->roster;
	struct roster_entry entry = {
		.name = full_name(reading->values),
		.id = take(&reading->values[COLUMN_ID]),
		.login = take(&reading->values[COLUMN_LOGIN]),
		.email = take(&reading->values[COLUMN_EMAIL]),
	};
	/* Canvas' gradebooks say there what an assignment is worth. */
	if (entry.id == NULL && entry.name != NULL && strcasecmp(entry.name, "Points Possible") == 0) {
		entry_free(&entry);
		return;
	}
	if (reading->row_too_long)
		complain(reading, "more fields than the first row has: is a comma not quoted?");
	else if (entry.name == NULL && entry.id == NULL && entry.login == NULL && entry.email == NULL)
		complain(reading, "neither name nor id");
	else if (roster->n >= ENTRIES_MAX)
		complain(reading, "more than 100000 rows");
	roster->entries = xrealloc(roster->entries, (roster->n + 1) * sizeof(*roster->entries));
	roster->entries[roster->n++] = entry;
}

static void end_row(int terminator, void *argument)
{
	struct reading *reading = argument;
	(void)terminator;
	if (!reading->headed && !reading->known)
		complain(reading, "the first row names no column that is known: name, id, login or email");
	else if (reading->headed && reading->row_has_text && reading->error == 0)
		add_entry(reading);
	reading->headed = true;
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		text_replace(&reading->values[i], NULL);
	reading->column = 0;
	reading->row_begun = reading->row_has_text = reading->row_too_long = false;
}

/* What stands between the titles: spreadsheets write semicolons where a comma is the decimal mark. */
static char delimiter_of(const char *titles_line)
{
	static const char known[] = { ',', ';', '\t' };
	char best = ',';
	unsigned most = 0;
	for (size_t i = 0; i < sizeof(known); i++) {
		unsigned n = 0;
		bool quoted = false;
		for (const char *at = titles_line; *at != '\0'; at++) {
			quoted = quoted != (*at == '"');
			n += !quoted && *at == known[i];
		}
		if (n > most) {
			most = n;
			best = known[i];
		}
	}
	return best;
}

/* The first line: byte order marks are not part of the first title. Returns how many bytes to pass over. */
static size_t begin(struct reading *reading, struct csv_parser *parser, const char *line, size_t length)
{
	if (length >= 2 && (memcmp(line, "\xff\xfe", 2) == 0 || memcmp(line, "\xfe\xff", 2) == 0))
		complain(reading, "this is UTF-16 text; save it as “CSV UTF-8”");
	csv_set_delim(parser, (unsigned char)delimiter_of(line));
	return length >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static void take_line(struct reading *reading, struct csv_parser *parser, const char *line, size_t length,
		      unsigned number)
{
	size_t skip = number == 1 ? begin(reading, parser, line, length) : 0;
	if (!reading->row_begun)
		reading->line = number;
	reading->row_begun = true;
	if (memchr(line, '\0', length) != NULL)
		complain(reading, "a NUL byte: this is no CSV file");
	else if (reading->error == 0 &&
		 csv_parse(parser, line + skip, length - skip, take_field, end_row, reading) != length - skip)
		complain(reading, csv_strerror(csv_error(parser)));
}

static int read_stream(FILE *file, struct reading *reading)
{
	struct csv_parser parser;
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
		return fault_machine(reading->fault, ENOMEM, "%s", reading->path);
	reading->line = 1;
	for (unsigned number = 1; reading->error == 0 && (length = getline(&line, &capacity, file)) > 0; number++)
		take_line(reading, &parser, line, (size_t)length, number);
	if (reading->error == 0 && csv_fini(&parser, take_field, end_row, reading) != 0)
		complain(reading, "a quote is opened and not closed");
	csv_free(&parser);
	free(line);
	if (reading->error == 0 && !reading->headed)
		complain(reading, "it is empty");
	return reading->error;
}

int roster_read(const char *path, struct roster *roster, struct fault *fault)
{
	struct reading reading = { .path = path, .roster = roster, .fault = fault };
	*roster = (struct roster){ 0 };
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return fault_machine(fault, errno, "the roster %s cannot be read", path);
	int r = read_stream(file, &reading);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		free(reading.values[i]);
	fclose(file);
	if (r < 0)
		roster_free(roster);
	return r;
}

void roster_free(struct roster *roster)
{
	for (size_t i = 0; i < roster->n; i++)
		entry_free(&roster->entries[i]);
	free(roster->entries);
	*roster = (struct roster){ 0 };
}

static bool same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcasecmp(a, b) == 0;
}

static struct roster_entry *find_by(struct roster *roster, const struct student *student, bool by_name)
{
	struct roster_entry *found = NULL;
	for (size_t i = 0; i < roster->n; i++) {
		struct roster_entry *entry = &roster->entries[i];
		bool match = by_name ? same(entry->name, student->name)
				     : same(entry->id, student->id) || same(entry->login, student->name) ||
					   same(entry->id, student->name) || same(entry->email, student->name);
		if (match && found != NULL)
			return NULL; /* two with the same name: which of them cannot be told */
		if (match)
			found = entry;
	}
	return found;
}

struct roster_entry *roster_match(struct roster *roster, struct student *student)
{
	struct roster_entry *entry = find_by(roster, student, false);
	if (entry == NULL)
		entry = find_by(roster, student, true);
	if (entry == NULL)
		return NULL;
	entry->seen = true;
	if (entry->name != NULL)
		text_replace(&student->name, xstrdup(entry->name));
	if (entry->id != NULL)
		text_replace(&student->id, xstrdup(entry->id));
	return entry;
}
