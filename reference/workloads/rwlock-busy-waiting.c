/* Does a reader or a writer that cannot get in sleep, or burn the processor? */
#define ENDLESS_NAME "busy-waiting"
#define ENDLESS_WRITES(self) ((self) == 0)
#include "harness/endless-rwlock.h"
