#include "unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

enum {
	FILES_MAX = 20000,
	FILE_BYTES_MAX = 16 * 1024 * 1024,
	BYTES_MAX = 512 * 1024 * 1024,
};

bool archive_is(const char *name)
{
	static const char *const endings[] = { ".zip",    ".tar",     ".tar.gz",  ".tgz",
					       ".tar.xz", ".tar.bz2", ".tar.zst", ".7z" };
	size_t length = strlen(name);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t ending = strlen(endings[i]);
		if (length > ending && strcasecmp(name + length - ending, endings[i]) == 0)
			return true;
	}
	return false;
}

/* A path that stays inside: relative, no "..", no empty or absolute part. */
static bool stays_inside(const char *path)
{
	if (path[0] == '/' || path[0] == '\0')
		return false;
	for (const char *part = path; part != NULL; part = strchr(part, '/')) {
		part += *part == '/';
		if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
			return false;
	}
	return true;
}

/* Makes the folders above a path, below `to`. */
static int make_parents(int to, const char *path)
{
	char *copy = xstrdup(path);
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

struct quota {
	uint64_t bytes;
	unsigned files;
};

static int copy_data(struct archive *archive, int fd, struct quota *quota)
{
	char buffer[65536];
	uint64_t size = 0;
	for (;;) {
		la_ssize_t length = archive_read_data(archive, buffer, sizeof(buffer));
		if (length == 0)
			return 0;
		if (length < 0)
			return -EBADMSG;
		size += (uint64_t)length;
		quota->bytes += (uint64_t)length;
		if (size > FILE_BYTES_MAX || quota->bytes > BYTES_MAX)
			return -EFBIG;
		if (write(fd, buffer, (size_t)length) != length)
			return errno != 0 ? -errno : -ENOSPC;
	}
}

/* Writes one entry, or skips it. */
static int unpack_entry(struct archive *archive, struct archive_entry *entry, int to, struct quota *quota,
			unsigned *skipped)
{
	const char *path = archive_entry_pathname(entry);
	mode_t type = archive_entry_filetype(entry);
	if (path == NULL || !stays_inside(path) || archive_entry_hardlink(entry) != NULL ||
	    (type != AE_IFREG && type != AE_IFDIR)) {
		(*skipped)++;
		return 0;
	}
	if (++quota->files > FILES_MAX)
		return -EFBIG;
	int r = make_parents(to, path);
	if (r < 0 || type == AE_IFDIR)
		return r;
	/* Not through a link: there are none, for we make none. */
	int fd = openat(to, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EEXIST || errno == EISDIR || errno == ENAMETOOLONG || errno == EINVAL)) {
		(*skipped)++;
		return 0;
	}
	if (fd < 0)
		return -errno;
	r = copy_data(archive, fd, quota);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}

static int unpack_all(struct archive *archive, int to, unsigned *skipped)
{
	struct quota quota = { 0 };
	struct archive_entry *entry;
	for (;;) {
		int next = archive_read_next_header(archive, &entry);
		if (next == ARCHIVE_EOF)
			return 0;
		if (next < ARCHIVE_WARN)
			return -EBADMSG;
		int r = unpack_entry(archive, entry, to, &quota, skipped);
		if (r < 0)
			return r;
	}
}

int archive_unpack(const char *path, const char *to, unsigned *skipped, struct fault *fault)
{
	struct archive *archive = archive_read_new();
	int folder = -1, r;
	*skipped = 0;
	archive_read_support_filter_all(archive);
	/* No others: some would take any text for an archive. */
	archive_read_support_format_zip(archive);
	archive_read_support_format_tar(archive);
	archive_read_support_format_7zip(archive);
	if (mkdir(to, 0700) < 0 || (folder = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
		r = fault_machine(fault, errno, "%s", to);
		goto out;
	}
	if (archive_read_open_filename(archive, path, 65536) != ARCHIVE_OK)
		r = -EBADMSG;
	else
		r = unpack_all(archive, folder, skipped);
	if (r == -EBADMSG)
		fault_submission(fault, "%s cannot be unpacked: %s", path,
				 archive_error_string(archive) != NULL ? archive_error_string(archive) : "damaged");
	else if (r == -EFBIG)
		fault_submission(fault, "%s is too large once unpacked: at most %d files, %d MiB each, %d MiB in all",
				 path, FILES_MAX, FILE_BYTES_MAX >> 20, BYTES_MAX >> 20);
	else if (r < 0)
		fault_machine(fault, -r, "unpacking %s", path);
out:
	if (folder >= 0)
		close(folder);
	archive_read_free(archive);
	return r;
}
