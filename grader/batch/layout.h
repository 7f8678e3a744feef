/* What a name of a download says about its student. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "result.h"

enum layout {
	LAYOUT_PLAIN,      /* kim, kim.c, lab1-kim, os_2024_10001_kim.c */
	LAYOUT_MOODLE,     /* Kim Minji_12345_assignsubmission_file, and flat …_file_lock.c */
	LAYOUT_CANVAS,     /* kimminji_LATE_123_456_lock.c, kimminji_123_text.html */
	LAYOUT_BLACKBOARD, /* Lab 1_kim_attempt_2024-03-04-10-00-00_lock.c, and ….txt */
};

/* The parts of a download's name. Zero it to begin. */
struct entry_name {
	enum layout layout;
	char *name, *id;   /* owned; id: the platform's; NULL: none */
	const char *file;  /* in the entry: the name that the student gave; NULL: it is a folder's name, or speaks of an
			      attempt */
	const char *order; /* in the entry: what is greater came later, as digits and dashes; NULL: it does not say */
	size_t order_length;
	bool is_typed; /* what was typed into a form, not a file */
};

/* Reads the name of a folder, archive or file. A LAYOUT_PLAIN one has neither name nor id. entry_name_fini()
 * afterwards. */
void layout_read(const char *entry, struct entry_name *name);
void entry_name_fini(struct entry_name *name);

/* Whether a name is one that a platform gives. */
bool layout_is_download(const char *entry);

/* Fills name and id of *student from the name of a folder, archive or file (without its ending for a flat file). Of a
 * plain one, `shared` bytes at its beginning are common to all (an assignment's prefix), and not the student's; what is
 * left of it is a name, or a number of five digits or more and a name. The caller owns the strings. */
void layout_student(const char *entry, size_t shared, struct student *student);

/* The same of a name that is known to be plain, whatever it looks like. */
void layout_plain_student(const char *entry, size_t shared, struct student *student);

/* How many bytes all names share, up to and with their last '-' or '_', where what is left of each begins with a
 * letter, or is a number as all others are: "lab1-kim", "lab1-lee" → 5. 0 where they share none, or there are fewer
 * than two. */
size_t layout_shared_prefix(const char *const *names, size_t n);

#endif
