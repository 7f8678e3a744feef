/* Builds a submission's sources: gcc (g++) -fsanitize=thread, but linked without libtsan, so that whichever worker
 * loads the object answers its __tsan_* calls. */
#ifndef COMPILE_H
#define COMPILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "fault.h"

/* A process to be started. It must lead its own process group, have nothing but `output_fd` as standard output and
 * error and /dev/null as input, and no other descriptor. argv[0] is looked up in PATH of `environment`. */
struct compile_process {
	char *const *argv;
	char *const *environment;
	const char *directory; /* its working directory, the only one that it needs to write to */
	int output_fd;
	uint32_t cpu_ms; /* processor time that it, and each that it starts, may use; in whole seconds, rounded up */
};

/* Starts a process; returns 0 and *pid, or a negative errno value (-ENOENT: no such program). */
typedef int compile_start(void *context, const struct compile_process *process, pid_t *pid);

/* Ends it, by force where it has not ended by itself, and all that it has started; returns its status as waitpid()
 * does. *cpu_ms: the processor time that it has used, with all that it has waited for. */
typedef int compile_end(void *context, pid_t pid, uint64_t *cpu_ms);

/* Zero members: the defaults. */
struct compile_options {
	const char *compiler;     /* "gcc", "g++" for a source in C++ */
	const char *include_dir;  /* absolute; holds syncgrade/lock.h; NULL: none */
	const char *own_include;  /* absolute; the exercise's headers, which come first; NULL: none */
	const char *const *flags; /* the exercise's, added at the end */
	size_t n_flags;
	/* Further sources in the directory: compiled and linked where they define what the source, or one of these,
	 * needs. */
	char *const *others;
	size_t n_others;
	char *const *folders; /* below the directory: where headers are; "" for itself */
	size_t n_folders;
	uint32_t cpu_ms;         /* of processor time, for compiling and linking together; 30000 */
	uint32_t wall_ms;        /* after which the machine is at fault, whatever has been used; 600000 */
	size_t output_bytes_max; /* of the compiler's words, head and tail are kept; 64 KiB */
	compile_start *start;    /* where the sandbox comes in; a plain fork and exec */
	compile_end *end;        /* goes with start: both or none */
	void *start_context;
};

struct compile_result {
	char *path;  /* the shared object, in the directory of the source; NULL: there is none */
	char *words; /* what the compiler said, paths relative to the source; "" : nothing. Raw bytes of a stranger */
	size_t n_linked; /* of the others */
	char *compiler;  /* "gcc (Debian 12.2.0-14) 12.2.0" */
	uint64_t duration_ms;
};

/* Builds directory/file_name (a copy made by intake; it may lie in a folder there): C17, or by its name C++23, which
 * has the semaphores and barriers, and C's <stdatomic.h>. Returns 0 if there is an object (words may still hold
 * warnings); else a negative errno value and *fault: FAULT_SUBMISSION: it does not compile or link, in the compiler's
 * words
 * (-EINVAL), or takes too much processor time (-ETIMEDOUT); FAULT_MACHINE: there is no compiler (-ENOENT), no memory,
 * no disk, or the compiler was killed by somebody else. compile_result_free() in both cases. */
int compile_source(const char *directory, const char *file_name, const struct compile_options *options,
		   struct compile_result *result, struct fault *fault);

void compile_result_free(struct compile_result *result);

#endif
