#include "inspect.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kind.h"
#include "scratch.h"
#include "text.h"

static struct kinds kinds;

/* Inspects, and fails the test if there is a fault. */
static struct inspect_facts inspected(const char *path)
{
	struct inspect_facts facts;
	struct fault fault = { 0 };
	int r = inspect_file(path, &kinds, &facts, &fault);
	ck_assert_msg(r == 0, "%s", fault.message);
	ck_assert(facts.shared_object);
	return facts;
}

static void refused(const char *path, const char *part)
{
	struct inspect_facts facts;
	struct fault fault = { 0 };
	ck_assert_int_lt(inspect_file(path, &kinds, &facts, &fault), 0);
	ck_assert_int_eq(fault.owner, FAULT_SUBMISSION);
	ck_assert_contains(fault.message, part);
	inspect_free(&facts);
	fault_free(&fault);
}

/* The ticket lock with `from` replaced by `to`, built; its path. */
static const char *changed(const char *name, const char *from, const char *to)
{
	const char *hit = strstr(scratch_ticket, from);
	ck_assert_ptr_nonnull(hit);
	char *source = xasprintf("%.*s%s%s", (int)(hit - scratch_ticket), scratch_ticket, to, hit + strlen(from));
	const char *path = scratch_build(name, source, "-fsanitize=thread");
	free(source);
	return path;
}

static bool imports(const struct inspect_facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->n_imports; i++) {
		if (strcmp(facts->imports[i].name, name) == 0)
			return true;
	}
	return false;
}

START_TEST(reads_gccs_lock)
{
	struct inspect_facts facts = inspected(scratch_build("ticket.so", scratch_ticket, "-fsanitize=thread"));
	ck_assert_str_eq(facts.kind.name, "lock");
	ck_assert_uint_eq(facts.descriptor.abi, 1);
	ck_assert_uint_eq(facts.descriptor.size_bytes, 8);
	ck_assert_uint_eq(facts.descriptor.n_callbacks, 4);
	ck_assert_str_eq(facts.descriptor.callback[1].name, "acquire");
	ck_assert(facts.descriptor.callback[1].set && facts.descriptor.callback[1].offset != 0);
	ck_assert(!facts.descriptor.callback[3].set);
	ck_assert(facts.instrumented && facts.linked_libtsan && facts.debug_info);
	ck_assert(!facts.fences && !facts.c11_threads && !facts.stripped && !facts.exec_stack);
	ck_assert_uint_eq(facts.n_constructors, 0);
	ck_assert_uint_eq(facts.n_uninstrumented, 0);
	ck_assert_uint_eq(facts.n_instructions, 0);
	ck_assert(imports(&facts, "__tsan_atomic32_fetch_add"));
	ck_assert_contains(facts.compiler, "GCC");
	inspect_free(&facts);
}
END_TEST

START_TEST(reads_clangs_lock)
{
	if (system("clang --version > /dev/null 2>&1") != 0)
		return;
	struct inspect_facts facts =
	    inspected(scratch_build_with("clang", "ticket.so", scratch_ticket, "-fsanitize=thread"));
	ck_assert_str_eq(facts.kind.name, "lock");
	ck_assert(facts.instrumented && !facts.linked_libtsan);
	ck_assert_contains(facts.compiler, "clang");
	ck_assert_uint_eq(facts.n_constructors, 0);
	inspect_free(&facts);
}
END_TEST

START_TEST(reads_stripped_and_other_links)
{
	static const char *const flags[] = { "-fsanitize=thread -s",
					     "-fsanitize=thread -Wl,--hash-style=sysv",
					     "-fsanitize=thread -Wl,-z,pack-relative-relocs -Wl,-z,now",
					     "-fsanitize=thread -Wl,-Bsymbolic",
					     "-fsanitize=thread -fno-plt",
					     "-fsanitize=thread -fvisibility=hidden" };
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		struct inspect_facts facts = inspected(scratch_build("ticket.so", scratch_ticket, flags[i]));
		ck_assert_str_eq(facts.kind.name, "lock");
		ck_assert_msg(facts.descriptor.callback[0].offset != 0, "%s", flags[i]);
		ck_assert_uint_eq(facts.n_uninstrumented, 0);
		ck_assert_uint_eq(facts.n_instructions, 0);
		inspect_free(&facts);
	}
}
END_TEST

START_TEST(sees_that_it_is_not_instrumented)
{
	struct inspect_facts facts = inspected(scratch_build("plain.so", scratch_ticket, ""));
	ck_assert(!facts.instrumented);
	ck_assert_uint_ge(facts.instruction_count[INSTRUCTION_LOCKED], 2);
	inspect_free(&facts);
}
END_TEST

static const char odd[] =
    "#include <pthread.h>\n#include <stdatomic.h>\n#include <threads.h>\n#include <syncgrade/semaphore.h>\n"
    "struct semaphore { mtx_t mutex; int value; };\n"
    "static volatile int count; static _Thread_local int own;\n"
    "__attribute__((no_sanitize(\"thread\"), noinline)) static void hide(struct semaphore *s) { s->value++; }\n"
    "__attribute__((constructor)) static void early(void) { count = 1; }\n"
    "static int init(struct semaphore *s, unsigned value)\n"
    "{ s->value = (int)value; own++; return mtx_init(&s->mutex, mtx_plain); }\n"
    "static void wait(struct semaphore *s) { hide(s); atomic_thread_fence(memory_order_seq_cst);\n"
    "\t__asm__ volatile(\"lock incl %0; mfence\" : \"+m\"(s->value)); }\n"
    "static void signal(struct semaphore *s)\n"
    "{ long r = 39; __asm__ volatile(\"syscall\" : \"+a\"(r) : : \"rcx\", \"r11\", \"memory\"); s->value = (int)r; }\n"
    "const struct semaphore_plugin semaphore_plugin = { .abi = SEMAPHORE_PLUGIN_ABI,\n"
    "\t.size = sizeof(struct semaphore), .init = init, .wait = wait, .signal = signal };\n";

START_TEST(sees_what_instrumentation_does_not)
{
	struct inspect_facts facts = inspected(
	    scratch_build("odd.so", odd, "-fsanitize=thread -Wl,-rpath,/tmp/evil -Wl,-soname,me.so -z execstack"));
	ck_assert_str_eq(facts.kind.name, "semaphore");
	ck_assert(facts.fences && facts.c11_threads && facts.exec_stack);
	ck_assert_str_eq(facts.rpath, "/tmp/evil");
	ck_assert_str_eq(facts.soname, "me.so");
	ck_assert_uint_eq(facts.tls_bytes, 4);
	ck_assert_uint_eq(facts.n_constructors, 1);
	ck_assert_uint_eq(facts.n_uninstrumented, 1);
	ck_assert_str_eq(facts.uninstrumented[0], "hide");
	ck_assert_uint_eq(facts.instruction_count[INSTRUCTION_SYSCALL], 1);
	ck_assert_uint_eq(facts.instruction_count[INSTRUCTION_LOCKED], 1);
	ck_assert_uint_eq(facts.instruction_count[INSTRUCTION_FENCE], 1);
	bool found = false;
	for (size_t i = 0; i < facts.n_instructions; i++)
		found |= facts.instructions[i].kind == INSTRUCTION_SYSCALL &&
			 strcmp(facts.instructions[i].function, "signal") == 0;
	ck_assert(found);
	inspect_free(&facts);
}
END_TEST

START_TEST(judges_by_the_exercise)
{
	static const char *const patterns[] = { "mtx_*" };
	struct exercise exercise = { .id = "lock", .kind = *kinds_named(&kinds, "semaphore"), .limits.object_kib = 1 };
	struct inspect_facts facts = inspected(scratch_build("odd.so", odd, "-fsanitize=thread"));
	struct fault fault = { 0 };
	ck_assert_int_eq(inspect_judge(&facts, &exercise, &fault), 0);
	exercise.imports = patterns;
	exercise.n_imports = 1;
	ck_assert_int_lt(inspect_judge(&facts, &exercise, &fault), 0);
	ck_assert_contains(fault.message, "system calls of its own");
	ck_assert(!contains(fault.message, "mtx_init"));
	exercise.imports = (const char *const[]){ "syscall" };
	exercise.kind = *kinds_named(&kinds, "lock");
	ck_assert_int_lt(inspect_judge(&facts, &exercise, &fault), 0);
	ck_assert_int_eq(fault.owner, FAULT_SUBMISSION);
	ck_assert_contains(fault.message, "exports semaphore_plugin, but the exercise \"lock\" wants lock_plugin");
	ck_assert_contains(fault.message, "does not allow: mtx_init");
	ck_assert(!contains(fault.message, "__tsan"));
	fault_free(&fault);
	inspect_free(&facts);
}
END_TEST

START_TEST(refuses_a_broken_descriptor)
{
	refused(changed("abi.so", "LOCK_PLUGIN_ABI", "7"), "lock_plugin.abi is 7, but this grader's is 1");
	refused(changed("zero.so", ".size = sizeof(struct lock)", ".size = 0"), "lock_plugin.size is 0");
	refused(changed("giant.so", ".size = sizeof(struct lock)", ".size = 1ul << 60"),
		"lock_plugin.size is 1152921504606846976 bytes");
	refused(changed("null.so", ".acquire = acquire, ", ""), "lock_plugin.acquire is NULL");
	refused(changed("data.so", ".acquire = acquire", ".acquire = (void *)&lock_plugin"),
		"lock_plugin.acquire does not point to a function");
	refused(changed("number.so", ".acquire = acquire", ".acquire = (void *)12345"),
		"lock_plugin.acquire does not point to a function");
	refused(changed("one.so", ".abi = ", ".threads_max = 1, .abi = "), "threads_max is 1");
	refused(scratch_build("small.so", "const int lock_plugin = 1;", ""), "lock_plugin has 4 bytes, not 48");
	refused(scratch_build("function.so", "void lock_plugin(void) { }", ""), "lock_plugin is not an object");
	refused(scratch_build("mesa.so",
			      "#include <syncgrade/monitor.h>\nconst struct monitor_plugin monitor_plugin = "
			      "{ .abi = 1, .size = 8, .signaling = 2 };",
			      ""),
		"monitor_plugin.signaling is 2");
}
END_TEST

START_TEST(knows_every_kind)
{
	ck_assert_uint_eq(kinds.n, 7);
	for (size_t i = 0; i < kinds.n; i++) {
		const char *kind = kinds.list[i].name;
		char *source = xasprintf("#include <syncgrade/%s.h>\n"
					 "const struct %s_plugin %s_plugin = { .abi = ABI, .size = 8 };",
					 kind, kind, kind);
		char *null = xasprintf("%s_plugin.init is NULL", kind), *abi = xasprintf("%s_plugin.abi is 7", kind);
		char *hidden = xasprintf("static int %s_plugin __attribute__((used));", kind);
		char *missing = xasprintf("%s_plugin is there but not exported", kind);
		refused(scratch_build("null.so", source, "-DABI=1"), null);
		refused(scratch_build("abi.so", source, "-DABI=7"), abi);
		refused(scratch_build("hidden.so", hidden, ""), missing);
		free(source);
		free(null);
		free(abi);
		free(hidden);
		free(missing);
	}
	refused(scratch_build("one.so",
			      "#include <syncgrade/barrier.h>\nconst struct barrier_plugin barrier_plugin = "
			      "{ .abi = 1, .threads_max = 1, .size = 8 };",
			      ""),
		"a barrier serves at least 2 threads");
}
END_TEST

START_TEST(says_what_is_missing)
{
	refused(scratch_build("none.so", "int x;", ""), "it exports none of lock_plugin, semaphore_plugin");
	refused(scratch_build("slip.so", "int lock_plugn;", ""),
		"there is \"lock_plugn\": is that a slip of \"lock_plugin\"");
	refused(scratch_build("slip.so", "int lock_plugn;", "-s"), "\"lock_plugn\"");
	refused(scratch_build("static.so", "static int lock_plugin __attribute__((used));", ""),
		"lock_plugin is there but not exported");
	refused(scratch_build("extern.so", "extern int lock_plugin; int *f(void) { return &lock_plugin; }", ""),
		"lock_plugin is declared but never defined");
	refused(scratch_build("both.so", "const long lock_plugin[9], monitor_plugin[9];", ""), " and ");
}
END_TEST

START_TEST(refuses_other_machines_and_files)
{
	size_t length;
	unsigned char *bytes = scratch_read(scratch_build("good.so", scratch_ticket, ""), &length);
	Elf64_Ehdr *header = (Elf64_Ehdr *)(void *)bytes;
	header->e_machine = EM_AARCH64;
	refused(scratch_write_bytes("arm.so", bytes, length), "is built for AArch64");
	header->e_machine = EM_386;
	header->e_ident[EI_CLASS] = ELFCLASS32;
	refused(scratch_write_bytes("32.so", bytes, length), "is built for 32-bit x86");
	header->e_machine = EM_X86_64;
	header->e_ident[EI_CLASS] = ELFCLASS64;
	header->e_ident[EI_DATA] = ELFDATA2MSB;
	refused(scratch_write_bytes("big.so", bytes, length), "big-endian");
	header->e_ident[EI_DATA] = ELFDATA2LSB;
	refused(scratch_write_bytes("half.so", bytes, length / 2), "is damaged");
	refused(scratch_write_bytes("head.so", bytes, 40), "is damaged: it is truncated");
	refused(scratch_write("text.so", "hello"), "is not a shared object");
	refused(scratch_write("nothing.so", ""), "is not a shared object");
	refused(scratch_build("object.so", "int x;", "-r -nostdlib -no-pie"), "is an object file");
	free(bytes);
	struct inspect_facts facts;
	struct fault fault = { 0 };
	ck_assert_int_lt(inspect_file(scratch_path("missing"), &kinds, &facts, &fault), 0);
	ck_assert_int_eq(fault.owner, FAULT_MACHINE);
	fault_free(&fault);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, reads_gccs_lock);
	tcase_add_test(tests, reads_clangs_lock);
	tcase_add_test(tests, reads_stripped_and_other_links);
	tcase_add_test(tests, sees_that_it_is_not_instrumented);
	tcase_add_test(tests, sees_what_instrumentation_does_not);
	tcase_add_test(tests, judges_by_the_exercise);
	tcase_add_test(tests, refuses_a_broken_descriptor);
	tcase_add_test(tests, knows_every_kind);
	tcase_add_test(tests, says_what_is_missing);
	tcase_add_test(tests, refuses_other_machines_and_files);
}

int main(void)
{
	struct fault fault = { 0 };
	if (kinds_shipped(&kinds, &fault) < 0)
		return fprintf(stderr, "%s\n", fault.message), 2;
	int status = scratch_run("inspect", add);
	kinds_free(&kinds);
	return status;
}
