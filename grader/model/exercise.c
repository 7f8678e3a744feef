#include "exercise.h"

#include <string.h>

const struct exercise_check *exercise_find_check(const struct exercise *exercise, const char *id)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		if (strcmp(exercise->checks[i].id, id) == 0)
			return &exercise->checks[i];
	}
	return NULL;
}
