#include "compile.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"
#include "text.h"

static int compile_text(const char *text, const struct compile_options *options, struct compile_result *result,
			struct fault *fault)
{
	scratch_write("build/lock.c", text);
	return compile_source(scratch_path("build"), "lock.c", options, result, fault);
}

static const struct compile_options standard = { .include_dir = SG_INCLUDE_DIR };

START_TEST(builds_an_instrumented_object_without_libtsan)
{
	struct compile_result result;
	struct fault fault = { 0 };
	int r = compile_text(scratch_ticket, &standard, &result, &fault);
	ck_assert_msg(r == 0, "%s", fault.message);
	ck_assert_str_eq(result.path, scratch_path("build/lock.so"));
	ck_assert_str_eq(result.words, "");
	ck_assert_contains(result.compiler, "gcc");
	char *command = xasprintf("readelf -d --dyn-syms '%s' > '%s'", result.path, scratch_path("elf"));
	ck_assert_int_eq(system(command), 0);
	size_t length;
	unsigned char *bytes = scratch_read(scratch_path("elf"), &length);
	char *listing = xstrndup((char *)bytes, length);
	ck_assert_contains(listing, "__tsan_atomic32_load");
	ck_assert(!contains(listing, "libtsan"));
	free(listing);
	free(bytes);
	free(command);
	compile_result_free(&result);
}
END_TEST

START_TEST(gives_the_compilers_words)
{
	struct compile_result result;
	struct fault fault = { 0 };
	ck_assert_int_eq(compile_text("int f(void)\n{ return missing; }\n", &standard, &result, &fault), -EINVAL);
	ck_assert_int_eq(fault.owner, FAULT_SUBMISSION);
	ck_assert_contains(fault.message, "lock.c: does not compile\n");
	ck_assert_contains(fault.message, "lock.c:2:10: error: 'missing' undeclared");
	ck_assert_ptr_null(strstr(fault.message, scratch_path("build")));
	ck_assert_ptr_null(strchr(fault.message, '\033'));
	ck_assert_ptr_null(result.path);
	compile_result_free(&result);
	fault_free(&fault);

	ck_assert_int_eq(compile_text("static int unused;\n", &standard, &result, &fault), 0);
	ck_assert_contains(result.words, "lock.c:1:12: warning: 'unused' defined but not used");
	compile_result_free(&result);
}
END_TEST

START_TEST(cuts_a_flood_in_the_middle)
{
	struct compile_options options = standard;
	struct compile_result result;
	struct fault fault = { 0 };
	options.output_bytes_max = 1000;
	struct text source = { 0 };
	for (unsigned i = 0; i < 300; i++)
		text_printf(&source, "#warning number %u\n", i);
	text_add(&source, "#error the end\n");
	ck_assert_int_eq(compile_text(source.data, &options, &result, &fault), -EINVAL);
	ck_assert_uint_lt(strlen(result.words), 1100);
	ck_assert_contains(result.words, "number 0");
	ck_assert_contains(result.words, "bytes left out ...]");
	ck_assert_contains(result.words, "#error the end");
	text_free(&source);
	compile_result_free(&result);
	fault_free(&fault);
}
END_TEST

START_TEST(says_that_the_compiler_is_missing)
{
	struct compile_options options = standard;
	struct compile_result result;
	struct fault fault = { 0 };
	options.compiler = "no-such-compiler";
	ck_assert_int_eq(compile_text(scratch_ticket, &options, &result, &fault), -ENOENT);
	ck_assert_int_eq(fault.owner, FAULT_MACHINE);
	ck_assert_contains(fault.message, "no-such-compiler: the compiler is not installed");
	compile_result_free(&result);
	fault_free(&fault);
}
END_TEST

START_TEST(takes_flags_and_odd_names)
{
	static const char *const flags[] = { "-DANSWER=42", "-lm" };
	struct compile_options options = { .include_dir = SG_INCLUDE_DIR, .flags = flags, .n_flags = 2 };
	static const char *const names[] = { "-o.c", "@x.c", "a b.c", "'$(x).c" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct compile_result result;
		struct fault fault = { 0 };
		char *name = xasprintf("odd/%s", names[i]);
		scratch_write(name, "int answer = ANSWER;\n");
		int r = compile_source(scratch_path("odd"), names[i], &options, &result, &fault);
		ck_assert_msg(r == 0, "%s", fault.message);
		ck_assert_int_eq(access(result.path, R_OK), 0);
		compile_result_free(&result);
		free(name);
	}
}
END_TEST

struct slow {
	pid_t grandchild_group;
};

/* Stands in for a compiler that hangs, with a child of its own that holds the pipe. */
static int start_slow(void *context, const struct compile_process *process, pid_t *pid)
{
	struct slow *slow = context;
	*pid = fork();
	if (*pid == 0) {
		setpgid(0, 0);
		dup2(process->output_fd, 1);
		if (fork() == 0)
			pause();
		pause();
		_exit(0);
	}
	setpgid(*pid, *pid);
	slow->grandchild_group = *pid;
	return 0;
}

START_TEST(stops_what_takes_too_long_as_a_group)
{
	struct slow slow = { 0 };
	struct compile_options options = {
		.include_dir = SG_INCLUDE_DIR, .wall_ms = 200, .start = start_slow, .start_context = &slow
	};
	struct compile_result result;
	struct fault fault = { 0 };
	ck_assert_int_lt(compile_text(scratch_ticket, &options, &result, &fault), 0);
	/* It has used no processor time: whose fault it is, it is not the source's. */
	ck_assert_int_eq(fault.owner, FAULT_MACHINE);
	ck_assert_uint_lt(result.duration_ms, 5000);
	ck_assert_uint_ge(result.duration_ms, 200);
	/* The grandchild is dead too; its parent being gone, init reaps it in its own time. */
	for (unsigned i = 0; i < 100 && kill(-slow.grandchild_group, 0) == 0; i++)
		usleep(20000);
	ck_assert_int_eq(kill(-slow.grandchild_group, 0), -1);
	compile_result_free(&result);
	fault_free(&fault);
}
END_TEST

START_TEST(tells_a_source_that_takes_too_long)
{
	/* Grows exponentially in the preprocessor. */
	struct text source = { 0 };
	text_add(&source, "#define R0 1\n");
	for (unsigned i = 1; i < 40; i++)
		text_printf(&source, "#define R%u R%u+R%u+R%u\n", i, i - 1, i - 1, i - 1);
	text_add(&source, "int x = R39;\n");
	struct compile_options options = { .include_dir = SG_INCLUDE_DIR, .cpu_ms = 700 };
	struct compile_result result;
	struct fault fault = { 0 };
	int r = compile_text(source.data, &options, &result, &fault);
	ck_assert_int_eq(r, -ETIMEDOUT);
	ck_assert_int_eq(fault.owner, FAULT_SUBMISSION);
	/* What the compiler says of its end is no news to a student. */
	ck_assert_str_eq(fault.message, "lock.c: compiling takes too long; it was stopped");
	text_free(&source);
	compile_result_free(&result);
	fault_free(&fault);
}
END_TEST

/* Stands in for a machine on which a compiler gets no processor for longer than it may use one. */
static int start_late(void *context, const struct compile_process *process, pid_t *pid)
{
	(void)context;
	*pid = fork();
	if (*pid == 0) {
		setpgid(0, 0);
		dup2(process->output_fd, 1);
		dup2(process->output_fd, 2);
		ck_assert_int_eq(chdir(process->directory), 0);
		sleep(1);
		execvp(process->argv[0], process->argv);
		_exit(127);
	}
	setpgid(*pid, *pid);
	return 0;
}

START_TEST(charges_processor_time_and_no_other)
{
	struct compile_options options = { .include_dir = SG_INCLUDE_DIR, .cpu_ms = 2000, .start = start_late };
	struct compile_result result;
	struct fault fault = { 0 };
	int r = compile_text(scratch_ticket, &options, &result, &fault);
	ck_assert_msg(r == 0, "%s", fault.message);
	ck_assert_uint_gt(result.duration_ms, 2000);
	compile_result_free(&result);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, builds_an_instrumented_object_without_libtsan);
	tcase_add_test(tests, gives_the_compilers_words);
	tcase_add_test(tests, cuts_a_flood_in_the_middle);
	tcase_add_test(tests, says_that_the_compiler_is_missing);
	tcase_add_test(tests, takes_flags_and_odd_names);
	tcase_add_test(tests, stops_what_takes_too_long_as_a_group);
	tcase_add_test(tests, tells_a_source_that_takes_too_long);
	tcase_add_test(tests, charges_processor_time_and_no_other);
}

int main(void)
{
	return scratch_run("compile", add);
}
