#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "escape.h"
#include "result_json.h"
#include "text.h"
#include "translate.h"

enum { KEY_BYTES_MAX = 180 };

/* ---- keys ---- */

/* FNV-1a, 64 bits (Fowler, Noll, Vo 1991): tells apart long names that begin alike. */
static uint64_t hash_name(const char *name)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
	return hash;
}

static bool is_trouble(uint32_t code, bool first)
{
	return code < 0x20 || code == 0x7f || (code >= 0x80 && code < 0xa0) || code == '/' || code == '\\' ||
	       code == '%' || (first && (code == '.' || code == '-')) || (code >= 0x2000 && code <= 0x206f) ||
	       code == 0xfeff;
}

char *store_key(const char *name)
{
	struct text text = { 0 };
	for (const char *at = name; *at != '\0';) {
		uint32_t code;
		size_t length = utf8_decode(at, &code);
		bool trouble = length == 0 || is_trouble(code, at == name);
		length = length == 0 ? 1 : length;
		if (text.length + 3 * length > KEY_BYTES_MAX) {
			text_printf(&text, "%%%016llx", (unsigned long long)hash_name(name));
			break;
		}
		for (size_t i = 0; trouble && i < length; i++)
			text_printf(&text, "%%%02x", (unsigned char)at[i]);
		if (!trouble)
			text_append(&text, at, length);
		at += length;
	}
	if (text.length == 0)
		text_add(&text, "%");
	return text_take(&text);
}

/* ---- writing ---- */

static char *path_of(const char *folder, const char *key, bool error)
{
	return xasprintf("%s/%s%s.json", folder, error ? "errors/" : "", key);
}

int store_open(const char *folder, struct fault *fault)
{
	char *errors = xasprintf("%s/errors", folder);
	int r = 0;
	if ((mkdir(folder, 0777) < 0 && errno != EEXIST) || (mkdir(errors, 0777) < 0 && errno != EEXIST) ||
	    access(folder, W_OK) < 0)
		r = fault_machine(fault, errno, _("the results folder %s cannot be written"), folder);
	free(errors);
	return r;
}

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		bytes += written;
		length -= (size_t)written;
	}
	return 0;
}

/* So that the rename itself survives a crash of the machine. */
static void sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

static int replace_file(const char *path, const char *bytes)
{
	char *temporary = xasprintf("%s.%d.tmp", path, (int)getpid());
	int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), r = fd < 0 ? -errno : 0;
	if (r == 0)
		r = write_all(fd, bytes, strlen(bytes));
	if (r == 0 && fsync(fd) < 0)
		r = -errno;
	if (fd >= 0 && close(fd) < 0 && r == 0)
		r = -errno;
	if (r == 0 && rename(temporary, path) < 0)
		r = -errno;
	if (r < 0 && fd >= 0)
		unlink(temporary);
	free(temporary);
	return r;
}

int store_write(const char *folder, const struct result *result, struct fault *fault)
{
	bool error = result->verdict == VERDICT_ERROR;
	char *path = path_of(folder, result->student.key, error);
	char *old_error = path_of(folder, result->student.key, true);
	json_t *root = result_to_json(result, RESULT_JSON_WITH_SOURCE);
	char *bytes = root != NULL ? json_dumps(root, JSON_INDENT(1)) : NULL;
	int r = bytes != NULL ? replace_file(path, bytes) : -ENOMEM;
	if (r == 0 && !error)
		unlink(old_error);
	sync_folder(folder);
	if (r < 0)
		r = fault_machine(fault, -r, _("the result %s cannot be written"), path);
	free(bytes);
	json_decref(root);
	free(old_error);
	free(path);
	return r;
}

/* ---- reading ---- */

static struct result *read_file(const char *path, const char **problem)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error);
	struct result *result = NULL;
	*problem = _("it is no JSON");
	if (root != NULL)
		result = result_from_json(root, problem);
	json_decref(root);
	if (result != NULL && result->student.key == NULL) {
		*problem = _("it does not say whose it is");
		result_destroy(result);
		result = NULL;
	}
	return result;
}

struct result *store_read(const char *folder, const char *key)
{
	const char *problem;
	char *path = path_of(folder, key, false);
	struct result *result = read_file(path, &problem);
	free(path);
	return result;
}

static int is_result_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && text_ends(entry->d_name, ".json");
}

struct list {
	struct result **results;
	size_t n, capacity;
};

static void add_result(struct list *list, struct result *result)
{
	if (list->n == list->capacity) {
		list->capacity = 2 * list->capacity + 64;
		list->results = xrealloc(list->results, list->capacity * sizeof(*list->results));
	}
	list->results[list->n++] = result;
}

static int read_into(struct list *list, const char *path, enum store_extent extent, struct fault *fault)
{
	const char *problem;
	struct result *result = read_file(path, &problem);
	if (result == NULL)
		return fault_exercise(fault, _("%s is not a result: %s. %s"), path, problem,
				      _("Remove it, and grade that submission again."));
	if (extent == STORE_POINTS)
		result_keep_points(result);
	add_result(list, result);
	return 0;
}

/* Reads the results of one folder, in the order of their files' names. */
static int read_folder(const char *folder, enum store_extent extent, struct list *list, struct fault *fault)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_result_file, alphasort), r = 0;
	if (n < 0)
		return fault_machine(fault, errno, _("the results folder %s cannot be read"), folder);
	for (int i = 0; i < n; i++) {
		char *path = xasprintf("%s/%s", folder, entries[i]->d_name);
		if (r == 0)
			r = read_into(list, path, extent, fault);
		free(path);
		free(entries[i]);
	}
	free(entries);
	return r;
}

/* What ‘syncgrade grade --format json’ has written says nothing of a student: it is known by what was handed in. */
static struct result *grade_from_json(const json_t *root, const char **problem)
{
	struct result *result = result_from_json(root, problem);
	if (result != NULL && result->student.key == NULL) {
		result->student.key = store_key(result->submission);
		if (strcmp(result->student.key, result->submission) != 0)
			text_replace(&result->student.name, xstrdup(result->submission));
	}
	return result;
}

/* A file with one result, or with several, one after the other. */
static int read_grades(const char *path, enum store_extent extent, struct list *list, struct fault *fault)
{
	const char *problem = _("it is no JSON");
	FILE *in = fopen(path, "re");
	struct result *result = NULL;
	json_error_t error;
	if (in == NULL)
		return fault_machine(fault, errno, _("%s cannot be read"), path);
	do {
		json_t *root = json_loadf(in, JSON_DISABLE_EOF_CHECK, &error);
		result = root != NULL ? grade_from_json(root, &problem) : NULL;
		json_decref(root);
		if (result != NULL && extent == STORE_POINTS)
			result_keep_points(result);
		if (result != NULL)
			add_result(list, result);
	} while (result != NULL && fscanf(in, " ") == 0 && !feof(in));
	fclose(in);
	return result != NULL ? 0
			      : fault_exercise(fault, _("%s is not a result: %s. %s"), path, problem,
					       _("Results are what ‘syncgrade batch’ and ‘grade --format json’ have "
						 "written."));
}

struct numbered {
	struct result *result;
	size_t number;
};

static int by_key(const void *a, const void *b)
{
	const struct numbered *one = a, *other = b;
	int order = strcmp(one->result->student.key, other->result->student.key);
	return order != 0 ? order : (one->number > other->number) - (one->number < other->number);
}

/* By key; of those with one key, the first that was read stays: a grade before an error. */
static void sort_list(struct list *list)
{
	struct numbered *all = xcalloc(list->n + 1, sizeof(*all));
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		all[i] = (struct numbered){ list->results[i], i };
	if (list->n > 1)
		qsort(all, list->n, sizeof(*all), by_key);
	for (size_t i = 0; i < list->n; i++) {
		if (n > 0 && strcmp(list->results[n - 1]->student.key, all[i].result->student.key) == 0)
			result_destroy(all[i].result);
		else
			list->results[n++] = all[i].result;
	}
	list->n = n;
	free(all);
}

/* ---- names only ---- */

char **store_keys(const char *folder, size_t *n)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_result_file, alphasort);
	char **keys = xcalloc(count > 0 ? (size_t)count : 1, sizeof(*keys));
	*n = 0;
	for (int i = 0; i < count; i++) {
		keys[(*n)++] = xstrndup(entries[i]->d_name, strlen(entries[i]->d_name) - strlen(".json"));
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return keys;
}

/* ---- all ---- */

int store_read_all(const char *folder, enum store_extent extent, struct result ***results, size_t *n,
		   struct fault *fault)
{
	struct list list = { 0 };
	struct stat status;
	char *errors = xasprintf("%s/errors", folder);
	bool one = stat(folder, &status) == 0 && S_ISREG(status.st_mode);
	int r = one ? read_grades(folder, extent, &list, fault) : read_folder(folder, extent, &list, fault);
	if (r == 0 && access(errors, F_OK) == 0)
		r = read_folder(errors, extent, &list, fault);
	free(errors);
	if (r < 0) {
		for (size_t i = 0; i < list.n; i++)
			result_destroy(list.results[i]);
		free(list.results);
		return r;
	}
	sort_list(&list);
	*results = list.results;
	*n = list.n;
	return 0;
}
