#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "roster.h"
#include "scratch.h"
#include "store.h"
#include "text.h"

static void means(const char *entry, size_t shared, const char *name, const char *id)
{
	struct student student = { 0 };
	layout_student(entry, shared, &student);
	ck_assert_str_eq(student.name, name);
	if (id == NULL)
		ck_assert_msg(student.id == NULL, "%s has an id: %s", entry, student.id);
	else
		ck_assert_str_eq(student.id, id);
	free(student.name);
	free(student.id);
}

START_TEST(names_of_downloads_tell_their_students)
{
	means("Kim Minji_12345_assignsubmission_file", 0, "Kim Minji", "12345");
	means("kimminji_123_456_lock.c", 0, "kimminji", "123");
	means("kim_minji_LATE_123_456_my_lock.c", 0, "kim_minji", "123");
	means("lab1-kim", 5, "kim", NULL);
	means("kim", 0, "kim", NULL);
	means("_123_456_x", 0, "_123_456_x", NULL);
	means("kim_2024_lock", 0, "kim_2024_lock", NULL);
}
END_TEST

START_TEST(a_shared_prefix_ends_with_a_dash)
{
	const char *clones[] = { "lab1-alice", "lab1-adam" }, *one[] = { "lab1-kim" }, *none[] = { "kim", "kay" };
	ck_assert_uint_eq(layout_shared_prefix(clones, 2), 5);
	ck_assert_uint_eq(layout_shared_prefix(one, 1), 0);
	ck_assert_uint_eq(layout_shared_prefix(none, 2), 0);
}
END_TEST

static void key_is(const char *name, const char *expected)
{
	char *key = store_key(name);
	ck_assert_str_eq(key, expected);
	free(key);
}

START_TEST(keys_are_file_names)
{
	key_is("김민지", "김민지");
	key_is("../a/b", "%2e.%2fa%2fb");
	key_is("-rf", "%2drf");
	key_is("100%", "100%25");
	key_is("a\nb\xff", "a%0ab%ff");
	key_is("", "%");
	char name[400], other[400];
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	memcpy(other, name, sizeof(name));
	other[sizeof(other) - 2] = 'y';
	char *first = store_key(name), *second = store_key(other);
	ck_assert_uint_lt(strlen(first), 220);
	ck_assert_str_ne(first, second);
	free(first);
	free(second);
}
END_TEST

static void matches(struct roster *roster, const char *name, const char *id, const char *expected_id)
{
	struct student student = { .name = xstrdup(name), .id = id != NULL ? xstrdup(id) : NULL };
	struct roster_entry *entry = roster_match(roster, &student);
	if (expected_id == NULL)
		ck_assert_ptr_null(entry);
	else
		ck_assert_str_eq(student.id, expected_id);
	free(student.name);
	free(student.id);
}

START_TEST(a_roster_is_matched_by_id_login_then_name)
{
	struct roster roster;
	struct fault fault = { 0 };
	const char *path =
	    scratch_write("roster.csv", "\xef\xbb\xbfName,SIS User ID,Login\r\n"
					"\"Kim, Minji\",1,mkim\r\nLee,2,lee\r\nPark,3,park1\r\nPark,4,park2\r\n");
	ck_assert_msg(roster_read(path, &roster, &fault) == 0, "%s", fault.message);
	ck_assert_uint_eq(roster.n, 4);
	matches(&roster, "whoever", "2", "2");
	matches(&roster, "mkim", NULL, "1");
	matches(&roster, "Kim, Minji", NULL, "1");
	matches(&roster, "Park", NULL, NULL);
	matches(&roster, "nobody", NULL, NULL);
	ck_assert(roster.entries[0].seen && roster.entries[1].seen && !roster.entries[2].seen);
	roster_free(&roster);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, names_of_downloads_tell_their_students);
	tcase_add_test(tests, a_shared_prefix_ends_with_a_dash);
	tcase_add_test(tests, keys_are_file_names);
	tcase_add_test(tests, a_roster_is_matched_by_id_login_then_name);
}

int main(void)
{
	return scratch_run("batch", add);
}
