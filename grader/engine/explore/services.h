/* What the explorer does for a workload (struct trial_services), and what it makes of the marks. */
#ifndef SERVICES_H
#define SERVICES_H

#include "internal.h"

extern const struct trial_services services __attribute__((visibility("hidden")));

void services_mark(struct run_thread *thread, uint32_t event, uint32_t what);

#endif
