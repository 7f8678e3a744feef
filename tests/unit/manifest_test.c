#include "manifest.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "text.h"

static const char good[] =
    "exercise: lock\n"                                                 /* 1 */
    "version: 1\n"                                                     /* 2 */
    "title: A lock\n"                                                  /* 3 */
    "plugin: lock\n"                                                   /* 4 */
    "workloads:\n"                                                     /* 5 */
    "  - name: counter\n"                                              /* 6 */
    "    explore: { threads: 2, rounds: 2, max_executions: 200000 }\n" /* 7 */
    "    tsan: { threads: 3, rounds: 300, trials: 2, time_ms: 900 }\n" /* 8 */
    "  - name: progress\n"                                             /* 9 */
    "    object: other-progress\n"                                     /* 10 */
    "    native: { threads: 4, rounds: 20000 }\n"                      /* 11 */
    "checks:\n"                                                        /* 12 */
    "  - { workload: counter, property: mutual-exclusion, engines: [explore, tsan], points: 60, "
    "hint: \"Who enters?\" }\n" /* 13 */
    "  - { workload: progress, property: progress, engines: [native], points: 40, hidden: true }\n"
    "limits: { hang_ms: 1000 }\n"               /* 15 */
    "imports: [ \"malloc\", \"pthread_*\" ]\n"; /* 16 */

/* The good manifest with `from` replaced by `to`; to be freed. */
static char *changed(const char *from, const char *to)
{
	const char *hit = strstr(good, from);
	ck_assert_ptr_nonnull(hit);
	return xasprintf("%.*s%s%s", (int)(hit - good), good, to, hit + strlen(from));
}

static int read_text(const char *text, struct exercise *exercise, struct fault *fault)
{
	scratch_write("lock/exercise.yaml", text);
	return manifest_read(scratch_path("lock"), exercise, fault);
}

/* The change is refused, by an error that names `line`, and says `part`. */
static void refused(const char *from, const char *to, unsigned line, const char *part)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	char *text = changed(from, to), *place = xasprintf("lock/exercise.yaml:%u: ", line);
	ck_assert_int_eq(read_text(text, &exercise, &fault), -EINVAL);
	ck_assert_int_eq(fault.owner, FAULT_EXERCISE);
	ck_assert_contains(fault.message, place);
	ck_assert_contains(fault.message, part);
	ck_assert_ptr_null(exercise.id);
	fault_free(&fault);
	free(text);
	free(place);
}

START_TEST(reads_everything)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	ck_assert_msg(read_text(good, &exercise, &fault) == 0, "%s", fault.message);
	ck_assert_str_eq(exercise.id, "lock");
	ck_assert_str_eq(exercise.title, "A lock");
	ck_assert_str_eq(exercise.kind.name, "lock");
	ck_assert_int_eq(exercise.folder[0], '/');
	ck_assert_uint_eq(exercise.n_workloads, 2);
	ck_assert_str_eq(exercise.workloads[0].object, "lock-counter");
	ck_assert_str_eq(exercise.workloads[1].object, "other-progress");
	ck_assert_uint_eq(exercise.workloads[0].size[ENGINE_EXPLORE].max_executions, 200000);
	ck_assert_uint_eq(exercise.workloads[0].size[ENGINE_TSAN].time_ms, 900);
	ck_assert_uint_eq(exercise.workloads[0].size[ENGINE_NATIVE].threads, 0);
	ck_assert_uint_eq(exercise.workloads[1].size[ENGINE_NATIVE].trials, 1);
	ck_assert_uint_eq(exercise.n_checks, 2);
	ck_assert_str_eq(exercise.checks[0].id, "counter/mutual-exclusion");
	ck_assert_ptr_eq(exercise.checks[1].workload, &exercise.workloads[1]);
	ck_assert_uint_eq(exercise.checks[0].engines, 1u << ENGINE_EXPLORE | 1u << ENGINE_TSAN);
	ck_assert_uint_eq(exercise.checks[0].points, 60);
	ck_assert_str_eq(exercise.checks[0].hint, "Who enters?");
	ck_assert(!exercise.checks[0].hidden && exercise.checks[1].hidden);
	ck_assert_uint_eq(exercise.max_bypass_per_thread, 3);
	ck_assert_uint_eq(exercise.limits.hang_ms, 1000);
	ck_assert_uint_eq(exercise.limits.wall_ms, 60000);
	ck_assert_int_eq(exercise.workloads[0].coverage.accept, COVERAGE_SAMPLED);
	ck_assert_uint_eq(exercise.workloads[0].coverage.executions, 1000);
	ck_assert_uint_eq(exercise.starter_max, 10);
	ck_assert_uint_eq(exercise.checks[1].n_requires, 0);
	ck_assert_uint_eq(exercise.n_imports, 2);
	ck_assert_str_eq(exercise.imports[1], "pthread_*");
	manifest_free(&exercise);
}
END_TEST

START_TEST(reads_what_counts)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	char *text = changed("hidden: true }\n", "requires: [ counter/mutual-exclusion ] }\n"
						 "coverage: { accept: switches, switches: 3 }\nstarter_max: 25\n");
	ck_assert_msg(read_text(text, &exercise, &fault) == 0, "%s", fault.message);
	ck_assert_uint_eq(exercise.checks[1].n_requires, 1);
	ck_assert_uint_eq(exercise.checks[1].requires[0], 0);
	ck_assert_int_eq(exercise.workloads[0].coverage.accept, COVERAGE_SWITCHES);
	ck_assert_uint_eq(exercise.workloads[0].coverage.switches, 3);
	ck_assert_uint_eq(exercise.starter_max, 25);
	manifest_free(&exercise);
	free(text);
}
END_TEST

START_TEST(a_workload_has_a_coverage_of_its_own)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	char *text = changed("  - name: progress", "    coverage: { executions: 3, switches: 0 }\n  - name: progress");
	ck_assert_msg(read_text(text, &exercise, &fault) == 0, "%s", fault.message);
	ck_assert_int_eq(exercise.workloads[0].coverage.accept, COVERAGE_SAMPLED);
	ck_assert_uint_eq(exercise.workloads[0].coverage.executions, 3);
	ck_assert_uint_eq(exercise.workloads[0].coverage.switches, 0);
	ck_assert_uint_eq(exercise.workloads[1].coverage.executions, 1000);
	ck_assert_uint_eq(exercise.workloads[1].coverage.switches, 2);
	manifest_free(&exercise);
	free(text);
}
END_TEST

START_TEST(reads_what_is_looked_at_also)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	char *text = changed("hidden: true }\n", "also: [ counter ] }\n");
	ck_assert_msg(read_text(text, &exercise, &fault) == 0, "%s", fault.message);
	ck_assert_uint_eq(exercise.checks[0].n_also, 0);
	ck_assert_uint_eq(exercise.checks[1].n_also, 1);
	ck_assert_ptr_eq(exercise.checks[1].also[0], exercise.checks[0].workload);
	manifest_free(&exercise);
	free(text);
	refused("hidden: true", "also: [ crowd ]", 14, "checks[1].also[0]: \"crowd\" is none of the workloads");
}
END_TEST

START_TEST(what_counts_is_checked)
{
	refused("hidden: true", "requires: [ counter/speed ]", 14,
		"checks[1].requires[0]: \"counter/speed\" is none of the checks");
	refused("hidden: true", "requires: [ progress/progress ]", 14, "builds on this check itself");
	refused("limits:", "coverage: { accept: most }\nlimits:", 15, "coverage.accept: \"most\": write all, ");
	refused("  - name: progress", "    coverage: { accept: most }\n  - name: progress", 9,
		"workloads[0].coverage.accept: \"most\": write all, ");
	refused("limits:", "coverage: { executions: 0 }\nlimits:", 15, "coverage.executions: 0 is out of range");
	refused("limits:", "starter_max: 101\nlimits:", 15, "starter_max: 101 is out of range");
}
END_TEST

/* Line 4 on: in place of `plugin`. */
#define LATCH                                                                                                          \
	"kind:\n"                                                                                                      \
	"  name: latch\n"                                                                                              \
	"  words: count-down latch\n"                                                                                  \
	"  header: latch.h\n"                                                                                          \
	"  abi: { macro: LATCH_ABI, number: 2 }\n"                                                                     \
	"  init: [ unsigned ]\n"                                                                                       \
	"  operations:\n"                                                                                              \
	"    - { name: count_down, gives_way: true }\n"                                                                \
	"    - { name: await, arguments: [ unsigned, \"const char *\" ], returns: int, blocks: true }\n"               \
	"    - { name: count, returns: unsigned, optional: true }\n"                                                   \
	"  inside: { enter: is through }"

START_TEST(reads_a_kind_of_its_own)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	char *text = changed("plugin: lock", LATCH);
	ck_assert_msg(read_text(text, &exercise, &fault) == 0, "%s", fault.message);
	const struct plugin_kind *kind = &exercise.kind;
	ck_assert(exercise.own_kind);
	ck_assert_str_eq(kind->name, "latch");
	ck_assert_str_eq(kind->symbol, "latch_plugin");
	ck_assert_str_eq(kind->words, "count-down latch");
	ck_assert_str_eq(kind->header, "<latch.h>");
	ck_assert_uint_eq(kind->abi, 2);
	ck_assert_uint_eq(kind->line, 5);
	ck_assert_uint_eq(kind->n_operations, 3);
	ck_assert_uint_eq(kind->operations[1].number, TRIAL_OWN + 1);
	ck_assert_uint_eq(kind->operations[1].line, 12);
	ck_assert(kind->operations[0].gives_way && !kind->operations[0].blocks && kind->operations[1].blocks);
	ck_assert(kind->operations[1].required && !kind->operations[2].required);
	ck_assert_str_eq(kind->operations[1].signature.arguments[1], "const char *");
	ck_assert_str_eq(kind->operations[1].signature.returns, "int");
	ck_assert_str_eq(kind->operations[0].signature.returns, "void");
	ck_assert_str_eq(kind->inside.enter, "is through");
	ck_assert_str_eq(exercise.workloads[0].object, "latch-counter");
	manifest_free(&exercise);
	free(text);
}
END_TEST

/* `from` in the block of a latch is replaced by `to`. */
static void refused_kind(const char *from, const char *to, unsigned line, const char *part)
{
	char *block = text_replaced(LATCH, from, to);
	refused("plugin: lock", block, line, part);
	free(block);
}

START_TEST(a_kind_of_its_own_is_checked)
{
	refused("plugin: lock\n", "", 1, "plugin: is missing; add this key, or describe a kind of your own");
	refused_kind("kind:", "plugin: lock\nkind:", 4,
		     "plugin: \"lock\" is not the name of the kind; remove this key");
	refused_kind("name: latch", "name: a-latch", 5, "kind.name: \"a-latch\": use lower-case letters");
	refused_kind("header: latch.h", "header: ../latch.h", 7, "kind.header: \"../latch.h\": write a file of");
	refused_kind("header: latch.h", "header: /usr/include/latch.h", 7, "kind.header: ");
	refused_kind("LATCH_ABI", "\"LATCH ABI\"", 8, "kind.abi.macro: \"LATCH ABI\": is no word of C");
	refused_kind("name: count_down", "name: init", 11, "kind.operations[0].name: \"init\" is a member that every");
	refused_kind("name: count,", "name: await,", 13,
		     "kind.operations[2].name: \"await\" is the name of an operation");
	refused_kind("gives_way: true", "gives_way: false", 11, "await blocks, and no operation ends its waiting");
	refused_kind(", blocks: true", "", 11, "no operation waits for other threads; write blocks: true");
	refused_kind("optional: true", "number: 33", 13, "kind.operations[2].number: is that of await too");
	refused_kind("optional: true", "number: 2", 13, "kind.operations[2].number: is none that count can have");
	refused_kind("optional: true", "block: true", 13, "kind.operations[2].block: is not a key");
	refused_kind("  inside:",
		     "  threads_max: true\n  choice: { name: mode, values: [ A, B ], words: [ a, b ] }\n  inside:", 15,
		     "kind.choice: the descriptor has room for one number beside abi: mode or threads_max");
	refused_kind("  inside:", "  choice: { name: mode, values: [ A, B ], words: [ a, b, c ] }\n  inside:", 14,
		     "kind.choice.words: are not as many as the values of mode");
}
END_TEST

START_TEST(form_is_checked)
{
	refused("version: 1", "version: one", 2, "version: \"one\" is not a whole number");
	refused("version: 1", "version: -1", 2, "version: ");
	refused("version: 1", "version: 5000000000", 2, "version: 5000000000 is too large");
	refused("title: A lock", "title: [A]", 3, "title: is a list");
	refused("title: A lock", "titel: A lock", 3, "titel: is not a key");
	refused("title: A lock", "titel: A lock", 1, "title: is missing");
	refused("title: A lock", "version: 2", 2, "version: stands twice (again in line 3)");
	refused("threads: 3", "threads: 3, thread: 4", 8, "workloads[0].tsan.thread: is not a key");
	refused("hidden: true", "hidden: maybe", 14, "checks[1].hidden: \"maybe\" is neither true nor false");
	refused("[native]", "native", 14, "checks[1].engines: is a value; write a list");
	refused("[native]", "[]", 14, "checks[1].engines: has 0 entries");
	refused("limits: {", "limits: { hang: 3,", 15, "limits.hang: is not a key");
}
END_TEST

START_TEST(meaning_is_checked)
{
	refused("exercise: lock", "exercise: locks", 1, "exercise: \"locks\" is not the folder's name; write \"lock\"");
	refused("plugin: lock", "plugin: turnstile", 4, "\"turnstile\": write lock, semaphore, ");
	refused("name: progress", "name: counter", 9, "workloads[1].name: \"counter\" is the name of workloads[0] too");
	refused("name: progress", "name: ../x", 9, "workloads[1].name: \"../x\"");
	refused("property: progress", "property: speed", 14, "checks[1].property: \"speed\" is not a property");
	refused("[native]", "[gpu]", 14, "checks[1].engines[0]: \"gpu\" is not an engine");
	refused("[native]", "[tsan]", 14, "checks[1].engines[0]: the workload \"progress\" has no size for tsan");
	refused("workload: progress", "workload: nothing", 14,
		"checks[1].workload: \"nothing\" is none of the workloads");
	refused("{ workload: progress, property: progress, engines: [native]",
		"{ workload: counter, property: mutual-exclusion, engines: [tsan]", 14,
		"checks[1].property: counter/mutual-exclusion is checks[0] too");
	refused("points: 40", "points: 41", 13, "checks: the points sum up to 101");
	refused("threads: 3", "threads: 33", 8, "workloads[0].tsan.threads: 33 is out of range");
	refused("rounds: 300", "rounds: 0", 8, "workloads[0].tsan.rounds: 0 is out of range");
	refused("hang_ms: 1000", "hang_ms: 0", 15, "limits.hang_ms: 0 is out of range");
	refused("hang_ms: 1000", "threads: 4", 15, "limits.threads: 4 leaves no room");
}
END_TEST

START_TEST(text_is_checked)
{
	refused("title: A lock", "title: \xff", 3, "byte 0xff is not UTF-8");
	refused("title: A lock", "title: \xed\xa0\x80", 3, "is not UTF-8");
	refused("\"pthread_*\" ]", "\"pthread_* ]", 17, "from line 16 on");
	refused("title: A lock", "title: &a A\n# a\nobject: *a", 5, "*a: a manifest uses no aliases");
	refused("title: A lock", "title: A\n---\na: b", 4, "a manifest is one document");
	refused("title: A lock", "title: \x01", 3, "control characters");
}
END_TEST

static void unreadable(const char *folder, int error, enum fault_owner owner, const char *part)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	ck_assert_int_eq(manifest_read(folder, &exercise, &fault), error);
	ck_assert_int_eq(fault.owner, owner);
	ck_assert_contains(fault.message, part);
	fault_free(&fault);
}

START_TEST(file_is_checked)
{
	unreadable(scratch_path("nothing"), -ENOENT, FAULT_EXERCISE, "there is no such exercise folder");
	unreadable(scratch_write("file", "x"), -ENOENT, FAULT_EXERCISE, "is a file");
	scratch_write("empty/other", "");
	unreadable(scratch_path("empty"), -ENOENT, FAULT_EXERCISE, "exercise.yaml: there is no such file");
	scratch_write("hollow/exercise.yaml", "");
	unreadable(scratch_path("hollow"), -EINVAL, FAULT_EXERCISE, "exercise.yaml:1: is empty");
	scratch_write("scalar/exercise.yaml", "hello\n");
	unreadable(scratch_path("scalar"), -EINVAL, FAULT_EXERCISE, "exercise.yaml:1: is a value; write a mapping");
	scratch_write("folder/exercise.yaml/x", "");
	unreadable(scratch_path("folder"), -EINVAL, FAULT_EXERCISE, "is not a regular file");
}
END_TEST

START_TEST(shipped_manifests_are_right)
{
	DIR *folders = opendir(SG_EXERCISES_DIR);
	unsigned n = 0;
	ck_assert_ptr_nonnull(folders);
	for (const struct dirent *entry; (entry = readdir(folders)) != NULL;) {
		struct exercise exercise;
		struct fault fault = { 0 };
		if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
			continue;
		char *folder = xasprintf("%s/%s", SG_EXERCISES_DIR, entry->d_name);
		int r = manifest_read(folder, &exercise, &fault);
		ck_assert_msg(r == 0, "%s", fault.message);
		ck_assert_str_eq(exercise.id, entry->d_name);
		manifest_free(&exercise);
		free(folder);
		n++;
	}
	closedir(folders);
	ck_assert_uint_ge(n, 3);
}
END_TEST

static unsigned next_random(unsigned *state)
{
	return *state = *state * 1664525u + 1013904223u;
}

/* Whatever stands there: an answer, and a fault where it is no. */
START_TEST(survives_damage)
{
	unsigned state = 1, refusals = 0;
	for (unsigned i = 0; i < 1500; i++) {
		char text[sizeof(good)];
		memcpy(text, good, sizeof(good));
		size_t length = sizeof(good) - 1;
		for (unsigned n = next_random(&state) >> 30; n < 4; n++)
			text[(next_random(&state) >> 8) % length] = (char)(next_random(&state) >> 24);
		if (i % 3 == 0)
			length = (next_random(&state) >> 8) % length;
		scratch_write_bytes("lock/exercise.yaml", text, length);
		struct exercise exercise;
		struct fault fault = { 0 };
		char *folder = xstrdup(scratch_path("lock"));
		int r = manifest_read(folder, &exercise, &fault);
		ck_assert((r == 0) == (fault.message == NULL));
		refusals += r < 0;
		manifest_free(&exercise);
		fault_free(&fault);
		free(folder);
		scratch_forget();
	}
	ck_assert_uint_gt(refusals, 1000);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, reads_everything);
	tcase_add_test(tests, reads_what_counts);
	tcase_add_test(tests, a_workload_has_a_coverage_of_its_own);
	tcase_add_test(tests, reads_what_is_looked_at_also);
	tcase_add_test(tests, what_counts_is_checked);
	tcase_add_test(tests, reads_a_kind_of_its_own);
	tcase_add_test(tests, a_kind_of_its_own_is_checked);
	tcase_add_test(tests, form_is_checked);
	tcase_add_test(tests, meaning_is_checked);
	tcase_add_test(tests, text_is_checked);
	tcase_add_test(tests, file_is_checked);
	tcase_add_test(tests, shipped_manifests_are_right);
	tcase_add_test(tests, survives_damage);
}

int main(void)
{
	return scratch_run("manifest", add);
}
