#include "utf8_names.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "text.h"

bool utf8_valid(const char *bytes, size_t length)
{
	return u8_check((const uint8_t *)bytes, length) == NULL;
}

char *utf8_composed(const char *string)
{
	size_t length = strlen(string), composed_length = 0;
	if (!utf8_valid(string, length))
		return xstrdup(string);
	uint8_t *composed = u8_normalize(UNINORM_NFC, (const uint8_t *)string, length, NULL, &composed_length);
	char *name = composed != NULL ? xstrndup((const char *)composed, composed_length) : xstrdup(string);
	free(composed);
	return name;
}

char *utf8_from(const char *encoding, const char *bytes, size_t length)
{
	iconv_t converter = iconv_open("UTF-8", encoding);
	if (converter == (iconv_t)-1)
		return NULL;
	/* No encoding that is asked for makes more than four bytes of one. */
	size_t room = 4 * length + 4;
	char *text = xcalloc(1, room + 1), *out = text, *in = (char *)bytes;
	size_t left = length, before = room;
	size_t replaced = iconv(converter, &in, &left, &out, &room);
	bool whole = replaced != (size_t)-1 && left == 0;
	iconv_close(converter);
	(void)before;
	if (whole)
		return text;
	free(text);
	return NULL;
}

static bool is_hangul(ucs4_t c)
{
	return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x1100 && c <= 0x11ff) || (c >= 0x3130 && c <= 0x318f);
}

bool utf8_is_korean(const char *bytes, size_t length)
{
	char *text = utf8_from("CP949", bytes, length);
	size_t hangul = 0, others = 0;
	if (text == NULL)
		return false;
	const uint8_t *at = (const uint8_t *)text, *end = at + strlen(text);
	while (at < end) {
		ucs4_t c;
		int step = u8_mbtouc(&c, at, (size_t)(end - at));
		hangul += is_hangul(c);
		others += c >= 0x80 && !is_hangul(c);
		at += step;
	}
	free(text);
	return hangul > 0 && hangul >= 4 * others;
}

char *utf8_guessed(const char *name)
{
	size_t length = strlen(name);
	char *decoded = NULL;
	if (!utf8_valid(name, length))
		decoded = utf8_from(utf8_is_korean(name, length) ? "CP949" : "WINDOWS-1252", name, length);
	char *composed = utf8_composed(decoded != NULL ? decoded : name);
	free(decoded);
	return composed;
}

bool utf8_same(const char *a, const char *b)
{
	int order = 0;
	if (!utf8_valid(a, strlen(a)) || !utf8_valid(b, strlen(b)))
		return strcmp(a, b) == 0;
	if (u8_casecmp((const uint8_t *)a, strlen(a), (const uint8_t *)b, strlen(b), NULL, UNINORM_NFC, &order) < 0)
		return strcmp(a, b) == 0;
	return order == 0;
}
