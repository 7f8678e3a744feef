/* A lock that works, around an attack. A case defines attack(), which runs once, inside acquire of thread 0, or defines
 * ATTACK_INSIDE as another of the functions' names. What an attack gets that it should not it reports by breach(). */
#ifndef HOSTILE_H
#define HOSTILE_H

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECRET "/tmp/syncgrade-hostile-secret"

struct lock {
	atomic_int held;
};

/* The runner looks for this word. */
static void breach(const char *what)
{
	printf("BREACH: %s\n", what);
	fflush(stdout);
}

static void must_fail(long result, const char *what)
{
	if (result >= 0)
		breach(what);
}

/* Opens a file and prints what is in it. */
static void try_to_read(const char *path)
{
	char text[256];
	long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY);
	if (fd < 0)
		return;
	long length = read((int)fd, text, sizeof(text) - 1);
	text[length > 0 ? length : 0] = '\0';
	printf("%s: %s\n", path, text);
	breach(path);
	close((int)fd);
}

static void attack(void);

static void attack_once(const char *where, unsigned self)
{
	static atomic_int done;
#ifndef ATTACK_INSIDE
#define ATTACK_INSIDE "acquire"
#endif
	if (self == 0 && strcmp(where, ATTACK_INSIDE) == 0 && atomic_exchange(&done, 1) == 0)
		attack();
}

static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	attack_once("init", 0);
	atomic_init(&l->held, 0);
	return 0;
}

static void acquire(struct lock *l, unsigned self)
{
	attack_once("acquire", self);
	while (atomic_exchange(&l->held, 1))
		sched_yield();
}

static void release(struct lock *l, unsigned self)
{
	attack_once("release", self);
	atomic_store(&l->held, 0);
}

static void destroy(struct lock *l)
{
	(void)l;
	attack_once("destroy", 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};

#endif
