#include "template.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "translate.h"

#define IF "@if "
#define END "@end"

/* Whether one of the words of a condition is the kind or the variant. */
static bool holds(const char *condition, const struct template_words *words)
{
	char *copy = xstrdup(condition), *state;
	bool found = false;
	for (char *word = strtok_r(copy, " \n", &state); word != NULL; word = strtok_r(NULL, " \n", &state))
		found = found || strcmp(word, words->kind) == 0 ||
			(words->variant != NULL && strcmp(word, words->variant) == 0);
	free(copy);
	return found;
}

static void add_line(struct text *text, const char *line, const struct template_words *words)
{
	char *named = text_replaced(line, "@NAME@", words->name);
	char *kinded = text_replaced(named, "@KIND@", words->kind);
	char *full = text_replaced(kinded, "@WORDS@", words->words);
	if (words->macro != NULL)
		text_replace(&full, text_replaced(full, "@MACRO@", words->macro));
	text_add(text, full);
	free(full);
	free(kinded);
	free(named);
}

/* Reads what is left of the template. */
static char *expand(FILE *file, const struct template_words *words)
{
	struct text text = { 0 };
	char *line = NULL;
	size_t size = 0;
	unsigned open = 0, closed = 0; /* blocks around the line; the outermost that is left out, 0: none */
	text_add(&text, "");
	while (getline(&line, &size, file) >= 0) {
		if (strncmp(line, IF, strlen(IF)) == 0) {
			open++;
			if (closed == 0 && !holds(line + strlen(IF), words))
				closed = open;
		} else if (strncmp(line, END, strlen(END)) == 0) {
			closed = closed == open ? 0 : closed;
			open--;
		} else if (closed == 0) {
			add_line(&text, line, words);
		}
	}
	free(line);
	return text_take(&text);
}

/* Never over a file that is there: it may be somebody's work. */
static int write_new(const char *to, const char *content)
{
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), r = 0;
	if (fd < 0)
		return -errno;
	for (size_t done = 0, length = strlen(content); done < length && r == 0;) {
		ssize_t n = write(fd, content + done, length - done);
		if (n < 0)
			r = -errno;
		else
			done += (size_t)n;
	}
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r < 0)
		unlink(to);
	return r;
}

int template_make(const char *folder, const char *template, const struct template_words *words, const char *to,
		  struct fault *fault)
{
	char *from = xasprintf("%s/%s", folder, template);
	FILE *file = fopen(from, "re");
	int r = file == NULL ? fault_machine(fault, errno, "%s", from) : 0;
	if (r == 0) {
		char *content = expand(file, words);
		r = write_new(to, content);
		if (r == -EEXIST)
			fault_machine(fault, 0, _("%s exists already; it was left alone"), to);
		else if (r < 0)
			fault_machine(fault, -r, "%s", to);
		free(content);
		fclose(file);
	}
	free(from);
	return r;
}
