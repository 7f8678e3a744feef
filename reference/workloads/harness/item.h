/* Items that say who made them and which of their maker's they are; half of each is secret. */
#ifndef ITEM_H
#define ITEM_H

#include <syncgrade/workload.h>

#define ITEM_NUMBER_BITS 24u
#define ITEM_SECRET_BITS 32u

static uint64_t item_made(const struct trial *t, unsigned maker, uint64_t number)
{
	uint64_t secret = trial_random(t, maker, number) >> ITEM_SECRET_BITS << ITEM_SECRET_BITS;
	return secret | (uint64_t)maker << ITEM_NUMBER_BITS | number;
}

static unsigned item_maker(uint64_t item)
{
	return (unsigned)((uint32_t)item >> ITEM_NUMBER_BITS);
}

static uint64_t item_number(uint64_t item)
{
	return item & ((UINT64_C(1) << ITEM_NUMBER_BITS) - 1);
}

/* Whether one of so many makers has made it, who make so many. */
static bool item_is_true(const struct trial *t, uint64_t item, unsigned makers, uint64_t numbers)
{
	return item_maker(item) < makers && item_number(item) < numbers &&
	       item == item_made(t, item_maker(item), item_number(item));
}

#endif
