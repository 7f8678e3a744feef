#include "sandbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts.h"
#include "translate.h"

static const struct {
	const char *name, *gap;
} levels[] = {
	[SANDBOX_MINIMAL] = { "minimal",
			      N_("it can read, while it is being loaded, every file that the user who grades can "
				 "(as root: every file that all users can), other submissions among them") },
	[SANDBOX_NO_NAMESPACES] = { "no-namespaces",
				    N_("it sees the machine's processes, mounts and network, though it can touch none; "
				       "what a compiler leaves running is killed by its process group only") },
	[SANDBOX_NO_CGROUP] = { "no-cgroup", N_("its memory is looked at many times a second and limited by the C "
						"library's requests, not by the kernel at every page") },
	[SANDBOX_STRICT] = { "strict", "" },
};

const char *sandbox_level_name(enum sandbox_level level)
{
	return levels[level].name;
}

const char *sandbox_level_gap(enum sandbox_level level)
{
	return levels[level].gap;
}

bool sandbox_level_from_name(const char *name, enum sandbox_level *level)
{
	for (int i = 0; i < SANDBOX_LEVEL_COUNT; i++) {
		if (strcmp(name, levels[i].name) == 0) {
			*level = (enum sandbox_level)i;
			return true;
		}
	}
	return false;
}

enum sandbox_level sandbox_level(const struct sandbox *sandbox)
{
	return sandbox->level;
}

bool sandbox_filters(const struct sandbox *sandbox)
{
	return sandbox->filter != NULL;
}

const char *sandbox_missing(const struct sandbox *sandbox)
{
	return sandbox->missing.data != NULL ? sandbox->missing.data : "";
}

static bool rehearse(struct sandbox *sandbox, int *error, const char **stage)
{
	struct launch launch = {
		.sandbox = sandbox,
		.output_fd = -1,
		.wire_fd = -1,
		.board_fd = -1,
		.limits = { .cpu_ms = 1000, .tasks = 16 },
	};
	*error = -launch_rehearse(&launch, stage);
	return *error == 0;
}

static void miss(struct sandbox *sandbox, const char *what, int error, const char *stage)
{
	text_printf(&sandbox->missing, "%s (%s: %s)\n", what, stage, strerror(error));
}

/* Root becomes another user; in a container there may be only the ordinary ones. */
static void probe_user(struct sandbox *sandbox)
{
	const char *stage;
	int error;
	if (geteuid() != 0)
		return;
	sandbox->drop_user = true;
	if (rehearse(sandbox, &error, &stage))
		return;
	sandbox->few_users = true;
	if (rehearse(sandbox, &error, &stage))
		return;
	sandbox->drop_user = sandbox->few_users = false;
	miss(sandbox, _("root cannot become another user"), error, stage);
}

static void probe_filter(struct sandbox *sandbox)
{
	const char *stage = "making it";
	int error = -filter_make(&sandbox->filter, &sandbox->n_filter);
	if (error == 0 && rehearse(sandbox, &error, &stage))
		return;
	free(sandbox->filter);
	sandbox->filter = NULL;
	miss(sandbox, _("no filter of system calls"), error, stage);
}

static void probe_landlock(struct sandbox *sandbox)
{
	const char *stage = "asking for it";
	int error = errno;
	sandbox->landlock_abi = landlock_abi();
	error = errno;
	if (sandbox->landlock_abi > 0 && rehearse(sandbox, &error, &stage))
		return;
	sandbox->landlock_abi = 0;
	miss(sandbox, _("no Landlock"), error, stage);
}

static void probe_namespaces(struct sandbox *sandbox)
{
	const char *stage, *ignored;
	int error, ignored_error;
	sandbox->namespaces = true;
	if (geteuid() == 0 && rehearse(sandbox, &error, &stage))
		return;
	sandbox->user_namespace = true;
	if (rehearse(sandbox, geteuid() == 0 ? &ignored_error : &error, geteuid() == 0 ? &ignored : &stage))
		return;
	sandbox->namespaces = sandbox->user_namespace = false;
	miss(sandbox, _("no namespaces"), error, stage);
}

/* Most machines allow all or nothing of it: one rehearsal tells. */
static bool probe_everything(struct sandbox *sandbox, enum sandbox_level at_most)
{
	const char *stage;
	int error;
	sandbox->drop_user = geteuid() == 0;
	sandbox->landlock_abi = at_most >= SANDBOX_NO_NAMESPACES ? landlock_abi() : 0;
	sandbox->namespaces = at_most >= SANDBOX_NO_CGROUP;
	sandbox->user_namespace = sandbox->namespaces && geteuid() != 0;
	if (filter_make(&sandbox->filter, &sandbox->n_filter) == 0 &&
	    (sandbox->landlock_abi > 0 || at_most < SANDBOX_NO_NAMESPACES) && rehearse(sandbox, &error, &stage))
		return true;
	free(sandbox->filter);
	sandbox->filter = NULL;
	sandbox->landlock_abi = 0;
	sandbox->drop_user = sandbox->namespaces = sandbox->user_namespace = false;
	return false;
}

static void probe_one_by_one(struct sandbox *sandbox, enum sandbox_level at_most)
{
	probe_user(sandbox);
	probe_filter(sandbox);
	if (at_most >= SANDBOX_NO_NAMESPACES)
		probe_landlock(sandbox);
	if (at_most >= SANDBOX_NO_CGROUP)
		probe_namespaces(sandbox);
}

static enum sandbox_level reached(const struct sandbox *sandbox)
{
	if (sandbox->filter == NULL)
		return SANDBOX_MINIMAL;
	if (sandbox->namespaces)
		return sandbox->cgroup[0] != NULL ? SANDBOX_STRICT : SANDBOX_NO_CGROUP;
	return sandbox->landlock_abi > 0 ? SANDBOX_NO_NAMESPACES : SANDBOX_MINIMAL;
}

struct sandbox *sandbox_create(enum sandbox_level at_most)
{
	struct sandbox *sandbox = xcalloc(1, sizeof(*sandbox));
	sandbox->libraries = view_libraries();
	if (at_most < SANDBOX_STRICT)
		text_printf(&sandbox->missing, _("no more than %s was asked for\n"), sandbox_level_name(at_most));
	if (sandbox->libraries == NULL) {
		text_add(&sandbox->missing, _("the C library's folder cannot be found\n"));
		at_most = SANDBOX_MINIMAL;
	}
	if (!probe_everything(sandbox, at_most))
		probe_one_by_one(sandbox, at_most);
	if (at_most >= SANDBOX_STRICT)
		cgroup_probe(sandbox);
	sandbox->level = reached(sandbox);
	return sandbox;
}

void sandbox_destroy(struct sandbox *sandbox)
{
	if (sandbox == NULL)
		return;
	free(sandbox->filter);
	free(sandbox->cgroup[0]);
	free(sandbox->cgroup[1]);
	free(sandbox->libraries);
	text_free(&sandbox->missing);
	free(sandbox);
}
