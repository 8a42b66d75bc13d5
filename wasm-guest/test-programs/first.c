#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <poll.h>

static void handler(int number)
{
	printf("signal %d\n", number);
}

int main(int argc, char **argv)
{
	int fds[2], status;
	struct stat st;
	struct termios t;
	char buffer[10];
	signal(SIGUSR1, handler);
	if (pipe(fds) != 0)
		return 1;
	pid_t pid = fork();
	if (pid == 0) {
		(void)!write(fds[1], "hello", 5);
		if (argc > 1)
			execvp(argv[1], argv + 1);
		_exit(3);
	}
	ssize_t n = read(fds[0], buffer, sizeof buffer);
	waitpid(pid, &status, 0);
	raise(SIGUSR1);
	printf("%zd %d %d %d\n", n, status, stat("/", &st), tcgetattr(0, &t));
	jmp_buf j;
	int v = setjmp(j);
	printf("setjmp %d\n", v);
	if (v < 3)
		longjmp(j, v + 1);
	chmod("/tmp/x", 0600);
	system("echo hi");
	popen("x", "r");
	return poll(NULL, 0, 10);
}
