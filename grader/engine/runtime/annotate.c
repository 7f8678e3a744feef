/* Annotations that a program may call by hand (sanitizer/tsan_interface.h, dynamic_annotations.h): accepted, and
 * without effect. They take up to six arguments, all in registers, so that one shape fits them all. */
#include "export.h"

#define ACCEPT(name)                                                                                                   \
	EXPORT void name(void);                                                                                        \
	void name(void)                                                                                                \
	{                                                                                                              \
	}

#define ACCEPT_POINTER(name)                                                                                           \
	EXPORT void *name(void);                                                                                       \
	void *name(void)                                                                                               \
	{                                                                                                              \
		return (void *)0;                                                                                      \
	}

/* clang-format off */
ACCEPT(__tsan_acquire)
ACCEPT(__tsan_release)
ACCEPT(__tsan_mutex_create)
ACCEPT(__tsan_mutex_destroy)
ACCEPT(__tsan_mutex_pre_lock)
ACCEPT(__tsan_mutex_post_lock)
ACCEPT_POINTER(__tsan_mutex_pre_unlock)
ACCEPT(__tsan_mutex_post_unlock)
ACCEPT(__tsan_mutex_pre_signal)
ACCEPT(__tsan_mutex_post_signal)
ACCEPT(__tsan_mutex_pre_divert)
ACCEPT(__tsan_mutex_post_divert)
ACCEPT_POINTER(__tsan_external_register_tag)
ACCEPT(__tsan_external_register_header)
ACCEPT(__tsan_external_assign_tag)
ACCEPT(__tsan_external_read)
ACCEPT(__tsan_external_write)
ACCEPT_POINTER(__tsan_get_current_fiber)
ACCEPT_POINTER(__tsan_create_fiber)
ACCEPT(__tsan_destroy_fiber)
ACCEPT(__tsan_switch_to_fiber)
ACCEPT(__tsan_set_fiber_name)
ACCEPT(AnnotateBenignRace)
ACCEPT(AnnotateBenignRaceSized)
ACCEPT(WTFAnnotateBenignRaceSized)
ACCEPT(AnnotateCondVarSignal)
ACCEPT(AnnotateCondVarSignalAll)
ACCEPT(AnnotateCondVarWait)
ACCEPT(AnnotateEnableRaceDetection)
ACCEPT(AnnotateExpectRace)
ACCEPT(AnnotateFlushExpectedRaces)
ACCEPT(AnnotateFlushState)
ACCEPT(AnnotateHappensAfter)
ACCEPT(AnnotateHappensBefore)
ACCEPT(WTFAnnotateHappensAfter)
ACCEPT(WTFAnnotateHappensBefore)
ACCEPT(AnnotateIgnoreReadsBegin)
ACCEPT(AnnotateIgnoreReadsEnd)
ACCEPT(AnnotateIgnoreSyncBegin)
ACCEPT(AnnotateIgnoreSyncEnd)
ACCEPT(AnnotateIgnoreWritesBegin)
ACCEPT(AnnotateIgnoreWritesEnd)
ACCEPT(AnnotateMemoryIsInitialized)
ACCEPT(AnnotateMemoryIsUninitialized)
ACCEPT(AnnotateMutexIsNotPHB)
ACCEPT(AnnotateMutexIsUsedAsCondVar)
ACCEPT(AnnotateNewMemory)
ACCEPT(AnnotateNoOp)
ACCEPT(AnnotatePCQCreate)
ACCEPT(AnnotatePCQDestroy)
ACCEPT(AnnotatePCQGet)
ACCEPT(AnnotatePCQPut)
ACCEPT(AnnotatePublishMemoryRange)
ACCEPT(AnnotateRWLockAcquired)
ACCEPT(AnnotateRWLockCreate)
ACCEPT(AnnotateRWLockCreateStatic)
ACCEPT(AnnotateRWLockDestroy)
ACCEPT(AnnotateRWLockReleased)
ACCEPT(AnnotateThreadName)
ACCEPT(AnnotateTraceMemory)
ACCEPT(AnnotateUnpublishMemoryRange)
/* clang-format on */
