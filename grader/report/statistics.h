/* What a class did, counted: for summaries, the class page and the lecture. */
#ifndef STATISTICS_H
#define STATISTICS_H

#include "result.h"

enum { HISTOGRAM_BARS = 11 }; /* 0 %, 1 to 10 %, … 91 to 100 % are bars of their own */

/* One check, over all results that have it. */
struct tally {
	const char *id;
	bool hidden, remark;
	unsigned passed, failed, undecided, uncounted, sampled; /* sampled: passes by less than all there is */
};

/* One term's: a results folder's. */
struct term {
	const char *name; /* NULL: there is one only */
	unsigned results, graded, verdicts[3];
	unsigned histogram[HISTOGRAM_BARS]; /* of the points, in percent */
	double mean, median;                /* of the points, in percent; 0 where nobody was graded */
};

/* Why checks failed: the same for all that are counted here (cause_key.h). */
struct class_cause {
	char *key;
	char *words;      /* what went wrong, without names and numbers */
	bool remark;      /* it costs no points */
	unsigned results; /* so many results */
	unsigned *terms;  /* of these, in each term */
	size_t n_ids;
	const char **ids; /* the checks that failed so */
	/* Of the results the one that shows it in the fewest steps; the first of them in the class. */
	const struct result *example;
	const struct check_result *check;
	const struct result *last; /* that was counted */
};

struct statistics {
	size_t n_terms, n_tallies, n_causes;
	struct term *terms;
	struct tally *tallies;
	struct tally *term_tallies; /* n_terms × n_tallies: of each term */
	struct class_cause *causes; /* the commonest first */
};

/* Points into the results, which have to live longer. statistics_free() afterwards. */
void statistics_count(struct statistics *statistics, const struct result *const *results, size_t n);
void statistics_free(struct statistics *statistics);

/* The cause of a failed check of one of the results; NULL: it did not fail, or does not say why. */
const struct class_cause *statistics_cause(const struct statistics *statistics, const struct result *result,
					   const struct check_result *check);

/* How many have the check. */
unsigned tally_all(const struct tally *tally);
/* Of those who have the check, so many in a hundred have it right. */
double tally_share(const struct tally *tally);
/* So many fail it: without what could not be judged or did not count. */
double tally_failed_share(const struct tally *tally);

/* Indices of tallies, what most have right first; remarks after all others. The caller owns the array. */
size_t *statistics_by_share(const struct statistics *statistics);

#endif
