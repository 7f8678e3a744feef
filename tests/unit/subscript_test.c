/* Subscripts that gcc takes for plain loads, and what is none. */
#include "subscript.h"

#include <stdlib.h>
#include <string.h>

#include "scratch.h"

#define LINE "#line 1 \"a.c\"\n"
#define DECLARED "struct s { atomic_uint k, n[4]; _Atomic unsigned j; unsigned i; };\n"

static const struct {
	const char *text, *meant; /* NULL: as it is */
} cases[] = {
	{ "a[s->k] = 1;", "a[+(s->k)] = 1;" },
	{ "a[(*s).j]", "a[+((*s).j)]" },
	{ "a[s->n[3]]", "a[+(s->n[3])]" },
	{ "a[s->n[s->k]]", "a[+(s->n[+(s->k)])]" },
	{ "a[s->i]", NULL },
	{ "a[s->k % 4]", NULL },
	{ "a[4]", NULL },
	{ "a[atomic_load(&s->k)]", NULL },
	{ "/* a[s->k] */ x = \"a[s->k]\"; y = '['; // a[s->k]\n", NULL },
	{ "a[s->k", NULL },
};

START_TEST(what_gcc_misreads_is_rewritten)
{
	char text[256] = DECLARED, expected[256] = LINE DECLARED;

	strcat(text, cases[_i].text);
	char *meant = subscripts_as_meant(text, "a.c");
	if (cases[_i].meant == NULL) {
		ck_assert_ptr_null(meant);
	} else {
		strcat(expected, cases[_i].meant);
		ck_assert_str_eq(meant, expected);
	}
	free(meant);
}
END_TEST

START_TEST(what_is_not_atomic_stays)
{
	ck_assert_ptr_null(subscripts_as_meant("int k; int f(int *a) { return a[k]; }", "a.c"));
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_loop_test(tests, what_gcc_misreads_is_rewritten, 0, sizeof(cases) / sizeof(*cases));
	tcase_add_test(tests, what_is_not_atomic_stays);
}

int main(void)
{
	return scratch_run("subscript", add_tests);
}
