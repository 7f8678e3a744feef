/* The reader of exercise.yaml. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"
#include "manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char parent[] = "/tmp/syncgrade-fuzz-XXXXXX", folder[64], file[96];

static void clean_up(void)
{
	unlink(file);
	rmdir(folder);
	rmdir(parent);
}

static void make_folder(void)
{
	if (mkdtemp(parent) == NULL)
		abort();
	snprintf(folder, sizeof(folder), "%s/lock", parent);
	snprintf(file, sizeof(file), "%s/exercise.yaml", folder);
	input_file(NULL, 0);
	/* The document is a memfd by another name: nothing is written to a disk. */
	if (mkdir(folder, 0700) < 0 || symlink(input_path, file) < 0)
		abort();
	atexit(clean_up);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exercise exercise;
	struct fault fault = { 0 };
	if (folder[0] == '\0')
		make_folder();
	input_file(data, size);
	manifest_read(folder, &exercise, &fault);
	manifest_free(&exercise);
	fault_free(&fault);
	return 0;
}
