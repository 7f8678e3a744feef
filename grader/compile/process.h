/* Runs one program of the compiler's to its end, or to the end of its time. */
#ifndef COMPILE_PROCESS_H
#define COMPILE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "capture.h"
#include "compile.h"

/* No compiler writes a larger file, in bytes. */
#define COMPILER_FILE_BYTES_MAX (UINT64_C(64) << 20)

struct process_end {
	bool timed_out;
	int status; /* of waitpid(); meaningless after a time-out */
	uint64_t cpu_ms;
};

/* A plain fork and exec, with limits on what the compiler may take. */
compile_start process_start_plain;
compile_end process_end_plain;

/* Starts `process` (output_fd is set here), captures what it prints, and waits until `deadline_ms` of the monotonic
 * clock; then its whole process group is killed. Returns 0 and *end, or a negative errno value: -ENOENT if there is no
 * such program. Nothing of the group is alive afterwards. */
int process_run(const struct compile_options *options, struct compile_process *process, uint64_t deadline_ms,
		struct capture *capture, struct process_end *end);

#endif
