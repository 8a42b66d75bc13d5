/* Pipes: nothing is lost or changed with sizes around and beyond their buffer, odd chunks, both directions at once. */
#include "check.h"
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned char byte_at(size_t position)
{
	return (unsigned char)(position * 2654435761U >> 13);
}

static uint64_t add(uint64_t sum, const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sum = (sum ^ bytes[i]) * UINT64_C(1099511628211);
	return sum;
}

static bool produce(int fd, size_t total, size_t chunk)
{
	unsigned char *buffer = malloc(chunk);
	for (size_t done = 0; done < total;) {
		const size_t count = total - done < chunk ? total - done : chunk;
		for (size_t i = 0; i < count; i++)
			buffer[i] = byte_at(done + i);
		for (size_t sent = 0; sent < count;) {
			const ssize_t wrote = write(fd, buffer + sent, count - sent);
			if (wrote <= 0)
				return false;
			sent += (size_t)wrote;
		}
		done += count;
	}
	free(buffer);
	return true;
}

static size_t consume(int fd, size_t chunk, uint64_t *sum)
{
	unsigned char *buffer = malloc(chunk);
	size_t total = 0;
	ssize_t got;
	*sum = 14695981039346656037U;
	while ((got = read(fd, buffer, chunk)) > 0) {
		*sum = add(*sum, buffer, (size_t)got);
		total += (size_t)got;
	}
	free(buffer);
	return got == 0 ? total : (size_t)-1;
}

static uint64_t expected(size_t total)
{
	uint64_t sum = 14695981039346656037U;
	for (size_t i = 0; i < total; i++) {
		const unsigned char byte = byte_at(i);
		sum = add(sum, &byte, 1);
	}
	return sum;
}

/* A child produces, we consume. */
static void one_way(size_t total, size_t write_chunk, size_t read_chunk)
{
	int fds[2], status;
	uint64_t sum;
	CHECK(pipe(fds) == 0);
	const pid_t pid = fork();
	if (pid == 0) {
		(void)close(fds[0]);
		_exit(produce(fds[1], total, write_chunk) ? 0 : 1);
	}
	(void)close(fds[1]);
	CHECK(consume(fds[0], read_chunk, &sum) == total);
	CHECK(sum == expected(total));
	(void)close(fds[0]);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
}

/* producer | copier with its own chunk | we. */
static void through_copier(size_t total, size_t chunk)
{
	int in[2], out[2], status;
	uint64_t sum;
	CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe(out) == 0);
	const pid_t producer = fork();
	if (producer == 0) {
		(void)close(in[0]);
		(void)close(out[0]);
		(void)close(out[1]);
		_exit(produce(in[1], total, 1021) ? 0 : 1);
	}
	const pid_t copier = fork();
	if (copier == 0) {
		unsigned char *buffer = malloc(chunk);
		ssize_t got;
		(void)close(in[1]);
		(void)close(out[0]);
		while ((got = read(in[0], buffer, chunk)) > 0)
			for (ssize_t sent = 0; sent < got;) {
				const ssize_t wrote = write(out[1], buffer + sent, (size_t)(got - sent));
				if (wrote <= 0)
					_exit(1);
				sent += wrote;
			}
		_exit(got == 0 ? 0 : 1);
	}
	(void)close(in[0]);
	(void)close(in[1]);
	(void)close(out[1]);
	CHECK(consume(out[0], 4093, &sum) == total);
	CHECK(sum == expected(total));
	(void)close(out[0]);
	CHECK(waitpid(producer, &status, 0) == producer && status == 0);
	CHECK(waitpid(copier, &status, 0) == copier && status == 0);
}

static void ends(void)
{
	int fds[2], status;
	char byte;
	CHECK(pipe(fds) == 0);
	const pid_t pid = fork();
	if (pid == 0) {
		(void)close(fds[0]);
		/* Nobody reads: the default action ends us. */
		(void)!write(fds[1], "x", 1);
		_exit(0);
	}
	(void)close(fds[0]);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
	(void)signal(SIGPIPE, SIG_IGN);
	CHECK_ERROR(write(fds[1], "x", 1), EPIPE);
	(void)close(fds[1]);
	CHECK(pipe(fds) == 0);
	CHECK(fcntl(fds[0], F_SETFL, O_NONBLOCK) == 0 && (fcntl(fds[0], F_GETFL) & O_NONBLOCK));
	CHECK_ERROR(read(fds[0], &byte, 1), EAGAIN);
	(void)close(fds[1]);
	CHECK(read(fds[0], &byte, 1) == 0);
	(void)close(fds[0]);
	CHECK_ERROR(read(fds[0], &byte, 1), EBADF);
}

int main(void)
{
	static const size_t sizes[] = { 0, 1, 7, 511, 4095, 4096, 4097, 65535, 65536, 65537, 131071, 300007 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		one_way(sizes[i], 997, 65536);
		one_way(sizes[i], 70001, 509);
	}
	one_way(1000003, 131072, 131072);
	through_copier(200003, 3);
	through_copier(500009, 8191);
	ends();
	return finish("pipe-transfer");
}
