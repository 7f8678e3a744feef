/* a wake-up without a reason, in a loop that looks again and sleeps again: nothing comes of it */
#include <pthread.h>

#include "litmus.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int go, x;

THREADS
T(0)
{
	pthread_mutex_lock(&mutex);
	while (!go)
		pthread_cond_wait(&condition, &mutex);
	r[0] = x;
	pthread_mutex_unlock(&mutex);
}
T(1)
{
	pthread_mutex_lock(&mutex);
	x = 1;
	pthread_mutex_unlock(&mutex);
	pthread_cond_signal(&condition);
	pthread_mutex_lock(&mutex);
	x = 2;
	go = 1;
	pthread_mutex_unlock(&mutex);
	pthread_cond_signal(&condition);
}
T(2)
{
	pthread_mutex_lock(&mutex);
	r[1] = x;
	x = 3;
	pthread_mutex_unlock(&mutex);
}
END

    FINAL(r[2] = x)

	LITMUS = { .name = "CV_in_vain",
		   .threads = 3,
		   .least = "202",
		   .most = "323",
		   .forbidden_c11 = "203 213 222 302 303 312 313 322",
		   .forbidden_sc = "203 213 222 302 303 312 313 322",
		   .executions_c11 = 126,
		   .executions_sc = 126 };
