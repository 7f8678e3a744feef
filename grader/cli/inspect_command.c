#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "compile.h"
#include "inspect.h"
#include "intake.h"
#include "language.h"
#include "manifest.h"
#include "report.h"
#include "site.h"
#include "text.h"
#include "translate.h"

struct wanted {
	const char *path, *exercise;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct wanted *wanted = state->input;
	switch (key) {
	case 'e':
		wanted->exercise = argument;
		return 0;
	case ARGP_KEY_ARG:
		if (state->arg_num > 0)
			argp_error(state, _("one submission only"));
		wanted->path = argument;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, _("which submission?"));
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

enum { NAME_COLUMNS = 18 };

static void row(const char *name, const char *value)
{
	char *safe = escape_terminal(value != NULL ? value : "–", false);
	printf("  %s%*s %s\n", name, escape_padding(name, NAME_COLUMNS), "", safe);
	free(safe);
}

static void row_flag(const char *name, bool value, const char *when_true, const char *when_false)
{
	row(name, value ? when_true : when_false);
}

static void print_descriptor(const struct inspect_facts *facts)
{
	const struct inspect_descriptor *descriptor = &facts->descriptor;
	if (facts->kind.name[0] == '\0') {
		row(_("exports"), _("no descriptor"));
		return;
	}
	printf("  %s%*s ", _("exports"), escape_padding(_("exports"), NAME_COLUMNS), "");
	printf(_("%s_plugin: abi %u, size %llu bytes"), facts->kind.name, descriptor->abi,
	       (unsigned long long)descriptor->size_bytes);
	if (descriptor->threads_max != 0)
		printf(_(", at most %u threads"), descriptor->threads_max);
	if (descriptor->choice < facts->kind.choice.n)
		printf(", %s", facts->kind.choice.words[descriptor->choice]);
	printf("\n  %s%*s", _("callbacks"), escape_padding(_("callbacks"), NAME_COLUMNS), "");
	for (size_t i = 0; i < descriptor->n_callbacks; i++)
		printf(" %s%s", descriptor->callback[i].name, descriptor->callback[i].set ? "" : " (NULL)");
	printf("\n");
}

static void print_imports(const struct inspect_facts *facts)
{
	struct text text = { 0 };
	for (size_t i = 0; i < facts->n_imports; i++) {
		if (!facts->imports[i].instrumentation)
			text_printf(&text, "%s%s%s", text.length != 0 ? " " : "", facts->imports[i].name,
				    facts->imports[i].forbidden ? _(" (forbidden)") : "");
	}
	row(_("imports"), text.length != 0 ? text.data : _("nothing"));
	text_free(&text);
	for (size_t i = 0; i < facts->n_needed; i++)
		text_printf(&text, "%s%s", i != 0 ? " " : "", facts->needed[i]);
	row(_("needs"), text.length != 0 ? text.data : _("nothing"));
	text_free(&text);
	if (facts->rpath != NULL)
		row(_("library path"), facts->rpath);
}

static void print_build(const struct inspect_facts *facts)
{
	row(_("compiler"), facts->compiler);
	row_flag(_("instrumented"), facts->instrumented, _("yes (-fsanitize=thread)"),
		 _("no: rebuild it with -fsanitize=thread"));
	row_flag(_("debug information"), facts->debug_info, _("yes"),
		 _("no: places will have no lines; build with -g"));
	row_flag(_("fences"), facts->fences, _("yes: ThreadSanitizer does not understand them; the explorer does"),
		 _("none"));
	if (facts->exec_stack)
		row(_("stack"), _("executable"));
	if (facts->writable_code)
		row(_("code"), _("writable"));
}

static void print_instructions(const struct inspect_facts *facts)
{
	for (size_t i = 0; i < facts->n_instructions; i++) {
		const struct inspect_instruction *instruction = &facts->instructions[i];
		char *at = xasprintf(_("%s at %#llx"), instruction->text, (unsigned long long)instruction->offset);
		char *line = instruction->function != NULL
				 ? xasprintf(_("%s in %s: not seen by the engines"), at, instruction->function)
				 : xasprintf(_("%s: not seen by the engines"), at);
		free(at);
		row(_("instruction"), line);
		free(line);
	}
	for (size_t i = 0; i < facts->n_uninstrumented; i++)
		row(_("not instrumented"), facts->uninstrumented[i]);
}

static void print_load(const struct inspect_facts *facts)
{
	char number[32];
	snprintf(number, sizeof(number), "%zu", facts->n_constructors);
	row(_("constructors"), number);
	snprintf(number, sizeof(number), _("%llu bytes"), (unsigned long long)facts->tls_bytes);
	row(_("thread-local"), number);
	if (facts->n_ifuncs != 0)
		row(_("ifuncs"), _("yes"));
}

static void print_words(const char *message)
{
	char *safe = escape_terminal(message, true);
	printf("%s\n", safe);
	free(safe);
}

/* The exercise that is named; else, of a source, the one for what it defines: it may need the exercise's headers. */
static int find_exercise(const struct site *site, const char *name, const struct intake *intake,
			 struct exercise *exercise, struct fault *fault)
{
	struct fault unknown = { 0 };
	if (name != NULL)
		return site_exercise(site, name, exercise, fault);
	if (intake->defines != NULL && site_exercise_for(site, intake->defines, exercise, &unknown) < 0)
		*exercise = (struct exercise){ 0 };
	fault_free(&unknown);
	return 0;
}

static int inspect(const struct site *site, const struct wanted *wanted)
{
	const char *path = wanted->path;
	struct fault fault = { 0 };
	struct intake intake = { 0 };
	struct compile_result compiled = { 0 };
	struct inspect_facts facts = { 0 };
	struct exercise exercise = { 0 };
	struct kinds kinds = { 0 };
	struct compile_options options = { .include_dir = site->include };
	const char *object;
	int r = intake_open(&intake, path, INTAKE_LIMITS_DEFAULT, &fault);
	if (r == 0)
		r = find_exercise(site, wanted->exercise, &intake, &exercise, &fault);
	options.own_include = exercise.include;
	options.others = intake.others;
	options.n_others = intake.n_others;
	options.folders = intake.folders;
	options.n_folders = intake.n_folders;
	if (r == 0 && intake.kind == INTAKE_SOURCE)
		r = compile_source(intake.directory, intake.file_name, &options, &compiled, &fault);
	if (r < 0)
		goto out;
	object = intake.kind == INTAKE_SOURCE ? compiled.path : intake.path;
	r = site_kinds(site, exercise.id != NULL ? &exercise : NULL, &kinds, &fault);
	if (r == 0)
		r = inspect_file(object, &kinds, &facts, &fault);
	struct fault unknown = { 0 };
	if (r == 0 && (exercise.id != NULL || site_exercise_for(site, facts.kind.name, &exercise, &unknown) == 0))
		r = inspect_judge(&facts, &exercise, &fault);
	fault_free(&unknown);
	row(_("submission"), path);
	row("SHA-256", intake.sha256);
	if (facts.shared_object) {
		print_descriptor(&facts);
		print_imports(&facts);
		print_build(&facts);
		print_load(&facts);
		print_instructions(&facts);
	}
out:
	if (r < 0)
		print_words(fault.message);
	int status = r == 0 ? EXIT_ALL_PASS : fault.owner == FAULT_SUBMISSION ? EXIT_SOME_FAIL : EXIT_TROUBLE;
	manifest_free(&exercise);
	kinds_free(&kinds);
	inspect_free(&facts);
	compile_result_free(&compiled);
	intake_close(&intake);
	fault_free(&fault);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "exercise", 'e', "ID|FOLDER", 0, N_("The exercise (default: from the exported symbol)"), 0 },
		{ 0 },
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = N_("SUBMISSION"),
		.doc = N_("Tells what a submission exports and imports and how it was built, without loading it."),
	};
	struct wanted wanted = { 0 };
	struct fault fault = { 0 };
	struct site site;
	if (!parse_arguments(&argp, argc, argv, &wanted))
		return EXIT_TROUBLE;
	int status = site_locate(&site, &fault) < 0 ? complain("%s", fault.message) : inspect(&site, &wanted);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_inspect = { "inspect", N_("SUBMISSION"), N_("what it exports, imports, how it was built"),
					 run };
