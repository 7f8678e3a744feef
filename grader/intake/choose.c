#include "choose.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "translate.h"

#define NAMES_SHOWN 8u

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

int listing_init(struct listing *listing, int directory_fd, const char *suffix)
{
	*listing = (struct listing){ 0 };
	int fd = openat(directory_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
	if (directory == NULL) {
		int error = errno;
		if (fd >= 0)
			close(fd);
		return -error;
	}
	for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
		if (entry->d_name[0] == '.' || !text_ends(entry->d_name, suffix))
			continue;
		listing->names = xrealloc(listing->names, (listing->n_names + 1) * sizeof(*listing->names));
		listing->names[listing->n_names++] = xstrdup(entry->d_name);
	}
	closedir(directory);
	if (listing->n_names > 1)
		qsort(listing->names, listing->n_names, sizeof(*listing->names), compare_names);
	return 0;
}

void listing_fini(struct listing *listing)
{
	for (size_t i = 0; i < listing->n_names; i++)
		free(listing->names[i]);
	free(listing->names);
	*listing = (struct listing){ 0 };
}

static void add_names(struct text *text, const struct listing *listing)
{
	for (size_t i = 0; i < listing->n_names && i < NAMES_SHOWN; i++)
		text_printf(text, "%s%s", text->length > 0 ? ", " : "", listing->names[i]);
	if (listing->n_names > NAMES_SHOWN)
		text_printf(text, _(" and %zu more"), listing->n_names - NAMES_SHOWN);
}

/* x.so beside x.c was built from it, presumably: the source says more. */
static bool same_stem(const char *source, const char *object)
{
	size_t stem = strlen(source) - strlen(".c");
	return strlen(object) == stem + strlen(".so") && strncmp(source, object, stem) == 0;
}

static int choose(const struct listing *sources, const struct listing *objects, const char *path, char **file_name,
		  struct fault *fault)
{
	size_t n_sources = sources->n_names, n_objects = objects->n_names;
	if (n_sources + n_objects == 0)
		return fault_submission(fault, _("%s: the folder holds neither a .c nor a .so file"), path);
	if (n_sources == 1 && (n_objects == 0 || (n_objects == 1 && same_stem(sources->names[0], objects->names[0])))) {
		*file_name = xstrdup(sources->names[0]);
		return 0;
	}
	if (n_sources == 0 && n_objects == 1) {
		*file_name = xstrdup(objects->names[0]);
		return 0;
	}
	struct text names = { 0 };
	add_names(&names, sources);
	add_names(&names, objects);
	int r = fault_submission(fault,
				 _("%s: the folder holds several files that could be the submission (%s); "
				   "name the one that is meant, or leave just that one in the folder"),
				 path, names.data);
	text_free(&names);
	return r;
}

int choose_file(int directory_fd, const char *path, char **file_name, struct fault *fault)
{
	struct listing sources = { 0 }, objects = { 0 };
	int r;
	if ((r = listing_init(&sources, directory_fd, ".c")) < 0 ||
	    (r = listing_init(&objects, directory_fd, ".so")) < 0)
		r = fault_machine(fault, -r, _("%s: the folder cannot be read"), path);
	else
		r = choose(&sources, &objects, path, file_name, fault);
	listing_fini(&sources);
	listing_fini(&objects);
	return r;
}
