/* The clock that never goes back: time since some moment before the process began. Any thread. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

uint64_t monotonic_ns(void);
uint64_t monotonic_us(void);
uint64_t monotonic_ms(void);

#endif
