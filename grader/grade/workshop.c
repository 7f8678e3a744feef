#include "workshop.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compile.h"
#include "compiler.h"
#include "copy.h"
#include "intake.h"
#include "site.h"
#include "text.h"
#include "toolchain.h"

struct product {
	char *source;
	char *stamp; /* of the source and the headers beside it when it was made */
	struct intake intake;
	char *object;
};

struct workshop {
	struct product *products;
	size_t n;
};

static void product_fini(struct product *product)
{
	free(product->source);
	free(product->stamp);
	free(product->object);
	intake_close(&product->intake);
}

struct workshop *workshop_create(void)
{
	return xcalloc(1, sizeof(struct workshop));
}

void workshop_destroy(struct workshop *workshop)
{
	if (workshop == NULL)
		return;
	for (size_t i = 0; i < workshop->n; i++)
		product_fini(&workshop->products[i]);
	free(workshop->products);
	free(workshop);
}

char *workshop_find(const struct exercise *exercise, const struct exercise_workload *workload)
{
	const char *const stems[] = { workload->object, workload->name };
	static const char *const endings[] = { "c", "so" };
	for (size_t i = 0; i < 4; i++) {
		char *path = xasprintf("%s/%s.%s", exercise->folder, stems[i / 2], endings[i % 2]);
		if (access(path, F_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

static void add_stamp(struct text *stamp, const char *path)
{
	struct stat status;
	if (stat(path, &status) == 0)
		text_printf(stamp, "%s %ju %ju %jd.%09ld %jd.%09ld\n", path, (uintmax_t)status.st_ino,
			    (uintmax_t)status.st_size, (intmax_t)status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
			    (intmax_t)status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
}

static int is_header(const struct dirent *entry)
{
	return text_ends(entry->d_name, ".h");
}

static void add_headers(struct text *stamp, const char *folder)
{
	struct dirent **headers;
	int n = scandir(folder, &headers, is_header, alphasort);
	for (int i = 0; i < n; i++) {
		char *path = xasprintf("%s/%s", folder, headers[i]->d_name);
		add_stamp(stamp, path);
		free(path);
		free(headers[i]);
	}
	if (n >= 0)
		free(headers);
}

static char *take_stamp(const char *source, const char *include)
{
	struct text stamp = { 0 };
	char *folder = xstrndup(source, (size_t)(strrchr(source, '/') - source));
	add_stamp(&stamp, source);
	if (text_ends(source, ".c"))
		add_headers(&stamp, folder);
	if (text_ends(source, ".c") && include != NULL)
		add_headers(&stamp, include);
	free(folder);
	return text_take(&stamp);
}

/* What intake and compile hold against a submission is here the exercise's. */
static int blame_exercise(struct fault *fault, int r)
{
	if (r < 0 && fault->owner == FAULT_SUBMISSION)
		fault->owner = FAULT_EXERCISE;
	return r;
}

static int compile(const struct site *site, struct product *product, const char *file_name, const char *include,
		   const char *const *flags, struct fault *fault)
{
	struct compiler compiler = { .sandbox = site->sandbox, .include_dir = site->include, .own_include = include };
	size_t n_flags = 0;
	while (flags != NULL && flags[n_flags] != NULL)
		n_flags++;
	const struct compile_options options = {
		.include_dir = site->include,
		.own_include = include,
		.flags = flags,
		.n_flags = n_flags,
		.start = compiler_start,
		.end = compiler_end,
		.start_context = &compiler,
	};
	struct compile_result result = { 0 };
	int r = compile_source(product->intake.directory, file_name, &options, &result, fault);
	if (r == 0)
		product->object = xstrdup(result.path);
	else if (fault->owner == FAULT_SUBMISSION && (r = toolchain_check(site, product->source, fault)) == 0)
		r = fault_exercise(fault, "%s: this workload does not compile:\n%s", product->source,
				   result.words[0] != '\0' ? result.words : fault->message);
	compile_result_free(&result);
	return r;
}

static int build(const struct site *site, struct product *product, const char *include, struct fault *fault)
{
	return compile(site, product, product->intake.file_name, include, NULL, fault);
}

/* Whether the engines would see what it does. The strings of its dynamic symbols are in the file as they are. */
static bool is_instrumented(const char *path)
{
	static const char mark[] = "__tsan_";
	struct stat status;
	bool found = false;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size > 0) {
		size_t size = (size_t)status.st_size;
		void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
		found = bytes != MAP_FAILED && memmem(bytes, size, mark, strlen(mark)) != NULL;
		if (bytes != MAP_FAILED)
			munmap(bytes, size);
	}
	if (fd >= 0)
		close(fd);
	return found;
}

static int take_object(struct product *product, struct fault *fault)
{
	product->object = xstrdup(product->intake.path);
	if (is_instrumented(product->object))
		return 0;
	return fault_exercise(fault,
			      "%s: this workload was not built with -fsanitize=thread, so that no engine sees what it "
			      "does; build it again, or put its source there instead",
			      product->source);
}

/* Passable, not listable: root's workers are other users. */
static int open_to_workers(const struct product *product, struct fault *fault)
{
	char *folder = xstrndup(product->object, (size_t)(strrchr(product->object, '/') - product->object));
	int r = 0;
	if (chmod(product->intake.directory, 0711) < 0 || chmod(folder, 0711) < 0 || chmod(product->object, 0444) < 0)
		r = fault_machine(fault, errno, "%s", product->object);
	free(folder);
	return r;
}

static int take_in(struct product *product, struct fault *fault)
{
	char *real = realpath(product->source, NULL); /* a workload may be a link: exercises can share it */
	int r = intake_open(&product->intake, real != NULL ? real : product->source, INTAKE_LIMITS_DEFAULT, fault);
	free(real);
	return r;
}

static int make(const struct site *site, struct product *product, const char *include, struct fault *fault)
{
	int r = take_in(product, fault);
	if (r == 0 && product->intake.kind == INTAKE_SOURCE)
		r = build(site, product, include, fault);
	else if (r == 0)
		r = take_object(product, fault);
	if (r == 0)
		r = open_to_workers(product, fault);
	return blame_exercise(fault, r);
}

static struct product *find_product(struct workshop *workshop, const char *source)
{
	for (size_t i = 0; i < workshop->n; i++) {
		if (strcmp(workshop->products[i].source, source) == 0)
			return &workshop->products[i];
	}
	return NULL;
}

const char *workshop_make(struct workshop *workshop, const struct site *site, const char *source, const char *include,
			  struct fault *fault)
{
	struct product *known = find_product(workshop, source);
	struct product made = { .source = xstrdup(source), .stamp = take_stamp(source, include) };
	if (known != NULL && strcmp(known->stamp, made.stamp) == 0) {
		product_fini(&made);
		return known->object;
	}
	if (make(site, &made, include, fault) < 0) {
		product_fini(&made);
		return NULL;
	}
	if (known != NULL) {
		product_fini(known);
	} else {
		workshop->products = xrealloc(workshop->products, (workshop->n + 1) * sizeof(*workshop->products));
		known = &workshop->products[workshop->n++];
	}
	*known = made;
	return known->object;
}

/* ---- wrong on purpose ---- */

/* In a folder of its own, under the original's name: the loader's list tells them apart by that folder only. */
static int build_wrong(const struct site *site, struct product *product, const char *include,
		       const struct workshop_wrong *wrong, struct fault *fault)
{
	const char *name = product->intake.file_name;
	char *folder = xasprintf("%s/1", product->intake.directory), *inner = xasprintf("1/%s", name),
	     *path = xasprintf("%s/%s", folder, name),
	     *wrapper = xasprintf("%s/share/syncgrade/challenge_workload.c", site->root),
	     *original = xasprintf("-DCHALLENGE_ORIGINAL=\"../%s\"", name),
	     *variant = xasprintf("-DCHALLENGE=%u", wrong->variant),
	     *claims = xasprintf("-DCHALLENGE_PROPERTY=%d", (int)wrong->claims);
	const char *const flags[] = { original, variant, claims, NULL };
	const struct copy_request request = { .from_directory_fd = AT_FDCWD,
					      .from = wrapper,
					      .shown = wrapper,
					      .to_directory_fd = AT_FDCWD,
					      .to = path,
					      .bytes_max = INTAKE_LIMITS_DEFAULT.source_bytes_max };
	struct copied copied;
	int r = mkdir(folder, 0700) < 0 ? fault_machine(fault, errno, "%s", folder) : 0;
	if (r == 0)
		r = copy_file(&request, &copied, fault);
	if (r == 0)
		r = compile(site, product, inner, include, flags, fault);
	free(claims);
	free(variant);
	free(original);
	free(wrapper);
	free(path);
	free(inner);
	free(folder);
	return r;
}

const char *workshop_make_wrong(struct workshop *workshop, const struct site *site, const char *source,
				const char *include, const struct workshop_wrong *wrong, struct fault *fault)
{
	struct product made = { .source = xstrdup(source) };
	int r = take_in(&made, fault);
	if (r == 0)
		r = build_wrong(site, &made, include, wrong, fault);
	if (r == 0)
		r = open_to_workers(&made, fault);
	if (blame_exercise(fault, r) < 0) {
		product_fini(&made);
		return NULL;
	}
	workshop->products = xrealloc(workshop->products, (workshop->n + 1) * sizeof(*workshop->products));
	workshop->products[workshop->n++] = made;
	return made.object;
}
