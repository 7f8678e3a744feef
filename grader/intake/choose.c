#include "choose.h"

#include <errno.h>
#include <string.h>

#include "text.h"
#include "translate.h"

enum { NAMES_SHOWN = 8 };

/* ---- what there is instead ---- */

static void add_name(struct text *text, size_t n, const char *name)
{
	if (n < NAMES_SHOWN)
		text_printf(text, "%s%s", n > 0 ? ", " : "", name);
}

static void add_rest(struct text *text, size_t n)
{
	if (n > NAMES_SHOWN)
		text_printf(text, _(" and %zu more"), n - NAMES_SHOWN);
}

/* One thing is there, or `path` is that thing. */
static int tell_one(const struct passed_over *passed, const char *path, struct text *reasons, struct fault *fault)
{
	bool itself = strcmp(basename(path), passed->name) == 0;
	size_t length = strlen(path);
	text_free(reasons);
	return fault_submission(fault, "%s%s%s: %s", path, itself || (length > 0 && path[length - 1] == '/') ? "" : "/",
				itself ? "" : passed->name, passed->reason);
}

/* Nothing can be graded: for each thing that is there, why not. */
static int tell_nothing(const struct collection *collection, const char *path, struct fault *fault)
{
	struct text reasons = { 0 }, others = { 0 };
	size_t n_reasons = 0, n_others = 0;
	for (size_t i = 0; i < collection->n_passed; i++) {
		const struct passed_over *passed = &collection->passed[i];
		if (passed->reason == NULL)
			add_name(&others, n_others++, passed->name);
		else if (n_reasons++ < NAMES_SHOWN)
			text_printf(&reasons, "\n%s: %s", passed->name, passed->reason);
	}
	for (size_t i = 0; i < collection->n_files; i++)
		add_name(&others, n_others++, collection->files[i].inner);
	add_rest(&others, n_others);
	if (n_reasons == 1 && n_others == 0 && collection->n_passed_in_all == 1)
		return tell_one(&collection->passed[0], path, &reasons, fault);
	if (n_others > 0)
		text_printf(&reasons, _("\nthere is only: %s"), others.data);
	int r = reasons.length == 0
		    ? fault_submission(fault, _("%s: nothing was handed in: the folder is empty"), path)
		    : fault_submission(fault, _("%s: holds neither a source (.c, .cpp) nor a shared object (.so)%s"),
				       path, reasons.data);
	text_free(&reasons);
	text_free(&others);
	return r;
}

/* ---- which one ---- */

typedef bool is_meant(const struct collected_file *file);

static bool defines(const struct collected_file *file)
{
	return file->defines;
}

static bool mentions(const struct collected_file *file)
{
	return file->mentions && !file->has_main;
}

static bool is_source(const struct collected_file *file)
{
	return file->kind == FILE_C || file->kind == FILE_CXX;
}

static bool is_no_program(const struct collected_file *file)
{
	return is_source(file) && !file->has_main;
}

static bool is_object(const struct collected_file *file)
{
	return file->kind == FILE_OBJECT;
}

static bool is_any(const struct collected_file *file)
{
	return is_source(file) || is_object(file);
}

static size_t count(const struct collection *collection, is_meant *meant, int *last)
{
	size_t n = 0;
	for (size_t i = 0; i < collection->n_files; i++) {
		if (meant(&collection->files[i])) {
			*last = (int)i;
			n++;
		}
	}
	return n;
}

static int tell_several(const struct collection *collection, is_meant *meant, const char *path, struct fault *fault)
{
	struct text names = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < collection->n_files; i++) {
		if (meant(&collection->files[i]))
			add_name(&names, n++, collection->files[i].inner);
	}
	add_rest(&names, n);
	int r = fault_submission(
	    fault,
	    meant == defines
		? _("%s: the folder holds several files that could be the submission (%s): each defines a "
		    "descriptor; leave just the one that is meant in the folder")
		: _("%s: the folder holds several files that could be the submission (%s), and none that "
		    "defines a descriptor, such as lock_plugin; name the one that is meant, or leave just that "
		    "one in the folder"),
	    path, names.data);
	text_free(&names);
	return r;
}

/* x.so beside x.c was built from it, presumably: the source says more. */
static bool same_stem(const char *source, const char *object)
{
	const char *dot = strrchr(source, '.');
	size_t stem = (size_t)(dot - source);
	return strlen(object) == stem + strlen(".so") && strncmp(source, object, stem) == 0;
}

int choose_file(const struct collection *collection, const char *path, struct fault *fault)
{
	int source = -1, object = -1;
	size_t n_defining = count(collection, defines, &source);
	if (n_defining > 0)
		return n_defining == 1 ? source : tell_several(collection, defines, path, fault);
	if (count(collection, mentions, &source) == 1)
		return source;
	size_t n_sources = count(collection, is_source, &source), n_objects = count(collection, is_object, &object);
	if (n_sources + n_objects == 0)
		return tell_nothing(collection, path, fault);
	if (n_sources > 1 && count(collection, is_no_program, &source) == 1)
		n_sources = 1;
	if (n_sources == 1 && (n_objects == 0 || (n_objects == 1 && same_stem(collection->files[source].inner,
									      collection->files[object].inner))))
		return source;
	if (n_sources == 0 && n_objects == 1)
		return object;
	return tell_several(collection, is_any, path, fault);
}

bool choose_belongs(const struct collection *collection, size_t main, size_t i)
{
	const struct collected_file *file = &collection->files[i];
	bool same_tree = main >= collection->n_files || file->root == collection->files[main].root;
	return i != main && same_tree && is_source(file) && !file->is_link && !file->defines && !file->has_main;
}
