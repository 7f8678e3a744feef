/* The reader of DWARF, in this process (the grader asks a child: libdw was not written against enemies). The first
 * bytes are the question, the rest is the file. */
#include <string.h>
#include <unistd.h>

#include "dwarf_file.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint16_t offset;
	struct dwarf_file file;
	struct answer answer = { 0 };
	if (size < sizeof(offset))
		return 0;
	memcpy(&offset, data, sizeof(offset));
	int fd = dup(input_file(data + sizeof(offset), size - sizeof(offset)));
	lseek(fd, 0, SEEK_SET);
	dwarf_file_init(&file, fd);
	dwarf_file_place(&file, offset, &answer);
	dwarf_file_variable(&file, offset, 4, &answer);
	dwarf_file_member(&file, "lock", offset % 64, 4, &answer);
	dwarf_file_fini(&file);
	close(fd);
	return 0;
}
