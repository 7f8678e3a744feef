/* Does a reader that wants in get in, whatever the writers do? */
#define ENDLESS_NAME "starvation-read"
#define ENDLESS_WRITES(self) ((self) != 0)
#include "harness/endless-rwlock.h"
