#include "kinds.h"

#include <stdlib.h>
#include <string.h>

#include "names.h"

void kinds_add(struct kinds *kinds, const struct plugin_kind *kind)
{
	for (size_t i = 0; i < kinds->n; i++) {
		if (strcmp(kinds->list[i].name, kind->name) == 0) {
			kinds->list[i] = *kind;
			return;
		}
	}
	kinds->list = xrealloc(kinds->list, (kinds->n + 1) * sizeof(*kinds->list));
	kinds->list[kinds->n++] = *kind;
}

void kinds_free(struct kinds *kinds)
{
	free(kinds->list);
	*kinds = (struct kinds){ 0 };
}

const struct plugin_kind *kinds_named(const struct kinds *kinds, const char *name)
{
	for (size_t i = 0; i < kinds->n; i++) {
		if (strcmp(kinds->list[i].name, name) == 0)
			return &kinds->list[i];
	}
	return NULL;
}

const struct plugin_kind *kinds_with_symbol(const struct kinds *kinds, const char *symbol)
{
	for (size_t i = 0; i < kinds->n; i++) {
		if (strcmp(kinds->list[i].symbol, symbol) == 0)
			return &kinds->list[i];
	}
	return NULL;
}

void kinds_list(const struct kinds *kinds, struct text *text, const char *suffix, const char *conjunction)
{
	for (size_t i = 0; i < kinds->n; i++) {
		if (i > 0 && i + 1 == kinds->n)
			text_printf(text, " %s ", conjunction);
		else if (i > 0)
			text_add(text, ", ");
		text_printf(text, "%s%s", kinds->list[i].name, suffix);
	}
}

const struct kind_operation *kind_operation(const struct plugin_kind *kind, uint32_t number)
{
	for (uint32_t i = 0; i < kind->n_operations; i++) {
		if (kind->operations[i].number == number)
			return &kind->operations[i];
	}
	return NULL;
}

const char *kind_operation_name(const struct plugin_kind *kind, uint32_t number)
{
	const struct kind_operation *operation = kind_operation(kind, number);
	return operation != NULL ? operation->name : operation_name(number);
}
