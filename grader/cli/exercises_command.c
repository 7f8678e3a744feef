#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "manifest.h"
#include "site.h"

static const char *status_words(const struct exercise_check *check)
{
	return check->points == 0 ? "a remark" : "";
}

static void print_exercise(const struct exercise *exercise)
{
	printf("%s: %s (version %u)\n", exercise->id, exercise->title, exercise->version);
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		printf("  %-36s", check->id);
		if (check->points != 0)
			printf(" %3u points ", check->points);
		else
			printf(" %-10s ", status_words(check));
		for (unsigned e = 0; e < ENGINE_COUNT; e++) {
			if ((check->engines & 1u << e) != 0)
				printf(" %s", engine_name((enum engine_id)e));
		}
		printf("\n");
	}
	printf("  handout: %s/README.md\n\n", exercise->folder);
}

static int list(const struct site *site)
{
	char **ids = site_exercise_ids(site);
	int status = EXIT_ALL_PASS;
	if (ids == NULL || ids[0] == NULL)
		status = complain("there are no exercises in %s", site->exercises);
	for (size_t i = 0; ids != NULL && ids[i] != NULL; i++) {
		struct exercise exercise;
		struct fault fault = { 0 };
		if (site_exercise(site, ids[i], &exercise, &fault) < 0) {
			status = complain("%s", fault.message);
		} else {
			print_exercise(&exercise);
			manifest_free(&exercise);
		}
		fault_free(&fault);
		free(ids[i]);
	}
	free(ids);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = { .doc = "Lists the exercises, their checks and points." };
	struct fault fault = { 0 };
	struct site site;
	argp_err_exit_status = EXIT_TROUBLE;
	if (argp_parse(&argp, argc, argv, 0, NULL, NULL) != 0)
		return EXIT_TROUBLE;
	int status = site_locate(&site, &fault) < 0 ? complain("%s", fault.message) : list(&site);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_exercises = { "exercises", "", "what exercises there are", run };
