/* Does a philosopher who wants to eat get his forks, whatever the others do? */
#include "harness/exclusion-philosophers.h"

#define ENDLESS_NAME "starvation"
#include "harness/endless.h"
