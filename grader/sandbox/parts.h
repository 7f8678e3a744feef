/* The parts of a sandbox, as the launcher puts them together. Functions that run in the child, between fork and exec,
 * say so: they return 0, or -1 with errno. */
#ifndef SANDBOX_PARTS_H
#define SANDBOX_PARTS_H

#include <linux/filter.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "launch.h"
#include "sandbox.h"
#include "text.h"

struct sandbox {
	enum sandbox_level level;
	bool namespaces;
	bool user_namespace; /* the other namespaces need one: we have no privileges to make them otherwise */
	bool drop_user;      /* we are root, and may become another */
	bool few_users;      /* only the ordinary user ids exist here (a container) */
	int landlock_abi;    /* 0: there is none */
	struct sock_filter *filter;
	size_t n_filter;
	char *cgroup[2]; /* folders under which groups can be made: for memory, for processes; version 2: only [0] */
	bool cgroup_v2;
	char *libraries; /* the folder of the C library */
	struct text missing;
	_Atomic unsigned next; /* numbers users and control groups */
};

/* ---- what the process sees of the file system ---- */

enum view_access { VIEW_READ = 1, VIEW_EXECUTE = 2, VIEW_WRITE = 4, VIEW_DEVICE = 8 };

/* Calls visit for everything that the launch is to see; paths that do not exist among them. Ends early with what visit
 * returns if that is not 0. */
typedef int view_visit(void *context, const char *path, unsigned access);
int view_each(const struct launch *launch, view_visit *visit, void *context);

/* The folder that the C library of this program comes from; the caller owns it. NULL: it cannot be found. */
char *view_libraries(void);

/* In the child, in a mount namespace of its own: the view becomes the whole file system. */
int root_make(const struct launch *launch);

/* ---- Landlock ---- */

int landlock_abi(void);
/* In the child, after no-new-privileges. */
int landlock_apply(const struct launch *launch);

/* ---- system calls ---- */

/* Makes the filter that holds from before exec on. Returns 0, or a negative errno value. */
int filter_make(struct sock_filter **filter, size_t *n);
/* In the child, after no-new-privileges. */
int filter_apply(const struct sandbox *sandbox);

/* ---- user and group ---- */

struct identity {
	bool change;
	uid_t uid;
	gid_t gid;
};

/* Whom the launch runs as; makes its folder readable (and writable, where it is to be) for them. Returns 0 or a
 * negative errno value. */
int identity_choose(struct sandbox *sandbox, const struct launch *launch, struct identity *identity);
/* In the child. */
int identity_become(const struct identity *identity);
int capabilities_drop(void);

/* ---- control groups ---- */

enum { CGROUP_FOLDERS_MAX = 2 };

/* Finds where groups can be made; notes why not. True if they can. */
bool cgroup_probe(struct sandbox *sandbox);
/* Makes a group with the launch's limits and opens its lists of processes for the child. Returns 0, or a negative errno
 * value. */
int cgroup_make(struct sandbox *sandbox, const struct launch_limits *limits, struct cgroup *group, int *procs_fd);
/* In the child: becomes a member. */
int cgroup_join(const int *procs_fd);
/* Whether a process in it was killed for want of memory. */
bool cgroup_was_out_of_memory(const struct cgroup *group);
/* Kills what is in it and removes it. */
void cgroup_remove(struct cgroup *group);

#endif
