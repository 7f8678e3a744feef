/* 모니터(monitor)입니다. struct monitor와 아래 함수들을 채우세요. 무엇을 해야 하는지는 README.ko.md에 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구나 들여보냅니다: 그러면 무엇이 잘못되는지 채점기가 알려 줄 것입니다. */
#include <stdatomic.h>
#include <syncgrade/monitor.h>

struct monitor {
	atomic_int unused; /* TODO: 모니터가 무엇을 기억해야 합니까? 조건 MONITOR_CONDITIONS개도 여기에 듭니다 */
};

/* 비어 있는 모니터를 만듭니다. */
static int init(struct monitor *monitor)
{
	atomic_init(&monitor->unused, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 부른 스레드가 혼자 안에 있을 때 반환합니다. */
static void enter(struct monitor *monitor)
{
	(void)monitor;
	/* TODO */
}

/* 나갑니다. (<stdlib.h>에 exit라는 함수가 있으므로 여기서는 “exit”라고 하지 않습니다.) */
static void leave(struct monitor *monitor)
{
	(void)monitor;
	/* TODO */
}

/* 모니터를 놓고 `condition`을 기다립니다. 반환할 때는 다시 안에 있습니다. */
static void wait(struct monitor *monitor, unsigned condition)
{
	(void)monitor;
	(void)condition;
	/* TODO */
}

/* `condition`을 기다리는 스레드가 있으면 하나를 깨웁니다. */
static void signal(struct monitor *monitor, unsigned condition)
{
	(void)monitor;
	(void)condition;
	/* TODO */
}

/* `condition`을 기다리는 스레드를 모두 깨웁니다. */
static void broadcast(struct monitor *monitor, unsigned condition)
{
	(void)monitor;
	(void)condition;
	/* TODO */
}

/* init이 할당한 것이 있으면 해제합니다. struct monitor 자체는 채점기의 것입니다. */
static void destroy(struct monitor *monitor)
{
	(void)monitor;
}

const struct monitor_plugin monitor_plugin = {
	.abi = MONITOR_PLUGIN_ABI,
	.signaling = MONITOR_MESA, /* 또는 MONITOR_HOARE: signal이 약속하는 것이고, 이것에 따라 채점됩니다 */
	.size = sizeof(struct monitor),
	.init = init,
	.enter = enter,
	.exit = leave,
	.wait = wait,
	.signal = signal,
	.broadcast = broadcast,
	.destroy = destroy,
};
