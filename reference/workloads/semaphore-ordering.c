/* A semaphore that begins at 0 makes the writer come before the reader. */
#include "harness/ordering-semaphore.h"
