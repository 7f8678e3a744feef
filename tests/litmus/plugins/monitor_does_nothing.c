// wait does nothing: its caller looks again and again at plain memory, through the table of functions, which is
// read-only. test: monitor-ordering | -t 3 -r 2 -x 20000 -p 0x10 | ordering: FAIL
#include <syncgrade/monitor.h>
struct monitor {
	int x;
};
static int init(struct monitor *m)
{
	m->x = 0;
	return 0;
}
static void enter(struct monitor *m)
{
	(void)m;
}
static void exit_(struct monitor *m)
{
	(void)m;
}
static void wait_(struct monitor *m, unsigned c)
{
	(void)m, (void)c;
}
static void signal_(struct monitor *m, unsigned c)
{
	(void)m, (void)c;
}
static void broadcast(struct monitor *m, unsigned c)
{
	(void)m, (void)c;
}
const struct monitor_plugin monitor_plugin = { .abi = MONITOR_PLUGIN_ABI,
					       .signaling = MONITOR_MESA,
					       .size = sizeof(struct monitor),
					       .init = init,
					       .enter = enter,
					       .exit = exit_,
					       .wait = wait_,
					       .signal = signal_,
					       .broadcast = broadcast };
