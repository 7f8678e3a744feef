/* The objects under test, each between guard pages, and the workload's data. */
#include "objects.h"

#include <emmintrin.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "fresh.h"
#include "memory.h"

static struct {
	char *data;
	char *objects; /* each between guard pages */
	size_t objects_bytes;
} storage;

static size_t object_pages(void)
{
	return (machine->job->object_size + 64 + 4095) / 4096 * 4096;
}

void objects_guard(bool on)
{
	for (unsigned i = 0; i < machine->job->workload->objects && i < TRIAL_OBJECTS_MAX; i++)
		mprotect(storage.objects + i * (object_pages() + 2 * 4096) + 4096, object_pages(),
			 on ? PROT_NONE : PROT_READ | PROT_WRITE);
}

char *objects_data(void)
{
	return storage.data;
}

bool objects_are_data(uint64_t address)
{
	return address >= (uint64_t)(uintptr_t)storage.data &&
	       address < (uint64_t)(uintptr_t)storage.data + TRIAL_DATA_MAX;
}

int objects_create(void)
{
	size_t pages = object_pages();
	size_t stride = pages + 2 * 4096;

	storage.objects_bytes = stride * TRIAL_OBJECTS_MAX;
	storage.objects = mmap(NULL, storage.objects_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	storage.data =
	    mmap(NULL, TRIAL_DATA_MAX, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (storage.objects == MAP_FAILED || storage.data == MAP_FAILED)
		return -ENOMEM;
	for (unsigned i = 0; i < machine->job->workload->objects && i < TRIAL_OBJECTS_MAX; i++) {
		char *begin = storage.objects + i * stride + 4096;
		if (mprotect(begin, pages, PROT_READ | PROT_WRITE) != 0)
			return -errno;
		/* As near to the guard page behind it as its alignment allows; the rest is canaries. */
		memset(begin, FRESH_OBJECT, pages);
		machine->object[i] = begin + (pages - machine->job->object_size) / 64 * 64;
		int r = memory_add(begin, pages);
		if (r == 0)
			r = fresh_add(begin, pages);
		if (r < 0)
			return r;
	}
	return 0;
}

void objects_destroy(void)
{
	munmap(storage.objects, storage.objects_bytes);
	munmap(storage.data, TRIAL_DATA_MAX);
}

static bool all_canaries(const unsigned char *begin, const unsigned char *end)
{
	const __m128i canary = _mm_set1_epi8((char)FRESH_OBJECT);
	__m128i differ = _mm_setzero_si128();

	for (; end - begin >= 64; begin += 64) {
		const __m128i *piece = (const void *)begin;
		for (unsigned i = 0; i < 4; i++)
			differ = _mm_or_si128(differ, _mm_xor_si128(_mm_loadu_si128(&piece[i]), canary));
	}
	if (_mm_movemask_epi8(_mm_cmpeq_epi8(differ, _mm_setzero_si128())) != 0xffff)
		return false;
	for (; begin < end; begin++) {
		if (*begin != FRESH_OBJECT)
			return false;
	}
	return true;
}

/* Bytes around the objects that are not theirs. */
bool objects_intact(void)
{
	size_t pages = object_pages();

	for (unsigned i = 0; i < machine->job->workload->objects; i++) {
		const unsigned char *begin = (unsigned char *)storage.objects + i * (pages + 2 * 4096) + 4096;
		const unsigned char *object = machine->object[i];
		const unsigned char *after = object + machine->job->object_size;
		if (!all_canaries(begin, object) || !all_canaries(after, begin + pages))
			return false;
	}
	return true;
}
