/* `report --each`: a document for each submission, in a folder or in an archive as a platform takes it back. */
#ifndef FEEDBACK_H
#define FEEDBACK_H

#include "fault.h"
#include "report.h"

enum feedback_layout {
	FEEDBACK_PLAIN,  /* kim.html */
	FEEDBACK_MOODLE, /* Kim Minji_12345_assignsubmission_file_feedback.html: “Upload multiple feedback files in a
			    zip” */
	FEEDBACK_CANVAS  /* kimminji_123_456_feedback.html: “Upload submissions” */
};

struct feedback {
	const struct report_format *format;
	const struct report_style *style;
	enum feedback_layout layout;
	const char *to; /* a folder, or a zip archive where it ends in ".zip" */
};

/* false: there is no such layout. */
bool feedback_layout_from_name(const char *name, enum feedback_layout *layout);

/* Writes them; each file, and the archive, whole or not at all. Who is left out, and why, is told on standard error. 0,
 * or a negative errno value and *fault. */
int feedback_write(const struct feedback *feedback, const struct result *const *results, size_t n, struct fault *fault);

#endif
