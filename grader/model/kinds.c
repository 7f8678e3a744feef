#include "kinds.h"

#include <string.h>

#include "translate.h"

static const struct kind {
	const char *name, *symbol, *words;
} kinds[PLUGIN_KIND_COUNT] = {
	[PLUGIN_LOCK] = { "lock", "lock_plugin", N_("lock") },
	[PLUGIN_SEMAPHORE] = { "semaphore", "semaphore_plugin", N_("semaphore") },
	[PLUGIN_MONITOR] = { "monitor", "monitor_plugin", N_("monitor") },
	[PLUGIN_BARRIER] = { "barrier", "barrier_plugin", N_("barrier") },
	[PLUGIN_RWLOCK] = { "rwlock", "rwlock_plugin", N_("readers-writers lock") },
	[PLUGIN_BOUNDED_BUFFER] = { "bounded_buffer", "bounded_buffer_plugin", N_("bounded buffer") },
	[PLUGIN_PHILOSOPHERS] = { "philosophers", "philosophers_plugin", N_("philosophers' table") },
};

const char *kind_name(enum plugin_kind kind)
{
	return kinds[kind].name;
}

const char *kind_symbol(enum plugin_kind kind)
{
	return kinds[kind].symbol;
}

const char *kind_words(const char *name)
{
	enum plugin_kind kind = kind_from_name(name);
	return kind == PLUGIN_NONE ? name : kinds[kind].words;
}

enum plugin_kind kind_from_name(const char *name)
{
	for (unsigned i = PLUGIN_NONE + 1; i < PLUGIN_KIND_COUNT; i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return (enum plugin_kind)i;
	}
	return PLUGIN_NONE;
}

enum plugin_kind kind_from_symbol(const char *symbol)
{
	for (unsigned i = PLUGIN_NONE + 1; i < PLUGIN_KIND_COUNT; i++) {
		if (strcmp(kinds[i].symbol, symbol) == 0)
			return (enum plugin_kind)i;
	}
	return PLUGIN_NONE;
}

void kind_list(struct text *text, const char *suffix, const char *conjunction)
{
	for (unsigned i = PLUGIN_NONE + 1; i < PLUGIN_KIND_COUNT; i++) {
		if (i + 1 == PLUGIN_KIND_COUNT)
			text_printf(text, " %s ", conjunction);
		else if (i > PLUGIN_NONE + 1)
			text_add(text, ", ");
		text_printf(text, "%s%s", kinds[i].name, suffix);
	}
}
