#include "allowance.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

/* ---- limits that are found ---- */

static void limit_processors(struct allowance *allowance, unsigned processors, const char *by)
{
	if (processors > 0 && processors < allowance->processors) {
		allowance->processors = processors;
		allowance->by = by;
	}
}

static void limit_memory(struct allowance *allowance, uint64_t mib, const char *by)
{
	/* Without a limit version 1 says 2^63 less a page. */
	enum { NO_LIMIT_MIB = 1 << 30 };
	if (mib > 0 && mib < NO_LIMIT_MIB && (allowance->memory_mib == 0 || mib < allowance->memory_mib)) {
		allowance->memory_mib = mib;
		allowance->memory_by = by;
	}
}

/* ---- control groups ---- */

static bool read_numbers(const char *folder, const char *name, long long *first, long long *second)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	int n = file != NULL ? fscanf(file, "%lld %lld", first, second) : 0;
	if (file != NULL)
		fclose(file);
	free(path);
	return n >= 1;
}

/* Part of a processor is one. */
static void limit_quota(struct allowance *allowance, long long quota, long long period)
{
	if (quota > 0 && period > 0)
		limit_processors(allowance, (unsigned)((quota + period - 1) / period), "cgroup");
}

static void look_at_group(struct allowance *allowance, const char *folder)
{
	enum { MIB = 1 << 20 };
	long long number, period;
	if (read_numbers(folder, "cpu.max", &number, &period)) /* "max 100000" is no number */
		limit_quota(allowance, number, period);
	if (read_numbers(folder, "cpu.cfs_quota_us", &number, &period)) {
		long long quota = number;
		if (read_numbers(folder, "cpu.cfs_period_us", &period, &number))
			limit_quota(allowance, quota, period);
	}
	if (read_numbers(folder, "memory.max", &number, &period) && number > 0)
		limit_memory(allowance, (uint64_t)number / MIB, "cgroup");
	if (read_numbers(folder, "memory.limit_in_bytes", &number, &period) && number > 0)
		limit_memory(allowance, (uint64_t)number / MIB, "cgroup");
}

/* The group and all above it: each may limit. */
static void look_upwards(struct allowance *allowance, const char *mount, const char *path)
{
	char *folder = xasprintf("%s%s", mount, strcmp(path, "/") == 0 ? "" : path);
	for (size_t least = strlen(mount); strlen(folder) >= least;) {
		look_at_group(allowance, folder);
		char *slash = strrchr(folder, '/');
		if (slash == NULL || slash == folder)
			break;
		*slash = '\0';
	}
	free(folder);
}

/* "4:cpu,cpuacct:/slurm/…" is below <root>/cpu,cpuacct; "0::/…" below <root>, or <root>/unified. */
static void look_at_line(struct allowance *allowance, const char *root, char *line)
{
	char *names = strchr(line, ':'), *path = names != NULL ? strchr(names + 1, ':') : NULL;
	if (path == NULL)
		return;
	*path++ = '\0';
	path[strcspn(path, "\n")] = '\0';
	names++;
	char *unified = xasprintf("%s/unified", root), *mount;
	if (names[0] == '\0')
		mount = xstrdup(access(unified, F_OK) == 0 ? unified : root);
	else
		mount = xasprintf("%s/%s", root, names);
	look_upwards(allowance, mount, path);
	free(mount);
	free(unified);
}

/* ---- Slurm ---- */

static unsigned long variable(const char *name)
{
	const char *value = getenv(name);
	return value != NULL ? strtoul(value, NULL, 10) : 0;
}

/* Where no control group keeps a job to what it was given, the job keeps to it. */
static void look_at_slurm(struct allowance *allowance)
{
	if (getenv("SLURM_JOB_ID") == NULL)
		return;
	unsigned long task = variable("SLURM_CPUS_PER_TASK"), node = variable("SLURM_CPUS_ON_NODE");
	if (task > 0)
		limit_processors(allowance, (unsigned)task, "SLURM_CPUS_PER_TASK");
	else
		limit_processors(allowance, (unsigned)node, "SLURM_CPUS_ON_NODE");
	limit_memory(allowance, variable("SLURM_MEM_PER_NODE"), "SLURM_MEM_PER_NODE");
	limit_memory(allowance,
		     variable("SLURM_MEM_PER_CPU") * (task > 0   ? task
						      : node > 0 ? node
								 : 1),
		     "SLURM_MEM_PER_CPU");
}

/* ---- all ---- */

struct allowance allowance_read_from(const char *list, const char *root)
{
	long there = sysconf(_SC_NPROCESSORS_ONLN);
	struct allowance allowance = { .processors = there > 0 ? (unsigned)there : 1, .by = "machine" };
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		limit_processors(&allowance, (unsigned)CPU_COUNT(&set), "affinity");
	FILE *file = fopen(list, "re");
	char *line = NULL;
	size_t capacity = 0;
	while (file != NULL && getline(&line, &capacity, file) > 0)
		look_at_line(&allowance, root, line);
	free(line);
	if (file != NULL)
		fclose(file);
	look_at_slurm(&allowance);
	return allowance;
}

struct allowance allowance_read(void)
{
	return allowance_read_from("/proc/self/cgroup", "/sys/fs/cgroup");
}

unsigned allowance_jobs(const struct allowance *allowance, const char **by)
{
	uint64_t fit = allowance->memory_mib / ALLOWANCE_JOB_MIB;
	*by = allowance->by;
	if (allowance->memory_mib == 0 || fit >= allowance->processors)
		return allowance->processors;
	*by = allowance->memory_by;
	return fit > 0 ? (unsigned)fit : 1;
}

unsigned allowance_jobs_now(void)
{
	struct allowance allowance = allowance_read();
	const char *by;
	return allowance_jobs(&allowance, &by);
}
