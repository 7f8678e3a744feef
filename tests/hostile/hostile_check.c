/* hostile_check SYNCGRADE FOLDER CASE.yaml GOOD.so LEVEL...
 *
 * Grades the hostile submission CASE.c at each sandbox level, and after it, in the same process, GOOD.so. Then: the
 * verdict and the message are those of CASE.yaml; no breach was reported; GOOD.so passes; no process, file, shared
 * memory or control group is left; the grader stayed small. Exit status 0: all so; 1: not; 2: could not be told.
 *
 * Tests are not to hurt the machine either: the grader has limits, and is killed with all its descendants when its time
 * is over. */
#include <cyaml/cyaml.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECRET_FILE "/tmp/syncgrade-hostile-secret"
#define SECRET "kept-from-every-plugin-7f31"

enum {
	WALL_MS = 90000,
	GRADER_KIB_MAX = 100 * 1024,
	SETTLE_MS = 1000,
	USERS_BEGIN = 0x60000000,
	USERS_END = 0x70000000
};

struct words {
	char **list;
	unsigned n;
};

struct expectation {
	char *claim, *verdict, *build, *engine, *exercise;
	char **says, **says_not, **levels, **breaches_at;
	unsigned n_says, n_says_not, n_levels, n_breaches_at;
};

static const cyaml_schema_value_t string_schema = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED) };

#define FIELD_TEXT(name, flags)                                                                                        \
	CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER | (flags), struct expectation, name, 1, CYAML_UNLIMITED)
#define FIELD_LIST(name)                                                                                               \
	CYAML_FIELD_SEQUENCE_COUNT(#name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct expectation, name,          \
				   n_##name, &string_schema, 0, CYAML_UNLIMITED)

static const cyaml_schema_field_t fields[] = {
	FIELD_TEXT(claim, 0),
	FIELD_TEXT(verdict, 0),
	FIELD_TEXT(build, CYAML_FLAG_OPTIONAL),    /* flags: handed in as a .so built with them */
	FIELD_TEXT(engine, CYAML_FLAG_OPTIONAL),   /* native, where nothing is said */
	FIELD_TEXT(exercise, CYAML_FLAG_OPTIONAL), /* the folder of it: hostile, where nothing is said */
	FIELD_LIST(says),
	FIELD_LIST(says_not),
	FIELD_LIST(levels),      /* all, where nothing is said */
	FIELD_LIST(breaches_at), /* levels that do not protect from it: see sandbox_level_gap() */
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct expectation, fields) };
static const cyaml_config_t yaml_config = { .log_fn = cyaml_log, .mem_fn = cyaml_mem, .log_level = CYAML_LOG_WARNING };

static bool wrong, shown;
static const char *level;

static void complain(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	printf("%s: ", level);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	wrong = true;
}

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "hostile_check: %s: %s\n", what, strerror(errno));
	exit(2);
}

static bool contains(char *const *list, unsigned n, const char *word)
{
	for (unsigned i = 0; i < n; i++) {
		if (strcmp(list[i], word) == 0)
			return true;
	}
	return false;
}

static char *format(const char *format, ...)
{
	char *text;
	va_list arguments;
	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		give_up("memory");
	va_end(arguments);
	return text;
}

static uint64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static int run_shell(const char *command)
{
	int status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- what is left behind ---- */

static unsigned count_owned(const char *folder)
{
	DIR *entries = opendir(folder);
	unsigned n = 0;
	for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
		struct stat status;
		if (fstatat(dirfd(entries), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
		    ((status.st_uid >= USERS_BEGIN && status.st_uid < USERS_END) ||
		     strcmp(entry->d_name, "syncgrade-hostile-left") == 0)) {
			complain("left behind: %s/%s", folder, entry->d_name);
			n++;
		}
	}
	if (entries != NULL)
		closedir(entries);
	return n;
}

static void check_shared_memory(const char *path)
{
	char line[512];
	FILE *file = fopen(path, "re");
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		char *state;
		for (char *word = strtok_r(line, " \n", &state); word != NULL; word = strtok_r(NULL, " \n", &state)) {
			long value = strtol(word, NULL, 10);
			if (value >= USERS_BEGIN && value < USERS_END)
				complain("left behind: something in %s", path);
		}
	}
	if (file != NULL)
		fclose(file);
}

static void check_cgroups(pid_t grader)
{
	char *command =
	    format("! find /sys/fs/cgroup -type d -name 'syncgrade-%d-*' 2>/dev/null | grep .", (int)grader);
	if (run_shell(command) != 0)
		complain("left behind: a control group");
	free(command);
}

static void check_folder(const char *folder)
{
	char *command = format("! find '%s' -mindepth 1 | grep .", folder);
	if (run_shell(command) != 0)
		complain("left behind: files in the folder for temporary ones");
	free(command);
}

/* This process is the reaper of whatever loses its parent. */
static void check_processes(void)
{
	uint64_t begin_ms = now_ms();
	for (;;) {
		pid_t pid = waitpid(-1, NULL, WNOHANG);
		if (pid < 0 && errno == ECHILD)
			return;
		if (pid > 0)
			continue;
		if (now_ms() - begin_ms >= SETTLE_MS) {
			complain("left behind: a process");
			run_shell("ps -e -o pid,ppid,user,args | grep -i syncgrade");
			return;
		}
		usleep(10000);
	}
}

/* ---- grading ---- */

static void limit(int resource, rlim_t value)
{
	struct rlimit limit = { value, value };
	setrlimit((__rlimit_resource_t)resource, &limit);
}

static pid_t start_grader(char *const *argv, const char *temporary, const char *output)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || setpgid(0, 0) < 0)
		_exit(126);
	setenv("TMPDIR", temporary, 1);
	setenv("SYNCGRADE_SANDBOX", level, 1);
	setenv("HOSTILE_TOKEN", SECRET, 1);
	limit(RLIMIT_FSIZE, 256u << 20);
	limit(RLIMIT_CPU, 120);
	limit(RLIMIT_CORE, 0);
	execv(argv[0], argv);
	_exit(127);
}

static uint64_t high_water_kib(pid_t pid)
{
	char path[64], line[256];
	uint64_t kib = 0;
	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	FILE *file = fopen(path, "re");
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtoull(line + 6, NULL, 10);
	}
	if (file != NULL)
		fclose(file);
	return kib;
}

static int wait_for_grader(pid_t pid)
{
	uint64_t begin_ms = now_ms(), largest_kib = 0;
	int status;
	for (pid_t got; (got = waitpid(pid, &status, WNOHANG)) == 0;) {
		uint64_t kib = high_water_kib(pid);
		largest_kib = kib > largest_kib ? kib : largest_kib;
		if (now_ms() - begin_ms >= WALL_MS) {
			complain("the grader does not end");
			kill(-pid, SIGKILL);
			waitpid(pid, &status, 0);
			break;
		}
		usleep(5000);
	}
	if (largest_kib > GRADER_KIB_MAX)
		complain("the grader grew to %ju KiB", (uintmax_t)largest_kib);
	return status;
}

/* All strings of a result, one a line. */
static void collect(const json_t *value, FILE *into)
{
	const char *key;
	json_t *member;
	size_t i;
	if (json_is_string(value))
		fprintf(into, "%s\n", json_string_value(value));
	json_array_foreach(value, i, member) collect(member, into);
	json_object_foreach((json_t *)value, key, member) collect(member, into);
}

static char *all_text(const json_t *value)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	collect(value, file);
	fclose(file);
	return text;
}

static void expect_verdict(const json_t *result, const char *who, const char *verdict)
{
	const char *found = json_string_value(json_object_get(result, "verdict"));
	if (found == NULL || strcmp(found, verdict) != 0)
		complain("%s: verdict %s, should be %s", who, found != NULL ? found : "none", verdict);
}

static void compare(const json_t *result, const struct expectation *expectation)
{
	char *text = all_text(result);
	bool may_breach = contains(expectation->breaches_at, expectation->n_breaches_at, level);
	expect_verdict(result, expectation->claim, expectation->verdict);
	for (unsigned i = 0; i < expectation->n_says; i++) {
		if (strstr(text, expectation->says[i]) == NULL)
			complain("it does not say “%s”", expectation->says[i]);
	}
	for (unsigned i = 0; i < expectation->n_says_not; i++) {
		if (strstr(text, expectation->says_not[i]) != NULL)
			complain("it says “%s”", expectation->says_not[i]);
	}
	if (!may_breach && (strstr(text, "BREACH") != NULL || strstr(text, SECRET) != NULL))
		complain("a breach");
	/* A gap that is none any more is to be told: the level protects better than it says. */
	if (may_breach && strstr(text, "BREACH") == NULL && strstr(text, SECRET) == NULL)
		complain("no breach, although this level is said not to protect from it");
	if (json_string_length(json_object_get(result, "output")) > 64 * 1024)
		complain("its output was not cut");
	free(text);
}

/* The level that the machine gave; it may be unable to give the one that was asked for. */
static bool has_level(const json_t *result)
{
	const char *said = json_string_value(json_object_get(json_object_get(result, "environment"), "sandbox"));
	if (said == NULL || strcmp(said, level) == 0)
		return said != NULL;
	printf("%s: not to be had on this machine (%s)\n", level, said);
	return false;
}

static void read_results(const char *path, int status, const struct expectation *expectation)
{
	json_error_t error;
	FILE *file = fopen(path, "re");
	json_t *bad = file != NULL ? json_loadf(file, JSON_DISABLE_EOF_CHECK, &error) : NULL;
	json_t *good = file != NULL ? json_loadf(file, JSON_DISABLE_EOF_CHECK, &error) : NULL;
	int expected = strcmp(expectation->verdict, "fail") == 0;
	if (bad != NULL && !has_level(bad))
		goto out;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
		complain("the grader's status is %#x, its exit status should be %d", status, expected);
	if (bad == NULL || good == NULL) {
		complain("not two results: %s", error.text);
	} else {
		compare(bad, expectation);
		expect_verdict(good, "the next submission", "pass");
	}
	if (wrong && !shown && bad != NULL)
		json_dumpf(bad, stdout, JSON_INDENT(1));
	shown = wrong;
out:
	json_decref(bad);
	json_decref(good);
	if (file != NULL)
		fclose(file);
}

static void check_level(char **argv, const char *submission, const char *work, const struct expectation *expectation)
{
	char *temporary = format("%s/tmp", work), *output = format("%s/output", work);
	char *exercise = format("%s/%s", argv[2], expectation->exercise != NULL ? expectation->exercise : "hostile");
	const char *engine = expectation->engine != NULL ? expectation->engine : "native";
	char *const command[] = { argv[1],
				  (char *)"grade",
				  (char *)"--exercise",
				  exercise,
				  (char *)"--engines",
				  (char *)engine,
				  (char *)"--format",
				  (char *)"json",
				  (char *)submission,
				  argv[4],
				  NULL };
	if (mkdir(temporary, 0755) < 0)
		give_up(temporary);
	pid_t pid = start_grader(command, temporary, output);
	int status = wait_for_grader(pid);
	check_processes();
	check_folder(temporary);
	check_cgroups(pid);
	count_owned("/tmp");
	count_owned("/var/tmp");
	count_owned("/dev/shm");
	check_shared_memory("/proc/sysvipc/shm");
	check_shared_memory("/proc/sysvipc/sem");
	check_shared_memory("/proc/sysvipc/msg");
	read_results(output, status, expectation);
	rmdir(temporary);
	free(temporary);
	free(output);
	free(exercise);
}

/* A folder with the submission: its source and the headers beside it, or the object built from it. */
static char *make_submission(char **argv, const char *work, const struct expectation *expectation)
{
	char *source = strdup(argv[3]);
	strcpy(strrchr(source, '.'), ".c");
	char *command =
	    expectation->build == NULL
		? format("mkdir '%s/sub' && cp '%s' '%s/sub/submission.c' && cp '%s'/*.h '%s/sub/'", work, source, work,
			 argv[2], work)
		: format("mkdir '%s/sub' && gcc -g -I'%s' -I'%s/../../include' -o '%s/sub/submission.so' '%s' "
			 "%s",
			 work, argv[2], argv[2], work, source, expectation->build);
	if (run_shell(command) != 0)
		give_up(command);
	free(command);
	free(source);
	return format("%s/sub/submission.%s", work, expectation->build == NULL ? "c" : "so");
}

static void make_secret(void)
{
	int fd = open(SECRET_FILE, O_WRONLY | O_CREAT | O_NOFOLLOW, 0644);
	if (fd < 0 || write(fd, SECRET "\n", sizeof(SECRET)) != sizeof(SECRET) || fchmod(fd, 0644) < 0)
		give_up(SECRET_FILE);
	close(fd);
}

/* Whether another user could come to the program: all folders above it let others pass. */
static bool others_can_come(const char *program)
{
	char *path = realpath(program, NULL);
	bool open = path != NULL;
	for (char *end = open ? strrchr(path, '/') : NULL; open && end != NULL && end > path;
	     end = strrchr(path, '/')) {
		struct stat status;
		*end = '\0';
		open = stat(path, &status) == 0 && (status.st_mode & S_IXOTH) != 0;
	}
	free(path);
	return open;
}

/* Without namespaces, what root grades runs as another user, who has to come to the program. */
static bool can_be_had(const char *program)
{
	bool hidden = strcmp(level, "strict") == 0 || strcmp(level, "no-cgroup") == 0;
	if (hidden || geteuid() != 0 || others_can_come(program))
		return true;
	printf("%s: not to be had: other users than root cannot come to %s\n", level, program);
	return false;
}

int main(int argc, char **argv)
{
	struct expectation *expectation = NULL;
	char work[] = "/tmp/hostile-XXXXXX";
	if (argc < 6) {
		fprintf(stderr, "usage: hostile_check SYNCGRADE FOLDER CASE.yaml GOOD.so LEVEL...\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (cyaml_load_file(argv[3], &yaml_config, &schema, (cyaml_data_t **)&expectation, NULL) != CYAML_OK)
		give_up(argv[3]);
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0 || mkdtemp(work) == NULL ||
	    /* Without namespaces, what root grades as another user must be reachable for all. */
	    chmod(work, 0755) < 0)
		give_up(work);
	make_secret();
	char *submission = make_submission(argv, work, expectation);
	for (int i = 5; i < argc; i++) {
		level = argv[i];
		bool wanted =
		    expectation->levels == NULL || contains(expectation->levels, expectation->n_levels, level);
		if (wanted && can_be_had(argv[1]))
			check_level(argv, submission, work, expectation);
	}
	char *clean = format("rm -rf '%s'", work);
	run_shell(clean);
	free(clean);
	free(submission);
	cyaml_free(&yaml_config, &schema, expectation, 0);
	return wrong ? 1 : 0;
}
