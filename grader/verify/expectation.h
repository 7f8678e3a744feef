/* What is expected of a plugin: the file of the same name beside it, ending in .yaml.
 *
 *     claim: >-                       # what is wrong with it, in a sentence
 *       The flag is cleared before the node is linked.
 *     name: a late flag               # optional: what the mistake is called; those who make it are told so
 *     fails:                          # these checks fail, each under the engines that are named
 *       - { check: counter/mutual-exclusion, engines: [explore] }
 *     passes: [ progress/progress ]   # optional: these pass
 *     others: pass                    # optional: all other checks that give points pass
 *     switches: 2                     # optional: the shortest counterexample has so many context switches
 *     needs: explore                  # optional: means nothing without this engine
 *
 * A solution without such a file passes every check that gives points, and process-shared. */
#ifndef EXPECTATION_H
#define EXPECTATION_H

#include <stdbool.h>

#include "fault.h"

struct expected_failure {
	char *check;
	char **engines;
	unsigned n_engines;
};

struct expectation {
	char *claim;
	char *name; /* NULL: none */
	char *others;
	char *needs;
	int switches; /* 0: not said */
	struct expected_failure *fails;
	unsigned n_fails;
	char **passes;
	unsigned n_passes;
};

/* Reads a file. Returns NULL and an exercise's fault, with file and line, where it is not as above; the machine's where
 * it cannot be read. The caller owns the expectation: expectation_free(). */
struct expectation *expectation_read(const char *path, struct fault *fault);
void expectation_free(struct expectation *expectation);

/* Whether the check is one of those that must fail. */
bool expectation_fails(const struct expectation *expectation, const char *check);

#endif
