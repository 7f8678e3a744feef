#include "rules.h"

#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>

#include "board.h"
#include "kind.h"
#include "names.h"
#include "schedule_text.h"
#include "translate.h"

/* Every number that a manifest may leave out, with its default and range. */
struct limit_rule {
	const char *path;
	size_t member; /* offset of the uint32_t in struct raw_manifest */
	uint32_t standard, least, most;
};

#define RULE_ALONE(name, standard, least, most)                                                                        \
	{                                                                                                              \
#name, offsetof(struct raw_manifest, name), standard, least, most                                      \
	}
#define RULE(section, name, standard, least, most)                                                                     \
	{                                                                                                              \
#section "." #name, offsetof(struct raw_manifest, section.name), standard, least, most                 \
	}

static const struct limit_rule limit_rules[] = {
	RULE(bounds, bypass_per_thread, 3, 1, 1000),
	RULE(coverage, switches, 2, 0, 1000),
	RULE(coverage, executions, 1000, 1, 1000000000),
	RULE_ALONE(starter_max, 10, 0, 100),
	RULE(limits, hang_ms, 5000, 50, 600000),
	RULE(limits, wall_ms, 60000, 100, 3600000),
	RULE(limits, cpu_ms, 60000, 100, 3600000),
	RULE(limits, memory_kib, 262144, 1024, 16777216),
	RULE(limits, threads, 64, 2, 1024),
	RULE(limits, output_kib, 64, 1, 65536),
	RULE(limits, object_kib, BOARD_OBJECT_MAX / 1024, 1, BOARD_OBJECT_MAX / 1024),
	RULE(limits, source_kib, 256, 1, 65536),
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define TRIALS_STANDARD 1u
#define TIME_MS_STANDARD 1000u

static uint32_t *limit_of(struct raw_manifest *raw, const struct limit_rule *rule)
{
	return (uint32_t *)(void *)((char *)raw + rule->member);
}

static void fill_size(struct document *document, struct raw_size *size, size_t index, const char *engine)
{
	if (size == NULL)
		return;
	char *trials = xasprintf("workloads[%zu].%s.trials", index, engine);
	char *time_ms = xasprintf("workloads[%zu].%s.time_ms", index, engine);
	if (document_find(document, trials) == NULL)
		size->trials = TRIALS_STANDARD;
	if (document_find(document, time_ms) == NULL)
		size->time_ms = TIME_MS_STANDARD;
	free(time_ms);
	free(trials);
}

void rules_fill(struct document *document, struct raw_manifest *raw)
{
	for (size_t i = 0; i < LENGTH(limit_rules); i++) {
		if (document_find(document, limit_rules[i].path) == NULL)
			*limit_of(raw, &limit_rules[i]) = limit_rules[i].standard;
	}
	for (size_t i = 0; i < raw->n_workloads; i++) {
		fill_size(document, raw->workloads[i].tsan, i, "tsan");
		fill_size(document, raw->workloads[i].native, i, "native");
	}
}

static void range(struct document *document, const char *prefix, const char *key, uint64_t number, uint64_t least,
		  uint64_t most)
{
	char *path = xasprintf("%s%s", prefix, key);
	if (number < least || number > most)
		document_problem(document, path, _("%ju is out of range; write %ju to %ju"), (uintmax_t)number,
				 (uintmax_t)least, (uintmax_t)most);
	free(path);
}

static void check_limits(struct document *document, const struct raw_manifest *raw)
{
	for (size_t i = 0; i < LENGTH(limit_rules); i++) {
		const struct limit_rule *rule = &limit_rules[i];
		uint32_t number = *limit_of((struct raw_manifest *)raw, rule);
		range(document, "", rule->path, number, rule->least, rule->most);
	}
	if (raw->limits.hang_ms > raw->limits.wall_ms)
		document_problem(document, "limits.hang_ms", _("%u is more than limits.wall_ms (%u); write less"),
				 raw->limits.hang_ms, raw->limits.wall_ms);
}

/* Names become parts of paths and of check ids. */
static void check_name(struct document *document, const char *path, const char *name)
{
	if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(name) || name[0] == '-')
		document_problem(document, path, _("\"%s\": use lower-case letters, digits, - and _ only"), name);
}

static void check_size(struct document *document, const struct raw_manifest *raw, const struct raw_size *size,
		       size_t index, enum engine_id engine)
{
	if (size == NULL)
		return;
	char *prefix = xasprintf("workloads[%zu].%s.", index, engine_name(engine));
	range(document, prefix, "threads", size->threads, 1,
	      engine == ENGINE_EXPLORE ? SCHEDULE_THREADS_MAX : LOCK_THREADS_MAX);
	range(document, prefix, "rounds", size->rounds, 1, 1000000000);
	if (size->threads_most != 0)
		range(document, prefix, "threads_most", size->threads_most, size->threads, LOCK_THREADS_MAX);
	if (size->threads_most >= raw->limits.threads)
		document_problem(document, "limits.threads",
				 _("%u leaves no room for the %u threads of %sthreads_most"), raw->limits.threads,
				 size->threads_most, prefix);
	if (size->threads >= raw->limits.threads)
		document_problem(document, "limits.threads", _("%u leaves no room for the %u threads of %sthreads"),
				 raw->limits.threads, size->threads, prefix);
	if (engine == ENGINE_EXPLORE) {
		range(document, prefix, "max_executions", size->max_executions, 0, 1000000000000);
	} else {
		range(document, prefix, "trials", size->trials, 1, 100000);
		range(document, prefix, "time_ms", size->time_ms, 1, 600000);
	}
	free(prefix);
}

static void check_workload(struct document *document, const struct raw_manifest *raw, size_t index)
{
	const struct raw_workload *target = &raw->workloads[index];
	char *path = xasprintf("workloads[%zu].name", index);
	check_name(document, path, target->name);
	for (size_t i = 0; i < index; i++) {
		if (strcmp(raw->workloads[i].name, target->name) == 0)
			document_problem(document, path, _("\"%s\" is the name of workloads[%zu] too; rename one"),
					 target->name, i);
	}
	text_replace(&path, xasprintf("workloads[%zu].object", index));
	if (target->object != NULL)
		check_name(document, path, target->object);
	free(path);
	check_size(document, raw, target->explore, index, ENGINE_EXPLORE);
	check_size(document, raw, target->tsan, index, ENGINE_TSAN);
	check_size(document, raw, target->native, index, ENGINE_NATIVE);
}

static const struct raw_workload *find_workload(const struct raw_manifest *raw, const char *name)
{
	for (size_t i = 0; i < raw->n_workloads; i++) {
		if (strcmp(raw->workloads[i].name, name) == 0)
			return &raw->workloads[i];
	}
	return NULL;
}

static bool runs_under(const struct raw_workload *target, enum engine_id engine)
{
	return (engine == ENGINE_EXPLORE ? target->explore
		: engine == ENGINE_TSAN  ? target->tsan
					 : target->native) != NULL;
}

static char *all_properties(void)
{
	struct text names = { 0 };
	for (unsigned i = 0; i < PROPERTY_COUNT; i++)
		text_printf(&names, "%s%s", i > 0 ? ", " : "", property_name((enum workload_property)i));
	return text_take(&names);
}

static void check_engines(struct document *document, const struct raw_manifest *raw, size_t index)
{
	const struct raw_check *check = &raw->checks[index];
	const struct raw_workload *target = find_workload(raw, check->workload);
	for (size_t i = 0; i < check->n_engines; i++) {
		const char *name = check->engines[i];
		char *path = xasprintf("checks[%zu].engines[%zu]", index, i);
		enum engine_id engine;
		if (!engine_from_name(name, &engine))
			document_problem(document, path, _("\"%s\" is not an engine; write explore, tsan or native"),
					 name);
		else if (target != NULL && !runs_under(target, engine))
			document_problem(
			    document, path,
			    _("the workload \"%s\" has no size for %s; add \"%s: { threads: …, rounds: … }\" "
			      "to it, or remove the engine here"),
			    target->name, name, name);
		for (size_t j = 0; j < i; j++) {
			if (strcmp(check->engines[j], name) == 0)
				document_problem(document, path, _("\"%s\" stands twice; remove one"), name);
		}
		free(path);
	}
}

static void check_check(struct document *document, const struct raw_manifest *raw, size_t index)
{
	const struct raw_check *check = &raw->checks[index];
	char *path = xasprintf("checks[%zu].workload", index);
	if (find_workload(raw, check->workload) == NULL)
		document_problem(document, path, _("\"%s\" is none of the workloads; correct it, or add the workload"),
				 check->workload);
	text_replace(&path, xasprintf("checks[%zu].property", index));
	enum workload_property property;
	if (!property_from_name(check->property, &property)) {
		char *names = all_properties();
		document_problem(document, path, _("\"%s\" is not a property; write one of %s"), check->property,
				 names);
		free(names);
	}
	for (size_t i = 0; i < index; i++) {
		if (strcmp(raw->checks[i].workload, check->workload) == 0 &&
		    strcmp(raw->checks[i].property, check->property) == 0)
			document_problem(document, path, _("%s/%s is checks[%zu] too; make them one check"),
					 check->workload, check->property, i);
	}
	free(path);
	char *prefix = xasprintf("checks[%zu].", index);
	range(document, prefix, "points", check->points, 0, 100);
	free(prefix);
	check_engines(document, raw, index);
}

static size_t find_check(const struct raw_manifest *raw, const char *id)
{
	size_t i = 0;
	for (; i < raw->n_checks; i++) {
		const struct raw_check *check = &raw->checks[i];
		size_t length = strlen(check->workload);
		if (strncmp(id, check->workload, length) == 0 && id[length] == '/' &&
		    strcmp(id + length + 1, check->property) == 0)
			break;
	}
	return i;
}

/* Marks all checks that the one at `from` builds on, by way of others too. */
static void mark_below(const struct raw_manifest *raw, size_t from, bool *below)
{
	for (size_t i = 0; i < raw->checks[from].n_requires; i++) {
		size_t next = find_check(raw, raw->checks[from].requires[i]);
		if (next < raw->n_checks && !below[next]) {
			below[next] = true;
			mark_below(raw, next, below);
		}
	}
}

static bool builds_on(const struct raw_manifest *raw, size_t from, size_t to)
{
	bool *below = xcalloc(raw->n_checks, sizeof(*below));
	mark_below(raw, from, below);
	bool builds = below[to];
	free(below);
	return builds;
}

static void check_requires(struct document *document, const struct raw_manifest *raw, size_t index)
{
	const struct raw_check *check = &raw->checks[index];
	for (size_t i = 0; i < check->n_requires; i++) {
		char *path = xasprintf("checks[%zu].requires[%zu]", index, i);
		size_t other = find_check(raw, check->requires[i]);
		if (other == raw->n_checks)
			document_problem(document, path,
					 _("\"%s\" is none of the checks; write one as workload/property"),
					 check->requires[i]);
		else if (other == index || builds_on(raw, other, index))
			document_problem(document, path, _("\"%s\" builds on this check itself; remove one of the two"),
					 check->requires[i]);
		free(path);
	}
}

/* What the explorer looks at, besides the check's own workload. */
static void check_also(struct document *document, const struct raw_manifest *raw, size_t index)
{
	const struct raw_check *check = &raw->checks[index];
	for (size_t i = 0; i < check->n_also; i++) {
		char *path = xasprintf("checks[%zu].also[%zu]", index, i);
		const struct raw_workload *other = find_workload(raw, check->also[i]);
		if (other == NULL)
			document_problem(document, path,
					 _("\"%s\" is none of the workloads; correct it, or add the workload"),
					 check->also[i]);
		else if (other->explore == NULL)
			document_problem(document, path,
					 _("the explorer does not run \"%s\"; give it a size under explore"),
					 check->also[i]);
		free(path);
	}
}

static void check_accepted(struct document *document, const char *path, const char *accept)
{
	enum coverage_kind kind;
	if (accept != NULL && !coverage_from_name(accept, &kind))
		document_problem(document, path, _("\"%s\": write all, switches, sampled or nothing"), accept);
}

static void check_coverage(struct document *document, const struct raw_manifest *raw)
{
	check_accepted(document, "coverage.accept", raw->coverage.accept);
	for (size_t i = 0; i < raw->n_workloads; i++) {
		const struct raw_coverage *own = raw->workloads[i].coverage;
		if (own == NULL)
			continue;
		char *prefix = xasprintf("workloads[%zu].coverage.", i), *path = xasprintf("%saccept", prefix);
		check_accepted(document, path, own->accept);
		range(document, prefix, "switches", own->switches, 0, 1000);
		free(path);
		path = xasprintf("%sexecutions", prefix);
		if (document_find(document, path) != NULL)
			range(document, prefix, "executions", own->executions, 1, 1000000000);
		free(path);
		free(prefix);
	}
}

size_t rules_check_index(const struct raw_manifest *raw, const char *id)
{
	return find_check(raw, id);
}

static void check_points(struct document *document, const struct raw_manifest *raw)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < raw->n_checks; i++)
		sum += raw->checks[i].points;
	if (sum != 100)
		document_problem(document, "checks", _("the points sum up to %ju; change them to sum up to 100"),
				 (uintmax_t)sum);
}

bool *rules_withheld(struct exercise_withheld *withheld, const char *word)
{
	if (strcmp(word, "hints") == 0)
		return &withheld->hints;
	if (strcmp(word, "counterexamples") == 0)
		return &withheld->counterexamples;
	return strcmp(word, "mistakes") == 0 ? &withheld->mistakes : NULL;
}

static void check_withheld(struct document *document, const struct raw_manifest *raw)
{
	struct exercise_withheld withheld;
	for (size_t i = 0; i < raw->n_withhold; i++) {
		char *path = xasprintf("withhold[%zu]", i);
		if (rules_withheld(&withheld, raw->withhold[i]) == NULL)
			document_problem(document, path, _("\"%s\": write hints, counterexamples or mistakes"),
					 raw->withhold[i]);
		free(path);
	}
}

/* Whether the handout has this heading. Without a handout, nobody can look there anyway. */
static bool has_heading(const char *handout, const char *heading)
{
	size_t length = strlen(heading);
	for (const char *line = handout; line != NULL; line = strchr(line, '\n')) {
		line += strspn(line, "\n");
		const char *words = line + strspn(line, "#");
		if (words == line || *words != ' ')
			continue;
		words += strspn(words, " ");
		if (strncmp(words, heading, length) == 0 && (words[length] == '\n' || words[length] == '\0'))
			return true;
	}
	return false;
}

void rules_check_sections(struct document *document, const struct raw_manifest *raw, const char *handout)
{
	for (size_t i = 0; i < raw->n_checks && handout != NULL; i++) {
		char *path = xasprintf("checks[%zu].section", i);
		if (raw->checks[i].section != NULL && !has_heading(handout, raw->checks[i].section))
			document_problem(document, path,
					 _("\"%s\" is no heading of README.md; correct it there or here"),
					 raw->checks[i].section);
		free(path);
	}
}

/* What the exercise is about: a kind that comes with the program, or one of its own. */
static void check_kind(struct document *document, const struct raw_manifest *raw, const struct kinds *kinds)
{
	if (raw->kind != NULL) {
		kind_check(document, "kind", raw->kind);
		if (raw->plugin != NULL && strcmp(raw->plugin, raw->kind->name) != 0)
			document_problem(document, "plugin", _("\"%s\" is not the name of the kind; remove this key"),
					 raw->plugin);
	} else if (raw->plugin == NULL) {
		document_problem(document, "plugin",
				 _("is missing; add this key, or describe a kind of your own under kind"));
	} else if (kinds_named(kinds, raw->plugin) == NULL) {
		struct text known = { 0 };
		kinds_list(kinds, &known, "", "or");
		document_problem(document, "plugin",
				 _("\"%s\": write %s; or describe a kind of your own under kind instead"), raw->plugin,
				 known.data);
		text_free(&known);
	}
}

static void check_head(struct document *document, const struct raw_manifest *raw, const char *id,
		       const struct kinds *kinds)
{
	check_name(document, "exercise", raw->exercise);
	if (strcmp(raw->exercise, id) != 0)
		document_problem(document, "exercise", _("\"%s\" is not the folder's name; write \"%s\""),
				 raw->exercise, id);
	range(document, "", "version", raw->version, 1, 1000000);
	check_kind(document, raw, kinds);
	for (size_t i = 0; i < raw->n_flags; i++) {
		char *path = xasprintf("flags[%zu]", i);
		if (raw->flags[i][0] != '-')
			document_problem(document, path, _("\"%s\" is not an option of gcc; begin it with -"),
					 raw->flags[i]);
		free(path);
	}
}

void rules_check(struct document *document, const struct raw_manifest *raw, const char *id, const struct kinds *kinds)
{
	check_head(document, raw, id, kinds);
	check_withheld(document, raw);
	for (size_t i = 0; i < raw->n_workloads; i++)
		check_workload(document, raw, i);
	for (size_t i = 0; i < raw->n_checks; i++)
		check_check(document, raw, i);
	for (size_t i = 0; i < raw->n_checks; i++)
		check_requires(document, raw, i);
	for (size_t i = 0; i < raw->n_checks; i++)
		check_also(document, raw, i);
	check_coverage(document, raw);
	check_points(document, raw);
	check_limits(document, raw);
}
