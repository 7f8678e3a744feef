#include "layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* Moodle: "Kim Minji_12345_assignsubmission_file". */
static bool moodle(const char *entry, struct student *student)
{
	const char *mark = strstr(entry, "_assignsubmission_");
	if (mark == NULL)
		return false;
	const char *id = mark;
	while (id > entry && isdigit((unsigned char)id[-1]))
		id--;
	if (id == mark || id == entry || id[-1] != '_')
		return false;
	student->name = xstrndup(entry, (size_t)(id - 1 - entry));
	student->id = xstrndup(id, (size_t)(mark - id));
	return true;
}

/* Canvas: "kimminji_123_456_lock.c", "kimminji_LATE_123_456_lock.c": the name, the student's number, the attachment's.
 */
bool layout_canvas(const char *entry, struct student *student, const char **file)
{
	for (const char *at = strchr(entry, '_'); at != NULL; at = strchr(at + 1, '_')) {
		size_t first = digits(at + 1);
		if (first == 0 || at == entry || at[1 + first] != '_')
			continue;
		size_t second = digits(at + first + 2);
		if (second == 0 || at[first + 2 + second] != '_' || at[first + 3 + second] == '\0')
			continue;
		size_t length = (size_t)(at - entry);
		if (length > 5 && strncasecmp(at - 5, "_LATE", 5) == 0)
			length -= 5;
		student->name = xstrndup(entry, length);
		student->id = xstrndup(at + 1, first);
		*file = at + first + second + 3;
		return true;
	}
	return false;
}

bool layout_is_typed_text(const char *entry)
{
	return strstr(entry, "_assignsubmission_onlinetext") != NULL;
}

bool layout_is_download(const char *entry)
{
	struct student student = { 0 };
	const char *file;
	bool is = moodle(entry, &student) || layout_canvas(entry, &student, &file);
	free(student.name);
	free(student.id);
	return is;
}

void layout_student(const char *entry, size_t shared, struct student *student)
{
	const char *file;
	if (moodle(entry, student) || layout_canvas(entry, student, &file))
		return;
	student->name = xstrdup(entry[shared] != '\0' ? entry + shared : entry);
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
	while (length > 0 && names[0][length - 1] != '-')
		length--;
	return length;
}
