/* What an exploration has found, in frames of the wire. Each returns 0 or a negative errno value. */
#ifndef REPORT_H
#define REPORT_H

#include "explorer.h"

int report_send(int fd, void *frame, size_t size, uint16_t type);
/* All that has been found, and what was asked for. */
int report_all(struct explorer *e);
/* What a schedule that has been run shows of the property. */
int report_shown(struct explorer *e, uint32_t property, const struct schedule *schedule);
/* It does not fit, and why. */
int report_misfit(struct explorer *e, const char *why);

/* Whether that is asked for. */
static inline bool wants(uint32_t property)
{
	return (machine->request->properties & 1u << property) != 0;
}

#endif
