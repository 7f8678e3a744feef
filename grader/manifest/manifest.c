#include "manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "document.h"
#include "kind.h"
#include "mistakes.h"
#include "rules.h"
#include "schema.h"
#include "translate.h"
#include "translation.h"
#include "validate.h"
#include "wordings.h"

static struct run_size run_size(const struct raw_size *raw)
{
	if (raw == NULL)
		return (struct run_size){ 0 };
	return (struct run_size){ .threads = raw->threads,
				  .threads_most = raw->threads_most,
				  .rounds = raw->rounds,
				  .trials = raw->trials,
				  .time_ms = raw->time_ms,
				  .max_executions = raw->max_executions };
}

/* "bounded_buffer", "ordering" → "bounded-buffer-ordering". */
static char *object_name(const char *plugin, const char *workload)
{
	char *name = xasprintf("%s-%s", plugin, workload);
	for (char *c = name; *c != '\0'; c++)
		*c = *c == '_' ? '-' : *c;
	return name;
}

static unsigned line_of(struct document *document, const char *path)
{
	const yaml_node_t *node = document_find(document, path);
	return node != NULL ? (unsigned)node->start_mark.line + 1 : 0;
}

static unsigned workload_line(struct document *document, size_t index)
{
	char *path = xasprintf("workloads[%zu].name", index);
	unsigned line = line_of(document, path);
	free(path);
	return line;
}

/* The caller owns it. */
static char *find_include(const char *folder)
{
	struct stat status;
	char *path = xasprintf("%s/include", folder);
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return path;
	free(path);
	return NULL;
}

static bool is_written(struct document *document, size_t index, const char *member)
{
	char *path = xasprintf("workloads[%zu].coverage.%s", index, member);
	bool found = document_find(document, path) != NULL;
	free(path);
	return found;
}

/* What a workload is silent about is as the exercise has it. */
static struct exercise_coverage coverage(const struct raw_manifest *raw, struct document *document, size_t index)
{
	const struct raw_coverage *of_all = &raw->coverage, *own = raw->workloads[index].coverage;
	struct exercise_coverage taken = { .accept = COVERAGE_SAMPLED,
					   .switches = of_all->switches,
					   .executions = of_all->executions };
	if (of_all->accept != NULL)
		coverage_from_name(of_all->accept, &taken.accept);
	if (own != NULL && own->accept != NULL)
		coverage_from_name(own->accept, &taken.accept);
	if (is_written(document, index, "switches"))
		taken.switches = own->switches;
	if (is_written(document, index, "executions"))
		taken.executions = own->executions;
	return taken;
}

static void take_workloads(struct exercise *exercise, const struct raw_manifest *raw, struct document *document)
{
	struct exercise_workload *workloads = xcalloc(raw->n_workloads, sizeof(*workloads));
	for (size_t i = 0; i < raw->n_workloads; i++) {
		const struct raw_workload *from = &raw->workloads[i];
		workloads[i].name = xstrdup(from->name);
		workloads[i].object =
		    from->object != NULL ? xstrdup(from->object) : object_name(exercise->kind.name, from->name);
		workloads[i].line = workload_line(document, i);
		workloads[i].size[ENGINE_EXPLORE] = run_size(from->explore);
		workloads[i].size[ENGINE_TSAN] = run_size(from->tsan);
		workloads[i].size[ENGINE_NATIVE] = run_size(from->native);
		workloads[i].coverage = coverage(raw, document, i);
	}
	exercise->workloads = workloads;
	exercise->n_workloads = raw->n_workloads;
}

static const struct exercise_workload *find_workload(const struct exercise *exercise, const char *name)
{
	for (size_t i = 0; i < exercise->n_workloads; i++) {
		if (strcmp(exercise->workloads[i].name, name) == 0)
			return &exercise->workloads[i];
	}
	return NULL;
}

static unsigned check_line(struct document *document, size_t index)
{
	char *path = xasprintf("checks[%zu]", index);
	unsigned line = line_of(document, path);
	free(path);
	return line;
}

static void take_checks(struct exercise *exercise, const struct raw_manifest *raw, struct document *document)
{
	struct exercise_check *checks = xcalloc(raw->n_checks, sizeof(*checks));
	for (size_t i = 0; i < raw->n_checks; i++) {
		const struct raw_check *from = &raw->checks[i];
		checks[i].id = xasprintf("%s/%s", from->workload, from->property);
		checks[i].line = check_line(document, i);
		checks[i].workload = find_workload(exercise, from->workload);
		property_from_name(from->property, &checks[i].property);
		for (size_t j = 0; j < from->n_engines; j++) {
			enum engine_id engine;
			if (engine_from_name(from->engines[j], &engine))
				checks[i].engines |= 1u << engine;
		}
		checks[i].points = from->points;
		size_t *requires = xcalloc(from->n_requires, sizeof(*requires));
		for (size_t j = 0; j < from->n_requires; j++)
		requires[j] = rules_check_index(raw, from->requires[j]);
		checks[i].requires = requires;
		checks[i].n_requires = from->n_requires;
		checks[i].also = xcalloc(from->n_also, sizeof(const struct exercise_workload *));
		checks[i].n_also = from->n_also;
		for (size_t j = 0; j < from->n_also; j++)
			checks[i].also[j] = find_workload(exercise, from->also[j]);
		checks[i].hint = from->hint != NULL ? xstrdup(from->hint) : NULL;
		checks[i].section = from->section != NULL ? xstrdup(from->section) : NULL;
		checks[i].hidden = from->hidden;
	}
	exercise->checks = checks;
	exercise->n_checks = raw->n_checks;
}

static const char *const *take_strings(char *const *from, size_t count)
{
	const char **strings = xcalloc(count, sizeof(*strings));
	for (size_t i = 0; i < count; i++)
		strings[i] = xstrdup(from[i]);
	return strings;
}

static void take_kind(struct exercise *exercise, const struct raw_manifest *raw, struct document *document,
		      const struct kinds *kinds)
{
	exercise->own_kind = raw->kind != NULL;
	if (raw->kind != NULL) {
		kind_take(&exercise->kind, raw->kind);
		exercise->kind.line = line_of(document, "kind");
		for (uint32_t i = 0; i < exercise->kind.n_operations; i++) {
			char *path = xasprintf("kind.operations[%u]", i);
			exercise->kind.operations[i].line = line_of(document, path);
			free(path);
		}
	} else {
		exercise->kind = *kinds_named(kinds, raw->plugin);
	}
}

static void take(struct exercise *exercise, const struct raw_manifest *raw, struct document *document,
		 const struct kinds *kinds, char *folder)
{
	*exercise = (struct exercise){
		.id = xstrdup(raw->exercise),
		.folder = folder,
		.include = find_include(folder),
		.title = xstrdup(raw->title),
		.version = raw->version,
		.max_bypass_per_thread = raw->bounds.bypass_per_thread,
		.limits = { .hang_ms = raw->limits.hang_ms,
			    .wall_ms = raw->limits.wall_ms,
			    .cpu_ms = raw->limits.cpu_ms,
			    .memory_kib = raw->limits.memory_kib,
			    .threads = raw->limits.threads,
			    .output_kib = raw->limits.output_kib,
			    .object_kib = raw->limits.object_kib,
			    .source_kib = raw->limits.source_kib },
		.starter_max = raw->starter_max,
		.n_imports = raw->n_imports,
		.imports = take_strings(raw->imports, raw->n_imports),
		.n_flags = raw->n_flags,
		.flags = take_strings(raw->flags, raw->n_flags),
	};
	for (size_t i = 0; i < raw->n_withhold; i++)
		*rules_withheld(&exercise->withheld, raw->withhold[i]) = true;
	take_kind(exercise, raw, document, kinds);
	take_workloads(exercise, raw, document);
	take_checks(exercise, raw, document);
}

/* The handout's text, which the caller owns; NULL: there is none. */
static char *read_handout(const char *folder)
{
	char *path = xasprintf("%s/README.md", folder), *text = NULL;
	FILE *file = fopen(path, "re");
	if (file != NULL) {
		text = xcalloc(1, MANIFEST_BYTES_MAX + 1);
		text[fread(text, 1, MANIFEST_BYTES_MAX, file)] = '\0';
		fclose(file);
	}
	free(path);
	return text;
}

int manifest_read(const char *folder, struct exercise *exercise, struct fault *fault)
{
	*exercise = (struct exercise){ 0 };
	struct document document;
	struct raw_manifest *raw = NULL;
	struct kinds kinds = { 0 };
	char *absolute = NULL;
	int r;
	if ((r = document_init(&document, folder, MANIFEST_FILE,
			       _("exercise, version, title, plugin, workloads and checks"), fault)) < 0 ||
	    (r = kinds_shipped(&kinds, fault)) < 0)
		goto out;
	if ((absolute = realpath(folder, NULL)) == NULL) {
		r = fault_machine(fault, errno, _("%s: cannot be read"), folder);
		goto out;
	}
	validate(&document, &manifest_schema);
	if ((r = document_problems(&document, fault)) < 0 ||
	    (r = schema_load(&document, &manifest_schema, (cyaml_data_t **)&raw, fault)) < 0)
		goto out;
	rules_fill(&document, raw);
	rules_check(&document, raw, strrchr(absolute, '/') + 1, &kinds);
	char *handout = read_handout(absolute);
	rules_check_sections(&document, raw, handout);
	free(handout);
	if ((r = document_problems(&document, fault)) < 0)
		goto out;
	take(exercise, raw, &document, &kinds, absolute);
	absolute = NULL;
	r = mistakes_read(exercise->folder, &exercise->mistakes, &exercise->n_mistakes, fault);
	if (r == 0)
		r = wordings_read(folder, exercise, fault);
	if (r == 0 && strcmp(LANGUAGE_TAG, "en") != 0)
		r = translation_read(folder, LANGUAGE_TAG, exercise, fault);
	if (r < 0)
		manifest_free(exercise);
out:
	free(absolute);
	kinds_free(&kinds);
	schema_free(&manifest_schema, raw);
	document_fini(&document);
	return r;
}

static void free_strings(const char *const *strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free((void *)strings[i]);
	free((void *)strings);
}

void manifest_free(struct exercise *exercise)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		free((void *)exercise->checks[i].id);
		free((void *)exercise->checks[i].hint);
		free((void *)exercise->checks[i].section);
		free((void *)exercise->checks[i].requires);
		free((void *)exercise->checks[i].also);
	}
	free((void *)exercise->checks);
	mistakes_free(exercise->mistakes, exercise->n_mistakes);
	wordings_free(&exercise->wordings);
	for (size_t i = 0; i < exercise->n_workloads; i++) {
		free((void *)exercise->workloads[i].name);
		free((void *)exercise->workloads[i].object);
	}
	free((void *)exercise->workloads);
	free_strings(exercise->imports, exercise->n_imports);
	free_strings(exercise->flags, exercise->n_flags);
	free((void *)exercise->id);
	free((void *)exercise->folder);
	free((void *)exercise->include);
	free((void *)exercise->title);
	*exercise = (struct exercise){ 0 };
}
