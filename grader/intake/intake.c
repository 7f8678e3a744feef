#include "intake.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "choose.h"
#include "copy.h"
#include "text.h"
#include "translate.h"

/* Where the submission is, while it is being taken in. */
struct source {
	int directory_fd; /* of the folder that holds it */
	char *shown;
};

static int make_private_directory(struct intake *intake, int *fd, struct fault *fault)
{
	const char *base = getenv("TMPDIR");
	if (base == NULL || base[0] != '/')
		base = "/tmp";
	char *real = realpath(base, NULL);
	if (real == NULL)
		return fault_machine(fault, errno, _("%s: no folder for temporary files; set TMPDIR"), base);
	char *directory = xasprintf("%s/syncgrade-XXXXXX", real);
	free(real);
	if (mkdtemp(directory) == NULL) {
		int r = fault_machine(fault, errno, _("%s: cannot be made; set TMPDIR"), directory);
		free(directory);
		return r;
	}
	intake->directory = directory;
	*fd = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return *fd < 0 ? fault_machine(fault, errno, _("%s: cannot be opened"), directory) : 0;
}

static int open_folder(const char *path, struct fault *fault)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? fault_machine(fault, errno, _("%s: the folder cannot be read"), path) : fd;
}

/* `path` is a file: its folder is opened too, for the headers beside it. */
static int find_beside(struct intake *intake, struct source *source, const char *path, struct fault *fault)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash == NULL   ? xstrdup(".")
		       : slash == path ? xstrdup("/")
				       : xstrndup(path, (size_t)(slash - path));
	source->directory_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int r = source->directory_fd < 0 ? fault_machine(fault, errno, "%s", path) : 0;
	free(folder);
	intake->file_name = xstrdup(slash == NULL ? path : slash + 1);
	source->shown = xstrdup(path);
	return r;
}

static int find_inside(struct intake *intake, struct source *source, const char *path, struct fault *fault)
{
	if ((source->directory_fd = open_folder(path, fault)) < 0)
		return source->directory_fd;
	int r = choose_file(source->directory_fd, path, &intake->file_name, fault);
	if (r == 0)
		source->shown = xasprintf("%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", intake->file_name);
	return r;
}

static int find(struct intake *intake, struct source *source, const char *path, struct fault *fault)
{
	struct stat status;
	if (lstat(path, &status) < 0)
		return fault_machine(fault, errno, "%s", *path != '\0' ? path : "\"\"");
	if (S_ISLNK(status.st_mode))
		return fault_submission(fault, _("%s: is a symbolic link; name what it leads to"), path);
	if (S_ISDIR(status.st_mode) && !text_ends(path, ".so") && !text_ends(path, ".c"))
		return find_inside(intake, source, path, fault);
	return find_beside(intake, source, path, fault);
}

static int find_kind(struct intake *intake, const struct source *source, struct fault *fault)
{
	if (text_ends(intake->file_name, ".c"))
		intake->kind = INTAKE_SOURCE;
	else if (text_ends(intake->file_name, ".so"))
		intake->kind = INTAKE_SHARED_OBJECT;
	else
		return fault_submission(fault, _("%s: is neither a .c nor a .so file, nor a folder with one"),
					source->shown);
	return 0;
}

/* A header that cannot be taken is left out: if it is needed, the compiler says so. */
static void copy_headers(const struct source *source, int to, struct intake_limits limits)
{
	struct listing headers;
	if (listing_init(&headers, source->directory_fd, ".h") < 0)
		return;
	for (size_t i = 0; i < headers.n_names && i < HEADERS_MAX; i++) {
		struct fault ignored = { 0 };
		struct copied copied;
		struct copy_request request = {
			.from_directory_fd = source->directory_fd,
			.from = headers.names[i],
			.shown = headers.names[i],
			.to_directory_fd = to,
			.to = headers.names[i],
			.bytes_max = limits.source_bytes_max,
		};
		if (copy_file(&request, &copied, &ignored) < 0)
			unlinkat(to, headers.names[i], 0);
		fault_free(&ignored);
	}
	listing_fini(&headers);
}

static int copy_submission(struct intake *intake, const struct source *source, int to, struct intake_limits limits,
			   struct fault *fault)
{
	bool is_source = intake->kind == INTAKE_SOURCE;
	struct copied copied;
	struct copy_request request = {
		.from_directory_fd = source->directory_fd,
		.from = intake->file_name,
		.shown = source->shown,
		.to_directory_fd = to,
		.to = intake->file_name,
		.bytes_max = is_source ? limits.source_bytes_max : limits.object_bytes_max,
	};
	int r = copy_file(&request, &copied, fault);
	if (r < 0)
		return r;
	intake->size_bytes = copied.size_bytes;
	memcpy(intake->sha256, copied.sha256, sizeof(intake->sha256));
	intake->path = xasprintf("%s/%s", intake->directory, intake->file_name);
	if (is_source)
		copy_headers(source, to, limits);
	return 0;
}

int intake_open(struct intake *intake, const char *path, struct intake_limits limits, struct fault *fault)
{
	*intake = (struct intake){ .name = xstrdup(path) };
	struct source source = { .directory_fd = -1 };
	int to = -1, r;
	if ((r = find(intake, &source, path, fault)) == 0 && (r = find_kind(intake, &source, fault)) == 0 &&
	    (r = make_private_directory(intake, &to, fault)) == 0)
		r = copy_submission(intake, &source, to, limits, fault);
	if (to >= 0)
		close(to);
	if (source.directory_fd >= 0)
		close(source.directory_fd);
	free(source.shown);
	if (r < 0)
		intake_close(intake);
	return r;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)where;
	if (type == FTW_D || type == FTW_DNR || type == FTW_DP)
		rmdir(path);
	else
		unlink(path);
	return 0;
}

void intake_close(struct intake *intake)
{
	if (intake->directory != NULL)
		nftw(intake->directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	free(intake->name);
	free(intake->file_name);
	free(intake->directory);
	free(intake->path);
	*intake = (struct intake){ 0 };
}
