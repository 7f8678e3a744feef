/* Runs the explore engine by hand: host [options] PLUGIN.so [WORKLOAD.so]. The workload may be in the plugin's file.
 *   -t THREADS  -r ROUNDS  -s (sequential consistency)  -p PROPERTIES (mask)  -x EXECUTIONS  -S SCHEDULE  -b BYPASS  -v
 *   -1: no steps are taken along with others in the search over states
 *   -w EXECUTIONS: only walks at random, and tells how fast
 */
#include <dlfcn.h>
#include <errno.h>
#include <getopt.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/workload.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "board.h"
#include "explore.h"
#include "kind.h"
#include "names.h"
#include "saying.h"
#include "wire_explore.h"
#include "wire_kind.h"

static struct board board;
static bool verbose;

static int note_span(struct dl_phdr_info *info, size_t size, void *context)
{
	struct engine_module *module = context;

	(void)size;
	if (info->dlpi_addr != module->base)
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		if (info->dlpi_phdr[i].p_type != PT_LOAD)
			continue;
		uintptr_t begin = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
		if (module->begin == 0 || begin < module->begin)
			module->begin = begin;
		if (begin + info->dlpi_phdr[i].p_memsz > module->end)
			module->end = begin + info->dlpi_phdr[i].p_memsz;
	}
	return 1;
}

static struct engine_module load(const char *path)
{
	struct engine_module module = { .path = path, .handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) };
	struct link_map *map;

	if (module.handle == NULL) {
		fprintf(stderr, "%s\n", dlerror());
		exit(2);
	}
	dlinfo(module.handle, RTLD_DI_LINKMAP, &map);
	module.base = map->l_addr;
	dl_iterate_phdr(note_span, &module);
	return module;
}

static void print_place(const char *what, const struct wire_place *place)
{
	static const char *const names[] = { "-", "plugin", "workload", "object", "data", "other" };

	if (place->module != MODULE_NONE)
		printf(" %s %s+0x%llx", what, names[place->module], (unsigned long long)place->offset);
}

static void print_step(const struct explore_step *step)
{
	static const char *const kinds[] = { "load",      "store",    "exchange", "fetch", "cas",
					     "cas fails", "fence",    "read",     "write", "library",
					     "call",      "return",   "request",  "enter", "enter shared",
					     "leave",     "finished", "waits",    "note" };

	printf("      %*s%s%s", (int)(28 * step->thread), "", kinds[step->kind],
	       (step->flags & STEP_CULPRIT) != 0 ? " (!)" : "");
	print_place("", &step->address);
	if ((step->flags & STEP_HAS_VALUE) != 0)
		printf(" -> %llu", (unsigned long long)step->value);
	if ((step->flags & STEP_HAS_STORED) != 0)
		printf(" <- %llu", (unsigned long long)step->stored);
	if ((step->flags & STEP_STALE) != 0)
		printf(" stale: thread %u wrote %llu", step->newest_thread, (unsigned long long)step->newest);
	printf(" %s", step->note);
	if (step->repeat > 1)
		printf(" spins %u x", step->repeat);
	print_place("at", &step->place);
	putchar('\n');
}

static void *receive(void *argument)
{
	static union {
		struct frame_header header;
		struct frame_explore_property property;
		struct frame_explore_steps steps;
	} frame;
	static const char *const outcomes[] = { "pass", "FAIL", "inconclusive", "does not fit" };
	int fd = *(int *)argument;

	while (recv(fd, &frame, sizeof frame, 0) > 0 && frame.header.type != FRAME_DONE) {
		if (frame.header.type == FRAME_EXPLORE_PROPERTY) {
			const struct frame_explore_property *p = &frame.property;
			printf("%s: %s executions %llu blocked %llu %s", property_name(p->property),
			       outcomes[p->outcome], (unsigned long long)p->executions, (unsigned long long)p->blocked,
			       p->complete ? "complete" : "incomplete");
			if (p->surprises != SURPRISES_LIKE_ALL)
				printf(" surprises %s", surprises_name((enum surprises_seen)p->surprises));
			if (p->max_bypass >= 0)
				printf(" bypass %d", p->max_bypass);
			if (p->outcome == EXPLORE_FAIL)
				printf(" switches %u%s schedule %s", p->context_switches, p->only_weak ? " weak" : "",
				       p->schedule);
			if (p->blame != BLAME_NONE)
				printf(" blames something");
			char *words = said_text(p->message);
			printf("%s%s\n", words[0] != '\0' ? ": " : "", words);
			free(words);
		} else if (frame.header.type == FRAME_EXPLORE_STEPS && verbose) {
			for (uint32_t i = 0; i < frame.steps.n; i++)
				print_step(&frame.steps.step[i]);
		}
	}
	return NULL;
}

/* Of whatever kind; the request gets to know which. */
static void *find_plugin(void *handle, size_t *size, struct frame_run *request)
{
	struct kinds kinds;
	struct fault fault = { 0 };
	void *plugin = NULL;

	if (kinds_shipped(&kinds, &fault) < 0)
		fprintf(stderr, "%s\n", fault.message);
	for (size_t i = 0; plugin == NULL && i < kinds.n; i++) {
		plugin = dlsym(handle, kinds.list[i].symbol);
		if (plugin != NULL)
			wire_take_kind(request, &kinds.list[i]);
	}
	/* Every kind's descriptor begins so: two words, then the size. */
	if (plugin != NULL)
		memcpy(size, (const unsigned char *)plugin + 8, sizeof(*size));
	kinds_free(&kinds);
	fault_free(&fault);
	return plugin;
}

/* In processor time, which other processes do not change. */
static int walk(struct engine_job *job, uint32_t n)
{
	struct explore_counts counts = { 0 };
	struct timespec begin, end;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
	int r = explore_walk(job, n, &counts);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
	printf("%.0f trials/s, %.1f ns/step, %.1f steps/trial\n", (double)counts.executions / seconds,
	       1e9 * seconds / (double)counts.steps, (double)counts.steps / (double)counts.executions);
	return r == 0 ? 0 : 1;
}

static int tell_usage(void)
{
	fputs(
	    "explore-host [options] PLUGIN.so [WORKLOAD.so]: the explorer in one process, without worker and sandbox.\n"
	    "The workload may be in the plugin's file.\n"
	    "  -t THREADS, -r ROUNDS   its size (2, 1)\n"
	    "  -s                      under sequential consistency\n"
	    "  -p PROPERTIES           a mask of 1 << enum workload_property\n"
	    "  -x EXECUTIONS           the budget\n"
	    "  -b BYPASS               the bound of bounded waiting\n"
	    "  -1                      step by step: states between any two of them\n"
	    "  -S SCHEDULE             this trial alone\n"
	    "  -w EXECUTIONS           walks at random, and tells how fast\n"
	    "  -v                      each step of what goes wrong\n",
	    stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static struct frame_run request = { .threads = 2, .rounds = 1, .properties = UINT32_MAX, .max_bypass = 6 };
	struct engine_job job = { .request = &request, .board = &board };
	int fds[2], option, r, size = 4 << 20;
	uint32_t walks = 0;
	int (*run)(struct engine_job *) = engine_explore.run;
	pthread_t receiver;
	struct timespec begin, end;

	while ((option = getopt(argc, argv, "t:r:sp:x:S:b:vw:1")) != -1) {
		switch (option) {
		case 't':
			request.threads = (uint32_t)atoi(optarg);
			break;
		case 'r':
			request.rounds = (uint64_t)atoi(optarg);
			break;
		case 's':
			request.memory_model = MEMORY_MODEL_SC;
			break;
		case 'p':
			request.properties = (uint32_t)strtoul(optarg, NULL, 0);
			break;
		case 'x':
			request.max_executions = strtoull(optarg, NULL, 0);
			break;
		case 'S':
			snprintf(request.schedule, sizeof request.schedule, "%s", optarg);
			break;
		case 'b':
			request.max_bypass = (uint32_t)atoi(optarg);
			break;
		case '1':
			run = explore_step_by_step;
			break;
		case 'w':
			walks = (uint32_t)strtoul(optarg, NULL, 0);
			break;
		case 'v':
			verbose = true;
			break;
		default:
			return tell_usage();
		}
	}
	if (optind >= argc)
		return tell_usage();
	job.plugin_module = load(argv[optind]);
	job.workload_module = load(argv[optind + 1 < argc ? optind + 1 : optind]);
	job.plugin = find_plugin(job.plugin_module.handle, &job.object_size, &request);
	job.workload = dlsym(job.workload_module.handle, "workload");
	if (job.plugin == NULL || job.workload == NULL) {
		fprintf(stderr, "no plugin, or no workload\n");
		return 2;
	}
	if (walks > 0)
		return walk(&job, walks);
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds);
	setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
	job.wire_fd = fds[0];
	pthread_create(&receiver, NULL, receive, &fds[1]);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	r = run(&job);
	clock_gettime(CLOCK_MONOTONIC, &end);
	shutdown(fds[0], SHUT_RDWR);
	pthread_join(receiver, NULL);
	printf("%s, %.3f s\n", r == 0 ? "done" : strerror(-r),
	       (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
	fflush(stdout);
	_exit(r == 0 ? 0 : 1); /* as the worker: the plugin's destructors have no business here any more */
}
