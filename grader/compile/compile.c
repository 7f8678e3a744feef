#include "compile.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "process.h"
#include "source.h"
#include "subscript.h"
#include "text.h"
#include "translate.h"

#define CPU_MS_STANDARD 30000u
#define WALL_MS_STANDARD 600000u
#define OUTPUT_BYTES_STANDARD 65536u
#define SOURCE_BYTES_LOOKED_AT 262144u
#define DISK_BYTES_LEAST (1024u * 1024u)

/* A source and what becomes of it, as the command line names them. */
struct unit {
	char *source, *object;
	bool cxx, needed, built;
	char *text; /* of one that may be needed */
};

/* One build: what is the same for its processes. */
struct build {
	const struct compile_options *options;
	const char *directory;
	char *library; /* as the command line names it, in the directory */
	struct unit *units;
	size_t n_units;
	char *environment[4];
	uint64_t cpu_ms, cpu_left_ms, deadline_ms;
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
	/* What a distribution's compiler adds of itself: imports that no exercise speaks of. */
	"-U_FORTIFY_SOURCE",
	"-fno-stack-protector",
	/* gcc warns that TSan does not know fences; the explorer does. */
	"-Wno-tsan",
	"-fdiagnostics-color=never",
	"-fmax-errors=20",
};

static const char *compiler_of(const struct build *build, bool cxx)
{
	return build->options->compiler != NULL ? build->options->compiler : cxx ? "g++" : "gcc";
}

/* A name must not be taken for an option or a file of options: -x, @x and =x mean something to gcc or ld. */
static char *named(const char *inner, const char *ending)
{
	return xasprintf("%s%s%s", strchr("-@=", inner[0]) != NULL ? "./" : "", inner, ending);
}

static struct arguments compile_command(const struct build *build, const struct unit *unit)
{
	const struct compile_options *options = build->options;
	struct arguments command = { 0 };
	add(&command, xstrdup(compiler_of(build, unit->cxx)));
	add(&command, xstrdup(unit->cxx ? "-std=gnu++23" : "-std=gnu17"));
	add_all(&command, compile_flags, COUNT(compile_flags));
	/* With waiting on atomics, libstdc++ 12's semaphores sleep for ever now and then (its bug 104928). */
	if (unit->cxx)
		add(&command, xstrdup("-D_GLIBCXX_USE_POSIX_SEMAPHORE=1"));
	add(&command, xasprintf("-ffile-prefix-map=%s=.", build->directory));
	if (options->own_include != NULL)
		add(&command, xasprintf("-I%s", options->own_include));
	if (options->include_dir != NULL)
		add(&command, xasprintf("-I%s", options->include_dir));
	/* Waiting on atomics as C++ promises it: libstdc++'s is weaker than that, in the memory model alone. */
	if (unit->cxx && options->include_dir != NULL)
		add(&command, xasprintf("-isystem%s/libstdc++", options->include_dir));
	for (size_t i = 0; i < options->n_folders; i++)
		add(&command, xasprintf("-I./%s", options->folders[i]));
	add_all(&command, options->flags, options->n_flags);
	add(&command, xstrdup("-c"));
	add(&command, xstrdup("-o"));
	add(&command, xstrdup(unit->object));
	add(&command, xstrdup(unit->source));
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
	bool cxx = false;
	for (size_t i = 0; i < build->n_units; i++)
		cxx = cxx || (build->units[i].built && build->units[i].cxx);
	const char *const first[] = { compiler_of(build, cxx), "-shared", "-pthread", "-o", build->library };
	add_all(&command, first, COUNT(first));
	for (size_t i = 0; i < build->n_units; i++) {
		if (build->units[i].built)
			add(&command, xstrdup(build->units[i].object));
	}
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

/* cc1's end by SIGKILL comes as the driver's words: nothing of ours kills it but the deadline, which is known. */
static bool was_killed(struct build *build, int status)
{
	static const char words[] = "Killed signal terminated program";
	return (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) || capture_has(&build->words, words);
}

/* A limit below ours, which is larger than anything that a plugin needs. */
static bool is_outer_limit(struct build *build, int status)
{
	static const char words[] = "File size limit exceeded signal terminated program";
	struct rlimit file;
	bool limited = (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) || capture_has(&build->words, words);
	return limited && getrlimit(RLIMIT_FSIZE, &file) == 0 && file.rlim_cur < COMPILER_FILE_BYTES_MAX;
}

static bool has_used_its_time(struct build *build, int status)
{
	static const char words[] = "CPU time limit exceeded signal terminated program";
	return (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) || capture_has(&build->words, words);
}

/* Processor time is the source's doing; that a process does not get any is the machine's. */
static int takes_too_long(const struct build *build, const char *source, struct fault *fault)
{
	struct rlimit cpu;
	if (getrlimit(RLIMIT_CPU, &cpu) == 0 && cpu.rlim_cur < build->cpu_ms / 1000)
		return fault_machine(
		    fault, 0, _("%s: the compiler may not use as much processor time as it needs to (ulimit -t)"),
		    source);
	fault_submission(fault, _("%s: compiling takes too long; it was stopped"), source);
	return -ETIMEDOUT;
}

/* `source`: whom to name. */
static int run(struct build *build, struct arguments *command, const char *source, struct fault *fault)
{
	struct compile_process process = {
		.argv = command->list,
		.environment = build->environment,
		.directory = build->directory,
		.cpu_ms = (uint32_t)build->cpu_left_ms,
	};
	struct process_end end = { 0 };
	if (build->cpu_left_ms == 0)
		return takes_too_long(build, source, fault);
	int r = process_run(build->options, &process, build->deadline_ms, &build->words, &end);
	if (r == -ENOENT)
		return fault_machine(fault, ENOENT, _("%s: the compiler is not installed"), command->list[0]), -ENOENT;
	if (r < 0)
		return fault_machine(fault, -r, _("%s: the compiler cannot be started"), command->list[0]);
	build->cpu_left_ms -= end.cpu_ms < build->cpu_left_ms ? end.cpu_ms : build->cpu_left_ms;
	if (end.timed_out)
		return fault_machine(fault, 0,
				     _("%s: the compiler has come to no end, and has not used its processor time: is "
				       "the machine overloaded?"),
				     source);
	if (WIFEXITED(end.status) && WEXITSTATUS(end.status) == 0)
		return 0;
	if (has_used_its_time(build, end.status))
		return takes_too_long(build, source, fault);
	if (disk_is_full(build))
		return fault_machine(fault, ENOSPC, _("%s: cannot be compiled"), source);
	if (was_killed(build, end.status))
		return fault_machine(
		    fault, 0, _("%s: the compiler was killed from outside: is there too little memory?"), source);
	if (is_outer_limit(build, end.status))
		return fault_machine(
		    fault, 0, _("%s: the compiler may not write files as large as it needs to (ulimit -f)"), source);
	if (WIFSIGNALED(end.status))
		return fault_submission(fault, _("%s: the compiler was killed by %s"), source,
					strsignal(WTERMSIG(end.status)));
	return fault_submission(fault, _("%s: does not compile"), source);
}

static int run_command(struct build *build, struct arguments command, const char *source, struct fault *fault)
{
	int r = run(build, &command, source, fault);
	arguments_fini(&command);
	return r;
}

static void begin_words(struct build *build)
{
	capture_init(&build->words,
		     build->options->output_bytes_max != 0 ? build->options->output_bytes_max : OUTPUT_BYTES_STANDARD);
}

/* "gcc (Debian 12.2.0-14) 12.2.0"; says early if there is no compiler at all. */
static int read_version(struct build *build, struct compile_result *result, struct fault *fault)
{
	struct arguments command = { 0 };
	const char *compiler = compiler_of(build, build->units[0].cxx);
	add(&command, xstrdup(compiler));
	add(&command, xstrdup("--version"));
	int r = run_command(build, command, build->units[0].source, fault);
	char *words = capture_take(&build->words);
	begin_words(build);
	if (r == 0)
		result->compiler = xstrndup(words, strcspn(words, "\n"));
	else if (fault->owner == FAULT_SUBMISSION)
		r = fault_machine(fault, EIO, _("%s --version: fails"), compiler);
	free(words);
	return r;
}

/* ---- several sources ---- */

/* "_ZN5queue4pushEi" → whether one of its words is in `text`. */
static bool mentions_part(const char *mangled, const char *text)
{
	for (const char *at = mangled; *at != '\0';) {
		size_t length = isdigit((unsigned char)*at) ? strtoul(at, (char **)&at, 10) : 0;
		if (length == 0 || length > strlen(at)) {
			at += length == 0;
			continue;
		}
		char *word = xstrndup(at, length);
		bool found = strstr(text, word) != NULL;
		free(word);
		if (found)
			return true;
		at += length;
	}
	return false;
}

static bool defines(const struct unit *unit, const char *symbol)
{
	if (unit->text == NULL || unit->needed)
		return false;
	return strncmp(symbol, "_Z", 2) == 0 ? unit->cxx && mentions_part(symbol + 2, unit->text)
					     : source_defines(unit->text, symbol);
}

/* What the object leaves undefined is looked for in the others. Without nm, nothing is: then the loader complains. */
static void find_needed(struct build *build, const struct unit *unit)
{
	struct arguments command = { 0 };
	const char *const words[] = { "nm", "-u", "-P", "--", unit->object };
	struct capture before = build->words;
	struct fault ignored = { 0 };
	add_all(&command, words, COUNT(words));
	capture_init(&build->words, (size_t)1 << 20);
	int r = run_command(build, command, unit->source, &ignored);
	char *symbols = capture_take(&build->words), *state;
	build->words = before;
	for (char *line = r == 0 ? strtok_r(symbols, "\n", &state) : NULL; line != NULL;
	     line = strtok_r(NULL, "\n", &state)) {
		line[strcspn(line, " ")] = '\0';
		for (size_t i = 1; i < build->n_units; i++)
			build->units[i].needed = build->units[i].needed || defines(&build->units[i], line);
	}
	fault_free(&ignored);
	free(symbols);
}

static char *read_text(const char *directory, const char *inner)
{
	char *path = xasprintf("%s/%s", directory, inner), *text = NULL;
	FILE *file = fopen(path, "re");
	if (file != NULL) {
		text = xcalloc(1, SOURCE_BYTES_LOOKED_AT + 1);
		text[fread(text, 1, SOURCE_BYTES_LOOKED_AT, file)] = '\0';
		fclose(file);
	}
	free(path);
	return text;
}

/* Compiles a C source once more, as C means it, where gcc does not; what that says is nothing new. If it cannot be done
 * the object stays as gcc made it. */
static void compile_as_meant(struct build *build, const struct unit *unit)
{
	struct capture before = build->words;
	struct fault ignored = { 0 };
	char *text = read_text(build->directory, unit->source);
	char *meant =
	    text != NULL && strlen(text) < SOURCE_BYTES_LOOKED_AT ? subscripts_as_meant(text, unit->source) : NULL;
	struct unit again = { .source = xasprintf("%s.meant.c", unit->source),
			      .object = xasprintf("%s.meant.o", unit->source) };
	char *path = xasprintf("%s/%s", build->directory, again.source);
	FILE *file = meant != NULL ? fopen(path, "wxe") : NULL;

	begin_words(build);
	if (file != NULL) {
		bool written = fputs(meant, file) >= 0;
		written = fclose(file) == 0 && written;
		if (written && run_command(build, compile_command(build, &again), unit->source, &ignored) == 0) {
			char *from = xasprintf("%s/%s", build->directory, again.object);
			char *to = xasprintf("%s/%s", build->directory, unit->object);
			rename(from, to);
			free(from);
			free(to);
		}
		unlink(path);
	}
	free(capture_take(&build->words));
	build->words = before;
	fault_free(&ignored);
	free(path);
	free(again.source);
	free(again.object);
	free(meant);
	free(text);
}

static int compile_unit(struct build *build, struct unit *unit, struct fault *fault)
{
	int r = run_command(build, compile_command(build, unit), unit->source, fault);
	unit->built = r == 0;
	if (r == 0 && !unit->cxx)
		compile_as_meant(build, unit);
	if (r == 0 && build->n_units > 1)
		find_needed(build, unit);
	return r;
}

static int compile_units(struct build *build, struct compile_result *result, struct fault *fault)
{
	int r = compile_unit(build, &build->units[0], fault);
	for (size_t i = 1; r == 0 && i < build->n_units; i++) {
		struct unit *unit = &build->units[i];
		if (!unit->needed || unit->built)
			continue;
		r = compile_unit(build, unit, fault);
		result->n_linked++;
		i = 0; /* it may need one that was passed over */
	}
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
	const char *const includes[] = { build->options->include_dir, build->options->own_include };
	for (size_t i = 0; i < COUNT(includes); i++) {
		char *include = includes[i] != NULL ? xasprintf("%s/", includes[i]) : NULL;
		if (include != NULL)
			remove_all(&words, include);
		free(include);
	}
	size_t length = strlen(words);
	while (length > 0 && words[length - 1] == '\n')
		words[--length] = '\0';
	return words;
}

static void add_unit(struct build *build, const char *inner)
{
	build->units[build->n_units++] =
	    (struct unit){ .source = named(inner, ""), .object = named(inner, ".o"), .cxx = source_is_cxx(inner) };
}

static void build_init(struct build *build, const char *directory, const char *file_name,
		       const struct compile_options *options, uint64_t begin_ms)
{
	const char *dot = strrchr(file_name, '.');
	char *stem = xstrndup(file_name, dot != NULL ? (size_t)(dot - file_name) : strlen(file_name));
	*build = (struct build){
		.options = options,
		.directory = directory,
		.library = named(stem, ".so"),
		.units = xcalloc(options->n_others + 1, sizeof(*build->units)),
		.environment = { xstrdup("PATH=/usr/local/bin:/usr/bin:/bin"), xstrdup("LC_ALL=C"),
				 xasprintf("TMPDIR=%s", directory), NULL },
		.cpu_ms = options->cpu_ms != 0 ? options->cpu_ms : CPU_MS_STANDARD,
		.deadline_ms = begin_ms + (options->wall_ms != 0 ? options->wall_ms : WALL_MS_STANDARD),
	};
	build->cpu_left_ms = build->cpu_ms;
	add_unit(build, file_name);
	build->units[0].needed = true;
	for (size_t i = 0; i < options->n_others; i++) {
		add_unit(build, options->others[i]);
		build->units[i + 1].text = read_text(directory, options->others[i]);
	}
	begin_words(build);
	free(stem);
}

static void build_fini(struct build *build)
{
	for (size_t i = 0; build->environment[i] != NULL; i++)
		free(build->environment[i]);
	for (size_t i = 0; i < build->n_units; i++) {
		free(build->units[i].source);
		free(build->units[i].object);
		free(build->units[i].text);
	}
	free(build->units);
	free(build->library);
}

static int take_library(const struct build *build, struct compile_result *result, struct fault *fault)
{
	char *path = xasprintf("%s/%s", build->directory, build->library);
	if (chmod(path, 0400) < 0) {
		int r = fault_machine(fault, errno, _("%s: the compiler left no object"), build->units[0].source);
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
	if ((r = read_version(&build, result, fault)) == 0 && (r = compile_units(&build, result, fault)) == 0 &&
	    (r = run_command(&build, link_command(&build), build.units[0].source, fault)) == 0)
		r = take_library(&build, result, fault);
	result->words = take_words(&build);
	if (r < 0 && r != -ETIMEDOUT && fault->owner == FAULT_SUBMISSION && *result->words != '\0')
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
