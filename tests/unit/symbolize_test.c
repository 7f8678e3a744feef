#include "symbolize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "text.h"

static const char source[] = "struct node { int value; struct node *next; };\n"                   /* 1 */
			     "struct lock {\n"                                                    /* 2 */
			     "\tint flag[2], tail;\n"                                             /* 3 */
			     "\tstruct node nodes[3];\n"                                          /* 4 */
			     "\tunion { long whole; char parts[8]; } word;\n"                     /* 5 */
			     "\tstruct { int inner; };\n"                                         /* 6 */
			     "\tint grid[2][3]; struct node *list; int *numbers; void *any;\n"    /* 7 */
			     "};\n"                                                               /* 8 */
			     "volatile int turn;\n"                                               /* 9 */
			     "struct node pool[4];\n"                                             /* 10 */
			     "static inline __attribute__((always_inline)) void inlined(int x)\n" /* 11 */
			     "{\n"                                                                /* 12 */
			     "\tturn = x;\n"                                                      /* 13 */
			     "}\n"                                                                /* 14 */
			     "void acquire(struct lock *l)\n"                                     /* 15 */
			     "{\n"                                                                /* 16 */
			     "\tstatic volatile int hidden;\n"                                    /* 17 */
			     "\tl->tail = 1;\n"                                                   /* 18 */
			     "\thidden++;\n"                                                      /* 19 */
			     "\tinlined(7);\n"                                                    /* 20 */
			     "}\n";

static struct symbolizer *opened(const char *path)
{
	struct symbolizer *symbolizer;
	struct fault fault = { 0 };
	int r = symbolizer_open(&symbolizer, path, &fault);
	ck_assert_msg(r == 0, "%s", fault.message);
	return symbolizer;
}

/* Runs a shell command and reads one hexadecimal number from it. */
static uint64_t number_from(const char *format, const char *path)
{
	char command[1024];
	unsigned long long number = 0;
	snprintf(command, sizeof(command), format, path);
	FILE *pipe = popen(command, "r");
	ck_assert_ptr_nonnull(pipe);
	ck_assert_msg(fscanf(pipe, "%llx", &number) == 1, "no number from: %s", command);
	pclose(pipe);
	return number;
}

static void member_is(struct symbolizer *symbolizer, uint64_t offset, uint64_t size, const char *expected)
{
	char *name = symbolizer_member(symbolizer, "lock", offset, size, NULL);
	ck_assert_msg(name != NULL && strcmp(name, expected) == 0, "%ju:%ju is %s, not %s", (uintmax_t)offset,
		      (uintmax_t)size, name, expected);
	free(name);
}

static void check_members(struct symbolizer *symbolizer)
{
	member_is(symbolizer, 0, 4, "lock->flag[0]");
	member_is(symbolizer, 4, 4, "lock->flag[1]");
	member_is(symbolizer, 0, 8, "lock->flag");
	member_is(symbolizer, 8, 4, "lock->tail");
	member_is(symbolizer, 9, 1, "lock->tail (byte 1)");
	member_is(symbolizer, 12, 4, "lock (byte 12)");
	member_is(symbolizer, 16, 4, "lock->nodes[0].value");
	member_is(symbolizer, 16 + 16 + 8, 8, "lock->nodes[1].next");
	member_is(symbolizer, 16 + 16, 16, "lock->nodes[1]");
	member_is(symbolizer, 64, 8, "lock->word.whole");
	member_is(symbolizer, 67, 1, "lock->word.parts[3]");
	member_is(symbolizer, 72, 4, "lock->inner");
	member_is(symbolizer, 76 + 4 * 4, 4, "lock->grid[1][1]");
	member_is(symbolizer, 0, 128, "*lock");
	ck_assert_ptr_null(symbolizer_member(symbolizer, "lock", 128, 4, NULL));
	ck_assert_ptr_null(symbolizer_member(symbolizer, "semaphore", 0, 4, NULL));
}

static void pointed_is(struct symbolizer *symbolizer, uint64_t offset, uint64_t within, const char *expected)
{
	char *name = symbolizer_pointed(symbolizer, "lock", offset, within, 4, NULL);
	ck_assert_msg(name != NULL ? expected != NULL && strcmp(name, expected) == 0 : expected == NULL,
		      "%ju behind %ju is %s, not %s", (uintmax_t)within, (uintmax_t)offset, name, expected);
	free(name);
}

static void check_pointers(struct symbolizer *symbolizer)
{
	pointed_is(symbolizer, 104, 0, "lock->list->value");
	pointed_is(symbolizer, 104, 16, "lock->list[1].value");
	pointed_is(symbolizer, 112, 0, "lock->numbers[0]");
	pointed_is(symbolizer, 112, 12, "lock->numbers[3]");
	pointed_is(symbolizer, 112, 13, "lock->numbers[3] (byte 1)");
	pointed_is(symbolizer, 120, 0, NULL); /* void */
	pointed_is(symbolizer, 8, 0, NULL);   /* no pointer */
	pointed_is(symbolizer, 128, 0, NULL); /* outside */
}

static void check_type(struct symbolizer *symbolizer, uint64_t offset, uint64_t size, bool is_pointer, uint64_t pointed)
{
	struct data_type type = { .is_pointer = !is_pointer };
	free(symbolizer_member(symbolizer, "lock", offset, size, &type));
	ck_assert_msg(type.is_pointer == is_pointer && type.pointed == pointed, "%ju:%ju %d %ju", (uintmax_t)offset,
		      (uintmax_t)size, type.is_pointer, (uintmax_t)type.pointed);
}

static void check_types(struct symbolizer *symbolizer)
{
	check_type(symbolizer, 24, 8, true, 16);  /* nodes[0].next */
	check_type(symbolizer, 104, 8, true, 16); /* list */
	check_type(symbolizer, 112, 8, true, 4);  /* numbers */
	check_type(symbolizer, 120, 8, true, 0);  /* any */
	check_type(symbolizer, 104, 4, false, 0); /* half of it */
	check_type(symbolizer, 0, 8, false, 0);   /* two integers */
	check_type(symbolizer, 64, 8, false, 0);  /* an integer that is as large */
	check_type(symbolizer, 128, 8, false, 0); /* outside */
}

static void variable_is(struct symbolizer *symbolizer, uint64_t offset, uint64_t size, const char *expected)
{
	char *name = symbolizer_variable(symbolizer, offset, size, NULL);
	ck_assert_msg(name != NULL && strcmp(name, expected) == 0, "%s, not %s", name, expected);
	free(name);
}

static void check_variables(struct symbolizer *symbolizer, const char *path)
{
	uint64_t turn = number_from("nm '%s' | grep ' turn$'", path),
		 pool = number_from("nm '%s' | grep ' pool$'", path);
	variable_is(symbolizer, turn, 4, "turn");
	variable_is(symbolizer, pool + 2 * 16 + 8, 8, "pool[2].next");
	variable_is(symbolizer, pool, 64, "pool");
	variable_is(symbolizer, number_from("nm '%s' | grep ' \\(acquire\\.\\)\\?hidden'", path), 4, "hidden");
}

/* The lines of every instruction of acquire(): those of the function, and the inlined one with both names. */
static void check_places(struct symbolizer *symbolizer, const char *path)
{
	uint64_t begin = number_from("nm '%s' | grep ' acquire$'", path);
	bool own = false, inlined = false;
	for (uint64_t offset = begin; offset < begin + 64; offset++) {
		struct source_place place;
		char *outer;
		if (!symbolizer_place(symbolizer, offset, &place, &outer))
			continue;
		ck_assert(place.file == NULL || strcmp(place.file, "lock.so.c") == 0);
		if (place.line == 18)
			own |= strcmp(place.function, "acquire") == 0 && outer == NULL;
		if (place.line == 13)
			inlined |=
			    strcmp(place.function, "inlined") == 0 && outer != NULL && strcmp(outer, "acquire") == 0;
		free(place.function);
		free(place.file);
		free(outer);
	}
	ck_assert(own);
	ck_assert(inlined);
}

/* What is volatile: by the member, its typedef, its elements, what it is a part of, what a pointer points to. */
static const char qualified[] =
    "typedef volatile int word;\n"
    "struct lock {\n"
    "\tint plain; volatile int own; word named; const volatile int both;\n"
    "\tvolatile int many[2]; volatile struct { int x; struct { int y; } in; } part;\n"
    "\tint after; volatile int *to; int *volatile from;\n"
    "\tunion { long whole; volatile int half; } u; volatile _Atomic int atomic; _Atomic int only;\n"
    "};\n"
    "volatile struct lock shared; struct lock bare; volatile int turn[3];\n"
    "int use(struct lock *l) { return l->plain; }\n";

static void is_volatile_at(struct symbolizer *symbolizer, uint64_t offset, uint64_t size, const char *name,
			   bool expected)
{
	struct data_type type = { .is_volatile = !expected };
	char *found = symbolizer_member(symbolizer, "lock", offset, size, &type);
	ck_assert_str_eq(found, name);
	ck_assert_msg(type.is_volatile == expected, "%s", name);
	free(found);
}

static void variable_is_volatile(struct symbolizer *symbolizer, uint64_t offset, bool expected)
{
	struct data_type type = { .is_volatile = !expected };
	free(symbolizer_variable(symbolizer, offset, 4, &type));
	ck_assert_msg(type.is_volatile == expected, "%jx", (uintmax_t)offset);
}

static void pointed_is_volatile(struct symbolizer *symbolizer, uint64_t offset, bool expected)
{
	struct data_type type = { .is_volatile = !expected };
	free(symbolizer_pointed(symbolizer, "lock", offset, 0, 4, &type));
	ck_assert_msg(type.is_volatile == expected, "%ju", (uintmax_t)offset);
}

static void check_volatile(const char *compiler, const char *flags)
{
	const char *path = scratch_build_with(compiler, "lock.so", qualified, flags);
	struct symbolizer *symbolizer = opened(path);
	is_volatile_at(symbolizer, 0, 4, "lock->plain", false);
	is_volatile_at(symbolizer, 4, 4, "lock->own", true);
	is_volatile_at(symbolizer, 8, 4, "lock->named", true);
	is_volatile_at(symbolizer, 12, 4, "lock->both", true);
	is_volatile_at(symbolizer, 20, 4, "lock->many[1]", true);
	is_volatile_at(symbolizer, 24, 4, "lock->part.x", true);
	is_volatile_at(symbolizer, 28, 4, "lock->part.in.y", true);
	is_volatile_at(symbolizer, 32, 4, "lock->after", false);
	is_volatile_at(symbolizer, 40, 8, "lock->to", false);
	is_volatile_at(symbolizer, 48, 8, "lock->from", true);
	is_volatile_at(symbolizer, 56, 8, "lock->u.whole", false);
	is_volatile_at(symbolizer, 56, 4, "lock->u.half", true);
	is_volatile_at(symbolizer, 64, 4, "lock->atomic", true);
	is_volatile_at(symbolizer, 68, 4, "lock->only", false);
	pointed_is_volatile(symbolizer, 40, true);
	pointed_is_volatile(symbolizer, 48, false);
	variable_is_volatile(symbolizer, number_from("nm '%s' | grep ' shared$'", path), true);
	variable_is_volatile(symbolizer, number_from("nm '%s' | grep ' bare$'", path), false);
	variable_is_volatile(symbolizer, number_from("nm '%s' | grep ' turn$'", path) + 8, true);
	symbolizer_close(symbolizer);
}

static void check_all(const char *compiler, const char *flags)
{
	const char *path = scratch_build_with(compiler, "lock.so", source, flags);
	struct symbolizer *symbolizer = opened(path);
	check_members(symbolizer);
	check_pointers(symbolizer);
	check_types(symbolizer);
	check_variables(symbolizer, path);
	check_places(symbolizer, path);
	symbolizer_close(symbolizer);
}

START_TEST(reads_gccs_dwarf)
{
	check_all("gcc", "");
	check_all("gcc", "-gdwarf-4");
	check_all("gcc", "-O2");
	check_volatile("gcc", "");
	check_volatile("gcc", "-gdwarf-4 -O2");
}
END_TEST

START_TEST(reads_clangs_dwarf)
{
	if (system("clang --version > /dev/null 2>&1") != 0)
		return;
	check_all("clang", "");
	check_all("clang", "-gdwarf-4");
	check_volatile("clang", "");
}
END_TEST

START_TEST(knows_functions_without_dwarf)
{
	const char *path = scratch_build("lock.so", source, "-g0");
	struct symbolizer *symbolizer = opened(path);
	struct source_place place;
	ck_assert(symbolizer_place(symbolizer, number_from("nm '%s' | grep ' acquire$'", path), &place, NULL));
	ck_assert_str_eq(place.function, "acquire");
	ck_assert_ptr_null(place.file);
	ck_assert_uint_eq(place.line, 0);
	free(place.function);
	variable_is(symbolizer, number_from("nm '%s' | grep ' turn$'", path), 4, "turn");
	ck_assert_ptr_null(symbolizer_member(symbolizer, "lock", 0, 4, NULL));
	ck_assert(!symbolizer_place(symbolizer, 0xffffffffffff, &place, NULL));
	symbolizer_close(symbolizer);
}
END_TEST

START_TEST(what_is_no_elf_is_unknown)
{
	struct symbolizer *symbolizer = opened(scratch_write("text.so", "hello"));
	struct source_place place;
	ck_assert(!symbolizer_place(symbolizer, 0, &place, NULL));
	ck_assert_ptr_null(symbolizer_member(symbolizer, "lock", 0, 4, NULL));
	symbolizer_close(symbolizer);
	struct fault fault = { 0 };
	ck_assert_int_lt(symbolizer_open(&symbolizer, scratch_path("missing"), &fault), 0);
	ck_assert_int_eq(fault.owner, FAULT_MACHINE);
	ck_assert_ptr_null(symbolizer);
	fault_free(&fault);
}
END_TEST

/* A source whose struct lock comes after 20,000 others; the caller frees it. */
static char *large_source(void)
{
	struct text text = { 0 };
	for (unsigned i = 0; i < 20000; i++)
		text_printf(&text, "struct s%u { int member; } v%u;\n", i, i);
	text_add(&text, source);
	return text_take(&text);
}

/* The stories of one grading ask again and again, mostly for the same: the answers do not end before the questions. */
START_TEST(answers_as_long_as_it_is_asked)
{
	char *large = large_source();
	const char *path = scratch_build("lock.so", large, "");
	struct symbolizer *symbolizer = opened(path);
	for (unsigned i = 0; i < 30000; i++) {
		char *name = symbolizer_member(symbolizer, "lock", 4, 4, NULL);
		ck_assert_msg(name != NULL && strcmp(name, "lock->flag[1]") == 0, "question %u", i);
		free(name);
	}
	symbolizer_close(symbolizer);
	free(large);
}
END_TEST

/* Whatever its child goes through, the symbolizer answers. */
START_TEST(survives_damage)
{
	const char *path = scratch_build("lock.so", source, "");
	uint64_t begin = number_from("nm '%s' | grep ' acquire$'", path);
	size_t length;
	unsigned char *good = scratch_read(path, &length), *bad = xcalloc(length, 1);
	unsigned state = 1, answers = 0;
	for (unsigned i = 0; i < 300; i++) {
		memcpy(bad, good, length);
		/* The first pages are code and tables; what follows is DWARF and symbols. */
		for (unsigned n = 0; n < 12; n++) {
			state = state * 1664525u + 1013904223u;
			size_t at = 0x3000 + (state >> 4) % (length - 0x3000);
			bad[at] = (unsigned char)(state >> 11);
		}
		struct symbolizer *symbolizer = opened(scratch_write_bytes("bad.so", bad, length));
		struct source_place place;
		char *outer;
		answers += symbolizer_place(symbolizer, begin + 4, &place, &outer);
		free(place.function);
		free(place.file);
		free(outer);
		free(symbolizer_member(symbolizer, "lock", 20, 4, NULL));
		free(symbolizer_variable(symbolizer, 0x4000 + i, 4, NULL));
		symbolizer_close(symbolizer);
		scratch_forget();
	}
	ck_assert_uint_gt(answers, 100);
	free(bad);
	free(good);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, reads_gccs_dwarf);
	tcase_add_test(tests, reads_clangs_dwarf);
	tcase_add_test(tests, knows_functions_without_dwarf);
	tcase_add_test(tests, what_is_no_elf_is_unknown);
	tcase_add_test(tests, answers_as_long_as_it_is_asked);
	tcase_add_test(tests, survives_damage);
}

int main(void)
{
	return scratch_run("symbolize", add);
}
