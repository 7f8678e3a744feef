/* Damaged shared objects, thousands of them, the same ones every time: each gets an answer, and the sanitizers that
 * this test is built with find nothing. */
#include <elf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "inspect.h"
#include "kind.h"
#include "scratch.h"
#include "text.h"

#define ROUNDS 3000u

static uint64_t state;

/* xorshift64 (Marsaglia 2003) */
static uint64_t next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* Numbers that break arithmetic. */
static uint64_t nasty(void)
{
	static const uint64_t values[] = { 0,
					   1,
					   8,
					   0xff,
					   0xffff,
					   0x7fffffff,
					   0xffffffff,
					   0x100000000,
					   INT64_MAX,
					   UINT64_MAX,
					   UINT64_MAX - 7,
					   UINT64_C(1) << 60,
					   0x1000,
					   0xfffffffffffff000 };
	return values[next_random() % (sizeof(values) / sizeof(values[0]))];
}

static struct kinds kinds;

/* Returns 0 or less; there is a message if and only if there is a fault. */
static int inspect_bytes(const void *bytes, size_t length)
{
	struct inspect_facts facts;
	struct fault fault = { 0 };
	int r = inspect_file(scratch_write_bytes("hostile.so", bytes, length), &kinds, &facts, &fault);
	ck_assert((r < 0) == (fault.message != NULL));
	ck_assert(r == 0 || fault.owner == FAULT_SUBMISSION);
	inspect_free(&facts);
	fault_free(&fault);
	scratch_forget();
	return r;
}

struct target {
	size_t begin, length;
};

/* Most of the file is debug information; the tables that matter are few bytes. */
static size_t find_targets(const unsigned char *bytes, struct target *targets)
{
	Elf64_Ehdr header;
	size_t n = 0;
	memcpy(&header, bytes, sizeof(header));
	targets[n++] = (struct target){ 0, sizeof(header) };
	targets[n++] = (struct target){ header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr) };
	targets[n++] = (struct target){ header.e_shoff, header.e_shnum * sizeof(Elf64_Shdr) };
	for (size_t i = 0; i < header.e_phnum; i++) {
		Elf64_Phdr segment;
		memcpy(&segment, bytes + header.e_phoff + i * sizeof(segment), sizeof(segment));
		if (segment.p_type == PT_DYNAMIC)
			targets[n++] = (struct target){ segment.p_offset, segment.p_filesz };
		/* Hash table, symbols, strings, relocations. */
		if (segment.p_type == PT_LOAD && segment.p_offset == 0)
			targets[n++] = (struct target){ 0, segment.p_filesz };
		if (segment.p_type == PT_LOAD && (segment.p_flags & (PF_X | PF_W)))
			targets[n++] = (struct target){ segment.p_offset, segment.p_filesz };
	}
	return n;
}

static void damage(unsigned char *bytes, const struct target *targets, size_t n_targets)
{
	for (uint64_t n = next_random() % 4 + 1; n > 0; n--) {
		const struct target *target = &targets[next_random() % n_targets];
		size_t at = target->begin + next_random() % target->length;
		uint64_t value = nasty();
		switch (next_random() % 4) {
		case 0:
			bytes[at] ^= (unsigned char)(1u << next_random() % 8);
			break;
		case 1:
			bytes[at] = (unsigned char)next_random();
			break;
		default:
			at -= at % sizeof(value);
			if (at + sizeof(value) <= target->begin + target->length)
				memcpy(bytes + at, &value, next_random() % 2 ? 4 : sizeof(value));
		}
	}
}

static void mutate(const char *path)
{
	size_t length, refusals = 0;
	unsigned char *good = scratch_read(path, &length), *bad = xcalloc(length, 1);
	struct target targets[64];
	size_t n_targets = find_targets(good, targets);
	ck_assert_int_eq(inspect_bytes(good, length), 0);
	state = 88172645463325252u;
	for (unsigned i = 0; i < ROUNDS; i++) {
		memcpy(bad, good, length);
		damage(bad, targets, n_targets);
		refusals += inspect_bytes(bad, length) < 0;
	}
	/* If the damage went nowhere near what is read, this test would be worth nothing. */
	ck_assert_uint_gt(refusals, ROUNDS / 4);
	ck_assert_uint_lt(refusals, ROUNDS);
	free(bad);
	free(good);
}

START_TEST(mutated)
{
	mutate(scratch_build("good.so", scratch_ticket, "-fsanitize=thread"));
}
END_TEST

START_TEST(mutated_with_other_tables)
{
	mutate(scratch_build("good.so", scratch_ticket,
			     "-fsanitize=thread -Wl,--hash-style=sysv -Wl,-z,pack-relative-relocs"));
}
END_TEST

START_TEST(truncated)
{
	size_t length;
	unsigned char *good = scratch_read(scratch_build("good.so", scratch_ticket, "-fsanitize=thread"), &length);
	for (size_t kept = 0; kept < length; kept += kept < 1024 ? 1 : 37)
		inspect_bytes(good, kept);
	free(good);
}
END_TEST

START_TEST(noise)
{
	unsigned char bytes[512];
	state = 362436069;
	for (unsigned i = 0; i < 500; i++) {
		for (size_t j = 0; j < sizeof(bytes); j++)
			bytes[j] = (unsigned char)next_random();
		memcpy(bytes, "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\76\0\1\0\0\0", 24);
		ck_assert_int_lt(inspect_bytes(bytes, sizeof(bytes)), 0);
	}
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, mutated);
	tcase_add_test(tests, mutated_with_other_tables);
	tcase_add_test(tests, truncated);
	tcase_add_test(tests, noise);
}

int main(void)
{
	struct fault fault = { 0 };
	if (kinds_shipped(&kinds, &fault) < 0)
		return 2;
	int status = scratch_run("inspect_hostile", add);
	kinds_free(&kinds);
	return status;
}
