#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "allowance.h"
#include "claim.h"
#include "scratch.h"
#include "text.h"

static void enter_scratch(void)
{
	ck_assert_int_eq(chdir(scratch_path(".")), 0);
}

static void put(const char *path, const char *text)
{
	char *copy = xstrdup(path);
	for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(copy, 0777);
		*slash = '/';
	}
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	free(copy);
}

START_TEST(version_2_limits_at_every_level)
{
	enter_scratch();
	put("list", "0::/slurm/job_7/step_0\n");
	put("root/slurm/job_7/step_0/cpu.max", "max 100000\n");
	put("root/slurm/job_7/cpu.max", "50000 100000\n");
	put("root/slurm/job_7/step_0/memory.max", "max\n");
	put("root/slurm/memory.max", "1610612736\n");
	struct allowance allowance = allowance_read_from("list", "root");
	const char *by;
	ck_assert_uint_eq(allowance.processors, 1);
	ck_assert_uint_eq(allowance.memory_mib, 1536);
	ck_assert_uint_eq(allowance_jobs(&allowance, &by), 1);
	allowance.processors = 64;
	ck_assert_uint_eq(allowance_jobs(&allowance, &by), 3);
	ck_assert_str_eq(by, "cgroup");
}
END_TEST

START_TEST(version_1_too)
{
	enter_scratch();
	put("list1", "5:memory:/slurm/uid_0/job_3\n4:cpu,cpuacct:/slurm\n1:name=systemd:/\n");
	put("root1/memory/slurm/uid_0/job_3/memory.limit_in_bytes", "9223372036854771712\n");
	put("root1/memory/slurm/memory.limit_in_bytes", "1073741824\n");
	put("root1/cpu,cpuacct/slurm/cpu.cfs_quota_us", "100000\n");
	put("root1/cpu,cpuacct/slurm/cpu.cfs_period_us", "100000\n");
	struct allowance allowance = allowance_read_from("list1", "root1");
	ck_assert_uint_eq(allowance.processors, 1);
	ck_assert_uint_eq(allowance.memory_mib, 1024);
}
END_TEST

START_TEST(no_limit_is_no_limit)
{
	enter_scratch();
	put("list2", "0::/\n");
	put("root2/cpu.max", "max 100000\n");
	put("root2/memory.max", "max\n");
	struct allowance allowance = allowance_read_from("list2", "root2");
	ck_assert_uint_eq(allowance.memory_mib, 0);
	ck_assert_uint_ge(allowance.processors, 1);
	allowance = allowance_read_from("nowhere", "nowhere");
	ck_assert_uint_eq(allowance.memory_mib, 0);
}
END_TEST

START_TEST(a_claim_is_one_process_s)
{
	enter_scratch();
	struct fault fault = { 0 };
	struct timespec now;
	mkdir("results", 0777);
	ck_assert_int_eq(claim_open("results", &now, &fault), 0);
	ck_assert_int_eq(claim_take("results", "kim", &fault), CLAIM_MINE);
	/* This process lives. */
	ck_assert_int_eq(claim_take("results", "kim", &fault), CLAIM_OTHERS);
	ck_assert_int_eq(claim_take("results", "lee", &fault), CLAIM_MINE);
	claim_drop("results", "kim");
	ck_assert_int_eq(claim_take("results", "kim", &fault), CLAIM_MINE);
	claim_drop("results", "kim");
	claim_drop("results", "lee");
	claim_close("results");
	ck_assert_int_ne(access("results/claims", F_OK), 0);
	/* The folder comes again where it is needed. */
	ck_assert_int_eq(claim_take("results", "kim", &fault), CLAIM_MINE);
}
END_TEST

START_TEST(silence_ends_a_claim_and_a_touch_keeps_it)
{
	enter_scratch();
	struct fault fault = { 0 };
	struct timespec now, times[2];
	mkdir("silent", 0777);
	ck_assert_int_eq(claim_open("silent", &now, &fault), 0);
	put("silent/claims/kim", "elsewhere/pid:[1] 42\n");
	times[0] = times[1] = (struct timespec){ .tv_sec = now.tv_sec - CLAIM_STALE_S - 5 };
	ck_assert_int_eq(utimensat(AT_FDCWD, "silent/claims/kim", times, 0), 0);
	claim_touch("silent", "kim");
	ck_assert_int_eq(claim_take("silent", "kim", &fault), CLAIM_OTHERS);
	ck_assert_int_eq(utimensat(AT_FDCWD, "silent/claims/kim", times, 0), 0);
	ck_assert_int_eq(claim_take("silent", "kim", &fault), CLAIM_MINE);
	ck_assert(!claim_is_graded_since("silent", "kim", &now));
	put("silent/kim.json", "{}");
	ck_assert(claim_is_graded_since("silent", "kim", &now));
}
END_TEST

enum { BATCHES = 6, TIMES = 300 };

/* Opens the folder, grades one submission of its own, and closes the folder, again and again. */
static int be_a_batch(unsigned number)
{
	char *key = xasprintf("student%u", number);
	int wrong = 0;
	for (unsigned i = 0; i < TIMES && wrong == 0; i++) {
		struct fault fault = { 0 };
		struct timespec now;
		if (claim_open("shared", &now, &fault) < 0 || claim_take("shared", key, &fault) != CLAIM_MINE) {
			printf("%s: %s\n", key, fault.message);
			wrong = 1;
		}
		claim_drop("shared", key);
		claim_close("shared");
		fault_free(&fault);
	}
	free(key);
	return wrong;
}

/* Who is done removes the folder of the claims, which others have just made. */
START_TEST(batches_that_come_and_go_do_not_hinder_each_other)
{
	pid_t pid[BATCHES];
	enter_scratch();
	ck_assert_int_eq(mkdir("shared", 0777), 0);
	for (unsigned i = 0; i < BATCHES; i++) {
		pid[i] = fork();
		ck_assert_int_ge(pid[i], 0);
		if (pid[i] == 0)
			_exit(be_a_batch(i));
	}
	for (unsigned i = 0; i < BATCHES; i++) {
		int status;
		ck_assert_int_eq(waitpid(pid[i], &status, 0), pid[i]);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "batch %u could not take its claim", i);
	}
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, version_2_limits_at_every_level);
	tcase_add_test(tests, version_1_too);
	tcase_add_test(tests, no_limit_is_no_limit);
	tcase_add_test(tests, a_claim_is_one_process_s);
	tcase_add_test(tests, silence_ends_a_claim_and_a_touch_keeps_it);
	tcase_add_test(tests, batches_that_come_and_go_do_not_hinder_each_other);
}

int main(void)
{
	return scratch_run("allowance", add);
}
