#include "namer.h"

#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "symbolize.h"
#include "text.h"
#include "translate.h"

struct block {
	uint32_t thread; /* that made it; PLACE_OF_SETUP */
	uint64_t nth;    /* of all that it made */
	unsigned line;   /* that made it */
};

struct namer {
	const char *plugin_path;
	const struct plugin_kind *kind;
	struct symbolizer *plugin, *workload;
	char *workload_path;  /* that `workload` is open for */
	struct block *blocks; /* of the heap, in the story that names are for */
	size_t n_blocks;
};

struct namer *namer_create(const char *plugin_path, const struct plugin_kind *kind)
{
	struct namer *namer = xcalloc(1, sizeof(*namer));
	namer->plugin_path = plugin_path;
	namer->kind = kind;
	return namer;
}

void namer_destroy(struct namer *namer)
{
	if (namer == NULL)
		return;
	namer_end_story(namer);
	symbolizer_close(namer->plugin);
	symbolizer_close(namer->workload);
	free(namer->workload_path);
	free(namer);
}

const struct plugin_kind *namer_kind(const struct namer *namer)
{
	return namer->kind;
}

/* A place without a name is still evidence: a symbolizer that cannot be had is no fault. */
static struct symbolizer *open_symbolizer(const char *path)
{
	struct symbolizer *symbolizer = NULL;
	struct fault fault = { 0 };
	if (symbolizer_open(&symbolizer, path, &fault) < 0)
		symbolizer = NULL;
	fault_free(&fault);
	return symbolizer;
}

static struct symbolizer *plugin_symbolizer(struct namer *namer)
{
	if (namer->plugin == NULL)
		namer->plugin = open_symbolizer(namer->plugin_path);
	return namer->plugin;
}

static struct symbolizer *workload_symbolizer(struct namer *namer, const char *path)
{
	if (path == NULL)
		return NULL;
	if (namer->workload_path == NULL || strcmp(namer->workload_path, path) != 0) {
		symbolizer_close(namer->workload);
		text_replace(&namer->workload_path, xstrdup(path));
		namer->workload = open_symbolizer(path);
	}
	return namer->workload;
}

bool namer_code(struct namer *namer, const char *workload_path, const struct wire_place *place,
		struct source_place *where)
{
	struct symbolizer *symbolizer = NULL;
	*where = (struct source_place){ 0 };
	if (place->module == MODULE_PLUGIN)
		symbolizer = plugin_symbolizer(namer);
	else if (place->module == MODULE_WORKLOAD)
		symbolizer = workload_symbolizer(namer, workload_path);
	return symbolizer != NULL && symbolizer_place(symbolizer, place->offset, where, NULL);
}

bool namer_stack(struct namer *namer, const char *workload_path, const struct wire_place *stack, size_t n,
		 struct source_place *where)
{
	for (size_t i = 0; i < n; i++) {
		if (stack[i].module == MODULE_PLUGIN && namer_code(namer, workload_path, &stack[i], where))
			return true;
	}
	for (size_t i = 0; i < n; i++) {
		if (namer_code(namer, workload_path, &stack[i], where))
			return true;
	}
	*where = (struct source_place){ 0 };
	return false;
}

/* "lock->taken._M_base._M_i", "lock->held.__val": what a type of the library's has in it no student has written. */
static void cut_library(char *name)
{
	static const char *const members[] = { "._M_", ".__val" };
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		char *inner = name != NULL ? strstr(name, members[i]) : NULL;
		if (inner != NULL)
			*inner = '\0';
	}
}

static unsigned line_of(struct namer *namer, const struct wire_place *place)
{
	struct symbolizer *symbolizer = plugin_symbolizer(namer);
	struct source_place where = { 0 };
	if (symbolizer != NULL)
		symbolizer_place(symbolizer, place->offset, &where, NULL);
	unsigned line = where.line;
	place_free(&where);
	return line;
}

static bool is_same_block(const struct block *block, const struct wire_place *place)
{
	return block->thread == place->index && block->nth == place->nth;
}

static void add_block(struct namer *namer, const struct wire_place *place)
{
	if (place->module != MODULE_HEAP)
		return;
	for (size_t i = 0; i < namer->n_blocks; i++) {
		if (is_same_block(&namer->blocks[i], place))
			return;
	}
	namer->blocks = xrealloc(namer->blocks, (namer->n_blocks + 1) * sizeof(*namer->blocks));
	namer->blocks[namer->n_blocks++] =
	    (struct block){ .thread = place->index, .nth = place->nth, .line = line_of(namer, place) };
}

/* Which of the story's blocks that the thread made in that line it is, in the order in which they were made, from 1; 0:
 * the only one. */
static unsigned number_in_story(const struct namer *namer, const struct wire_place *place, unsigned line)
{
	unsigned before = 0, beside = 0;
	for (size_t i = 0; i < namer->n_blocks; i++) {
		const struct block *block = &namer->blocks[i];
		if (block->thread != place->index || block->line != line || block->nth == place->nth)
			continue;
		before += block->nth < place->nth;
		beside++;
	}
	return beside > 0 ? before + 1 : 0;
}

/* A block of the heap, by the line that made it: "init's block (line 12)". */
static char *made_at(struct namer *namer, const struct wire_place *place)
{
	unsigned line = line_of(namer, place), number = number_in_story(namer, place, line);
	char *name = NULL;
	if (line == 0)
		return NULL;
	if (place->index == PLACE_OF_SETUP)
		name = number > 0 ? say(N_("init's block %u (line %u)"), number, line)
				  : say(N_("init's block (line %u)"), line);
	else
		name = number > 0 ? say(N_("thread %u's block %u (line %u)"), place->index, number, line)
				  : say(N_("thread %u's block (line %u)"), place->index, line);
	if (place->within > 0)
		text_replace(&name, xasprintf("%s + %llu", name, (unsigned long long)place->within));
	return name;
}

void namer_begin_story(struct namer *namer, const struct explore_step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		add_block(namer, &steps[i].address);
		add_block(namer, &steps[i].value_at);
		add_block(namer, &steps[i].stored_at);
		add_block(namer, &steps[i].newest_at);
	}
}

void namer_end_story(struct namer *namer)
{
	free(namer->blocks);
	namer->blocks = NULL;
	namer->n_blocks = 0;
}

/* The name of a variable of the plugin's, or of a part of its object or of what the object points to; NULL: unknown. */
static char *plugin_data(struct namer *namer, const struct wire_place *address, unsigned size, struct data_type *type)
{
	struct symbolizer *symbolizer = plugin_symbolizer(namer);
	*type = (struct data_type){ 0 };
	if (symbolizer == NULL)
		return NULL;
	switch ((enum wire_module)address->module) {
	case MODULE_OBJECT:
		return symbolizer_member(symbolizer, namer->kind->name, address->offset, size, type);
	case MODULE_PLUGIN:
		return symbolizer_variable(symbolizer, address->offset, size, type);
	case MODULE_POINTED:
		return symbolizer_pointed(symbolizer, namer->kind->name, address->offset, address->within, size, type);
	default:
		return NULL;
	}
}

bool namer_is_volatile(struct namer *namer, const struct wire_place *address, unsigned size)
{
	struct data_type type;
	free(plugin_data(namer, address, size, &type));
	return type.is_volatile;
}

/* What a pointer points to: "&lock->nodes[1]", "&sentinel"; NULL: it has no name. */
static char *pointed_name(struct namer *namer, const struct wire_place *at, const struct data_type *type)
{
	struct data_type unused;
	if (at->module == MODULE_HEAP)
		return made_at(namer, at);
	char *name = type->pointed > 0 ? plugin_data(namer, at, (unsigned)type->pointed, &unused) : NULL;
	cut_library(name);
	if (name != NULL)
		text_replace(&name, xasprintf("&%s", name));
	return name;
}

char *namer_value(struct namer *namer, const struct wire_place *address, unsigned size, uint64_t value,
		  const struct wire_place *at)
{
	struct data_type type;
	if (size != sizeof(void *) || (value != 0 && at->module == MODULE_NONE))
		return NULL;
	char *variable = plugin_data(namer, address, size, &type);
	bool untyped = variable == NULL && (address->module == MODULE_HEAP || address->module == MODULE_POINTED);
	free(variable);
	if (type.is_pointer)
		return value == 0 ? xstrdup("NULL") : pointed_name(namer, at, &type);
	return untyped && at->module == MODULE_HEAP ? made_at(namer, at) : NULL;
}

char *namer_data(struct namer *namer, const struct wire_place *address, unsigned size)
{
	char *name = NULL, *words;
	struct data_type type;
	switch ((enum wire_module)address->module) {
	case MODULE_OBJECT:
		/* Before its begin, as the explorer says it. */
		if ((int64_t)address->offset < 0)
			return say_n("%llu byte before struct %s", "%llu bytes before struct %s",
				     (unsigned long)-address->offset, (unsigned long long)-address->offset,
				     namer->kind->name);
		name = plugin_data(namer, address, size, &type);
		cut_library(name);
		return name != NULL
			   ? name
			   : say(N_("byte %llu of struct %s"), (unsigned long long)address->offset, namer->kind->name);
	case MODULE_PLUGIN:
		name = plugin_data(namer, address, size, &type);
		cut_library(name);
		return name != NULL ? name : say_only(N_("a variable of the plugin"));
	case MODULE_DATA:
		words = say_only(namer->kind->words);
		name = say(N_("the data that the %s protects"), words);
		free(words);
		return name;
	case MODULE_WORKLOAD:
		return say_only(N_("a variable of the workload"));
	case MODULE_POINTED:
		name = plugin_data(namer, address, size, &type);
		cut_library(name);
		break;
	case MODULE_HEAP:
		name = made_at(namer, address);
		break;
	case MODULE_NONE:
	case MODULE_OTHER:
		break;
	}
	if (name != NULL)
		return name;
	return say_only(N_("memory on the heap or a stack"));
}

char *namer_object(struct namer *namer, const struct wire_place *address)
{
	char *name = namer_data(namer, address, 0), *inner = strstr(name, ".__");
	if (inner != NULL)
		*inner = '\0';
	return name;
}

char *place_text(const struct source_place *where)
{
	if (where->function != NULL && where->file != NULL)
		return xasprintf("%s (%s:%u)", where->function, where->file, where->line);
	if (where->file != NULL)
		return xasprintf("%s:%u", where->file, where->line);
	return xstrdup(where->function != NULL ? where->function : "");
}

void place_free(struct source_place *where)
{
	free(where->function);
	free(where->file);
	*where = (struct source_place){ 0 };
}
