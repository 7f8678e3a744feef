/* A shared object's bytes, and its segments once they have been checked. All access goes through bounds checks. */
#ifndef INSPECT_IMAGE_H
#define INSPECT_IMAGE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "text.h"

struct image {
	const char *path; /* as messages name it; the caller's */
	uint8_t *bytes;
	size_t size;
	Elf64_Ehdr header;
	Elf64_Phdr *segments;
	size_t n_segments;
};

/* Reads the file. 0, or a negative errno value and *fault. image_fini() always. */
int image_init(struct image *image, const char *path, struct fault *fault);
void image_fini(struct image *image);

/* Checks the headers and that all segments lie inside the file. 0 or a fault of the submission. */
int image_check(struct image *image, struct fault *fault);

/* The first segment of this type; NULL: none. */
const Elf64_Phdr *image_segment(const struct image *image, uint32_t type);

/* The PT_LOAD segment that holds all of [address, address + length) once loaded; NULL: none. */
const Elf64_Phdr *image_loaded(const struct image *image, uint64_t address, uint64_t length);

/* The file's bytes at [address, address + length); NULL if any of them is not in the file. */
const uint8_t *image_at(const struct image *image, uint64_t address, uint64_t length);

/* Copies what the loader would put there, before relocation (bytes beyond the file are zero). False: not mapped. */
bool image_read(const struct image *image, uint64_t address, void *to, size_t length);

/* "x.so: is damaged: <reason>; build it again" */
int image_damaged(const struct image *image, struct fault *fault, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
