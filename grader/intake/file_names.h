/* What the name of a file or folder says of it. */
#ifndef INTAKE_FILE_NAMES_H
#define INTAKE_FILE_NAMES_H

#include <stdbool.h>

enum file_kind {
	FILE_C,       /* .c */
	FILE_CXX,     /* .cpp .cc .cxx */
	FILE_HEADER,  /* .h .hpp .hh .hxx */
	FILE_OBJECT,  /* .so */
	FILE_ARCHIVE, /* .zip .tar .tar.gz … */
	FILE_OTHER,
};

enum file_kind file_kind(const char *name);

/* Whether it is compiled, or loaded as it is. */
bool file_is_submission(const char *name);
bool file_is_source(const char *name);

/* Folders whose content is nobody's work to be graded: build trees, version control, tests, what systems leave. */
bool folder_is_ignored(const char *name);

/* What systems leave beside people's files: .DS_Store, ._lock.c, Thumbs.db, desktop.ini. */
bool file_is_system(const char *name);

/* Why a file of that name is none that can be graded, and what to do, as a sentence without its name: "is a RAR
 * archive; hand in a .zip". Translated. NULL: the name says nothing of it. */
const char *file_name_reason(const char *name);

#endif
