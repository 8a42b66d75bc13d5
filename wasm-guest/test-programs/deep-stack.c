/* A deep stack can be suspended, copied and gone on with. `overflow`: it ends in a fault and harms nothing else. */
#include "check.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int forked_at_the_bottom(void)
{
	int status;
	const struct timespec moment = { 0, 1000000 };
	(void)nanosleep(&moment, NULL);
	const pid_t pid = fork();
	if (pid == 0)
		return 0;
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static pid_t first;

/* Gives depth + what the bottom gave; checks each frame's memory on the way up. */
static int dive(int depth)
{
	volatile unsigned char frame[32];
	for (int i = 0; i < 32; i++)
		frame[i] = (unsigned char)(depth + i);
	const int below = depth == 0 ? forked_at_the_bottom() : dive(depth - 1) + 1;
	for (int i = 0; i < 32; i++)
		if (frame[i] != (unsigned char)(depth + i))
			return -1000000;
	return below;
}

static volatile int endless = 1;

static int overflow(int depth)
{
	volatile char frame[512];
	frame[depth % 512] = 1;
	return endless ? overflow(depth + 1) + frame[depth % 512] : 0;
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "overflow") == 0)
		return overflow(0);
	const int depth = argc > 1 ? atoi(argv[1]) : 500;
	first = getpid();
	const int result = dive(depth);
	if (getpid() != first)
		_exit(result == depth ? 77 : 1);
	CHECK(result == depth + 77);
	/* The child overflows its stack: a signal ends it, not us. */
	int status;
	const pid_t pid = fork();
	if (pid == 0)
		_exit(overflow(0));
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
	return finish("deep-stack");
}
