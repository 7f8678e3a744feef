/* Reads a shared object without loading it: what it exports, imports, how it was built, and what instrumentation cannot
 * see. Survives any bytes: a file is read once, into memory, and every offset in it is checked before it is used. */
#ifndef INSPECT_H
#define INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise.h"
#include "fault.h"
#include "kinds.h"

#define INSPECT_FILE_BYTES_MAX (64u * 1024u * 1024u)
#define INSPECT_CALLBACKS_MAX (KIND_OPERATIONS_MAX + 2u) /* init and destroy */
#define INSPECT_INSTRUCTIONS_MAX 64u                     /* how many are listed; counts are complete */

/* A function pointer of the descriptor. */
struct inspect_callback {
	char name[KIND_NAME_BYTES]; /* "acquire" */
	bool required;              /* may not be NULL */
	bool set;                   /* is not NULL, once relocated */
	uint64_t offset;            /* of the function in the module; 0: unset, or imported */
	char *import_name;          /* the symbol, if it comes from another module; else NULL */
};

/* `lock_plugin`, or that of another kind, as the bytes of the file have it. */
struct inspect_descriptor {
	uint64_t offset; /* in the module */
	uint32_t abi;
	uint32_t threads_max; /* of the kinds whose descriptor says it; else 0 */
	uint32_t choice;      /* of the kinds that have one (kinds.h); else 0 */
	uint64_t size_bytes;
	size_t n_callbacks;
	struct inspect_callback callback[INSPECT_CALLBACKS_MAX];
};

/* An undefined dynamic symbol. */
struct inspect_import {
	char *name;
	bool weak;
	bool instrumentation; /* what the compiler emits for -fsanitize=thread, or its start-up code: never forbidden */
	bool forbidden;       /* no pattern of the exercise allows it (inspect_judge()) */
};

enum inspect_instruction_kind {
	INSTRUCTION_SYSCALL,   /* syscall, sysenter, int 0x80 */
	INSTRUCTION_LOCKED,    /* lock prefix */
	INSTRUCTION_EXCHANGE,  /* xchg with memory */
	INSTRUCTION_FENCE,     /* mfence, lfence, sfence */
	INSTRUCTION_PRIVILEGE, /* wrpkru, wrfsbase, wrgsbase, xrstor */
	INSTRUCTION_KIND_COUNT
};

/* In an instrumented object such an instruction is inline assembly (or a function left out of instrumentation). */
struct inspect_instruction {
	enum inspect_instruction_kind kind;
	uint64_t offset; /* in the module: what symbolize takes */
	char *function;  /* NULL: unknown */
	char *text;      /* "lock xadd dword ptr [rdi], eax" */
};

struct inspect_facts {
	/* what it is */
	uint64_t size_bytes;
	bool shared_object; /* the ELF headers are those of an x86-64 shared object, all segments inside the file */
	char *soname;       /* NULL: none */

	/* what it exports */
	struct plugin_kind kind; /* its name is "" where it exports no descriptor that is known */
	struct inspect_descriptor descriptor;

	/* what it imports */
	size_t n_imports;
	struct inspect_import *imports;
	size_t n_needed;
	char **needed; /* DT_NEEDED */
	char *rpath;   /* DT_RPATH or DT_RUNPATH; NULL: none */

	/* how it was built */
	bool instrumented; /* calls __tsan_read…, __tsan_write… or __tsan_atomic…: was built with -fsanitize=thread */
	bool fences;       /* calls __tsan_atomic_thread_fence: TSan reports races in correct code */
	bool c11_threads; /* mtx_… or cnd_…, which libtsan does not know */
	bool linked_libtsan;
	char *compiler; /* .comment: "GCC: (Debian 12.2.0-14) 12.2.0"; several are joined by "; "; NULL: unknown */
	bool debug_info;
	bool stripped; /* no .symtab */

	/* what happens when it is loaded */
	size_t
	    n_constructors; /* beyond the compiler's own frame_dummy and TSan's module constructor, where names tell */
	size_t n_ifuncs;
	uint64_t tls_bytes;
	bool reads_thread_pointer; /* for thread-local variables, or in assembly; not only for the stack protector */
	bool has_variables;        /* it keeps something outside of its objects; true where it is stripped: unknown */
	bool exec_stack;
	bool writable_code; /* a segment that is both writable and executable */
	bool text_relocations;

	/* what instrumentation does not see */
	size_t n_uninstrumented;
	char **
	    uninstrumented; /* functions of an instrumented object that access memory but call no __tsan_*; by symtab */
	size_t instruction_count[INSTRUCTION_KIND_COUNT];
	size_t n_instructions;
	struct inspect_instruction *instructions; /* the first INSPECT_INSTRUCTIONS_MAX */
};

/* Reads `path`. `kinds`: those that are known. Returns 0 if it can be loaded as a plugin; else a negative errno value
 * and *fault: FAULT_SUBMISSION: not such a file, or a descriptor that breaks the ABI (all reasons, one a line);
 * FAULT_MACHINE: could not be read. *facts holds what could be read, also after a fault: inspect_free() in both cases.
 */
int inspect_file(const char *path, const struct kinds *kinds, struct inspect_facts *facts, struct fault *fault);

/* Judges the facts by the exercise's rules: plugin kind, size of the object, imports (marks forbidden ones), library
 * paths, raw system calls. Returns 0, or a negative errno value and *fault (FAULT_SUBMISSION; all reasons, one a line).
 */
int inspect_judge(struct inspect_facts *facts, const struct exercise *exercise, struct fault *fault);

void inspect_free(struct inspect_facts *facts);

const char *instruction_kind_name(enum inspect_instruction_kind kind);

#endif
