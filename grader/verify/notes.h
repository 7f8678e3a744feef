/* What is wrong with an exercise itself, rather than with one of its plugins: told with file and line. */
#ifndef VERIFY_NOTES_H
#define VERIFY_NOTES_H

#include "exercise.h"
#include "fault.h"
#include "subjects.h"
#include "text.h"

/* Whether the files beside the plugins name checks and engines that there are. 0, or -EINVAL and the exercise's fault,
 * a line for each that is not. */
int notes_check_expectations(const struct exercise *exercise, const struct subject_list *subjects, struct fault *fault);

/* Adds a line for each workload of the exercise's own that does something else each time, for each check that nothing
 * in its workload can fail, for each workload that races in all solutions, and where no challenge can be made. To be
 * asked when they have been graded.
 */
void notes_add(const struct exercise *exercise, const struct subject_list *subjects, struct text *notes);

#endif
