#include "hostile.h"
#include <link.h>

/* Makes the read-only tables of the C library writable, as one does to redirect calls. */
static int open_tables(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	(void)context;
	if (strstr(info->dlpi_name, "libc.so") == NULL)
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		if (part->p_type == PT_GNU_RELRO) {
			uintptr_t begin = (info->dlpi_addr + part->p_vaddr) & ~(uintptr_t)4095;
			mprotect((void *)begin, part->p_memsz & ~(size_t)4095, PROT_READ | PROT_WRITE);
		}
	}
	return 1;
}

static void attack(void)
{
	dl_iterate_phdr(open_tables, NULL);
}
