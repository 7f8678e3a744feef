/* The values of locations: in memory, and as the graph has them. */
#ifndef VALUES_H
#define VALUES_H

#include "execution.h"

/* Brings a location into this execution, and notices what wrote to it behind the model's back. */
void value_touch(struct run_thread *thread, uint32_t index);
void value_show(uint32_t index, const struct event *event);
/* A write was put before others in mo while memory already holds a later one: positions have moved. */
void value_shift(uint32_t index, const struct event *placed);
/* A plain access that is an event goes through memory: put there what it reads, and take from there what it wrote. */
void value_settle(struct run_thread *thread);

#endif
