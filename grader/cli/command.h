/* The commands of `syncgrade`. Each gets its own arguments (argv[0] is "syncgrade NAME") and returns the exit status.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <argp.h>
#include <stdbool.h>

enum exit_status {
	EXIT_ALL_PASS = 0,
	EXIT_SOME_FAIL = 1, /* a submission is at fault */
	EXIT_TROUBLE = 2    /* the command line, an exercise or the machine is */
};

struct command {
	const char *name;
	const char *arguments; /* for the list of commands */
	const char *summary;
	int (*run)(int argc, char **argv);
};

extern const struct command command_grade, command_inspect, command_exercises, command_new, command_doctor;
extern const struct command command_batch, command_report, command_replay, command_verify, command_similar;

/* "syncgrade: …" on standard error. Returns EXIT_TROUBLE. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Reads a command's arguments into `input`, as the parser puts them there. False: they cannot be read, and it was said
 * why; a mistake in them ends the program with EXIT_TROUBLE. */
bool parse_arguments(const struct argp *argp, int argc, char **argv, void *input);

#endif
