/* The class list: a CSV file (RFC 4180) whose first row names the columns. Known, in any order and case: name (or
 * student), id (or sis user id, identifier), login (or username, sis login id), email. Others are left alone. */
#ifndef ROSTER_H
#define ROSTER_H

#include <stddef.h>

#include "fault.h"
#include "result.h"

struct roster_entry {
	char *name, *id, *login, *email; /* NULL: no such column, or empty */
	bool seen;                       /* a submission was matched with it */
};

struct roster {
	size_t n;
	struct roster_entry *entries;
};

/* Returns 0, or a negative errno value and *fault: FAULT_EXERCISE with file and line: what is wrong with it. */
int roster_read(const char *path, struct roster *roster, struct fault *fault);
void roster_free(struct roster *roster);

/* Finds the entry that *student means, by id, login, e-mail, then name (where only one has it), and takes over its name
 * and id. NULL: none. Notes that it was seen. */
struct roster_entry *roster_match(struct roster *roster, struct student *student);

#endif
