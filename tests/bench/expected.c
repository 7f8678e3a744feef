/* expected RESULT.json [EXPECTATION.yaml]: a line for each thing in which a stored result is not as expected; without
 * an expectation, every check that gives points passes. Exit status 0: as expected; 1: not; 2: could not be told. */
#include <stdio.h>
#include <stdlib.h>

#include "compare.h"
#include "result_json.h"

int main(int argc, char **argv)
{
	struct expectation *expectation = NULL;
	struct fault fault = { 0 };
	struct text complaints = { 0 };
	const char *problem = "it is no JSON";
	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: expected RESULT.json [EXPECTATION.yaml]\n");
		return 2;
	}
	if (argc > 2 && (expectation = expectation_read(argv[2], &fault)) == NULL) {
		fprintf(stderr, "%s\n", fault.message);
		return 2;
	}
	json_t *root = json_load_file(argv[1], 0, NULL);
	struct result *result = root != NULL ? result_from_json(root, &problem) : NULL;
	if (result == NULL) {
		fprintf(stderr, "%s: %s\n", argv[1], problem);
		return 2;
	}
	compare(result, expectation, &complaints);
	char *lines = text_take(&complaints);
	int status = lines[0] != '\0';
	fputs(lines, stdout);
	free(lines);
	result_destroy(result);
	json_decref(root);
	expectation_free(expectation);
	return status;
}
