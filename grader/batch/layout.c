#include "layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

enum { NUMBER_DIGITS_MIN = 5 };

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* Where the number before `end` begins, behind a '_'; NULL: there is none. */
static const char *number_before(const char *entry, const char *end)
{
	const char *id = end;
	while (id > entry && isdigit((unsigned char)id[-1]))
		id--;
	return id == end || id == entry || id[-1] != '_' ? NULL : id;
}

static bool read_moodle(const char *entry, struct entry_name *name)
{
	static const char mark[] = "_assignsubmission_";
	const char *at = strstr(entry, mark), *id = at != NULL ? number_before(entry, at) : NULL;
	if (id == NULL)
		return false;
	const char *kind = at + strlen(mark), *file = strchr(kind, '_');
	*name = (struct entry_name){
		.layout = LAYOUT_MOODLE,
		.name = xstrndup(entry, (size_t)(id - 1 - entry)),
		.id = xstrndup(id, (size_t)(at - id)),
		.file = file != NULL && file[1] != '\0' ? file + 1 : NULL,
		.is_typed = strncmp(kind, "onlinetext", strlen("onlinetext")) == 0,
	};
	return true;
}

static void put_canvas(const char *entry, const char *at, size_t id_length, struct entry_name *name)
{
	size_t length = (size_t)(at - entry);
	name->layout = LAYOUT_CANVAS;
	if (length > 5 && strncasecmp(at - 5, "_LATE", 5) == 0)
		length -= 5;
	name->name = xstrndup(entry, length);
	name->id = xstrndup(at + 1, id_length);
}

/* The name, the student's number, the attachment's; or _text.html for what was typed. */
static bool read_canvas(const char *entry, struct entry_name *name)
{
	for (const char *at = strchr(entry, '_'); at != NULL; at = strchr(at + 1, '_')) {
		size_t first = digits(at + 1);
		if (first == 0 || at == entry || at[1 + first] != '_')
			continue;
		const char *rest = at + first + 2;
		if (strcmp(rest, "text.html") == 0 || strcmp(rest, "link.html") == 0) {
			*name = (struct entry_name){ .file = rest, .is_typed = true };
			put_canvas(entry, at, first, name);
			return true;
		}
		size_t second = digits(rest);
		if (second == 0 || rest[second] != '_' || rest[second + 1] == '\0')
			continue;
		*name = (struct entry_name){ .file = rest + second + 1, .order = rest, .order_length = second };
		put_canvas(entry, at, first, name);
		return true;
	}
	return false;
}

/* "2024-03-04-10-00-00": how long it is; 0: it is none. */
static size_t time_length(const char *text)
{
	static const unsigned char parts[] = { 4, 2, 2, 2, 2, 2 };
	const char *at = text;
	for (size_t i = 0; i < sizeof(parts); i++) {
		if (digits(at) != parts[i] || (i + 1 < sizeof(parts) && at[parts[i]] != '-'))
			return 0;
		at += parts[i] + (i + 1 < sizeof(parts));
	}
	return (size_t)(at - text);
}

/* The assignment, the user's name, the attempt's time (a user's name with a '_' in it cannot be told from the
 * assignment's: the two together are the id); then the file, or .txt for what Blackboard says of the attempt. */
static bool read_blackboard(const char *entry, struct entry_name *name)
{
	static const char mark[] = "_attempt_";
	const char *at = strstr(entry, mark), *time = at != NULL ? at + strlen(mark) : NULL;
	size_t length = time != NULL ? time_length(time) : 0;
	const char *user = at;
	if (length == 0 || at == entry || (time[length] != '_' && time[length] != '.' && time[length] != '\0'))
		return false;
	while (user > entry && user[-1] != '_')
		user--;
	*name = (struct entry_name){
		.layout = LAYOUT_BLACKBOARD,
		.name = xstrndup(user, (size_t)(at - user)),
		.id = xstrndup(entry, (size_t)(at - entry)),
		.file = time[length] == '_' && time[length + 1] != '\0' ? time + length + 1 : NULL,
		.order = time,
		.order_length = length,
	};
	return true;
}

void layout_read(const char *entry, struct entry_name *name)
{
	*name = (struct entry_name){ 0 };
	if (!read_moodle(entry, name) && !read_blackboard(entry, name))
		read_canvas(entry, name);
}

void entry_name_fini(struct entry_name *name)
{
	free(name->name);
	free(name->id);
	*name = (struct entry_name){ 0 };
}

bool layout_is_download(const char *entry)
{
	struct entry_name name;
	layout_read(entry, &name);
	bool is = name.layout != LAYOUT_PLAIN;
	entry_name_fini(&name);
	return is;
}

static bool is_separator(char byte)
{
	return byte == '_' || byte == '-' || byte == ' ' || byte == '.';
}

/* "10001_kim", "kim_10001", "10001": a number of its own at one end. */
static void split_number(const char *rest, struct student *student)
{
	size_t length = strlen(rest), first = digits(rest), last = 0;
	while (last < length && isdigit((unsigned char)rest[length - 1 - last]))
		last++;
	if (first >= NUMBER_DIGITS_MIN && (first == length || is_separator(rest[first]))) {
		student->id = xstrndup(rest, first);
		const char *name = rest + first + (first < length);
		student->name = xstrdup(*name != '\0' ? name : rest);
	} else if (last >= NUMBER_DIGITS_MIN && last < length && is_separator(rest[length - last - 1])) {
		student->id = xstrdup(rest + length - last);
		student->name = xstrndup(rest, length - last - 1);
	} else {
		student->name = xstrdup(rest);
	}
}

void layout_plain_student(const char *entry, size_t shared, struct student *student)
{
	split_number(entry[shared] != '\0' ? entry + shared : entry, student);
}

void layout_student(const char *entry, size_t shared, struct student *student)
{
	struct entry_name name;
	layout_read(entry, &name);
	if (name.layout != LAYOUT_PLAIN) {
		student->name = name.name;
		student->id = name.id;
		return;
	}
	layout_plain_student(entry, shared, student);
}

size_t layout_shared_prefix(const char *const *names, size_t n)
{
	if (n < 2)
		return 0;
	size_t length = strlen(names[0]);
	for (size_t i = 1; i < n; i++) {
		size_t same = 0;
		while (same < length && names[i][same] == names[0][same])
			same++;
		length = same;
	}
	while (length > 0 && names[0][length - 1] != '-' && names[0][length - 1] != '_')
		length--;
	return length;
}
