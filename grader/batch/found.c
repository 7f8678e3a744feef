#include "found.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attachments.h"
#include "chosen.h"
#include "layout.h"
#include "listing.h"
#include "store.h"
#include "text.h"
#include "unpack.h"

/* Looking through one folder. */
struct search {
	const struct class_listing *listing;
	const char *scratch;
	struct found_list *list;
	struct fault *fault;
};

/* ---- the list ---- */

static bool has_key(const struct found_list *list, const char *key)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->list[i].student.key, key) == 0)
			return true;
	}
	return false;
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

/* Takes `place` over. */
static struct found *add(struct found_list *list, const char *stem, const char *name, struct place_of place)
{
	char *key = unique_key(list, stem, name);
	list->list = xrealloc(list->list, (list->n + 1) * sizeof(*list->list));
	struct found *found = &list->list[list->n++];
	*found = (struct found){ .path = place.path, .shown = place.shown };
	found->student.key = key;
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

/* "kim.c" → "kim", for a flat file that says nothing more. */
static char *stem_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	return xstrndup(name, dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name));
}

static void add_folder(const struct search *search, const char *name, size_t shared)
{
	char *path = xasprintf("%s/%s", search->listing->folder, name);
	char *shown = xasprintf("%s/%s", search->listing->shown, name);
	struct found *found = add(search->list, name, name, chosen_in(path, shown, search->scratch));
	layout_student(name, shared, &found->student);
	free(path);
	free(shown);
}

/* A file that stands for one student: itself, or what is in it. */
static int add_file(const struct search *search, const char *name, const char *stem, const struct student *student)
{
	struct place_of place = { .path = xasprintf("%s/%s", search->listing->folder, name),
				  .shown = xasprintf("%s/%s", search->listing->shown, name) };
	char *problem = NULL, *to = xasprintf("%s/%zu", search->scratch, search->list->n);
	unsigned skipped;
	int r = archive_is(name) ? archive_unpack(place.path, to, &skipped, search->fault) : 0;
	if (r < 0 && search->fault->owner == FAULT_SUBMISSION) {
		/* The student gets to know; the others go on. */
		problem = text_replaced(search->fault->message, place.path, name);
		fault_free(search->fault);
		r = 0;
	} else if (r == 0 && archive_is(name)) {
		struct place_of inside = chosen_in(to, place.shown, search->scratch);
		place_of_fini(&place);
		place = inside;
	}
	free(to);
	if (r < 0) {
		place_of_fini(&place);
		return r;
	}
	struct found *found = add(search->list, stem, name, place);
	found->problem = problem;
	if (student != NULL) {
		found->student.name = xstrdup(student->name);
		found->student.id = xstrdup(student->id);
	} else {
		layout_student(stem, 0, &found->student);
	}
	return 0;
}

static int add_entry(const struct search *search, int i, size_t shared)
{
	const char *name = search->listing->entries[i]->d_name;
	int r = 0;
	if (class_listing_is_folder(search->listing, i)) {
		/* What was typed in besides a file. */
		if (!layout_is_typed_text(name) || !class_listing_has_file_of(search->listing, name))
			add_folder(search, name, shared);
	} else if (chosen_is_submission(name) || archive_is(name)) {
		char *stem = stem_of(name);
		r = add_file(search, name, stem, NULL);
		free(stem);
	} else {
		ignore(search->list, name);
	}
	return r;
}

/* ---- Canvas: all files of one student ---- */

static int add_attachments(const struct search *search, const struct attachments *attachments)
{
	char *stem = xasprintf("%s_%s", attachments->student.name, attachments->student.id);
	int r;
	if (attachments->n == 1) {
		r = add_file(search, search->listing->entries[attachments->entries[0]]->d_name, stem,
			     &attachments->student);
	} else {
		char *folder = xasprintf("%s/%zu", search->scratch, search->list->n);
		char *shown = xasprintf("%s/%s", search->listing->shown, stem);
		r = attachments_gather(attachments, search->listing, folder, search->fault);
		if (r == 0) {
			struct found *found = add(search->list, stem, stem, chosen_in(folder, shown, search->scratch));
			found->student.name = xstrdup(attachments->student.name);
			found->student.id = xstrdup(attachments->student.id);
		}
		free(shown);
		free(folder);
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
		if (layout_is_download(name))
			return true;
		submissions += chosen_is_submission(name) || archive_is(name);
		folders += class_listing_is_folder(listing, i);
	}
	return unpacked && (submissions > 1 || (submissions == 0 && folders > 1));
}

/* The one folder around a class; { NULL, NULL }: there is none. */
static struct place_of find_wrapped(const struct class_listing *listing, bool unpacked)
{
	struct class_listing inner;
	struct place_of place = { 0 };
	if (listing->n != 1 || layout_is_download(listing->entries[0]->d_name) || !class_listing_is_folder(listing, 0))
		return place;
	place.path = xasprintf("%s/%s", listing->folder, listing->entries[0]->d_name);
	place.shown = xasprintf("%s/%s", listing->shown, listing->entries[0]->d_name);
	if (class_listing_read(&inner, place.path, place.shown) < 0 || !is_class(&inner, unpacked))
		place_of_fini(&place);
	class_listing_free(&inner);
	return place;
}

static int read_class(const struct search *search)
{
	struct attachments_list attachments;
	int r = 0;
	size_t shared = class_listing_shared_prefix(search->listing);
	attachments_find(search->listing, &attachments);
	for (int i = 0; i < search->listing->n && r == 0; i++) {
		if (!attachments.is_one[i])
			r = add_entry(search, i, shared);
	}
	for (size_t i = 0; i < attachments.n && r == 0; i++)
		r = add_attachments(search, &attachments.list[i]);
	attachments_free(&attachments);
	return r;
}

int found_read(const char *folder, const char *shown, bool unpacked, const char *scratch, struct found_list *list,
	       struct fault *fault)
{
	struct class_listing listing;
	struct search search = { .listing = &listing, .scratch = scratch, .list = list, .fault = fault };
	*list = (struct found_list){ 0 };
	int r = class_listing_read(&listing, folder, shown);
	if (r < 0) {
		class_listing_free(&listing);
		return fault_machine(fault, -r, "%s", shown);
	}
	struct place_of inner = find_wrapped(&listing, unpacked);
	r = inner.path != NULL ? found_read(inner.path, inner.shown, unpacked, scratch, list, fault)
			       : read_class(&search);
	place_of_fini(&inner);
	class_listing_free(&listing);
	if (list->n > 1)
		qsort(list->list, list->n, sizeof(*list->list), by_key);
	return r;
}

void found_free(struct found_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->list[i].student.key);
		free(list->list[i].student.name);
		free(list->list[i].student.id);
		free(list->list[i].path);
		free(list->list[i].shown);
		free(list->list[i].problem);
	}
	for (size_t i = 0; i < list->n_ignored; i++)
		free(list->ignored[i]);
	free(list->ignored);
	free(list->list);
	*list = (struct found_list){ 0 };
}
