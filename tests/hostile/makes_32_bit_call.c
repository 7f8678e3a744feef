/* Whether this machine's kernel takes a 32-bit system call at all: exit status 0, else SIGSEGV or 1. */
#include <unistd.h>

int main(void)
{
	long result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory"); /* getpid */
	return result == getpid() ? 0 : 1;
}
