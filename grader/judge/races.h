/* Sanitizers' reports in words. */
#ifndef RACES_H
#define RACES_H

#include "judge.h"
#include "namer.h"

/* What a report counts as. */
enum sanitizer_class {
	REPORT_RACE,       /* data-race */
	REPORT_MEMORY,     /* memory-safety */
	REPORT_LOCK_ORDER, /* a remark: two locks taken in opposite orders */
	REPORT_OTHER
};

/* Whether the plugin or the workload appears in it at all: what does not concern them is not held against anyone. */
bool sanitizer_concerns(const struct frame_report *report);

/* The same in a run: where a thread has left its work undone, races for the workload's data are the workload's. */
bool races_concern(const struct evidence *evidence, const struct frame_report *report);

enum sanitizer_class sanitizer_class(const struct frame_report *report);

/* One sentence for the student; the caller owns it. Adds the places to `finding` unless it is NULL. */
char *sanitizer_text(const struct frame_report *report, const char *workload_path, struct namer *namer,
		     struct finding *finding);

#endif
