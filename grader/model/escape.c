#include "escape.h"

#include "text.h"

size_t utf8_decode(const char *bytes, uint32_t *code)
{
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} forms[] = { { 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 }, { 0xf8, 0xf0, 0x10000 } };
	const unsigned char *byte = (const unsigned char *)bytes;
	for (size_t length = 1; length <= 4; length++) {
		if ((byte[0] & forms[length - 1].mask) != forms[length - 1].lead)
			continue;
		*code = byte[0] & (unsigned char)~forms[length - 1].mask;
		for (size_t i = 1; i < length; i++) {
			if ((byte[i] & 0xc0) != 0x80)
				return 0;
			*code = *code << 6 | (byte[i] & 0x3f);
		}
		bool surrogate = *code >= 0xd800 && *code <= 0xdfff;
		return *code >= forms[length - 1].least && *code <= 0x10ffff && !surrogate ? length : 0;
	}
	return 0;
}

/* What changes how a terminal shows the rest: C0, DEL, C1, and the bidirectional controls. */
static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0x202a && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069) || code == 0x200e || code == 0x200f || code == 0x2028 ||
	       code == 0x2029;
}

char *escape_terminal(const char *bytes, bool lines)
{
	struct text text = { 0 };
	for (const char *at = bytes; *at != '\0';) {
		uint32_t code;
		size_t length = utf8_decode(at, &code);
		if (length == 0) {
			text_printf(&text, "\\x%02x", (unsigned char)*at);
			at++;
			continue;
		}
		if (code == '\n' && lines)
			text_add(&text, "\n");
		else if (code == '\t')
			text_add(&text, "    ");
		else if (is_control(code))
			text_printf(&text, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
		else
			text_append(&text, at, length);
		at += length;
	}
	return text_take(&text);
}

struct span {
	uint32_t first, last;
};

static bool is_in(uint32_t code, const struct span *spans, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (code >= spans[i].first && code <= spans[i].last)
			return true;
	}
	return false;
}

size_t escape_columns(const char *safe)
{
	static const struct span wide[] = { { 0x1100, 0x115f },   { 0x2e80, 0x303e },   { 0x3041, 0xa4cf },
					    { 0xa960, 0xa97f },   { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },
					    { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },
					    { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1faff },
					    { 0x20000, 0x3fffd } };
	static const struct span none[] = { { 0x300, 0x36f },   { 0x1160, 0x11ff }, { 0x200b, 0x200d },
					    { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f } };
	size_t columns = 0;
	for (const char *at = safe; *at != '\0';) {
		uint32_t code = 0;
		size_t length = utf8_decode(at, &code);
		bool is_wide = length > 0 && is_in(code, wide, sizeof(wide) / sizeof(wide[0]));
		bool is_none = length > 0 && is_in(code, none, sizeof(none) / sizeof(none[0]));
		columns += is_wide ? 2 : is_none ? 0 : 1;
		at += length > 0 ? length : 1;
	}
	return columns;
}

int escape_padding(const char *safe, size_t columns)
{
	size_t taken = escape_columns(safe);
	return taken < columns ? (int)(columns - taken) : 0;
}

char *escape_utf8(const char *bytes)
{
	struct text text = { 0 };
	for (const char *at = bytes; *at != '\0';) {
		uint32_t code;
		size_t length = utf8_decode(at, &code);
		if (length == 0) {
			text_add(&text, "\xef\xbf\xbd");
			at++;
		} else {
			text_append(&text, at, length);
			at += length;
		}
	}
	return text_take(&text);
}
