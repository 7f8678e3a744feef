#include "roster.h"

#include <csv.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"
#include "translate.h"
#include "utf8_names.h"

enum column {
	COLUMN_NAME,
	COLUMN_ID,
	COLUMN_LOGIN,
	COLUMN_EMAIL,
	COLUMN_FIRST,
	COLUMN_LAST,
	COLUMN_PLATFORM, /* "Participant 11", or an id */
	COLUMN_PLAIN_ID, /* "ID": the platform's where there is another */
	COLUMN_COUNT
};
enum { COLUMN_OTHER = COLUMN_COUNT, COLUMNS_MAX = 10000, FIELD_BYTES_MAX = 65536, ENTRIES_MAX = 100000 };

/* As people write them, and as Canvas, Moodle and GitHub Classroom do. */
static const struct {
	const char *title;
	enum column column;
} titles[] = {
	{ "name", COLUMN_NAME },
	{ "student", COLUMN_NAME },
	{ "full name", COLUMN_NAME },
	{ "student name", COLUMN_NAME },
	{ "성명", COLUMN_NAME },
	{ "학생", COLUMN_NAME },
	{ "학생명", COLUMN_NAME },
	{ "학생 이름", COLUMN_NAME },
	{ "전체 이름", COLUMN_NAME },
	{ "id", COLUMN_PLAIN_ID },
	{ "sis user id", COLUMN_ID },
	{ "id number", COLUMN_ID },
	{ "student id", COLUMN_ID },
	{ "student number", COLUMN_ID },
	{ "sid", COLUMN_ID },
	{ "학번", COLUMN_ID },
	{ "학생 번호", COLUMN_ID },
	{ "identifier", COLUMN_PLATFORM },
	{ "식별자", COLUMN_PLATFORM },
	{ "login", COLUMN_LOGIN },
	{ "login id", COLUMN_LOGIN },
	{ "username", COLUMN_LOGIN },
	{ "user name", COLUMN_LOGIN },
	{ "sis login id", COLUMN_LOGIN },
	{ "github username", COLUMN_LOGIN },
	{ "아이디", COLUMN_LOGIN },
	{ "사용자명", COLUMN_LOGIN },
	{ "email", COLUMN_EMAIL },
	{ "e-mail", COLUMN_EMAIL },
	{ "email address", COLUMN_EMAIL },
	{ "이메일", COLUMN_EMAIL },
	{ "이메일 주소", COLUMN_EMAIL },
	{ "전자우편", COLUMN_EMAIL },
	{ "first name", COLUMN_FIRST },
	{ "firstname", COLUMN_FIRST },
	{ "given name", COLUMN_FIRST },
	{ "이름", COLUMN_FIRST }, /* the given name, where there is a family name beside it; else all of it */
	{ "last name", COLUMN_LAST },
	{ "lastname", COLUMN_LAST },
	{ "surname", COLUMN_LAST },
	{ "family name", COLUMN_LAST },
	{ "성", COLUMN_LAST },
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
	unsigned *columns; /* enum column, or COLUMN_OTHER */
	bool headed, known, row_has_text, row_too_long;
	bool is_gradebook;          /* Canvas': has rows that are nobody's */
	bool has_other_id;          /* beside "ID" */
	char *values[COLUMN_COUNT]; /* of the row */
};

/* "SIS_User_ID " → as in the table. */
static unsigned column_of(const char *title)
{
	char *plain = utf8_composed(title);
	for (char *at = plain; *at != '\0'; at++)
		*at = *at == '_' ? ' ' : *at;
	unsigned column = COLUMN_OTHER;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]) && column == COLUMN_OTHER; i++) {
		if (strcasecmp(plain, titles[i].title) == 0)
			column = titles[i].column;
	}
	free(plain);
	return column;
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
	free(entry->platform_id);
	*entry = (struct roster_entry){ 0 };
}

static void take_title(struct reading *reading, unsigned column, const char *title)
{
	reading->columns = xrealloc(reading->columns, (column + 1) * sizeof(*reading->columns));
	reading->columns[column] = column_of(title);
	reading->known = reading->known || reading->columns[column] != COLUMN_OTHER;
	reading->has_other_id = reading->has_other_id || reading->columns[column] == COLUMN_ID;
	if (strcasecmp(title, "SIS User ID") == 0 || strcasecmp(title, "SIS Login ID") == 0)
		reading->is_gradebook = reading->has_other_id = true;
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
		complain(reading, _("a field is longer than 64 KiB: is a quote missing?"));
	else if (column >= COLUMNS_MAX)
		complain(reading, _("more than 10000 columns"));
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

static bool is_hangul(const char *text)
{
	/* U+AC00 … U+D7A3 are EA B0 80 … ED 9E A3. */
	return (unsigned char)text[0] >= 0xea && (unsigned char)text[0] <= 0xed;
}

static char *full_name(char **values)
{
	const char *first = values[COLUMN_FIRST], *last = values[COLUMN_LAST];
	if (values[COLUMN_NAME] != NULL || (first == NULL && last == NULL))
		return take(&values[COLUMN_NAME]);
	if (first == NULL || last == NULL)
		return xstrdup(first != NULL ? first : last);
	return is_hangul(last) ? xasprintf("%s%s", last, first) : xasprintf("%s %s", first, last);
}

/* "Participant 11" → "11": the word is Moodle's, in the site's language. NULL: it is none. */
static char *participant_number(const char *identifier)
{
	const char *space = strrchr(identifier, ' ');
	if (space == NULL || space[1] == '\0' || strspn(space + 1, "0123456789") != strlen(space + 1))
		return NULL;
	return xstrdup(space + 1);
}

static void take_numbers(struct reading *reading, struct roster_entry *entry)
{
	char **values = reading->values;
	entry->id = take(&values[COLUMN_ID]);
	if (values[COLUMN_PLATFORM] != NULL) {
		entry->platform_id = participant_number(values[COLUMN_PLATFORM]);
		if (entry->platform_id == NULL && entry->id == NULL)
			entry->id = take(&values[COLUMN_PLATFORM]);
	}
	if (values[COLUMN_PLAIN_ID] != NULL) {
		char **target = reading->has_other_id && entry->platform_id == NULL ? &entry->platform_id : &entry->id;
		if (*target == NULL)
			*target = take(&values[COLUMN_PLAIN_ID]);
	}
}

/* Canvas' gradebooks say there what an assignment is worth, and how it is posted. */
static bool is_nobodys(const struct reading *reading, const struct roster_entry *entry)
{
	bool nobody = entry->id == NULL && entry->platform_id == NULL && entry->login == NULL && entry->email == NULL;
	if (nobody && entry->name != NULL)
		return strcasecmp(entry->name, "Points Possible") == 0;
	return nobody && reading->is_gradebook;
}

static void add_entry(struct reading *reading)
{
	struct roster *roster = reading->roster;
	struct roster_entry entry = {
		.name = full_name(reading->values),
		.login = take(&reading->values[COLUMN_LOGIN]),
		.email = take(&reading->values[COLUMN_EMAIL]),
	};
	take_numbers(reading, &entry);
	if (entry.name != NULL)
		text_replace(&entry.name, utf8_composed(entry.name));
	if (is_nobodys(reading, &entry)) {
		entry_free(&entry);
		return;
	}
	if (reading->row_too_long)
		complain(reading, _("more fields than the first row has: is a comma not quoted?"));
	else if (entry.name == NULL && entry.id == NULL && entry.login == NULL && entry.email == NULL &&
		 entry.platform_id == NULL)
		complain(reading, _("neither name nor id"));
	else if (roster->n >= ENTRIES_MAX)
		complain(reading, _("more than 100000 rows"));
	roster->entries = xrealloc(roster->entries, (roster->n + 1) * sizeof(*roster->entries));
	roster->entries[roster->n++] = entry;
}

static void end_row(int terminator, void *argument)
{
	struct reading *reading = argument;
	(void)terminator;
	if (!reading->headed && !reading->known)
		complain(reading, _("the first row names no column that is known: name, id, login or email"));
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

static void take_line(struct reading *reading, struct csv_parser *parser, const char *line, size_t length,
		      unsigned number)
{
	if (number == 1)
		csv_set_delim(parser, (unsigned char)delimiter_of(line));
	if (!reading->row_begun)
		reading->line = number;
	reading->row_begun = true;
	if (memchr(line, '\0', length) != NULL)
		complain(reading, _("a NUL byte: this is no CSV file"));
	else if (reading->error == 0 && csv_parse(parser, line, length, take_field, end_row, reading) != length)
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
		complain(reading, _("a quote is opened and not closed"));
	csv_free(&parser);
	free(line);
	if (reading->error == 0 && !reading->headed)
		complain(reading, _("it is empty"));
	return reading->error;
}

/* ---- encodings ---- */

/* The whole file, NUL-terminated; NULL: a fault. */
static char *read_file(const char *path, size_t *length, struct fault *fault)
{
	enum { BYTES_MAX = 64 * 1024 * 1024 };
	struct text text = { 0 };
	char block[65536];
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		fault_machine(fault, errno, _("the roster %s cannot be read"), path);
		return NULL;
	}
	for (size_t n; (n = fread(block, 1, sizeof(block), file)) > 0 && text.length < BYTES_MAX;)
		text_append(&text, block, n);
	int failed = ferror(file) != 0 ? errno : 0;
	fclose(file);
	*length = text.length;
	if (failed == 0)
		return text_take(&text);
	text_free(&text);
	fault_machine(fault, failed, _("the roster %s cannot be read"), path);
	return NULL;
}

static const char *unmarked_utf16(const char *bytes, size_t length)
{
	size_t even = 0, odd = 0;
	for (size_t i = 0; i < length && i < 512; i++) {
		even += i % 2 == 0 && bytes[i] == '\0';
		odd += i % 2 == 1 && bytes[i] == '\0';
	}
	return odd > 4 && even == 0 ? "UTF-16LE" : even > 4 && odd == 0 ? "UTF-16BE" : NULL;
}

/* How bytes that are not UTF-8 are read. CP949 must be Korean in whole; Windows-1252 has no such sign, but some bytes
 * that it does not know. */
static const char *encoding_of(const char *bytes, size_t length)
{
	if (length >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
		return "UTF-16LE";
	if (length >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
		return "UTF-16BE";
	if (unmarked_utf16(bytes, length) != NULL)
		return unmarked_utf16(bytes, length);
	if (utf8_valid(bytes, length))
		return NULL;
	return utf8_is_korean(bytes, length) ? "CP949" : "WINDOWS-1252";
}

/* As UTF-8 without a mark. NULL: a fault. */
static char *decode(const char *path, char *bytes, size_t *length, struct roster *roster, struct fault *fault)
{
	roster->encoding = encoding_of(bytes, *length);
	if (roster->encoding != NULL) {
		char *text = utf8_from(roster->encoding, bytes, *length);
		free(bytes);
		if (text == NULL) {
			fault_exercise(fault, _("%s: neither UTF-8 nor %s: save it as “CSV UTF-8”"), path,
				       roster->encoding);
			return NULL;
		}
		bytes = text;
		*length = strlen(text);
	}
	if (*length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		*length -= 3;
		memmove(bytes, bytes + 3, *length + 1);
	}
	return bytes;
}

int roster_read(const char *path, struct roster *roster, struct fault *fault)
{
	struct reading reading = { .path = path, .roster = roster, .fault = fault };
	size_t length = 0;
	*roster = (struct roster){ 0 };
	char *bytes = read_file(path, &length, fault);
	if (bytes != NULL)
		bytes = decode(path, bytes, &length, roster, fault);
	if (bytes == NULL)
		return fault->owner == FAULT_MACHINE ? -EIO : -EINVAL;
	FILE *file = length > 0 ? fmemopen(bytes, length, "r") : fopen("/dev/null", "re");
	int r = file != NULL ? read_stream(file, &reading) : fault_machine(fault, errno, "%s", path);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		free(reading.values[i]);
	free(reading.columns);
	if (file != NULL)
		fclose(file);
	free(bytes);
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

/* ---- who is who ---- */

static bool same(const char *a, const char *b)
{
	return a != NULL && b != NULL && utf8_same(a, b);
}

/* A name as Canvas writes it in files: letters only. The caller owns it. */
static char *letters_of(const char *name)
{
	struct text letters = { 0 };
	for (const char *at = name; *at != '\0'; at++) {
		if ((unsigned char)*at >= 0x80 || isalnum((unsigned char)*at))
			text_append(&letters, at, 1);
	}
	return text_take(&letters);
}

/* "Minji Kim" is "Kim, Minji" and "kimminji". */
static bool same_name(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return false;
	if (utf8_same(a, b))
		return true;
	const char *space = strrchr(b, ' ');
	char *turned = space != NULL ? xasprintf("%s %.*s", space + 1, (int)(space - b), b) : xstrdup(b);
	char *letters_a = letters_of(a), *letters_b = letters_of(b), *letters_turned = letters_of(turned);
	bool is = letters_a[0] != '\0' && (utf8_same(letters_a, letters_b) || utf8_same(letters_a, letters_turned));
	free(turned);
	free(letters_a);
	free(letters_b);
	free(letters_turned);
	return is;
}

/* "os-2024-1001" ends with "2024-1001". */
static bool ends_with_id(const char *key, const char *id)
{
	size_t length = key != NULL ? strlen(key) : 0, n = id != NULL ? strlen(id) : 0;
	return n >= 4 && length > n && strcasecmp(key + length - n, id) == 0 &&
	       (key[length - n - 1] == '-' || key[length - n - 1] == '_' || key[length - n - 1] == ' ');
}

/* How sure a match is: less is surer. */
enum means { BY_PLATFORM, BY_ID, BY_LOGIN, BY_KEY, BY_NAME, MEANS_COUNT };

static bool matches(const struct roster_entry *entry, const struct student *student, enum means means)
{
	switch (means) {
	case BY_PLATFORM:
		return same(entry->platform_id, student->platform_id);
	case BY_ID:
		return same(entry->id, student->id) || same(entry->id, student->name);
	case BY_LOGIN:
		return same(entry->login, student->name) || same(entry->login, student->id) ||
		       same(entry->email, student->name) || same(entry->email, student->id);
	case BY_KEY:
		return same(entry->id, student->key) || same(entry->login, student->key) ||
		       ends_with_id(student->key, entry->id);
	default:
		return same_name(student->name, entry->name);
	}
}

/* The one that it can only be; NULL: none, or several, of whom it cannot be told. */
static struct roster_entry *find_by(struct roster *roster, const struct student *student, enum means means)
{
	struct roster_entry *found = NULL;
	for (size_t i = 0; i < roster->n; i++) {
		if (!matches(&roster->entries[i], student, means))
			continue;
		if (found != NULL)
			return NULL;
		found = &roster->entries[i];
	}
	return found;
}

static void take_over(char **target, const char *value)
{
	if (value != NULL)
		text_replace(target, xstrdup(value));
}

struct roster_entry *roster_match(struct roster *roster, struct student *student)
{
	struct roster_entry *entry = NULL, *by_name = find_by(roster, student, BY_NAME);
	for (enum means means = BY_PLATFORM; means < BY_NAME && entry == NULL; means++)
		entry = find_by(roster, student, means);
	if (entry != NULL && by_name != NULL && entry != by_name) {
		text_replace(&student->conflict,
			     xasprintf(_("its number is that of %s in the roster, its name that of another row"),
				       entry->name != NULL ? entry->name : entry->id));
		return NULL;
	}
	entry = entry != NULL ? entry : by_name;
	if (entry == NULL)
		return NULL;
	entry->seen++;
	take_over(&student->name, entry->name);
	take_over(&student->id, entry->id);
	take_over(&student->login, entry->login);
	take_over(&student->platform_id, entry->platform_id);
	return entry;
}
