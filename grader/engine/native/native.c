/* The native engine: real threads, our own library behind __tsan_*, which passes everything through. */
#include "engine.h"
#include "thread_trials.h"

const struct engine engine_native = { .name = "native", .id = ENGINE_NATIVE, .run = threads_run };
