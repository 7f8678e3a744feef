#include "outputs.h"

#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "line.h"
#include "student_view.h"
#include "supervise.h"
#include "text.h"
#include "translate.h"

char *outputs_format(struct outputs *outputs, const char *name)
{
	const struct report_format *format = report_format_find(name);
	if (format == NULL)
		return xasprintf(_("there is no format “%s”; there are: %s"), name, report_format_names());
	if (outputs->n == OUTPUTS_MAX)
		return xasprintf(_("more than %d formats"), OUTPUTS_MAX);
	outputs->list[outputs->n++].format = format;
	return NULL;
}

char *outputs_path(struct outputs *outputs, const char *path)
{
	if (outputs->n == 0)
		outputs->list[outputs->n++].format = &report_text;
	if (outputs->list[outputs->n - 1].path != NULL)
		return xasprintf(_("“--output %s”: the format before it has an --output already"), path);
	outputs->list[outputs->n - 1].path = strcmp(path, "-") == 0 ? NULL : path;
	return NULL;
}

/* The width of the terminal; $COLUMNS says it too, where it is exported. 0: neither is known. */
static unsigned columns_of(FILE *file)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = { 0 };
	if (isatty(fileno(file)) && ioctl(fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	unsigned long number = columns != NULL ? strtoul(columns, NULL, 10) : 0;
	return number < 10000 ? (unsigned)number : 0;
}

static struct report_style choose_style(FILE *file, bool verbose, const char *color, const struct outputs *outputs)
{
	const char *no_color = getenv("NO_COLOR");
	bool dumb = line_is_dumb();
	bool terminal = isatty(fileno(file)) && !dumb;
	bool wanted = terminal && (no_color == NULL || no_color[0] == '\0');
	if (color != NULL && strcmp(color, "auto") != 0)
		wanted = strcmp(color, "always") == 0;
	return (struct report_style){
		.color = wanted,
		.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 || !terminal,
		.verbose = verbose,
		.reveal_hidden = outputs->reveal_hidden,
		.plain = outputs->plain || (isatty(fileno(file)) && dumb),
		.columns = columns_of(file),
	};
}

struct report_style outputs_style_of(FILE *file)
{
	return choose_style(file, false, NULL, &(struct outputs){ 0 });
}

/* What is not a regular file (/dev/stdout, a pipe) is written in place. */
static int open_one(struct outputs *outputs, size_t i)
{
	const char *path = outputs->list[i].path;
	struct stat status;
	bool exists = path != NULL && stat(path, &status) == 0;
	if (path == NULL) {
		outputs->list[i].file = stdout;
		return 0;
	}
	if (!exists || S_ISREG(status.st_mode))
		outputs->list[i].temporary = xasprintf("%s.%d.tmp", path, (int)getpid());
	else if (S_ISDIR(status.st_mode))
		errno = EISDIR;
	if (outputs->list[i].temporary != NULL)
		supervise_unlink(outputs->list[i].temporary);
	if (!exists || !S_ISDIR(status.st_mode))
		outputs->list[i].file =
		    fopen(outputs->list[i].temporary != NULL ? outputs->list[i].temporary : path, "we");
	if (outputs->list[i].file == NULL) {
		complain(_("%s cannot be written: %s"), path, strerror(errno));
		return -1;
	}
	return 0;
}

int outputs_open(struct outputs *outputs, bool verbose, const char *color)
{
	if (outputs->n == 0)
		outputs->list[outputs->n++].format = &report_text;
	for (size_t i = 0; i < outputs->n; i++) {
		if (open_one(outputs, i) < 0)
			return -1;
		outputs->list[i].style = choose_style(outputs->list[i].file, verbose, color, outputs);
	}
	return 0;
}

static bool is_for_students(const struct outputs *outputs, size_t i)
{
	return outputs->list[i].format->for_students && !outputs->reveal_hidden;
}

bool outputs_tell_all(const struct outputs *outputs)
{
	for (size_t i = 0; i < outputs->n; i++) {
		if (!is_for_students(outputs, i))
			return true;
	}
	return false;
}

int outputs_result(struct outputs *outputs, const struct result *result)
{
	struct result *view = student_view_create(result);
	int r = 0;
	for (size_t i = 0; i < outputs->n; i++) {
		const struct report_format *format = outputs->list[i].format;
		if (format->one == NULL)
			continue;
		if (format->spaced && outputs->list[i].told++ > 0)
			fputc('\n', outputs->list[i].file);
		if (format->one(outputs->list[i].file, &outputs->list[i].style,
				is_for_students(outputs, i) ? view : result) < 0)
			r = -1;
		fflush(outputs->list[i].file);
	}
	student_view_destroy(view);
	return r;
}

int outputs_all(struct outputs *outputs, const struct result *const *results, size_t n)
{
	struct result **views = xcalloc(n + 1, sizeof(*views));
	int r = 0;
	for (size_t i = 0; i < n; i++)
		views[i] = student_view_create(results[i]);
	for (size_t i = 0; i < outputs->n; i++) {
		const struct report_format *format = outputs->list[i].format;
		if (n == 0 && format->none != NULL && format->none(outputs->list[i].file, &outputs->list[i].style) < 0)
			r = -1;
		if (format->all != NULL &&
		    format->all(outputs->list[i].file, &outputs->list[i].style,
				is_for_students(outputs, i) ? (const struct result *const *)views : results, n) < 0)
			r = -1;
	}
	for (size_t i = 0; i < n; i++)
		student_view_destroy(views[i]);
	free(views);
	return r;
}

static int close_one(struct outputs *outputs, size_t i)
{
	FILE *file = outputs->list[i].file;
	const char *path = outputs->list[i].path, *temporary = outputs->list[i].temporary;
	int r = 0;
	if (file == NULL || path == NULL)
		return 0;
	if (fflush(file) != 0 || ferror(file) || (temporary != NULL && fsync(fileno(file)) != 0))
		r = -1;
	if (fclose(file) != 0)
		r = -1;
	if (r == 0 && temporary != NULL)
		r = rename(temporary, path);
	if (temporary != NULL)
		supervise_keep(temporary);
	if (r < 0) {
		complain(_("%s cannot be written: %s"), path, strerror(errno));
		if (temporary != NULL)
			unlink(temporary);
	}
	return r;
}

int outputs_close(struct outputs *outputs)
{
	int r = 0;
	for (size_t i = 0; i < outputs->n; i++) {
		if (close_one(outputs, i) < 0)
			r = -1;
		free(outputs->list[i].temporary);
	}
	return r;
}
