#include "inspect.h"

#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "descriptor.h"
#include "dynamic.h"
#include "image.h"
#include "sections.h"

static bool starts_with_one_of(const char *name, const char *const *prefixes)
{
	for (; *prefixes != NULL; prefixes++) {
		if (strncmp(name, *prefixes, strlen(*prefixes)) == 0)
			return true;
	}
	return false;
}

/* What -fsanitize=thread makes gcc and clang emit; not what switches the sanitizer off (__tsan_ignore_…) or misleads it
 * (__tsan_acquire, __tsan_mutex_…), which is an import like any other. */
static bool is_tsan(const char *name)
{
	static const char *const prefixes[] = {
		"__tsan_read",  "__tsan_write", "__tsan_unaligned_", "__tsan_volatile_", "__tsan_atomic",
		"__tsan_func_", "__tsan_init",  "__tsan_mem",        "__tsan_vptr_",     NULL
	};
	return starts_with_one_of(name, prefixes);
}

static bool is_startup(const char *name)
{
	static const char *const prefixes[] = { "_ITM_",          "__cxa_finalize",
						"__gmon_start__", "__stack_chk_fail",
						"__tls_get_addr", NULL };
	return starts_with_one_of(name, prefixes);
}

static void add_import(struct inspect_facts *facts, const char *name, const Elf64_Sym *symbol)
{
	static const char *const c11[] = { "mtx_", "cnd_", NULL };
	bool tsan = is_tsan(name);
	facts->imports = xrealloc(facts->imports, (facts->n_imports + 1) * sizeof(*facts->imports));
	facts->imports[facts->n_imports++] = (struct inspect_import){
		.name = xstrdup(name),
		.weak = ELF64_ST_BIND(symbol->st_info) == STB_WEAK,
		.instrumentation = tsan || is_startup(name),
	};
	facts->instrumented |= tsan;
	facts->fences |= strcmp(name, "__tsan_atomic_thread_fence") == 0;
	facts->c11_threads |= starts_with_one_of(name, c11);
}

static void read_symbols(const struct dynamic *dynamic, struct inspect_facts *facts)
{
	for (size_t i = 1; i < dynamic->n_symbols; i++) {
		const Elf64_Sym *symbol = &dynamic->symbols[i];
		const char *name = dynamic_symbol_name(dynamic, i);
		if (symbol->st_shndx == SHN_UNDEF && *name != '\0')
			add_import(facts, name, symbol);
		facts->n_ifuncs += symbol->st_shndx != SHN_UNDEF && ELF64_ST_TYPE(symbol->st_info) == STT_GNU_IFUNC;
	}
	for (size_t i = 0; i < dynamic->n_relocations; i++)
		facts->n_ifuncs += ELF64_R_TYPE(dynamic->relocations[i].r_info) == R_X86_64_IRELATIVE;
}

static char *string_entry(const struct dynamic *dynamic, int64_t tag)
{
	uint64_t offset;
	const char *string = dynamic_value(dynamic, tag, &offset) ? dynamic_string(dynamic, offset) : NULL;
	return string != NULL ? xstrdup(string) : NULL;
}

static void read_needed(const struct dynamic *dynamic, struct inspect_facts *facts)
{
	for (size_t i = 0; i < dynamic->n_entries; i++) {
		if (dynamic->entries[i].d_tag != DT_NEEDED)
			continue;
		const char *name = dynamic_string(dynamic, dynamic->entries[i].d_un.d_val);
		facts->needed = xrealloc(facts->needed, (facts->n_needed + 1) * sizeof(*facts->needed));
		facts->needed[facts->n_needed++] = xstrdup(name);
		facts->linked_libtsan |= strncmp(name, "libtsan.so", strlen("libtsan.so")) == 0;
	}
	facts->soname = string_entry(dynamic, DT_SONAME);
	facts->rpath = string_entry(dynamic, DT_RUNPATH);
	if (facts->rpath == NULL)
		facts->rpath = string_entry(dynamic, DT_RPATH);
	uint64_t flags = 0;
	facts->text_relocations = dynamic_value(dynamic, DT_TEXTREL, &flags) ||
				  (dynamic_value(dynamic, DT_FLAGS, &flags) && (flags & DF_TEXTREL));
}

/* The loader makes it read-only when it has put the addresses in. */
static bool is_relro(const struct image *image, uint64_t address)
{
	const Elf64_Phdr *relro = image_segment(image, PT_GNU_RELRO);
	return relro != NULL && address >= relro->p_vaddr && address - relro->p_vaddr < relro->p_memsz;
}

static bool is_variable(const struct image *image, const struct local_symbol *symbol)
{
	/* Of the compiler's own start-up code. */
	if (!symbol->defined || symbol->size == 0 || strncmp(symbol->name, "completed.", strlen("completed.")) == 0)
		return false;
	if (symbol->type != STT_OBJECT)
		return symbol->type == STT_TLS;
	const Elf64_Phdr *segment = image_loaded(image, symbol->offset, 1);
	return segment != NULL && (segment->p_flags & PF_W) && !is_relro(image, symbol->offset);
}

static bool has_variables(const struct image *image, const struct sections *sections)
{
	for (size_t i = 0; i < sections->n_symbols; i++) {
		if (is_variable(image, &sections->symbols[i]))
			return true;
	}
	return sections->n_symbols == 0;
}

static void read_segments(const struct image *image, struct inspect_facts *facts)
{
	const Elf64_Phdr *stack = image_segment(image, PT_GNU_STACK), *tls = image_segment(image, PT_TLS);
	facts->exec_stack = stack == NULL || (stack->p_flags & PF_X);
	facts->tls_bytes = tls != NULL ? tls->p_memsz : 0;
	for (size_t i = 0; i < image->n_segments; i++) {
		const Elf64_Phdr *segment = &image->segments[i];
		facts->writable_code |=
		    segment->p_type == PT_LOAD && (segment->p_flags & PF_X) && (segment->p_flags & PF_W);
	}
}

static bool is_compilers_constructor(const char *name)
{
	static const char *const prefixes[] = { "frame_dummy", "tsan.module_ctor", "_sub_I_00099", NULL };
	return starts_with_one_of(name, prefixes);
}

/* Those of the compiler are told by name; in a stripped object there are as many as gcc and clang add. */
static void count_constructors(const struct dynamic *dynamic, const struct sections *sections,
			       struct inspect_facts *facts)
{
	uint64_t size = 0;
	size_t usual = 0;
	dynamic_value(dynamic, DT_INIT_ARRAYSZ, &size);
	size_t all = (size_t)(size / sizeof(uint64_t));
	for (size_t i = 0; i < sections->n_symbols; i++)
		usual += sections->symbols[i].type == STT_FUNC && is_compilers_constructor(sections->symbols[i].name);
	if (sections->n_symbols == 0)
		usual = facts->instrumented ? 2 : 1;
	facts->n_constructors = all > usual ? all - usual : 0;
}

static void take_sections(struct sections *sections, struct inspect_facts *facts)
{
	facts->compiler = sections->compiler;
	sections->compiler = NULL;
	facts->debug_info = sections->debug_info;
	facts->stripped = sections->n_symbols == 0;
}

static int all_problems(const struct image *image, struct text *problems, struct fault *fault)
{
	if (problems->length == 0)
		return 0;
	problems->data[problems->length - 1] = '\0';
	return fault_submission(fault, "%s: %s", image->path, problems->data);
}

static int read_loadable(const struct image *image, const struct kinds *kinds, struct inspect_facts *facts,
			 struct fault *fault)
{
	struct dynamic dynamic;
	struct sections sections = { 0 };
	struct text problems = { 0 };
	int r = dynamic_init(&dynamic, image, fault);
	if (r < 0)
		goto out;
	facts->shared_object = true;
	sections_init(&sections, image);
	read_segments(image, facts);
	facts->has_variables = has_variables(image, &sections);
	read_needed(&dynamic, facts);
	read_symbols(&dynamic, facts);
	count_constructors(&dynamic, &sections, facts);
	descriptor_read(&dynamic, &sections, kinds, facts, &problems);
	if ((r = code_read(&dynamic, &sections, facts, fault)) == 0)
		r = all_problems(image, &problems, fault);
	take_sections(&sections, facts);
out:
	text_free(&problems);
	sections_fini(&sections);
	dynamic_fini(&dynamic);
	return r;
}

int inspect_file(const char *path, const struct kinds *kinds, struct inspect_facts *facts, struct fault *fault)
{
	struct image image;
	*facts = (struct inspect_facts){ 0 };
	int r;
	if ((r = image_init(&image, path, fault)) == 0) {
		facts->size_bytes = image.size;
		if ((r = image_check(&image, fault)) == 0)
			r = read_loadable(&image, kinds, facts, fault);
	}
	image_fini(&image);
	return r;
}

void inspect_free(struct inspect_facts *facts)
{
	for (size_t i = 0; i < facts->descriptor.n_callbacks; i++)
		free(facts->descriptor.callback[i].import_name);
	for (size_t i = 0; i < facts->n_imports; i++)
		free(facts->imports[i].name);
	for (size_t i = 0; i < facts->n_needed; i++)
		free(facts->needed[i]);
	for (size_t i = 0; i < facts->n_uninstrumented; i++)
		free(facts->uninstrumented[i]);
	for (size_t i = 0; i < facts->n_instructions; i++) {
		free(facts->instructions[i].function);
		free(facts->instructions[i].text);
	}
	free(facts->soname);
	free(facts->imports);
	free(facts->needed);
	free(facts->rpath);
	free(facts->compiler);
	free(facts->uninstrumented);
	free(facts->instructions);
	*facts = (struct inspect_facts){ 0 };
}
