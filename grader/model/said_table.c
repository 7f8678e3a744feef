#include <stdio.h>
#include <string.h>

#include "said.h"
#include "translate.h"

static const char *const templates[SAID_COUNT] = {
	[SAID_SEEN_ONCE] = N_("%s (seen once, but not when the same steps were taken again: what the plugin does "
			      "depends on more than the explorer controls)"),
	/* the explorer: exclusion, order */
	[SAID_THREADS_ARE_IN_THE_CRITICAL] = N_("threads %s are in the critical section together"),
	[SAID_THREADS_ARE_INSIDE_TOGETHER_WHERE] = N_("threads %s are inside together, where only %u may be"),
	[SAID_ONE_OF_THEM_ENTERED_ALONE] =
	    N_("threads %u and %u are in the critical section together, though one of them entered alone"),
	[SAID_EACH_OF_THEM_ENTERED_ALONE] =
	    N_("threads %u and %u are in the critical section together, though each of them entered alone"),
	[SAID_THREAD_ENTERS_AFTER_THREAD_LEFT] =
	    N_("thread %u enters after thread %u left, but nothing makes thread %u's writes visible to it: it may "
	       "still read what was there before"),
	[SAID_NO_MORE_THAN_THREAD_IS] = N_("no more than %u thread is ever inside together, where %u may be"),
	[SAID_NO_MORE_THAN_THREADS_ARE] = N_("no more than %u threads are ever inside together, where %u may be"),
	[SAID_THREAD_READS_WHAT_THREAD_WRITES] =
	    N_("thread %u reads what thread %u writes, and nothing orders the two"),
	[SAID_THREAD_WRITES_WHAT_THREAD_READS] =
	    N_("thread %u writes what thread %u reads, and nothing orders the two"),
	[SAID_THREAD_WRITES_WHAT_THREAD_WRITES] =
	    N_("thread %u writes what thread %u writes, and nothing orders the two"),
	/* waiting */
	[SAID_WAKES_FOR_NO_REASON] = N_("wakes for no reason"),
	[SAID_ITS_TIME_IS_OVER] = N_("its time is over"),
	[SAID_LOST_WAKE_UP_AND_NO] = N_("lost wake-up: %s, and no one is left to wake it"),
	[SAID_DEADLOCK_FOR_WHAT_NO_ONE] = N_("deadlock: %s, for what no one will do"),
	[SAID_LIVELOCK_ALL_THREADS_TAKE_STEPS] =
	    N_("livelock: all threads take steps for ever, and none of them gets in"),
	[SAID_THREAD_CAN_WAIT_FOR_EVER] = N_(
	    "thread %u can wait for ever while others enter again and again: the steps marked can repeat without end"),
	[SAID_THREAD_WAITS_WHILE_OTHERS_ENTER] =
	    N_("thread %u waits while others enter %d times before it, more than the %u that are allowed"),
	[SAID_NOBODY_ENTERS_SEE_PROGRESS] = N_("nobody enters: see progress"),
	[SAID_WITHIN_THE_FIRST_STATES] = N_("within the first %u states"),
	[SAID_THERE_ARE_MORE_STATES_THAN] =
	    N_("there are more states than the budget allows for: none of the first %u shows too long a wait"),
	[SAID_WITHIN_THE_FIRST_ENTRIES] = N_("within the first %u entries"),
	[SAID_BUT] = N_("%s; but %s"),
	[SAID_SLEEPS_AND_LOOKS_STEP] =
	    N_("thread %u wakes up again and again while it waits: %s() sleeps and looks, in a loop of %u step"),
	[SAID_SLEEPS_AND_LOOKS_STEPS] =
	    N_("thread %u wakes up again and again while it waits: %s() sleeps and looks, in a loop of %u steps"),
	[SAID_SLEEPS_AND_LOOKS] = N_("thread %u wakes up again and again while it waits: %s() sleeps and looks"),
	[SAID_YIELDS_AND_LOOKS_STEP] =
	    N_("thread %u burns the processor while it waits: %s() yields and looks, in a loop of %u step"),
	[SAID_YIELDS_AND_LOOKS_STEPS] =
	    N_("thread %u burns the processor while it waits: %s() yields and looks, in a loop of %u steps"),
	[SAID_YIELDS_AND_LOOKS] = N_("thread %u burns the processor while it waits: %s() yields and looks"),
	[SAID_SPINS_STEP] = N_("thread %u burns the processor while it waits: %s() spins, in a loop of %u step"),
	[SAID_SPINS_STEPS] = N_("thread %u burns the processor while it waits: %s() spins, in a loop of %u steps"),
	[SAID_SPINS] = N_("thread %u burns the processor while it waits: %s() spins"),
	[SAID_A_THREAD_THAT_WAITS_SLEEPS] = N_("a thread that waits sleeps: %s"),
	[SAID_BLOCKS_AT_ONCE] = N_("%s() blocks at once"),
	[SAID_BLOCKS_AFTER_AT_MOST_STEP] = N_("%s() blocks after at most %u step"),
	[SAID_BLOCKS_AFTER_AT_MOST_STEPS] = N_("%s() blocks after at most %u steps"),
	[SAID_THREAD_LOOPS_FOR_EVER_WITHOUT] = N_("thread %u loops for ever without reading shared memory"),
	[SAID_DOES_NOT_RETURN] = N_("%s() does not return"),
	[SAID_A_CALL_OF_THE_PLUGIN] = N_("a call of the plugin, made by one thread alone, does not return"),
	/* memory */
	[SAID_THREAD_FREES_WHAT_MALLOC_DID] = N_("thread %u frees what malloc() did not give"),
	[SAID_THREAD_FREES_A_BLOCK_THAT] = N_("thread %u frees a block that thread %u has freed already (double free)"),
	[SAID_THREAD_FREES_A_BLOCK_WHILE] = N_("thread %u frees a block while thread %u may still use it"),
	[SAID_THREAD_USES_A_LOCAL_VARIABLE] =
	    N_("thread %u uses a local variable of thread %u, whose function has returned"),
	[SAID_THREAD_USES_A_LOCAL_VARIABLE_OF] = N_("thread %u uses a local variable of a function that has returned"),
	[SAID_THREAD_RETURNS_FROM_A_FUNCTION] =
	    N_("thread %u returns from a function while thread %u may still use its local variable"),
	[SAID_THREAD_USES_A_NULL_POINTER] = N_("thread %u uses a null pointer"),
	[SAID_THREAD_ACCESSES_MEMORY_OUTSIDE_OF] = N_("thread %u accesses memory outside of a heap block"),
	[SAID_THREAD_USES_A_HEAP_BLOCK] = N_("thread %u uses a heap block after it was freed by thread %u"),
	[SAID_BLOCK_OF_THE_HEAP_BYTES] = N_("%u block of the heap (%llu bytes) is never freed"),
	[SAID_BLOCKS_OF_THE_HEAP_BYTES] = N_("%u blocks of the heap (%llu bytes) are never freed"),
	[SAID_THE_PLUGIN_WRITES_OUTSIDE_OF] = N_("the plugin writes outside of its object's storage"),
	[SAID_THE_PLUGIN_WROTE_BEYOND_THE] = N_("The plugin wrote beyond the end of its object: is .size right?"),
	[SAID_THE_PLUGIN_WROTE_BEFORE_THE] = N_("The plugin wrote before the begin of its object."),
	[SAID_THREAD_READS_WHAT_WAS_NEVER] = N_("thread %u reads what was never initialized"),
	[SAID_MEMORY_IS_READ_THAT_WAS] = N_("memory is read that was never initialized"),
	[SAID_A_IS_USED_THAT_WAS] = N_("a %s is used that was never initialized"),
	[SAID_THREAD_OVERFLOWS_ITS_STACK] = N_("thread %u overflows its stack"),
	[SAID_CRASHES_BY_ADDRESS] = N_("thread %u crashes with %s (an invalid address)"),
	[SAID_CRASHES_BY_DIVISION] = N_("thread %u crashes with %s (a division by zero)"),
	[SAID_CRASHES] = N_("thread %u crashes with %s"),
	/* the library */
	[SAID_THREAD_USES_A_WHILE_THREAD] =
	    N_("thread %u uses a %s while thread %u may be initializing or destroying it"),
	[SAID_THREAD_INITIALIZES_A_WHILE_THREAD] = N_("thread %u initializes a %s while thread %u may be using it"),
	[SAID_THREAD_DESTROYS_A_WHILE_THREAD] = N_("thread %u destroys a %s while thread %u may still use it"),
	[SAID_A_IS_USED_AFTER_IT] = N_("a %s is used after it was destroyed"),
	[SAID_A_FUNCTION_OF_THE_LIBRARY] = N_("a function of the library writes beyond the end of its buffer"),
	[SAID_THE_PLUGIN_WRITES_BEYOND_THE] = N_("the plugin writes beyond the end of an array on its stack"),
	[SAID_A_THREAD_UNLOCKS_A_MUTEX] = N_("a thread unlocks a mutex that it has not locked (undefined behaviour)"),
	[SAID_A_MUTEX_IS_DESTROYED_WHILE] = N_("a mutex is destroyed while it is locked"),
	[SAID_A_CONDITION_VARIABLE_IS_DESTROYED] = N_("a condition variable is destroyed while a thread waits for it"),
	[SAID_A_READ_WRITE_LOCK_IS] = N_("a read-write lock is destroyed while it is locked"),
	[SAID_A_THREAD_UNLOCKS_A_READ] =
	    N_("a thread unlocks a read-write lock that it has not locked (undefined behaviour)"),
	[SAID_THE_PLUGIN_ENDS_THE_PROCESS] = N_("the plugin ends the process with exit()"),
	[SAID_THE_PLUGIN_CALLS_ABORT] = N_("the plugin calls abort()"),
	[SAID_AN_ASSERTION_OF_THE_PLUGIN] = N_("an assertion of the plugin fails: %s"),
	[SAID_INIT_RETURNS_THE_ERROR] = N_("init() returns the error %d"),
	/* between processes */
	[SAID_PROCESS_FOLLOWS_A_POINTER_THAT] = N_("process %u follows a pointer that leads to the %s of process %u: "
						   "an address means something only in the process that it comes from"),
	[SAID_PROCESSES_AND_USE_THE_SAME] = N_("processes %u and %u use the same %s, which was not initialized to be "
					       "shared between processes: what happens then is undefined"),
	[SAID_HEAP] = N_("heap"),
	[SAID_STACK] = N_("stack"),
	[SAID_THREAD_LOCAL_VARIABLES] = N_("thread-local variables"),
	[SAID_MUTEX] = N_("mutex"),
	[SAID_CONDITION_VARIABLE] = N_("condition variable"),
	[SAID_SEMAPHORE] = N_("semaphore"),
	[SAID_READ_WRITE_LOCK] = N_("read-write lock"),
	[SAID_SPIN_LOCK] = N_("spin lock"),
	[SAID_BARRIER] = N_("barrier"),
	/* what the explorer cannot judge */
	[SAID_NO_EXECUTION_COMES_TO_ITS] = N_("no execution comes to its end: each is cut short by another violation"),
	[SAID_NO_EXECUTION_CAME_TO_ITS] = N_("no execution came to its end within the explorer's budget"),
	[SAID_THREAD_LOOPS_WHERE_THE_EXPLORER] =
	    N_("thread %u loops where the explorer cannot see it: code that is not instrumented (inline assembly?) "
	       "reads memory that threads share"),
	[SAID_MEMORY_CHANGED_BEHIND_THE_EXPLORERS] =
	    N_("memory changed behind the explorer's back: code that is not instrumented (inline assembly? a memset() "
	       "or memcpy() that gcc expands? Then build with -fno-builtin-memset -fno-builtin-memcpy) writes a "
	       "variable that threads share"),
	[SAID_A_THREAD_WROTE_ANOTHER_VALUE] = N_("a thread wrote another value when it was run again: what it does "
						 "depends on more than the explorer controls"),
	[SAID_A_THREAD_DID_SOMETHING_ELSE] = N_("a thread did something else when it was run again: what it does "
						"depends on more than the explorer controls"),
	[SAID_MORE_PLAIN_VARIABLES_RACE_THAN] = N_("more plain variables race than the explorer follows"),
	[SAID_VARIABLES_ARE_ACCESSED_IN_MORE] = N_("variables are accessed in more shapes than the explorer follows"),
	[SAID_THE_PLUGIN_USES_MORE_SHARED] = N_("the plugin uses more shared variables than the explorer follows"),
	[SAID_THE_PLUGIN_USES_MORE_LIBRARY] = N_("the plugin uses more library objects than the explorer follows"),
	[SAID_THREAD_TAKES_MORE_THAN_STEPS] = N_("thread %u takes more than %u steps"),
	[SAID_A_CALL_OF_THE_PLUGIN_MADE] =
	    N_("a call of the plugin, made by one thread alone, takes more than %u steps"),
	[SAID_A_BLOCK_COPY_OF_AN] = N_("a block copy of an atomic or racing variable"),
	[SAID_A_BLOCK_COPY_OVER_A] = N_("a block copy over a part of an atomic or racing variable"),
	[SAID_A_GRAPH_COULD_NOT_BE] = N_("a graph could not be executed again"),
	/* a schedule that does not fit */
	[SAID_STEP_OF_THREAD] = N_("step %u, of thread %u: %s"),
	[SAID_IT_IS_NO_SCHEDULE] = N_("it is no schedule"),
	[SAID_IT_NAMES_MEMORY_THAT_IS] = N_("it names memory that is not there"),
	[SAID_IT_NAMES_MORE_MEMORY_THAN] = N_("it names more memory than the explorer follows"),
	[SAID_THERE_IS_NO_THREAD] = N_("there is no thread %u"),
	[SAID_THERE_IS_NO_SUCH_THREAD] = N_("there is no such thread"),
	[SAID_NO_STATES_OF_SO_MANY] = N_("it is a path through states, and of so many threads there are none"),
	[SAID_THE_THREAD_HAS_ENDED_BEFORE] = N_("the thread has ended before"),
	[SAID_THE_THREAD_WAITS_AND_CANNOT] = N_("the thread waits, and cannot take it"),
	[SAID_IT_READS_WHERE_THE_SCHEDULE] = N_("it reads, where the schedule says something else"),
	[SAID_IT_WRITES_WHERE_THE_SCHEDULE] = N_("it writes, where the schedule says something else"),
	[SAID_STEP_OF_THREAD_HAS_NOT] = N_("step %u of thread %u has not written what it reads"),
	[SAID_THE_MEMORY_MODEL_DOES_NOT] = N_("the memory model does not let it read that"),
	[SAID_THE_MEMORY_MODEL_DOES_NOT_LET] = N_("the memory model does not let it write there"),
	[SAID_THERE_IS_NO_SUCH_ALTERNATIVE] = N_("there is no such alternative"),
	[SAID_IT_IS_IN_NO_SUCH] = N_("it is in no such loop"),
	[SAID_THERE_ARE_NO_MORE_STEPS] = N_("there are no more steps that the explorer follows"),
	[SAID_IT_DOES_NOT_LEAVE_ITS] = N_("it does not leave its loop by itself"),
	[SAID_AN_UNKNOWN_HOOK] = N_("an unknown hook, %u"),
	[SAID_NOT_MODELLED] = N_("not modelled: %s"),
	[SAID_MORE_HEAP_THAN_THE_EXPLORER] = N_("more heap than the explorer has for a thread"),
	[SAID_AN_ATOMIC_OR_RACING_ACCESS] = N_("an atomic or racing access that is not aligned"),
	[SAID_A_BLOCK_COPY_OVER_AN] = N_("a block copy over an atomic or racing variable"),
	[SAID_MORE_LOCKS_OF_THE_LIBRARY] = N_("more locks of the library held by one thread than the explorer follows"),
	[SAID_MORE_KEYS_OF_THREAD_SPECIFIC] = N_("more keys of thread-specific data than the explorer follows"),
	[SAID_MORE_THREAD_LOCAL_VARIABLES_WITH] =
	    N_("more thread-local variables with destructors than the explorer follows"),
	[SAID_MORE_FUNCTIONS_OF_OTHER_LIBRARIES] =
	    N_("more functions of other libraries than the explorer has room for"),
	[SAID_MEMORY_THAT_WAS_ALLOCATED_WHEN] = N_("memory that was allocated when the plugin was loaded"),
	[SAID_WHO_IS_NEXT_WHERE_WRITERS] = N_("who is next at a read-write lock that prefers writers"),
	[SAID_MUTEXES_WITH_A_PRIORITY_PROTOCOL] = N_("mutexes with a priority protocol"),
	[SAID_SNPRINTF_WITH_SUCH_A_FORMAT] = N_("snprintf() with such a format"),
	[SAID_NO_MEMORY] = N_("the explorer has no memory left"),
	[SAID_THIS_OPERATION_OF_FUTEX] = N_("this operation of futex(2)"),
	[SAID_A_SYSTEM_CALL_OTHER_THAN] = N_("a system call other than futex"),
	[SAID_AN_ATOMIC_ACCESS_OF_16_BYTES] = N_("an atomic access of 16 bytes"),
	/* loading */
	[SAID_IT_EXPORTS_NO] = N_("it exports no `%s`"),
	[SAID_ITS_SIZE_IS_BYTES_NOT] = N_("its .size is %u bytes, not in 1 … %u"),
	/* what a thread does, in a list */
	[SAID_THREAD_SLEEPS_IN] = N_("thread %u sleeps in %s() (%s)"),
	[SAID_THREAD_SLEEPS] = N_("thread %u sleeps (%s)"),
	[SAID_THREAD_WAITS_IN] = N_("thread %u waits in %s() (%s)"),
	[SAID_WAITS_IN] = N_("thread %u waits in %s()"),
	[SAID_THREAD_WAITS] = N_("thread %u waits (%s)"),
	[SAID_WAITS] = N_("thread %u waits"),
	/* lists */
	[SAID_AND] = N_("%s and %s"),
	[SAID_OF_PROCESSES] = "%s",
	[SAID_WORKLOAD] = "%s",
	[SAID_RATHER] = "%s",
	[SAID_SENTENCE] = "%s",
	[SAID_UNKNOWN] = N_("something that this grader has no words for"),
};

const char *said_template(enum said id)
{
	return templates[id];
}

struct out {
	char *at, *end;
};

static void put(struct out *out, char c)
{
	if (out->at + 1 < out->end)
		*out->at++ = c;
}

static void put_number(struct out *out, unsigned long long number)
{
	char digits[24];
	int n = 0;

	do
		digits[n++] = (char)('0' + number % 10);
	while ((number /= 10) != 0);
	while (n > 0)
		put(out, digits[--n]);
}

/* The conversion at "%…", and how long it is. */
static char conversion(const char *at, size_t *length)
{
	*length = strcspn(at, "uds") + 1;
	return at[*length - 1];
}

static void put_argument(struct out *out, const char *at, char kind, va_list *arguments)
{
	put(out, 2);
	if (kind == 's') {
		for (const char *words = va_arg(*arguments, const char *); *words != '\0'; words++)
			put(out, *words);
	} else if (kind == 'd') {
		int number = va_arg(*arguments, int);
		if (number < 0)
			put(out, '-');
		put_number(out, number < 0 ? 0ull - (unsigned long long)(long long)number : (unsigned long long)number);
	} else if (at[1] == 'l') {
		put_number(out, va_arg(*arguments, unsigned long long));
	} else {
		put_number(out, va_arg(*arguments, unsigned));
	}
}

void said_vwrite(char *text, size_t size, enum said id, va_list arguments)
{
	struct out out = { text, text + size };
	va_list rest;

	va_copy(rest, arguments);
	put(&out, 1);
	put_number(&out, id);
	for (const char *at = strchr(templates[id], '%'); at != NULL; at = strchr(at, '%')) {
		size_t length;
		char kind = conversion(at, &length);
		put_argument(&out, at, kind, &rest);
		at += length;
	}
	put(&out, 3);
	*out.at = '\0';
	va_end(rest);
}

void said_write(char *out, size_t size, enum said id, ...)
{
	va_list arguments;

	va_start(arguments, id);
	said_vwrite(out, size, id, arguments);
	va_end(arguments);
}

const char *said_only(enum said id)
{
	static char text[SAID_COUNT][8];

	if (text[id][0] == '\0')
		said_write(text[id], sizeof(text[id]), id);
	return text[id];
}
