/* What the library's programs remember, other than in the model's locations. Each thread touches only its own. It is
 * saved and restored with the plugin's memory. */
#ifndef LIBRARY_STATE_H
#define LIBRARY_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "fiber.h"

/* Reaching one of these ends the exploration, with a message. */
#define LIBRARY_HELD_MAX 40u /* a lock for each thread that there may be, and some */
#define LIBRARY_KEYS_MAX 16u
#define LIBRARY_ENDINGS_MAX 8u
/* These are part of what is explored (README), where states are not recognized. */
#define LIBRARY_TIMEOUTS_MAX 2u /* times that are over, for each thread and execution */
#define LIBRARY_SPURIOUS_MAX 1u /* wake-ups without a reason, for each thread and execution */

struct library_held {
	const void *object;
	uint32_t count;
	bool shared;
	enum robustness {
		ROBUST_NOT,
		ROBUST_CONSISTENT,
		ROBUST_INCONSISTENT, /* its owner has ended, and nobody has called pthread_mutex_consistent() since */
		ROBUST_LOST          /* … and it was unlocked as it was */
	} robust;
	uint64_t site; /* of a robust mutex: where it was locked */
};

/* What is to be called when a thread ends. */
struct library_ending {
	void (*function)(void *);
	void *argument;
};

struct library_state {
	uint32_t keys;
	uint32_t exits; /* what is left for the end of the process, and not called */
	void (*destructor[LIBRARY_KEYS_MAX])(void *);
	struct {
		struct library_held held[LIBRARY_HELD_MAX];
		void *specific[LIBRARY_KEYS_MAX];
		struct library_ending ending[LIBRARY_ENDINGS_MAX];
		uint32_t endings;
		uint32_t spurious, timeouts;
		uint32_t timed;      /* it waits, and the time may still be over */
		uint32_t unwoken_by; /* of its last sleep on a futex: the bits that do not wake it; 0, any does */
		uint64_t looks_ms, random;
		uint64_t until_ms; /* when the time of its last wait is over */
	} thread[FIBERS_MAX];
};

extern struct library_state library_state __attribute__((visibility("hidden")));

#endif
