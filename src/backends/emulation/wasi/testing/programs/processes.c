/* fork, vfork, exec, pipes, wait, setjmp: each case is chosen by argv[1] and prints what happened. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tsrun/syscalls.h>
#include <unistd.h>

static int fork_(int copy) {
	int32_t pid = -1;
	int32_t error = tsrun_proc_fork(copy, &pid);
	return error ? -error : pid;
}
static int wait_(int pid) {
	int32_t status = -1, got = 0;
	int32_t error = tsrun_proc_wait(pid, 0, &status, &got, NULL);
	return error ? -error : status;
}

/* A child writes more than a pipe holds while the parent reads in odd sizes. */
static int piped(void) {
	int32_t r, w;
	if (tsrun_fd_pipe(&r, &w)) return 1;
	int pid = fork_(1);
	if (pid == 0) {
		close(r);
		static unsigned char out[200001];
		for (size_t i = 0; i < sizeof out; i++) out[i] = (unsigned char)(i * 7);
		for (size_t done = 0; done < sizeof out;) {
			ssize_t n = write(w, out + done, sizeof out - done);
			if (n < 0) _Exit(9);
			done += (size_t)n;
		}
		_Exit(3);
	}
	close(w);
	unsigned char *in = malloc(777);
	size_t total = 0;
	int bad = 0;
	for (ssize_t n; (n = read(r, in, 777)) > 0;)
		for (ssize_t i = 0; i < n; i++, total++) bad += in[i] != (unsigned char)(total * 7);
	printf("read %zu bytes, %d wrong, child status %d\n", total, bad, wait_(pid) >> 8);
	return 0;
}

/* Locals and heap of parent and child are their own after a fork deep in the stack. */
static int deep(int n, int *heap) {
	char mark[64];
	snprintf(mark, sizeof mark, "frame %d", n);
	if (n > 0) {
		int result = deep(n - 1, heap);
		char want[64];
		snprintf(want, sizeof want, "frame %d", n);
		return strcmp(mark, want) == 0 ? result : 99;
	}
	int pid = fork_(1);
	if (pid == 0) {
		*heap = 41;
		return 1;
	}
	int status = wait_(pid);
	return *heap == 1 ? 100 + (status >> 8) : 98;
}

static int vforked(char **argv) {
	volatile int shared = 1;
	int pid = fork_(0);
	if (pid == 0) {
		shared = 2; /* the parent's memory */
		char *child_argv[] = {argv[0], "child", NULL}, *env[] = {"NAME=executed", NULL};
		tsrun_proc_execve(argv[0], strlen(argv[0]), child_argv, env, 0);
		_Exit(127);
	}
	int status = wait_(pid);
	printf("shared %d, child status %d\n", shared, status >> 8);
	return 0;
}

/* The vfork child has to wait before it executes: the parent must go on meanwhile and be intact. */
static int vfork_blocks(void) {
	int32_t r, w;
	if (tsrun_fd_pipe(&r, &w)) return 1;
	int pid = fork_(0);
	if (pid == 0) {
		char c = 0;
		ssize_t n = read(r, &c, 1); /* empty until the parent writes */
		_Exit(n == 1 ? c : 1);
	}
	char c = 42;
	write(w, &c, 1);
	printf("child status %d\n", wait_(pid) >> 8);
	return 0;
}

static int jumps(void) {
	static uint64_t buffer[8];
	volatile int times = 0;
	int32_t value = -1;
	tsrun_stack_checkpoint(buffer, &value);
	times++;
	if (value < 3) tsrun_stack_restore(buffer, value + 1);
	printf("value %d after %d times\n", value, times);
	return 0;
}

int main(int argc, char **argv) {
	const char *what = argc > 1 ? argv[1] : "";
	if (!strcmp(what, "child")) {
		printf("child: NAME=%s\n", getenv("NAME"));
		return 5;
	}
	if (!strcmp(what, "pipe")) return piped();
	if (!strcmp(what, "deep")) {
		int *heap = malloc(sizeof *heap);
		*heap = 1;
		int result = deep(20, heap);
		if (*heap == 41) return 17; /* child */
		printf("deep: %d\n", result);
		return 0;
	}
	if (!strcmp(what, "vfork")) return vforked(argv);
	if (!strcmp(what, "vfork-blocks")) return vfork_blocks();
	if (!strcmp(what, "setjmp")) return jumps();
	if (!strcmp(what, "trap")) __builtin_trap();
	if (!strcmp(what, "segv")) return *(volatile char *)0xfffffff0u;
	if (!strcmp(what, "fpe")) return argc / (argc - 2);
	return 1;
}
