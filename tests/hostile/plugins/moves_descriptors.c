#include "hostile.h"
static void attack(void)
{
	int fd = 3;
	char space[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec bytes = { &fd, sizeof(fd) };
	struct msghdr message = {
		.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space)
	};
	*CMSG_FIRSTHDR(&message) = (struct cmsghdr){ CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS };
	must_fail(dup(3), "dup");
	must_fail(dup2(2, 3), "dup2");
	must_fail(fcntl(3, F_DUPFD, 10), "F_DUPFD");
	must_fail(fcntl(1, F_SETFL, O_NONBLOCK), "F_SETFL");
	must_fail(fcntl(1, F_SETOWN, getppid()), "F_SETOWN");
	must_fail(sendmsg(3, &message, 0), "sendmsg");
	must_fail(shutdown(3, SHUT_RDWR), "shutdown");
	must_fail(write(4, "x", 1), "the board's descriptor");
	must_fail(ftruncate(4, 0), "cutting the board");
}
