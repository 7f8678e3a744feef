/* What a thread has for itself, and what is called when it ends. */
#include "own.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

struct library_state library_state;

int key_create(uint32_t *key, void (*destructor)(void *))
{
	if (library_state.keys == LIBRARY_KEYS_MAX) {
		call_unmodelled(said_only(SAID_MORE_KEYS_OF_THREAD_SPECIFIC));
		return EAGAIN;
	}
	library_state.destructor[library_state.keys] = destructor;
	*key = library_state.keys++;
	return 0;
}

static int model_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	return key_create(key, destructor);
}

static int model_key_delete(pthread_key_t key)
{
	if (key >= library_state.keys)
		return EINVAL;
	library_state.destructor[key] = NULL;
	return 0;
}

static void *model_getspecific(pthread_key_t key)
{
	return key < LIBRARY_KEYS_MAX ? library_state.thread[self()].specific[key] : NULL;
}

static int model_setspecific(pthread_key_t key, const void *value)
{
	if (key >= library_state.keys)
		return EINVAL;
	library_state.thread[self()].specific[key] = (void *)(uintptr_t)value;
	return 0;
}

/* C++'s thread_local variables: their destructors. */
static int model_thread_atexit(void (*function)(void *), void *argument)
{
	unsigned t = self();

	if (library_state.thread[t].endings == LIBRARY_ENDINGS_MAX)
		call_unmodelled(said_only(SAID_MORE_THREAD_LOCAL_VARIABLES_WITH));
	else
		library_state.thread[t].ending[library_state.thread[t].endings++] =
		    (struct library_ending){ .function = function, .argument = argument };
	return 0;
}

static int model_atexit(void)
{
	library_state.exits++;
	return 0;
}

bool library_leaves_to_the_end(void)
{
	unsigned first = library_mode.n_threads;
	bool any = library_state.exits > 0 || library_state.thread[first].endings > 0;

	for (uint32_t key = 0; key < library_state.keys; key++)
		any =
		    any || (library_state.destructor[key] != NULL && library_state.thread[first].specific[key] != NULL);
	return any;
}

static bool call_destructors(void)
{
	bool any = false;

	for (uint32_t key = 0; key < library_state.keys; key++) {
		void *value = library_state.thread[self()].specific[key];
		if (value == NULL || library_state.destructor[key] == NULL)
			continue;
		library_state.thread[self()].specific[key] = NULL;
		library_state.destructor[key](value);
		any = true;
	}
	return any;
}

void library_thread_ends(void)
{
	unsigned t = self();

	while (library_state.thread[t].endings > 0) {
		struct library_ending ending = library_state.thread[t].ending[--library_state.thread[t].endings];
		ending.function(ending.argument);
	}
	for (unsigned i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS && call_destructors(); i++)
		;
	mutex_owner_ends();
}

void library_fork(unsigned from, unsigned to)
{
	memcpy(library_state.thread[to].specific, library_state.thread[from].specific,
	       sizeof library_state.thread[to].specific);
}

CALLS(specific) = {
	TO("pthread_key_create", model_key_create),
	TO("pthread_key_delete", model_key_delete),
	TO("pthread_getspecific", model_getspecific),
	TO("pthread_setspecific", model_setspecific),
	TO("tss_delete", model_key_delete),
	TO("tss_get", model_getspecific),
	TO("tss_set", model_setspecific),
	TO("__tls_get_addr", fiber_tls_address),
	TO("__cxa_thread_atexit", model_thread_atexit),
	TO("__cxa_thread_atexit_impl", model_thread_atexit),
	TO("__cxa_atexit", model_atexit),
	TO("atexit", model_atexit),
	NO_MORE,
};
