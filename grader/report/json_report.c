#include <errno.h>

#include "report.h"
#include "result_json.h"

static int json_result(FILE *out, const struct report_style *style, const struct result *result)
{
	(void)style;
	json_t *root = result_to_json(result, RESULT_JSON_PLAIN);
	int r = root == NULL || json_dumpf(root, out, JSON_COMPACT | JSON_ENSURE_ASCII) < 0 || fputc('\n', out) == EOF
		    ? -EIO
		    : 0;
	json_decref(root);
	return r;
}

static int json_none(FILE *out, const struct report_style *style)
{
	(void)style;
	return fputs("[]\n", out) == EOF ? -EIO : 0;
}

const struct report_format report_json = { .name = "json", .one = json_result, .none = json_none };
