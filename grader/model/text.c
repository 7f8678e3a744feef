#include "text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void out_of_memory(void)
{
	fputs("syncgrade: out of memory\n", stderr);
	exit(2);
}

void *xcalloc(size_t count, size_t size)
{
	void *memory = calloc(count != 0 ? count : 1, size != 0 ? size : 1);
	if (memory == NULL)
		out_of_memory();
	return memory;
}

void *xrealloc(void *pointer, size_t size)
{
	void *memory = realloc(pointer, size != 0 ? size : 1);
	if (memory == NULL)
		out_of_memory();
	return memory;
}

char *text_replaced(const char *string, const char *old, const char *by)
{
	struct text text = { 0 };
	for (const char *hit; (hit = strstr(string, old)) != NULL; string = hit + strlen(old)) {
		text_append(&text, string, (size_t)(hit - string));
		text_add(&text, by);
	}
	text_add(&text, string);
	return text_take(&text);
}

bool text_ends(const char *string, const char *ending)
{
	size_t length = strlen(string), n = strlen(ending);
	return length > n && strcmp(string + length - n, ending) == 0;
}

char *xstrdup(const char *string)
{
	return xstrndup(string, strlen(string));
}

char *xstrndup(const char *string, size_t length)
{
	char *copy = strndup(string, length);
	if (copy == NULL)
		out_of_memory();
	return copy;
}

char *xvasprintf(const char *format, va_list arguments)
{
	char *string;
	if (vasprintf(&string, format, arguments) < 0)
		out_of_memory();
	return string;
}

char *xasprintf(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *string = xvasprintf(format, arguments);
	va_end(arguments);
	return string;
}

void text_replace(char **target, char *value)
{
	free(*target);
	*target = value;
}

void text_append(struct text *text, const char *bytes, size_t length)
{
	if (length > SIZE_MAX / 2 - text->length)
		out_of_memory();
	size_t needed = text->length + length + 1;
	if (needed > text->capacity) {
		size_t capacity = text->capacity < 64 ? 64 : text->capacity;
		while (capacity < needed)
			capacity *= 2;
		text->data = xrealloc(text->data, capacity);
		text->capacity = capacity;
	}
	memcpy(text->data + text->length, bytes, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_append(text, string, strlen(string));
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *string = xvasprintf(format, arguments);
	va_end(arguments);
	text_add(text, string);
	free(string);
}

char *text_take(struct text *text)
{
	char *data = text->data != NULL ? text->data : xstrdup("");
	*text = (struct text){ 0 };
	return data;
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}
