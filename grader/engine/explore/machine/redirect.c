#include "redirect.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096u

struct dynamic {
	const ElfW(Sym) * symbols;
	const char *strings;
	const ElfW(Rela) * relocations[2]; /* DT_RELA, DT_JMPREL */
	size_t bytes[2];
};

static void read_dynamic(const struct link_map *map, struct dynamic *dynamic)
{
	*dynamic = (struct dynamic){ 0 };
	for (const ElfW(Dyn) *d = map->l_ld; d->d_tag != DT_NULL; d++) {
		void *pointer = (void *)d->d_un.d_ptr; /* the loader has made it absolute */
		switch (d->d_tag) {
		case DT_SYMTAB:
			dynamic->symbols = pointer;
			break;
		case DT_STRTAB:
			dynamic->strings = pointer;
			break;
		case DT_RELA:
			dynamic->relocations[0] = pointer;
			break;
		case DT_RELASZ:
			dynamic->bytes[0] = d->d_un.d_val;
			break;
		case DT_JMPREL:
			dynamic->relocations[1] = pointer;
			break;
		case DT_PLTRELSZ:
			dynamic->bytes[1] = d->d_un.d_val;
			break;
		default:
			break;
		}
	}
}

static void *find(const struct redirection *table, size_t n, const char *name)
{
	for (size_t low = 0, high = n; low < high;) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, table[middle].name);
		if (order == 0)
			return table[middle].target;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static int write_slot(uintptr_t slot, void *value)
{
	uintptr_t page = slot & ~(uintptr_t)(PAGE - 1);
	size_t size = slot + sizeof value > page + PAGE ? 2 * PAGE : PAGE;

	if (memcmp((void *)slot, &value, sizeof value) == 0)
		return 0;
	/* It may lie in what the loader has made read-only; it stays writable from here on. */
	if (mprotect((void *)page, size, PROT_READ | PROT_WRITE) != 0)
		return -errno;
	memcpy((void *)slot, &value, sizeof value);
	return 0;
}

int redirect_module(const struct engine_module *module, const struct redirection *table, size_t n)
{
	struct link_map *map;
	struct dynamic dynamic;
	int r;

	if (dlinfo(module->handle, RTLD_DI_LINKMAP, &map) != 0)
		return -EINVAL;
	read_dynamic(map, &dynamic);
	for (int k = 0; k < 2; k++) {
		for (size_t i = 0; i < dynamic.bytes[k] / sizeof(ElfW(Rela)); i++) {
			const ElfW(Rela) *entry = &dynamic.relocations[k][i];
			unsigned type = (unsigned)ELF64_R_TYPE(entry->r_info);
			const ElfW(Sym) *symbol = &dynamic.symbols[ELF64_R_SYM(entry->r_info)];
			if (type != R_X86_64_JUMP_SLOT && type != R_X86_64_GLOB_DAT && type != R_X86_64_64)
				continue;
			if (symbol->st_shndx != SHN_UNDEF)
				continue;
			const char *name = dynamic.strings + symbol->st_name;
			void *target = find(table, n, name);
			if (target == NULL && type == R_X86_64_JUMP_SLOT)
				target = dlsym(RTLD_DEFAULT, name);
			if (target != NULL && (r = write_slot(map->l_addr + entry->r_offset, target)) < 0)
				return r;
		}
	}
	return 0;
}
