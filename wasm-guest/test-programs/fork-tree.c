/* fork: memory is copied, children and their children are waited for with real statuses. */
#include "check.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int shared = 1;

/* A tree of this depth with two children a node; its exit status is the number of its nodes. */
static int tree(int depth)
{
	int nodes = 1, status;
	if (depth == 0)
		return nodes;
	for (int i = 0; i < 2; i++) {
		const pid_t pid = fork();
		if (pid == 0)
			_exit(tree(depth - 1));
		if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
			return 0;
		nodes += WEXITSTATUS(status);
	}
	return nodes;
}

static void copies_memory(void)
{
	int local = 5, status;
	char *heap = malloc(100000);
	memset(heap, 'p', 100000);
	const pid_t pid = fork();
	if (pid == 0) {
		const bool same = shared == 1 && local == 5 && heap[99999] == 'p';
		shared = local = 7;
		memset(heap, 'c', 100000);
		_exit(same && heap[0] == 'c' ? 42 : 1);
	}
	CHECK(pid > 0);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42);
	CHECK(shared == 1 && local == 5 && heap[0] == 'p' && heap[99999] == 'p');
	free(heap);
}

static void waits(void)
{
	int status;
	CHECK_ERROR(waitpid(-1, &status, 0), ECHILD);
	CHECK_ERROR(waitpid(getpid(), &status, 0), ECHILD);
	const pid_t sleeper = fork();
	if (sleeper == 0)
		for (;;)
			(void)pause();
	CHECK(waitpid(sleeper, &status, WNOHANG) == 0);
	CHECK(kill(sleeper, SIGSTOP) == 0);
	CHECK(waitpid(sleeper, &status, WUNTRACED) == sleeper);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK(kill(sleeper, SIGCONT) == 0);
	CHECK(waitpid(sleeper, &status, WCONTINUED) == sleeper && WIFCONTINUED(status));
	CHECK(kill(sleeper, SIGKILL) == 0);
	CHECK(waitpid(sleeper, &status, 0) == sleeper);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	CHECK_ERROR(kill(sleeper, 0), ESRCH);
}

static void ids(void)
{
	int status;
	const pid_t own = getpid();
	const pid_t pid = fork();
	if (pid == 0)
		_exit(getppid() == own && getpid() != own && getpgrp() == getpgid(own) && setsid() == getpid() && getsid(0) == getpid() ? 0 : 1);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
}

int main(void)
{
	CHECK(tree(3) == 15);
	copies_memory();
	waits();
	ids();
	/* Unflushed output belongs to both after fork; _exit drops the child's. */
	printf("once\n");
	const pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	CHECK(waitpid(pid, NULL, 0) == pid);
	return finish("fork-tree");
}
