/* Work that leaves nothing behind, also when it is ended by Ctrl-C. */
#ifndef SUPERVISE_H
#define SUPERVISE_H

/* Calls work(context) in a process of its own, with TMPDIR a folder that only this call has; returns what it returns.
 * Is it ended by SIGINT, SIGTERM or SIGHUP, so is the work with all that it has started, the folder is removed, and
 * this process ends by that signal. Where no such folder can be made, it is just called. One thread only. */
int supervise(int (*work)(void *context), void *context);

/* In the work: `path` is unlinked if it is ended, until it is kept. At most 16 at a time. */
void supervise_unlink(const char *path);
void supervise_keep(const char *path);

#endif
