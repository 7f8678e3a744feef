#include "attachments.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_names.h"
#include "layout.h"
#include "look.h"
#include "text.h"
#include "translate.h"

/* ---- who handed in what ---- */

struct entry {
	struct entry_name name;
	int index;
	bool superseded; /* a later attempt, or a later file of the same name */
};

/* Later times are greater, and so are later numbers of attachments. */
static int compare_order(const struct entry_name *a, const struct entry_name *b)
{
	if (a->order == NULL || b->order == NULL)
		return 0;
	if (a->layout == LAYOUT_CANVAS && a->order_length != b->order_length)
		return a->order_length < b->order_length ? -1 : 1;
	size_t length = a->order_length < b->order_length ? a->order_length : b->order_length;
	return strncmp(a->order, b->order, length);
}

/* "lock.c", "lock-1.c", "lock-2.c": Canvas numbers what is handed in again. Returns the length of "lock"; *number: 0,
 * 1, 2. */
static size_t stem_length(const char *file, unsigned *number)
{
	const char *dot = strrchr(file, '.'), *end = dot != NULL ? dot : file + strlen(file), *at = end;
	while (at > file && at[-1] >= '0' && at[-1] <= '9')
		at--;
	*number = 0;
	if (at == end || at == file || at[-1] != '-' || end - at > 3)
		return (size_t)(end - file);
	*number = (unsigned)strtoul(at, NULL, 10);
	return (size_t)(at - 1 - file);
}

/* Whether `a` is what `b` came in the place of. */
static bool gives_way(const struct entry *a, const struct entry *b)
{
	unsigned number_a, number_b;
	if (a->name.layout == LAYOUT_BLACKBOARD && compare_order(&a->name, &b->name) != 0)
		return compare_order(&a->name, &b->name) < 0;
	if (a->name.layout != LAYOUT_CANVAS || a->name.file == NULL || b->name.file == NULL)
		return false;
	size_t stem_a = stem_length(a->name.file, &number_a), stem_b = stem_length(b->name.file, &number_b);
	const char *ending_a = strrchr(a->name.file, '.'), *ending_b = strrchr(b->name.file, '.');
	bool same = stem_a == stem_b && strncmp(a->name.file, b->name.file, stem_a) == 0 &&
		    strcmp(ending_a != NULL ? ending_a : "", ending_b != NULL ? ending_b : "") == 0;
	if (!same)
		return false;
	return number_a != number_b ? number_a < number_b : compare_order(&a->name, &b->name) < 0;
}

static bool same_student(const struct entry *a, const struct entry *b)
{
	return a->name.layout == b->name.layout && strcmp(a->name.id, b->name.id) == 0;
}

static bool defines_descriptor(const struct class_listing *listing, int index)
{
	struct source_facts facts = { 0 };
	char *path = xasprintf("%s/%s", listing->folder, listing->entries[index]->d_name);
	bool defines = file_is_source(path) && look_at_source(AT_FDCWD, path, &facts) && facts.defines != NULL;
	source_facts_free(&facts);
	free(path);
	return defines;
}

/* "os_2024_10001_kim.c", "os_2024_10002_lee.c": not one student "os" who handed in two plugins, but a class that names
 * its files so. Canvas' own numbers of students differ. */
static bool are_of_a_class(const struct class_listing *listing, const struct entry *entries, size_t n)
{
	size_t defining = 0, canvas = 0;
	for (size_t i = 0; i < n; i++) {
		if (entries[i].name.layout != LAYOUT_CANVAS)
			continue;
		if (!same_student(&entries[0], &entries[i]) || entries[i].name.is_typed)
			return false;
		canvas++;
		for (size_t other = 0; other < i; other++) {
			if (strcmp(entries[i].name.file, entries[other].name.file) == 0)
				return false;
			if (gives_way(&entries[i], &entries[other]) || gives_way(&entries[other], &entries[i]))
				return false;
		}
		defining += defines_descriptor(listing, entries[i].index);
	}
	return canvas > 1 && defining > 1;
}

static size_t read_entries(const struct class_listing *listing, struct entry *entries)
{
	size_t n = 0;
	for (int i = 0; i < listing->n; i++) {
		struct entry entry = { .index = i };
		layout_read(listing->entries[i]->d_name, &entry.name);
		bool is_file = !class_listing_is_folder(listing, i) && entry.name.layout != LAYOUT_PLAIN &&
			       (entry.name.layout != LAYOUT_MOODLE || entry.name.file != NULL);
		if (is_file)
			entries[n++] = entry;
		else
			entry_name_fini(&entry.name);
	}
	return n;
}

/* ---- the list ---- */

/* Blackboard's account of an attempt: "Name: Minji Kim (mkim)". */
static void read_account(const struct class_listing *listing, int index, struct student *student)
{
	char *path = xasprintf("%s/%s", listing->folder, listing->entries[index]->d_name), *line = NULL;
	FILE *file = fopen(path, "re");
	size_t capacity = 0;
	ssize_t length = file != NULL ? getline(&line, &capacity, file) : -1;
	char *begin = length > 0 ? line + (strncmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0) : NULL;
	char *open = begin != NULL && strncmp(begin, "Name:", 5) == 0 ? strrchr(begin, '(') : NULL;
	char *close = open != NULL ? strchr(open, ')') : NULL;
	if (close != NULL) {
		const char *name = begin + 5 + strspn(begin + 5, " \t");
		const char *end = open;
		while (end > name && end[-1] == ' ')
			end--;
		text_replace(&student->name, xstrndup(name, (size_t)(end - name)));
		text_replace(&student->id, xstrndup(open + 1, (size_t)(close - open - 1)));
	}
	if (file != NULL)
		fclose(file);
	free(line);
	free(path);
}

static struct attachments *add_student(struct attachments_list *list, const struct entry *entry)
{
	list->list = xrealloc(list->list, (list->n + 1) * sizeof(*list->list));
	struct attachments *attachments = &list->list[list->n++];
	*attachments = (struct attachments){ .is_typed = true };
	attachments->student.name = xstrdup(entry->name.name);
	attachments->student.id = xstrdup(entry->name.layout == LAYOUT_BLACKBOARD ? entry->name.name : entry->name.id);
	return attachments;
}

static void add_entry(struct attachments *attachments, const struct entry *entry)
{
	attachments->entries = xrealloc(attachments->entries, (attachments->n + 1) * sizeof(*attachments->entries));
	attachments->entries[attachments->n++] = entry->index;
	attachments->is_typed = attachments->is_typed && entry->name.is_typed;
}

static void gather_students(const struct class_listing *listing, struct entry *entries, size_t n,
			    struct attachments_list *list)
{
	for (size_t i = 0; i < n; i++) {
		if (list->is_one[entries[i].index])
			continue;
		struct attachments *attachments = add_student(list, &entries[i]);
		for (size_t other = i; other < n; other++) {
			if (!same_student(&entries[i], &entries[other]))
				continue;
			list->is_one[entries[other].index] = true;
			if (entries[other].superseded)
				continue;
			if (entries[other].name.layout == LAYOUT_BLACKBOARD && entries[other].name.file == NULL)
				read_account(listing, entries[other].index, &attachments->student);
			else
				add_entry(attachments, &entries[other]);
		}
	}
}

void attachments_find(const struct class_listing *listing, struct attachments_list *list)
{
	struct entry *entries = xcalloc((size_t)listing->n + 1, sizeof(*entries));
	*list = (struct attachments_list){ .is_one = xcalloc((size_t)listing->n + 1, sizeof(bool)) };
	size_t n = read_entries(listing, entries);
	for (size_t i = 0; i < n; i++) {
		for (size_t other = 0; other < n && !entries[i].superseded; other++)
			entries[i].superseded = other != i && same_student(&entries[i], &entries[other]) &&
						gives_way(&entries[i], &entries[other]);
	}
	if (n == 0 || entries[0].name.layout != LAYOUT_CANVAS || !are_of_a_class(listing, entries, n))
		gather_students(listing, entries, n, list);
	for (size_t i = 0; i < n; i++)
		entry_name_fini(&entries[i].name);
	free(entries);
}

void attachments_free(struct attachments_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->list[i].student.name);
		free(list->list[i].student.id);
		free(list->list[i].entries);
	}
	free(list->list);
	free(list->is_one);
	*list = (struct attachments_list){ 0 };
}

/* ---- copies ---- */

static int copy(int from, int to)
{
	char block[65536];
	ssize_t length;
	while ((length = read(from, block, sizeof(block))) > 0) {
		ssize_t written = write(to, block, (size_t)length);
		if (written != length)
			return written < 0 ? -errno : -ENOSPC;
	}
	return length < 0 ? -errno : 0;
}

/* Not through links: what they lead to is not what the student handed in. `whole`: with the content. */
static int copy_file(const char *from_path, const char *to_path, bool whole)
{
	int from = open(from_path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), to = -1;
	struct stat status;
	int r = from < 0 || fstat(from, &status) < 0 ? -errno : 0;
	if (r == 0 && S_ISREG(status.st_mode)) {
		to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		r = to < 0 ? -errno : whole ? copy(from, to) : 0;
	}
	if (to >= 0 && close(to) < 0 && r == 0)
		r = -errno;
	if (from >= 0)
		close(from);
	return r == -ELOOP || r == -EEXIST ? 0 : r;
}

int attachments_gather(const struct attachments *attachments, const struct class_listing *listing, const char *folder,
		       struct fault *fault)
{
	int r = 0;
	if (mkdir(folder, 0700) < 0)
		return fault_machine(fault, errno, "%s", folder);
	for (size_t i = 0; i < attachments->n && r == 0; i++) {
		const char *name = listing->entries[attachments->entries[i]]->d_name;
		struct entry_name parts;
		layout_read(name, &parts);
		char *from = xasprintf("%s/%s", listing->folder, name), *to = xasprintf("%s/%s", folder, parts.file);
		r = copy_file(from, to, file_kind(parts.file) != FILE_OTHER);
		if (r < 0)
			r = fault_machine(fault, -r, _("%s cannot be copied"), name);
		free(from);
		free(to);
		entry_name_fini(&parts);
	}
	return r;
}
