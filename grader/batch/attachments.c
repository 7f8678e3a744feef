#include "attachments.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chosen.h"
#include "layout.h"
#include "text.h"
#include "unpack.h"

static struct attachments *find(struct attachments_list *list, const char *id)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->list[i].student.id, id) == 0)
			return &list->list[i];
	}
	return NULL;
}

/* Takes `student` over. */
static void put(struct attachments_list *list, struct student *student, int entry)
{
	struct attachments *attachments = find(list, student->id);
	if (attachments == NULL) {
		list->list = xrealloc(list->list, (list->n + 1) * sizeof(*list->list));
		attachments = &list->list[list->n++];
		*attachments = (struct attachments){ .student = *student };
	} else {
		free(student->name);
		free(student->id);
	}
	attachments->entries = xrealloc(attachments->entries, (attachments->n + 1) * sizeof(*attachments->entries));
	attachments->entries[attachments->n++] = entry;
}

void attachments_find(const struct class_listing *listing, struct attachments_list *list)
{
	*list = (struct attachments_list){ .is_one = xcalloc((size_t)listing->n + 1, sizeof(bool)) };
	for (int i = 0; i < listing->n; i++) {
		struct student student = { 0 };
		const char *file;
		if (class_listing_is_folder(listing, i) || !layout_canvas(listing->entries[i]->d_name, &student, &file))
			continue;
		put(list, &student, i);
		list->is_one[i] = true;
	}
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

/* Not through links: what they lead to is not what the student handed in. */
static int copy_file(const char *from_path, const char *to_path)
{
	int from = open(from_path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), to = -1;
	struct stat status;
	int r = from < 0 || fstat(from, &status) < 0 ? -errno : 0;
	if (r == 0 && S_ISREG(status.st_mode)) {
		to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		r = to < 0 ? -errno : copy(from, to);
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
		const char *name = listing->entries[attachments->entries[i]]->d_name, *file;
		struct student student = { 0 };
		bool parsed = layout_canvas(name, &student, &file);
		if (parsed && (chosen_is_submission(file) || text_ends(file, ".h") || archive_is(file))) {
			char *from = xasprintf("%s/%s", listing->folder, name), *to = xasprintf("%s/%s", folder, file);
			r = copy_file(from, to);
			if (r < 0)
				r = fault_machine(fault, -r, "%s cannot be copied", name);
			free(from);
			free(to);
		}
		free(student.name);
		free(student.id);
	}
	return r;
}
