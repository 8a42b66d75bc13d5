/* Signals: handlers, masks, restarted and interrupted calls, alarms, waiting for signals. */
#include "check.h"
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t seen[NSIG], order[8], count;

static void note(int number)
{
	seen[number]++;
	if (count < 8)
		order[count++] = number;
}

static void install(int number, int flags)
{
	struct sigaction action = { .sa_handler = note, .sa_flags = flags };
	seen[number] = 0;
	CHECK(sigaction(number, &action, NULL) == 0);
}

/* In a child: sends `number` to us after a little while. */
static pid_t send_later(int number, int milliseconds)
{
	const pid_t pid = fork();
	if (pid == 0) {
		const struct timespec pause = { 0, milliseconds * 1000000L };
		(void)nanosleep(&pause, NULL);
		(void)kill(getppid(), number);
		_exit(0);
	}
	return pid;
}

static void dispositions(void)
{
	struct sigaction old;
	install(SIGUSR1, 0);
	CHECK(raise(SIGUSR1) == 0 && seen[SIGUSR1] == 1);
	CHECK(sigaction(SIGUSR1, NULL, &old) == 0 && old.sa_handler == note);
	CHECK(signal(SIGUSR1, SIG_IGN) == note);
	CHECK(raise(SIGUSR1) == 0 && seen[SIGUSR1] == 1);
	CHECK(sigaction(SIGUSR1, NULL, &old) == 0 && old.sa_handler == SIG_IGN);
	CHECK(signal(SIGUSR1, SIG_DFL) == SIG_IGN);
	CHECK(sigaction(SIGUSR2, NULL, &old) == 0 && old.sa_handler == SIG_DFL);
	CHECK_ERROR(sigaction(SIGKILL, &(struct sigaction){ .sa_handler = note }, NULL), EINVAL);
	install(SIGUSR2, SA_RESETHAND);
	CHECK(raise(SIGUSR2) == 0 && seen[SIGUSR2] == 1);
	CHECK(sigaction(SIGUSR2, NULL, &old) == 0 && old.sa_handler == SIG_DFL);
}

static void masks(void)
{
	sigset_t set, old, pending;
	install(SIGUSR1, 0);
	install(SIGUSR2, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set, &old) == 0 && !sigismember(&old, SIGUSR1));
	CHECK(raise(SIGUSR1) == 0 && raise(SIGUSR1) == 0 && raise(SIGUSR2) == 0);
	CHECK(seen[SIGUSR1] == 0 && seen[SIGUSR2] == 1);
	CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR1) && !sigismember(&pending, SIGUSR2));
	CHECK(sigprocmask(SIG_SETMASK, &old, NULL) == 0);
	CHECK(seen[SIGUSR1] == 1);
}

/* While a handler runs its signal and those of sa_mask wait: they come after it, not inside. */
static volatile sig_atomic_t inside;

static void raising(int number)
{
	CHECK(!inside);
	inside = 1;
	note(number);
	if (seen[SIGUSR1] == 1) {
		(void)raise(SIGUSR1);
		(void)raise(SIGUSR2);
	}
	inside = 0;
}

static void handler_masks(void)
{
	struct sigaction action = { .sa_handler = raising };
	sigset_t now;
	count = 0;
	seen[SIGUSR1] = seen[SIGUSR2] = 0;
	sigaddset(&action.sa_mask, SIGUSR1);
	sigaddset(&action.sa_mask, SIGUSR2);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0 && sigaction(SIGUSR2, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(seen[SIGUSR1] == 2 && seen[SIGUSR2] == 1);
	CHECK(sigprocmask(SIG_BLOCK, NULL, &now) == 0 && !sigismember(&now, SIGUSR1) && !sigismember(&now, SIGUSR2));
	/* SA_NODEFER: inside. */
	action.sa_flags = SA_NODEFER | SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	const pid_t pid = fork();
	if (pid == 0) {
		seen[SIGUSR1] = 0;
		(void)raise(SIGUSR1);
		_exit(0);
	}
	int status;
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1);
}

static void interruption(void)
{
	int fds[2];
	char byte;
	CHECK(pipe(fds) == 0);
	install(SIGUSR1, 0);
	pid_t pid = send_later(SIGUSR1, 20);
	CHECK_ERROR(read(fds[0], &byte, 1), EINTR);
	CHECK(seen[SIGUSR1] == 1);
	CHECK(waitpid(pid, NULL, 0) == pid);

	install(SIGUSR1, SA_RESTART);
	pid = fork();
	if (pid == 0) {
		const struct timespec moment = { 0, 20000000 };
		(void)nanosleep(&moment, NULL);
		(void)kill(getppid(), SIGUSR1);
		(void)nanosleep(&moment, NULL);
		(void)!write(fds[1], "r", 1);
		_exit(0);
	}
	CHECK(read(fds[0], &byte, 1) == 1 && byte == 'r' && seen[SIGUSR1] == 1);
	CHECK(waitpid(pid, NULL, 0) == pid);

	/* Sleeps never restart, and tell what was left. */
	struct timespec wanted = { 10, 0 }, left = { 0, 0 };
	pid = send_later(SIGUSR1, 20);
	CHECK_ERROR(nanosleep(&wanted, &left), EINTR);
	CHECK(left.tv_sec == 9 && left.tv_nsec > 0);
	CHECK(waitpid(pid, NULL, 0) == pid);
	pid = send_later(SIGUSR1, 20);
	CHECK_ERROR(pause(), EINTR);
	CHECK(waitpid(pid, NULL, 0) == pid);
	(void)close(fds[0]);
	(void)close(fds[1]);
}

static void waiting(void)
{
	sigset_t set, none;
	int number = 0, status;
	const struct timespec moment = { 0, 1000000 };
	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGCHLD);
	install(SIGUSR1, 0);
	install(SIGCHLD, 0);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	pid_t pid = send_later(SIGUSR1, 10);
	while (seen[SIGUSR1] == 0)
		CHECK_ERROR(sigsuspend(&none), EINTR);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	sigset_t current;
	CHECK(sigprocmask(SIG_BLOCK, NULL, &current) == 0 && sigismember(&current, SIGUSR1));
	(void)signal(SIGCHLD, SIG_DFL);
	sigdelset(&set, SIGCHLD);
	seen[SIGUSR1] = 0;
	CHECK(raise(SIGUSR1) == 0 && sigwait(&set, &number) == 0 && number == SIGUSR1 && seen[SIGUSR1] == 0);
	CHECK_ERROR(sigtimedwait(&set, NULL, &moment), EAGAIN);
	pid = send_later(SIGUSR1, 10);
	CHECK(sigwaitinfo(&set, NULL) == SIGUSR1);
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
}

static void alarms(void)
{
	struct itimerval timer = { { 0, 10000 }, { 0, 10000 } }, left;
	install(SIGALRM, 0);
	CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0);
	while (seen[SIGALRM] < 3)
		(void)pause();
	CHECK(getitimer(ITIMER_REAL, &left) == 0 && left.it_interval.tv_usec == 10000);
	timer = (struct itimerval){ { 0, 0 }, { 0, 0 } };
	CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0);
	CHECK(alarm(100) == 0);
	CHECK(alarm(0) >= 99);
}

static sigjmp_buf back;

static void leave(int number)
{
	siglongjmp(back, number);
}

static void jumps(void)
{
	sigset_t mask;
	(void)signal(SIGUSR1, leave);
	const int number = sigsetjmp(back, 1);
	if (number == 0) {
		(void)raise(SIGUSR1);
		CHECK(!"the handler came back");
	}
	CHECK(number == SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, NULL, &mask) == 0 && !sigismember(&mask, SIGUSR1));
	/* And again, out of a blocking call. */
	const pid_t pid = send_later(SIGUSR1, 10);
	if (sigsetjmp(back, 1) == 0)
		for (;;)
			(void)pause();
	CHECK(waitpid(pid, NULL, 0) == pid);
	(void)signal(SIGUSR1, SIG_DFL);
}

static void deaths(void)
{
	static const int deadly[] = { SIGHUP, SIGINT, SIGTERM, SIGABRT, SIGKILL };
	int status;
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
		const pid_t pid = fork();
		if (pid == 0) {
			if (deadly[i] == SIGABRT)
				abort();
			(void)signal(deadly[i], SIG_DFL);
			for (;;)
				(void)pause();
		}
		if (deadly[i] != SIGABRT)
			CHECK(kill(pid, deadly[i]) == 0);
		CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == deadly[i]);
	}
}

int main(void)
{
	dispositions();
	masks();
	handler_masks();
	interruption();
	waiting();
	alarms();
	jumps();
	deaths();
	CHECK(strcmp(strsignal(SIGTERM), "Terminated") == 0);
	return finish("signals");
}
