/*
 * Computes without a system call. Without an argument for ever (it must be killed); `alarm`: until a signal handler that an
 * alarm runs says so; `killed`: kills a child that computes.
 */
#include "check.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile unsigned long turns;
static volatile sig_atomic_t done;

static void stop(int number)
{
	done = number;
}

static int until_alarm(void)
{
	(void)signal(SIGALRM, stop);
	(void)ualarm(50000, 0);
	while (!done)
		turns++;
	CHECK(done == SIGALRM && turns > 0);
	return finish("spin");
}

/* The child is killed while it computes, after it told that it began. */
static int killed(void)
{
	int fds[2], status;
	char byte;
	CHECK(pipe(fds) == 0);
	const pid_t pid = fork();
	if (pid == 0) {
		(void)!write(fds[1], "x", 1);
		for (;;)
			turns++;
	}
	CHECK(read(fds[0], &byte, 1) == 1);
	for (int i = 0; i < 20000000; i++)
		turns++;
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return finish("spin");
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "alarm") == 0)
		return until_alarm();
	if (argc > 1 && strcmp(argv[1], "killed") == 0)
		return killed();
	(void)!write(1, "spinning\n", 9);
	for (;;)
		turns++;
}
