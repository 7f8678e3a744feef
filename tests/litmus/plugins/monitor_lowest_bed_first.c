// test: monitor-starvation-wait | -t 3 -b 9 -p 4 | bounded-waiting: FAIL .*can wait for ever
#include "../../mutants/monitor/lowest_bed_first.c"
