#include "header.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "compiler.h"
#include "manifest.h"
#include "private.h"
#include "text.h"
#include "toolchain.h"

#define MARK "static assertion failed: \""
static const char source_name[] = "kind.c";

/* "void (*)(struct latch *, unsigned)" */
static char *pointer_type(const struct plugin_kind *kind, const struct kind_signature *signature)
{
	struct text type = { 0 };
	text_printf(&type, "%s (*)(struct %s *", signature->returns, kind->name);
	for (uint32_t i = 0; i < signature->n_arguments; i++)
		text_printf(&type, ", %s", signature->arguments[i]);
	text_add(&type, ")");
	return text_take(&type);
}

/* Each sentence begins with the manifest's line. */
static void assert_member(struct text *source, const struct plugin_kind *kind, unsigned line, const char *member,
			  size_t offset, const char *type)
{
	text_printf(source,
		    "_Static_assert(__builtin_offsetof(struct %s, %s) == %zu, \"%u: the header has %s in another place "
		    "of struct %s; its members are uint32_t abi, a second uint32_t or none, size_t size, init, the "
		    "operations in the order of the manifest, destroy\");\n",
		    kind->symbol, member, offset, line, member, kind->symbol);
	text_printf(source,
		    "_Static_assert(__builtin_types_compatible_p(__typeof__(((struct %s *)0)->%s), %s), \"%u: "
		    "%s of the header is not of the type %s; make the two the same\");\n",
		    kind->symbol, member, type, line, member, type);
}

static void assert_function(struct text *source, const struct plugin_kind *kind, unsigned line, const char *name,
			    size_t offset, const struct kind_signature *signature)
{
	char *type = pointer_type(kind, signature);
	assert_member(source, kind, line, name, offset, type);
	free(type);
}

char *header_assertions(const struct plugin_kind *kind)
{
	static const struct kind_signature destroy = { .returns = "void" };
	struct text source = { 0 };
	unsigned line = kind->line;
	text_printf(&source, "#include %s\n#include <stddef.h>\n#include <stdint.h>\n", kind->header);
	text_printf(&source,
		    "_Static_assert(%s == %uu, \"%u: %s of the header is not the number of abi (%u); make the two the "
		    "same\");\n",
		    kind->abi_macro, kind->abi, line, kind->abi_macro, kind->abi);
	assert_member(&source, kind, line, "abi", 0, "uint32_t");
	if (kind->threads_max)
		assert_member(&source, kind, line, "threads_max", 4, "uint32_t");
	if (kind->choice.name[0] != '\0')
		assert_member(&source, kind, line, kind->choice.name, 4, "uint32_t");
	for (uint32_t i = 0; i < kind->choice.n; i++)
		text_printf(&source,
			    "_Static_assert(%s == %u, \"%u: %s of the header is not %u, its place in values\");\n",
			    kind->choice.values[i], i, line, kind->choice.values[i], i);
	assert_member(&source, kind, line, "size", 8, "size_t");
	assert_function(&source, kind, line, "init", 16, &kind->init);
	for (uint32_t i = 0; i < kind->n_operations; i++) {
		const struct kind_operation *operation = &kind->operations[i];
		assert_function(&source, kind, operation->line, operation->name, 24 + 8 * (size_t)i,
				&operation->signature);
	}
	assert_function(&source, kind, line, "destroy", 24 + 8 * (size_t)kind->n_operations, &destroy);
	text_printf(&source,
		    "_Static_assert(sizeof(struct %s) == %zu, \"%u: struct %s of the header has more members than the "
		    "manifest says; destroy is its last\");\n",
		    kind->symbol, 32 + 8 * (size_t)kind->n_operations, line, kind->symbol);
	return text_take(&source);
}

static int write_source(const char *directory, const char *text, struct fault *fault)
{
	char *path = xasprintf("%s/%s", directory, source_name);
	FILE *file = fopen(path, "wxe");
	int r = file != NULL && fputs(text, file) >= 0 ? 0 : fault_machine(fault, errno, "%s", path);
	if (file != NULL && fclose(file) != 0 && r == 0)
		r = fault_machine(fault, errno, "%s", path);
	free(path);
	return r;
}

/* The sentences of the assertions that failed; where it is something else that fails, the compiler's own words. */
static char *failures(const struct exercise *exercise, const char *words)
{
	struct text text = { 0 };
	for (const char *hit = words; (hit = strstr(hit, MARK)) != NULL;) {
		hit += strlen(MARK);
		size_t length = strcspn(hit, "\"\n");
		text_printf(&text, "%s%s/%s:%.*s", text.length > 0 ? "\n" : "", exercise->folder, MANIFEST_FILE,
			    (int)length, hit);
	}
	if (text.length == 0)
		text_printf(
		    &text,
		    "%s/%s:%u: kind.header: %s, with the types that the block names, does not compile by itself; "
		    "it has to be in %s/include, and to include what it uses. The compiler says:\n%s",
		    exercise->folder, MANIFEST_FILE, exercise->kind.line, exercise->kind.header, exercise->folder,
		    words);
	return text_take(&text);
}

static int compile(const struct site *site, const struct exercise *exercise, const char *directory, struct fault *fault)
{
	struct compiler compiler = { .sandbox = site->sandbox,
				     .include_dir = site->include,
				     .own_include = exercise->include };
	const struct compile_options options = { .include_dir = site->include,
						 .own_include = exercise->include,
						 .start = compiler_start,
						 .end = compiler_end,
						 .start_context = &compiler };
	struct compile_result result = { 0 };
	int r = compile_source(directory, source_name, &options, &result, fault);
	if (r < 0 && fault->owner == FAULT_SUBMISSION && (r = toolchain_check(site, source_name, fault)) == 0) {
		char *sentences = failures(exercise, result.words);
		r = fault_exercise(fault, "%s", sentences);
		free(sentences);
	}
	compile_result_free(&result);
	return r;
}

int header_check(const struct site *site, const struct exercise *exercise, struct fault *fault)
{
	char *directory = private_make(fault), *source = header_assertions(&exercise->kind);
	int r = directory == NULL ? -EIO : write_source(directory, source, fault);
	if (r == 0)
		r = compile(site, exercise, directory, fault);
	if (directory != NULL)
		private_remove(directory);
	free(directory);
	free(source);
	return r;
}
