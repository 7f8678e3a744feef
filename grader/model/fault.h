/* Whose fault a failure is. A function that can fail for several owners returns 0, or a negative errno value after it
 * has filled a `struct fault`; the caller frees it with fault_free(), also after success. No I/O. */
#ifndef FAULT_H
#define FAULT_H

enum fault_owner {
	FAULT_SUBMISSION, /* the student's: a finding, verdict fail, exit status 1 */
	FAULT_EXERCISE,   /* the instructor's: a broken manifest, a missing workload; exit status 2 */
	FAULT_MACHINE /* ours, the machine's or the command line's: no gcc, a full disk, no such file; exit status 2 */
};

/* Zero it to begin. `message` is one sentence or several lines, without a newline at the end; it may hold bytes that a
 * student chose, raw. NULL: no fault. */
struct fault {
	enum fault_owner owner;
	char *message;
};

/* Each replaces an earlier fault, and returns what the failing function should: -EINVAL, or -error for the machine,
 * whose message ends with ": " and strerror(error) (`error` > 0; 0: just the message). */
int fault_submission(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));
int fault_exercise(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));
int fault_machine(struct fault *fault, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));

void fault_free(struct fault *fault);

#endif
