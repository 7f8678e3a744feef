/* Threads that are processes (WORKLOAD_PROCESSES). Each has the plugin's and the workload's data, the heap and
 * thread-local variables for itself, as after fork(): setup() runs in the first process, whose number is that of the
 * first thread's fiber, and what it left in them is copied into each of the others. The objects and the workload's data
 * are shared. */
#ifndef PROCESS_H
#define PROCESS_H

#include "address.h"
#include "machine.h"

/* When the setup is over: gives each process what fork() would. Returns 0 or -ENOMEM. */
int process_fork(void);

/* The model's address of what the thread means by this one (or by this key, of a library object). */
uint64_t process_address(const struct run_thread *thread, uint64_t address);

/* Where the model's address is now. */
void *process_bytes(uint64_t address);

/* True: the address leads into what another process has for itself (and that has been reported). */
bool process_strays(struct run_thread *thread, uint64_t address);

/* Notes that the plugin keeps something in its process' own memory: it explains what goes wrong. `weight`: what is
 * atomic, or a lock of the library, explains more than plain data. */
void process_note_own(const struct run_thread *thread, uint64_t address, uint64_t pc, unsigned weight);
/* The thread uses an object of the library that is not initialized for more than one process. */
void process_use(struct run_thread *thread, uint64_t object, enum said type);
/* The thread sleeps or wakes on a word that it names in a way that is of its own process only. */
void process_note_futex(const struct run_thread *thread, uint64_t word);

/* A new execution begins. */
void process_reset(void);

#endif
