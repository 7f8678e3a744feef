/* What the compiler makes of each access in instrumented code: straight to the hooks. */
#include "own.h"

#define SIZES(name, hook)                                                                                              \
	TO("__tsan_" name "1", hook##1), TO("__tsan_" name "2", hook##2), TO("__tsan_" name "4", hook##4),             \
	    TO("__tsan_" name "8", hook##8)
#define PLAIN(name, hook) SIZES(name, hook), TO("__tsan_" name "16", hook##16)
#define ATOMIC(name, hook)                                                                                             \
	TO("__tsan_atomic8_" name, hook##1), TO("__tsan_atomic16_" name, hook##2),                                     \
	    TO("__tsan_atomic32_" name, hook##4), TO("__tsan_atomic64_" name, hook##8)

CALLS(instrumented) = {
	PLAIN("read", hook_read),
	PLAIN("write", hook_write),
	PLAIN("read_write", hook_read_write),
	PLAIN("unaligned_read", hook_read),
	PLAIN("unaligned_write", hook_write),
	PLAIN("unaligned_read_write", hook_read_write),
	PLAIN("volatile_read", hook_read),
	PLAIN("volatile_write", hook_write),
	PLAIN("unaligned_volatile_read", hook_read),
	PLAIN("unaligned_volatile_write", hook_write),
	TO("__tsan_vptr_read", hook_read8),
	TO("__tsan_vptr_update", hook_write8),
	TO("__tsan_read_range", hook_read_range),
	TO("__tsan_write_range", hook_write_range),
	ATOMIC("load", hook_load),
	ATOMIC("store", hook_store),
	ATOMIC("exchange", hook_exchange),
	ATOMIC("fetch_add", hook_fetch_add),
	ATOMIC("fetch_sub", hook_fetch_sub),
	ATOMIC("fetch_and", hook_fetch_and),
	ATOMIC("fetch_or", hook_fetch_or),
	ATOMIC("fetch_xor", hook_fetch_xor),
	ATOMIC("fetch_nand", hook_fetch_nand),
	ATOMIC("compare_exchange_strong", hook_cas),
	ATOMIC("compare_exchange_weak", hook_cas),
	ATOMIC("compare_exchange_val", hook_cas_val),
	TO("__tsan_atomic_thread_fence", hook_thread_fence),
	NO_MORE,
};
