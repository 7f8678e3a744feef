#include "redirect.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>

#include "hooks.h"
#include "said.h"

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

static const struct redirection *find(const struct redirect_policy *policy, const char *name)
{
	for (size_t low = 0, high = policy->n; low < high;) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, policy->table[middle].name);
		if (order == 0)
			return &policy->table[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* What the loader takes for it: of the program and its libraries, else of the module's own. */
static void *resolve(const struct engine_module *module, const char *name)
{
	void *target = dlsym(RTLD_DEFAULT, name);

	return target != NULL ? target : dlsym(module->handle, name);
}

static bool is_variable(void *target)
{
	Dl_info info;
	ElfW(Sym) *symbol = NULL;

	if (dladdr1(target, &info, (void **)&symbol, RTLD_DL_SYMENT) == 0 || symbol == NULL)
		return false;
	return ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT || ELF64_ST_TYPE(symbol->st_info) == STT_TLS;
}

/* A stub (switch.S) that ends the exploration with this name. */
static void *stub_for(const char *name)
{
	static unsigned used;
	unsigned i = 0;

	while (i < used && strcmp(hook_stub_names[i], name) != 0)
		i++;
	if (i == used && used < HOOK_STUBS)
		hook_stub_names[used++] = name;
	if (i == HOOK_STUBS)
		hook_stub_names[--i] = said_only(SAID_MORE_FUNCTIONS_OF_OTHER_LIBRARIES);
	return (char *)(uintptr_t)hook_stubs + i * HOOK_STUB_BYTES;
}

/* Where an import of the module is to lead; NULL: where it does. */
static void *target_of(const struct engine_module *module, const struct redirect_policy *policy, const char *name,
		       unsigned type)
{
	const struct redirection *found = find(policy, name);
	void *real;

	if (found != NULL && found->real == NULL)
		return found->target;
	real = resolve(module, name);
	if (found != NULL) {
		*found->real = real;
		return found->target;
	}
	if (real == NULL)
		return NULL; /* weak, and nobody has it */
	if (policy->is_harmless != NULL && !policy->is_harmless(name) &&
	    (type == R_X86_64_JUMP_SLOT || !is_variable(real)))
		return stub_for(name);
	return type == R_X86_64_JUMP_SLOT ? real : NULL;
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

int redirect_module(const struct engine_module *module, const struct redirect_policy *policy)
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
			void *target = target_of(module, policy, dynamic.strings + symbol->st_name, type);
			if (target != NULL && (r = write_slot(map->l_addr + entry->r_offset, target)) < 0)
				return r;
		}
	}
	return 0;
}

/* Whether the loader's number that was put there is of another module: its thread-local variables are not the fibers'.
 */
static bool is_of_another(const struct link_map *map, const struct engine_module *module, const ElfW(Rela) * entry)
{
	size_t own, *slot = (size_t *)(map->l_addr + entry->r_offset);

	return dlinfo(module->handle, RTLD_DI_TLS_MODID, &own) != 0 || *slot != own;
}

static bool is_of_thread(const struct engine_module *module, const struct link_map *map,
			 const struct redirect_policy *policy, const struct dynamic *dynamic, const ElfW(Rela) * entry)
{
	const ElfW(Sym) *symbol = &dynamic->symbols[ELF64_R_SYM(entry->r_info)];
	const char *name = dynamic->strings + symbol->st_name;

	switch (ELF64_R_TYPE(entry->r_info)) {
	case R_X86_64_DTPMOD64:
		return is_of_another(map, module, entry);
	case R_X86_64_TPOFF64:
	case R_X86_64_TLSDESC:
		return true;
	case R_X86_64_JUMP_SLOT:
	case R_X86_64_GLOB_DAT:
	case R_X86_64_64:
		return symbol->st_shndx == SHN_UNDEF && ELF64_R_SYM(entry->r_info) != 0 && find(policy, name) == NULL &&
		       policy->is_of_thread(name);
	default:
		return false;
	}
}

bool redirect_asks_for_thread(const struct engine_module *module, const struct redirect_policy *policy)
{
	struct link_map *map;
	struct dynamic dynamic;

	if (dlinfo(module->handle, RTLD_DI_LINKMAP, &map) != 0)
		return true;
	read_dynamic(map, &dynamic);
	for (int k = 0; k < 2; k++) {
		for (size_t i = 0; i < dynamic.bytes[k] / sizeof(ElfW(Rela)); i++) {
			if (is_of_thread(module, map, policy, &dynamic, &dynamic.relocations[k][i]))
				return true;
		}
	}
	return false;
}

void redirect_construct(const struct engine_module *module)
{
	struct link_map *map;
	void (*const *constructor)(int, char **, char **) = NULL;
	size_t bytes = 0;

	if (dlinfo(module->handle, RTLD_DI_LINKMAP, &map) != 0)
		return;
	for (const ElfW(Dyn) *d = map->l_ld; d->d_tag != DT_NULL; d++) {
		if (d->d_tag == DT_INIT_ARRAY)
			constructor = (void (*const *)(int, char **, char **))(map->l_addr + d->d_un.d_ptr);
		else if (d->d_tag == DT_INIT_ARRAYSZ)
			bytes = d->d_un.d_val;
	}
	for (size_t i = 0; i < bytes / sizeof *constructor; i++)
		constructor[i](0, NULL, NULL);
}
