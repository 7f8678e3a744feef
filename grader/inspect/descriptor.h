/* The exported descriptor: which, where, and what its bytes will be once the loader has relocated them. */
#ifndef INSPECT_DESCRIPTOR_H
#define INSPECT_DESCRIPTOR_H

#include "dynamic.h"
#include "inspect.h"
#include "sections.h"

/* Fills facts->kind and descriptor. Adds a line to *problems for each breach of the ABI. */
void descriptor_read(const struct dynamic *dynamic, const struct sections *sections, const struct kinds *kinds,
		     struct inspect_facts *facts, struct text *problems);

#endif
