/* Checks a document against the schema that libcyaml will then fill it by: the same rules, but every problem is
 * reported at once, with its line and its path, and with what would be right. */
#ifndef MANIFEST_VALIDATE_H
#define MANIFEST_VALIDATE_H

#include "document.h"
#include "schema.h"

void validate(struct document *document, const cyaml_schema_value_t *schema);

#endif
