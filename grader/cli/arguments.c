#include "arguments.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "text.h"
#include "translate.h"

char *read_engines(const char *list, uint32_t *engines)
{
	char *copy = xstrdup(list), *problem = NULL, *state;
	for (char *name = strtok_r(copy, ",", &state); name != NULL; name = strtok_r(NULL, ",", &state)) {
		enum engine_id engine;
		if (!engine_from_name(name, &engine)) {
			problem = xasprintf(_("there is no engine “%s”; there are: explore, tsan, native"), name);
			break;
		}
		*engines |= 1u << engine;
	}
	free(copy);
	return problem;
}

char *read_number(const char *option, const char *text, unsigned most, unsigned *number)
{
	char *end;
	errno = 0;
	unsigned long value = strtoul(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || text[0] == '-' || value < 1 || value > most)
		return xasprintf(_("%s takes a number from 1 to %u, not “%s”"), option, most, text);
	*number = (unsigned)value;
	return NULL;
}
