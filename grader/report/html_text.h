/* What strangers wrote, in a page of HTML: as text, and as JSON inside <script>. */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include <jansson.h>
#include <stdio.h>

#include "result_json.h"

/* As character data or in a quoted attribute. Control bytes and bidirectional overrides are spelled out. */
void html_put_text(FILE *out, const char *bytes);

/* Takes the value over. 0, or -EIO. */
int html_put_json(FILE *out, json_t *value);

/* All of a result as the page's scripts read it, numbers that JavaScript cannot hold as strings. */
json_t *html_result(const struct result *result);

/* How many checks are not told, and what they are worth. */
json_t *html_hidden(const struct result *result);

#endif
