#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "escape.h"
#include "language.h"
#include "manifest.h"
#include "site.h"
#include "translate.h"

static void print_exercise(const struct exercise *exercise)
{
	printf(_("%s: %s (version %u)\n"), exercise->id, exercise->title, exercise->version);
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		printf("  %-36s", check->id);
		if (check->points != 0)
			printf(_(" %3u points "), check->points);
		else
			printf(" %s%*s ", _("a remark"), escape_padding(_("a remark"), 10), "");
		for (unsigned e = 0; e < ENGINE_COUNT; e++) {
			if ((check->engines & 1u << e) != 0)
				printf(" %s", engine_name((enum engine_id)e));
		}
		printf("\n");
	}
	char *handout = language_file(exercise->folder, "README", ".md");
	printf(_("  handout: %s/%s\n\n"), exercise->folder, handout);
	free(handout);
}

static int list(const struct site *site)
{
	char **ids = site_exercise_ids(site);
	int status = EXIT_ALL_PASS;
	if (ids == NULL || ids[0] == NULL)
		status = complain(_("there are no exercises in %s"), site->exercises);
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
	static const struct argp argp = {
		.doc = N_("Lists the exercises, their checks and points."),
		.children = language_children,
	};
	struct fault fault = { 0 };
	struct site site;
	if (!parse_arguments(&argp, argc, argv, NULL))
		return EXIT_TROUBLE;
	int status = site_locate(&site, &fault) < 0 ? complain("%s", fault.message) : list(&site);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_exercises = { "exercises", "", N_("what exercises there are"), run };
