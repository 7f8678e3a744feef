#include "memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"

#define REGIONS_MAX 192u

struct region {
	char *begin, *copy;
	size_t size;
	bool own;     /* each process has it for itself */
	char *images; /* of each process, one after the other; NULL: there are no processes */
};

static struct region regions[REGIONS_MAX];
static unsigned n_regions;
static unsigned n_processes, first_process;
static unsigned current; /* the process whose image is in place */

static int add(void *begin, size_t size, bool own)
{
	char *copy;

	if (size == 0)
		return 0;
	if (n_regions == REGIONS_MAX || (copy = malloc(size)) == NULL)
		return -ENOMEM;
	regions[n_regions++] = (struct region){ .begin = begin, .copy = copy, .size = size, .own = own };
	return 0;
}

int memory_add(void *begin, size_t size)
{
	return add(begin, size, false);
}

int memory_add_own(void *begin, size_t size)
{
	return add(begin, size, true);
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
			adding->r = memory_add_own((void *)begin, end - begin);
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

bool memory_is_writable(uint64_t address)
{
	for (unsigned i = 0; i < n_regions; i++) {
		uint64_t begin = (uint64_t)(uintptr_t)regions[i].begin;
		if (address >= begin && address < begin + regions[i].size)
			return true;
	}
	return false;
}

void memory_save(void)
{
	for (unsigned i = 0; i < n_regions; i++)
		memcpy(regions[i].copy, regions[i].begin, regions[i].size);
}

void memory_restore(void)
{
	for (unsigned i = 0; i < n_regions; i++) {
		struct region *region = &regions[i];
		memcpy(region->begin, region->copy, region->size);
		for (unsigned p = 0; region->images != NULL && p < n_processes; p++)
			memcpy(region->images + p * region->size, region->copy, region->size);
	}
	current = first_process;
}

void memory_forget(void)
{
	for (unsigned i = 0; i < n_regions; i++) {
		free(regions[i].copy);
		free(regions[i].images);
	}
	n_regions = n_processes = first_process = current = 0;
}

bool memory_points_into(uint64_t begin, uint64_t end)
{
	for (unsigned i = 0; i < n_regions; i++) {
		uintptr_t first = ((uintptr_t)regions[i].begin + 7) & ~(uintptr_t)7;
		const uint64_t *word = (const uint64_t *)first;
		for (; regions[i].own && (const char *)(word + 1) <= regions[i].begin + regions[i].size; word++) {
			if (*word >= begin && *word < end)
				return true;
		}
	}
	return false;
}

/* ---- processes ---- */

int memory_fork(unsigned n, unsigned first)
{
	for (unsigned i = 0; i < n_regions; i++) {
		struct region *region = &regions[i];
		if (!region->own)
			continue;
		region->images = malloc(n * region->size);
		if (region->images == NULL)
			return -ENOMEM;
	}
	n_processes = n;
	first_process = first;
	return 0;
}

void memory_switch(unsigned process)
{
	if (process == current)
		return;
	for (unsigned i = 0; i < n_regions; i++) {
		struct region *region = &regions[i];
		if (region->images == NULL)
			continue;
		memcpy(region->images + current * region->size, region->begin, region->size);
		memcpy(region->begin, region->images + process * region->size, region->size);
	}
	current = process;
}

static struct region *own_region(uint64_t address)
{
	for (unsigned i = 0; i < n_regions; i++) {
		struct region *region = &regions[i];
		if (region->own && address - (uint64_t)(uintptr_t)region->begin < region->size)
			return region;
	}
	return NULL;
}

bool memory_is_own(uint64_t address)
{
	return own_region(address) != NULL;
}

void *memory_of(unsigned process, uint64_t address)
{
	const struct region *region = own_region(address);

	if (region == NULL || region->images == NULL || process == current)
		return (void *)(uintptr_t)address;
	return region->images + process * region->size + (address - (uint64_t)(uintptr_t)region->begin);
}

uint64_t memory_hash(void)
{
	uint64_t h = 0;

	for (unsigned i = 0; i < n_regions; i++) {
		const struct region *region = &regions[i];
		if (region->images == NULL)
			h = hash_bytes(region->begin, region->size, h);
		for (unsigned p = 0; region->images != NULL && p < n_processes; p++)
			h = hash_bytes(p == current ? region->begin : region->images + p * region->size, region->size,
				       h);
	}
	return h;
}
