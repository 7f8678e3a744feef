/* The kinds of plugin. A new one needs a header in include/syncgrade, a line here, the layout of its descriptor
 * (inspect/descriptor.c) and, for workloads to drive it, its operations (syncgrade/workload.h, names.c). */
#ifndef KINDS_H
#define KINDS_H

#include <stdbool.h>

#include "text.h"

enum plugin_kind {
	PLUGIN_NONE,
	PLUGIN_LOCK,
	PLUGIN_SEMAPHORE,
	PLUGIN_MONITOR,
	PLUGIN_BARRIER,
	PLUGIN_RWLOCK,
	PLUGIN_BOUNDED_BUFFER,
	PLUGIN_PHILOSOPHERS,
	PLUGIN_KIND_COUNT
};

/* "bounded_buffer": what manifests and workloads call it; its struct is `struct bounded_buffer`, its symbol
 * `bounded_buffer_plugin`, its header <syncgrade/bounded_buffer.h>. NULL for PLUGIN_NONE. */
const char *kind_name(enum plugin_kind kind);

/* "bounded_buffer_plugin": the symbol that a plugin of this kind exports. NULL for PLUGIN_NONE. */
const char *kind_symbol(enum plugin_kind kind);

/* "bounded buffer": what a sentence calls the thing of that name; the name itself where it is of no known kind. */
const char *kind_words(const char *name);

/* PLUGIN_NONE where there is no such kind. */
enum plugin_kind kind_from_name(const char *name);
enum plugin_kind kind_from_symbol(const char *symbol);

/* Adds "lock, semaphore or monitor", as far as there are kinds; with each name comes `suffix`, before the last comes
 * `conjunction`. */
void kind_list(struct text *text, const char *suffix, const char *conjunction);

#endif
