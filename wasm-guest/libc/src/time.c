/* Sleeping, alarms, CPU time. */
#include "internal.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <unistd.h>
#include <wasi/api.h>

uint64_t __tsrun_monotonic(void)
{
	__wasi_timestamp_t now = 0;
	(void)__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &now);
	return now;
}

static uint64_t clock_now(clockid_t clock)
{
	struct timespec now = { 0, 0 };
	(void)clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * TSRUN_SECOND + (uint64_t)now.tv_nsec;
}

static bool valid(const struct timespec *time)
{
	return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < (long)TSRUN_SECOND;
}

/* Gives an errno and what was left. */
static int sleep_for(uint64_t duration, uint64_t *left)
{
	const uint64_t start = __tsrun_monotonic();
	uint32_t ready;
	/* A poll without descriptors, and not poll_oneoff: after a stop and a spurious wake-up the rest is slept. */
	const int32_t error = __tsrun_poll(NULL, 0, (int64_t)duration, NULL, &ready);
	const uint64_t passed = __tsrun_monotonic() - start;
	*left = error == 0 || passed >= duration ? 0 : duration - passed;
	return error;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted, struct timespec *left)
{
	if (!valid(wanted))
		return EINVAL;
	uint64_t duration = (uint64_t)wanted->tv_sec * TSRUN_SECOND + (uint64_t)wanted->tv_nsec, rest = 0;
	if (flags & TIMER_ABSTIME) {
		const uint64_t now = clock_now(clock);
		duration = duration > now ? duration - now : 0;
	}
	if (duration > INT64_MAX)
		duration = INT64_MAX;
	const int error = sleep_for(duration, &rest);
	if (error == EINTR && left != NULL && !(flags & TIMER_ABSTIME))
		*left = __tsrun_timespec(rest);
	return error;
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
	return __tsrun_result(clock_nanosleep(CLOCK_MONOTONIC, 0, wanted, left));
}

unsigned sleep(unsigned seconds)
{
	uint64_t left = 0;
	return sleep_for(seconds * TSRUN_SECOND, &left) == 0 ? 0 : (unsigned)((left + TSRUN_SECOND - 1) / TSRUN_SECOND);
}

int usleep(unsigned microseconds)
{
	uint64_t left;
	return __tsrun_result(sleep_for((uint64_t)microseconds * 1000, &left));
}

static struct timeval microseconds(uint64_t ns)
{
	return (struct timeval){ (time_t)(ns / TSRUN_SECOND), (suseconds_t)(ns % TSRUN_SECOND / 1000) };
}

static uint64_t nanoseconds(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * TSRUN_SECOND + (uint64_t)time->tv_usec * 1000;
}

int setitimer(int which, const struct itimerval *restrict value, struct itimerval *restrict old)
{
	uint64_t left = 0, interval = 0;
	/* The kernel counts real time only. */
	if (which != ITIMER_REAL || value->it_value.tv_usec >= 1000000 || value->it_interval.tv_usec >= 1000000) {
		errno = EINVAL;
		return -1;
	}
	if (TSRUN_SIMPLE(tsrun_timer_set(nanoseconds(&value->it_value), nanoseconds(&value->it_interval), &left, &interval)) != 0)
		return -1;
	if (old != NULL)
		*old = (struct itimerval){ microseconds(interval), microseconds(left) };
	return 0;
}

/* The kernel has no call that only asks: the timer is stopped and goes on with what was left. */
int getitimer(int which, struct itimerval *value)
{
	const struct itimerval none = { { 0, 0 }, { 0, 0 } };
	if (setitimer(which, &none, value) != 0)
		return -1;
	return timerisset(&value->it_value) ? setitimer(which, value, NULL) : 0;
}

unsigned alarm(unsigned seconds)
{
	uint64_t left = 0, interval = 0;
	if (TSRUN_SIMPLE(tsrun_timer_set(seconds * TSRUN_SECOND, 0, &left, &interval)) != 0)
		return 0;
	return (unsigned)((left + TSRUN_SECOND - 1) / TSRUN_SECOND);
}

unsigned ualarm(unsigned value, unsigned interval)
{
	uint64_t left = 0, old = 0;
	if (TSRUN_SIMPLE(tsrun_timer_set((uint64_t)value * 1000, (uint64_t)interval * 1000, &left, &old)) != 0)
		return 0;
	return (unsigned)(left / 1000);
}

enum { USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM };
#define TICK (TSRUN_SECOND / 100)

clock_t times(struct tms *usage)
{
	uint64_t used[4] = { 0 };
	if (TSRUN_SIMPLE(tsrun_proc_times(used)) != 0)
		return -1;
	if (usage != NULL)
		*usage = (struct tms){
			(clock_t)(used[USER] / TICK),
			(clock_t)(used[SYSTEM] / TICK),
			(clock_t)(used[CHILDREN_USER] / TICK),
			(clock_t)(used[CHILDREN_SYSTEM] / TICK),
		};
	return (clock_t)(__tsrun_monotonic() / TICK);
}

/* In CLOCKS_PER_SEC, which wasi-libc has at a billion. */
clock_t clock(void)
{
	uint64_t used[4] = { 0 };
	return TSRUN_SIMPLE(tsrun_proc_times(used)) == 0 ? (clock_t)(used[USER] + used[SYSTEM]) : (clock_t)-1;
}

int getrusage(int who, struct rusage *usage)
{
	uint64_t used[4] = { 0 };
	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN) {
		errno = EINVAL;
		return -1;
	}
	if (TSRUN_SIMPLE(tsrun_proc_times(used)) != 0)
		return -1;
	const bool children = who == RUSAGE_CHILDREN;
	memset(usage, 0, sizeof *usage);
	usage->ru_utime = microseconds(used[children ? CHILDREN_USER : USER]);
	usage->ru_stime = microseconds(used[children ? CHILDREN_SYSTEM : SYSTEM]);
	if (!children)
		usage->ru_maxrss = (long)__builtin_wasm_memory_size(0) * 64;
	return 0;
}
