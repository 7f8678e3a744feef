#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "conversion.h"
#include "saying.h"
#include "text.h"

/* A text inside another: whatever bytes it is, it ends where it ends. */
static char *inner(const char *said)
{
	if (strpbrk(said, "\1\2\3\4") == NULL)
		return xstrdup(said);
	struct saying saying;
	saying_read(&saying, said);
	char *written = saying_written(&saying);
	saying_free(&saying);
	return written;
}

/* The argument of the conversion, as printf() would write it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *argument_text(const struct conversion *conversion, const char *format, va_list *arguments)
{
	switch (conversion->kind) {
	case 's':
		return inner(va_arg(*arguments, const char *));
	case 'c':
	case 'd':
	case 'i':
		if (conversion->longs > 0)
			return xasprintf(format, va_arg(*arguments, long long));
		return xasprintf(format, va_arg(*arguments, int));
	case 'e':
	case 'f':
	case 'g':
		return xasprintf(format, va_arg(*arguments, double));
	default:
		if (conversion->longs > 0 || conversion->size == 'z')
			return xasprintf(format, va_arg(*arguments, unsigned long long));
		return xasprintf(format, va_arg(*arguments, unsigned));
	}
}
#pragma GCC diagnostic pop

_Static_assert(sizeof(long) == sizeof(long long) && sizeof(size_t) == sizeof(long long), "l, ll and z are one");

static char *said_with(const char *head, const char *template, va_list *arguments)
{
	struct text text = { 0 };
	text_printf(&text, "\1%s", head);
	for (const char *at = strchr(template, '%'); at != NULL; at = strchr(at, '%')) {
		struct conversion conversion = conversion_at(at);
		if (conversion.kind != '%') {
			char *format = xstrndup(at, conversion.length),
			     *argument = argument_text(&conversion, format, arguments);
			text_printf(&text, "\2%s", argument);
			free(argument);
			free(format);
		}
		at += conversion.length;
	}
	text_add(&text, "\3");
	return text_take(&text);
}

char *say(const char *template, ...)
{
	va_list arguments;
	va_start(arguments, template);
	char *said = said_with(template, template, &arguments);
	va_end(arguments);
	return said;
}

char *say_only(const char *template)
{
	return xasprintf("\1%s\3", template);
}

void text_say(struct text *text, const char *template, ...)
{
	va_list arguments;
	va_start(arguments, template);
	char *said = said_with(template, template, &arguments);
	va_end(arguments);
	text_add(text, said);
	free(said);
}

char *say_n(const char *one, const char *many, unsigned long n, ...)
{
	va_list arguments;
	va_start(arguments, n);
	char *head = xasprintf("%s\4%s\4%lu", one, many, n);
	char *said = said_with(head, many, &arguments);
	va_end(arguments);
	free(head);
	return said;
}

static char *say_around(enum said id, const char *said)
{
	char *whole = inner(said), *around = xasprintf("\1%u\2%s\3", id, whole);
	free(whole);
	return around;
}

char *say_workload(const char *words)
{
	return say_around(SAID_WORKLOAD, words);
}

char *say_sentence(const char *said)
{
	return say_around(SAID_SENTENCE, said);
}
