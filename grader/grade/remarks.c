#include "remarks.h"

#include <stdlib.h>
#include <string.h>

#include "file_names.h"
#include "saying.h"
#include "text.h"
#include "translate.h"

char *remarks_rebuild_command(const struct intake *intake)
{
	const char *dot = strrchr(intake->file_name, '.');
	int stem = (int)(dot != NULL ? (size_t)(dot - intake->file_name) : strlen(intake->file_name));
	bool cxx = file_kind(intake->file_name) == FILE_CXX;
	return xasprintf("%s -O1 -g -shared -fPIC -fsanitize=thread -o %.*s.so %.*s%s",
			 cxx ? "g++ -std=gnu++23" : "gcc", stem, intake->file_name, stem, intake->file_name,
			 cxx ? dot : ".c");
}

static void add(struct result *result, char *message)
{
	result_add_finding(result, "build")->message = message;
}

static void remark_instructions(const struct inspect_facts *facts, struct result *result)
{
	size_t n = facts->instruction_count[INSTRUCTION_LOCKED] + facts->instruction_count[INSTRUCTION_EXCHANGE] +
		   facts->instruction_count[INSTRUCTION_FENCE];
	if (!facts->instrumented || n == 0 || facts->n_instructions == 0)
		return;
	const struct inspect_instruction *first = &facts->instructions[0];
	char *where = first->function != NULL ? say(N_("“%s” in %s"), first->text, first->function)
					      : say(N_("“%s”"), first->text);
	add(result, say_n("%zu instruction of inline assembly (%s) cannot be seen by the engines: use <stdatomic.h>.",
			  "%zu instructions of inline assembly (%s) cannot be seen by the engines: use <stdatomic.h>.",
			  n, n, where));
	free(where);
}

/* What keeps its accesses from ThreadSanitizer. */
static void remark_hiding(const struct inspect_facts *facts, struct result *result)
{
	for (size_t i = 0; i < facts->n_imports; i++) {
		if (strncmp(facts->imports[i].name, "AnnotateIgnore", strlen("AnnotateIgnore")) != 0)
			continue;
		add(result, say(N_("It calls %s: ThreadSanitizer does not see what it does after that, so that no "
				   "data race is reported."),
				facts->imports[i].name));
		break;
	}
	if (facts->instrumented && facts->n_uninstrumented > 0)
		add(result,
		    say_n(

			"%zu function of it (%s) is not instrumented: the engines do not see what it does.",
			"%zu functions of it (%s, …) are not instrumented: the engines do not see what they do.",
			facts->n_uninstrumented, facts->n_uninstrumented, facts->uninstrumented[0]));
}

void remarks_add(const struct inspect_facts *facts, const struct compile_result *compiled, const char *rebuild,
		 struct result *result)
{
	if (!facts->instrumented)
		add(result,
		    say(N_("It was not built with -fsanitize=thread: only part of it can be judged. Rebuild it: %s"),
			rebuild));
	if (!facts->debug_info)
		add(result, say_only(N_("It has no debug information: places in it have no lines. Build with -g.")));
	if (facts->compiler != NULL && strstr(facts->compiler, "clang") != NULL)
		add(result,
		    say_only(
			N_("It was built by clang, which at -O1 and above may move a static atomic variable onto the "
			   "stack, so that a correct lock hangs. If that happens, build it with gcc.")));
	if (facts->fences)
		add(result,
		    say_only(N_(
			"It uses atomic_thread_fence, which ThreadSanitizer does not understand: its reports of data "
			"races are remarks only.")));
	remark_instructions(facts, result);
	remark_hiding(facts, result);
	if (compiled->words != NULL && compiled->words[0] != '\0')
		result_add_finding(result, "compiler")->message = xstrdup(compiled->words);
}
