#include "subjects.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "translate.h"

static int is_plugin(const struct dirent *entry)
{
	const char *ending = strrchr(entry->d_name, '.');
	return entry->d_name[0] != '.' && ending != NULL && (strcmp(ending, ".c") == 0 || strcmp(ending, ".so") == 0);
}

static int add(struct subject_list *subjects, const char *folder, const char *file, bool solution, struct fault *fault)
{
	int stem = (int)(strrchr(file, '.') - file);
	char *path = xasprintf("%s/%.*s.yaml", folder, stem, file);
	struct expectation *expectation = NULL;
	int r = 0;
	if (access(path, F_OK) == 0) {
		expectation = expectation_read(path, fault);
		r = expectation != NULL ? 0 : -EINVAL;
	} else if (!solution) {
		r = fault_exercise(fault,
				   _("%s/%s: a mutant needs to say which checks it fails, in %.*s.yaml beside it"),
				   folder, file, stem, file);
	}
	free(path);
	if (r < 0)
		return r;
	subjects->list = xrealloc(subjects->list, (subjects->n + 1) * sizeof(*subjects->list));
	subjects->list[subjects->n++] = (struct subject){
		.name = xasprintf("%s/%.*s", solution ? "solutions" : "mutants", stem, file),
		.path = xasprintf("%s/%s", folder, file),
		.solution = solution,
		.expectation = expectation,
	};
	return 0;
}

static int add_folder(struct subject_list *subjects, const char *folder, bool solution, struct fault *fault)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_plugin, alphasort), r = 0;
	if (n < 0)
		return errno == ENOENT ? 0 : fault_machine(fault, errno, "%s", folder);
	for (int i = 0; i < n; i++) {
		if (r == 0)
			r = add(subjects, folder, entries[i]->d_name, solution, fault);
		free(entries[i]);
	}
	free(entries);
	return r;
}

int subjects_read(const char *solutions, const char *mutants, struct subject_list *subjects, struct fault *fault)
{
	*subjects = (struct subject_list){ 0 };
	int r = add_folder(subjects, solutions, true, fault);
	return r < 0 ? r : add_folder(subjects, mutants, false, fault);
}

void subjects_add_starter(struct subject_list *subjects, const char *exercise_folder)
{
	char *path = xasprintf("%s/starter.c", exercise_folder);
	if (access(path, F_OK) < 0) {
		free(path);
		return;
	}
	subjects->list = xrealloc(subjects->list, (subjects->n + 1) * sizeof(*subjects->list));
	subjects->list[subjects->n++] = (struct subject){ .name = xstrdup("starter"), .path = path, .starter = true };
}

void subjects_free(struct subject_list *subjects)
{
	for (size_t i = 0; i < subjects->n; i++) {
		struct subject *subject = &subjects->list[i];
		free(subject->name);
		free(subject->path);
		expectation_free(subject->expectation);
		result_destroy(subject->result);
		free(subject->complaints);
		free(subject->differs);
	}
	free(subjects->list);
	*subjects = (struct subject_list){ 0 };
}
