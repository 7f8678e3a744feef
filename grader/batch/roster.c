#include "roster.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

enum column { COLUMN_NAME, COLUMN_ID, COLUMN_LOGIN, COLUMN_EMAIL, COLUMN_OTHER };
enum { COLUMNS_MAX = 64, FIELD_BYTES_MAX = 4096, ENTRIES_MAX = 100000 };

static const struct {
	const char *title;
	enum column column;
} titles[] = {
	{ "name", COLUMN_NAME },           { "student", COLUMN_NAME },
	{ "full name", COLUMN_NAME },      { "id", COLUMN_ID },
	{ "sis user id", COLUMN_ID },      { "identifier", COLUMN_ID },
	{ "student id", COLUMN_ID },       { "login", COLUMN_LOGIN },
	{ "username", COLUMN_LOGIN },      { "sis login id", COLUMN_LOGIN },
	{ "email", COLUMN_EMAIL },         { "e-mail", COLUMN_EMAIL },
	{ "email address", COLUMN_EMAIL },
};

/* Reading in progress: libcsv calls back for each field and row. */
struct reading {
	const char *path;
	struct roster *roster;
	struct fault *fault;
	int error;
	unsigned line, column, n_columns;
	enum column columns[COLUMNS_MAX];
	bool headed, known, row_has_text;
	struct roster_entry entry;
};

static enum column column_of(const char *title)
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

static void take_field(void *bytes, size_t length, void *argument)
{
	struct reading *reading = argument;
	char **targets[] = { &reading->entry.name, &reading->entry.id, &reading->entry.login, &reading->entry.email };
	unsigned column = reading->column++;
	char *value = xstrndup(bytes != NULL ? bytes : "", length);
	if (length > FIELD_BYTES_MAX || column >= COLUMNS_MAX) {
		complain(reading, length > FIELD_BYTES_MAX ? "a field is longer than 4096 bytes: is a quote missing?"
							   : "more than 64 columns");
	} else if (!reading->headed) {
		/* A byte order mark, as spreadsheets write it, is not part of the first title. */
		bool marked = column == 0 && strncmp(value, "\xef\xbb\xbf", 3) == 0;
		reading->columns[column] = column_of(value + (marked ? 3 : 0));
		reading->known = reading->known || reading->columns[column] != COLUMN_OTHER;
		reading->n_columns = column + 1;
	} else if (value[0] != '\0') {
		reading->row_has_text = true;
		if (column < reading->n_columns && reading->columns[column] != COLUMN_OTHER) {
			text_replace(targets[reading->columns[column]], value);
			value = NULL;
		}
	}
	free(value);
}

static void end_row(int terminator, void *argument)
{
	struct reading *reading = argument;
	struct roster *roster = reading->roster;
	(void)terminator;
	reading->line++;
	if (!reading->headed) {
		if (!reading->known)
			complain(reading, "the first row names no column that is known: name, id, login or email");
		reading->headed = true;
	} else if (reading->row_has_text && reading->error == 0) {
		struct roster_entry *entry = &reading->entry;
		if (reading->column > reading->n_columns)
			complain(reading, "more fields than the first row has: is a comma not quoted?");
		if (entry->name == NULL && entry->id == NULL && entry->login == NULL && entry->email == NULL)
			complain(reading, "neither name nor id");
		if (roster->n >= ENTRIES_MAX)
			complain(reading, "more than 100000 rows");
		roster->entries = xrealloc(roster->entries, (roster->n + 1) * sizeof(*roster->entries));
		roster->entries[roster->n++] = *entry;
		*entry = (struct roster_entry){ 0 };
	}
	entry_free(&reading->entry);
	reading->column = 0;
	reading->row_has_text = false;
}

static int read_stream(FILE *file, struct reading *reading)
{
	char buffer[65536];
	struct csv_parser parser;
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
		return fault_machine(reading->fault, ENOMEM, "%s", reading->path);
	reading->line = 1;
	while (reading->error == 0) {
		size_t length = fread(buffer, 1, sizeof(buffer), file);
		if (length == 0)
			break;
		if (memchr(buffer, '\0', length) != NULL)
			complain(reading, "a NUL byte: this is no CSV file");
		else if (csv_parse(&parser, buffer, length, take_field, end_row, reading) != length)
			complain(reading, csv_strerror(csv_error(&parser)));
	}
	if (reading->error == 0 && csv_fini(&parser, take_field, end_row, reading) != 0)
		complain(reading, csv_strerror(csv_error(&parser)));
	csv_free(&parser);
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
	entry_free(&reading.entry);
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
