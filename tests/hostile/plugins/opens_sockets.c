#include "hostile.h"
static void attack(void)
{
	static const int families[] = { AF_UNIX,   AF_INET, AF_INET6, AF_NETLINK,
					AF_PACKET, AF_ALG,  AF_VSOCK, AF_BLUETOOTH };
	int pair[2];
	for (unsigned i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		must_fail(socket(families[i], SOCK_STREAM, 0), "a stream socket");
		must_fail(socket(families[i], SOCK_DGRAM, 0), "a datagram socket");
		must_fail(socket(families[i], SOCK_RAW, 0), "a raw socket");
	}
	must_fail(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
}
