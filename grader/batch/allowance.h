/* What of the machine this process may use: not what there is. */
#ifndef ALLOWANCE_H
#define ALLOWANCE_H

#include <stdint.h>

struct allowance {
	unsigned processors; /* at least 1 */
	const char *by;      /* what allows no more: "affinity", "cgroup", "SLURM_CPUS_PER_TASK" */
	uint64_t memory_mib; /* 0: no limit is known */
	const char *memory_by;
};

/* By the affinity mask, control groups of both versions up to their root, and what Slurm says of the job. */
struct allowance allowance_read(void);
/* The same by other files (tests): `list` for /proc/self/cgroup, `root` for /sys/fs/cgroup. */
struct allowance allowance_read_from(const char *list, const char *root);

/* How many submissions fit at a time; *by says what limits them. */
unsigned allowance_jobs(const struct allowance *allowance, const char **by);

/* The same of this process as it is now. */
unsigned allowance_jobs_now(void);

/* What one takes: a compiler, or a worker of 256 MiB with its shadow memory. */
enum { ALLOWANCE_JOB_MIB = 512 };

#endif
