#include "look.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

enum { LOOKED_AT_BYTES = 262144 };

bool look_at_source(int folder_fd, const char *name, struct source_facts *facts)
{
	struct stat status;
	*facts = (struct source_facts){ 0 };
	int fd = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	FILE *file = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? fdopen(fd, "r") : NULL;
	if (file == NULL) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	char *text = xcalloc(1, LOOKED_AT_BYTES + 1);
	text[fread(text, 1, LOOKED_AT_BYTES, file)] = '\0';
	source_look(text, facts);
	free(text);
	fclose(file);
	return true;
}
