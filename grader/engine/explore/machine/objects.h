/* The objects under test and the workload's data. */
#ifndef OBJECTS_H
#define OBJECTS_H

#include "machine.h"

int objects_create(void);
void objects_destroy(void);
/* Makes the objects inaccessible, or accessible again. */
void objects_guard(bool on);
/* The workload's data. */
char *objects_data(void);
bool objects_are_data(uint64_t address);
/* Whether the bytes around the objects, which are not theirs, are as they were. */
bool objects_intact(void);

#endif
