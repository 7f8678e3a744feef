#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "roster.h"
#include "scratch.h"
#include "store.h"
#include "text.h"

static void free_student(struct student *student)
{
	free(student->key);
	free(student->name);
	free(student->id);
	free(student->platform_id);
	free(student->login);
	free(student->conflict);
}

static void means(const char *entry, size_t shared, const char *name, const char *id)
{
	struct student student = { 0 };
	layout_student(entry, shared, &student);
	ck_assert_str_eq(student.name, name);
	if (id == NULL)
		ck_assert_msg(student.id == NULL, "%s has an id: %s", entry, student.id);
	else
		ck_assert_str_eq(student.id, id);
	free_student(&student);
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
	free_student(&student);
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

static void reads(const char *text, size_t n, const char *name, const char *id)
{
	struct roster roster;
	struct fault fault = { 0 };
	ck_assert_msg(roster_read(scratch_write("roster.csv", text), &roster, &fault) == 0, "%s", fault.message);
	ck_assert_uint_eq(roster.n, n);
	ck_assert_str_eq(roster.entries[0].name, name);
	ck_assert_str_eq(roster.entries[0].id, id);
	roster_free(&roster);
}

START_TEST(rosters_are_as_platforms_and_spreadsheets_write_them)
{
	reads("Student,ID,SIS User ID,SIS Login ID,Section,lock (17)\n    Points Possible,,,,,100\n\"Kim, Minji\",1001,"
	      "A77,mkim,1,\n",
	      1, "Kim, Minji", "A77");
	reads("Student,ID,SIS User ID,SIS Login ID,Section,lock (17)\n,,,,,Manual Posting\n    Points "
	      "Possible,,,,,100\n\"Kim, Minji\",1001,A77,mkim,1,\n",
	      1, "Kim, Minji", "A77");
	reads("LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,lock\n    Points "
	      "Possible,,,,,,100\nKim,Minji,1001,A77,m,S,\n",
	      1, "Minji Kim", "A77");
	reads("이름,학번,이메일\n김민지,20241001,m@x.org\n", 1, "김민지", "20241001");
	reads("성,이름,학번\n김,민지,20241001\n", 1, "김민지", "20241001");
	/* CP949, Windows-1252, UTF-16 in both orders, with a mark and without. */
	reads("\xc0\xcc\xb8\xa7,\xc7\xd0\xb9\xf8\n\xb1\xe8\xb9\xce\xc1\xf6,5\n", 1, "김민지", "5");
	reads("name,id\nJosé Núñez,5\n", 1, "José Núñez", "5");
	reads("name,id\nJos\xe9 N\xfa\xf1"
	      "ez,5\n",
	      1, "José Núñez", "5");
	reads("\xef\xbb\xbf\"First name\",\"Last name\",\"ID number\",\"Email address\"\nMinji,Kim,5,m@x.org\n", 1,
	      "Minji Kim", "5");
	reads("\"identifier\",\"github_username\",\"github_id\",\"name\"\n\"5\",\"mkim\",\"99\",\"Kim\"\n", 1, "Kim",
	      "5");
	reads("Name;ID;Mark\r\n\"Kim; Minji\";5;1,7\r\nLee;6;\r\n;;\r\n", 2, "Kim; Minji", "5");
	reads("Name\tID\nKim\t5", 1, "Kim", "5");
	reads("\n\nName,ID\n\n  Kim , 5 ,,\n", 1, "Kim", "5");
}
END_TEST

static void reads_utf16(const char *encoding, const char *mark, size_t mark_length)
{
	char bytes[256], text[] = "name,id\n김민지,5\n", *in = text, *out = bytes + mark_length;
	size_t left = strlen(text), room = sizeof(bytes) - mark_length;
	iconv_t converter = iconv_open(encoding, "UTF-8");
	memcpy(bytes, mark, mark_length);
	ck_assert_uint_eq(iconv(converter, &in, &left, &out, &room), 0);
	iconv_close(converter);
	struct roster roster;
	struct fault fault = { 0 };
	const char *path = scratch_write_bytes("utf16.csv", bytes, (size_t)(out - bytes));
	ck_assert_msg(roster_read(path, &roster, &fault) == 0, "%s", fault.message);
	ck_assert_str_eq(roster.entries[0].name, "김민지");
	ck_assert_str_eq(roster.encoding, encoding);
	roster_free(&roster);
}

START_TEST(rosters_in_utf16_are_read_and_told)
{
	reads_utf16("UTF-16LE", "\xff\xfe", 2);
	reads_utf16("UTF-16BE", "\xfe\xff", 2);
	reads_utf16("UTF-16LE", "", 0);
}
END_TEST

START_TEST(a_gradebook_with_many_columns_is_a_roster)
{
	struct text text = { 0 };
	text_add(&text, "Student,ID,SIS Login ID,Section");
	for (unsigned i = 0; i < 300; i++)
		text_printf(&text, ",lab %u (%u)", i, i);
	text_add(&text, "\nKim,11,k,S\n");
	struct roster roster;
	struct fault fault = { 0 };
	ck_assert_msg(roster_read(scratch_write("wide.csv", text.data), &roster, &fault) == 0, "%s", fault.message);
	ck_assert_str_eq(roster.entries[0].platform_id, "11");
	ck_assert_str_eq(roster.entries[0].login, "k");
	roster_free(&roster);
	text_free(&text);
}
END_TEST

/* Which row a submission is, by its id; NULL: none. */
static void row_is(struct roster *roster, struct student student, const char *id, bool conflict)
{
	struct student copy = { .key = student.key != NULL ? xstrdup(student.key) : NULL,
				.name = student.name != NULL ? xstrdup(student.name) : NULL,
				.id = student.id != NULL ? xstrdup(student.id) : NULL,
				.platform_id = student.platform_id != NULL ? xstrdup(student.platform_id) : NULL };
	struct roster_entry *entry = roster_match(roster, &copy);
	ck_assert_msg((entry == NULL) == (id == NULL), "%s", student.key);
	if (id != NULL)
		ck_assert_str_eq(entry->id, id);
	ck_assert_int_eq(copy.conflict != NULL, conflict);
	free_student(&copy);
}

START_TEST(a_row_is_found_as_platforms_name_people)
{
	struct roster roster;
	struct fault fault = { 0 };
	ck_assert_int_eq(roster_read(scratch_write("r.csv", "Student,ID,SIS User ID,SIS Login ID,Section\n"
							    "\"Kim, Minji\",11,2024-1001,mkim,S\n"
							    "\"Lee, Seo-jun\",12,2024-1002,slee,S\n"
							    "\"Park, J.\",13,2024-10021,jp,S\n"),
				     &roster, &fault),
			 0);
	row_is(&roster, (struct student){ .key = "kimminji_11", .name = "kimminji", .id = "11", .platform_id = "11" },
	       "2024-1001", false);
	row_is(&roster, (struct student){ .key = "leeseojun_99", .name = "leeseojun" }, "2024-1002", false);
	row_is(&roster, (struct student){ .key = "os-2024-1002", .name = "1002" }, "2024-1002", false);
	row_is(&roster, (struct student){ .key = "os-2024-10021", .name = "10021" }, "2024-10021", false);
	row_is(&roster, (struct student){ .key = "l-jp", .name = "jp" }, "2024-10021", false);
	row_is(&roster, (struct student){ .key = "seo-jun lee", .name = "Seo-jun Lee" }, "2024-1002", false);
	/* Number and name of two people. */
	row_is(&roster, (struct student){ .key = "x", .name = "Kim, Minji", .id = "12", .platform_id = "12" }, NULL,
	       true);
	row_is(&roster, (struct student){ .key = "nobody", .name = "nobody" }, NULL, false);
	roster_free(&roster);
}
END_TEST

static void broken(const char *text, const char *place)
{
	struct roster roster;
	struct fault fault = { 0 };
	ck_assert_int_lt(roster_read(scratch_write("roster.csv", text), &roster, &fault), 0);
	ck_assert_int_eq(fault.owner, FAULT_EXERCISE);
	ck_assert_msg(strstr(fault.message, place) != NULL, "%s", fault.message);
	fault_free(&fault);
}

START_TEST(a_broken_roster_is_told_with_its_line)
{
	broken("name,id\nKim,1\nLee,2,three\nPark,3\n", ".csv:3: more fields");
	broken("name,id\n\n\"Kim\nMinji\",1\nLee,2,three\n", ".csv:5: more fields");
	broken("name,id\nKim,1\n\"Lee,2\nPark,3\n", ".csv:3: a quote");
	broken("name,id,group\nKim,1,a\n,,b\n", ".csv:3: neither name nor id");
	broken("colour\nred\n", ".csv:1: the first row names no column");
	broken("\xff\xfen", "UTF-16");
	broken("", "it is empty");
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, names_of_downloads_tell_their_students);
	tcase_add_test(tests, a_shared_prefix_ends_with_a_dash);
	tcase_add_test(tests, keys_are_file_names);
	tcase_add_test(tests, a_roster_is_matched_by_id_login_then_name);
	tcase_add_test(tests, rosters_are_as_platforms_and_spreadsheets_write_them);
	tcase_add_test(tests, rosters_in_utf16_are_read_and_told);
	tcase_add_test(tests, a_gradebook_with_many_columns_is_a_roster);
	tcase_add_test(tests, a_row_is_found_as_platforms_name_people);
	tcase_add_test(tests, a_broken_roster_is_told_with_its_line);
}

int main(void)
{
	return scratch_run("batch", add);
}
