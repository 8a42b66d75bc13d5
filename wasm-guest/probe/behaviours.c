/* What tests make a process do. Each says on standard error why it failed. */
#include "probe.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MISSING = -1 };

static int failed(const char *what)
{
	fprintf(stderr, "probe: %s: %s\n", what, strerror(errno));
	return 1;
}

static int exit_with(int argc, char **argv)
{
	return argc > 1 ? atoi(argv[1]) : 0;
}

/* Seconds with a fraction; without a number for ever. Says "awake" when nothing interrupted it. */
static int sleep_for(int argc, char **argv)
{
	const double seconds = argc > 1 ? atof(argv[1]) : 1e9;
	const struct timespec wanted = { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9) };
	if (nanosleep(&wanted, NULL) != 0)
		return failed("sleep");
	puts("awake");
	return 0;
}

/* Computes without a system call; with a number of seconds it looks at the clock now and then. */
static int spin(int argc, char **argv)
{
	volatile unsigned long count = 0;
	if (argc < 2)
		for (;;)
			count++;
	const time_t end = time(NULL) + atoi(argv[1]);
	while (time(NULL) < end)
		for (int i = 0; i < 1000000; i++)
			count++;
	printf("%lu\n", count);
	return 0;
}

static int write_text(const char *path, const char *text, int flags)
{
	const size_t length = strlen(text);
	const int fd = open(path, O_WRONLY | O_CREAT | flags, 0666);
	if (fd < 0)
		return failed(path);
	const ssize_t written = write(fd, text, length);
	if (written != (ssize_t)length || close(fd) != 0)
		return failed(path);
	return 0;
}

static int write_file(int argc, char **argv)
{
	return argc < 3 ? MISSING : write_text(argv[1], argv[2], O_TRUNC);
}

static int append_file(int argc, char **argv)
{
	return argc < 3 ? MISSING : write_text(argv[1], argv[2], O_APPEND);
}

static int print_file(int argc, char **argv)
{
	size_t length;
	char *text = argc < 2 ? NULL : read_file(argv[1], &length);
	if (text == NULL)
		return argc < 2 ? MISSING : failed(argv[1]);
	const bool all = fwrite(text, 1, length, stdout) == length;
	free(text);
	return all && fflush(stdout) == 0 ? 0 : failed("standard output");
}

static void *volatile last_block; /* the compiler must not see that nobody reads them */

/* Touches that many MiB in steps of one, says how many it got, waits for the end of its input when it got all. */
static int use_memory(int argc, char **argv)
{
	const int wanted = argc > 1 ? atoi(argv[1]) : 1;
	for (int got = 0; got < wanted; got++) {
		char *block = malloc(1 << 20);
		if (block == NULL) {
			printf("%d MiB, then: %s\n", got, strerror(errno));
			return 1;
		}
		memset(block, 1, 1 << 20);
		last_block = block;
	}
	printf("%d MiB\n", wanted);
	(void)fflush(stdout);
	while (getchar() != EOF)
		;
	return 0;
}

/* As many children as it is let, up to N; says how many, ends them. */
static int fork_bomb(int argc, char **argv)
{
	const int wanted = argc > 1 ? atoi(argv[1]) : 1;
	pid_t *children = calloc((size_t)wanted + 1, sizeof *children);
	int count = 0, error = 0;
	while (children != NULL && count < wanted) {
		const pid_t pid = fork();
		if (pid == 0)
			for (;;)
				(void)pause();
		if (pid < 0) {
			error = errno;
			break;
		}
		children[count++] = pid;
	}
	for (int i = 0; i < count; i++)
		(void)kill(children[i], SIGKILL);
	while (wait(NULL) > 0)
		;
	printf("%d children%s%s\n", count, error == 0 ? "" : ", then: ", error == 0 ? "" : strerror(error));
	free(children);
	return 0;
}

static volatile sig_atomic_t ended;

static void tell(int number)
{
	printf("SIG%s\n", sigabbrev_np(number));
	(void)fflush(stdout);
	ended |= number == SIGTERM;
}

/* Handlers for all that can be handled, each prints its name; TERM ends it. Says "ready" first. */
static int print_signals(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = tell };
	sigset_t none, all;
	(void)argc;
	(void)argv;
	sigemptyset(&none);
	sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, NULL);
	for (int number = 1; number <= SIGSYS; number++)
		if (number != SIGKILL && number != SIGSTOP && sigaction(number, &action, NULL) != 0)
			return failed("sigaction");
	puts("ready");
	(void)fflush(stdout);
	while (!ended)
		(void)sigsuspend(&none);
	return 0;
}

static int kill_itself(int argc, char **argv)
{
	if (argc < 2)
		return MISSING;
	(void)signal(atoi(argv[1]), SIG_DFL);
	return kill(getpid(), atoi(argv[1])) == 0 ? 0 : failed("kill");
}

static int print_descriptors(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	report_descriptors();
	putchar('\n');
	return 0;
}

/* What a fault of the program does: `trap`, `read` beyond the memory, `stack` without end. */
static volatile unsigned depth_limit = -1U;
static unsigned recurse(unsigned depth)
{
	volatile unsigned frame[64];
	frame[depth % 64] = depth;
	return depth == depth_limit ? 0 : recurse(depth + 1) + frame[(depth + 1) % 64];
}

static int fault(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "trap";
	if (strcmp(kind, "stack") == 0)
		return (int)recurse(0);
	if (strcmp(kind, "read") == 0)
		return *(volatile int *)0xfffffff0;
	__builtin_trap();
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} behaviours[] = {
	{ "exit", exit_with },
	{ "sleep", sleep_for },
	{ "spin", spin },
	{ "write", write_file },
	{ "append", append_file },
	{ "read", print_file },
	{ "mem", use_memory },
	{ "forkbomb", fork_bomb },
	{ "signals", print_signals },
	{ "kill-self", kill_itself },
	{ "print-fds", print_descriptors },
	{ "fault", fault },
};

int behave(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours; i++) {
		if (strcmp(argv[0], behaviours[i].name) != 0)
			continue;
		const int status = behaviours[i].run(argc, argv);
		if (status != MISSING)
			return status;
		fprintf(stderr, "probe: %s: an argument is missing\n", argv[0]);
		return 2;
	}
	fprintf(stderr, "probe: %s: no such behaviour\n", argv[0]);
	return 2;
}
