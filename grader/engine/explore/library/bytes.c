/* What reads or writes memory of any size: blocks of bytes, strings, text that is put together. Each announces what it
 * touches, then lets libc's own do the work. */
#include "own.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- blocks ---- */

static void *model_memcpy(void *to, const void *from, size_t size)
{
	call_read_range(from, size);
	call_write_range(to, size);
	return memcpy(to, from, size);
}

static void *model_mempcpy(void *to, const void *from, size_t size)
{
	return (char *)model_memcpy(to, from, size) + size;
}

static void *model_memmove(void *to, const void *from, size_t size)
{
	call_read_range(from, size);
	call_write_range(to, size);
	return memmove(to, from, size);
}

static void *model_memset(void *to, int byte, size_t size)
{
	call_write_range(to, size);
	return memset(to, byte, size);
}

static void model_bzero(void *to, size_t size)
{
	model_memset(to, 0, size);
}

static int model_memcmp(const void *a, const void *b, size_t size)
{
	call_read_range(a, size);
	call_read_range(b, size);
	return memcmp(a, b, size);
}

static void *model_memchr(const void *block, int byte, size_t size)
{
	const char *found = memchr(block, byte, size);

	call_read_range(block, found == NULL ? size : (size_t)(found - (const char *)block) + 1);
	return (void *)(uintptr_t)found;
}

/* The comparison is the plugin's, and makes its own accesses. */
static void model_qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	call_write_range(base, n * size);
	qsort(base, n, size, compare);
}

/* ---- strings ---- */

static size_t read_string(const char *text)
{
	size_t length = strlen(text);

	call_read_range(text, length + 1);
	return length;
}

static size_t read_at_most(const char *text, size_t most)
{
	size_t length = strnlen(text, most);

	call_read_range(text, length < most ? length + 1 : most);
	return length;
}

static size_t model_strlen(const char *text)
{
	return read_string(text);
}

static size_t model_strnlen(const char *text, size_t most)
{
	return read_at_most(text, most);
}

static char *model_strcpy(char *to, const char *from)
{
	size_t length = read_string(from);

	call_write_range(to, length + 1);
	return memcpy(to, from, length + 1);
}

static char *model_stpcpy(char *to, const char *from)
{
	size_t length = read_string(from);

	call_write_range(to, length + 1);
	return (char *)memcpy(to, from, length + 1) + length;
}

static char *model_strncpy(char *to, const char *from, size_t size)
{
	size_t length = read_at_most(from, size);

	call_write_range(to, size);
	memset(to + length, 0, size - length);
	memcpy(to, from, length);
	return to;
}

static char *append(char *to, const char *from, size_t length)
{
	size_t begin = read_string(to);

	call_write_range(to + begin, length + 1);
	memcpy(to + begin, from, length);
	to[begin + length] = '\0';
	return to;
}

static char *model_strcat(char *to, const char *from)
{
	return append(to, from, read_string(from));
}

static char *model_strncat(char *to, const char *from, size_t most)
{
	return append(to, from, read_at_most(from, most));
}

static int model_strcmp(const char *a, const char *b)
{
	read_string(a);
	read_string(b);
	return strcmp(a, b);
}

static int model_strncmp(const char *a, const char *b, size_t most)
{
	read_at_most(a, most);
	read_at_most(b, most);
	return strncmp(a, b, most);
}

static char *model_strchr(const char *text, int byte)
{
	read_string(text);
	return strchr(text, byte);
}

static char *model_strrchr(const char *text, int byte)
{
	read_string(text);
	return strrchr(text, byte);
}

static char *model_strstr(const char *text, const char *part)
{
	read_string(text);
	read_string(part);
	return strstr(text, part);
}

/* ---- text that is put together ---- */

/* Skips a number or a star of a conversion. Returns what it is; -1: none. */
static int number_of(const char **p, va_list *arguments)
{
	int number = -1;

	if (**p == '*') {
		(*p)++;
		return va_arg(*arguments, int);
	}
	for (; **p >= '0' && **p <= '9'; (*p)++)
		number = (number < 0 ? 0 : number * 10) + (**p - '0');
	return number;
}

/* Announces the strings that one conversion reads. False: it is none that is known here. */
static bool read_conversion(const char **p, va_list *arguments)
{
	int precision = -1;
	bool wide = false, extended = false;

	*p += strspn(*p, "-+ #0'");
	number_of(p, arguments);
	if (**p == '.') {
		(*p)++;
		precision = number_of(p, arguments);
		if (precision < 0)
			precision = 0;
	}
	for (; **p != '\0' && strchr("hljztL", **p) != NULL; (*p)++) {
		wide = wide || (**p != 'h' && **p != 'L');
		extended = extended || **p == 'L';
	}
	switch (*(*p)++) {
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
	case 'c':
		if (wide)
			(void)va_arg(*arguments, long);
		else
			(void)va_arg(*arguments, int);
		return true;
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
	case 'a':
	case 'A':
		if (extended)
			(void)va_arg(*arguments, long double);
		else
			(void)va_arg(*arguments, double);
		return true;
	case 'p':
		(void)va_arg(*arguments, void *);
		return true;
	case 's': {
		const char *text = va_arg(*arguments, const char *);
		if (text != NULL && precision >= 0)
			read_at_most(text, (size_t)precision);
		else if (text != NULL)
			read_string(text);
		return !wide;
	}
	case '%':
	case 'm':
		return true;
	default:
		return false;
	}
}

static int format_text(char *to, size_t size, const char *format, va_list arguments)
{
	va_list read, count;
	bool known = true;
	int r;

	va_copy(read, arguments);
	for (const char *p = format; known && (p = strchr(p, '%')) != NULL;) {
		p++;
		known = read_conversion(&p, &read);
	}
	va_end(read);
	if (!known)
		call_unmodelled(said_only(SAID_SNPRINTF_WITH_SUCH_A_FORMAT));
	va_copy(count, arguments);
	r = vsnprintf(NULL, 0, format, count);
	va_end(count);
	if (size > 0 && r >= 0)
		call_write_range(to, (size_t)r < size ? (size_t)r + 1 : size);
	return vsnprintf(to, size, format, arguments);
}

static int model_snprintf(char *to, size_t size, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int r = format_text(to, size, format, arguments);
	va_end(arguments);
	return r;
}

static int model_vsnprintf(char *to, size_t size, const char *format, va_list arguments)
{
	return format_text(to, size, format, arguments);
}

static int model_sprintf(char *to, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int r = format_text(to, INT32_MAX, format, arguments);
	va_end(arguments);
	return r;
}

static int model_vsprintf(char *to, const char *format, va_list arguments)
{
	return format_text(to, INT32_MAX, format, arguments);
}

/* ---- the same, compiled with _FORTIFY_SOURCE: they know how much room there is ---- */

static void expect_room(size_t size, size_t room)
{
	if (size <= room)
		return;
	call_finding(PROPERTY_MEMORY_SAFETY, said_only(SAID_A_FUNCTION_OF_THE_LIBRARY), NULL);
}

static void *model_memcpy_chk(void *to, const void *from, size_t size, size_t room)
{
	expect_room(size, room);
	return model_memcpy(to, from, size);
}

static void *model_memmove_chk(void *to, const void *from, size_t size, size_t room)
{
	expect_room(size, room);
	return model_memmove(to, from, size);
}

static void *model_memset_chk(void *to, int byte, size_t size, size_t room)
{
	expect_room(size, room);
	return model_memset(to, byte, size);
}

static char *model_strcpy_chk(char *to, const char *from, size_t room)
{
	expect_room(strlen(from) + 1, room);
	return model_strcpy(to, from);
}

static char *model_strncpy_chk(char *to, const char *from, size_t size, size_t room)
{
	expect_room(size, room);
	return model_strncpy(to, from, size);
}

static char *model_strcat_chk(char *to, const char *from, size_t room)
{
	expect_room(strlen(to) + strlen(from) + 1, room);
	return model_strcat(to, from);
}

static int model_snprintf_chk(char *to, size_t size, int flag, size_t room, const char *format, ...)
{
	va_list arguments;

	(void)flag;
	expect_room(size, room);
	va_start(arguments, format);
	int r = format_text(to, size, format, arguments);
	va_end(arguments);
	return r;
}

static int model_sprintf_chk(char *to, int flag, size_t room, const char *format, ...)
{
	va_list arguments, count;

	(void)flag;
	va_start(arguments, format);
	va_copy(count, arguments);
	expect_room((size_t)vsnprintf(NULL, 0, format, count) + 1, room);
	va_end(count);
	int r = format_text(to, INT32_MAX, format, arguments);
	va_end(arguments);
	return r;
}

CALLS(bytes) = {
	TO("__tsan_memcpy", model_memcpy),
	TO("__tsan_memmove", model_memmove),
	TO("__tsan_memset", model_memset),
	TO("memcpy", model_memcpy),
	TO("mempcpy", model_mempcpy),
	TO("__mempcpy", model_mempcpy),
	TO("memmove", model_memmove),
	TO("memset", model_memset),
	TO("bzero", model_bzero),
	TO("explicit_bzero", model_bzero),
	TO("memcmp", model_memcmp),
	TO("bcmp", model_memcmp),
	TO("memchr", model_memchr),
	TO("qsort", model_qsort),
	TO("strlen", model_strlen),
	TO("strnlen", model_strnlen),
	TO("strcpy", model_strcpy),
	TO("stpcpy", model_stpcpy),
	TO("__stpcpy", model_stpcpy),
	TO("strncpy", model_strncpy),
	TO("strcat", model_strcat),
	TO("strncat", model_strncat),
	TO("strcmp", model_strcmp),
	TO("strncmp", model_strncmp),
	TO("strchr", model_strchr),
	TO("index", model_strchr),
	TO("strrchr", model_strrchr),
	TO("strstr", model_strstr),
	TO("snprintf", model_snprintf),
	TO("vsnprintf", model_vsnprintf),
	TO("sprintf", model_sprintf),
	TO("vsprintf", model_vsprintf),
	TO("__memcpy_chk", model_memcpy_chk),
	TO("__memmove_chk", model_memmove_chk),
	TO("__memset_chk", model_memset_chk),
	TO("__strcpy_chk", model_strcpy_chk),
	TO("__strncpy_chk", model_strncpy_chk),
	TO("__strcat_chk", model_strcat_chk),
	TO("__snprintf_chk", model_snprintf_chk),
	TO("__sprintf_chk", model_sprintf_chk),
	NO_MORE,
};
