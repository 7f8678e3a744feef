/* Does exit come back while the next thread is still inside? */
#include "harness/exclusion-monitor.h"

#define LEAVING_STUCK "exit() waits for the next thread, which is inside, to leave"
#include "harness/leaving.h"
