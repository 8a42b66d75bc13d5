/* posix_spawn, vfork, exec and what they keep: itself is the program that it starts (argv[0] is its path). */
#include "check.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *self;

/* Runs and gives its status. */
static int status_of(pid_t pid)
{
	int status = -1;
	return waitpid(pid, &status, 0) == pid ? status : -1;
}

/* As a child: `MODE …` */
static int child(char **argv)
{
	if (strcmp(argv[1], "exit") == 0)
		return atoi(argv[2]);
	if (strcmp(argv[1], "env") == 0)
		return getenv("SPAWN_TEST") != NULL && strcmp(getenv("SPAWN_TEST"), argv[2]) == 0 ? 0 : 1;
	if (strcmp(argv[1], "cat") == 0) {
		char buffer[100];
		const ssize_t got = read(0, buffer, sizeof buffer);
		return got > 0 && write(1, buffer, (size_t)got) == got ? 0 : 1;
	}
	if (strcmp(argv[1], "closed") == 0)
		return fcntl(atoi(argv[2]), F_GETFD) < 0 && errno == EBADF ? 0 : 1;
	if (strcmp(argv[1], "open") == 0)
		return fcntl(atoi(argv[2]), F_GETFD) == 0 ? 0 : 1;
	if (strcmp(argv[1], "group") == 0)
		return getpgrp() == getpid() ? 0 : 1;
	if (strcmp(argv[1], "session") == 0)
		return getsid(0) == getpid() ? 0 : 1;
	if (strcmp(argv[1], "cwd") == 0) {
		char cwd[200];
		return getcwd(cwd, sizeof cwd) != NULL && strcmp(cwd, argv[2]) == 0 ? 0 : 1;
	}
	if (strcmp(argv[1], "signals") == 0) {
		struct sigaction usr1, usr2;
		sigset_t mask;
		(void)sigaction(SIGUSR1, NULL, &usr1);
		(void)sigaction(SIGUSR2, NULL, &usr2);
		(void)sigprocmask(SIG_BLOCK, NULL, &mask);
		/* An ignored signal stays ignored, one with a handler is default, the mask is inherited. */
		return usr1.sa_handler == SIG_DFL && usr2.sa_handler == SIG_IGN && sigismember(&mask, SIGHUP) == 1 ? 0 : 1;
	}
	return 99;
}

#define ARGUMENTS(...) ((char *const[]){ self, __VA_ARGS__, NULL })

static int spawned(const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const *argv)
{
	pid_t pid;
	const int error = posix_spawn(&pid, self, actions, attributes, argv, environ);
	errno = error;
	return error == 0 ? status_of(pid) : -1;
}

static void plain(void)
{
	pid_t pid;
	CHECK(WEXITSTATUS(spawned(NULL, NULL, ARGUMENTS("exit", "9"))) == 9);
	char *const environment[] = { "SPAWN_TEST=given", NULL };
	CHECK(posix_spawn(&pid, self, NULL, NULL, ARGUMENTS("env", "given"), environment) == 0 && status_of(pid) == 0);
	CHECK(posix_spawn(&pid, "/nowhere/at/all", NULL, NULL, ARGUMENTS("x"), environ) == ENOENT);
	CHECK(posix_spawn(&pid, "/", NULL, NULL, ARGUMENTS("x"), environ) == EACCES);
	CHECK(posix_spawnp(&pid, "no-such-program", NULL, NULL, ARGUMENTS("x"), environ) == ENOENT);
	CHECK_ERROR(waitpid(-1, NULL, 0), ECHILD);
}

static void file_actions(void)
{
	posix_spawn_file_actions_t actions;
	int in[2], out[2];
	char buffer[16];
	pid_t pid;
	CHECK(pipe(in) == 0 && pipe(out) == 0);
	CHECK(posix_spawn_file_actions_init(&actions) == 0);
	CHECK(posix_spawn_file_actions_adddup2(&actions, in[0], 0) == 0);
	CHECK(posix_spawn_file_actions_adddup2(&actions, out[1], 1) == 0);
	for (int i = 0; i < 2; i++) {
		CHECK(posix_spawn_file_actions_addclose(&actions, in[i]) == 0);
		CHECK(posix_spawn_file_actions_addclose(&actions, out[i]) == 0);
	}
	CHECK(write(in[1], "through", 7) == 7);
	CHECK(posix_spawn(&pid, self, &actions, NULL, ARGUMENTS("cat"), environ) == 0 && status_of(pid) == 0);
	CHECK(read(out[0], buffer, sizeof buffer) == 7 && memcmp(buffer, "through", 7) == 0);
	CHECK(posix_spawn_file_actions_destroy(&actions) == 0);
	CHECK(posix_spawn_file_actions_init(&actions) == 0);
	CHECK(posix_spawn_file_actions_addopen(&actions, 9, "/dev/null", O_RDONLY, 0) == 0);
	CHECK(spawned(&actions, NULL, ARGUMENTS("open", "9")) == 0);
	CHECK(posix_spawn_file_actions_addchdir_np(&actions, "/dev") == 0);
	CHECK(spawned(&actions, NULL, ARGUMENTS("cwd", "/dev")) == 0);
	CHECK(posix_spawn_file_actions_addopen(&actions, 8, "/nowhere/file", O_RDONLY, 0) == 0);
	CHECK(posix_spawn(&pid, self, &actions, NULL, ARGUMENTS("exit", "0"), environ) == ENOENT);
	CHECK(posix_spawn_file_actions_destroy(&actions) == 0);
	for (int i = 0; i < 2; i++) {
		(void)close(in[i]);
		(void)close(out[i]);
	}
}

static void nothing(int number)
{
	(void)number;
}

static void attributes(void)
{
	posix_spawnattr_t wanted;
	sigset_t mask;
	CHECK(posix_spawnattr_init(&wanted) == 0);
	CHECK(posix_spawnattr_setflags(&wanted, POSIX_SPAWN_SETPGROUP) == 0 && posix_spawnattr_setpgroup(&wanted, 0) == 0);
	CHECK(spawned(NULL, &wanted, ARGUMENTS("group")) == 0);
	CHECK(posix_spawnattr_setflags(&wanted, POSIX_SPAWN_SETSID) == 0);
	CHECK(spawned(NULL, &wanted, ARGUMENTS("session")) == 0);
	(void)signal(SIGUSR1, nothing);
	(void)signal(SIGUSR2, SIG_IGN);
	sigemptyset(&mask);
	sigaddset(&mask, SIGHUP);
	CHECK(posix_spawnattr_setflags(&wanted, POSIX_SPAWN_SETSIGMASK) == 0 && posix_spawnattr_setsigmask(&wanted, &mask) == 0);
	CHECK(spawned(NULL, &wanted, ARGUMENTS("signals")) == 0);
	(void)signal(SIGUSR2, SIG_DFL);
	CHECK(spawned(NULL, &wanted, ARGUMENTS("signals")) != 0);
	CHECK(posix_spawnattr_destroy(&wanted) == 0);
}

static void close_on_exec(void)
{
	char number[16];
	const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	(void)snprintf(number, sizeof number, "%d", fd);
	CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC);
	CHECK(spawned(NULL, NULL, ARGUMENTS("closed", number)) == 0);
	CHECK(fcntl(fd, F_SETFD, 0) == 0);
	CHECK(spawned(NULL, NULL, ARGUMENTS("open", number)) == 0);
	const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 20);
	CHECK(copy >= 20 && fcntl(copy, F_GETFD) == FD_CLOEXEC);
	CHECK(dup3(fd, 30, O_CLOEXEC) == 30 && fcntl(30, F_GETFD) == FD_CLOEXEC);
	(void)close(30);
	(void)close(copy);
	(void)close(fd);
}

static void executes(void)
{
	pid_t pid = fork();
	if (pid == 0) {
		(void)execl(self, self, "exit", "12", (char *)NULL);
		_exit(1);
	}
	CHECK(WEXITSTATUS(status_of(pid)) == 12);
	pid = fork();
	if (pid == 0) {
		(void)setenv("SPAWN_TEST", "set", 1);
		(void)execv(self, ARGUMENTS("env", "set"));
		_exit(1);
	}
	CHECK(status_of(pid) == 0);
	pid = fork();
	if (pid == 0) {
		char *const environment[] = { "SPAWN_TEST=list", NULL };
		(void)execle(self, self, "env", "list", (char *)NULL, environment);
		_exit(1);
	}
	CHECK(status_of(pid) == 0);
	/* PATH is that of our environment now. */
	pid = fork();
	if (pid == 0) {
		char directory[200];
		(void)snprintf(directory, sizeof directory, "/nowhere:%.*s", (int)(strrchr(self, '/') - self), self);
		(void)setenv("PATH", directory, 1);
		(void)execlp(strrchr(self, '/') + 1, self, "exit", "13", (char *)NULL);
		_exit(1);
	}
	CHECK(WEXITSTATUS(status_of(pid)) == 13);
	CHECK_ERROR(execl("/nowhere", "x", (char *)NULL), ENOENT);
	CHECK_ERROR(execl("/", "x", (char *)NULL), EACCES);
}

static void borrows(void)
{
	volatile int shared = 0;
	pid_t pid = vfork();
	if (pid == 0) {
		shared = 5;
		_exit(3);
	}
	CHECK(pid > 0 && shared == 5);
	CHECK(WEXITSTATUS(status_of(pid)) == 3);
	pid = vfork();
	if (pid == 0) {
		(void)execv(self, ARGUMENTS("exit", "14"));
		_exit(1);
	}
	CHECK(pid > 0 && WEXITSTATUS(status_of(pid)) == 14);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return child(argv);
	self = argv[0];
	plain();
	file_actions();
	attributes();
	close_on_exec();
	executes();
	borrows();
	return finish("spawn");
}
