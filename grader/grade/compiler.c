#include "compiler.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

/* gcc takes a tenth of these for a lock. */
static const struct launch_limits limits = {
	.file_kib = 64 * 1024,
	.files = 256,
	.memory_kib = 2 * 1024 * 1024,
	.address_kib = 2 * 1024 * 1024,
	.tasks = 64,
};

/* As a shell finds it in PATH. The caller owns it; NULL: there is none. */
static char *find_program(const char *name, char *const *environment)
{
	char *found = NULL, *path = NULL, *state;
	if (strchr(name, '/') != NULL)
		return access(name, X_OK) == 0 ? xstrdup(name) : NULL;
	for (size_t i = 0; environment[i] != NULL && path == NULL; i++) {
		if (strncmp(environment[i], "PATH=", 5) == 0)
			path = xstrdup(environment[i] + 5);
	}
	for (char *folder = path != NULL ? strtok_r(path, ":", &state) : NULL; folder != NULL && found == NULL;
	     folder = strtok_r(NULL, ":", &state)) {
		char *candidate = xasprintf("%s/%s", folder, name);
		if (access(candidate, X_OK) == 0)
			found = candidate;
		else
			free(candidate);
	}
	free(path);
	return found;
}

int compiler_start(void *context, const struct compile_process *process, pid_t *pid)
{
	struct compiler *compiler = context;
	const char *readable[] = { compiler->include_dir, compiler->own_include, NULL }, *stage;
	char *path = find_program(process->argv[0], process->environment);
	if (path == NULL)
		return -ENOENT;
	struct launch launch = {
		.sandbox = compiler->sandbox,
		.path = path,
		.argv = (const char *const *)process->argv,
		.envp = (const char *const *)process->environment,
		.folder = process->directory,
		.folder_writable = true,
		.compiler = true,
		.readable = readable,
		.output_fd = process->output_fd,
		.wire_fd = -1,
		.board_fd = -1,
		.limits = limits,
	};
	launch.limits.cpu_ms = process->cpu_ms;
	int r = launch_start(&launch, &compiler->child, &stage);
	if (r == 0)
		*pid = compiler->child.pid;
	free(path);
	return r;
}

int compiler_end(void *context, pid_t pid, uint64_t *cpu_ms)
{
	(void)pid;
	struct compiler *compiler = context;
	launch_kill(&compiler->child);
	struct child_end end = launch_reap(&compiler->child);
	*cpu_ms = end.cpu_ms;
	return end.status;
}
