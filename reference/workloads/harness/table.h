/* Who sits where, at a table of philosophers with as many seats as the trial has threads. Fork i lies between the
 * philosophers i and i + 1. */
#ifndef TABLE_H
#define TABLE_H

#include <syncgrade/philosophers.h>
#include <syncgrade/workload.h>

static inline unsigned table_right(const struct trial *t, unsigned philosopher)
{
	return (philosopher + 1) % t->threads;
}

static inline unsigned table_left(const struct trial *t, unsigned philosopher)
{
	return (philosopher + t->threads - 1) % t->threads;
}

#endif
