// test: semaphore-starvation | -t 2 -b 6 -p 4 | bounded-waiting: pass .* complete bypass 1
// test: semaphore-starvation | -t 3 -b 9 -p 4 | bounded-waiting: FAIL .*can wait for ever
#include "../../mutants/semaphore/newest_first.c"
