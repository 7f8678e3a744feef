#include "frames.h"
#include "hostile.h"
static void attack(void)
{
	static char report[8192];
	for (int i = 0; i < 20000; i++) {
		struct forged_header header = { MAGIC, 1, FRAME_REPORT, sizeof(report), 0 };
		memset(report, 0xff, sizeof(report));
		memcpy(report, &header, sizeof(header));
		if (send(3, report, sizeof(report), 0) < 0)
			break;
	}
	abort();
}
