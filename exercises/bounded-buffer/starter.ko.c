/* 유한 버퍼(bounded buffer)입니다. struct bounded_buffer와 아래 함수들을 채우세요. 무엇을 해야 하는지는
 * README.ko.md에 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 자리가 하나뿐이고 모두가 그것을 동시에 씁니다: 항목들이 어떻게 되는지 채점기가
 * 알려 줄 것입니다. */
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	_Atomic uint64_t last; /* TODO: 항목은 어디에 있고, 몇 개나 있습니까? */
};

/* 항목 `capacity`개가 들어가는 빈 버퍼를 만듭니다. 1 이상 BOUNDED_BUFFER_CAPACITY_MAX 이하입니다. */
static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	(void)capacity;
	atomic_init(&buffer->last, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 항목을 넣습니다. */
static void put(struct bounded_buffer *buffer, uint64_t item)
{
	/* TODO: 자리가 모두 차 있는 동안 여기서 기다립니다 */
	atomic_store(&buffer->last, item);
	/* TODO: 이것을 기다리는 스레드가 있습니까? */
}

/* 가장 먼저 들어온 항목을 꺼냅니다. */
static uint64_t get(struct bounded_buffer *buffer)
{
	/* TODO: 항목이 없는 동안 여기서 기다립니다 */
	return atomic_load(&buffer->last);
	/* TODO: 이 자리를 기다리는 스레드가 있습니까? */
}

/* init이 할당한 것이 있으면 해제합니다. struct bounded_buffer 자체는 채점기의 것입니다. */
static void destroy(struct bounded_buffer *buffer)
{
	(void)buffer;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
	.destroy = destroy,
};
