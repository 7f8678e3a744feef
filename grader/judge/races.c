#include "races.h"

#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "text.h"
#include "translate.h"

static const struct {
	const char *kind; /* as ThreadSanitizer names it */
	enum sanitizer_class class;
	const char *words;
} classes[] = {
	{ "data-race-vptr", REPORT_RACE, N_("data race") },
	{ "data-race", REPORT_RACE, N_("data race") },
	{ "external-race", REPORT_RACE, N_("data race") },
	{ "heap-use-after-free", REPORT_MEMORY, N_("memory is used after it was freed") },
	{ "heap-use-after-free-vptr", REPORT_MEMORY, N_("memory is used after it was freed") },
	{ "lock-order-inversion", REPORT_LOCK_ORDER,
	  N_("two locks are taken in opposite orders: threads that do so at the same time can deadlock, unless a third "
	     "lock keeps them apart") },
	{ "locked-mutex-destroy", REPORT_MEMORY, N_("a mutex is destroyed while it is locked") },
	{ "mutex-double-lock", REPORT_MEMORY, N_("a mutex is locked twice by the same thread") },
	{ "mutex-invalid-access", REPORT_MEMORY, N_("something that is not a mutex is used as one") },
	{ "mutex-bad-unlock", REPORT_MEMORY, N_("a mutex is unlocked by a thread that does not hold it") },
	{ "mutex-bad-read-lock", REPORT_MEMORY, N_("a mutex is locked for reading by the thread that writes") },
	{ "mutex-bad-read-unlock", REPORT_MEMORY, N_("a lock is unlocked by a thread that does not hold it") },
};

static size_t find_class(const struct frame_report *report)
{
	size_t n = sizeof(classes) / sizeof(classes[0]), i = 0;
	while (i < n && strcmp(report->kind, classes[i].kind) != 0)
		i++;
	return i;
}

bool sanitizer_concerns(const struct frame_report *report)
{
	for (uint32_t a = 0; a < report->n_accesses; a++) {
		for (uint32_t i = 0; i < report->access[a].n_stack; i++) {
			uint32_t module = report->access[a].stack[i].module;
			if (module == MODULE_PLUGIN || module == MODULE_WORKLOAD)
				return true;
		}
	}
	return false;
}

bool races_concern(const struct evidence *evidence, const struct frame_report *report)
{
	bool data = report->n_accesses > 0 && report->access[0].address.module == MODULE_DATA;
	return sanitizer_concerns(report) && !(evidence->gave_up && data);
}

enum sanitizer_class sanitizer_class(const struct frame_report *report)
{
	size_t i = find_class(report);
	return i < sizeof(classes) / sizeof(classes[0]) ? classes[i].class : REPORT_OTHER;
}

/* "thread 1 writes lock->held in release (tas.c:12)" */
static char *access_text(const struct wire_access *access, const char *data, const char *workload_path,
			 struct namer *namer, struct finding *finding)
{
	struct source_place where;
	struct text text = { 0 };
	bool known = namer_stack(namer, workload_path, access->stack, access->n_stack, &where);
	char *who = access->thread == UINT32_MAX ? say_only(N_("a thread")) : say(N_("thread %u"), access->thread);
	text_say(&text,
		 access->write    ? access->atomic ? N_("%s writes (atomically) %s") : N_("%s writes %s")
		    : access->atomic ? N_("%s reads (atomically) %s")
				  : N_("%s reads %s"),
		 who, data);
	free(who);
	if (known) {
		char *place = place_text(&where), *what = text_take(&text);
		text_say(&text, N_("%s in %s"), what, place);
		free(what);
		free(place);
		if (finding != NULL)
			*finding_add_place(finding) = where;
		else
			place_free(&where);
	}
	return text_take(&text);
}

static char *race_text(const struct frame_report *report, const char *workload_path, struct namer *namer,
		       struct finding *finding)
{
	char *data = namer_data(namer, &report->access[0].address, report->access[0].size);
	char *first = access_text(&report->access[0], data, workload_path, namer, finding);
	char *it = say_only(N_("it")), *second = access_text(&report->access[1], it, workload_path, namer, finding);
	char *text = say(N_("Data race: %s while %s; nothing orders the two."), first, second);
	free(data);
	free(it);
	free(first);
	free(second);
	return text;
}

char *sanitizer_text(const struct frame_report *report, const char *workload_path, struct namer *namer,
		     struct finding *finding)
{
	size_t i = find_class(report);
	bool known = i < sizeof(classes) / sizeof(classes[0]);
	if (known && classes[i].class == REPORT_RACE && report->n_accesses >= 2)
		return race_text(report, workload_path, namer, finding);
	struct text text = { 0 };
	unsigned places = 0;
	char *what = known ? say_only(classes[i].words) : xstrdup(report->kind);
	text_say(&text, N_("ThreadSanitizer: %s"), what);
	free(what);
	for (uint32_t a = 0; a < report->n_accesses; a++) {
		struct source_place where;
		if (!namer_stack(namer, workload_path, report->access[a].stack, report->access[a].n_stack, &where))
			continue;
		char *place = place_text(&where);
		if (strstr(text.data, place) == NULL) {
			if (places++ == 0)
				text_say(&text, N_(", in "));
			else
				text_add(&text, ", ");
			text_add(&text, place);
		}
		free(place);
		if (finding != NULL)
			*finding_add_place(finding) = where;
		else
			place_free(&where);
	}
	text_add(&text, ".");
	return text_take(&text);
}
