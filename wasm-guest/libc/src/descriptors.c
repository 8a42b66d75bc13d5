/* Descriptors: copies, pipes, flags, terminals' ioctl. */
#include "internal.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

int dup(int fd)
{
	int32_t copy = -1;
	return TSRUN_SIMPLE(tsrun_fd_dup(fd, &copy)) == 0 ? copy : -1;
}

int dup2(int fd, int target)
{
	if (fd == target)
		return fcntl(fd, F_GETFD) < 0 ? -1 : target;
	return TSRUN_SIMPLE(tsrun_fd_dup3(fd, target, 0)) == 0 ? target : -1;
}

int dup3(int fd, int target, int flags)
{
	if (fd == target || (flags & ~O_CLOEXEC)) {
		errno = EINVAL;
		return -1;
	}
	return TSRUN_SIMPLE(tsrun_fd_dup3(fd, target, (flags & O_CLOEXEC) != 0)) == 0 ? target : -1;
}

int pipe2(int fds[2], int flags)
{
	int32_t reader, writer;
	if (TSRUN_SIMPLE(tsrun_fd_pipe2(&reader, &writer, (uint32_t)flags)) != 0)
		return -1;
	fds[0] = reader;
	fds[1] = writer;
	return 0;
}

int pipe(int fds[2])
{
	return pipe2(fds, 0);
}

static int get_flags(int fd, bool of_descriptor)
{
	uint32_t status = 0, cloexec = 0;
	if (TSRUN_SIMPLE(tsrun_fd_flags_get(fd, &status, &cloexec)) != 0)
		return -1;
	return of_descriptor ? (cloexec ? FD_CLOEXEC : 0) : (int)status;
}

int fcntl(int fd, int command, ...)
{
	va_list arguments;
	va_start(arguments, command);
	const int argument = va_arg(arguments, int);
	va_end(arguments);
	int32_t copy = -1;
	switch (command) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return TSRUN_SIMPLE(tsrun_fd_dup_from(fd, argument, command == F_DUPFD_CLOEXEC, &copy)) == 0 ? copy : -1;
	case F_GETFD:
	case F_GETFL:
		return get_flags(fd, command == F_GETFD);
	case F_SETFD:
		return TSRUN_SIMPLE(tsrun_fd_cloexec_set(fd, (argument & FD_CLOEXEC) != 0));
	case F_SETFL:
		return TSRUN_SIMPLE(tsrun_fd_flags_set(fd, (uint32_t)argument));
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
		/* The kernel has no record locks: a program must not believe that it holds one. */
		errno = ENOSYS;
		return -1;
	default:
		errno = EINVAL;
		return -1;
	}
}

int flock(int fd, int operation)
{
	(void)operation;
	if (fcntl(fd, F_GETFD) >= 0)
		errno = ENOSYS;
	return -1;
}

int lockf(int fd, int operation, off_t length)
{
	(void)length;
	return flock(fd, operation);
}

int ioctl(int fd, int request, ...)
{
	va_list arguments;
	va_start(arguments, request);
	void *argument = va_arg(arguments, void *);
	va_end(arguments);
	if (request == FIOCLEX || request == FIONCLEX)
		return fcntl(fd, F_SETFD, request == FIOCLEX ? FD_CLOEXEC : 0);
	if (request == FIONBIO) {
		const int flags = fcntl(fd, F_GETFL);
		return flags < 0 ? -1 : fcntl(fd, F_SETFL, *(int *)argument ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
	}
	int32_t error;
	TSRUN_RESTART(error, tsrun_fd_ioctl(fd, (uint32_t)request, argument));
	return __tsrun_result(error);
}
