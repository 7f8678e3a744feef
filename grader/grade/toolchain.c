#include "toolchain.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "compiler.h"
#include "file_names.h"
#include "private.h"
#include "text.h"
#include "translate.h"

static int copy_source(const char *from_path, const char *to_path, struct fault *fault)
{
	char block[8192];
	FILE *from = fopen(from_path, "re"), *to = from != NULL ? fopen(to_path, "wxe") : NULL;
	int r = to != NULL ? 0 : fault_machine(fault, errno, "%s", from != NULL ? to_path : from_path);
	for (size_t length; r == 0 && (length = fread(block, 1, sizeof(block), from)) > 0;) {
		if (fwrite(block, 1, length, to) != length)
			r = fault_machine(fault, errno, "%s", to_path);
	}
	if (from != NULL)
		fclose(from);
	if (to != NULL && fclose(to) != 0 && r == 0)
		r = fault_machine(fault, errno, "%s", to_path);
	return r;
}

static int build(const struct site *site, const char *directory, bool cxx, struct fault *fault)
{
	struct compiler compiler = { .sandbox = site->sandbox, .include_dir = site->include };
	struct compile_options options = {
		.include_dir = site->include,
		.start = compiler_start,
		.end = compiler_end,
		.start_context = &compiler,
	};
	struct compile_result result = { 0 };
	const char *name = cxx ? "known_good.cpp" : "known_good.c";
	char *from = xasprintf("%s/share/syncgrade/%s", site->root, name), *to = xasprintf("%s/%s", directory, name);
	int r = copy_source(from, to, fault);
	free(from);
	free(to);
	if (r == 0)
		r = compile_source(directory, name, &options, &result, fault);
	if (r < 0 && fault->owner == FAULT_SUBMISSION) {
		char *words = fault->message, *line = strchr(words, '\n');
		fault->message = NULL;
		r = fault_machine(fault, 0,
				  _("this machine's %s cannot build a plugin that is right (install %s and libc6-dev, "
				    "and see ‘syncgrade "
				    "doctor’); it says of it:\n%s"),
				  cxx ? "g++" : "gcc", cxx ? "g++" : "gcc", line != NULL ? line + 1 : words);
		free(words);
	}
	compile_result_free(&result);
	return r;
}

int toolchain_check(const struct site *site, const char *file_name, struct fault *fault)
{
	char *directory = private_make(fault);
	if (directory == NULL)
		return -EIO;
	int r = private_check_loadable(directory, fault);
	if (r == 0)
		r = build(site, directory, file_kind(file_name) == FILE_CXX, fault);
	private_remove(directory);
	free(directory);
	return r;
}
