#include "peer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "debugger.h"
#include "translate.h"

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static int make_board(struct peer *peer)
{
	peer->board_fd = memfd_create("board", MFD_CLOEXEC);
	if (peer->board_fd < 0 || ftruncate(peer->board_fd, BOARD_SIZE) < 0)
		return -errno;
	void *board = mmap(NULL, BOARD_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, peer->board_fd, 0);
	if (board == MAP_FAILED)
		return -errno;
	peer->board = board;
	peer->board->magic = BOARD_MAGIC;
	return 0;
}

int peer_start(struct peer *peer, const struct peer_start *start, struct fault *fault)
{
	static const char *const environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };
	const char *argv[] = { start->path, NULL };
	const char *readable[] = { start->libraries, start->workload_path, NULL };
	int wire[2] = { -1, -1 }, output[2] = { -1, -1 };
	const char *stage = "making the board";
	*peer = (struct peer){
		.child = { .pid = -1, .pidfd = -1, .lifeline_fd = -1 }, .wire_fd = -1, .output_fd = -1, .board_fd = -1
	};
	output_init(&peer->output, (size_t)start->output_kib * 1024);
	int r = make_board(peer);
	if (r < 0)
		goto out;
	stage = "making a socket";
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, wire) < 0 ||
	    pipe2(output, O_CLOEXEC | O_NONBLOCK) < 0) {
		r = -errno;
		goto out;
	}
	/* Only our end does not block: what the worker prints must not fail for it. */
	if (fcntl(output[1], F_SETFL, 0) < 0 || fcntl(wire[0], F_SETFL, O_NONBLOCK) < 0) {
		r = -errno;
		goto out;
	}
	struct launch launch = {
		.sandbox = start->sandbox,
		.path = start->path,
		.argv = argv,
		.envp = environment,
		.folder = start->folder,
		.readable = readable,
		.output_fd = output[1],
		.wire_fd = wire[1],
		.board_fd = peer->board_fd,
		.fixed_addresses = start->fixed_addresses,
		/* ThreadSanitizer's start writes a temporary file. */
		.limits = { .cpu_ms = start->cpu_ms,
			    .file_kib = 16384,
			    .files = 64,
			    .memory_kib = start->memory_kib,
			    .tasks = start->threads },
	};
	if (start->debugger == NULL) {
		r = launch_start(&launch, &peer->child, &stage);
	} else {
		stage = _("gdb: is it installed?");
		r = debugger_start(start->debugger, start->path, wire[1], peer->board_fd, &peer->child);
	}
	peer->wire_fd = wire[0];
	peer->output_fd = output[0];
	wire[0] = output[0] = -1;
out:
	close_fd(&wire[0]);
	close_fd(&wire[1]);
	close_fd(&output[0]);
	close_fd(&output[1]);
	return r < 0 ? fault_machine(fault, -r, _("%s cannot be started (%s)"), start->path, stage) : 0;
}

void peer_watched(const struct peer *peer, struct pollfd fds[PEER_FDS])
{
	fds[0] = (struct pollfd){ .fd = peer->wire_fd, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = peer->output_fd, .events = POLLIN };
	fds[2] = (struct pollfd){ .fd = peer->child.pidfd, .events = POLLIN };
}

/* One look at all three descriptors. */
static enum peer_event look(struct peer *peer, int wait_ms, union frame *frame)
{
	struct pollfd fds[PEER_FDS];
	peer_watched(peer, fds);
	int ready = poll(fds, PEER_FDS, wait_ms);
	if (ready <= 0)
		return PEER_TICK;
	if (fds[1].revents != 0 && !output_drain(&peer->output, peer->output_fd))
		close_fd(&peer->output_fd);
	if (fds[0].revents != 0) {
		int r = frame_receive(peer->wire_fd, frame);
		if (r == 0)
			return PEER_FRAME;
		if (r == -EBADMSG)
			return PEER_BAD;
		if (r != -EAGAIN)
			close_fd(
			    &peer->wire_fd); /* it has closed its end: nothing more will come, but it may still run */
	}
	if (fds[2].revents == 0)
		return PEER_TICK;
	/* Frames that were sent before the end are read before the end is told: also those that came after poll() had
	 * looked at the socket and before it looked at the process. */
	return peer->wire_fd >= 0 && frame_receive(peer->wire_fd, frame) == 0 ? PEER_FRAME : PEER_ENDED;
}

enum peer_event peer_wait(struct peer *peer, int wait_ms, union frame *frame)
{
	return look(peer, wait_ms, frame);
}

void peer_send(struct peer *peer, struct frame_header *header, enum frame_type type, size_t length)
{
	if (peer->wire_fd >= 0)
		(void)frame_send(peer->wire_fd, header, type, length);
}

struct child_end peer_stop(struct peer *peer)
{
	struct child_end end = { 0 };
	if (peer->child.pid > 0) {
		launch_kill(&peer->child);
		end = launch_reap(&peer->child);
	}
	if (peer->output_fd >= 0)
		output_drain(&peer->output, peer->output_fd);
	close_fd(&peer->output_fd);
	close_fd(&peer->wire_fd);
	close_fd(&peer->board_fd);
	if (peer->board != NULL)
		munmap(peer->board, BOARD_SIZE);
	peer->board = NULL;
	return end;
}
