/* Random programs: the outcomes of the explorer's complete executions, and how many there are of each, against those of
 * the enumerator: oracle-run INTERPRETER.so [-l] [-a] [-c] [-u MOST] [-n PROGRAMS] [-f FIRST] [-m MOST] [-v].
 * -l: programs that use the library, against interleavings; here the outcomes are compared, and whether all can get
 * stuck (that is what a search has to tell; how many executions stand for one outcome is up to the library's inside).
 * -a: waits look at two places in each round of their loops.
 * -u: of each execution, at most so many wake-ups without a reason.
 * -c: additions are made by compare-exchanges in a loop; of these, too, the outcomes are compared.
 * Exit status 0: no difference. */
#include <dlfcn.h>
#include <errno.h>
#include <getopt.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>
#include <sys/socket.h>
#include <unistd.h>

#include "board.h"
#include "explore.h"
#include "program.h"
#include "saying.h"
#include "wire_explore.h"

struct subject {
	struct engine_module module;
	struct program *program;
	const struct workload *workload;
	const struct lock_plugin *plugin;
};

static void print_said(const char *what, const char *message)
{
	char *words = said_text(message);

	printf("%s: %s\n", what, words);
	free(words);
}

static bool says_nothing_ended(const char *message)
{
	return strcmp(message, said_only(SAID_NO_EXECUTION_CAME_TO_ITS)) == 0;
}

static bool verbose, library, retries, twice;
static uint32_t surprises = UINT32_MAX;

static void observe(void *context, const void *data, size_t size)
{
	(void)size;
	outcomes_add(context, data);
}

static int load(const char *path, struct subject *subject)
{
	struct link_map *map;

	*subject = (struct subject){ .module = { .path = path, .handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) } };
	if (subject->module.handle == NULL) {
		fprintf(stderr, "%s\n", dlerror());
		return -1;
	}
	subject->program = dlsym(subject->module.handle, "program");
	subject->workload = dlsym(subject->module.handle, "workload");
	subject->plugin = dlsym(subject->module.handle, "lock_plugin");
	dlinfo(subject->module.handle, RTLD_DI_LINKMAP, &map);
	subject->module.base = subject->module.begin = map->l_addr;
	subject->module.end = subject->module.begin + (1u << 20);
	return subject->program != NULL && subject->workload != NULL && subject->plugin != NULL ? 0 : -1;
}

/* Whether the explorer says that it has seen all; *stuck: whether it says that threads wait for ever. */
static bool all_complete(int fd, bool *stuck)
{
	static union {
		struct frame_header header;
		struct frame_explore_property property;
		char bytes[WIRE_FRAME_MAX];
	} frame;
	bool complete = true;

	*stuck = false;
	while (recv(fd, &frame, sizeof frame, MSG_DONTWAIT) > 0) {
		if (frame.header.type == FRAME_EXPLORE_PROPERTY && frame.property.outcome == EXPLORE_FAIL) {
			bool waits = frame.property.property == PROPERTY_PROGRESS ||
				     frame.property.property == PROPERTY_LOST_WAKEUP;
			*stuck = *stuck || waits;
			complete = complete && waits;
		} else if (frame.header.type == FRAME_EXPLORE_PROPERTY &&
			   frame.property.outcome == EXPLORE_INCONCLUSIVE &&
			   !says_nothing_ended(frame.property.message)) {
			print_said("inconclusive", frame.property.message);
			complete = false;
		} else if (frame.header.type == FRAME_EXPLORE_PROPERTY && !frame.property.complete) {
			print_said("not complete", frame.property.message);
			complete = false;
		}
	}
	return complete;
}

static int explore(const struct subject *subject, const struct program *program, bool sequential,
		   struct outcomes *outcomes, bool *stuck)
{
	static struct board board;
	static struct frame_run request;
	struct engine_job job = { .request = &request,
				  .board = &board,
				  .plugin_module = subject->module,
				  .workload_module = subject->module,
				  .workload = subject->workload,
				  .plugin = subject->plugin,
				  .object_size = subject->plugin->size };
	int fds[2], r;

	*subject->program = *program;
	request.threads = program->n_threads;
	request.rounds = 1;
	request.max_executions = 10000000;
	request.memory_model = sequential ? MEMORY_MODEL_SC : MEMORY_MODEL_C11;
	request.properties = 1u << PROPERTY_DATA_RACE | 1u << PROPERTY_PROGRESS;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds) != 0)
		return -errno;
	job.wire_fd = fds[0];
	r = explore_surprises(&job, surprises, observe, outcomes);
	if (r == 0 && !all_complete(fds[1], stuck))
		r = -EAGAIN;
	close(fds[0]);
	close(fds[1]);
	return r;
}

static uint32_t count_of(const struct outcomes *outcomes, const struct outcome *outcome)
{
	for (uint32_t i = 0; i < outcomes->n; i++) {
		if (memcmp(&outcomes->entry[i].outcome, outcome, sizeof *outcome) == 0)
			return outcomes->entry[i].count;
	}
	return 0;
}

static void print_outcome(const struct program *program, const struct outcome *outcome)
{
	for (uint32_t t = 0; t < program->n_threads; t++) {
		for (uint32_t i = 0; i < program->n[t]; i++) {
			uint8_t value = outcome->byte[REGISTER_OF(t, i)];
			if (value == NOT_READ)
				printf(" -");
			else
				printf(" %u", value);
		}
		printf(" |");
	}
	for (uint32_t l = 0; l < program->n_locations; l++)
		printf(" %c = %u", (int)('x' + l), outcome->byte[FINAL_OF(l)]);
}

/* Where only the outcomes count. */
static void forget_counts(struct outcomes *outcomes)
{
	for (uint32_t i = 0; i < outcomes->n; i++)
		outcomes->entry[i].count = 1;
}

/* Prints what is not as often in both; returns how many outcomes differ. */
static uint32_t compare(const struct program *program, const struct outcomes *right, const struct outcomes *seen)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < right->n; i++) {
		uint32_t count = count_of(seen, &right->entry[i].outcome);
		if (count == right->entry[i].count)
			continue;
		print_outcome(program, &right->entry[i].outcome);
		printf(": %u executions, seen %u\n", right->entry[i].count, count);
		n++;
	}
	for (uint32_t i = 0; i < seen->n; i++) {
		if (count_of(right, &seen->entry[i].outcome) != 0)
			continue;
		print_outcome(program, &seen->entry[i].outcome);
		printf(": no such execution, seen %u\n", seen->entry[i].count);
		n++;
	}
	return n;
}

struct tally {
	uint32_t compared, skipped, different;
	uint64_t executions;
};

static void check(const struct subject *subject, uint64_t seed, uint32_t most, bool sequential, struct tally *tally)
{
	struct outcomes right = { 0 }, seen = { 0 };
	struct program program;
	bool must_stick = false, stuck = false;
	int r = -1;

	if (library)
		program_generate_library(&program, seed);
	else
		program_generate(&program, seed);
	if (twice)
		program_look_twice(&program, seed);
	program.retries = retries ? 1 + (uint32_t)(seed % 3) : 0;
	if ((library ? interleavings_enumerate(&program, most, surprises, &right, &must_stick)
		     : graphs_enumerate(&program, sequential, most, &right)) != 0) {
		tally->skipped++;
		goto out;
	}
	tally->compared++;
	for (uint32_t i = 0; i < right.n; i++)
		tally->executions += right.entry[i].count;
	r = explore(subject, &program, sequential, &seen, &stuck);
	if (library || retries) {
		forget_counts(&right);
		forget_counts(&seen);
	}
	uint32_t n = compare(&program, &right, &seen);
	if (library && stuck != must_stick) {
		printf("threads %s wait for ever; the explorer says they %s\n", must_stick ? "can" : "cannot",
		       stuck ? "can" : "cannot");
		n++;
	}
	if (r != 0 || n > 0) {
		printf("program %llu, %s: %u outcomes differ%s\n", (unsigned long long)seed, sequential ? "sc" : "c11",
		       n, r != 0 ? "; the explorer gave up" : "");
		tally->different++;
	}
	if (r != 0 || n > 0 || verbose)
		program_print(&program);
out:
	outcomes_free(&right);
	outcomes_free(&seen);
}

int main(int argc, char **argv)
{
	uint64_t first = 1, n = 500;
	uint32_t most = 0;
	struct subject subject;
	struct tally tally = { 0 };
	int option;

	while ((option = getopt(argc, argv, "acln:f:m:u:v")) != -1) {
		switch (option) {
		case 'n':
			n = strtoull(optarg, NULL, 10);
			break;
		case 'f':
			first = strtoull(optarg, NULL, 10);
			break;
		case 'm':
			most = (uint32_t)strtoul(optarg, NULL, 10);
			break;
		case 'a':
			twice = true;
			break;
		case 'c':
			retries = true;
			break;
		case 'u':
			surprises = (uint32_t)strtoul(optarg, NULL, 10);
			break;
		case 'l':
			library = true;
			break;
		case 'v':
			verbose = true;
			break;
		default:
			return 2;
		}
	}
	if (optind + 1 != argc || load(argv[optind], &subject) != 0)
		return 2;
	if (most == 0)
		most = library ? 100000 : 4000;
	for (uint64_t seed = first; tally.compared < 2 * n; seed++) {
		if (!library)
			check(&subject, seed, most, false, &tally);
		check(&subject, seed, most, true, &tally);
	}
	printf("%u comparisons, %llu executions, %u differences; %u too large for brute force\n", tally.compared,
	       (unsigned long long)tally.executions, tally.different, tally.skipped);
	return tally.different == 0 && tally.executions > 0 ? 0 : 1;
}
