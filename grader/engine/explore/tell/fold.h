/* Counterexamples tell a loop that waits once, and how many rounds it went. */
#ifndef FOLD_H
#define FOLD_H

#include <stdint.h>

#include "wire_explore.h"

/* Of each thread's rounds of steps, one after the other and with nothing to tell them apart, keeps the first, whose
 * steps say how many they were (`repeat`). Only of reads, of what writes the value that was there, of calls that let
 * others go on or sleep, and of locks that are locked and unlocked again. Rounds never cross *begin and *end (a cycle's
 * steps), which are moved along. Returns how many steps are left. */
uint32_t fold_spins(struct explore_step *steps, uint32_t n, uint32_t *begin, uint32_t *end);

#define FOLD_STEPS_MAX 20000u /* of a story, before it is folded */

/* Takes steps out of the middle, so that no more than `most` are left, where the cycle leaves as much room; a step says
 * how many they were. The beginning and the end stay. Returns how many steps are left. */
uint32_t fold_cut(struct explore_step *steps, uint32_t n, uint32_t most, uint32_t *begin, uint32_t *end);

#endif
