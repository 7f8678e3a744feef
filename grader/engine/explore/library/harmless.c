/* Calls that plugins may make unseen: they read and write nothing that threads share, or only what the caller owns
 * while it makes the call (attributes), wait for nobody, and give the same answer each time. */
#include "own.h"

#include <stdlib.h>
#include <string.h>

static const char *const beginnings[] = {
	"__tsan_",       /* the rest of these: bookkeeping that the explorer has no use for */
	"Annotate",      /* noticed elsewhere */
	"_ITM_",         /* for transactions, which nobody has */
	"pthread_attr_", /* attributes */
	"pthread_mutexattr_",
	"pthread_condattr_",
	"pthread_rwlockattr_",
	"pthread_barrierattr_",
	"__asan_",
	"__ubsan_",
};

/* Sorted. */
static const char *const names[] = {
	"__ctype_b_loc",
	"__ctype_tolower_loc",
	"__ctype_toupper_loc",
	"__cxa_finalize",
	"__dso_handle",
	"__errno_location",
	"__gmon_start__",
	"__gxx_personality_v0",
	"__once_proxy",
	"__sigsetjmp", /* pthread_cleanup_push(), in C */
	"_setjmp",
	"abs",
	"atoi",
	"atol",
	"atoll",
	"bsearch",
	"ceil",
	"clock_getres",
	"difftime",
	"div",
	"exp",
	"fabs",
	"ffs",
	"ffsl",
	"ffsll",
	"floor",
	"fmax",
	"fmin",
	"fmod",
	"get_nprocs",
	"get_nprocs_conf",
	"getauxval",
	"getenv",
	"getpagesize",
	"getppid",
	"htonl",
	"htons",
	"isalnum",
	"isalpha",
	"isdigit",
	"isspace",
	"labs",
	"ldiv",
	"llabs",
	"lldiv",
	"log",
	"log2",
	"nice",
	"ntohl",
	"ntohs",
	"pow",
	"pthread_equal",
	"pthread_getcpuclockid",
	"round",
	"sched_get_priority_max",
	"sched_get_priority_min",
	"sched_getaffinity",
	"secure_getenv",
	"setlocale",
	"sigaddset",
	"sigdelset",
	"sigemptyset",
	"sigfillset",
	"sigismember",
	"sqrt",
	"strerror",
	"strerror_r",
	"strtol",
	"strtoll",
	"strtoul",
	"strtoull",
	"sysconf",
	"thrd_equal",
	"tolower",
	"toupper",
};

static int compare(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

bool is_harmless(const char *name)
{
	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
		if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	}
	return bsearch(name, names, sizeof names / sizeof *names, sizeof *names, compare) != NULL;
}

/* Of these, those that keep something for each thread. */
static const char *const of_threads[] = { "__asan_", "__errno_location", "__once_proxy", "__ubsan_", "strerror" };

bool is_of_thread(const char *name)
{
	for (size_t i = 0; i < sizeof of_threads / sizeof *of_threads; i++) {
		if (strncmp(name, of_threads[i], strlen(of_threads[i])) == 0)
			return true;
	}
	return false;
}
