/* Does a philosopher who cannot eat yet sleep, or burn the processor? */
#include "harness/exclusion-philosophers.h"

#define ENDLESS_NAME "busy-waiting"
#define ENDLESS_STAY
#include "harness/endless.h"
