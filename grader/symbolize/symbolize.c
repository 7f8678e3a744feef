#include "symbolize.h"

#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper.h"
#include "question.h"
#include "text.h"

#define ANSWER_WAIT_S 60 /* by the clock: the child's own limit is of processor time, and ends it sooner */
#define STARTS_MAX 4u    /* after so many dead children, everything is unknown */

struct symbolizer {
	int file_fd;
	int socket_fd; /* -1: no child */
	pid_t child;
	unsigned starts;
	void *asked; /* tsearch(): all that was asked and answered, since a story asks the same at each step */
};

struct asked {
	struct question question;
	struct answer answer;
};

static int start(struct symbolizer *symbolizer)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return -errno;
	const struct timeval wait = { .tv_sec = ANSWER_WAIT_S };
	setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	symbolizer->starts++;
	symbolizer->child = fork();
	if (symbolizer->child == 0)
		helper_serve(ends[1], symbolizer->file_fd);
	int error = errno;
	close(ends[1]);
	if (symbolizer->child < 0) {
		close(ends[0]);
		return -error;
	}
	symbolizer->socket_fd = ends[0];
	return 0;
}

static void stop(struct symbolizer *symbolizer)
{
	if (symbolizer->socket_fd < 0)
		return;
	close(symbolizer->socket_fd);
	symbolizer->socket_fd = -1;
	kill(symbolizer->child, SIGKILL);
	while (waitpid(symbolizer->child, NULL, 0) < 0 && errno == EINTR)
		continue;
}

int symbolizer_open(struct symbolizer **symbolizer, const char *path, struct fault *fault)
{
	struct symbolizer *s = xcalloc(1, sizeof(*s));
	s->socket_fd = -1;
	s->file_fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int r = s->file_fd < 0 ? fault_machine(fault, errno, "%s: cannot be read", path) : 0;
	if (r == 0 && (r = start(s)) < 0)
		r = fault_machine(fault, -r, "%s: no process to read its debug information", path);
	if (r < 0) {
		symbolizer_close(s);
		s = NULL;
	}
	*symbolizer = s;
	return r;
}

void symbolizer_close(struct symbolizer *symbolizer)
{
	if (symbolizer == NULL)
		return;
	stop(symbolizer);
	if (symbolizer->file_fd >= 0)
		close(symbolizer->file_fd);
	tdestroy(symbolizer->asked, free);
	free(symbolizer);
}

static bool exchange(const struct symbolizer *symbolizer, const struct question *question, struct answer *answer)
{
	ssize_t count;
	while ((count = send(symbolizer->socket_fd, question, sizeof(*question), MSG_NOSIGNAL)) < 0 && errno == EINTR)
		continue;
	if (count != (ssize_t)sizeof(*question))
		return false;
	while ((count = recv(symbolizer->socket_fd, answer, sizeof(*answer), 0)) < 0 && errno == EINTR)
		continue;
	return count == (ssize_t)sizeof(*answer);
}

/* An empty answer if the child died of the question. */
static void ask_child(struct symbolizer *symbolizer, const struct question *question, struct answer *answer)
{
	bool lives = symbolizer->socket_fd >= 0 || (symbolizer->starts < STARTS_MAX && start(symbolizer) == 0);
	if (!lives || !exchange(symbolizer, question, answer)) {
		stop(symbolizer);
		*answer = (struct answer){ 0 };
	}
	answer->name[ANSWER_NAME_MAX - 1] = '\0';
	answer->outer[ANSWER_NAME_MAX - 1] = '\0';
	answer->file[ANSWER_NAME_MAX - 1] = '\0';
}

/* Of the questions, which come first and have no bytes between their members. */
static int compare_asked(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct question));
}

/* The answer is the symbolizer's. */
static const struct answer *ask(struct symbolizer *symbolizer, const struct question *question)
{
	struct asked **known = tfind(question, &symbolizer->asked, compare_asked);
	if (known == NULL) {
		struct asked *asked = xcalloc(1, sizeof(*asked));
		asked->question = *question;
		ask_child(symbolizer, question, &asked->answer);
		known = tsearch(asked, &symbolizer->asked, compare_asked);
		if (known == NULL)
			out_of_memory();
	}
	return &(*known)->answer;
}

static char *known(const char *string)
{
	return *string != '\0' ? xstrdup(string) : NULL;
}

bool symbolizer_place(struct symbolizer *symbolizer, uint64_t offset, struct source_place *place, char **outer)
{
	const struct answer *answer = ask(symbolizer, &(struct question){ .kind = QUESTION_PLACE, .offset = offset });
	*place =
	    (struct source_place){ .function = known(answer->name), .file = known(answer->file), .line = answer->line };
	if (outer != NULL)
		*outer = known(answer->outer);
	return place->function != NULL || place->file != NULL;
}

static char *known_data(const struct answer *answer, struct data_type *type)
{
	if (type != NULL)
		*type = (struct data_type){ .is_volatile = answer->is_volatile != 0,
					    .is_pointer = answer->is_pointer != 0,
					    .pointed = answer->pointed };
	return known(answer->name);
}

char *symbolizer_variable(struct symbolizer *symbolizer, uint64_t offset, uint64_t size, struct data_type *type)
{
	return known_data(
	    ask(symbolizer, &(struct question){ .kind = QUESTION_VARIABLE, .offset = offset, .size = size }), type);
}

/* A question of `struct <tag>`. */
static char *ask_of(struct symbolizer *symbolizer, struct question question, const char *tag, struct data_type *type)
{
	if (strlen(tag) >= sizeof(question.tag))
		return known_data(&(struct answer){ 0 }, type);
	strcpy(question.tag, tag);
	return known_data(ask(symbolizer, &question), type);
}

char *symbolizer_member(struct symbolizer *symbolizer, const char *tag, uint64_t offset, uint64_t size,
			struct data_type *type)
{
	return ask_of(symbolizer, (struct question){ .kind = QUESTION_MEMBER, .offset = offset, .size = size }, tag,
		      type);
}

char *symbolizer_pointed(struct symbolizer *symbolizer, const char *tag, uint64_t offset, uint64_t within,
			 uint64_t size, struct data_type *type)
{
	if (type != NULL)
		*type = (struct data_type){ 0 };
	if (within > UINT32_MAX)
		return NULL;
	return ask_of(
	    symbolizer,
	    (struct question){ .kind = QUESTION_POINTED, .offset = offset, .within = (uint32_t)within, .size = size },
	    tag, type);
}
