/* See hooks.h. System V ABI, x86-64. */
	.text
	.set number, 0

	.macro HOOK_STUB name
	.globl hook_\name
	.hidden hook_\name
	.type hook_\name, @function
	.p2align 4
hook_\name:
	endbr64
	movl $number, %eax
	jmp hook_common
	.set number, number + 1
	.endm

/* Reads of what nobody writes (hook_unseen) end here. */
	.macro READ_STUB name
	.globl hook_\name
	.hidden hook_\name
	.type hook_\name, @function
	.p2align 4
hook_\name:
	endbr64
	movq %rdi, %rax
	subq hook_unseen(%rip), %rax
	cmpq 8 + hook_unseen(%rip), %rax
	jb 1f
	movq %rdi, %rax
	subq 16 + hook_unseen(%rip), %rax
	cmpq 24 + hook_unseen(%rip), %rax
	jb 1f
	movl $number, %eax
	jmp hook_common
1:	ret
	.set number, number + 1
	.endm

hook_common:
	movq request_at(%rip), %r11
	movq %rdi, (%r11)
	movq %rsi, 8(%r11)
	movq %rdx, 16(%r11)
	movq %rcx, 24(%r11)
	movq %r8, 32(%r11)
	movq %r9, 40(%r11)
	movq %rax, 48(%r11)
	pushq %rbp
	pushq %rbx
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rsp, 56(%r11)
to_engine:
	movq engine_stack(%rip), %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	ret

	.globl hook_resume
	.hidden hook_resume
	.type hook_resume, @function
hook_resume:
	pushq %rbp
	pushq %rbx
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rsp, engine_stack(%rip)
	movq %rdx, request_at(%rip)
	movq %rdi, %rsp
	movq %rsi, %rax
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	/* No caller counts on the others, but it may put them on its stack: let nothing of the engine be there. */
	xorl %ecx, %ecx
	xorl %edx, %edx
	xorl %esi, %esi
	xorl %edi, %edi
	xorl %r8d, %r8d
	xorl %r9d, %r9d
	xorl %r10d, %r10d
	xorl %r11d, %r11d
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	pxor %xmm\n, %xmm\n
	.endr
	ret

	.globl hook_begin
	.hidden hook_begin
	.type hook_begin, @function
hook_begin:
	movq %r12, %rdi
	callq *%r13
	callq hook_exit
	ud2

/* Stub i: hook_unmodelled(hook_stub_names[i]). 16 bytes each. */
	.globl hook_stubs
	.hidden hook_stubs
	.type hook_stubs, @function
	.p2align 4
hook_stubs:
	.set stub, 0
	.rept 512
	endbr64
	movl $stub, %edi
	jmp 1f
	.p2align 4
	.set stub, stub + 1
	.endr
1:	leaq hook_stub_names(%rip), %rax
	movq (%rax, %rdi, 8), %rdi
	jmp hook_unmodelled

/* The fiber's stack may be no more: nothing is pushed, and it is never resumed. */
	.globl hook_crashed
	.hidden hook_crashed
	.type hook_crashed, @function
hook_crashed:
	movq crash_number(%rip), %rax
	movq request_at(%rip), %r11
	movq %rax, 48(%r11)
	jmp to_engine

#define HOOK(name) HOOK_STUB name;
#define READS(name) READ_STUB name##1; READ_STUB name##2; READ_STUB name##4; READ_STUB name##8;
#define SIZES(name) HOOK_STUB name##1; HOOK_STUB name##2; HOOK_STUB name##4; HOOK_STUB name##8;
#include "hooks.def"

	.section .rodata
	.p2align 3
crash_number:
	.quad number - 1 /* HOOK_crash is the last */

	.bss
	.p2align 4
	.globl hook_stub_names
	.hidden hook_stub_names
hook_stub_names:
	.zero 8 * 512
	.globl hook_unseen
	.hidden hook_unseen
hook_unseen:
	.zero 32
request_at:
	.zero 8
engine_stack:
	.zero 8
	.section .note.GNU-stack, "", @progbits
