#include "scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

#define PATHS_MAX 1024

/* Check runs each test in a process of its own. */
static char *folder;
static char *paths[PATHS_MAX];
static size_t n_paths;

const char scratch_ticket[] =
    "#include <stdatomic.h>\n"
    "#include <syncgrade/lock.h>\n"
    "struct lock { atomic_uint next, serving; };\n"
    "static int init(struct lock *l, unsigned threads)\n"
    "{ (void)threads; atomic_init(&l->next, 0); atomic_init(&l->serving, 0); return 0; }\n"
    "static void acquire(struct lock *l, unsigned self)\n"
    "{ (void)self; unsigned t = atomic_fetch_add(&l->next, 1); while (atomic_load(&l->serving) != t) { } }\n"
    "static void release(struct lock *l, unsigned self)\n"
    "{ (void)self; atomic_fetch_add(&l->serving, 1); }\n"
    "const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock),\n"
    "\t.init = init, .acquire = acquire, .release = release };\n";

static const char *keep(char *path)
{
	ck_assert_uint_lt(n_paths, PATHS_MAX);
	return paths[n_paths++] = path;
}

const char *scratch_begin(void)
{
	const char *base = getenv("TMPDIR");
	folder = xasprintf("%s/syncgrade-unit-XXXXXX", base != NULL ? base : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	return folder;
}

void scratch_forget(void)
{
	while (n_paths > 0)
		free(paths[--n_paths]);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

void scratch_end(void)
{
	nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	scratch_forget();
	free(folder);
	folder = NULL;
}

const char *scratch_path(const char *name)
{
	return keep(xasprintf("%s/%s", folder, name));
}

const char *scratch_write_bytes(const char *name, const void *bytes, size_t length)
{
	const char *path = scratch_path(name);
	for (const char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		char *parent = xstrndup(path, (size_t)(slash - path));
		ck_assert(mkdir(parent, 0700) == 0 || errno == EEXIST);
		free(parent);
	}
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
	return path;
}

const char *scratch_write(const char *name, const char *text)
{
	return scratch_write_bytes(name, text, strlen(text));
}

unsigned char *scratch_read(const char *path, size_t *length)
{
	FILE *file = fopen(path, "r");
	struct stat status;
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fstat(fileno(file), &status), 0);
	*length = (size_t)status.st_size;
	unsigned char *bytes = xcalloc(*length, 1);
	ck_assert_uint_eq(fread(bytes, 1, *length, file), *length);
	fclose(file);
	return bytes;
}

const char *scratch_build_with(const char *compiler, const char *name, const char *source, const char *flags)
{
	char *source_name = xasprintf("%s.c", name);
	scratch_write(source_name, source);
	char *command = xasprintf("cd '%s' && %s -shared -fPIC -g -O1 -w '-I%s' %s -o '%s' '%s'", folder, compiler,
				  SG_INCLUDE_DIR, flags, name, source_name);
	ck_assert_msg(system(command) == 0, "fails: %s", command);
	free(command);
	free(source_name);
	return scratch_path(name);
}

const char *scratch_build(const char *name, const char *source, const char *flags)
{
	return scratch_build_with("gcc", name, source, flags);
}

bool contains(const char *text, const char *part)
{
	return text != NULL && strstr(text, part) != NULL;
}

static void begin(void)
{
	scratch_begin();
}

int scratch_run(const char *name, void (*add)(TCase *))
{
	Suite *suite = suite_create(name);
	TCase *tests = tcase_create(name);
	tcase_add_checked_fixture(tests, begin, scratch_end);
	tcase_set_timeout(tests, 120);
	add(tests);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
