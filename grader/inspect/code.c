#include "code.h"
#include "translate.h"

#include <capstone/capstone.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define UNINSTRUMENTED_MAX 64u

/* A stretch of code that is decoded from its first byte: a function, or what lies between functions. */
struct stretch {
	uint64_t begin, end;
	const char *function; /* NULL: unknown */
};

struct reader {
	const struct dynamic *dynamic;
	const struct sections *sections;
	struct inspect_facts *facts;
	csh capstone;
	cs_insn *instruction;
	Elf64_Rela *slots; /* relocations by symbol, sorted by address */
	size_t n_slots;
	uint64_t relro_begin, relro_end; /* holds the GOT: reading it is no access of the student's */
	/* of the stretch being read */
	bool accesses_memory, calls_tsan, takes_constants;
};

static bool starts(const char *string, const char *prefix)
{
	return strncmp(string, prefix, strlen(prefix)) == 0;
}

const char *instruction_kind_name(enum inspect_instruction_kind kind)
{
	static const char *const names[INSTRUCTION_KIND_COUNT] = {
		[INSTRUCTION_SYSCALL] = "system call",           [INSTRUCTION_LOCKED] = "locked",
		[INSTRUCTION_EXCHANGE] = "exchange with memory", [INSTRUCTION_FENCE] = "fence",
		[INSTRUCTION_PRIVILEGE] = "privileged",
	};
	return (unsigned)kind < INSTRUCTION_KIND_COUNT ? names[kind] : "?";
}

static bool is_one_of(const char *mnemonic, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strcmp(mnemonic, *list) == 0)
			return true;
	}
	return false;
}

static bool classify(const cs_insn *instruction, enum inspect_instruction_kind *kind)
{
	static const char *const calls[] = { "syscall", "sysenter", NULL };
	static const char *const fences[] = { "mfence", "lfence", "sfence", NULL };
	static const char *const privileged[] = { "wrpkru", "wrfsbase", "wrgsbase", "xrstor", "xrstor64", NULL };
	const char *mnemonic = instruction->mnemonic;
	if (is_one_of(mnemonic, calls) || (strcmp(mnemonic, "int") == 0 && strcmp(instruction->op_str, "0x80") == 0))
		*kind = INSTRUCTION_SYSCALL;
	else if (starts(mnemonic, "lock "))
		*kind = INSTRUCTION_LOCKED;
	else if (strcmp(mnemonic, "xchg") == 0 && strchr(instruction->op_str, '[') != NULL)
		*kind = INSTRUCTION_EXCHANGE;
	else if (is_one_of(mnemonic, fences))
		*kind = INSTRUCTION_FENCE;
	else if (is_one_of(mnemonic, privileged))
		*kind = INSTRUCTION_PRIVILEGE;
	else
		return false;
	return true;
}

static void note(struct reader *reader, const struct stretch *stretch, enum inspect_instruction_kind kind)
{
	struct inspect_facts *facts = reader->facts;
	const cs_insn *instruction = reader->instruction;
	facts->instruction_count[kind]++;
	if (facts->n_instructions == INSPECT_INSTRUCTIONS_MAX)
		return;
	facts->instructions = xrealloc(facts->instructions, (facts->n_instructions + 1) * sizeof(*facts->instructions));
	facts->instructions[facts->n_instructions++] = (struct inspect_instruction){
		.kind = kind,
		.offset = instruction->address,
		.function = stretch->function != NULL ? xstrdup(stretch->function) : NULL,
		.text = xasprintf("%s%s%s", instruction->mnemonic, *instruction->op_str != '\0' ? " " : "",
				  instruction->op_str),
	};
}

static int compare_slots(const void *left, const void *right)
{
	const Elf64_Rela *l = left, *r = right;
	return l->r_offset < r->r_offset ? -1 : l->r_offset > r->r_offset;
}

/* The name behind a slot of the GOT; NULL: unknown. */
static const char *slot_name(const struct reader *reader, uint64_t slot)
{
	const Elf64_Rela key = { .r_offset = slot };
	const Elf64_Rela *found =
	    reader->n_slots == 0 ? NULL
				 : bsearch(&key, reader->slots, reader->n_slots, sizeof(*reader->slots), compare_slots);
	return found != NULL ? dynamic_symbol_name(reader->dynamic, ELF64_R_SYM(found->r_info)) : NULL;
}

static void collect_slots(struct reader *reader)
{
	const struct dynamic *dynamic = reader->dynamic;
	reader->slots = xcalloc(dynamic->n_relocations, sizeof(*reader->slots));
	for (size_t i = 0; i < dynamic->n_relocations; i++) {
		if (ELF64_R_SYM(dynamic->relocations[i].r_info) != 0)
			reader->slots[reader->n_slots++] = dynamic->relocations[i];
	}
	qsort(reader->slots, reader->n_slots, sizeof(*reader->slots), compare_slots);
}

/* The target of `jmp|call *disp(%rip)` at `address`, after an endbr64 and a bnd prefix; 0: it is none. */
static uint64_t indirect_slot(const struct image *image, uint64_t address)
{
	static const uint8_t endbr64[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	const uint8_t *bytes = image_at(image, address, 16);
	unsigned at = 0;
	if (bytes == NULL)
		return 0;
	if (memcmp(bytes, endbr64, sizeof(endbr64)) == 0)
		at += (unsigned)sizeof(endbr64);
	at += bytes[at] == 0xf2;
	if (bytes[at] != 0xff || (bytes[at + 1] != 0x25 && bytes[at + 1] != 0x15))
		return 0;
	int32_t displacement;
	memcpy(&displacement, bytes + at + 2, sizeof(displacement));
	return address + at + 6 + (uint64_t)(int64_t)displacement;
}

/* Whom a call or jump leads to, through the procedure linkage table; NULL: unknown or not imported. */
static const char *callee(const struct reader *reader)
{
	const cs_insn *instruction = reader->instruction;
	uint64_t target = instruction->address;
	if (instruction->size == 5 && (instruction->bytes[0] == 0xe8 || instruction->bytes[0] == 0xe9)) {
		int32_t displacement;
		memcpy(&displacement, instruction->bytes + 1, sizeof(displacement));
		target += 5 + (uint64_t)(int64_t)displacement;
	}
	uint64_t slot = indirect_slot(reader->dynamic->image, target);
	return slot != 0 ? slot_name(reader, slot) : NULL;
}

/* The address that an operand of the form "[rip + 0x2e4f]" means. */
static uint64_t rip_target(const cs_insn *instruction, const char *operand)
{
	long long displacement = 0;
	const char *sign = strpbrk(operand, "+-");
	if (sign != NULL)
		displacement = strtoll(sign + 1, NULL, 0) * (*sign == '-' ? -1 : 1);
	return instruction->address + instruction->size + (uint64_t)displacement;
}

static bool is_constant(const struct reader *reader, uint64_t address)
{
	const Elf64_Phdr *segment = image_loaded(reader->dynamic->image, address, 1);
	bool relro = address >= reader->relro_begin && address < reader->relro_end;
	return segment == NULL || (segment->p_flags & PF_W) == 0 || relro;
}

/* Data that other threads could see: not the stack, not the GOT, not constants. By the text of the operand, so a hint
 * and no proof: what a register points to is not known. */
static bool is_shared_access(const struct reader *reader)
{
	const cs_insn *instruction = reader->instruction;
	const char *operand = strchr(instruction->op_str, '[');
	if (operand == NULL || starts(instruction->mnemonic, "lea") || starts(instruction->mnemonic, "nop") ||
	    strstr(instruction->op_str, "fs:") != NULL)
		return false;
	if (strstr(operand, "rsp") != NULL || strstr(operand, "rbp") != NULL)
		return false;
	if (starts(operand, "[rip"))
		return !is_constant(reader, rip_target(instruction, operand));
	/* A read where the function took the address of a constant table reads that table, presumably. */
	return !reader->takes_constants || strchr(instruction->op_str, ',') > operand;
}

static bool takes_constant(const struct reader *reader)
{
	const char *operand = strstr(reader->instruction->op_str, "[rip");
	return operand != NULL && strcmp(reader->instruction->mnemonic, "lea") == 0 &&
	       is_constant(reader, rip_target(reader->instruction, operand));
}

/* What a thread knows itself by. The stack protector's word is the same for all. What decodes so by chance counts too.
 */
static bool reads_thread_pointer(const cs_insn *instruction)
{
	static const char protector[] = "fs:[0x28]";
	const char *segment = strstr(instruction->op_str, "fs:");
	return (segment != NULL && !starts(segment, protector)) || strcmp(instruction->mnemonic, "rdfsbase") == 0;
}

static void look(struct reader *reader, const struct stretch *stretch)
{
	enum inspect_instruction_kind kind;
	/* Tables between functions, and constants in the same segment, decode as anything. */
	bool code = stretch->function != NULL || sections_has_code(reader->sections, reader->instruction->address);
	if (code && classify(reader->instruction, &kind))
		note(reader, stretch, kind);
	reader->facts->reads_thread_pointer |= reads_thread_pointer(reader->instruction);
	if (stretch->function == NULL || !reader->facts->instrumented)
		return;
	bool call = starts(reader->instruction->mnemonic, "call"), jump = starts(reader->instruction->mnemonic, "jmp");
	if (call || jump) {
		const char *name = reader->calls_tsan ? NULL : callee(reader);
		reader->calls_tsan |= name != NULL && starts(name, "__tsan_");
	} else if (!reader->accesses_memory) {
		reader->takes_constants |= takes_constant(reader);
		reader->accesses_memory = is_shared_access(reader);
	}
}

/* Functions that the compiler brings along. */
static bool is_runtime(const char *function)
{
	static const char *const names[] = { "_init",
					     "_fini",
					     "_start",
					     "frame_dummy",
					     "deregister_tm_clones",
					     "register_tm_clones",
					     "__do_global_dtors_aux",
					     "tsan.module_ctor",
					     NULL };
	return is_one_of(function, names) || starts(function, "_sub_I_") || starts(function, "_GLOBAL__sub_I_") ||
	       strstr(function, ".cold") != NULL || strstr(function, ".part.") != NULL;
}

static void conclude(struct reader *reader, const struct stretch *stretch)
{
	struct inspect_facts *facts = reader->facts;
	if (stretch->function == NULL || !facts->instrumented || !reader->accesses_memory || reader->calls_tsan ||
	    is_runtime(stretch->function) || facts->n_uninstrumented == UNINSTRUMENTED_MAX)
		return;
	facts->uninstrumented =
	    xrealloc(facts->uninstrumented, (facts->n_uninstrumented + 1) * sizeof(*facts->uninstrumented));
	facts->uninstrumented[facts->n_uninstrumented++] = xstrdup(stretch->function);
}

static void read_stretch(struct reader *reader, const struct stretch *stretch)
{
	size_t left = (size_t)(stretch->end - stretch->begin);
	const uint8_t *bytes = image_at(reader->dynamic->image, stretch->begin, left);
	uint64_t address = stretch->begin;
	reader->accesses_memory = reader->calls_tsan = reader->takes_constants = false;
	while (bytes != NULL && left > 0) {
		/* Zeros between functions are padding; decoded, they would swallow the first bytes of what follows. */
		bool padding = stretch->function == NULL && *bytes == 0;
		if (!padding && cs_disasm_iter(reader->capstone, &bytes, &left, &address, reader->instruction)) {
			look(reader, stretch);
		} else {
			/* Not an instruction: goes on at the next byte. */
			bytes++;
			left--;
			address++;
		}
	}
	conclude(reader, stretch);
}

static int compare_stretches(const void *left, const void *right)
{
	const struct stretch *l = left, *r = right;
	if (l->begin != r->begin)
		return l->begin < r->begin ? -1 : 1;
	return l->end > r->end ? -1 : l->end < r->end;
}

/* The functions of the symbol table that lie in this segment, sorted, without overlaps. */
static struct stretch *functions_of(const struct sections *sections, const Elf64_Phdr *segment, size_t *count)
{
	struct stretch *list = xcalloc(sections->n_symbols, sizeof(*list));
	uint64_t end = segment->p_vaddr + segment->p_filesz;
	size_t found = 0, kept = 0;
	for (size_t i = 0; i < sections->n_symbols; i++) {
		const struct local_symbol *symbol = &sections->symbols[i];
		if ((symbol->type == STT_FUNC || symbol->type == STT_GNU_IFUNC) && symbol->defined &&
		    symbol->size > 0 && symbol->offset >= segment->p_vaddr && symbol->offset < end &&
		    symbol->size <= end - symbol->offset)
			list[found++] = (struct stretch){ symbol->offset, symbol->offset + symbol->size, symbol->name };
	}
	qsort(list, found, sizeof(*list), compare_stretches);
	for (size_t i = 0; i < found; i++) {
		if (kept == 0 || list[i].begin >= list[kept - 1].end)
			list[kept++] = list[i];
	}
	*count = kept;
	return list;
}

static void read_segment(struct reader *reader, const struct sections *sections, const Elf64_Phdr *segment)
{
	size_t count;
	struct stretch *functions = functions_of(sections, segment, &count);
	uint64_t at = segment->p_vaddr;
	for (size_t i = 0; i < count; i++) {
		read_stretch(reader, &(struct stretch){ at, functions[i].begin, NULL });
		read_stretch(reader, &functions[i]);
		at = functions[i].end;
	}
	read_stretch(reader, &(struct stretch){ at, segment->p_vaddr + segment->p_filesz, NULL });
	free(functions);
}

int code_read(const struct dynamic *dynamic, const struct sections *sections, struct inspect_facts *facts,
	      struct fault *fault)
{
	struct reader reader = { .dynamic = dynamic, .sections = sections, .facts = facts };
	const Elf64_Phdr *relro = image_segment(dynamic->image, PT_GNU_RELRO);
	if (relro != NULL) {
		reader.relro_begin = relro->p_vaddr;
		reader.relro_end = relro->p_vaddr + relro->p_memsz;
	}
	collect_slots(&reader);
	int r = 0;
	if (cs_open(CS_ARCH_X86, CS_MODE_64, &reader.capstone) != CS_ERR_OK) {
		r = fault_machine(fault, ENOMEM, _("%s: cannot be disassembled"), dynamic->image->path);
		goto out;
	}
	reader.instruction = cs_malloc(reader.capstone);
	if (reader.instruction == NULL)
		r = fault_machine(fault, ENOMEM, _("%s: cannot be disassembled"), dynamic->image->path);
	for (size_t i = 0; r == 0 && i < dynamic->image->n_segments; i++) {
		const Elf64_Phdr *segment = &dynamic->image->segments[i];
		if (segment->p_type == PT_LOAD && (segment->p_flags & PF_X))
			read_segment(&reader, sections, segment);
	}
	if (reader.instruction != NULL)
		cs_free(reader.instruction, 1);
	cs_close(&reader.capstone);
out:
	free(reader.slots);
	return r;
}
