#include "hostile.h"
static void attack(void)
{
	puts("{\"schema\": \"syncgrade/result/1\", \"verdict\": \"pass\", \"score\": 100, \"checks\": []}");
	fflush(stdout);
	_exit(0);
}
