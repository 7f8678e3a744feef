/* a wake-up without a reason, where each is counted: what comes of it is seen */
#include <pthread.h>

#include "litmus.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int go, woken;

THREADS
T(0)
{
	pthread_mutex_lock(&mutex);
	while (!go) {
		pthread_cond_wait(&condition, &mutex);
		woken++;
	}
	r[0] = woken;
	pthread_mutex_unlock(&mutex);
}
T(1)
{
	pthread_mutex_lock(&mutex);
	r[1] = woken;
	go = 1;
	pthread_mutex_unlock(&mutex);
	pthread_cond_signal(&condition);
}
END

    FINAL((void)r)

	LITMUS = { .name = "CV_counts",
		   .threads = 2,
		   .least = "00",
		   .most = "21",
		   .forbidden_c11 = "01 11 20",
		   .forbidden_sc = "01 11 20",
		   .executions_c11 = 7,
		   .executions_sc = 7 };
