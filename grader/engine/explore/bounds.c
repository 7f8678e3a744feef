#include "bounds.h"

#include "internal.h"

void bound_reached(enum bound bound)
{
	ex.bounds |= 1u << bound;
}
