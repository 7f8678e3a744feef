/* What an exploration consists of: the rooms' states, side by side. The driver's alone. */
#ifndef EXPLORER_H
#define EXPLORER_H

#include "execution.h"
#include "search.h"
#include "stateful.h"
#include "violation.h"

struct explorer {
	struct machine machine;
	struct execution execution;
	struct search search;
	struct strategies strategies;
	struct findings found;
	struct states *sf;
	struct stateful_result states; /* what the search over states says, if it ran */
	bool has_states;
	bool sc_is_clean; /* the search under sequential consistency has seen all there is */
};

#endif
