/* What ends it all, and what is only said. */
#include "own.h"

#include <stdio.h>

static void end_with(uint32_t property, const char *message)
{
	call_finding(property, message, NULL);
	for (;;)
		call_exit();
}

static void model_exit(void)
{
	end_with(PROPERTY_COUNT, said_only(SAID_THE_PLUGIN_ENDS_THE_PROCESS));
}

static void model_abort(void)
{
	end_with(PROPERTY_COUNT, said_only(SAID_THE_PLUGIN_CALLS_ABORT));
}

static void model_assert_fail(const char *assertion, const char *file, unsigned line)
{
	char message[200], words[160];

	snprintf(words, sizeof words, "%.100s (%.40s:%u)", assertion, file, line);
	said_write(message, sizeof message, SAID_AN_ASSERTION_OF_THE_PLUGIN, words);
	end_with(PROPERTY_COUNT, message);
}

static void model_stack_check(void)
{
	end_with(PROPERTY_MEMORY_SAFETY, said_only(SAID_THE_PLUGIN_WRITES_BEYOND_THE));
}

static int model_nothing(void)
{
	return 0;
}

static long wide(void)
{
	call_unmodelled(said_only(SAID_AN_ATOMIC_ACCESS_OF_16_BYTES));
	return 0;
}

#define WIDE(name) TO("__tsan_atomic128_" name, wide)

CALLS(end) = {
	TO("exit", model_exit),
	TO("_exit", model_exit),
	TO("_Exit", model_exit),
	TO("quick_exit", model_exit),
	TO("abort", model_abort),
	TO("_ZSt9terminatev", model_abort),
	TO("__cxa_pure_virtual", model_abort),
	TO("__assert_fail", model_assert_fail),
	TO("__stack_chk_fail", model_stack_check),
	TO("printf", model_nothing),
	TO("__printf_chk", model_nothing),
	TO("puts", model_nothing),
	TO("putchar", model_nothing),
	TO("putc", model_nothing),
	TO("fprintf", model_nothing),
	TO("__fprintf_chk", model_nothing),
	TO("vfprintf", model_nothing),
	TO("__vfprintf_chk", model_nothing),
	TO("vprintf", model_nothing),
	TO("__vprintf_chk", model_nothing),
	TO("dprintf", model_nothing),
	TO("fputs", model_nothing),
	TO("fputc", model_nothing),
	TO("fwrite", model_nothing),
	TO("fflush", model_nothing),
	TO("perror", model_nothing),
	TO("write", model_nothing),
	TO("sched_setaffinity", model_nothing),
	TO("pthread_setaffinity_np", model_nothing),
	TO("pthread_setname_np", model_nothing),
	TO("pthread_setcancelstate", model_nothing),
	TO("pthread_setcanceltype", model_nothing),
	TO("pthread_testcancel", model_nothing),
	TO("pthread_atfork", model_nothing),
	TO("__register_atfork", model_nothing),
	WIDE("load"),
	WIDE("store"),
	WIDE("exchange"),
	WIDE("fetch_add"),
	WIDE("fetch_sub"),
	WIDE("fetch_and"),
	WIDE("fetch_or"),
	WIDE("fetch_xor"),
	WIDE("fetch_nand"),
	WIDE("compare_exchange_strong"),
	WIDE("compare_exchange_weak"),
	WIDE("compare_exchange_val"),
	NO_MORE,
};
