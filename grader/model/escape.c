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
