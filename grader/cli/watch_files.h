/* Waiting for a file to be saved. */
#ifndef WATCH_FILES_H
#define WATCH_FILES_H

#include <stddef.h>

/* Waits until one of the paths (files or folders) was written, and 100 ms have passed without another write: editors
 * write in several steps, and some write a new file in place of the old. Returns 0, or -errno. */
int watch_files_wait(char *const *paths, size_t n);

#endif
