#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "escape.h"
#include "language.h"
#include "text.h"
#include "translate.h"

static const struct command *const commands[] = { &command_grade,  &command_batch,   &command_report,
						  &command_replay, &command_inspect, &command_exercises,
						  &command_new,    &command_verify,  &command_similar,
						  &command_doctor };

enum { N_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

int complain(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *message = xvasprintf(format, arguments);
	va_end(arguments);
	fprintf(stderr, "syncgrade: %s\n", message);
	free(message);
	return EXIT_TROUBLE;
}

bool parse_arguments(const struct argp *argp, int argc, char **argv, void *input)
{
	argp_err_exit_status = EXIT_TROUBLE;
	return argp_parse(argp, argc, argv, ARGP_NO_HELP, NULL, input) == 0;
}

static void print_usage(FILE *out)
{
	fputs(_("Usage: syncgrade COMMAND [OPTION...] [ARGUMENT...]\n"
		"Grades locks, semaphores, monitors and other synchronization.\n\n"),
	      out);
	for (size_t i = 0; i < N_COMMANDS; i++) {
		char *call = xasprintf("%s %s", commands[i]->name,
				       commands[i]->arguments[0] != '\0' ? _(commands[i]->arguments) : "");
		fprintf(out, "  syncgrade %s%*s %s\n", call, escape_padding(call, 30), "", _(commands[i]->summary));
		free(call);
	}
	fputs(_("\n‘syncgrade COMMAND --help’ tells a command's options.\n"
		"Exit status: 0 every submission passes; 1 some submission fails; 2 the command line, an exercise or "
		"the\n"
		"machine is at fault.\n"),
	      out);
}

static int run_command(const struct command *command, int argc, char **argv)
{
	char *name = xasprintf("syncgrade %s", command->name);
	argv[1] = name;
	int status = command->run(argc - 1, argv + 1);
	free(name);
	/* A full disk or a closed pipe shows here at the latest. */
	if (fflush(stdout) != 0 || ferror(stdout))
		return complain(_("standard output: %s"), strerror(errno));
	return status;
}

int main(int argc, char **argv)
{
	language_start();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a limit of somebody else's: the call says EFBIG */
	if (argc < 2) {
		print_usage(stderr);
		return EXIT_TROUBLE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
		print_usage(stdout);
		return EXIT_ALL_PASS;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("syncgrade %s\n", SYNCGRADE_VERSION);
		return EXIT_ALL_PASS;
	}
	for (size_t i = 0; i < N_COMMANDS; i++) {
		if (strcmp(argv[1], commands[i]->name) == 0)
			return run_command(commands[i], argc, argv);
	}
	return complain(_("there is no command “%s”; ‘syncgrade --help’ lists them"), argv[1]);
}
