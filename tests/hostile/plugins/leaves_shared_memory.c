#include "hostile.h"
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
static void attack(void)
{
	must_fail(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600), "shmget");
	must_fail(semget(IPC_PRIVATE, 1, IPC_CREAT | 0600), "semget");
	must_fail(msgget(IPC_PRIVATE, IPC_CREAT | 0600), "msgget");
	must_fail(syscall(SYS_mq_open, "left", O_CREAT | O_RDWR, 0600, NULL), "mq_open");
	must_fail(shm_open("/syncgrade-hostile-left", O_CREAT | O_RDWR, 0600), "shm_open");
	must_fail(syscall(SYS_memfd_create, "left", 0), "memfd_create");
}
