#include "memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"

#define REGIONS_MAX 128u

struct region {
	char *begin, *copy;
	size_t size;
};

static struct region regions[REGIONS_MAX];
static unsigned n_regions;

int memory_add(void *begin, size_t size)
{
	char *copy;

	if (size == 0)
		return 0;
	if (n_regions == REGIONS_MAX || (copy = malloc(size)) == NULL)
		return -ENOMEM;
	regions[n_regions++] = (struct region){ .begin = begin, .copy = copy, .size = size };
	return 0;
}

struct adding {
	uintptr_t base;
	int r;
};

static int add_segments(struct dl_phdr_info *info, size_t size, void *context)
{
	struct adding *adding = context;
	uintptr_t relro_end = 0;

	(void)size;
	if (info->dlpi_addr != adding->base)
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO)
			relro_end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
	}
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		uintptr_t begin = info->dlpi_addr + segment->p_vaddr;
		uintptr_t end = begin + segment->p_memsz;
		if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) == 0)
			continue;
		if (relro_end > begin && relro_end <= end)
			begin = relro_end;
		if (adding->r == 0)
			adding->r = memory_add((void *)begin, end - begin);
	}
	return 1;
}

int memory_add_module(const struct engine_module *module)
{
	struct link_map *map;
	struct adding adding = { 0 };

	if (dlinfo(module->handle, RTLD_DI_LINKMAP, &map) != 0)
		return -EINVAL;
	adding.base = map->l_addr;
	dl_iterate_phdr(add_segments, &adding);
	return adding.r;
}

void memory_save(void)
{
	for (unsigned i = 0; i < n_regions; i++)
		memcpy(regions[i].copy, regions[i].begin, regions[i].size);
}

void memory_restore(void)
{
	for (unsigned i = 0; i < n_regions; i++)
		memcpy(regions[i].begin, regions[i].copy, regions[i].size);
}

void memory_forget(void)
{
	for (unsigned i = 0; i < n_regions; i++)
		free(regions[i].copy);
	n_regions = 0;
}

uint64_t memory_hash(void)
{
	uint64_t h = 0;

	for (unsigned i = 0; i < n_regions; i++)
		h = hash_bytes(regions[i].begin, regions[i].size, h);
	return h;
}
