#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

/* What a worker loads, or a plugin may: found beside the C library. */
static const char *const libraries[] = {
	"libc.so.6",  "libm.so.6",  "libgcc_s.so.1",  "libtsan.so.2",   "libpthread.so.0",
	"libdl.so.2", "librt.so.1", "libatomic.so.1", "libstdc++.so.6", "libubsan.so.1",
};

static const char *const loaders[] = { "/lib64/ld-linux-x86-64.so.2" };

/* What gcc consists of, wherever it is from. Not /usr as a whole: what else is there is nothing to include. */
static const char *const compiler_folders[] = {
	"/usr/bin",       "/usr/lib",       "/usr/lib64",       "/usr/libexec",       "/usr/include",
	"/usr/local/bin", "/usr/local/lib", "/usr/local/lib64", "/usr/local/libexec", "/usr/local/include",
	"/bin",           "/lib",           "/lib64",           "/etc/alternatives",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

char *view_libraries(void)
{
	Dl_info info;
	if (dladdr((void *)(uintptr_t)&exit, &info) == 0 || info.dli_fname == NULL || info.dli_fname[0] != '/')
		return NULL;
	return xstrndup(info.dli_fname, (size_t)(strrchr(info.dli_fname, '/') - info.dli_fname));
}

static int each_library(const struct launch *launch, view_visit *visit, void *context)
{
	int r = 0;
	for (size_t i = 0; r == 0 && i < COUNT(loaders); i++)
		r = visit(context, loaders[i], VIEW_READ | VIEW_EXECUTE);
	for (size_t i = 0; r == 0 && i < COUNT(libraries); i++) {
		char *path = xasprintf("%s/%s", launch->sandbox->libraries, libraries[i]);
		r = visit(context, path, VIEW_READ);
		free(path);
	}
	return r;
}

static int each_compiler_folder(view_visit *visit, void *context)
{
	int r = 0;
	for (size_t i = 0; r == 0 && i < COUNT(compiler_folders); i++)
		r = visit(context, compiler_folders[i], VIEW_READ | VIEW_EXECUTE);
	return r;
}

int view_each(const struct launch *launch, view_visit *visit, void *context)
{
	int r = launch->compiler ? each_compiler_folder(visit, context) : each_library(launch, visit, context);
	if (r == 0)
		r = visit(context, "/dev/null", VIEW_READ | VIEW_DEVICE);
	if (r == 0 && launch->path != NULL)
		r = visit(context, launch->path, VIEW_READ | VIEW_EXECUTE);
	for (size_t i = 0; r == 0 && launch->readable != NULL && launch->readable[i] != NULL; i++)
		r = visit(context, launch->readable[i], VIEW_READ);
	if (r == 0 && launch->folder != NULL)
		r = visit(context, launch->folder, VIEW_READ | (launch->folder_writable ? VIEW_WRITE : 0));
	return r;
}
