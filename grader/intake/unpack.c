#include "unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_names.h"
#include "text.h"
#include "translate.h"
#include "utf8_names.h"

#define MIB (UINT64_C(1) << 20)

enum {
	ENTRIES_MAX = 2000000,
	FILES_MAX = 100000, /* with content */
	NAMES_MAX = 100000, /* without */
	COMPONENT_MAX = 255,
};

/* More than any exercise takes: what is larger is cut here, and then told to be too large. */
static const uint64_t file_bytes_max = 16 * MIB, archive_bytes_max = 1024 * MIB, bytes_max = 8192 * MIB;

struct unpacking {
	struct archive *archive;
	int to;
	struct unpacked *unpacked;
	uint64_t bytes;
	unsigned entries, files;
};

/* ---- names ---- */

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

/* A name that no file system holds, cut where a character begins, with a part of its hash and its ending. */
static void add_short(struct text *path, const char *part, size_t length)
{
	enum { KEPT = 180, ENDING_MAX = 12 };
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx hash;
	sha256_init(&hash);
	sha256_update(&hash, length, (const uint8_t *)part);
	sha256_digest(&hash, sizeof(digest), digest);
	size_t kept = KEPT;
	while (kept > 0 && ((unsigned char)part[kept] & 0xc0) == 0x80)
		kept--;
	const char *dot = memrchr(part, '.', length);
	size_t ending = dot != NULL ? (size_t)(part + length - dot) : 0;
	text_printf(path, "%.*s~%02x%02x%02x%02x%.*s", (int)kept, part, digest[0], digest[1], digest[2], digest[3],
		    ending <= ENDING_MAX ? (int)ending : 0, ending <= ENDING_MAX ? dot : "");
}

/* Windows' separators are told from names by there being no others. Takes `path` over. */
static char *tidy(char *path)
{
	struct text tidied = { 0 };
	if (strchr(path, '/') == NULL) {
		for (char *at = path; *at != '\0'; at++)
			*at = *at == '\\' ? '/' : *at;
	}
	for (const char *part = path; *part != '\0';) {
		size_t length = strcspn(part, "/");
		if (length > COMPONENT_MAX)
			add_short(&tidied, part, length);
		else
			text_append(&tidied, part, length);
		part += length;
		if (*part == '/')
			text_append(&tidied, part++, 1);
	}
	free(path);
	return text_take(&tidied);
}

/* In UTF-8, whatever the archive says or does not say. The caller owns it; NULL: it has none. */
static char *entry_path(struct archive_entry *entry)
{
	const char *raw = archive_entry_pathname(entry), *utf8 = raw == NULL ? archive_entry_pathname_utf8(entry) : raw;
	return utf8 != NULL ? tidy(utf8_guessed(utf8)) : NULL;
}

/* Version control and what programs keep for themselves: many files, and nobody's work. */
static bool is_heavy(const char *path)
{
	static const char *const heavy[] = {
		".git", ".svn", ".hg", "__MACOSX", "node_modules", ".vs", ".cache", ".idea"
	};
	for (const char *part = path; *part != '\0';) {
		size_t length = strcspn(part, "/");
		for (size_t i = 0; i < sizeof(heavy) / sizeof(heavy[0]); i++) {
			if (strlen(heavy[i]) == length && strncmp(part, heavy[i], length) == 0)
				return true;
		}
		part += length + (part[length] == '/');
	}
	return false;
}

/* Gradescope's list of who handed in what is wanted whole, too, and Blackboard's .txt of each attempt. */
static bool has_content(const char *name)
{
	return file_kind(name) != FILE_OTHER || strcmp(name, "submission_metadata.yml") == 0 ||
	       (strstr(name, "_attempt_") != NULL && text_ends(name, ".txt"));
}

/* ---- writing ---- */

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

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = write(fd, bytes, length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return count < 0 ? -errno : -ENOSPC;
		bytes += count;
		length -= (size_t)count;
	}
	return 0;
}

/* fd: -1: just passes over it. What a filter makes of few bytes is bounded too. */
static int copy_data(struct unpacking *unpacking, int fd, uint64_t size_max)
{
	char buffer[65536];
	uint64_t size = 0;
	for (;;) {
		la_ssize_t length = archive_read_data(unpacking->archive, buffer, sizeof(buffer));
		if (length == 0)
			return 0;
		if (length < 0)
			return -EBADMSG;
		unpacking->bytes += (uint64_t)length;
		if (unpacking->bytes > bytes_max)
			return -EFBIG;
		size_t kept = size > size_max ? 0 : (size_t)length;
		size += (uint64_t)length;
		int r = fd >= 0 ? write_all(fd, buffer, kept) : 0;
		if (r < 0)
			return r;
		if (size > size_max && fd >= 0)
			fd = -1;
	}
}

static int pass_over(struct unpacking *unpacking)
{
	int format = archive_format(unpacking->archive) & ARCHIVE_FORMAT_BASE_MASK;
	if (format != ARCHIVE_FORMAT_ZIP)
		return copy_data(unpacking, -1, 0);
	return archive_read_data_skip(unpacking->archive) < ARCHIVE_WARN ? -EBADMSG : 0;
}

static int leave_out(struct unpacking *unpacking)
{
	unpacking->unpacked->outside++;
	return 0;
}

static bool cannot_be(int error)
{
	return error == EEXIST || error == EISDIR || error == ENOTDIR || error == ENAMETOOLONG || error == EINVAL ||
	       error == ELOOP || error == ENXIO;
}

static int write_entry(struct unpacking *unpacking, struct archive_entry *entry, const char *path)
{
	const char *name = basename(path);
	bool wanted = has_content(name);
	if (wanted ? ++unpacking->files > FILES_MAX : unpacking->unpacked->empty >= NAMES_MAX)
		return wanted ? -EFBIG : pass_over(unpacking);
	if (wanted && archive_entry_is_data_encrypted(entry))
		return -EACCES;
	int r = make_parents(unpacking->to, path);
	if (r < 0)
		return cannot_be(-r) ? leave_out(unpacking) : r;
	/* Not through a link: there are none, for we make none. */
	int fd = openat(unpacking->to, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (fd < 0)
		return cannot_be(errno) ? leave_out(unpacking) : -errno;
	unpacking->unpacked->empty += !wanted;
	r = wanted ? copy_data(unpacking, fd, file_kind(name) == FILE_ARCHIVE ? archive_bytes_max : file_bytes_max)
		   : pass_over(unpacking);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}

/* Writes one entry, or leaves it out. */
static int unpack_entry(struct unpacking *unpacking, struct archive_entry *entry)
{
	char *path = entry_path(entry);
	mode_t type = archive_entry_filetype(entry);
	int r;
	if (++unpacking->entries > ENTRIES_MAX) {
		r = -EFBIG;
	} else if (path == NULL || !stays_inside(path) || archive_entry_hardlink(entry) != NULL ||
		   (type != AE_IFREG && type != AE_IFDIR)) {
		r = leave_out(unpacking);
	} else if (is_heavy(path)) {
		r = pass_over(unpacking);
	} else if (type == AE_IFDIR) {
		char *inside = xasprintf("%s/", path);
		r = make_parents(unpacking->to, inside);
		r = r < 0 && cannot_be(-r) ? leave_out(unpacking) : r;
		free(inside);
	} else {
		r = write_entry(unpacking, entry, path);
	}
	free(path);
	return r;
}

static int unpack_all(struct unpacking *unpacking)
{
	struct archive_entry *entry;
	for (;;) {
		int next = archive_read_next_header(unpacking->archive, &entry);
		if (next == ARCHIVE_EOF)
			return 0;
		if (next < ARCHIVE_WARN)
			return -EBADMSG;
		int r = unpack_entry(unpacking, entry);
		if (r < 0)
			return r;
	}
}

/* ---- all of it ---- */

static int open_archive(struct archive *archive, const char *path)
{
	struct stat status;
	if (stat(path, &status) < 0)
		return -errno;
	if (status.st_size == 0)
		return -ENODATA;
	if ((uint64_t)status.st_size > archive_bytes_max * 8)
		return -EFBIG;
	archive_read_support_filter_all(archive);
	/* No others: some would take any text for an archive. */
	archive_read_support_format_zip(archive);
	archive_read_support_format_tar(archive);
	archive_read_support_format_7zip(archive);
	return archive_read_open_filename(archive, path, 65536) == ARCHIVE_OK ? 0 : -EBADMSG;
}

static int tell(struct archive *archive, const char *path, int r, struct fault *fault)
{
	const char *words = archive_error_string(archive);
	/* libarchive asks the format, which there must be. */
	if (r == -EBADMSG && archive_format(archive) != 0 && archive_read_has_encrypted_entries(archive) > 0)
		r = -EACCES;
	switch (-r) {
	case EACCES:
		return fault_submission(fault, _("%s: is encrypted; hand it in without a password"), path);
	case ENODATA:
		return fault_submission(
		    fault, _("%s: is empty (0 bytes): the upload may have failed; hand it in again"), path);
	case EFBIG:
		return fault_submission(
		    fault, _("%s: is too large once unpacked: at most %d files and %ju MiB; hand in the sources only"),
		    path, FILES_MAX, (uintmax_t)(bytes_max / MIB));
	case EBADMSG:
		return fault_submission(
		    fault,
		    _("%s: cannot be unpacked: it is damaged, or is no archive (%s); make it again and hand "
		      "it in again"),
		    path, words != NULL ? words : "?");
	default:
		return fault_machine(fault, -r, _("%s: cannot be unpacked"), path);
	}
}

int archive_unpack(const char *path, const char *to, struct unpacked *unpacked, struct fault *fault)
{
	struct unpacking unpacking = { .archive = archive_read_new(), .to = -1, .unpacked = unpacked };
	/* libarchive converts names by the locale: in C there would be none. */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = uselocale(utf8);
	int r;
	*unpacked = (struct unpacked){ 0 };
	if (mkdir(to, 0700) < 0 || (unpacking.to = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
		r = fault_machine(fault, errno, "%s", to);
	} else {
		r = open_archive(unpacking.archive, path);
		if (r == 0)
			r = unpack_all(&unpacking);
		/* Reasons are translated in the user's locale again. */
		uselocale(before);
		if (r < 0)
			r = tell(unpacking.archive, path, r, fault);
	}
	uselocale(before);
	if (utf8 != (locale_t)0)
		freelocale(utf8);
	if (unpacking.to >= 0)
		close(unpacking.to);
	archive_read_free(unpacking.archive);
	return r;
}
