/* start PROGRAM LIBRARIES [RUNS]: what the sandbox adds to a worker's start: the time from the launch to the worker's
 * HELLO, and to its end and the removal of all that was made for it; medians, and the ratio to a bare fork and exec in
 * the same run, in turns, so that a busy machine troubles all alike. Exit status 1 if the strongest level adds 8 ms or
 * more to the start. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "frames.h"
#include "launch.h"

enum { RUNS_MAX = 1000, KINDS = SANDBOX_LEVEL_COUNT + 1 };
#define ADDED_MS_MAX 8.0

struct measured {
	double hello_ms[RUNS_MAX], whole_ms[RUNS_MAX];
};

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *left, const void *right)
{
	double l = *(const double *)left, r = *(const double *)right;
	return l < r ? -1 : l > r;
}

static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof(*values), compare);
	return values[n / 2];
}

static int measure(struct sandbox *sandbox, const char *path, const char *libraries, double *hello_ms, double *whole_ms)
{
	const char *argv[] = { path, NULL }, *environment[] = { NULL }, *readable[] = { libraries, NULL }, *stage;
	int wire[2];
	union frame frame;
	struct child child;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, wire) < 0)
		return -1;
	struct launch launch = {
		.sandbox = sandbox,
		.path = path,
		.argv = argv,
		.envp = environment,
		.readable = readable,
		.output_fd = -1,
		.wire_fd = wire[1],
		.board_fd = -1,
		.fixed_addresses = true,
		.limits = { .cpu_ms = 10000, .file_kib = 16384, .files = 64, .memory_kib = 1 << 20, .tasks = 16 },
	};
	double begin = now_ms();
	int r = launch_start(&launch, &child, &stage);
	if (r < 0) {
		fprintf(stderr, "start: %s: %d\n", stage, r);
		return -1;
	}
	close(wire[1]);
	r = frame_receive(wire[0], &frame);
	*hello_ms = now_ms() - begin;
	close(wire[0]);
	launch_kill(&child);
	launch_reap(&child);
	*whole_ms = now_ms() - begin;
	return r;
}

int main(int argc, char **argv)
{
	static struct measured measured[KINDS];
	struct sandbox *sandbox[KINDS] = { NULL };
	int runs = argc > 3 ? atoi(argv[3]) : 101, status = 0;
	if (argc < 3 || runs < 1 || runs > RUNS_MAX)
		return fprintf(stderr, "usage: start PROGRAM LIBRARIES [RUNS]\n"), 2;
	double begin = now_ms();
	for (int kind = 1; kind < KINDS; kind++)
		sandbox[kind] = sandbox_create((enum sandbox_level)(kind - 1));
	double probe_ms = (now_ms() - begin) / SANDBOX_LEVEL_COUNT;
	for (int run = 0; run < runs; run++) {
		for (int kind = 0; kind < KINDS; kind++) {
			if (measure(sandbox[kind], argv[1], argv[2], &measured[kind].hello_ms[run],
				    &measured[kind].whole_ms[run]) < 0)
				return 2;
		}
	}
	double bare = median(measured[0].hello_ms, runs), bare_whole = median(measured[0].whole_ms, runs);
	printf("%-16s %8s %8s %8s %8s\n", "", "hello", "ratio", "whole", "ratio");
	printf("%-16s %5.2f ms %8s %5.2f ms\n", "bare", bare, "", bare_whole);
	for (int kind = 1; kind < KINDS; kind++) {
		double hello = median(measured[kind].hello_ms, runs), whole = median(measured[kind].whole_ms, runs);
		printf("%-16s %5.2f ms %8.2f %5.2f ms %8.2f\n", sandbox_level_name(sandbox_level(sandbox[kind])), hello,
		       hello / bare, whole, whole / bare_whole);
		if (kind == KINDS - 1)
			status = hello - bare >= ADDED_MS_MAX;
		sandbox_destroy(sandbox[kind]);
	}
	printf("probing a level: %.2f ms\n", probe_ms);
	return status;
}
