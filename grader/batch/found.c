#include "found.h"

#include <dirent.h>
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attachments.h"
#include "file_names.h"
#include "layout.h"
#include "listing.h"
#include "metadata.h"
#include "store.h"
#include "text.h"
#include "utf8_names.h"

/* Looking through one folder. */
struct search {
	const struct class_listing *listing;
	const struct stat *except; /* NULL: nothing */
	size_t shared_by_folders, shared_by_files;
	const char *scratch;
	struct found_list *list;
	struct fault *fault;
};

/* ---- the list ---- */

/* Of a hundred thousand, each is looked for: in a tree (tsearch) of the list's keys. */
static int compare_keys(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool has_key(const struct found_list *list, const char *key)
{
	return tfind(key, &list->keys, compare_keys) != NULL;
}

static void keep_key(void *key)
{
	(void)key; /* the list's */
}

/* "kim.c" and "kim.zip" have one stem: the second gets its whole name. */
static char *unique_key(const struct found_list *list, const char *stem, const char *name)
{
	char *key = store_key(stem);
	if (has_key(list, key))
		text_replace(&key, store_key(name));
	while (has_key(list, key))
		text_replace(&key, xasprintf("%s~", key));
	return key;
}

/* Takes `path` and `shown` over. */
static struct found *add(struct found_list *list, const char *stem, const char *name, char *path, char *shown)
{
	char *composed_stem = utf8_composed(stem), *composed_name = utf8_composed(name);
	char *key = unique_key(list, composed_stem, composed_name);
	list->list = xrealloc(list->list, (list->n + 1) * sizeof(*list->list));
	struct found *found = &list->list[list->n++];
	*found = (struct found){ .path = path, .shown = shown };
	found->student.key = key;
	if (tsearch(key, &list->keys, compare_keys) == NULL)
		abort(); /* no memory */
	free(composed_stem);
	free(composed_name);
	return found;
}

static void ignore(struct found_list *list, const char *name)
{
	list->ignored = xrealloc(list->ignored, (list->n_ignored + 1) * sizeof(*list->ignored));
	list->ignored[list->n_ignored++] = xstrdup(name);
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->student.key, ((const struct found *)b)->student.key);
}

/* ---- entries of the class's folder ---- */

/* "kim.c" → "kim", "kim.tar.gz" → "kim", for a flat file that says nothing more. */
static char *stem_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	char *stem = xstrndup(name, dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name));
	size_t length = strlen(stem);
	if (length > 4 && strcmp(stem + length - 4, ".tar") == 0 && file_kind(name) == FILE_ARCHIVE)
		stem[length - 4] = '\0';
	/* "kim.c.txt" */
	dot = strrchr(stem, '.');
	if (dot != NULL && dot != stem && !file_is_submission(name) && file_is_submission(stem))
		stem[dot - stem] = '\0';
	return stem;
}

static void compose(struct student *student)
{
	if (student->name != NULL)
		text_replace(&student->name, utf8_composed(student->name));
}

/* The number in a download's name is the platform's. */
static void take_number(struct student *student)
{
	if (student->id != NULL)
		text_replace(&student->platform_id, xstrdup(student->id));
}

static void add_folder(const struct search *search, const char *name)
{
	struct found *found = add(search->list, name, name, xasprintf("%s/%s", search->listing->folder, name),
				  xasprintf("%s/%s", search->listing->shown, name));
	layout_student(name, search->shared_by_folders, &found->student);
	if (layout_is_download(name))
		take_number(&found->student);
	compose(&found->student);
}

/* A file that stands for one student. */
static void add_file(const struct search *search, const char *name, const char *stem, const struct student *student)
{
	struct found *found = add(search->list, stem, name, xasprintf("%s/%s", search->listing->folder, name),
				  xasprintf("%s/%s", search->listing->shown, name));
	if (student != NULL) {
		found->student.name = xstrdup(student->name);
		found->student.id = xstrdup(student->id);
		take_number(&found->student);
	} else {
		layout_plain_student(stem, search->shared_by_files < strlen(stem) ? search->shared_by_files : 0,
				     &found->student);
	}
	compose(&found->student);
}

/* What the course says to all, beside what students handed in. */
static bool is_of_the_course(const char *name)
{
	static const char *const stems[] = {
		"readme", "license", "handout", "assignment", "instructions", "roster", "submission_metadata"
	};
	for (size_t i = 0; i < sizeof(stems) / sizeof(stems[0]); i++) {
		size_t length = strlen(stems[i]);
		if (strncasecmp(name, stems[i], length) == 0 && (name[length] == '\0' || name[length] == '.'))
			return true;
	}
	return false;
}

/* Somebody meant to hand it in: what can be graded, or what is nearly that. */
static bool is_somebodys(const char *name)
{
	if (file_is_submission(name) || file_kind(name) == FILE_ARCHIVE)
		return true;
	return file_name_reason(name) != NULL && !is_of_the_course(name);
}

static void add_entry(const struct search *search, int i)
{
	const char *name = search->listing->entries[i]->d_name;
	if (class_listing_is_folder(search->listing, i)) {
		struct entry_name parts;
		layout_read(name, &parts);
		/* What was typed in besides a file. */
		if (!parts.is_typed || !class_listing_has_file_of(search->listing, name))
			add_folder(search, name);
		entry_name_fini(&parts);
	} else if (is_somebodys(name)) {
		char *stem = stem_of(name);
		add_file(search, name, stem, NULL);
		free(stem);
	} else {
		ignore(search->list, name);
	}
}

/* ---- flat files of a platform: all of one student ---- */

static int add_attachments(const struct search *search, const struct attachments *attachments)
{
	char *stem = xasprintf("%s_%s", attachments->student.name, attachments->student.id);
	int r = 0;
	if (attachments->n == 1) {
		add_file(search, search->listing->entries[attachments->entries[0]]->d_name, stem,
			 &attachments->student);
	} else {
		char *folder = xasprintf("%s/%zu", search->scratch, search->list->n);
		r = attachments_gather(attachments, search->listing, folder, search->fault);
		if (r == 0) {
			struct found *found =
			    add(search->list, stem, stem, folder, xasprintf("%s/%s", search->listing->shown, stem));
			found->student.name = xstrdup(attachments->student.name);
			found->student.id = xstrdup(attachments->student.id);
			take_number(&found->student);
			compose(&found->student);
		} else {
			free(folder);
		}
	}
	free(stem);
	return r;
}

/* ---- the class ---- */

/* Whether a folder is a class rather than one student's. */
static bool is_class(const struct class_listing *listing, bool unpacked)
{
	int submissions = 0, folders = 0;
	for (int i = 0; i < listing->n; i++) {
		const char *name = listing->entries[i]->d_name;
		if (layout_is_download(name) || strcmp(name, METADATA_NAME) == 0)
			return true;
		submissions += file_is_submission(name) || file_kind(name) == FILE_ARCHIVE;
		folders += class_listing_is_folder(listing, i);
	}
	return unpacked && (submissions > 1 || (submissions == 0 && folders > 1));
}

/* The one folder around a class. Returns its name; NULL: there is none. */
static const char *find_wrapped(const struct search *search, bool unpacked)
{
	const struct class_listing *listing = search->listing;
	struct class_listing inner;
	if (listing->n != 1 || layout_is_download(listing->entries[0]->d_name) || !class_listing_is_folder(listing, 0))
		return NULL;
	char *path = xasprintf("%s/%s", listing->folder, listing->entries[0]->d_name);
	bool is = class_listing_read(&inner, path, listing->shown, search->except) == 0 && is_class(&inner, unpacked);
	class_listing_free(&inner);
	free(path);
	return is ? listing->entries[0]->d_name : NULL;
}

/* Gradescope's list says whose each folder is: a group's members each have its submission. */
static bool add_listed(const struct search *search, const struct metadata *metadata, const char *folder)
{
	bool any = false;
	for (size_t i = 0; i < metadata->n; i++) {
		const struct submitter *submitter = &metadata->list[i];
		if (strcmp(submitter->folder, folder) != 0)
			continue;
		const char *stem = submitter->name != NULL ? submitter->name
				   : submitter->id != NULL ? submitter->id
							   : folder;
		char *whole = submitter->id != NULL ? xasprintf("%s_%s", stem, submitter->id) : xstrdup(stem);
		struct found *found =
		    add(search->list, whole, whole, xasprintf("%s/%s", search->listing->folder, folder),
			xasprintf("%s/%s", search->listing->shown, folder));
		found->student.name = xstrdup(stem);
		found->student.id = submitter->id != NULL ? xstrdup(submitter->id) : NULL;
		compose(&found->student);
		free(whole);
		any = true;
	}
	return any;
}

static int read_class(const struct search *search)
{
	struct attachments_list attachments;
	struct metadata metadata;
	int r = metadata_read(search->listing->folder, &metadata, search->fault);
	attachments_find(search->listing, &attachments);
	for (int i = 0; i < search->listing->n && r == 0; i++) {
		if (attachments.is_one[i] || add_listed(search, &metadata, search->listing->entries[i]->d_name))
			continue;
		add_entry(search, i);
	}
	for (size_t i = 0; i < attachments.n && r == 0; i++)
		r = add_attachments(search, &attachments.list[i]);
	attachments_free(&attachments);
	metadata_free(&metadata);
	return r;
}

static int read_folder(const char *folder, const char *shown, bool unpacked, struct search *search)
{
	struct class_listing listing;
	int r = class_listing_read(&listing, folder, shown, search->except);
	search->listing = &listing;
	if (r < 0) {
		r = fault_machine(search->fault, -r, "%s", shown);
	} else {
		const char *inner = find_wrapped(search, unpacked);
		if (inner != NULL) {
			char *path = xasprintf("%s/%s", folder, inner), *inner_shown = xasprintf("%s/%s", shown, inner);
			r = read_folder(path, inner_shown, unpacked, search);
			free(path);
			free(inner_shown);
		} else {
			search->shared_by_folders = class_listing_shared_prefix(&listing, true);
			search->shared_by_files = class_listing_shared_prefix(&listing, false);
			r = read_class(search);
		}
	}
	class_listing_free(&listing);
	return r;
}

int found_read(const char *folder, const char *shown, bool unpacked, const char *results, const char *scratch,
	       struct found_list *list, struct fault *fault)
{
	struct stat except;
	struct search search = { .scratch = scratch, .list = list, .fault = fault };
	*list = (struct found_list){ 0 };
	if (results != NULL && stat(results, &except) == 0)
		search.except = &except;
	int r = read_folder(folder, shown, unpacked, &search);
	if (list->n > 1)
		qsort(list->list, list->n, sizeof(*list->list), by_key);
	tdestroy(list->keys, keep_key);
	list->keys = NULL;
	return r;
}

void found_free(struct found_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->list[i].student.key);
		free(list->list[i].student.name);
		free(list->list[i].student.id);
		free(list->list[i].student.platform_id);
		free(list->list[i].student.login);
		free(list->list[i].student.conflict);
		free(list->list[i].path);
		free(list->list[i].shown);
	}
	for (size_t i = 0; i < list->n_ignored; i++)
		free(list->ignored[i]);
	free(list->ignored);
	free(list->list);
	*list = (struct found_list){ 0 };
}
