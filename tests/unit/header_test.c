#include "header.h"

#include <stdlib.h>

#include "kind.h"
#include "scratch.h"
#include "text.h"

/* The blocks of the kinds that come with the program say what their headers say. */
START_TEST(headers_are_as_their_kinds_say)
{
	struct kinds kinds;
	struct fault fault = { 0 };
	ck_assert_msg(kinds_shipped(&kinds, &fault) == 0, "%s", fault.message);
	ck_assert_uint_eq(kinds.n, 7);
	for (size_t i = 0; i < kinds.n; i++) {
		char *source = header_assertions(&kinds.list[i]);
		scratch_build("kind.so", source, "");
		free(source);
	}
	kinds_free(&kinds);
}
END_TEST

static void differs(const char *from, const char *to)
{
	struct kinds kinds;
	struct fault fault = { 0 };
	ck_assert_int_eq(kinds_shipped(&kinds, &fault), 0);
	char *right = header_assertions(kinds_named(&kinds, "lock")), *wrong = text_replaced(right, from, to);
	char *command = xasprintf("gcc -std=gnu17 -w -fsyntax-only -I%s %s 2>%s", SG_INCLUDE_DIR,
				  scratch_write("wrong.c", wrong), scratch_path("words"));
	ck_assert_str_ne(right, wrong);
	ck_assert_int_ne(system(command), 0);
	free(command);
	free(wrong);
	free(right);
	kinds_free(&kinds);
}

START_TEST(another_header_differs)
{
	differs("void (*)(struct lock *, unsigned)", "void (*)(struct lock *)");
	differs("acquire", "release");
	differs("LOCK_PLUGIN_ABI == 1u", "LOCK_PLUGIN_ABI == 2u");
	differs("threads_max", "threads");
	differs("sizeof(struct lock_plugin) == 48", "sizeof(struct lock_plugin) == 40");
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, headers_are_as_their_kinds_say);
	tcase_add_test(tests, another_header_differs);
}

int main(void)
{
	return scratch_run("header", add);
}
