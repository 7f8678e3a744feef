/* What the parts of this room share while one submission is judged. */
#ifndef COURT_H
#define COURT_H

#include "judge.h"
#include "namer.h"

/* Judging one submission. */
struct court {
	const struct judge_input *input;
	struct result *result;
	struct namer *namer;
};

#endif
