/* Waiting for descriptors: poll and select over one call of the kernel. */
#include "internal.h"
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>

_Static_assert(sizeof(struct pollfd) == sizeof(struct tsrun_pollfd), "poll passes the caller's array on");

int32_t __tsrun_poll(struct tsrun_pollfd *fds, uint32_t count, int64_t timeout_ns, const uint64_t *mask, uint32_t *ready)
{
	const uint64_t start = timeout_ns > 0 ? __tsrun_monotonic() : 0;
	int64_t left = timeout_ns;
	for (;;) {
		const int32_t error = tsrun_fd_poll(fds, count, left, mask, ready);
		if (!TSRUN_INTERRUPTED(error) || !__tsrun_continues(error))
			return error;
		if (timeout_ns > 0) {
			const int64_t passed = (int64_t)(__tsrun_monotonic() - start);
			left = passed < timeout_ns ? timeout_ns - passed : 0;
		}
	}
}

static int64_t duration(const struct timespec *timeout)
{
	return timeout == NULL ? -1 : (int64_t)timeout->tv_sec * (int64_t)TSRUN_SECOND + timeout->tv_nsec;
}

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
	uint32_t ready = 0;
	const int32_t error = __tsrun_poll((struct tsrun_pollfd *)fds, (uint32_t)count, duration(timeout), mask, &ready);
	return error == 0 ? (int)ready : __tsrun_result(error);
}

int poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
	const struct timespec timeout = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
	return ppoll(fds, count, milliseconds < 0 ? NULL : &timeout, NULL);
}

static bool has(int fd, const fd_set *set)
{
	return set != NULL && FD_ISSET(fd, set);
}

static int answer(int fd, int revents, int events, fd_set *set)
{
	if (set == NULL || !FD_ISSET(fd, set))
		return 0;
	if (revents & events)
		return 1;
	FD_CLR(fd, set);
	return 0;
}

int pselect(int limit, fd_set *restrict readers, fd_set *restrict writers, fd_set *restrict others,
	const struct timespec *restrict timeout, const sigset_t *restrict mask)
{
	if (limit < 0 || limit > FD_SETSIZE) {
		errno = EINVAL;
		return -1;
	}
	struct tsrun_pollfd *fds = limit == 0 ? NULL : calloc((size_t)limit, sizeof *fds);
	uint32_t count = 0, ready = 0;
	if (limit > 0 && fds == NULL)
		return -1;
	for (int fd = 0; fd < limit; fd++) {
		const int events = (has(fd, readers) ? POLLIN : 0) | (has(fd, writers) ? POLLOUT : 0) | (has(fd, others) ? POLLPRI : 0);
		if (events != 0)
			fds[count++] = (struct tsrun_pollfd){ .fd = fd, .events = (int16_t)events };
	}
	int32_t error = __tsrun_poll(fds, count, duration(timeout), mask, &ready);
	for (uint32_t i = 0; error == 0 && i < count; i++)
		if (fds[i].revents & POLLNVAL)
			error = EBADF;
	int total = 0;
	for (uint32_t i = 0; error == 0 && i < count; i++) {
		total += answer(fds[i].fd, fds[i].revents, POLLIN | POLLHUP | POLLERR, readers);
		total += answer(fds[i].fd, fds[i].revents, POLLOUT | POLLERR, writers);
		total += answer(fds[i].fd, fds[i].revents, POLLPRI, others);
	}
	free(fds);
	return error == 0 ? total : __tsrun_result(error);
}

int select(int limit, fd_set *restrict readers, fd_set *restrict writers, fd_set *restrict others, struct timeval *restrict timeout)
{
	if (timeout == NULL)
		return pselect(limit, readers, writers, others, NULL, NULL);
	const struct timespec wanted = { timeout->tv_sec, (long)timeout->tv_usec * 1000 };
	return pselect(limit, readers, writers, others, &wanted, NULL);
}
