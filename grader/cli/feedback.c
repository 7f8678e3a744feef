#include "feedback.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "layout.h"
#include "student_view.h"
#include "supervise.h"
#include "text.h"
#include "translate.h"

static const char *const layout_names[] = { "plain", "moodle", "canvas" };

bool feedback_layout_from_name(const char *name, enum feedback_layout *layout)
{
	for (size_t i = 0; i < sizeof(layout_names) / sizeof(layout_names[0]); i++) {
		if (strcmp(layout_names[i], name) == 0) {
			*layout = (enum feedback_layout)i;
			return true;
		}
	}
	return false;
}

/* ---- names ---- */

static const char *ending_of(const struct report_format *format)
{
	static const struct {
		const char *format, *ending;
	} endings[] = {
		{ "text", "txt" },        { "markdown", "md" },      { "sarif", "sarif" }, { "junit", "xml" },
		{ "gradescope", "json" }, { "classroom50", "json" }, { "summary", "txt" }, { "github", "txt" }
	};
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (strcmp(endings[i].format, format->name) == 0)
			return endings[i].ending;
	}
	return format->name;
}

/* What splits a platform's file name, or a path, stands in no name of a person. */
static char *name_part(const char *name)
{
	char *part = xstrdup(name);
	for (char *at = part; *at != '\0'; at++) {
		if (strchr("_/\\:*?\"<>|", *at) != NULL || (unsigned char)*at < 0x20)
			*at = ' ';
	}
	return part;
}

static bool is_number(const char *text)
{
	return text != NULL && text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* Moodle splits the name at the first four '_', and takes the second part for the participant.
 * mod/assign/feedback/file/importziplib.php */
static char *moodle_name(const struct result *result, const char *ending, const char **problem)
{
	const struct student *student = &result->student;
	const char *id = is_number(student->platform_id) ? student->platform_id : student->id;
	if (!is_number(id)) {
		*problem =
		    _("Moodle's number of the participant is not known: grade Moodle's download, or give its grading "
		      "worksheet as --roster");
		return NULL;
	}
	char *name = name_part(student->name != NULL ? student->name : student->key);
	char *file = xasprintf("%s_%s_assignsubmission_file_feedback.%s", name, id, ending);
	free(name);
	return file;
}

/* Canvas looks for the numbers of user and attachment, which are in the name that it gave.
 * app/models/abstract_assignment.rb, infer_comment_context_from_filename */
static char *canvas_name(const struct result *result, const char *ending, const char **problem)
{
	const char *name = basename(result->submission);
	struct entry_name entry = { 0 };
	char *file = NULL;
	layout_read(name, &entry);
	if (entry.layout == LAYOUT_CANVAS && is_number(entry.id) && entry.order != NULL && entry.order_length > 0)
		file = xasprintf("%.*s_feedback.%s", (int)(entry.order + entry.order_length - name), name, ending);
	else
		*problem =
		    _("it was not handed in as one file of Canvas' download, by whose name Canvas finds the student");
	entry_name_fini(&entry);
	return file;
}

static char *name_of(const struct feedback *feedback, const struct result *result, const char **problem)
{
	const char *ending = ending_of(feedback->format);
	if (feedback->layout == FEEDBACK_PLAIN)
		return xasprintf("%s.%s", result->student.key, ending);
	if (result->student.conflict != NULL) {
		*problem = result->student.conflict;
		return NULL;
	}
	return feedback->layout == FEEDBACK_MOODLE ? moodle_name(result, ending, problem)
						   : canvas_name(result, ending, problem);
}

/* ---- documents ---- */

/* The document of one submission, which the caller owns; NULL: it could not be made. */
static char *document(const struct feedback *feedback, const struct result *result, size_t *length)
{
	const struct report_format *format = feedback->format;
	bool view_wanted = format->for_students && !feedback->style->reveal_hidden;
	struct result *view = view_wanted ? student_view_create(result) : NULL;
	const struct result *shown = view != NULL ? view : result;
	char *bytes = NULL;
	FILE *out = open_memstream(&bytes, length);
	int r = out == NULL           ? -EIO
		: format->one != NULL ? format->one(out, feedback->style, shown)
				      : format->all(out, feedback->style, &shown, 1);
	if (out != NULL && fclose(out) != 0)
		r = -EIO;
	student_view_destroy(view);
	if (r == 0)
		return bytes;
	free(bytes);
	return NULL;
}

static int write_file(const char *folder, const char *name, const char *bytes, size_t length, struct fault *fault)
{
	char *path = xasprintf("%s/%s", folder, name), *temporary = xasprintf("%s.%d.tmp", path, (int)getpid());
	FILE *file = fopen(temporary, "we");
	int r = file != NULL ? 0 : -errno;
	if (r == 0 && (fwrite(bytes, 1, length, file) != length || fflush(file) != 0 || fsync(fileno(file)) != 0))
		r = -errno;
	if (file != NULL && fclose(file) != 0 && r == 0)
		r = -errno;
	if (r == 0 && rename(temporary, path) < 0)
		r = -errno;
	if (r < 0) {
		if (file != NULL)
			unlink(temporary);
		r = fault_machine(fault, -r, _("%s cannot be written"), path);
	}
	free(temporary);
	free(path);
	return r;
}

/* The time is always the same: so is the archive. */
static int add_entry(struct archive *archive, const char *name, const char *bytes, size_t length)
{
	struct archive_entry *entry = archive_entry_new();
	archive_entry_set_pathname_utf8(entry, name);
	archive_entry_set_size(entry, (la_int64_t)length);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, 946684800, 0); /* 2000-01-01: zip knows none before 1980 */
	int r = archive_write_header(archive, entry) == ARCHIVE_OK &&
			archive_write_data(archive, bytes, length) == (la_ssize_t)length
		    ? 0
		    : -EIO;
	archive_entry_free(entry);
	return r;
}

/* ---- all of them ---- */

struct writer {
	const struct feedback *feedback;
	struct archive *archive; /* NULL: into a folder */
	size_t written, left;
};

static int put_one(struct writer *writer, const struct result *result, struct fault *fault)
{
	const struct feedback *feedback = writer->feedback;
	const char *problem = NULL;
	char *name = name_of(feedback, result, &problem);
	size_t length = 0;
	int r = 0;
	if (name == NULL) {
		char *key = escape_terminal(result->student.key, false);
		fprintf(stderr, _("syncgrade: %s is left out: %s\n"), key, problem);
		free(key);
		writer->left++;
		return 0;
	}
	char *bytes = document(feedback, result, &length);
	if (bytes == NULL)
		r = fault_machine(fault, EIO, _("%s cannot be written"), name);
	else if (writer->archive == NULL)
		r = write_file(feedback->to, name, bytes, length, fault);
	else if (add_entry(writer->archive, name, bytes, length) < 0)
		r = fault_machine(fault, 0, _("%s cannot be written: %s"), feedback->to,
				  archive_error_string(writer->archive));
	writer->written += r == 0;
	free(bytes);
	free(name);
	return r;
}

static int put_all(struct writer *writer, const struct result *const *results, size_t n, struct fault *fault)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = put_one(writer, results[i], fault);
	if (r == 0 && n > 0 && writer->written == 0)
		r = fault_exercise(fault, _("%s: there is nobody for whom it could be written"), writer->feedback->to);
	return r;
}

static int write_archive(struct writer *writer, const struct result *const *results, size_t n, struct fault *fault)
{
	const char *to = writer->feedback->to;
	char *temporary = xasprintf("%s.%d.tmp", to, (int)getpid());
	supervise_unlink(temporary);
	writer->archive = archive_write_new();
	int r = 0;
	if (archive_write_set_format_zip(writer->archive) != ARCHIVE_OK ||
	    archive_write_set_options(writer->archive, "hdrcharset=UTF-8") < ARCHIVE_WARN ||
	    archive_write_open_filename(writer->archive, temporary) != ARCHIVE_OK)
		r = fault_machine(fault, 0, _("%s cannot be written: %s"), to, archive_error_string(writer->archive));
	if (r == 0)
		r = put_all(writer, results, n, fault);
	if (archive_write_close(writer->archive) != ARCHIVE_OK && r == 0)
		r = fault_machine(fault, 0, _("%s cannot be written: %s"), to, archive_error_string(writer->archive));
	archive_write_free(writer->archive);
	if (r == 0 && rename(temporary, to) < 0)
		r = fault_machine(fault, errno, _("%s cannot be written"), to);
	if (r < 0)
		unlink(temporary);
	supervise_keep(temporary);
	free(temporary);
	return r;
}

int feedback_write(const struct feedback *feedback, const struct result *const *results, size_t n, struct fault *fault)
{
	struct writer writer = { .feedback = feedback };
	int r;
	if (text_ends(feedback->to, ".zip"))
		r = write_archive(&writer, results, n, fault);
	else if (mkdir(feedback->to, 0777) < 0 && errno != EEXIST)
		r = fault_machine(fault, errno, _("%s cannot be written"), feedback->to);
	else
		r = put_all(&writer, results, n, fault);
	return r;
}
