/* Filling a struct evidence. */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "board.h"
#include "run.h"

/* Adds a failure, unless there are plenty already. Copies the message. */
void evidence_add_failure(struct evidence *evidence, enum workload_property property, uint32_t self,
			  const char *message, bool referee);

/* Adds a sanitizer's report, unless there are plenty already. */
void evidence_add_report(struct evidence *evidence, const struct frame_report *report);

/* Adds what the explorer says; false if it is not what the protocol allows. */
bool evidence_add_explored(struct evidence *evidence, const struct frame_explore_property *said);
bool evidence_add_steps(struct evidence *evidence, const struct frame_explore_steps *steps);

/* Adds the rounds of the trial that has just ended. */
void evidence_add_rounds(struct evidence *evidence, const struct board *board);

/* Where the threads are now. */
void evidence_take_board(struct evidence *evidence, const struct board *board);

#endif
