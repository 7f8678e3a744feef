#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frames.h"
#include "output.h"
#include "scratch.h"

START_TEST(output_keeps_head_and_tail)
{
	struct output output;
	int pipe_fds[2];
	char letters[26];
	ck_assert_int_eq(pipe2(pipe_fds, O_NONBLOCK), 0);
	for (int i = 0; i < 26; i++)
		letters[i] = (char)('a' + i);
	output_init(&output, 8);
	ck_assert(output_drain(&output, pipe_fds[0]));
	ck_assert_ptr_null(output_text(&output));
	ck_assert_int_eq(write(pipe_fds[1], letters, 26), 26);
	ck_assert(output_drain(&output, pipe_fds[0]));
	close(pipe_fds[1]);
	ck_assert(!output_drain(&output, pipe_fds[0]));
	char *text = output_text(&output);
	ck_assert_str_eq(text, "abcd\n[… 18 bytes left out …]\nwxyz");
	free(text);
	output_fini(&output);
	close(pipe_fds[0]);
}
END_TEST

static int fds[2];

static void open_wire(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, fds), 0);
}

static void close_wire(void)
{
	close(fds[0]);
	close(fds[1]);
}

START_TEST(frames_arrive_as_they_were_sent)
{
	union frame frame;
	ck_assert_int_eq(frame_send_plain(fds[0], FRAME_TRIAL_DONE, 42), 0);
	ck_assert_int_eq(frame_send_text(fds[0], FRAME_TROUBLE, EIO, "no disk"), 0);
	ck_assert_int_eq(frame_receive(fds[1], &frame), 0);
	ck_assert_uint_eq(frame.header.type, FRAME_TRIAL_DONE);
	ck_assert_uint_eq(frame.plain.value, 42);
	ck_assert_int_eq(frame_receive(fds[1], &frame), 0);
	ck_assert_str_eq(frame.text.text, "no disk");
	ck_assert_int_eq(frame_receive(fds[1], &frame), -EAGAIN);
}
END_TEST

/* The last frames of a worker that ends without having read ours are not lost (the socket then says ECONNRESET first).
 */
START_TEST(frames_of_the_dead_are_read)
{
	union frame frame;
	ck_assert_int_eq(frame_send_plain(fds[1], FRAME_STOP, 0), 0);
	ck_assert_int_eq(frame_send_plain(fds[0], FRAME_DONE, 7), 0);
	close(fds[0]);
	ck_assert_int_eq(frame_receive(fds[1], &frame), 0);
	ck_assert_uint_eq(frame.plain.value, 7);
	ck_assert_int_eq(frame_receive(fds[1], &frame), -ENODATA);
	fds[0] = dup(fds[1]);
}
END_TEST

static void refused(const void *bytes, size_t length)
{
	union frame frame;
	ck_assert_int_eq((int)send(fds[0], bytes, length, 0), (int)length);
	ck_assert_int_eq(frame_receive(fds[1], &frame), -EBADMSG);
}

START_TEST(what_is_no_frame_is_refused)
{
	struct frame_plain good = {
		.header = { .magic = WIRE_MAGIC, .version = WIRE_VERSION, .type = FRAME_DONE, .length = sizeof(good) }
	};
	struct frame_plain bad = good;
	refused("x", 1);
	refused(&good, sizeof(good.header));
	bad.header.magic++;
	refused(&bad, sizeof(bad));
	bad = good;
	bad.header.version++;
	refused(&bad, sizeof(bad));
	bad = good;
	bad.header.type = 4711;
	refused(&bad, sizeof(bad));
	bad = good;
	bad.header.type = FRAME_REPORT; /* longer than it is */
	refused(&bad, sizeof(bad));
	bad = good;
	bad.header.length++;
	refused(&bad, sizeof(bad));
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_checked_fixture(tests, open_wire, close_wire);
	tcase_add_test(tests, output_keeps_head_and_tail);
	tcase_add_test(tests, frames_arrive_as_they_were_sent);
	tcase_add_test(tests, frames_of_the_dead_are_read);
	tcase_add_test(tests, what_is_no_frame_is_refused);
}

int main(void)
{
	return scratch_run("run", add);
}
