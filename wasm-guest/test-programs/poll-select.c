/* poll, ppoll and select on pipes and files: readiness, timeouts, closed ends, masks. */
#include "check.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long milliseconds(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static void write_later(int fd, int delay)
{
	if (fork() == 0) {
		const struct timespec pause = { 0, delay * 1000000L };
		(void)nanosleep(&pause, NULL);
		(void)!write(fd, "x", 1);
		_exit(0);
	}
}

static void polls(void)
{
	int fds[2];
	CHECK(pipe(fds) == 0);
	struct pollfd both[] = { { fds[0], POLLIN, 0 }, { fds[1], POLLOUT, 0 }, { -1, POLLIN, 0 } };
	CHECK(poll(both, 3, 0) == 1 && both[0].revents == 0 && both[1].revents == POLLOUT && both[2].revents == 0);
	long start = milliseconds();
	CHECK(poll(both, 1, 50) == 0);
	CHECK(milliseconds() - start >= 49);
	write_later(fds[1], 20);
	start = milliseconds();
	CHECK(poll(both, 1, 5000) == 1 && both[0].revents == POLLIN && milliseconds() - start < 4000);
	CHECK(wait(NULL) > 0);
	(void)close(fds[1]);
	CHECK(poll(both, 1, -1) == 1 && both[0].revents == (POLLIN | POLLHUP));
	char byte;
	CHECK(read(fds[0], &byte, 1) == 1);
	CHECK(poll(both, 1, -1) == 1 && both[0].revents == POLLHUP);
	(void)close(fds[0]);
	CHECK(poll(both, 1, 0) == 1 && both[0].revents == POLLNVAL);
	CHECK(pipe(fds) == 0);
	(void)close(fds[0]);
	struct pollfd broken = { fds[1], POLLOUT, 0 };
	CHECK(poll(&broken, 1, 0) == 1 && (broken.revents & POLLERR));
	(void)close(fds[1]);
	const int file = open("/dev/null", O_RDWR);
	struct pollfd ready = { file, POLLIN | POLLOUT, 0 };
	CHECK(poll(&ready, 1, -1) == 1 && ready.revents == (POLLIN | POLLOUT));
	(void)close(file);
}

static void selects(void)
{
	int fds[2];
	fd_set readers, writers;
	CHECK(pipe(fds) == 0);
	FD_ZERO(&readers);
	FD_ZERO(&writers);
	FD_SET(fds[0], &readers);
	FD_SET(fds[1], &writers);
	struct timeval none = { 0, 0 };
	CHECK(select(fds[1] + 1, &readers, &writers, NULL, &none) == 1);
	CHECK(!FD_ISSET(fds[0], &readers) && FD_ISSET(fds[1], &writers));
	write_later(fds[1], 10);
	FD_SET(fds[0], &readers);
	CHECK(select(fds[0] + 1, &readers, NULL, NULL, NULL) == 1 && FD_ISSET(fds[0], &readers));
	CHECK(wait(NULL) > 0);
	(void)close(fds[0]);
	(void)close(fds[1]);
	FD_SET(fds[0], &readers);
	CHECK_ERROR(select(fds[0] + 1, &readers, NULL, NULL, &none), EBADF);
	none.tv_usec = 1000;
	CHECK(select(0, NULL, NULL, NULL, &none) == 0);
}

static volatile sig_atomic_t seen;

static void note(int number)
{
	seen = number;
}

static void masks(void)
{
	sigset_t set, none;
	const struct timespec limit = { 5, 0 };
	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	/* A handler interrupts a poll in spite of SA_RESTART, and only ppoll's mask lets it in. */
	(void)signal(SIGUSR1, note);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0 && seen == 0);
	CHECK(poll(NULL, 0, 10) == 0 && seen == 0);
	CHECK_ERROR(ppoll(NULL, 0, &limit, &none), EINTR);
	CHECK(seen == SIGUSR1);
	CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
}

int main(void)
{
	polls();
	selects();
	masks();
	return finish("poll-select");
}
