#include "fiber.h"
#include "clear.h"
#include "debug.h"

#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARCH_SET_FS 0x1002
#define HWCAP2_FSGSBASE 2u
#define PAGE 4096u

static struct {
	struct fiber fiber[FIBERS_MAX];
	pthread_t lender[FIBERS_MAX];
	unsigned count;
	struct fiber *current;
	uintptr_t own_pointer, loaded_pointer;
	bool fsgsbase;
	const uintptr_t *modules;
	unsigned n_modules;
	sem_t ready, end;
} fibers;

struct fiber_stacks fiber_stacks;

static uintptr_t thread_pointer(void)
{
	uintptr_t pointer;

	__asm__("movq %%fs:0, %0" : "=r"(pointer)); /* the first word of a thread control block is its own address */
	return pointer;
}

static void load_pointer(uintptr_t pointer)
{
	if (fibers.loaded_pointer == pointer)
		return;
	fibers.loaded_pointer = pointer;
	if (fibers.fsgsbase)
		__asm__ volatile("wrfsbase %0" : : "r"(pointer) : "memory");
	else
		__asm__ volatile("syscall"
				 :
				 : "a"(SYS_arch_prctl), "D"(ARCH_SET_FS), "S"(pointer)
				 : "rcx", "r11", "memory");
}

extern void *__tls_get_addr(struct tls_index *);

/* Notes this thread's block of a module's thread-local variables, if the module is wanted and has any. */
static int note_tls(struct dl_phdr_info *info, size_t size, void *context)
{
	struct fiber *fiber = context;
	struct tls_index index = { info->dlpi_tls_modid, 0 };

	(void)size;
	for (unsigned m = 0; m < fibers.n_modules; m++) {
		if (info->dlpi_addr != fibers.modules[m] || info->dlpi_tls_modid == 0 || fiber->n_tls == FIBER_TLS_MAX)
			continue;
		for (int p = 0; p < info->dlpi_phnum; p++) {
			if (info->dlpi_phdr[p].p_type != PT_TLS)
				continue;
			fiber->tls[fiber->n_tls++] = (struct fiber_tls){ .begin = __tls_get_addr(&index),
									 .size = info->dlpi_phdr[p].p_memsz,
									 .module = (void *)info->dlpi_addr,
									 .id = info->dlpi_tls_modid };
		}
	}
	return 0;
}

static void *lend(void *argument)
{
	struct fiber *fiber = argument;

	fiber->thread_pointer = fiber->loaded = thread_pointer();
	fiber->error_number = &errno;
	dl_iterate_phdr(note_tls, fiber);
	sem_post(&fibers.ready);
	while (sem_wait(&fibers.end) != 0)
		;
	return NULL;
}

static int create_stack(struct fiber *fiber)
{
	fiber->stack_begin = fiber_stacks.begin + fiber->number * FIBER_STACK_STRIDE + PAGE;
	fiber->stack_end = fiber->stack_begin + FIBER_STACK_BYTES;
	if (mprotect(fiber->stack_begin, FIBER_STACK_BYTES, PROT_READ | PROT_WRITE) != 0)
		return -errno;
	fiber->lowest = (uint64_t *)(void *)fiber->stack_end;
	return 0;
}

int fibers_create(unsigned count, const uintptr_t *modules, unsigned n_modules)
{
	pthread_attr_t attributes;
	int r = 0;

	memset(&fibers, 0, sizeof fibers);
	fibers.own_pointer = fibers.loaded_pointer = thread_pointer();
	fibers.fsgsbase = (getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE) != 0;
	fibers.modules = modules;
	fibers.n_modules = n_modules;
	fiber_stacks.bytes = count * FIBER_STACK_STRIDE;
	fiber_stacks.begin =
	    mmap(NULL, fiber_stacks.bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (fiber_stacks.begin == MAP_FAILED)
		return -errno;
	sem_init(&fibers.ready, 0, 0);
	sem_init(&fibers.end, 0, 0);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 64 * 1024);
	while (fibers.count < count) {
		struct fiber *fiber = &fibers.fiber[fibers.count];
		fiber->number = fibers.count;
		if ((r = create_stack(fiber)) < 0 ||
		    (r = -pthread_create(&fibers.lender[fibers.count], &attributes, lend, fiber)) < 0)
			break;
		fibers.count++;
		while (sem_wait(&fibers.ready) != 0)
			;
	}
	pthread_attr_destroy(&attributes);
	if (r < 0)
		fibers_destroy();
	return r;
}

void fibers_destroy(void)
{
	fiber_leave();
	for (unsigned i = 0; i < fibers.count; i++)
		sem_post(&fibers.end);
	for (unsigned i = 0; i < fibers.count; i++) {
		pthread_join(fibers.lender[i], NULL);
	}
	munmap(fiber_stacks.begin, fiber_stacks.bytes);
	fibers.count = 0;
}

void fibers_share_pointer(void)
{
	for (unsigned i = 0; i < fibers.count; i++)
		fibers.fiber[i].loaded = fibers.fiber[0].thread_pointer;
}

void *fiber_tls_address(struct tls_index *index)
{
	const struct fiber *fiber = fibers.current;

	for (unsigned i = 0; fiber != NULL && i < fiber->n_tls; i++) {
		if (fiber->tls[i].id == index->module)
			return (char *)fiber->tls[i].begin + index->offset;
	}
	return __tls_get_addr(index);
}

struct fiber *fiber_get(unsigned index)
{
	return &fibers.fiber[index];
}

struct fiber *fiber_current(void)
{
	return fibers.current;
}

void fiber_leave(void)
{
	load_pointer(fibers.own_pointer);
}

/* What a callee of the deepest hook may have touched lies below it, too. */
#define BELOW_HOOKS 2048
#define BELOW_ACCESSES 512 /* between two accesses of a plugin's function it calls little that has no hooks */

static void clear_stack(const struct fiber *fiber, const char *deepest, uint64_t *end)
{
	char *begin = deepest < fiber->stack_begin ? fiber->stack_begin : (char *)(uintptr_t)deepest;
	char *last = (char *)end - (uintptr_t)end % 16;

	begin -= (uintptr_t)begin % 16;
	clear_blocks(begin, (size_t)(last - begin));
	if ((char *)end != last)
		end[-1] = 0; /* a stack pointer is a multiple of 8 */
}

void fiber_clear_below(struct fiber *fiber)
{
	if (fiber->request.hook == HOOK_mark)
		clear_stack(fiber, (const char *)fiber->lowest - BELOW_HOOKS, fiber->stack);
	else
		clear_stack(fiber, (const char *)fiber->touched - BELOW_ACCESSES, fiber->stack);
	fiber->touched = fiber->stack;
}

void fiber_start(struct fiber *fiber, void (*function)(void *), void *argument)
{
	uint64_t *top = (uint64_t *)(void *)fiber->stack_end - 8;

	clear_stack(fiber, (const char *)fiber->lowest - BELOW_HOOKS, (uint64_t *)(void *)fiber->stack_end);
	/* hook_begin is returned to with an aligned stack: r15 r14 r13 r12 rbx rbp, then its address. */
	top[-7] = 0;
	top[-6] = 0;
	top[-5] = (uint64_t)(uintptr_t)function;
	top[-4] = (uint64_t)(uintptr_t)argument;
	top[-1] = (uint64_t)(uintptr_t)hook_begin;
	fiber->stack = top - 7;
	fiber->lowest = fiber->touched = fiber->stack;
}

void fiber_resume(struct fiber *fiber, uint64_t result)
{
	syncgrade_thread = fiber->number;
	fibers.current = fiber;
	load_pointer(fiber->loaded);
	hook_resume(fiber->stack, result, &fiber->request);
	fiber->stack = fiber->request.stack;
	if (fiber->stack < fiber->lowest)
		fiber->lowest = fiber->stack;
	if (fiber->stack < fiber->touched)
		fiber->touched = fiber->stack;
}
