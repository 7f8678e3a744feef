/* What the explorer found, as a sentence with names in it. */
#ifndef TOLD_H
#define TOLD_H

#include "judge.h"
#include "namer.h"

/* In the reader's language, without a capital letter or a full stop. The caller owns it. */
char *told_words(const struct explored *explored, const struct judge_run *run, struct namer *namer);

#endif
