#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "compile.h"
#include "inspect.h"
#include "intake.h"
#include "manifest.h"
#include "report.h"
#include "site.h"
#include "text.h"

static error_t parse(int key, char *argument, struct argp_state *state)
{
	const char **path = state->input;
	switch (key) {
	case ARGP_KEY_ARG:
		if (state->arg_num > 0)
			argp_error(state, "one submission only");
		*path = argument;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "which submission?");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void row(const char *name, const char *value)
{
	char *safe = escape_terminal(value != NULL ? value : "–", false);
	printf("  %-18s %s\n", name, safe);
	free(safe);
}

static void row_flag(const char *name, bool value, const char *when_true, const char *when_false)
{
	row(name, value ? when_true : when_false);
}

static void print_descriptor(const struct inspect_facts *facts)
{
	const struct inspect_descriptor *descriptor = &facts->descriptor;
	if (facts->plugin == NULL) {
		row("exports", "no descriptor");
		return;
	}
	printf("  %-18s %s_plugin: abi %u, size %llu bytes", "exports", facts->plugin, descriptor->abi,
	       (unsigned long long)descriptor->size_bytes);
	if (descriptor->threads_max != 0)
		printf(", at most %u threads", descriptor->threads_max);
	if (facts->kind == PLUGIN_MONITOR)
		printf(", %s", descriptor->signaling == 0 ? "Mesa" : "Hoare");
	printf("\n  %-18s", "callbacks");
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
				    facts->imports[i].forbidden ? " (forbidden)" : "");
	}
	row("imports", text.length != 0 ? text.data : "nothing");
	text_free(&text);
	for (size_t i = 0; i < facts->n_needed; i++)
		text_printf(&text, "%s%s", i != 0 ? " " : "", facts->needed[i]);
	row("needs", text.length != 0 ? text.data : "nothing");
	text_free(&text);
	if (facts->rpath != NULL)
		row("library path", facts->rpath);
}

static void print_build(const struct inspect_facts *facts)
{
	row("compiler", facts->compiler);
	row_flag("instrumented", facts->instrumented, "yes (-fsanitize=thread)",
		 "no: rebuild it with -fsanitize=thread");
	row_flag("debug information", facts->debug_info, "yes", "no: places will have no lines; build with -g");
	row_flag("fences", facts->fences, "yes: ThreadSanitizer does not understand them; the explorer does", "none");
	if (facts->exec_stack)
		row("stack", "executable");
	if (facts->writable_code)
		row("code", "writable");
}

static void print_instructions(const struct inspect_facts *facts)
{
	for (size_t i = 0; i < facts->n_instructions; i++) {
		const struct inspect_instruction *instruction = &facts->instructions[i];
		char *line =
		    xasprintf("%s at %#llx%s%s: not seen by the engines", instruction->text,
			      (unsigned long long)instruction->offset, instruction->function != NULL ? " in " : "",
			      instruction->function != NULL ? instruction->function : "");
		row("instruction", line);
		free(line);
	}
	for (size_t i = 0; i < facts->n_uninstrumented; i++)
		row("not instrumented", facts->uninstrumented[i]);
}

static void print_load(const struct inspect_facts *facts)
{
	char number[32];
	snprintf(number, sizeof(number), "%zu", facts->n_constructors);
	row("constructors", number);
	snprintf(number, sizeof(number), "%llu bytes", (unsigned long long)facts->tls_bytes);
	row("thread-local", number);
	if (facts->n_ifuncs != 0)
		row("ifuncs", "yes");
}

static void print_words(const char *message)
{
	char *safe = escape_terminal(message, true);
	printf("%s\n", safe);
	free(safe);
}

static int inspect(const struct site *site, const char *path)
{
	struct fault fault = { 0 };
	struct intake intake = { 0 };
	struct compile_result compiled = { 0 };
	struct inspect_facts facts = { 0 };
	struct exercise exercise = { 0 };
	struct compile_options options = { .include_dir = site->include };
	const char *object;
	int r = intake_open(&intake, path, INTAKE_LIMITS_DEFAULT, &fault);
	if (r == 0 && intake.kind == INTAKE_SOURCE)
		r = compile_source(intake.directory, intake.file_name, &options, &compiled, &fault);
	if (r < 0)
		goto out;
	object = intake.kind == INTAKE_SOURCE ? compiled.path : intake.path;
	r = inspect_file(object, &facts, &fault);
	struct fault unknown = { 0 };
	if (r == 0 && site_exercise_for(site, facts.plugin, &exercise, &unknown) == 0)
		r = inspect_judge(&facts, &exercise, &fault);
	fault_free(&unknown);
	row("submission", path);
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
	inspect_free(&facts);
	compile_result_free(&compiled);
	intake_close(&intake);
	fault_free(&fault);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "SUBMISSION",
		.doc = "Tells what a submission exports and imports and how it was built, without loading it.",
	};
	const char *path = NULL;
	struct fault fault = { 0 };
	struct site site;
	argp_err_exit_status = EXIT_TROUBLE;
	if (argp_parse(&argp, argc, argv, 0, NULL, &path) != 0)
		return EXIT_TROUBLE;
	int status = site_locate(&site, &fault) < 0 ? complain("%s", fault.message) : inspect(&site, path);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_inspect = { "inspect", "SUBMISSION", "what it exports, imports, how it was built", run };
