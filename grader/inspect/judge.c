#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "inspect.h"
#include "text.h"
#include "translate.h"

static bool allowed(const char *name, const struct exercise *exercise)
{
	for (size_t i = 0; i < exercise->n_imports; i++) {
		if (fnmatch(exercise->imports[i], name, 0) == 0)
			return true;
	}
	return false;
}

/* What a compiler and library of C++ call by names of their own, and what in C stands for it: allowed where that is.
 * NULL: the language's own (exceptions, RTTI, guards of local statics), allowed anywhere. */
static const struct {
	const char *pattern, *stands_for;
} cxx_imports[] = {
	{ "_Zn[wa]*", "malloc" }, /* operator new */
	{ "_Zd[la]*", "free" },   /* operator delete */
	{ "_ZNSt18condition_variable*", "pthread_cond_wait" },
	{ "_ZNSt3_V228condition_variable_any*", "pthread_cond_wait" },
	{ "_ZNSt6thread*", "pthread_create" },
	{ "_ZNSt11this_thread*", "nanosleep" },
	{ "_ZNSt6chrono*", "clock_gettime" },
	{ "__once_proxy", "pthread_once" }, /* what std::call_once() gives pthread_once() to call */
	{ "_ZNSt10filesystem*", "open" },
	{ "_ZNKSt10filesystem*", "open" },
	{ "_ZNSt*filebuf*", "open" },
	{ "_ZNSt*fstream*", "open" },
	{ "__cxa_*", NULL },
	{ "__libc_single_threaded", NULL }, /* std::shared_ptr asks it whether to count by atomics */
	{ "__gxx_personality_v0", NULL },
	{ "__dynamic_cast", NULL },
	{ "_Unwind_*", NULL },
	{ "_ZTVN10__cxxabiv1*", NULL },
	{ "_ZT[IVS]*", NULL },
	{ "_ZSt*", NULL },
	{ "_ZNSt*", NULL },
	{ "_ZNKSt*", NULL },
};

static bool allowed_in_cxx(const char *name, const struct exercise *exercise)
{
	for (size_t i = 0; i < sizeof(cxx_imports) / sizeof(cxx_imports[0]); i++) {
		if (fnmatch(cxx_imports[i].pattern, name, 0) == 0)
			return cxx_imports[i].stands_for == NULL || allowed(cxx_imports[i].stands_for, exercise);
	}
	return false;
}

static void judge_imports(struct inspect_facts *facts, const struct exercise *exercise, struct text *problems)
{
	struct text names = { 0 };
	size_t count = 0;
	for (size_t i = 0; i < facts->n_imports; i++) {
		struct inspect_import *import = &facts->imports[i];
		import->forbidden = exercise->n_imports > 0 && !import->instrumentation &&
				    !allowed(import->name, exercise) && !allowed_in_cxx(import->name, exercise);
		if (!import->forbidden)
			continue;
		if (count++ < 10)
			text_printf(&names, "%s%s%s", names.length > 0 ? ", " : "", import->name,
				    strncmp(import->name, "_Zn", 3) == 0 && strchr("wa", import->name[3]) != NULL
					? " (operator new)"
					: "");
	}
	if (count > 10)
		text_printf(&names, _(" and %zu more"), count - 10);
	if (count > 0)
		text_printf(problems, _("it uses what the exercise does not allow: %s\n"), names.data);
	text_free(&names);
}

/* Among the patterns of imports, what allows instructions that call the kernel without the library. */
#define RAW_SYSTEM_CALLS "asm:syscall"

/* A raw system call goes past the library, and so past the explorer: it is refused unless the exercise names it, or
 * says nothing of what it allows. */
static void judge_code(const struct inspect_facts *facts, const struct exercise *exercise, struct text *problems)
{
	if (exercise->n_imports == 0 || allowed(RAW_SYSTEM_CALLS, exercise))
		return;
	for (size_t i = 0; i < facts->n_instructions; i++) {
		const struct inspect_instruction *instruction = &facts->instructions[i];
		if (instruction->kind != INSTRUCTION_SYSCALL)
			continue;
		text_printf(problems,
			    _("it makes system calls of its own, which the exercise does not allow: \"%s\" in %s; "
			      "call syscall() of the library instead\n"),
			    instruction->text, instruction->function != NULL ? instruction->function : _("its code"));
		return;
	}
}

int inspect_judge(struct inspect_facts *facts, const struct exercise *exercise, struct fault *fault)
{
	struct text problems = { 0 };
	uint64_t size_max = (uint64_t)exercise->limits.object_kib * 1024;
	if (strcmp(facts->kind.name, exercise->kind.name) != 0)
		text_printf(&problems, _("it exports %s_plugin, but the exercise \"%s\" wants %s_plugin\n"),
			    facts->kind.name[0] != '\0' ? facts->kind.name : "no", exercise->id, exercise->kind.name);
	if (facts->descriptor.size_bytes > size_max)
		text_printf(&problems, _("%s_plugin.size is %ju bytes; the exercise allows %ju\n"), exercise->kind.name,
			    (uintmax_t)facts->descriptor.size_bytes, (uintmax_t)size_max);
	if (facts->rpath != NULL)
		text_printf(&problems, _("it brings a library path of its own (%s); link it without -rpath\n"),
			    facts->rpath);
	judge_imports(facts, exercise, &problems);
	judge_code(facts, exercise, &problems);
	int r = 0;
	if (problems.length > 0) {
		problems.data[problems.length - 1] = '\0';
		r = fault_submission(fault, "%s", problems.data);
	}
	text_free(&problems);
	return r;
}
