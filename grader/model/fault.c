#include "fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static void set(struct fault *fault, enum fault_owner owner, const char *format, va_list arguments)
{
	text_replace(&fault->message, xvasprintf(format, arguments));
	fault->owner = owner;
}

int fault_submission(struct fault *fault, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	set(fault, FAULT_SUBMISSION, format, arguments);
	va_end(arguments);
	return -EINVAL;
}

int fault_exercise(struct fault *fault, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	set(fault, FAULT_EXERCISE, format, arguments);
	va_end(arguments);
	return -EINVAL;
}

int fault_machine(struct fault *fault, int error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	set(fault, FAULT_MACHINE, format, arguments);
	va_end(arguments);
	if (error > 0)
		text_replace(&fault->message, xasprintf("%s: %s", fault->message, strerror(error)));
	return error > 0 ? -error : -EIO;
}

void fault_free(struct fault *fault)
{
	free(fault->message);
	*fault = (struct fault){ 0 };
}
