#include "changed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file_names.h"
#include "look.h"
#include "text.h"
#include "translate.h"

struct list {
	char **paths;
	size_t n;
};

static void add(struct list *list, const char *path)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->paths[i], path) == 0)
			return;
	}
	list->paths = xrealloc(list->paths, (list->n + 2) * sizeof(*list->paths));
	list->paths[list->n++] = xstrdup(path);
	list->paths[list->n] = NULL;
}

/* A source that is no submission (a helper, a test) defines no descriptor. */
static bool is_submission(const char *path)
{
	struct source_facts facts;
	if (file_kind(path) == FILE_OBJECT)
		return access(path, F_OK) == 0;
	bool defines = file_is_source(path) && look_at_source(AT_FDCWD, path, &facts) &&
		       (facts.defines != NULL || (facts.mentions != NULL && !facts.has_main));
	if (file_is_source(path))
		source_facts_free(&facts);
	return defines;
}

/* A header, or a source that is compiled with another. */
static bool belongs_to_others(const char *path)
{
	return file_kind(path) == FILE_HEADER || (file_is_source(path) && !is_submission(path));
}

static void add_beside(struct list *list, const char *part)
{
	char *copy = xstrdup(part), *folder = dirname(copy);
	DIR *directory = opendir(folder);
	for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
		char *path =
		    strcmp(folder, ".") == 0 ? xstrdup(entry->d_name) : xasprintf("%s/%s", folder, entry->d_name);
		if (file_is_source(path) && is_submission(path))
			add(list, path);
		free(path);
	}
	if (directory != NULL)
		closedir(directory);
	free(copy);
}

/* Starts git with its output in a pipe. Returns the descriptor to read, or -1. */
static int start_git(const char *revision, char *const *folders, size_t n, int words_fd, pid_t *pid)
{
	int pipe_fds[2];
	char *range = xasprintf("%s...HEAD", revision);
	const char **argv = xcalloc(n + 16, sizeof(*argv));
	size_t argc = 0;
	static const char *const first[] = { "git",        "diff",         "--name-only",     "-z",
					     "--relative", "--no-renames", "--diff-filter=AM" };
	for (; argc < sizeof(first) / sizeof(first[0]); argc++)
		argv[argc] = first[argc];
	/* A revision that begins with a dash is no option. */
	argv[argc++] = "--end-of-options";
	argv[argc++] = range;
	argv[argc++] = "--";
	for (size_t i = 0; i < n; i++)
		argv[argc++] = folders[i];
	if (n == 0)
		argv[argc++] = ".";
	if (pipe2(pipe_fds, O_CLOEXEC) < 0) {
		free(range);
		free(argv);
		return -1;
	}
	*pid = fork();
	if (*pid == 0) {
		dup2(pipe_fds[1], STDOUT_FILENO);
		if (words_fd >= 0)
			dup2(words_fd, STDERR_FILENO);
		execvp("git", (char *const *)argv);
		_exit(127);
	}
	close(pipe_fds[1]);
	free(range);
	free(argv);
	return pipe_fds[0];
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* git's reason, which is a line that begins so; its usage is none. The caller owns it. */
static char *reason_of(int words_fd)
{
	static const char *const begins[] = { "fatal: ", "error: ", "warning: " };
	char words[4096];
	ssize_t length = words_fd >= 0 ? pread(words_fd, words, sizeof(words) - 1, 0) : 0;
	words[length > 0 ? length : 0] = '\0';
	for (const char *line = words; line != NULL && *line != '\0';) {
		size_t end = strcspn(line, "\n");
		for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
			if (strncmp(line, begins[i], strlen(begins[i])) == 0)
				return xasprintf(": %.*s", (int)(end - strlen(begins[i])), line + strlen(begins[i]));
		}
		line += end + (line[end] == '\n');
	}
	return xstrdup("");
}

char **changed_submissions(const char *revision, char *const *folders, size_t n, struct fault *fault)
{
	struct list list = { .paths = xcalloc(1, sizeof(char *)) };
	pid_t pid = -1;
	int words_fd = memfd_create("git", MFD_CLOEXEC);
	int status = 0, fd = start_git(revision, folders, n, words_fd, &pid);
	FILE *output = fd >= 0 && pid > 0 ? fdopen(fd, "r") : NULL;
	char *path = NULL;
	size_t capacity = 0;
	while (output != NULL && getdelim(&path, &capacity, '\0', output) > 0) {
		if (belongs_to_others(path))
			add_beside(&list, path);
		else if (is_submission(path))
			add(&list, path);
	}
	free(path);
	if (output != NULL)
		fclose(output);
	if (pid > 0)
		waitpid(pid, &status, 0);
	if (output == NULL || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		char *reason = reason_of(words_fd);
		fault_exercise(fault, _("--changed-since %s: git cannot tell what has changed%s"), revision,
			       WIFEXITED(status) && WEXITSTATUS(status) == 127 ? _(" (there is no git)") : reason);
		free(reason);
		for (size_t i = 0; i < list.n; i++)
			free(list.paths[i]);
		free(list.paths);
		if (words_fd >= 0)
			close(words_fd);
		return NULL;
	}
	if (words_fd >= 0)
		close(words_fd);
	if (list.n > 1)
		qsort(list.paths, list.n, sizeof(*list.paths), by_name);
	return list.paths;
}
