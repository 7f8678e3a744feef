#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inspect.h"
#include "translate.h"

#define SEGMENTS_MAX 128u
#define SPAN_BYTES_MAX (UINT64_C(1) << 30) /* address space that one object may take */
#define PAGE_BYTES 4096u

int image_damaged(const struct image *image, struct fault *fault, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *reason = xvasprintf(format, arguments);
	va_end(arguments);
	int r = fault_submission(fault, _("%s: is damaged: %s; build it again"), image->path, reason);
	free(reason);
	return r;
}

static int read_all(struct image *image, int fd)
{
	for (size_t length = 0; length < image->size;) {
		ssize_t count = read(fd, image->bytes + length, image->size - length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -errno;
		if (count == 0)
			return -EIO; /* shrunk while it was read: nobody else may write to the private copy */
		length += (size_t)count;
	}
	return 0;
}

int image_init(struct image *image, const char *path, struct fault *fault)
{
	*image = (struct image){ .path = basename(path) };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return fault_machine(fault, errno, _("%s: cannot be read"), path);
	struct stat status;
	int r;
	if (fstat(fd, &status) < 0) {
		r = fault_machine(fault, errno, _("%s: cannot be read"), path);
	} else if (!S_ISREG(status.st_mode)) {
		r = fault_submission(fault, _("%s: is not a regular file"), image->path);
	} else if ((uint64_t)status.st_size > INSPECT_FILE_BYTES_MAX) {
		r = fault_submission(fault, _("%s: is larger than %u MiB"), image->path, INSPECT_FILE_BYTES_MAX >> 20);
	} else {
		image->size = (size_t)status.st_size;
		image->bytes = xcalloc(image->size, 1);
		r = read_all(image, fd);
		if (r < 0)
			r = fault_machine(fault, -r, _("%s: cannot be read"), path);
	}
	close(fd);
	return r;
}

void image_fini(struct image *image)
{
	free(image->bytes);
	free(image->segments);
	*image = (struct image){ 0 };
}

static const char *machine_name(unsigned machine)
{
	switch (machine) {
	case EM_386:
		return "32-bit x86";
	case EM_AARCH64:
		return _("AArch64 (ARM, 64 bits)");
	case EM_ARM:
		return _("ARM (32 bits)");
	case EM_RISCV:
		return "RISC-V";
	case EM_PPC64:
		return "PowerPC";
	case EM_S390:
		return "S/390";
	default:
		return _("another machine");
	}
}

static int check_type(const struct image *image, struct fault *fault)
{
	switch (image->header.e_type) {
	case ET_DYN:
		return 0;
	case ET_REL:
		return fault_submission(fault, _("%s: is an object file that was not linked; link it with gcc -shared"),
					image->path);
	case ET_EXEC:
		return fault_submission(
		    fault, _("%s: is a program, not a shared object; link it with gcc -shared -fPIC"), image->path);
	default:
		return image_damaged(image, fault, _("its type is %u, not that of a shared object"),
				     image->header.e_type);
	}
}

static int check_header(struct image *image, struct fault *fault)
{
	if (image->size < SELFMAG || memcmp(image->bytes, ELFMAG, SELFMAG) != 0)
		return fault_submission(fault, _("%s: is not a shared object (an ELF file)"), image->path);
	if (image->size < sizeof(image->header))
		return image_damaged(image, fault, _("it is truncated, %zu bytes are left"), image->size);
	memcpy(&image->header, image->bytes, sizeof(image->header));
	const Elf64_Ehdr *header = &image->header;
	/* e_machine stands at the same place in both classes. */
	if (header->e_ident[EI_DATA] == ELFDATA2LSB && header->e_machine != EM_X86_64)
		return fault_submission(fault, _("%s: is built for %s; build it for x86-64"), image->path,
					machine_name(header->e_machine));
	if (header->e_ident[EI_CLASS] != ELFCLASS64)
		return fault_submission(fault, _("%s: is not a 64-bit object; build it for x86-64"), image->path);
	if (header->e_ident[EI_DATA] != ELFDATA2LSB)
		return fault_submission(fault, _("%s: is a big-endian object; build it for x86-64"), image->path);
	if (header->e_ident[EI_VERSION] != EV_CURRENT || header->e_version != EV_CURRENT)
		return image_damaged(image, fault, _("its ELF version is unknown"));
	if (header->e_ident[EI_OSABI] != ELFOSABI_SYSV && header->e_ident[EI_OSABI] != ELFOSABI_LINUX)
		return fault_submission(fault, _("%s: is not built for Linux"), image->path);
	return check_type(image, fault);
}

static int read_segments(struct image *image, struct fault *fault)
{
	const Elf64_Ehdr *header = &image->header;
	size_t count = header->e_phnum;
	if (header->e_phentsize != sizeof(Elf64_Phdr) || count == 0 || count > SEGMENTS_MAX)
		return image_damaged(image, fault, _("its program headers are not those of a shared object"));
	if (header->e_phoff > image->size || count * sizeof(Elf64_Phdr) > image->size - header->e_phoff)
		return image_damaged(image, fault, _("its program headers lie outside the file"));
	image->segments = xcalloc(count, sizeof(Elf64_Phdr));
	memcpy(image->segments, image->bytes + header->e_phoff, count * sizeof(Elf64_Phdr));
	image->n_segments = count;
	return 0;
}

static int check_load(const struct image *image, const Elf64_Phdr *segment, uint64_t *end, struct fault *fault)
{
	if (segment->p_filesz > segment->p_memsz || segment->p_memsz > SPAN_BYTES_MAX ||
	    segment->p_vaddr > SPAN_BYTES_MAX - segment->p_memsz)
		return image_damaged(image, fault, _("a segment takes impossible addresses"));
	if (segment->p_vaddr < *end)
		return image_damaged(image, fault, _("its segments overlap or are out of order"));
	if ((segment->p_vaddr - segment->p_offset) % PAGE_BYTES != 0 ||
	    (segment->p_align & (segment->p_align - 1)) != 0 || segment->p_align > SPAN_BYTES_MAX)
		return image_damaged(image, fault, _("a segment is not aligned"));
	*end = segment->p_vaddr + segment->p_memsz;
	return 0;
}

static int check_segment(const struct image *image, const Elf64_Phdr *segment, uint64_t *end, struct fault *fault)
{
	if (segment->p_offset > image->size || segment->p_filesz > image->size - segment->p_offset)
		return image_damaged(image, fault, _("a segment ends outside the file, which is perhaps truncated"));
	if (segment->p_type == PT_LOAD)
		return check_load(image, segment, end, fault);
	if (segment->p_type == PT_INTERP)
		return fault_submission(
		    fault, _("%s: is a program, not a shared object; link it with gcc -shared -fPIC"), image->path);
	return 0;
}

/* What the loader takes at its word: where these lie in memory. */
static int check_inside(const struct image *image, struct fault *fault)
{
	for (size_t i = 0; i < image->n_segments; i++) {
		const Elf64_Phdr *segment = &image->segments[i];
		bool matters = segment->p_type == PT_DYNAMIC || segment->p_type == PT_TLS ||
			       segment->p_type == PT_NOTE || segment->p_type == PT_GNU_RELRO;
		uint64_t length = segment->p_type == PT_DYNAMIC ? segment->p_memsz : segment->p_filesz;
		if (matters && length > 0 && image_loaded(image, segment->p_vaddr, length) == NULL)
			return image_damaged(image, fault, _("a header leads outside the segments"));
	}
	return 0;
}

int image_check(struct image *image, struct fault *fault)
{
	int r;
	if ((r = check_header(image, fault)) < 0 || (r = read_segments(image, fault)) < 0)
		return r;
	uint64_t end = 0, loaded = 0;
	for (size_t i = 0; i < image->n_segments; i++) {
		if ((r = check_segment(image, &image->segments[i], &end, fault)) < 0)
			return r;
		loaded += image->segments[i].p_type == PT_LOAD ? image->segments[i].p_filesz : 0;
	}
	/* The same bytes mapped again and again would be read again and again. */
	if (loaded > image->size)
		return image_damaged(image, fault, _("its segments share bytes of the file"));
	if (end == 0)
		return image_damaged(image, fault, _("it has nothing to load"));
	return check_inside(image, fault);
}

const Elf64_Phdr *image_segment(const struct image *image, uint32_t type)
{
	for (size_t i = 0; i < image->n_segments; i++) {
		if (image->segments[i].p_type == type)
			return &image->segments[i];
	}
	return NULL;
}

const Elf64_Phdr *image_loaded(const struct image *image, uint64_t address, uint64_t length)
{
	for (size_t i = 0; i < image->n_segments; i++) {
		const Elf64_Phdr *segment = &image->segments[i];
		if (segment->p_type == PT_LOAD && address >= segment->p_vaddr &&
		    address - segment->p_vaddr <= segment->p_memsz &&
		    length <= segment->p_memsz - (address - segment->p_vaddr))
			return segment;
	}
	return NULL;
}

const uint8_t *image_at(const struct image *image, uint64_t address, uint64_t length)
{
	const Elf64_Phdr *segment = image_loaded(image, address, length);
	if (segment == NULL)
		return NULL;
	uint64_t within = address - segment->p_vaddr;
	if (within > segment->p_filesz || length > segment->p_filesz - within)
		return NULL;
	return image->bytes + segment->p_offset + within;
}

bool image_read(const struct image *image, uint64_t address, void *to, size_t length)
{
	const Elf64_Phdr *segment = image_loaded(image, address, length);
	if (segment == NULL)
		return false;
	uint64_t within = address - segment->p_vaddr;
	size_t in_file = within >= segment->p_filesz ? 0 : (size_t)(segment->p_filesz - within);
	size_t copied = in_file < length ? in_file : length;
	memcpy(to, image->bytes + segment->p_offset + within, copied);
	memset((char *)to + copied, 0, length - copied);
	return true;
}
