#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const stage_names[] = {
	[STAGE_FORK] = "fork",
	[STAGE_PARENT] = "parent-death signal",
	[STAGE_NAMESPACES] = "namespaces",
	[STAGE_USERS] = "user namespace",
	[STAGE_SESSION] = "setsid",
	[STAGE_PERSONALITY] = "personality",
	[STAGE_CGROUP] = "control group",
	[STAGE_LIMITS] = "setrlimit",
	[STAGE_FILES] = "descriptors",
	[STAGE_ROOT] = "file system",
	[STAGE_IDENTITY] = "changing the user",
	[STAGE_PRIVILEGES] = "no-new-privileges",
	[STAGE_LANDLOCK] = "Landlock",
	[STAGE_FILTER] = "system-call filter",
	[STAGE_FOLDER] = "chdir",
	[STAGE_EXEC] = "exec",
	[STAGE_STARTED] = "started",
};

const char *stage_name(enum stage stage)
{
	return stage_names[stage];
}

static _Noreturn void fail(int fd, enum stage stage)
{
	struct start_message message = { .error = errno, .stage = stage };
	ssize_t written = write(fd, &message, sizeof(message));
	_exit(written == (ssize_t)sizeof(message) ? 126 : 125);
}

static int set_limit(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit now, wanted = { .rlim_cur = soft, .rlim_max = hard };
	if (getrlimit((__rlimit_resource_t)resource, &now) < 0)
		return -1;
	if (wanted.rlim_max > now.rlim_max)
		wanted.rlim_max = now.rlim_max;
	if (wanted.rlim_cur > wanted.rlim_max)
		wanted.rlim_cur = wanted.rlim_max;
	return setrlimit((__rlimit_resource_t)resource, &wanted);
}

static int apply_limits(const struct launch_limits *limits)
{
	rlim_t file = (rlim_t)limits->file_kib * 1024, address = (rlim_t)limits->address_kib * 1024;
	if (set_limit(RLIMIT_CORE, 0, 0) < 0 || set_limit(RLIMIT_MSGQUEUE, 0, 0) < 0 ||
	    set_limit(RLIMIT_FSIZE, file, file) < 0)
		return -1;
	if (limits->cpu_ms != 0) {
		rlim_t seconds = (limits->cpu_ms + 999u) / 1000u;
		if (set_limit(RLIMIT_CPU, seconds, seconds + 1) < 0)
			return -1;
	}
	if (limits->address_kib != 0 && set_limit(RLIMIT_AS, address, address) < 0)
		return -1;
	return limits->files != 0 ? set_limit(RLIMIT_NOFILE, limits->files, limits->files) : 0;
}

/* By user: right only where no other process has this one (a user of its own, or a user namespace of its own). */
static int apply_task_limit(const struct start *start)
{
	const struct launch *launch = start->launch;
	bool alone = (start->identity.change && !launch->sandbox->few_users) ||
		     (launch->sandbox != NULL && launch->sandbox->namespaces && launch->sandbox->user_namespace);
	if (!alone || launch->limits.tasks == 0)
		return 0;
	return set_limit(RLIMIT_NPROC, launch->limits.tasks, launch->limits.tasks);
}

/* Moves the descriptors to 0…4 by way of numbers above them, so that none is overwritten before it is moved. Returns
 * where the report goes from now on. */
static int arrange_files(const struct launch *launch, int report_fd)
{
	enum { REPORT = 5, LOWEST = 16 };
	int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null_fd < 0)
		return -1;
	int wanted[5] = { null_fd, launch->output_fd, launch->output_fd, launch->wire_fd, launch->board_fd };
	int moved[5];
	for (int i = 0; i < 5; i++) {
		int source = wanted[i] >= 0 ? wanted[i] : null_fd;
		moved[i] = fcntl(source, F_DUPFD_CLOEXEC, LOWEST);
		if (moved[i] < 0)
			return -1;
	}
	int report = fcntl(report_fd, F_DUPFD_CLOEXEC, LOWEST);
	if (report < 0)
		return -1;
	for (int i = 0; i < 5; i++) {
		if (dup2(moved[i], i) < 0)
			return -1;
	}
	if (launch->wire_fd < 0)
		close(3);
	if (launch->board_fd < 0)
		close(4);
	/* Closed, not only marked: what a grader of many processes has open would count against this one's limit. */
	if (dup3(report, REPORT, O_CLOEXEC) < 0 || syscall(SYS_close_range, REPORT + 1u, ~0u, 0u) < 0)
		return -1;
	return REPORT;
}

/* ---- namespaces ---- */

static int write_once(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ssize_t written = write(fd, text, strlen(text));
	close(fd);
	return written == (ssize_t)strlen(text) ? 0 : -1;
}

/* One that knows only the user that it is; whoever has no privileges outside has them all inside. */
static int enter_user_namespace(const struct identity *identity)
{
	char map[64];
	if (identity_become(identity) < 0)
		return -1;
	uid_t uid = geteuid();
	gid_t gid = getegid();
	/* Changing the user took away what writing the maps needs. */
	if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) < 0 || unshare(CLONE_NEWUSER) < 0 ||
	    write_once("/proc/self/setgroups", "deny") < 0)
		return -1;
	snprintf(map, sizeof(map), "%u %u 1", uid, uid);
	if (write_once("/proc/self/uid_map", map) < 0)
		return -1;
	snprintf(map, sizeof(map), "%u %u 1", gid, gid);
	return write_once("/proc/self/gid_map", map);
}

/* The first process of a process namespace: when it ends, the kernel kills all others in it. It waits for the grader's
 * end: nobody else holds the other end of the lifeline. */
static _Noreturn void be_init(const struct start *start)
{
	char nothing;
	ssize_t r;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	signal(SIGCHLD, SIG_IGN);
	if (dup2(start->lifeline_fd, 0) < 0 || syscall(SYS_close_range, 1u, ~0u, 0u) < 0)
		_exit(1);
	do
		r = read(0, &nothing, 1);
	while (r < 0 && errno == EINTR);
	_exit(0);
}

/* A copy of this process whose parent is this one's. Not fork(): the C library's has no such thing. */
static pid_t fork_sibling(void)
{
	return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
}

void child_found_namespace(const struct start *start)
{
	const struct sandbox *sandbox = start->launch->sandbox;
	/* Before anything is closed: a grader that is killed from here on ends this process too. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != start->parent)
		fail(start->report_fd, STAGE_PARENT);
	if (sandbox->user_namespace && enter_user_namespace(&start->identity) < 0)
		fail(start->report_fd, STAGE_USERS);
	if (unshare(CLONE_NEWPID) < 0)
		fail(start->report_fd, STAGE_NAMESPACES);
	struct start_message message = { .stage = STAGE_STARTED };
	message.init = fork_sibling();
	if (message.init == 0)
		be_init(start);
	if (message.init > 0)
		message.pid = fork_sibling();
	if (message.init > 0 && message.pid == 0)
		child_become(start);
	if (message.init < 0 || message.pid < 0) {
		message.error = errno;
		message.stage = STAGE_FORK;
	}
	/* Even after a failure: the grader has to wait for what did start. */
	_exit(write(start->report_fd, &message, sizeof(message)) == (ssize_t)sizeof(message) ? 0 : 125);
}

/* ---- the program's process ---- */

/* Dies with the grader. Set twice: a change of user clears it. */
static int die_with_parent(const struct start *start, bool in_namespace)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		return -1;
	/* In a namespace the parent has no number, and init sees to it. */
	return in_namespace || getppid() == start->parent ? 0 : -1;
}

/* Where memory is short, whoever grades is not the one to go: what became of a killed program he can tell, of himself
 * he cannot. Nothing depends on it, and without /proc it is not had. */
static void go_first_without_memory(void)
{
	(void)write_once("/proc/self/oom_score_adj", "1000");
}

static void enter_sandbox(const struct start *start, int report_fd)
{
	const struct launch *launch = start->launch;
	const struct sandbox *sandbox = launch->sandbox;
	if (sandbox->namespaces) {
		if (unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) < 0)
			fail(report_fd, STAGE_NAMESPACES);
		/* Only hides names; not every kernel has it. */
		(void)unshare(CLONE_NEWCGROUP);
		if (root_make(launch) < 0)
			fail(report_fd, STAGE_ROOT);
	}
	if (!(sandbox->namespaces && sandbox->user_namespace) && identity_become(&start->identity) < 0)
		fail(report_fd, STAGE_IDENTITY);
	if (capabilities_drop() < 0)
		fail(report_fd, STAGE_PRIVILEGES);
	if (die_with_parent(start, sandbox->namespaces) < 0)
		fail(report_fd, STAGE_PARENT);
	if (apply_task_limit(start) < 0)
		fail(report_fd, STAGE_LIMITS);
}

static void confine(const struct start *start, int report_fd)
{
	const struct sandbox *sandbox = start->launch->sandbox;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		fail(report_fd, STAGE_PRIVILEGES);
	if (sandbox == NULL)
		return;
	if (sandbox->landlock_abi > 0 && landlock_apply(start->launch) < 0)
		fail(report_fd, STAGE_LANDLOCK);
	if (sandbox->filter != NULL && filter_apply(sandbox) < 0)
		fail(report_fd, STAGE_FILTER);
}

void child_become(const struct start *start)
{
	const struct launch *launch = start->launch;
	bool in_namespace = launch->sandbox != NULL && launch->sandbox->namespaces;
	if (die_with_parent(start, in_namespace) < 0)
		fail(start->report_fd, STAGE_PARENT);
	if (setsid() < 0)
		fail(start->report_fd, STAGE_SESSION);
	go_first_without_memory();
	if (cgroup_join(start->procs_fd) < 0)
		fail(start->report_fd, STAGE_CGROUP);
	/* Where this is refused (containers), most starts succeed all the same; `doctor` says so. */
	if (launch->fixed_addresses && personality(ADDR_NO_RANDOMIZE) < 0 && errno != EPERM)
		fail(start->report_fd, STAGE_PERSONALITY);
	int report_fd = arrange_files(launch, start->report_fd);
	if (report_fd < 0)
		fail(start->report_fd, STAGE_FILES);
	if (apply_limits(&launch->limits) < 0)
		fail(report_fd, STAGE_LIMITS);
	if (launch->sandbox != NULL)
		enter_sandbox(start, report_fd);
	confine(start, report_fd);
	if (chdir(launch->folder != NULL ? launch->folder : "/") < 0)
		fail(report_fd, STAGE_FOLDER);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	if (start->rehearsal)
		_exit(0);
	execve(launch->path, (char *const *)launch->argv, (char *const *)launch->envp);
	fail(report_fd, STAGE_EXEC);
}
