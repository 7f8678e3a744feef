#include <stdlib.h>

#include "scratch.h"
#include "text.h"
#include "winnow.h"

static const char loop[] = "int f(int n)\n{\n\tint sum = 0;\n\tfor (int i = 0; i < n; i++)\n\t\tsum += table[i] * 3;\n"
			   "\twhile (sum > 9)\n\t\tsum = sum / 10 + sum % 10;\n\treturn sum;\n}\n";
static const char renamed[] =
    "// copied\n#include <x.h>\nint digits(int count) { int total = 0; /* so */ for (int k = 0; k < count;\n"
    "k++) total += values[k] * 7; while (total > 5) total = total / 10 + total % 10; return total; }";
static const char other[] =
    "void g(struct node *at)\n{\n\tif (at == 0)\n\t\treturn;\n\tg(at->left);\n\tswitch (at->kind) {\n"
    "\tcase 1:\n\t\tbreak;\n\tdefault:\n\t\tgoto end;\n\t}\nend:\n\tg(at->right);\n}\n";

static struct likeness compare(const char *a, const char *b, const char *given)
{
	struct fingerprints one = winnow(a), two = winnow(b), known = winnow(given);
	fingerprints_remove(&one, &known);
	fingerprints_remove(&two, &known);
	struct likeness likeness = fingerprints_compare(&one, &two);
	fingerprints_free(&one);
	fingerprints_free(&two);
	fingerprints_free(&known);
	return likeness;
}

START_TEST(other_names_numbers_and_comments_are_the_same)
{
	struct likeness likeness = compare(loop, renamed, "");
	ck_assert_uint_gt(likeness.of, 4);
	ck_assert_uint_eq(likeness.common, likeness.of);
	ck_assert_uint_eq(likeness.first[1], 3);
}
END_TEST

START_TEST(another_program_is_another)
{
	ck_assert_uint_eq(compare(loop, other, "").common, 0);
}
END_TEST

START_TEST(what_was_given_to_all_does_not_count)
{
	struct likeness likeness = compare(loop, renamed, loop);
	ck_assert_uint_eq(likeness.common, 0);
	ck_assert_uint_eq(likeness.of, 0);
}
END_TEST

START_TEST(a_common_passage_is_found_wherever_it_stands)
{
	char *moved = xasprintf("%s\n%s", other, renamed);
	struct likeness likeness = compare(loop, moved, "");
	ck_assert_uint_ge(likeness.common + 2, likeness.of);
	ck_assert_uint_gt(likeness.first[1], 15);
	free(moved);
}
END_TEST

START_TEST(nothing_and_broken_sources_have_nothing)
{
	ck_assert_uint_eq(compare("", "", "").of, 0);
	ck_assert_uint_eq(compare("/* never closed", "\"never closed", "").of, 0);
	ck_assert_uint_eq(compare("#define X \\\n 1", "'\\", "").of, 0);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, other_names_numbers_and_comments_are_the_same);
	tcase_add_test(tests, another_program_is_another);
	tcase_add_test(tests, what_was_given_to_all_does_not_count);
	tcase_add_test(tests, a_common_passage_is_found_wherever_it_stands);
	tcase_add_test(tests, nothing_and_broken_sources_have_nothing);
}

int main(void)
{
	return scratch_run("similar", add);
}
