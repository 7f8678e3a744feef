/* Results on disk: a folder with one JSON file per submission, `<key>.json`, each written whole or not at all, so that
 * any number of processes and machines may write into one folder and be killed at any time. What could not be graded
 * for the machine's fault lies in `errors/`, and never replaces a grade. */
#ifndef STORE_H
#define STORE_H

#include "fault.h"
#include "result.h"

/* Makes the folder, if it is not there, and sees whether it can be written. */
int store_open(const char *folder, struct fault *fault);

/* Writes a result under result->student.key: temporary file, fsync, rename. A grade removes an earlier error. */
int store_write(const char *folder, const struct result *result, struct fault *fault);

/* The grade that is stored under `key`, which the caller owns; NULL: none that can be read. */
struct result *store_read(const char *folder, const char *key);

/* All results of the folder, sorted by key: the grades, and errors of those who have no grade; or, if `folder` is a
 * file, those in it: a stored one, or as ‘syncgrade grade --format json’ writes them, whose key is then the submission.
 * The caller owns the array and each. A file that is not a result is a fault of the exercise's kind (somebody edited
 * it): its name and why.
 */
enum store_extent {
	STORE_ALL,
	STORE_POINTS /* what result_keep_points() leaves of each */
};
int store_read_all(const char *folder, enum store_extent extent, struct result ***results, size_t *n,
		   struct fault *fault);

/* The keys of all grades in the folder, without looking into one. The caller owns the array and each. */
char **store_keys(const char *folder, size_t *n);

/* `name` as the stem of a file's name: control bytes, '/', and what else is trouble become %xx; the same name always
 * gives the same key, different names different ones. The caller owns it. */
char *store_key(const char *name);

#endif
