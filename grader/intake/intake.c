#include "intake.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "choose.h"
#include "copy.h"
#include "file_names.h"
#include "private.h"
#include "source.h"
#include "text.h"
#include "translate.h"

enum { FILES_MAX = 256, INCLUDE_DEPTH_MAX = 16 };

struct hashed {
	char *name, sha256[65];
};

/* A submission that is being taken in. */
struct taking {
	struct intake *intake;
	struct intake_limits limits;
	struct fault *fault;
	char *scratch;     /* where archives are unpacked; NULL: not needed yet */
	int from, to;      /* the folder that holds it, and the private one */
	char *shown_above; /* how people name the first, with a slash at its end, or "" */
	size_t n_hashed;
	struct hashed *hashed;
};

/* ---- copies ---- */

static bool is_taken(const struct taking *taking, const char *inner)
{
	for (size_t i = 0; i < taking->n_hashed; i++) {
		if (strcmp(taking->hashed[i].name, inner) == 0)
			return true;
	}
	return false;
}

static int make_folders(int to, const char *inner)
{
	char *copy = xstrdup(inner);
	int r = 0;
	for (char *slash = strchr(copy, '/'); slash != NULL && r == 0; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdirat(to, copy, 0700) < 0 && errno != EEXIST)
			r = -errno;
		*slash = '/';
	}
	free(copy);
	return r;
}

static int take_file(struct taking *taking, const char *inner, uint64_t bytes_max, uint64_t *size_bytes)
{
	struct copied copied;
	char *shown = xasprintf("%s%s", taking->shown_above, inner);
	struct copy_request request = {
		.from_directory_fd = taking->from,
		.from = inner,
		.shown = shown,
		.to_directory_fd = taking->to,
		.to = inner,
		.bytes_max = bytes_max,
	};
	int r = make_folders(taking->to, inner);
	r = r < 0 ? fault_machine(taking->fault, -r, _("%s: cannot be copied"), shown)
		  : copy_file(&request, &copied, taking->fault);
	if (r == 0) {
		taking->hashed = xrealloc(taking->hashed, (taking->n_hashed + 1) * sizeof(*taking->hashed));
		struct hashed *hashed = &taking->hashed[taking->n_hashed++];
		hashed->name = xstrdup(inner);
		memcpy(hashed->sha256, copied.sha256, sizeof(hashed->sha256));
		*size_bytes = copied.size_bytes;
	}
	free(shown);
	return r;
}

/* One that cannot be taken is left out: if it is needed, the compiler says so. */
static bool take_along(struct taking *taking, const char *inner)
{
	struct fault *fault = taking->fault, ignored = { 0 };
	uint64_t size_bytes;
	if (is_taken(taking, inner) || taking->n_hashed >= FILES_MAX)
		return false;
	taking->fault = &ignored;
	bool taken = take_file(taking, inner, taking->limits.source_bytes_max, &size_bytes) == 0;
	taking->fault = fault;
	if (!taken)
		unlinkat(taking->to, inner, 0);
	fault_free(&ignored);
	return taken;
}

/* ---- what comes along ---- */

static char *folder_of(const char *inner)
{
	const char *slash = strrchr(inner, '/');
	return slash != NULL ? xstrndup(inner, (size_t)(slash - inner)) : xstrdup("");
}

static void note_folder(struct intake *intake, const char *inner)
{
	char *folder = folder_of(inner);
	for (size_t i = 0; i < intake->n_folders; i++) {
		if (strcmp(intake->folders[i], folder) == 0) {
			free(folder);
			return;
		}
	}
	intake->folders = xrealloc(intake->folders, (intake->n_folders + 1) * sizeof(*intake->folders));
	intake->folders[intake->n_folders++] = folder;
}

static void add_other(struct intake *intake, const char *inner)
{
	intake->others = xrealloc(intake->others, (intake->n_others + 1) * sizeof(*intake->others));
	intake->others[intake->n_others++] = xstrdup(inner);
}

static void take_collected(struct taking *taking, const struct collection *collection, size_t chosen)
{
	struct intake *intake = taking->intake;
	for (size_t i = 0; i < collection->n_files; i++) {
		const struct collected_file *file = &collection->files[i];
		if (file->kind == FILE_HEADER && file->root == collection->files[chosen].root && !file->is_link) {
			if (take_along(taking, file->inner))
				note_folder(intake, file->inner);
		} else if (choose_belongs(collection, chosen, i) && take_along(taking, file->inner)) {
			add_other(intake, file->inner);
		}
	}
}

static char *read_copy(const struct taking *taking, const char *inner)
{
	int fd = openat(taking->to, inner, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
	size_t size = (size_t)taking->limits.source_bytes_max;
	if (file == NULL)
		return NULL;
	char *text = xcalloc(1, size + 1);
	text[fread(text, 1, size, file)] = '\0';
	fclose(file);
	return text;
}

/* What #include "…" names, below the folder: never by "..", which may lead anywhere. */
static void take_included(struct taking *taking, const char *inner, unsigned depth)
{
	struct source_facts facts;
	char *text = depth < INCLUDE_DEPTH_MAX ? read_copy(taking, inner) : NULL;
	if (text == NULL)
		return;
	source_look(text, &facts);
	if (depth == 0 && facts.defines != NULL)
		taking->intake->defines = xstrdup(facts.defines);
	char *folder = folder_of(inner);
	for (size_t i = 0; i < facts.n_includes; i++) {
		const char *name = facts.includes[i];
		if (name[0] == '/' || strstr(name, "..") != NULL)
			continue;
		char *included = *folder != '\0' ? xasprintf("%s/%s", folder, name) : xstrdup(name);
		if (take_along(taking, included))
			take_included(taking, included, depth + 1);
		free(included);
	}
	free(folder);
	source_facts_free(&facts);
	free(text);
}

/* A single file's headers are those beside it, and so are its other sources. `named` is their folder, as it was named.
 */
static void take_beside(struct taking *taking, const char *named)
{
	struct collection beside;
	struct intake *intake = taking->intake;
	const struct intake_beside *known = taking->limits.siblings ? NULL : taking->limits.beside;
	if (known != NULL && strcmp(known->folder, named) == 0) {
		for (size_t i = 0; i < known->n; i++)
			take_along(taking, known->headers[i]);
		note_folder(intake, intake->file_name);
		return;
	}
	char *folder = xasprintf("/proc/self/fd/%d", taking->from);
	collect_beside(&beside, folder, taking->limits.siblings);
	for (size_t i = 0; i < beside.n_files; i++) {
		const struct collected_file *file = &beside.files[i];
		if (file->kind == FILE_HEADER && !file->is_link)
			take_along(taking, file->inner);
		else if (taking->limits.siblings && choose_belongs(&beside, beside.n_files, i) &&
			 take_along(taking, file->inner))
			add_other(intake, file->inner);
	}
	collection_free(&beside);
	free(folder);
	note_folder(intake, intake->file_name);
}

void intake_look_beside(struct intake_beside *beside, const char *folder)
{
	struct collection found;
	*beside = (struct intake_beside){ .folder = xstrdup(folder) };
	collect_beside(&found, folder, false);
	beside->headers = xcalloc(found.n_files + 1, sizeof(*beside->headers));
	for (size_t i = 0; i < found.n_files; i++) {
		if (!found.files[i].is_link)
			beside->headers[beside->n++] = xstrdup(found.files[i].inner);
	}
	collection_free(&found);
}

void intake_beside_free(struct intake_beside *beside)
{
	for (size_t i = 0; i < beside->n; i++)
		free(beside->headers[i]);
	free(beside->headers);
	free(beside->folder);
	*beside = (struct intake_beside){ 0 };
}

/* ---- the one that is meant ---- */

static int open_folder(const char *path, const char *shown, struct fault *fault)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? fault_machine(fault, errno, _("%s: the folder cannot be read"), shown) : fd;
}

static int find_kind(struct intake *intake, struct fault *fault)
{
	const char *reason;
	if (file_is_source(intake->file_name))
		intake->kind = INTAKE_SOURCE;
	else if (file_kind(intake->file_name) == FILE_OBJECT)
		intake->kind = INTAKE_SHARED_OBJECT;
	else if ((reason = file_name_reason(intake->file_name)) != NULL)
		return fault_submission(fault, "%s: %s", intake->shown, reason);
	else
		return fault_submission(
		    fault,
		    _("%s: is neither a source (.c, .cpp) nor a shared object (.so), nor a folder or "
		      "archive with one"),
		    intake->shown);
	return 0;
}

static int take_main(struct taking *taking)
{
	struct intake *intake = taking->intake;
	bool is_source = intake->kind == INTAKE_SOURCE;
	int r = take_file(taking, intake->file_name,
			  is_source ? taking->limits.source_bytes_max : taking->limits.object_bytes_max,
			  &intake->size_bytes);
	if (r == 0)
		intake->path = xasprintf("%s/%s", intake->directory, intake->file_name);
	return r;
}

/* `path` is a file. */
static int take_single(struct taking *taking, const char *path)
{
	struct intake *intake = taking->intake;
	const char *slash = strrchr(path, '/');
	char *folder = slash == NULL   ? xstrdup(".")
		       : slash == path ? xstrdup("/")
				       : xstrndup(path, (size_t)(slash - path));
	taking->from = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Passing through is enough for the file itself. */
	if (taking->from < 0 && errno == EACCES)
		taking->from = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int r = taking->from < 0 ? fault_machine(taking->fault, errno, "%s", path) : 0;
	taking->shown_above = slash == NULL ? xstrdup("") : xstrndup(path, (size_t)(slash + 1 - path));
	intake->file_name = xstrdup(slash == NULL ? path : slash + 1);
	intake->shown = xstrdup(path);
	if (r == 0 && (r = find_kind(intake, taking->fault)) == 0 && (r = take_main(taking)) == 0 &&
	    intake->kind == INTAKE_SOURCE) {
		take_beside(taking, folder);
		take_included(taking, intake->file_name, 0);
	}
	free(folder);
	return r;
}

static int take_chosen(struct taking *taking, const struct collection *collection, size_t chosen)
{
	struct intake *intake = taking->intake;
	const struct collected_file *file = &collection->files[chosen];
	const struct collected_root *root = &collection->roots[file->root];
	size_t length = strlen(root->shown);
	taking->shown_above = xasprintf("%s%s", root->shown, length > 0 && root->shown[length - 1] == '/' ? "" : "/");
	intake->file_name = xstrdup(file->inner);
	intake->shown = xasprintf("%s%s", taking->shown_above, file->inner);
	taking->from = open_folder(root->path, root->shown, taking->fault);
	int r = taking->from < 0 ? taking->from : 0;
	if (r == 0 && (r = find_kind(intake, taking->fault)) == 0 && (r = take_main(taking)) == 0 &&
	    intake->kind == INTAKE_SOURCE) {
		note_folder(intake, intake->file_name);
		take_collected(taking, collection, chosen);
		take_included(taking, intake->file_name, 0);
	}
	return r;
}

static int take_folder(struct taking *taking, const char *path, bool is_archive)
{
	struct collection collection;
	int fd = is_archive ? -1 : open_folder(path, path, taking->fault);
	if (fd < 0 && !is_archive)
		return fd;
	if (fd >= 0)
		close(fd);
	if ((taking->scratch = private_make(taking->fault)) == NULL)
		return -EIO;
	if (is_archive)
		collect_archive_only(&collection, path, path, taking->scratch);
	else
		collect(&collection, path, path, taking->scratch);
	int chosen = choose_file(&collection, path, taking->fault);
	int r = chosen < 0 ? chosen : take_chosen(taking, &collection, (size_t)chosen);
	collection_free(&collection);
	return r;
}

static int take(struct taking *taking, const char *path)
{
	struct stat status;
	if (lstat(path, &status) < 0)
		return fault_machine(taking->fault, errno, "%s", *path != '\0' ? path : "\"\"");
	if (S_ISLNK(status.st_mode))
		return fault_submission(taking->fault, _("%s: is a symbolic link; name what it leads to"), path);
	if (S_ISDIR(status.st_mode) && !file_is_submission(path))
		return take_folder(taking, path, false);
	if (S_ISREG(status.st_mode) && file_kind(path) == FILE_ARCHIVE)
		return take_folder(taking, path, true);
	return take_single(taking, path);
}

/* ---- all of it ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct hashed *)a)->name, ((const struct hashed *)b)->name);
}

/* As `sha256sum FILES | sha256sum`, sorted by name. */
static void hash_all(struct taking *taking)
{
	struct sha256_ctx hash;
	uint8_t digest[SHA256_DIGEST_SIZE];
	char *hex = taking->intake->sha256;
	if (taking->n_hashed == 1) {
		memcpy(hex, taking->hashed[0].sha256, sizeof(taking->intake->sha256));
		return;
	}
	qsort(taking->hashed, taking->n_hashed, sizeof(*taking->hashed), by_name);
	sha256_init(&hash);
	for (size_t i = 0; i < taking->n_hashed; i++) {
		char *line = xasprintf("%s  %s\n", taking->hashed[i].sha256, taking->hashed[i].name);
		sha256_update(&hash, strlen(line), (const uint8_t *)line);
		free(line);
	}
	sha256_digest(&hash, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
}

static int open_private(struct taking *taking)
{
	struct intake *intake = taking->intake;
	intake->directory = private_make(taking->fault);
	if (intake->directory == NULL)
		return -EIO;
	taking->to = open(intake->directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (taking->to < 0)
		return fault_machine(taking->fault, errno, _("%s: cannot be opened"), intake->directory);
	return private_check_loadable(intake->directory, taking->fault);
}

int intake_open(struct intake *intake, const char *path, struct intake_limits limits, struct fault *fault)
{
	struct taking taking = { .intake = intake, .limits = limits, .fault = fault, .from = -1, .to = -1 };
	*intake = (struct intake){ .name = xstrdup(path) };
	int r = open_private(&taking);
	if (r == 0)
		r = take(&taking, path);
	if (r == 0)
		hash_all(&taking);
	if (taking.scratch != NULL)
		private_remove(taking.scratch);
	if (taking.to >= 0)
		close(taking.to);
	if (taking.from >= 0)
		close(taking.from);
	for (size_t i = 0; i < taking.n_hashed; i++)
		free(taking.hashed[i].name);
	free(taking.hashed);
	free(taking.scratch);
	free(taking.shown_above);
	if (r < 0)
		intake_close(intake);
	return r;
}

void intake_close(struct intake *intake)
{
	if (intake->directory != NULL)
		private_remove(intake->directory);
	for (size_t i = 0; i < intake->n_others; i++)
		free(intake->others[i]);
	for (size_t i = 0; i < intake->n_folders; i++)
		free(intake->folders[i]);
	free(intake->others);
	free(intake->folders);
	free(intake->name);
	free(intake->shown);
	free(intake->file_name);
	free(intake->directory);
	free(intake->path);
	free(intake->defines);
	*intake = (struct intake){ 0 };
}
