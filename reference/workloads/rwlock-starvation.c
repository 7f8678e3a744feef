/* Does a writer that wants in get in, whatever the readers do, and a reader whatever the writer does? */
#define ENDLESS_NAME "starvation"
#include "harness/endless-rwlock.h"
