/* What a student has to learn from a counterexample, in a sentence: judged from its steps, and from nothing else. */
#ifndef REASONS_H
#define REASONS_H

#include "judge.h"
#include "namer.h"

/* The first reason that the steps show; NULL: none of those that are known. In the reader's language, without a capital
 * letter or a full stop. The caller owns it. */
char *reason_of(const struct explored *explored, const struct judge_run *run, struct namer *namer);

#endif
