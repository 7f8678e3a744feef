#include "intake.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "scratch.h"

static const char source[] = "int x;\n";
/* printf 'int x;\n' | sha256sum */
static const char source_sha256[] = "7c725f30854a46033dd94f728ac6b08caf10845993cd3ed48e40079cdb0a76a6";

/* (printf 'int x;\n' | sha256sum | sed s/-/lock.c/; printf '#define N 1\n' | sha256sum | sed s/-/node.h/) | sha256sum
 */
static const char both_sha256[] = "3f400de4b6b501a8c4420a0d24fb210823f5a479238d85b6b418623a230aff66";

static void refused(const char *path, enum fault_owner owner, const char *part)
{
	struct intake intake;
	struct fault fault = { 0 };
	int r = intake_open(&intake, path, INTAKE_LIMITS_DEFAULT, &fault);
	ck_assert_msg(r < 0, "%s is taken", path);
	ck_assert_contains(fault.message, part);
	ck_assert_int_eq(fault.owner, owner);
	ck_assert_ptr_null(intake.directory);
	fault_free(&fault);
}

static void taken(const char *path, struct intake *intake)
{
	struct fault fault = { 0 };
	int r = intake_open(intake, path, INTAKE_LIMITS_DEFAULT, &fault);
	ck_assert_msg(r == 0, "%s", fault.message);
}

START_TEST(copies_a_source_with_its_headers)
{
	scratch_write("a/lock.c", source);
	scratch_write("a/node.h", "#define N 1\n");
	scratch_write("a/secret.txt", "s");
	ck_assert_int_eq(symlink("/etc/passwd", scratch_path("a/passwd.h")), 0);
	const char *paths[] = { scratch_path("a"), scratch_path("a/lock.c") };
	for (size_t i = 0; i < 2; i++) {
		struct intake intake;
		struct stat status;
		taken(paths[i], &intake);
		ck_assert_int_eq(intake.kind, INTAKE_SOURCE);
		ck_assert_str_eq(intake.file_name, "lock.c");
		ck_assert_str_eq(intake.sha256, both_sha256);
		ck_assert_uint_eq(intake.size_bytes, strlen(source));
		ck_assert_int_eq(stat(intake.path, &status), 0);
		ck_assert_uint_eq(status.st_mode & 07777, 0400);
		ck_assert_int_eq(stat(intake.directory, &status), 0);
		ck_assert_uint_eq(status.st_mode & 07777, 0700);
		ck_assert_int_eq(chdir(intake.directory), 0);
		ck_assert_int_eq(access("node.h", F_OK), 0);
		ck_assert_int_ne(access("passwd.h", F_OK), 0);
		ck_assert_int_ne(access("secret.txt", F_OK), 0);
		ck_assert_int_eq(chdir("/"), 0);
		char *directory = strdup(intake.directory);
		intake_close(&intake);
		ck_assert_int_ne(access(directory, F_OK), 0);
		free(directory);
	}
}
END_TEST

/* A class in one folder: the others' sources are neither needed nor looked at, and crowd nothing out. */
START_TEST(has_its_header_among_many_others)
{
	struct intake intake;
	enum { OTHERS = 600 };
	char name[64];
	for (int i = 0; i < OTHERS; i++) {
		snprintf(name, sizeof(name), "class/a%03d.c", i);
		scratch_write(name, source);
	}
	scratch_write("class/lock.c", source);
	scratch_write("class/node.h", "#define N 1\n");
	taken(scratch_path("class/lock.c"), &intake);
	ck_assert_str_eq(intake.sha256, both_sha256);
	ck_assert_uint_eq(intake.n_others, 0);
	intake_close(&intake);
	/* The same where it was looked for once for all of them; a link is no header there either. */
	struct intake_limits limits = INTAKE_LIMITS_DEFAULT;
	struct intake_beside beside;
	struct fault fault = { 0 };
	ck_assert_int_eq(symlink("/etc/passwd", scratch_path("class/passwd.h")), 0);
	intake_look_beside(&beside, scratch_path("class"));
	ck_assert_uint_eq(beside.n, 1);
	limits.beside = &beside;
	ck_assert_int_eq(intake_open(&intake, scratch_path("class/lock.c"), limits, &fault), 0);
	ck_assert_str_eq(intake.sha256, both_sha256);
	intake_close(&intake);
	/* It is of that folder alone. */
	scratch_write("other/lock.c", source);
	ck_assert_int_eq(intake_open(&intake, scratch_path("other/lock.c"), limits, &fault), 0);
	ck_assert_str_eq(intake.sha256, source_sha256);
	intake_close(&intake);
	intake_beside_free(&beside);
}
END_TEST

START_TEST(chooses_in_a_folder)
{
	struct intake intake;
	scratch_write("none/readme.md", "x");
	refused(scratch_path("none"), FAULT_SUBMISSION, "neither a source (.c, .cpp) nor a shared object (.so)");
	scratch_write("two/b.c", source);
	scratch_write("two/a.c", source);
	refused(scratch_path("two"), FAULT_SUBMISSION, "several files that could be the submission (a.c, b.c)");
	scratch_write("mixed/a.c", source);
	scratch_write("mixed/b.so", "x");
	refused(scratch_path("mixed"), FAULT_SUBMISSION, "(a.c, b.so)");
	scratch_write("built/a.c", source);
	scratch_write("built/a.so", "x");
	scratch_write("built/._a.c", "what a Mac leaves behind");
	taken(scratch_path("built"), &intake);
	ck_assert_str_eq(intake.file_name, "a.c");
	intake_close(&intake);
}
END_TEST

static void scratch_write_in(const char *folder, const char *name, const char *text)
{
	char path[256];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	scratch_write(path, text);
}

/* What is chosen of these files, each with its text: the path of one below the folder. */
static void chosen(const char *folder, const char *const *files, const char *expected)
{
	struct intake intake;
	for (size_t i = 0; files[i] != NULL; i += 2)
		scratch_write_in(folder, files[i], files[i + 1]);
	taken(scratch_path(folder), &intake);
	ck_assert_str_eq(intake.file_name, expected);
	intake_close(&intake);
}

#define PLUGIN "const struct lock_plugin lock_plugin = { 0 };\n"

START_TEST(chooses_who_defines_the_descriptor)
{
	/* A driver speaks of it; it is one, and is not the submission. */
	chosen("d1",
	       (const char *[]){
		   "lock.c", PLUGIN, "main.c",
		   "extern const struct lock_plugin lock_plugin;\nint main(void) { return lock_plugin.abi; }\n", NULL },
	       "lock.c");
	/* In comments, strings, false parts and other functions it is not defined. */
	chosen("d2",
	       (const char *[]){ "a.c", "/* const struct lock_plugin lock_plugin = { 0 }; */ int a;\n", "b.c",
				 "const char *b = \"struct lock_plugin lock_plugin = {\";\n", "c.c",
				 "#if 0\n" PLUGIN "#endif\nint c;\n", "d.c",
				 "int f(void) { struct lock_plugin lock_plugin = { 0 }; return 0; }\n", "src/mine.c",
				 "__attribute__((visibility(\"default\"))) const struct lock_plugin lock_plugin\n"
				 "\t__attribute__((used)) = { .abi = 1 };\n",
				 NULL },
	       "src/mine.c");
	chosen("d3",
	       (const char *[]){ "x.cpp", "extern \"C\" {\nconst lock_plugin lock_plugin{1};\n}\n", "y.c",
				 "extern const struct lock_plugin lock_plugin;\nint y;\n", NULL },
	       "x.cpp");
	/* By a macro of their own, one that speaks of it is meant. */
	chosen("d4", (const char *[]){ "q.c", "int q;\n", "l.c", "DEFINE(lock_plugin)\n", NULL }, "l.c");
	/* What lies in folders of tests and builds is nobody's. */
	chosen("d5",
	       (const char *[]){ "l.c", PLUGIN, "tests/l2.c", PLUGIN, ".git/l3.c", PLUGIN, "build/l4.c", PLUGIN, NULL },
	       "l.c");
}
END_TEST

START_TEST(says_what_there_is_instead)
{
	static const char *const cases[][3] = {
		{ "LOCK.C", "x", "ends in a capital .C" },
		{ "lock.c.txt", "x", "is named .txt" },
		{ "lock.o", "x", "is an object file that is not linked" },
		{ "lock.a", "x", "is a static library" },
		{ "lock.dll", "x", "is a library of Windows" },
		{ "lock.dylib", "x", "is a library of macOS" },
		{ "work.rar", "x", "is a RAR archive" },
		{ "work.egg", "x", "is an EGG archive" },
		{ "report.pdf", "x", "is a PDF" },
		{ "report.hwp", "x", "is a word processor's document" },
		{ "lock.py", "x", "is Python" },
		{ "Lock.java", "x", "is Java" },
		{ "screen.png", "x", "is a picture" },
		{ ".lock.c", "x", "is a hidden file; rename it to lock.c" },
		{ "tests/lock.c", "x", "is a folder that is not looked into" },
		{ "work.zip", "no archive", "is damaged, or is no archive" },
		{ "empty.zip", "", "is empty (0 bytes)" },
		{ "queue.h", "x", "there is only: queue.h" },
		{ "a/b/c/d/e/f/g/h/i/lock.c", "x", "is a folder too deep" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char folder[32];
		snprintf(folder, sizeof(folder), "case%zu", i);
		scratch_write_in(folder, cases[i][0], cases[i][1]);
		refused(scratch_path(folder), FAULT_SUBMISSION, cases[i][2]);
	}
	ck_assert_int_eq(mkdir(scratch_path("hollow"), 0700), 0);
	refused(scratch_path("hollow"), FAULT_SUBMISSION, "the folder is empty");
}
END_TEST

static void hash_of(const char *path, char *sha256)
{
	struct intake intake;
	taken(path, &intake);
	strcpy(sha256, intake.sha256);
	intake_close(&intake);
}

START_TEST(everything_that_is_copied_is_hashed)
{
	char before[65], after[65];
	scratch_write("h/lock.c", "#include \"sub/q.h\"\n" PLUGIN);
	scratch_write("h/queue.c", "int q;\n");
	scratch_write("h/sub/q.h", "#include \"r.h\"\n");
	scratch_write("h/sub/r.h", "#define R 1\n");
	static const char *const changed[] = { "h/queue.c", "h/sub/q.h", "h/sub/r.h" };
	for (size_t i = 0; i < 3; i++) {
		hash_of(scratch_path("h"), before);
		scratch_write(changed[i], "#define Z 1\n");
		hash_of(scratch_path("h"), after);
		ck_assert_msg(strcmp(before, after) != 0, "%s is not hashed", changed[i]);
	}
	/* Of a single file, what it includes. */
	scratch_write("h/sub/q.h", "#include \"r.h\"\n");
	hash_of(scratch_path("h/lock.c"), before);
	scratch_write("h/sub/r.h", "#define R 3\n");
	hash_of(scratch_path("h/lock.c"), after);
	ck_assert_str_ne(before, after);
}
END_TEST

static void make_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	ck_assert_uint_lt(strlen(path), sizeof(address.sun_path));
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
}

START_TEST(refuses_what_is_not_a_file)
{
	refused(scratch_path("nothing.so"), FAULT_MACHINE, "No such file");
	refused("", FAULT_MACHINE, "No such file");
	ck_assert_int_eq(mkdir(scratch_path("folder.so"), 0700), 0);
	refused(scratch_path("folder.so"), FAULT_SUBMISSION, "is a folder");
	ck_assert_int_eq(mkfifo(scratch_path("pipe.so"), 0600), 0);
	refused(scratch_path("pipe.so"), FAULT_SUBMISSION, "is a named pipe");
	make_socket(scratch_path("socket.so"));
	refused(scratch_path("socket.so"), FAULT_SUBMISSION, "is a socket");
	scratch_write("real.c", source);
	ck_assert_int_eq(symlink("real.c", scratch_path("link.c")), 0);
	refused(scratch_path("link.c"), FAULT_SUBMISSION, "is a symbolic link");
	ck_assert_int_eq(mkdir(scratch_path("leads"), 0700), 0);
	ck_assert_int_eq(symlink("/etc/passwd", scratch_path("leads/out.c")), 0);
	refused(scratch_path("leads"), FAULT_SUBMISSION, "out.c: is a symbolic link");
	refused("/dev/zero", FAULT_SUBMISSION, "neither a source (.c, .cpp) nor a shared object (.so)");
}
END_TEST

START_TEST(says_what_a_wrongly_named_file_is)
{
	refused(scratch_write("text.so", "hello\n"), FAULT_SUBMISSION, "text.so: is a text file");
	refused(scratch_write("elf.c", "\177ELF..."), FAULT_SUBMISSION, "is a compiled ELF file, not C source");
	refused(scratch_write("archive.so", "!<arch>\n..."), FAULT_SUBMISSION, "is a static library");
	refused(scratch_write("dll.so", "MZ\1\2"), FAULT_SUBMISSION, "is a Windows program");
	refused(scratch_write("utf16.c", "\377\376i\1"), FAULT_SUBMISSION, "is UTF-16 text");
	refused(scratch_write_bytes("nul.c", "int\0x", 5), FAULT_SUBMISSION, "holds binary data");
	refused(scratch_write("noise.so", "\1\2\3"), FAULT_SUBMISSION, "is not a shared object");
	refused(scratch_write("empty.c", ""), FAULT_SUBMISSION, "is empty");
}
END_TEST

START_TEST(refuses_giants)
{
	const char *sparse = scratch_write("sparse.so", "\177ELF");
	ck_assert_int_eq(truncate(sparse, (off_t)1 << 40), 0);
	refused(sparse, FAULT_SUBMISSION, "larger than the 4096 KiB");
	const char *large = scratch_write("large.c", source);
	ck_assert_int_eq(truncate(large, 256 * 1024 + 1), 0);
	refused(large, FAULT_SUBMISSION, "larger than the 256 KiB");
}
END_TEST

START_TEST(refuses_what_it_may_not_read)
{
	const char *path = scratch_write("closed.c", source);
	bool root = geteuid() == 0;
	ck_assert_int_eq(chmod(path, 0), 0);
	if (root)
		ck_assert_int_eq(seteuid(65534), 0);
	refused(path, FAULT_MACHINE, "Permission denied");
	if (root)
		ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(takes_odd_names)
{
	const char *names[] = { "-o.c", "a b.c", "new\nline.c", "\303\274.c", "\377.c", "'$(x).c" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct intake intake;
		taken(scratch_write(names[i], source), &intake);
		ck_assert_str_eq(intake.file_name, names[i]);
		ck_assert_str_eq(intake.sha256, source_sha256);
		intake_close(&intake);
	}
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, copies_a_source_with_its_headers);
	tcase_add_test(tests, has_its_header_among_many_others);
	tcase_add_test(tests, chooses_in_a_folder);
	tcase_add_test(tests, chooses_who_defines_the_descriptor);
	tcase_add_test(tests, says_what_there_is_instead);
	tcase_add_test(tests, everything_that_is_copied_is_hashed);
	tcase_add_test(tests, refuses_what_is_not_a_file);
	tcase_add_test(tests, says_what_a_wrongly_named_file_is);
	tcase_add_test(tests, refuses_giants);
	tcase_add_test(tests, refuses_what_it_may_not_read);
	tcase_add_test(tests, takes_odd_names);
}

int main(void)
{
	return scratch_run("intake", add);
}
