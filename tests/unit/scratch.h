/* A folder for one test's files, and a compiler for them. Every function aborts the test if it cannot do its work. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>

/* Makes a fresh folder and returns its path; removed by scratch_end(). */
const char *scratch_begin(void);
void scratch_end(void);

/* <folder>/<name>, as a string that lives until the test ends. */
const char *scratch_path(const char *name);

/* Frees all paths that were returned: for tests that make thousands. */
void scratch_forget(void);

/* Writes a file (folders in `name` are made) and returns its path. */
const char *scratch_write(const char *name, const char *text);
const char *scratch_write_bytes(const char *name, const void *bytes, size_t length);

/* Reads a file; *length bytes, to be freed. */
unsigned char *scratch_read(const char *path, size_t *length);

/* Compiles `source` to <folder>/<name> with "gcc -shared -fPIC -g -O1 -I<include>" and `flags`; returns its path. */
const char *scratch_build(const char *name, const char *source, const char *flags);
/* The same with another compiler's command line. */
const char *scratch_build_with(const char *compiler, const char *name, const char *source, const char *flags);

/* A correct ticket lock. */
extern const char scratch_ticket[];

bool contains(const char *text, const char *part);
#define ck_assert_contains(text, part)                                                                                 \
	ck_assert_msg(contains(text, part), "\"%s\" does not contain \"%s\"", (text) != NULL ? (text) : "(null)", part)

/* Runs one suite of one case; the exit status of the test program. */
int scratch_run(const char *name, void (*add)(TCase *));

#endif
