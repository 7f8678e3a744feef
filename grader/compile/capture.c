#include "capture.h"

#include <stdlib.h>
#include <string.h>

#include "translate.h"

void capture_init(struct capture *capture, size_t bytes_max)
{
	*capture = (struct capture){ .half_max = bytes_max / 2 + 1 };
	capture->tail = xcalloc(capture->half_max, 1);
}

void capture_add(struct capture *capture, const char *bytes, size_t length)
{
	size_t room = capture->half_max - capture->head.length;
	size_t first = length < room ? length : room;
	text_append(&capture->head, bytes, first);
	for (size_t i = first; i < length; i++)
		capture->tail[capture->tail_total++ % capture->half_max] = bytes[i];
}

bool capture_has(const struct capture *capture, const char *words)
{
	uint64_t total = capture->tail_total, kept = total < capture->half_max ? total : capture->half_max;
	struct text last = { 0 };
	text_append(&last, capture->head.data != NULL ? capture->head.data : "", capture->head.length);
	for (uint64_t i = total - kept; i < total; i++)
		text_append(&last, &capture->tail[i % capture->half_max], 1);
	bool has = last.data != NULL && memmem(last.data, last.length, words, strlen(words)) != NULL;
	text_free(&last);
	return has;
}

/* Bytes at the end that begin a character and do not end it. */
static size_t half_character(const char *bytes, size_t length)
{
	for (size_t back = 1; back <= 4 && back <= length; back++) {
		unsigned char byte = (unsigned char)bytes[length - back];
		if ((byte & 0xc0) == 0x80)
			continue;
		size_t whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
		return whole > back ? back : 0;
	}
	return 0;
}

char *capture_take(struct capture *capture)
{
	struct text all = capture->head;
	uint64_t total = capture->tail_total, kept = total < capture->half_max ? total : capture->half_max;
	if (total > kept) {
		size_t half = half_character(all.data, all.length);
		all.length -= half;
		/* The rest of a character whose beginning is not there. */
		while (kept > 0 && ((unsigned char)capture->tail[(total - kept) % capture->half_max] & 0xc0) == 0x80)
			kept--;
	}
	if (total > kept)
		text_printf(&all, _("\n[... %ju bytes left out ...]\n"), (uintmax_t)(total - kept));
	for (uint64_t i = total - kept; i < total; i++)
		text_append(&all, &capture->tail[i % capture->half_max], 1);
	for (size_t i = 0; i < all.length; i++) {
		if (all.data[i] == '\0')
			all.data[i] = '?';
	}
	free(capture->tail);
	*capture = (struct capture){ 0 };
	return text_take(&all);
}
