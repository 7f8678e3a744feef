/* What the fuzz targets share: an input as a file. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

/* Puts the bytes into a file that is made once, and returns its descriptor; its path stands in input_path. */
int input_file(const uint8_t *data, size_t size);
extern char input_path[64];

#endif
