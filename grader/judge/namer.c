#include "namer.h"

#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "symbolize.h"
#include "text.h"
#include "translate.h"

struct namer {
	const char *plugin_path;
	const struct plugin_kind *kind;
	struct symbolizer *plugin, *workload;
	char *workload_path; /* that `workload` is open for */
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

/* A block of the heap, by the line that made it. */
static char *made_at(struct symbolizer *symbolizer, const struct wire_place *address)
{
	struct source_place place = { 0 };
	char *name = NULL, *whole;
	if (symbolizer != NULL && symbolizer_place(symbolizer, address->offset, &place, NULL) && place.line > 0)
		name = address->index == PLACE_OF_SETUP
			   ? say(N_("init's block (line %u)"), place.line)
			   : say(N_("thread %u's block (line %u)"), address->index, place.line);
	place_free(&place);
	if (name == NULL || address->within == 0)
		return name;
	whole = xasprintf("%s + %llu", name, (unsigned long long)address->within);
	free(name);
	return whole;
}

/* The name of a variable of the plugin's, or of a part of its object or of what the object points to; NULL: unknown. */
static char *plugin_data(struct namer *namer, const struct wire_place *address, unsigned size, bool *is_volatile)
{
	struct symbolizer *symbolizer = plugin_symbolizer(namer);
	*is_volatile = false;
	if (symbolizer == NULL)
		return NULL;
	switch ((enum wire_module)address->module) {
	case MODULE_OBJECT:
		return symbolizer_member(symbolizer, namer->kind->name, address->offset, size, is_volatile);
	case MODULE_PLUGIN:
		return symbolizer_variable(symbolizer, address->offset, size, is_volatile);
	case MODULE_POINTED:
		return symbolizer_pointed(symbolizer, namer->kind->name, address->offset, address->within, size,
					  is_volatile);
	default:
		return NULL;
	}
}

bool namer_is_volatile(struct namer *namer, const struct wire_place *address, unsigned size)
{
	bool is_volatile;
	free(plugin_data(namer, address, size, &is_volatile));
	return is_volatile;
}

char *namer_data(struct namer *namer, const struct wire_place *address, unsigned size)
{
	char *name = NULL, *words;
	bool is_volatile;
	switch ((enum wire_module)address->module) {
	case MODULE_OBJECT:
		/* Before its begin, as the explorer says it. */
		if ((int64_t)address->offset < 0)
			return say_n("%llu byte before struct %s", "%llu bytes before struct %s",
				     (unsigned long)-address->offset, (unsigned long long)-address->offset,
				     namer->kind->name);
		name = plugin_data(namer, address, size, &is_volatile);
		cut_library(name);
		return name != NULL
			   ? name
			   : say(N_("byte %llu of struct %s"), (unsigned long long)address->offset, namer->kind->name);
	case MODULE_PLUGIN:
		name = plugin_data(namer, address, size, &is_volatile);
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
		name = plugin_data(namer, address, size, &is_volatile);
		cut_library(name);
		break;
	case MODULE_HEAP:
		name = made_at(plugin_symbolizer(namer), address);
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
