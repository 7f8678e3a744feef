#include "copy.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_names.h"
#include "text.h"
#include "translate.h"

#define HEAD_BYTES 4096u /* enough to see what a file is */

static const char *type_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFLNK:
		return _("a symbolic link");
	case S_IFDIR:
		return _("a folder");
	case S_IFIFO:
		return _("a named pipe");
	case S_IFSOCK:
		return _("a socket");
	case S_IFBLK:
	case S_IFCHR:
		return _("a device");
	default:
		return _("of an unknown type");
	}
}

static int refuse_type(const char *shown, mode_t mode, struct fault *fault)
{
	return fault_submission(fault, _("%s: is %s, not a regular file; hand in the file itself"), shown,
				type_name(mode));
}

/* Looks before it opens, because opening a device may do something; and again after, because what it saw may be gone.
 */
int open_regular(int directory_fd, const char *name, const char *shown, struct fault *fault)
{
	struct stat status;
	if (fstatat(directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return fault_machine(fault, errno, "%s", shown);
	if (!S_ISREG(status.st_mode))
		return refuse_type(shown, status.st_mode, fault);
	int fd = openat(directory_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 && errno == ELOOP)
		return refuse_type(shown, S_IFLNK, fault);
	if (fd < 0)
		return fault_machine(fault, errno, _("%s: cannot be read"), shown);
	int r = fd;
	if (fstat(fd, &status) < 0)
		r = fault_machine(fault, errno, _("%s: cannot be read"), shown);
	else if (!S_ISREG(status.st_mode))
		r = refuse_type(shown, status.st_mode, fault);
	if (r < 0)
		close(fd);
	return r;
}

static bool begins(const char *head, size_t length, const char *magic, size_t magic_length)
{
	return length >= magic_length && memcmp(head, magic, magic_length) == 0;
}

static bool is_text(const char *head, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)head[i];
		if (byte < 0x20 && strchr("\t\n\v\f\r\033", byte) == NULL)
			return false;
		if (byte == 0)
			return false;
	}
	return true;
}

static int check_object(const char *shown, const char *head, size_t length, struct fault *fault)
{
	if (begins(head, length,
		   "\x7f"
		   "ELF",
		   4))
		return 0;
	if (begins(head, length, "!<arch>\n", 8))
		return fault_submission(fault, _("%s: is a static library; link a shared object: gcc -shared"), shown);
	if (begins(head, length, "MZ", 2))
		return fault_submission(fault, _("%s: is a Windows program; build it on Linux"), shown);
	if (begins(head, length, "\xcf\xfa\xed\xfe", 4) || begins(head, length, "\xca\xfe\xba\xbe", 4))
		return fault_submission(fault, _("%s: is a macOS object; build it on Linux"), shown);
	if (is_text(head, length))
		return fault_submission(
		    fault, _("%s: is a text file, not a shared object; if it is C source, name it .c"), shown);
	return fault_submission(fault, _("%s: is not a shared object (an ELF file)"), shown);
}

static int check_source(const char *shown, const char *head, size_t length, struct fault *fault)
{
	if (begins(head, length,
		   "\x7f"
		   "ELF",
		   4))
		return fault_submission(fault,
					_("%s: is a compiled ELF file, not C source; if it is a shared object, "
					  "name it .so"),
					shown);
	if (begins(head, length, "\xff\xfe", 2) || begins(head, length, "\xfe\xff", 2))
		return fault_submission(fault, _("%s: is UTF-16 text; save it as UTF-8"), shown);
	if (!is_text(head, length))
		return fault_submission(fault, _("%s: is not C source: it holds binary data"), shown);
	return 0;
}

static int check_head(const struct copy_request *request, const char *head, size_t length, struct fault *fault)
{
	if (length == 0)
		return file_kind(request->from) == FILE_HEADER
			   ? 0
			   : fault_submission(fault, _("%s: is empty"), request->shown);
	if (text_ends(request->from, ".so"))
		return check_object(request->shown, head, length, fault);
	return check_source(request->shown, head, length, fault);
}

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = write(fd, bytes, length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -errno;
		bytes += count;
		length -= (size_t)count;
	}
	return 0;
}

static int too_large(const struct copy_request *request, struct fault *fault)
{
	return fault_submission(fault, _("%s: is larger than the %ju KiB that are allowed"), request->shown,
				(uintmax_t)(request->bytes_max / 1024));
}

/* Fills `block` as far as the file goes. */
static ssize_t read_block(int fd, char *block, size_t size)
{
	size_t length = 0;
	while (length < size) {
		ssize_t count = read(fd, block + length, size - length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -errno;
		if (count == 0)
			break;
		length += (size_t)count;
	}
	return (ssize_t)length;
}

static void finish_hash(struct sha256_ctx *hash, char *hex)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	sha256_digest(hash, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
}

static int transfer(const struct copy_request *request, int from, int to, struct copied *copied, struct fault *fault)
{
	char block[65536];
	struct sha256_ctx hash;
	sha256_init(&hash);
	ssize_t count;
	do {
		count = read_block(from, block, sizeof(block));
		if (count < 0)
			return fault_machine(fault, (int)-count, _("%s: cannot be read"), request->shown);
		int r = 0;
		if (copied->size_bytes == 0) {
			size_t head = (size_t)count < HEAD_BYTES ? (size_t)count : HEAD_BYTES;
			if ((r = check_head(request, block, head, fault)) < 0)
				return r;
		}
		copied->size_bytes += (uint64_t)count;
		if (copied->size_bytes > request->bytes_max)
			return too_large(request, fault);
		sha256_update(&hash, (size_t)count, (const uint8_t *)block);
		if ((r = write_all(to, block, (size_t)count)) < 0)
			return fault_machine(fault, -r, _("%s: cannot be copied"), request->shown);
	} while (count == sizeof(block));
	finish_hash(&hash, copied->sha256);
	return 0;
}

int copy_file(const struct copy_request *request, struct copied *copied, struct fault *fault)
{
	struct stat status;
	*copied = (struct copied){ 0 };
	int to = -1, r;
	int from = open_regular(request->from_directory_fd, request->from, request->shown, fault);
	if (from < 0)
		return from;
	if (fstat(from, &status) < 0) {
		r = fault_machine(fault, errno, _("%s: cannot be read"), request->shown);
		goto out;
	}
	if (status.st_size > 0 && (uint64_t)status.st_size > request->bytes_max) {
		r = too_large(request, fault);
		goto out;
	}
	to = openat(request->to_directory_fd, request->to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	if (to < 0) {
		r = fault_machine(fault, errno, _("%s: cannot be copied"), request->shown);
		goto out;
	}
	r = transfer(request, from, to, copied, fault);
	if (close(to) < 0 && r == 0)
		r = fault_machine(fault, errno, _("%s: cannot be copied"), request->shown);
out:
	close(from);
	return r;
}
