#include "said.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "translate.h"

/* %u, %d, %llu: a number; %s: any words, which are themselves looked for here. The first that fits is taken: what is
 * more special stands first. A new sentence of an engine needs its line here (tests/language). */
static const char *const templates[] = {
	N_("%s (seen once, but not when the same steps were taken again: what the plugin does depends on more than the "
	   "explorer controls)"),
	/* the explorer: exclusion, order */
	N_("threads %s are in the critical section together"),
	N_("threads %s are inside together, where only %u may be"),
	N_("threads %s came through wait together, with one permit"),
	N_("threads %s have come through wait together, where only %u may be"),
	N_("threads %s are inside the monitor together"),
	N_("threads %s have items inside together, where only %u may be"),
	N_("threads %s eat at the same time, though they share a fork"),
	N_("threads %u and %u are inside together, though one of them writes"),
	N_("threads %u and %u are inside together, though each of them writes"),
	N_("threads %u and %u are in the critical section together, though one of them entered alone"),
	N_("threads %u and %u are in the critical section together, though each of them entered alone"),
	N_("thread %u enters after thread %u left, but nothing makes thread %u's writes visible to it: it may still "
	   "read what was there before"),
	N_("no more than %u thread is ever inside together, where %u may be"),
	N_("no more than %u threads are ever inside together, where %u may be"),
	N_("thread %u reads what thread %u writes, and nothing orders the two"),
	N_("thread %u writes what thread %u reads, and nothing orders the two"),
	N_("thread %u writes what thread %u writes, and nothing orders the two"),
	/* waiting */
	N_("wakes for no reason"),
	N_("its time is over"),
	N_("lost wake-up: %s, and no one is left to wake it"),
	N_("deadlock: %s, for what no one will do"),
	N_("livelock: all threads take steps for ever, and none of them gets in"),
	N_("thread %u can wait for ever while others enter again and again: the steps marked can repeat without end"),
	N_("thread %u waits while others enter %d times before it, more than the %u that are allowed"),
	N_("nobody enters: see progress"),
	N_("within the first %u states"),
	N_("there are more states than the budget allows for: none of the first %u shows too long a wait"),
	N_("within the first %u entries"),
	N_("%s; but %s"),
	N_("thread %u wakes up again and again while it waits: %s() sleeps and looks, in a loop of %u step"),
	N_("thread %u wakes up again and again while it waits: %s() sleeps and looks, in a loop of %u steps"),
	N_("thread %u wakes up again and again while it waits: %s() sleeps and looks"),
	N_("thread %u burns the processor while it waits: %s() yields and looks, in a loop of %u step"),
	N_("thread %u burns the processor while it waits: %s() yields and looks, in a loop of %u steps"),
	N_("thread %u burns the processor while it waits: %s() yields and looks"),
	N_("thread %u burns the processor while it waits: %s() spins, in a loop of %u step"),
	N_("thread %u burns the processor while it waits: %s() spins, in a loop of %u steps"),
	N_("thread %u burns the processor while it waits: %s() spins"),
	N_("a thread that waits sleeps: %s"),
	N_("%s() blocks at once"),
	N_("%s() blocks after at most %u step"),
	N_("%s() blocks after at most %u steps"),
	N_("thread %u loops for ever without reading shared memory"),
	N_("%s() does not return"),
	N_("a call of the plugin, made by one thread alone, does not return"),
	/* memory */
	N_("thread %u frees what malloc() did not give"),
	N_("thread %u frees a block that is free already (double free)"),
	N_("thread %u frees a block while thread %u may still use it"),
	N_("thread %u uses a local variable of thread %u, whose function has returned"),
	N_("thread %u uses a local variable of a function that has returned"),
	N_("thread %u returns from a function while thread %u may still use its local variable"),
	N_("thread %u uses a null pointer"),
	N_("thread %u accesses memory outside of a heap block"),
	N_("thread %u uses a heap block after it was freed by thread %u"),
	N_("%u block of the heap (%llu bytes) is never freed"),
	N_("%u blocks of the heap (%llu bytes) are never freed"),
	N_("the plugin writes outside of its object's storage"),
	N_("The plugin wrote beyond the end of its object: is .size right?"),
	N_("The plugin wrote before the begin of its object."),
	N_("thread %u reads what was never initialized"),
	N_("memory is read that was never initialized"),
	N_("a %s is used that was never initialized"),
	N_("thread %u overflows its stack"),
	N_("thread %u crashes with %s (an invalid address)"),
	N_("thread %u crashes with %s (a division by zero)"),
	N_("thread %u crashes with %s"),
	/* the library */
	N_("thread %u uses a %s while thread %u may be initializing or destroying it"),
	N_("thread %u initializes a %s while thread %u may be using it"),
	N_("thread %u destroys a %s while thread %u may still use it"),
	N_("a %s is used after it was destroyed"),
	N_("a function of the library writes beyond the end of its buffer"),
	N_("the plugin writes beyond the end of an array on its stack"),
	N_("a thread unlocks a mutex that it has not locked (undefined behaviour)"),
	N_("a mutex is destroyed while it is locked"),
	N_("a condition variable is destroyed while a thread waits for it"),
	N_("a read-write lock is destroyed while it is locked"),
	N_("a thread unlocks a read-write lock that it has not locked (undefined behaviour)"),
	N_("the plugin ends the process with exit()"),
	N_("the plugin calls abort()"),
	N_("an assertion of the plugin fails: %s"),
	N_("init() returns the error %d"),
	/* between processes */
	N_("process %u follows a pointer that leads to the %s of process %u: an address means something only in the "
	   "process that it comes from"),
	N_("processes %u and %u use the same %s, which was not initialized to be shared between processes: what "
	   "happens "
	   "then is undefined"),
	N_("heap"),
	N_("stack"),
	N_("thread-local variables"),
	N_("mutex"),
	N_("condition variable"),
	N_("semaphore"),
	N_("read-write lock"),
	N_("spin lock"),
	N_("barrier"),
	/* what the explorer cannot judge */
	N_("no execution comes to its end: each is cut short by another violation"),
	N_("no execution came to its end within the explorer's budget"),
	N_("thread %u loops where the explorer cannot see it: code that is not instrumented (inline assembly?) reads "
	   "memory that threads share"),
	N_("memory changed behind the explorer's back: code that is not instrumented (inline assembly? a memset() or "
	   "memcpy() that gcc expands? Then build with -fno-builtin-memset -fno-builtin-memcpy) writes a variable "
	   "that threads share"),
	N_("a thread wrote another value when it was run again: what it does depends on more than the explorer "
	   "controls"),
	N_("a thread did something else when it was run again: what it does depends on more than the explorer "
	   "controls"),
	N_("more plain variables race than the explorer follows"),
	N_("variables are accessed in more shapes than the explorer follows"),
	N_("the plugin uses more shared variables than the explorer follows"),
	N_("the plugin uses more library objects than the explorer follows"),
	N_("thread %u takes more than %u steps"),
	N_("a call of the plugin, made by one thread alone, takes more than %u steps"),
	N_("a block copy of an atomic or racing variable"),
	N_("a block copy over a part of an atomic or racing variable"),
	N_("a graph could not be executed again"),
	/* a schedule that does not fit */
	N_("step %u, of thread %u: %s"),
	N_("it is no schedule"),
	N_("it names memory that is not there"),
	N_("it names more memory than the explorer follows"),
	N_("there is no thread %u"),
	N_("there is no such thread"),
	N_("the thread has ended before"),
	N_("the thread waits, and cannot take it"),
	N_("it reads, where the schedule says something else"),
	N_("it writes, where the schedule says something else"),
	N_("step %u of thread %u has not written what it reads"),
	N_("the memory model does not let it read that"),
	N_("the memory model does not let it write there"),
	N_("there is no such alternative"),
	N_("it is in no such loop"),
	N_("there are no more steps that the explorer follows"),
	N_("it does not leave its loop by itself"),
	N_("an unknown hook, %u"),
	N_("not modelled: %s"),
	N_("more heap than the explorer has for a thread"),
	N_("an atomic or racing access that is not aligned"),
	N_("a block copy over an atomic or racing variable"),
	N_("more locks of the library held by one thread than the explorer follows"),
	N_("more keys of thread-specific data than the explorer follows"),
	N_("more thread-local variables with destructors than the explorer follows"),
	N_("more functions of other libraries than the explorer has room for"),
	N_("memory that was allocated when the plugin was loaded"),
	N_("robust mutexes"),
	N_("mutexes with a priority protocol"),
	N_("snprintf() with such a format"),
	N_("the explorer has no memory left"),
	N_("this operation of futex(2)"),
	N_("a system call other than futex"),
	N_("an atomic access of 16 bytes"),
	/* loading */
	N_("it exports no `%s`"),
	N_("its .size is %u bytes, not in 1 … %u"),
	/* what a thread does, in a list */
	N_("thread %u sleeps in %s() (%s)"),
	N_("thread %u sleeps (%s)"),
	N_("thread %u waits in %s() (%s)"),
	N_("thread %u waits in %s()"),
	N_("thread %u waits (%s)"),
	N_("thread %u waits"),
};

enum { ARGUMENTS_MAX = 6, DEPTH_MAX = 3 };

struct argument {
	const char *begin;
	size_t length;
	bool number;
};

static char *translate(const char *words, unsigned depth);

/* The length of a conversion at "%…": "%u", "%llu", "%s". */
static size_t conversion(const char *at)
{
	return strcspn(at, "uds") + 1;
}

/* Whether `words` is the template filled in; if so, with what. */
static bool match(const char *pattern, const char *words, struct argument *arguments, size_t n)
{
	while (*pattern != '\0' && *pattern != '%') {
		if (*pattern++ != *words++)
			return false;
	}
	if (*pattern == '\0' || n == ARGUMENTS_MAX)
		return *pattern == *words;
	size_t skip = conversion(pattern);
	bool number = pattern[skip - 1] != 's';
	size_t most = number ? strspn(words, "-0123456789") : strlen(words);
	/* A number is all of its digits, words as few as will do. */
	for (size_t length = number && most > 0 ? most : 1; length <= most; length++) {
		arguments[n] = (struct argument){ words, length, number };
		if (match(pattern + skip, words + length, arguments, n + 1))
			return true;
	}
	return false;
}

/* Fills a translation in, whose conversions may be numbered: "%2$s". */
static char *fill(const char *translation, char *const *values)
{
	struct text text = { 0 };
	size_t next = 0;
	for (const char *at = translation; *at != '\0';) {
		if (*at != '%') {
			text_append(&text, at++, 1);
			continue;
		}
		bool numbered = isdigit((unsigned char)at[1]) && at[2] == '$';
		size_t which = numbered ? (size_t)(at[1] - '1') : next++;
		text_add(&text, which < ARGUMENTS_MAX && values[which] != NULL ? values[which] : "");
		at += conversion(at);
	}
	return text_take(&text);
}

static char *translate_by(const char *template, const struct argument *arguments, unsigned depth)
{
	char *values[ARGUMENTS_MAX] = { NULL };
	for (size_t i = 0; i < ARGUMENTS_MAX && arguments[i].begin != NULL; i++) {
		values[i] = xstrndup(arguments[i].begin, arguments[i].length);
		if (!arguments[i].number && depth < DEPTH_MAX)
			text_replace(&values[i], translate(values[i], depth + 1));
	}
	char *filled = fill(gettext(template), values);
	for (size_t i = 0; i < ARGUMENTS_MAX; i++)
		free(values[i]);
	return filled;
}

/* NULL: no template fits. */
static char *translate_whole(const char *words, unsigned depth)
{
	for (size_t i = 0; i < sizeof(templates) / sizeof(templates[0]); i++) {
		struct argument arguments[ARGUMENTS_MAX] = { 0 };
		if (match(templates[i], words, arguments, 0))
			return translate_by(templates[i], arguments, depth);
	}
	return NULL;
}

/* "0, 1 and 2", "thread 0 waits, thread 1 sleeps": each by itself. */
static char *translate_list(const char *words, unsigned depth)
{
	const char *comma = strstr(words, ", "), *and = strstr(words, " and ");
	const char *between = comma != NULL ? comma : and;
	if (between == NULL || depth == 0)
		return NULL;
	char *first = xstrndup(words, (size_t)(between - words));
	char *one = translate(first, DEPTH_MAX);
	char *rest = translate(between + strlen(comma != NULL ? ", " : " and "), depth);
	char *list = xasprintf("%s%s%s", one, comma != NULL ? ", " : _(" and "), rest);
	free(first);
	free(one);
	free(rest);
	return list;
}

static char *translate(const char *words, unsigned depth)
{
	/* Of several threads each by itself: the words of one would fit the rest of the list as well. */
	char *known = strstr(words, ", thread ") != NULL ? translate_list(words, depth) : NULL;
	if (known == NULL)
		known = translate_whole(words, depth);
	if (known == NULL)
		known = translate_list(words, depth);
	return known != NULL ? known : xstrdup(words);
}

/* What the explorer says of processes is what it says of threads, with the other word. */
static char *translate_of_processes(const char *sentence)
{
	if (strcmp(_("thread"), "thread") == 0)
		return NULL;
	char *many = text_replaced(sentence, "processes", "threads"),
	     *of_threads = text_replaced(many, "process", "thread");
	char *known = translate_whole(of_threads, 0);
	if (known != NULL) {
		text_replace(&known, text_replaced(known, _("threads"), _("processes")));
		text_replace(&known, text_replaced(known, _("thread"), _("process")));
	}
	free(many);
	free(of_threads);
	return known;
}

char *said_translated(const char *sentence)
{
	char *known = NULL;
	if (sentence[0] == '\0')
		return xstrdup("");
	/* A workload's own words are no template. */
	const char *whole = gettext(sentence);
	if (whole != sentence)
		return xstrdup(whole);
	known = translate_whole(sentence, 0);
	if (known == NULL)
		known = translate_of_processes(sentence);
	return known != NULL ? known : xstrdup(sentence);
}
