/* A kind of plugin, as a `kind:` block says (manifest/kind.h reads it, of an exercise or of those that come with the
 * program): a value that is copied, so that an exercise, a list of kinds and a worker each have their own. No I/O. */
#ifndef KINDS_H
#define KINDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

enum {
	KIND_NAME_BYTES = 32, /* names and words with their NUL */
	KIND_SYMBOL_BYTES = KIND_NAME_BYTES + 8,
	KIND_WORDS_BYTES = 128,
	KIND_OPERATIONS_MAX = 12,
	KIND_ARGUMENTS_MAX = 4,
	KIND_CHOICES_MAX = 4
};

/* The C types of what a function of the descriptor takes behind the object, and of what it returns. */
struct kind_signature {
	uint32_t n_arguments;
	char arguments[KIND_ARGUMENTS_MAX][KIND_WORDS_BYTES];
	char returns[KIND_WORDS_BYTES];
};

struct kind_operation {
	char name[KIND_NAME_BYTES];
	uint32_t number; /* in TRIAL_CALL and TRIAL_RETURN */
	bool required;   /* may not be NULL */
	bool blocks;     /* may wait for other threads, and not just for its turn at a mutex inside the plugin */
	bool gives_way;  /* what it does ends the waiting of others */
	bool keeps_out;  /* returns with what keeps others out, so that a mutex may still be locked */
	unsigned line;   /* of the manifest; 0: of a kind that comes with the program */
	struct kind_signature signature;
};

/* The descriptor's second number, where it says which of several things the plugin promises. */
struct kind_choice {
	char name[KIND_NAME_BYTES]; /* of the member; "": there is no such choice */
	uint32_t n;
	char values[KIND_CHOICES_MAX][KIND_WORDS_BYTES]; /* "MONITOR_MESA": 0, … */
	char words[KIND_CHOICES_MAX][KIND_NAME_BYTES];   /* "Mesa" */
};

/* What those who are inside a section do, in the words of the kind; "": the general words. Of %u: the section. */
struct kind_inside {
	char enter[KIND_WORDS_BYTES], enter_shared[KIND_WORDS_BYTES], leave[KIND_WORDS_BYTES];
	/* In sentences that begin with "threads 0 and 1". */
	char together[KIND_WORDS_BYTES]; /* where one may be inside */
	char too_many[KIND_WORDS_BYTES]; /* "… together, where only": the number that may be follows */
	char one_alone[KIND_WORDS_BYTES], each_alone[KIND_WORDS_BYTES];
};

/* The descriptor is `const struct <name>_plugin <name>_plugin`, its members: abi, a second number (threads_max, a
 * choice or nothing), size, init, the operations in their order, destroy. What init takes first is a `struct <name> *`.
 */
struct plugin_kind {
	char name[KIND_NAME_BYTES];     /* "bounded_buffer"; "" in a kind that is none */
	char symbol[KIND_SYMBOL_BYTES]; /* "bounded_buffer_plugin" */
	char words[KIND_WORDS_BYTES];   /* "bounded buffer" */
	char header[KIND_WORDS_BYTES];  /* as it stands behind #include: "<syncgrade/bounded_buffer.h>" */
	char abi_macro[KIND_WORDS_BYTES];
	uint32_t abi;
	unsigned line; /* of the manifest; 0: a kind that comes with the program */
	bool threads_max;
	struct kind_choice choice;
	struct kind_inside inside;
	struct kind_signature init;
	uint32_t n_operations;
	struct kind_operation operations[KIND_OPERATIONS_MAX];
};

/* Kinds that can be told apart; kinds_free() frees the list, which has copies. */
struct kinds {
	size_t n;
	struct plugin_kind *list;
};

/* Adds a copy; one of that name is replaced. */
void kinds_add(struct kinds *kinds, const struct plugin_kind *kind);
void kinds_free(struct kinds *kinds);

/* NULL where there is no such kind. */
const struct plugin_kind *kinds_named(const struct kinds *kinds, const char *name);
const struct plugin_kind *kinds_with_symbol(const struct kinds *kinds, const char *symbol);

/* Adds "lock, semaphore or monitor", as far as there are kinds; with each name comes `suffix`, before the last comes
 * `conjunction`. */
void kinds_list(const struct kinds *kinds, struct text *text, const char *suffix, const char *conjunction);

/* "acquire", "init"; "" for TRIAL_OPERATION_NONE and "?" for what the kind does not have. */
const char *kind_operation_name(const struct plugin_kind *kind, uint32_t number);

/* NULL: init, destroy, or none of the kind's. */
const struct kind_operation *kind_operation(const struct plugin_kind *kind, uint32_t number);

#endif
