/*
 * What the files of this library share. A call to the kernel gives a WASI errno; afterwards handlers of signals that are
 * due must run, and a call that a signal interrupted is made again when POSIX says so.
 */
#ifndef TSRUN_INTERNAL_H
#define TSRUN_INTERNAL_H
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <tsrun/syscalls.h>

/* 1 while a signal with a handler waits (signal_flag). */
extern volatile uint32_t __tsrun_signal_due;

/* Runs the handlers that are due. Gives whether the call that ended with `error` must be made again. */
bool __tsrun_restarts(int32_t error); /* calls that SA_RESTART restarts */
bool __tsrun_continues(int32_t error); /* calls that end with EINTR after any handler: only spurious wake-ups repeat */

#define TSRUN_INTERRUPTED(error) (__tsrun_signal_due || (error) == EINTR)
/* error = call, until it is not interrupted. */
#define TSRUN_RESTART(error, call) \
	do \
		(error) = (call); \
	while (TSRUN_INTERRUPTED(error) && __tsrun_restarts(error))
#define TSRUN_CONTINUE(error, call) \
	do \
		(error) = (call); \
	while (TSRUN_INTERRUPTED(error) && __tsrun_continues(error))

/* Handlers are not run while a library structure (the heap) is in pieces; see heap.c. */
extern volatile int __tsrun_critical;

static inline int __tsrun_result(int32_t error)
{
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}

/* For calls that neither wait nor are interrupted: result -1 and errno. */
#define TSRUN_SIMPLE(call) \
	__extension__({ \
		int32_t error_; \
		TSRUN_RESTART(error_, call); \
		__tsrun_result(error_); \
	})

static inline uint32_t __tsrun_length(const char *path)
{
	return (uint32_t)strlen(path);
}

#define TSRUN_SECOND UINT64_C(1000000000)

/* Of a signed number: tv_nsec counts forwards before 1970, too. */
static inline struct timespec __tsrun_timespec(uint64_t ns)
{
	const int64_t second = (int64_t)TSRUN_SECOND, within = ((int64_t)ns % second + second) % second;
	return (struct timespec){ .tv_sec = (time_t)(((int64_t)ns - within) / second), .tv_nsec = (long)within };
}

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t __tsrun_monotonic(void);
/* fd_poll with a timeout that survives spurious wake-ups; < 0 waits for ever. Gives a WASI errno. */
int32_t __tsrun_poll(struct tsrun_pollfd *fds, uint32_t count, int64_t timeout_ns, const uint64_t *mask, uint32_t *ready);
/* Where execvp would find `name`; `buffer` has PATH_MAX bytes. NULL and errno when nowhere. */
const char *__tsrun_search(const char *name, char *buffer);

#endif
