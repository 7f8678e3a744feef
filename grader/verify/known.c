#include "known.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compare.h"
#include "mistakes.h"
#include "shape.h"
#include "text.h"

/* In YAML's double quotes. */
static void put_quoted(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static char *shape_in(const struct check_result *check)
{
	return check->status == STATUS_FAIL && check->counterexample != NULL
		   ? shape_of(check->property, check->counterexample)
		   : NULL;
}

/* A solution may go wrong in a check that is about more: that is no mistake. */
static bool is_of_a_solution(const struct verification *verification, const char *check, const char *shape)
{
	for (size_t i = 0; i < verification->subjects.n; i++) {
		const struct subject *subject = &verification->subjects.list[i];
		const struct check_result *found =
		    subject->solution && subject->result != NULL ? result_find_check(subject->result, check) : NULL;
		char *other = found != NULL ? shape_in(found) : NULL;
		bool same = other != NULL && strcmp(other, shape) == 0;
		free(other);
		if (same)
			return true;
	}
	return false;
}

static int put_subject(FILE *out, const struct verification *verification, const struct subject *subject)
{
	int n = 0;
	for (size_t i = 0; i < subject->result->n_checks; i++) {
		const struct check_result *check = &subject->result->checks[i];
		char *shape = expectation_fails(subject->expectation, check->id) ? shape_in(check) : NULL;
		if (shape != NULL && !is_of_a_solution(verification, check->id, shape)) {
			fputs("- { name: ", out);
			put_quoted(out, subject->expectation->name);
			fprintf(out, ", check: %s, shape: \"%s\" }\n", check->id, shape);
			n++;
		}
		free(shape);
	}
	return n;
}

int known_write(const struct verification *verification, struct fault *fault)
{
	char *path = xasprintf("%s/%s", verification->exercise.folder, MISTAKES_FILE);
	char *temporary = xasprintf("%s.new", path);
	FILE *out = fopen(temporary, "we");
	int n = 0, r = out == NULL ? -errno : 0;
	if (r == 0) {
		fputs("# Written by `syncgrade verify --write-mistakes`: how the mutants that have a name go wrong.\n",
		      out);
		for (size_t i = 0; i < verification->subjects.n; i++) {
			const struct subject *subject = &verification->subjects.list[i];
			if (subject->result != NULL && subject->expectation != NULL &&
			    subject->expectation->name != NULL)
				n += put_subject(out, verification, subject);
		}
		if (n == 0)
			fputs("[]\n", out);
		errno = EIO;
		bool written = ferror(out) == 0;
		if (fclose(out) != 0 || !written || rename(temporary, path) < 0) {
			r = -errno;
			unlink(temporary);
		}
	}
	if (r < 0)
		fault_machine(fault, -r, "%s", path);
	free(temporary);
	free(path);
	return r < 0 ? r : n;
}
