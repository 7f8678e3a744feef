/* The class list: a CSV file (RFC 4180) whose first row names the columns, as people, spreadsheets and platforms write
 * it: Canvas' gradebook, Moodle's grading worksheet and participants, GitHub Classroom's roster, titles in English and
 * Korean, in any order and case, UTF-8 or what else can be told from it. */
#ifndef ROSTER_H
#define ROSTER_H

#include <stddef.h>

#include "fault.h"
#include "result.h"

struct roster_entry {
	char *name, *id, *login, *email; /* NULL: no such column, or empty */
	char *platform_id;               /* Canvas' ID, the number in Moodle's "Participant 11" */
	unsigned seen;                   /* so many submissions were matched with it */
};

struct roster {
	size_t n;
	struct roster_entry *entries;
	const char *encoding; /* what it was read as; NULL: UTF-8 */
};

/* Returns 0, or a negative errno value and *fault: FAULT_EXERCISE with file and line: what is wrong with it. */
int roster_read(const char *path, struct roster *roster, struct fault *fault);
void roster_free(struct roster *roster);

/* Finds the entry that *student means, by the platform's number, id, login, e-mail, then name (where only one has it;
 * "kimminji" is "Kim, Minji"), and takes over its name, id, login and platform's number. NULL: none, or number and name
 * mean different entries: then *student has a conflict. Counts that it was seen. */
struct roster_entry *roster_match(struct roster *roster, struct student *student);

#endif
