/* SPDX-License-Identifier: MIT
 *
 * bits/atomic_wait.h - libstdc++'s own, but for how notify asks whether anybody waits, and how often who waits looks
 *
 * C++ promises that notify wakes who waits for the value that was replaced before, whatever the memory orders are. In
 * libstdc++ 12 to 14, who waits counts itself and then looks at the value; who notifies has written the value, and then
 * looks at the count, by a plain load. Every processor's read-modify-write orders the two; the memory model does not,
 * where the value is written or read with less than seq_cst. As a read-modify-write, that look is ordered in the
 * model too: either it comes later than the counting, and sees it, or what was written before is seen.
 *
 * Who waits looks sixteen times there before it sleeps. Nothing depends on how often, and each look is one more place
 * where the explorer would have to try what others do: here it looks once. (Never would be wrong: between reading a
 * proxy's version and sleeping on it comes a look.) */
#pragma GCC system_header

#include <bits/c++config.h>

#ifndef _SYNCGRADE_ATOMIC_LOOK
#define _SYNCGRADE_ATOMIC_LOOK
namespace std
{
namespace __detail
{
template <typename _Pred, typename _Spin> bool __atomic_look(_Pred &__pred, const _Spin &) noexcept
{
	return __pred();
}
} // namespace __detail
} // namespace std
#endif

/* Defined with a parameter `_Spin __spin`, called with `__spin`. */
#if _GLIBCXX_RELEASE < 15
#define __atomic_spin(predicate, policy) _SYNCGRADE_SPIN_##policy)
#define _SYNCGRADE_SPIN__Spin __atomic_spin(_Pred& __pred, _Spin
#define _SYNCGRADE_SPIN___spin __atomic_look(__pred, __spin
#endif

#define __atomic_load(pointer, result, order) _SYNCGRADE_LOAD_##order(pointer, result)
#define _SYNCGRADE_LOAD___ATOMIC_RELAXED(pointer, result) _SYNCGRADE_LOAD(pointer, result, __ATOMIC_RELAXED)
#define _SYNCGRADE_LOAD___ATOMIC_ACQUIRE(pointer, result) _SYNCGRADE_LOAD(pointer, result, __ATOMIC_ACQUIRE)
#define _SYNCGRADE_LOAD(pointer, result, order) (*(result) = __atomic_load_n(pointer, order))
/* Only the look at the count has this order, on a platform with futexes. */
#define _SYNCGRADE_LOAD___ATOMIC_SEQ_CST(pointer, result)                                                              \
	(*(result) = __atomic_fetch_add(const_cast<__platform_wait_t *>(pointer), 0, __ATOMIC_SEQ_CST))

#include_next <bits/atomic_wait.h>

#undef __atomic_load
#undef _SYNCGRADE_LOAD___ATOMIC_RELAXED
#undef _SYNCGRADE_LOAD___ATOMIC_ACQUIRE
#undef _SYNCGRADE_LOAD
#undef _SYNCGRADE_LOAD___ATOMIC_SEQ_CST
#undef __atomic_spin
#undef _SYNCGRADE_SPIN__Spin
#undef _SYNCGRADE_SPIN___spin
