/* A semaphore that begins at 0 makes the writer come before the reader, which is another process. */
#define PROCESSES
#include "harness/ordering-semaphore.h"
