/* Does release come back while the next thread is still in its critical section? */
#include "harness/exclusion-lock.h"

#define LEAVING_STUCK "release() waits for the critical section of the thread that has the lock next"
#include "harness/leaving.h"
