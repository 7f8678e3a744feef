/* Runs one litmus test under both memory models: run FILE.so. Exit status 0: the outcomes are exactly those allowed,
 * and the executions as many as pinned. */
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "board.h"
#include "explore.h"
#include "saying.h"
#include "wire_explore.h"

#define REGISTERS 6u

struct litmus {
	const char *name;
	unsigned threads;
	const char *least, *most;
	const char *forbidden_c11;
	const char *forbidden_sc;
	unsigned executions_c11, executions_sc;
};

static void print_said(const char *what, const char *message)
{
	char *words = said_text(message);

	printf("%s: %s\n", what, words);
	free(words);
}

static bool seen[1000000];
static unsigned registers, observed;

static void observe(void *context, const void *data, size_t size)
{
	const int *r = data;
	unsigned code = 0;

	(void)context;
	(void)size;
	for (unsigned i = 0; i < registers; i++)
		code = code * 10 + (unsigned)r[i] % 10;
	seen[code] = true;
	observed++;
}

static bool matches(const char *outcome, const char *patterns)
{
	for (const char *p = patterns; *p != '\0'; p += registers) {
		unsigned i;
		while (*p == ' ')
			p++;
		for (i = 0; i < registers && (p[i] == '.' || p[i] == outcome[i]); i++)
			;
		if (i == registers)
			return true;
	}
	return false;
}

/* The next outcome within the ranges; false after the last. */
static bool next_outcome(char *outcome, const struct litmus *litmus)
{
	for (unsigned i = registers; i-- > 0;) {
		if (outcome[i]++ < litmus->most[i])
			return true;
		outcome[i] = litmus->least[i];
	}
	return false;
}

static int compare(const struct litmus *litmus, const char *model, const char *forbidden, unsigned executions)
{
	char outcome[REGISTERS + 1] = "";
	int wrong = 0;

	memcpy(outcome, litmus->least, registers);
	do {
		bool allowed = !matches(outcome, forbidden);
		if (seen[strtoul(outcome, NULL, 10)] == allowed)
			continue;
		printf("%s %s: %s is %s\n", litmus->name, model, outcome,
		       allowed ? "allowed, but not seen" : "forbidden, but seen");
		wrong++;
	} while (next_outcome(outcome, litmus));
	if (observed != executions) {
		printf("%s %s: %u executions, not %u\n", litmus->name, model, observed, executions);
		wrong++;
	}
	return wrong;
}

static int drain(int fd)
{
	static union {
		struct frame_header header;
		struct frame_explore_property property;
		char bytes[WIRE_FRAME_MAX];
	} frame;
	int wrong = 0;

	while (recv(fd, &frame, sizeof frame, MSG_DONTWAIT) > 0) {
		if (frame.header.type == FRAME_EXPLORE_PROPERTY &&
		    (frame.property.outcome != EXPLORE_PASS || !frame.property.complete)) {
			print_said("not complete", frame.property.message);
			wrong++;
		}
	}
	return wrong;
}

static int run(const char *path, uint32_t model)
{
	static struct board board;
	static struct frame_run request;
	struct engine_job job = { .request = &request, .board = &board };
	struct engine_module module = { .path = path };
	struct link_map *map;
	int fds[2], r;

	if ((module.handle = dlopen(path, RTLD_NOW | RTLD_LOCAL)) == NULL) {
		fprintf(stderr, "%s\n", dlerror());
		return 2;
	}
	const struct litmus *litmus = dlsym(module.handle, "litmus");
	const struct lock_plugin *plugin = dlsym(module.handle, "lock_plugin");
	dlinfo(module.handle, RTLD_DI_LINKMAP, &map);
	module.base = module.begin = map->l_addr;
	module.end = module.begin + (1u << 20);
	job.plugin_module = job.workload_module = module;
	job.workload = dlsym(module.handle, "workload");
	job.plugin = plugin;
	job.object_size = plugin->size;
	registers = (unsigned)strlen(litmus->least);
	request.threads = litmus->threads;
	request.rounds = 1;
	request.memory_model = model;
	request.properties = 1u << PROPERTY_DATA_RACE;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds) != 0)
		return 2;
	job.wire_fd = fds[0];
	if ((r = explore_observed(&job, observe, NULL)) < 0) {
		fprintf(stderr, "%s\n", strerror(-r));
		return 2;
	}
	r = drain(fds[1]);
	r += compare(litmus, model == MEMORY_MODEL_SC ? "sc" : "c11",
		     model == MEMORY_MODEL_SC ? litmus->forbidden_sc : litmus->forbidden_c11,
		     model == MEMORY_MODEL_SC ? litmus->executions_sc : litmus->executions_c11);
	return r == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	int failed = 0;

	if (argc != 2)
		return 2;
	for (uint32_t model = MEMORY_MODEL_C11; model <= MEMORY_MODEL_SC; model++) {
		int status;
		fflush(stdout);
		pid_t child = fork();
		if (child == 0)
			exit(run(argv[1], model));
		if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
			failed = 1;
	}
	return failed;
}
