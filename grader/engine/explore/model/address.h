/* Addresses where threads are processes: the same address is another place in each. So the model's address of a byte
 * that a process has for itself has the process' number in it, above the bits that an address has. */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdint.h>

#define PROCESS_SHIFT 48u
#define PROCESS_TAG(process) ((uint64_t)((process) + 1) << PROCESS_SHIFT)
#define PROCESS_OF(address) ((unsigned)((address) >> PROCESS_SHIFT & 0x3f) - 1)
#define PROCESS_TAGGED(address) (((address) >> PROCESS_SHIFT & 0x3f) != 0)
/* The address as the program has it, of one that may be tagged, or a key. */
#define PROCESS_PLAIN(address) ((address) & ((UINT64_C(1) << PROCESS_SHIFT) - 1))

#endif
