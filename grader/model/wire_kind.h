/* What a worker gets to know of a plugin's kind: its name, and its operations' names and whether they block. */
#ifndef WIRE_KIND_H
#define WIRE_KIND_H

#include "kinds.h"
#include "wire.h"

void wire_take_kind(struct frame_run *run, const struct plugin_kind *kind);

/* "acquire", "init"; "?" for what the kind does not have. */
const char *wire_operation_name(const struct frame_run *run, uint32_t number);

/* Whether it may wait for other threads, and not just for its turn at a mutex inside the plugin. */
bool wire_operation_blocks(const struct frame_run *run, uint32_t number);

#endif
