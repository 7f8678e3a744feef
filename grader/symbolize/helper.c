#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dwarf_file.h"
#include "question.h"

#define QUESTION_CPU_S_MAX 5u
#define CPU_S_MAX 600u /* of all questions: for one who has taken the process over */
#define MEMORY_BYTES_MAX (UINT64_C(1) << 30)
#define SOCKET_FD 3
#define FILE_FD 4

static void limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(resource, &now) == 0 && now.rlim_max > most)
		setrlimit(resource, &(struct rlimit){ most, most });
}

/* Only 3 and 4 stay open; both may be where the other belongs, so they pass through high numbers. */
static int keep_two(int socket_fd, int file_fd)
{
	int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	int high_socket = fcntl(socket_fd, F_DUPFD, 10), high_file = fcntl(file_fd, F_DUPFD, 10);
	if (null_fd < 0 || high_socket < 0 || high_file < 0)
		return -errno;
	for (int fd = 0; fd < SOCKET_FD; fd++) {
		if (null_fd != fd && dup2(null_fd, fd) < 0)
			return -errno;
	}
	if (dup2(high_socket, SOCKET_FD) < 0 || dup2(high_file, FILE_FD) < 0 || close_range(FILE_FD + 1, ~0u, 0) < 0)
		return -errno;
	return 0;
}

static int give_up_rights(int socket_fd, int file_fd)
{
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_CPU, CPU_S_MAX);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) /* whose shadow takes terabytes */
	limit(RLIMIT_AS, MEMORY_BYTES_MAX);
#endif
	return keep_two(socket_fd, file_fd);
}

/* Processor time for one question more: how many there are is the honest reader's affair. */
static void allow_a_question(void)
{
	struct rlimit now;
	struct rusage used;
	if (getrlimit(RLIMIT_CPU, &now) < 0 || getrusage(RUSAGE_SELF, &used) < 0)
		return;
	rlim_t until = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1 + QUESTION_CPU_S_MAX;
	now.rlim_cur = until < now.rlim_max ? until : now.rlim_max;
	setrlimit(RLIMIT_CPU, &now);
}

static void answer_question(struct dwarf_file *file, const struct question *question, struct answer *answer)
{
	switch (question->kind) {
	case QUESTION_PLACE:
		dwarf_file_place(file, question->offset, answer);
		break;
	case QUESTION_VARIABLE:
		dwarf_file_variable(file, question->offset, question->size, answer);
		break;
	case QUESTION_MEMBER:
		dwarf_file_member(file, question->tag, question->offset, question->size, answer);
		break;
	case QUESTION_POINTED:
		dwarf_file_pointed(file, question->tag, question->offset, question->within, question->size, answer);
		break;
	default:
		break;
	}
}

_Noreturn void helper_serve(int socket_fd, int file_fd)
{
	if (give_up_rights(socket_fd, file_fd) < 0)
		_exit(1);
	struct dwarf_file file;
	dwarf_file_init(&file, FILE_FD);
	struct question question;
	while (recv(SOCKET_FD, &question, sizeof(question), 0) == (ssize_t)sizeof(question)) {
		struct answer answer = { 0 };
		question.tag[QUESTION_TAG_MAX - 1] = '\0';
		allow_a_question();
		answer_question(&file, &question, &answer);
		if (send(SOCKET_FD, &answer, sizeof(answer), MSG_NOSIGNAL) < 0)
			break;
	}
	_exit(0);
}
