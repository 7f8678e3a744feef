#include "load.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

#include "said.h"

struct span {
	struct engine_module *module;
	const struct link_map *map;
};

/* The addresses that the module's segments take. */
static int find_span(struct dl_phdr_info *info, size_t size, void *argument)
{
	(void)size;
	struct span *span = argument;
	if (info->dlpi_addr != span->map->l_addr || strcmp(info->dlpi_name, span->map->l_name) != 0)
		return 0;
	span->module->begin = UINTPTR_MAX;
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		uintptr_t begin = info->dlpi_addr + segment->p_vaddr;
		if (segment->p_type != PT_LOAD)
			continue;
		if (begin < span->module->begin)
			span->module->begin = begin;
		if (begin + segment->p_memsz > span->module->end)
			span->module->end = begin + segment->p_memsz;
	}
	return 1;
}

int load_module(const char *path, struct engine_module *module, struct load_failure *failure)
{
	struct link_map *map;
	*module = (struct engine_module){ .path = path };
	module->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (module->handle == NULL || dlinfo(module->handle, RTLD_DI_LINKMAP, &map) != 0) {
		snprintf(failure->text, sizeof(failure->text), "%s", dlerror());
		return -1;
	}
	module->base = map->l_addr;
	struct span span = { .module = module, .map = map };
	if (dl_iterate_phdr(find_span, &span) == 0) {
		snprintf(failure->text, sizeof(failure->text), "%s: loaded, but not found in memory", path);
		return -1;
	}
	return 0;
}

static int check_workload(const struct workload *workload, const struct frame_run *request,
			  struct load_failure *failure)
{
	const char *wrong = NULL;
	if (workload->abi != WORKLOAD_ABI)
		wrong =
		    "its .abi is not the WORKLOAD_ABI of this grader: write .abi = WORKLOAD_ABI, and build it again";
	else if (workload->name == NULL || workload->plugin == NULL || workload->data_size == NULL ||
		 workload->setup == NULL || workload->thread == NULL)
		wrong = "one of .name, .plugin, .data_size, .setup, .thread is missing";
	else if (strcmp(workload->plugin, request->kind) != 0)
		wrong = "it drives another kind of plugin than the exercise is about";
	else if (workload->objects < 1 || workload->objects > TRIAL_OBJECTS_MAX)
		wrong = "its .objects is not in 1 … TRIAL_OBJECTS_MAX";
	else if ((workload->flags & WORKLOAD_PROCESSES) != 0 && request->engine == ENGINE_TSAN)
		wrong = "its threads are processes, which ThreadSanitizer does not know";
	else if (request->threads < workload->threads_min ||
		 (workload->threads_max != 0 && request->threads > workload->threads_max))
		wrong = "the exercise wants a number of threads that it does not allow (.threads_min, .threads_max)";
	else if (workload->data_size(request->threads, request->rounds) > TRIAL_DATA_MAX)
		wrong = "its data_size() for these threads and rounds is more than TRIAL_DATA_MAX (8 MiB): fewer "
			"rounds, or "
			"less for each";
	if (wrong == NULL)
		return 0;
	snprintf(failure->text, sizeof(failure->text), "the workload %s: %s", request->workload_path, wrong);
	return -1;
}

int load_workload(struct engine_job *job, struct load_failure *failure)
{
	failure->workload = true;
	if (load_module(job->request->workload_path, &job->workload_module, failure) < 0)
		return -1;
	job->workload = dlsym(job->workload_module.handle, "workload");
	if (job->workload == NULL) {
		snprintf(
		    failure->text, sizeof(failure->text),
		    "the workload %s: it exports no `workload`: end it with const struct workload workload = { … }",
		    job->request->workload_path);
		return -1;
	}
	return check_workload(job->workload, job->request, failure);
}

int load_plugin(struct engine_job *job, struct load_failure *failure)
{
	char symbol[sizeof(job->request->kind) + sizeof("_plugin")];
	failure->workload = false;
	if (load_module(job->request->plugin_path, &job->plugin_module, failure) < 0)
		return -1;
	snprintf(symbol, sizeof(symbol), "%s_plugin", job->request->kind);
	job->plugin = dlsym(job->plugin_module.handle, symbol);
	if (job->plugin == NULL) {
		said_write(failure->text, sizeof(failure->text), SAID_IT_EXPORTS_NO, symbol);
		return -1;
	}
	/* Every kind's descriptor begins so: two words, then the size. */
	memcpy(&job->object_size, (const unsigned char *)job->plugin + 8, sizeof(job->object_size));
	if (job->object_size < 1 || job->object_size > BOARD_OBJECT_MAX) {
		said_write(failure->text, sizeof(failure->text), SAID_ITS_SIZE_IS_BYTES_NOT,
			   (unsigned)(job->object_size > UINT32_MAX ? UINT32_MAX : job->object_size), BOARD_OBJECT_MAX);
		return -1;
	}
	return 0;
}
