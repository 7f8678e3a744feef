/* The reader of shared objects: any bytes, and then any exercise's rules. */
#include "input.h"
#include "inspect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const imports[] = { "malloc", "pthread_*" };
	struct plugin_kind lock = { .name = "lock",
				    .symbol = "lock_plugin",
				    .abi = 1,
				    .threads_max = true,
				    .n_operations = 2,
				    .operations = { { .name = "acquire", .required = true },
						    { .name = "release", .required = true } } };
	const struct kinds kinds = { 1, &lock };
	const struct exercise exercise = { .id = "lock", .kind = lock, .n_imports = 2, .imports = imports };
	struct inspect_facts facts = { 0 };
	struct fault fault = { 0 };
	input_file(data, size);
	if (inspect_file(input_path, &kinds, &facts, &fault) == 0)
		inspect_judge(&facts, &exercise, &fault);
	inspect_free(&facts);
	fault_free(&fault);
	return 0;
}
