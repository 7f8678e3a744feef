#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "command.h"
#include "escape.h"
#include "language.h"
#include "launch.h"
#include "private.h"
#include "sandbox.h"
#include "site.h"
#include "toolchain.h"
#include "translate.h"

/* What this machine supports, and what to do about the rest. */

struct probe {
	const char *name;
	/* Whether it is there; `detail` gets a few words. */
	bool (*look)(const struct site *site, char *detail, size_t size);
	bool needed;        /* without it nothing can be graded */
	const char *remedy; /* what to do if not */
};

/* Starts a program with --version or nothing and says whether it ran to its end. */
static bool runs(const struct site *site, const char *path, const char *argument, bool compiler)
{
	const char *readable[] = { site->libraries, NULL };
	int expected = compiler ? 0 : 2;
	const char *argv[] = { path, argument, NULL };
	static const char *const environment[] = { "PATH=/usr/bin:/bin", NULL };
	struct launch launch = { .sandbox = site->sandbox,
				 .path = path,
				 .compiler = compiler,
				 .readable = readable,
				 .argv = argv,
				 .envp = environment,
				 .output_fd = -1,
				 .wire_fd = -1,
				 .board_fd = -1,
				 .fixed_addresses = true,
				 .limits = { .cpu_ms = 10000, .file_kib = 16384 } };
	struct child child;
	const char *stage;
	if (launch_start(&launch, &child, &stage) < 0)
		return false;
	struct child_end end = launch_reap(&child);
	return !end.signaled && end.code == expected;
}

static bool find_gcc(char *found, size_t size)
{
	static const char *const folders[] = { "/usr/bin", "/usr/local/bin", "/bin" };
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(found, size, "%s/gcc", folders[i]);
		if (access(found, X_OK) == 0)
			return true;
	}
	return false;
}

static bool look_gcc(const struct site *site, char *detail, size_t size)
{
	return find_gcc(detail, size) && runs(site, detail, "--version", true);
}

static void first_line(const struct fault *fault, char *detail, size_t size)
{
	snprintf(detail, size, "%.*s", (int)strcspn(fault->message, "\n"), fault->message);
}

/* What a submission needs of a compiler is more than its presence: headers, an assembler, a linker, room. */
static bool look_toolchain(const struct site *site, const char *name, const char *what, char *detail, size_t size)
{
	struct fault fault = { 0 };
	bool works = toolchain_check(site, name, &fault) == 0;
	if (works)
		snprintf(detail, size, "%s", what);
	else
		first_line(&fault, detail, size);
	fault_free(&fault);
	return works;
}

static bool look_toolchain_c(const struct site *site, char *detail, size_t size)
{
	return look_toolchain(site, "lock.c", _("builds a plugin in C"), detail, size);
}

static bool look_toolchain_cxx(const struct site *site, char *detail, size_t size)
{
	return look_toolchain(site, "lock.cpp", _("builds a plugin in C++"), detail, size);
}

static bool look_reachable(const struct site *site, char *detail, size_t size)
{
	struct fault fault = { 0 };
	bool reachable = site_check_reachable(site, &fault) == 0;
	if (reachable)
		snprintf(detail, size, _("submissions' user comes to all that is needed"));
	else
		first_line(&fault, detail, size);
	fault_free(&fault);
	return reachable;
}

static bool look_temporary(const struct site *site, char *detail, size_t size)
{
	struct fault fault = { 0 };
	(void)site;
	char *folder = private_make(&fault);
	bool works = folder != NULL && private_check_loadable(folder, &fault) == 0;
	if (works)
		snprintf(detail, size, "%.*s", (int)(strrchr(folder, '/') - folder), folder);
	else
		first_line(&fault, detail, size);
	if (folder != NULL)
		private_remove(folder);
	free(folder);
	fault_free(&fault);
	return works;
}

/* A worker that is started by hand says so and exits with status 2: it could be loaded, and its runtime started. */
static bool look_worker(const struct site *site, char *detail, size_t size)
{
	snprintf(detail, size, "%s", site->worker);
	return runs(site, site->worker, NULL, false);
}

static bool look_worker_tsan(const struct site *site, char *detail, size_t size)
{
	snprintf(detail, size, "%s", site->worker_tsan);
	return runs(site, site->worker_tsan, NULL, false);
}

static bool look_personality(const struct site *site, char *detail, size_t size)
{
	(void)site;
	int before = personality(0xffffffff);
	bool allowed = before >= 0 && personality((unsigned long)before | ADDR_NO_RANDOMIZE) >= 0;
	if (allowed)
		personality((unsigned long)before);
	snprintf(detail, size, "%s", allowed ? "personality(ADDR_NO_RANDOMIZE)" : strerror(errno));
	return allowed;
}

static bool look_fsgsbase(const struct site *site, char *detail, size_t size)
{
	(void)site;
	/* Bit 1 of AT_HWCAP2: the kernel allows the instruction (Linux, asm/hwcap2.h). */
	bool there = (getauxval(AT_HWCAP2) & 2) != 0;
	snprintf(detail, size, "%s", there ? _("fast fiber switches") : _("fiber switches by system call"));
	return there;
}

static bool look_proc(const struct site *site, char *detail, size_t size)
{
	(void)site;
	snprintf(detail, size, "/proc/self/task");
	return access("/proc/self/task", R_OK | X_OK) == 0;
}

static bool look_exercises(const struct site *site, char *detail, size_t size)
{
	char **ids = site_exercise_ids(site);
	size_t n = 0;
	for (; ids != NULL && ids[n] != NULL; n++)
		free(ids[n]);
	free(ids);
	snprintf(detail, size, _("%zu in %s"), n, site->exercises);
	return n > 0;
}

static const struct probe probes[] = {
	{ "gcc", look_gcc, false,
	  N_("install gcc (Debian: apt-get install gcc libc6-dev), or hand in shared objects") },
	{ N_("reachable"), look_reachable, true,
	  N_("open the folders above it for others (chmod o+x), or install to /usr or /opt") },
	{ N_("temporary files"), look_temporary, true,
	  N_("set TMPDIR to a folder that is not mounted noexec and has room (a submission takes a few MiB)") },
	{ N_("tool chain"), look_toolchain_c, true,
	  N_("install gcc, binutils and libc6-dev again; see that ulimit -f and -v are unlimited") },
	{ N_("tool chain for C++"), look_toolchain_cxx, false, N_("install g++, for submissions in C++") },
	{ N_("worker"), look_worker, true, N_("build or install syncgrade again") },
	{ N_("ThreadSanitizer worker"), look_worker_tsan, true,
	  N_("install libtsan2; if it is there: sysctl vm.mmap_rnd_bits=28") },
	{ N_("fixed addresses"), look_personality, false,
	  N_("containers refuse this: allow the personality system call, or set vm.mmap_rnd_bits to 28") },
	{ "FSGSBASE", look_fsgsbase, false, N_("nothing: exploring is slower without it") },
	{ "/proc", look_proc, true, N_("mount /proc: hangs are told from slowness by it") },
	{ N_("exercises"), look_exercises, true, N_("install syncgrade again, or give --exercise FOLDER") },
};

/* A list of lines, each behind the same words. */
static void print_lines(const char *before, const char *lines)
{
	for (size_t length; (length = strcspn(lines, "\n")) > 0; lines += length + (lines[length] == '\n'))
		printf("%s%.*s\n", before, (int)length, lines);
}

static void print_sandbox(const struct sandbox *sandbox)
{
	enum sandbox_level level = sandbox_level(sandbox);
	printf(_("\n  sandbox level: %s\n"), sandbox_level_name(level));
	print_lines(_("       missing: "), sandbox_missing(sandbox));
	for (enum sandbox_level gap = level; gap < SANDBOX_STRICT; gap++)
		printf(_("       what a submission can do: %s\n"), _(sandbox_level_gap(gap)));
	if (level < SANDBOX_STRICT)
		printf(
		    _("       what to do: grade as root, or where unprivileged user namespaces and control groups are "
		      "allowed;\n"
		      "       --require-sandbox strict grades nothing where it is less\n"));
}

static int examine(const struct site *site)
{
	enum { NAME_COLUMNS = 24 };
	struct utsname system;
	bool all = true;
	if (uname(&system) == 0)
		printf(_("%s %s %s, %ld processors\n\n"), system.sysname, system.release, system.machine,
		       sysconf(_SC_NPROCESSORS_ONLN));
	for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
		char detail[512] = "";
		bool there = probes[i].look(site, detail, sizeof(detail));
		const char *name = _(probes[i].name);
		int gap = NAME_COLUMNS - (int)escape_columns(name);
		printf("  %-4s %s%*s %s\n",
		       there              ? "ok"
		       : probes[i].needed ? "NO"
					  : "no",
		       name, gap > 0 ? gap : 0, "", detail);
		if (!there)
			printf(_("       what to do: %s\n"), _(probes[i].remedy));
		all = all && (there || !probes[i].needed);
	}
	print_sandbox(site->sandbox);
	return all ? EXIT_ALL_PASS : EXIT_TROUBLE;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = { .doc = N_("Tells what this machine supports, and what to do about the rest."),
					  .children = language_children };
	struct fault fault = { 0 };
	struct site site;
	if (!parse_arguments(&argp, argc, argv, NULL))
		return EXIT_TROUBLE;
	int status = site_locate(&site, &fault) < 0 ? complain("%s", fault.message) : examine(&site);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_doctor = { "doctor", "", N_("what this machine supports"), run };
