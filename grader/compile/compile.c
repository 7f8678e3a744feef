#include "compile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>

#include "clock.h"
#include "process.h"
#include "text.h"
#include "translate.h"

#define WALL_MS_STANDARD 30000u
#define OUTPUT_BYTES_STANDARD 65536u
#define DISK_BYTES_LEAST (1024u * 1024u)

/* One build: what is the same for its processes. */
struct build {
	const struct compile_options *options;
	const char *compiler;
	const char *directory;
	char *source, *object, *library; /* as the command line names them, in the directory */
	char *environment[4];
	uint64_t deadline_ms;
	struct capture words;
};

struct arguments {
	char **list; /* NULL-terminated */
	size_t count;
};

static void add(struct arguments *arguments, char *argument)
{
	arguments->list = xrealloc(arguments->list, (arguments->count + 2) * sizeof(*arguments->list));
	arguments->list[arguments->count++] = argument;
	arguments->list[arguments->count] = NULL;
}

static void add_all(struct arguments *arguments, const char *const *strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(arguments, xstrdup(strings[i]));
}

static void arguments_fini(struct arguments *arguments)
{
	for (size_t i = 0; i < arguments->count; i++)
		free(arguments->list[i]);
	free(arguments->list);
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const compile_flags[] = {
	"-std=gnu17",
	"-O1",
	"-g",
	"-fPIC",
	"-fsanitize=thread",
	/* What gcc expands in line it does not instrument; a call can be seen. */
	"-fno-builtin-memset",
	"-fno-builtin-memcpy",
	"-fno-builtin-memmove",
	"-fno-builtin-bzero",
	"-fno-builtin-strcpy",
	"-fno-builtin-strncpy",
	"-fno-builtin-strcat",
	"-fno-omit-frame-pointer",
	"-pthread",
	"-Wall",
	/* gcc warns that TSan does not know fences; the explorer does. */
	"-Wno-tsan",
	"-fdiagnostics-color=never",
	"-fmax-errors=20",
};

static struct arguments compile_command(const struct build *build)
{
	const struct compile_options *options = build->options;
	struct arguments command = { 0 };
	add(&command, xstrdup(build->compiler));
	add_all(&command, compile_flags, COUNT(compile_flags));
	add(&command, xasprintf("-ffile-prefix-map=%s=.", build->directory));
	if (options->include_dir != NULL)
		add(&command, xasprintf("-I%s", options->include_dir));
	add_all(&command, options->flags, options->n_flags);
	add(&command, xstrdup("-c"));
	add(&command, xstrdup("-o"));
	add(&command, xstrdup(build->object));
	add(&command, xstrdup(build->source));
	return command;
}

static int is_link_flag(const char *flag)
{
	return strncmp(flag, "-l", 2) == 0 || strncmp(flag, "-L", 2) == 0 || strncmp(flag, "-Wl,", 4) == 0;
}

/* Without -fsanitize=thread, so that no libtsan is linked. */
static struct arguments link_command(const struct build *build)
{
	const struct compile_options *options = build->options;
	struct arguments command = { 0 };
	const char *const first[] = { build->compiler, "-shared", "-pthread", "-o", build->library, build->object };
	add_all(&command, first, COUNT(first));
	for (size_t i = 0; i < options->n_flags; i++) {
		if (is_link_flag(options->flags[i]))
			add(&command, xstrdup(options->flags[i]));
	}
	return command;
}

/* Every compiler's failure looks like the source's fault; a full disk is not. */
static int disk_is_full(const struct build *build)
{
	struct statvfs disk;
	return statvfs(build->directory, &disk) == 0 && disk.f_bavail * disk.f_frsize < DISK_BYTES_LEAST;
}

static int run(struct build *build, struct arguments *command, struct fault *fault)
{
	struct compile_process process = {
		.argv = command->list,
		.environment = build->environment,
		.directory = build->directory,
	};
	struct process_end end = { 0 };
	int r = process_run(build->options, &process, build->deadline_ms, &build->words, &end);
	if (r == -ENOENT)
		return fault_machine(fault, ENOENT, _("%s: the compiler is not installed"), build->compiler), -ENOENT;
	if (r < 0)
		return fault_machine(fault, -r, _("%s: the compiler cannot be started"), build->compiler);
	if (end.timed_out) {
		fault_submission(fault, _("%s: compiling takes too long; it was stopped"), build->source);
		return -ETIMEDOUT;
	}
	if (WIFEXITED(end.status) && WEXITSTATUS(end.status) == 0)
		return 0;
	if (disk_is_full(build))
		return fault_machine(fault, ENOSPC, _("%s: cannot be compiled"), build->source);
	if (WIFSIGNALED(end.status))
		return fault_submission(fault, _("%s: the compiler was killed by %s"), build->source,
					strsignal(WTERMSIG(end.status)));
	return fault_submission(fault, _("%s: does not compile"), build->source);
}

static int run_command(struct build *build, struct arguments command, struct fault *fault)
{
	int r = run(build, &command, fault);
	arguments_fini(&command);
	return r;
}

/* "gcc (Debian 12.2.0-14) 12.2.0"; says early if there is no compiler at all. */
static int read_version(struct build *build, struct compile_result *result, struct fault *fault)
{
	struct arguments command = { 0 };
	add(&command, xstrdup(build->compiler));
	add(&command, xstrdup("--version"));
	int r = run_command(build, command, fault);
	char *words = capture_take(&build->words);
	capture_init(&build->words,
		     build->options->output_bytes_max != 0 ? build->options->output_bytes_max : OUTPUT_BYTES_STANDARD);
	if (r == 0)
		result->compiler = xstrndup(words, strcspn(words, "\n"));
	else if (fault->owner == FAULT_SUBMISSION)
		r = fault_machine(fault, EIO, _("%s --version: fails"), build->compiler);
	free(words);
	return r;
}

/* Cuts every `prefix` out. */
static void remove_all(char **words, const char *prefix)
{
	size_t length = strlen(prefix);
	struct text kept = { 0 };
	const char *rest = *words;
	for (const char *hit; (hit = strstr(rest, prefix)) != NULL; rest = hit + length)
		text_append(&kept, rest, (size_t)(hit - rest));
	text_add(&kept, rest);
	text_replace(words, text_take(&kept));
}

static char *take_words(struct build *build)
{
	char *words = capture_take(&build->words);
	char *private = xasprintf("%s/", build->directory);
	remove_all(&words, private);
	free(private);
	if (build->options->include_dir != NULL) {
		char *include = xasprintf("%s/", build->options->include_dir);
		remove_all(&words, include);
		free(include);
	}
	size_t length = strlen(words);
	while (length > 0 && words[length - 1] == '\n')
		words[--length] = '\0';
	return words;
}

static void build_init(struct build *build, const char *directory, const char *file_name,
		       const struct compile_options *options, uint64_t begin_ms)
{
	/* A name must not be taken for an option or a file of options. */
	/* -x, @x and =x mean something to gcc or ld. */
	const char *guard = strchr("-@=", file_name[0]) != NULL ? "./" : "";
	int stem = (int)(strlen(file_name) - strlen(".c"));
	*build = (struct build){
		.options = options,
		.compiler = options->compiler != NULL ? options->compiler : "gcc",
		.directory = directory,
		.source = xasprintf("%s%s", guard, file_name),
		.object = xasprintf("%s%.*s.o", guard, stem, file_name),
		.library = xasprintf("%s%.*s.so", guard, stem, file_name),
		.environment = { xstrdup("PATH=/usr/local/bin:/usr/bin:/bin"), xstrdup("LC_ALL=C"),
				 xasprintf("TMPDIR=%s", directory), NULL },
		.deadline_ms = begin_ms + (options->wall_ms != 0 ? options->wall_ms : WALL_MS_STANDARD),
	};
	capture_init(&build->words, options->output_bytes_max != 0 ? options->output_bytes_max : OUTPUT_BYTES_STANDARD);
}

static void build_fini(struct build *build)
{
	for (size_t i = 0; build->environment[i] != NULL; i++)
		free(build->environment[i]);
	free(build->source);
	free(build->object);
	free(build->library);
}

static int take_library(const struct build *build, struct compile_result *result, struct fault *fault)
{
	char *path = xasprintf("%s/%s", build->directory, build->library);
	if (chmod(path, 0400) < 0) {
		int r = fault_machine(fault, errno, _("%s: the compiler left no object"), build->source);
		free(path);
		return r;
	}
	result->path = path;
	return 0;
}

int compile_source(const char *directory, const char *file_name, const struct compile_options *options,
		   struct compile_result *result, struct fault *fault)
{
	uint64_t begin_ms = monotonic_ms();
	struct build build;
	*result = (struct compile_result){ 0 };
	build_init(&build, directory, file_name, options, begin_ms);
	int r;
	if ((r = read_version(&build, result, fault)) == 0 &&
	    (r = run_command(&build, compile_command(&build), fault)) == 0 &&
	    (r = run_command(&build, link_command(&build), fault)) == 0)
		r = take_library(&build, result, fault);
	result->words = take_words(&build);
	if (r < 0 && fault->owner == FAULT_SUBMISSION && *result->words != '\0')
		text_replace(&fault->message, xasprintf("%s\n%s", fault->message, result->words));
	build_fini(&build);
	result->duration_ms = monotonic_ms() - begin_ms;
	return r;
}

void compile_result_free(struct compile_result *result)
{
	free(result->path);
	free(result->words);
	free(result->compiler);
	*result = (struct compile_result){ 0 };
}
