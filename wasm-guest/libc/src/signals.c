/*
 * Signal handlers live here, dispositions and masks in the kernel. The kernel sets a word of ours when a handler is due; it
 * is looked at after each system call and when the loop counter runs out (start.c).
 */
#include "internal.h"
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

volatile uint32_t __tsrun_signal_due;
volatile int __tsrun_critical;

static struct sigaction handlers[NSIG];
static bool flag_known;

/* sigwait and its like take these signals in place of their handlers. */
static sigset_t awaited;
static int caught;

enum { RAN = 1, RAN_WITHOUT_RESTART = 2 };

static void run(int number)
{
	const struct sigaction action = handlers[number];
	if (action.sa_flags & SA_SIGINFO) {
		siginfo_t info = { .si_signo = number };
		action.sa_sigaction(number, &info, NULL);
	} else {
		action.sa_handler(number);
	}
}

static int deliver(void)
{
	int outcome = 0;
	const int kept = errno;
	if (__tsrun_critical)
		return 0;
	for (;;) {
		struct tsrun_signal due = { 0, 0, 0 };
		if (tsrun_signal_next(&due) != 0 || due.signal == 0 || due.signal >= NSIG)
			break;
		if (sigismember(&awaited, (int)due.signal)) {
			caught = (int)due.signal;
			outcome |= RAN | RAN_WITHOUT_RESTART;
		} else {
			outcome |= due.flags & SA_RESTART ? RAN : RAN | RAN_WITHOUT_RESTART;
			run((int)due.signal);
		}
		(void)tsrun_signal_mask(SIG_SETMASK, &due.restore, NULL);
	}
	errno = kept;
	return outcome;
}

bool __tsrun_restarts(int32_t error)
{
	return !(deliver() & RAN_WITHOUT_RESTART) && error == EINTR;
}

bool __tsrun_continues(int32_t error)
{
	return deliver() == 0 && error == EINTR;
}

static uint32_t disposition_of(const struct sigaction *action)
{
	if (action->sa_handler == SIG_DFL)
		return TSRUN_SIG_DEFAULT;
	return action->sa_handler == SIG_IGN ? TSRUN_SIG_IGNORE : TSRUN_SIG_HANDLER;
}

static int32_t tell_kernel(int number, uint32_t disposition, const struct sigaction *action, uint32_t *before)
{
	return tsrun_signal_action((uint32_t)number, disposition, (uint32_t)action->sa_flags, action->sa_mask, before);
}

int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old)
{
	if (number <= 0 || number >= NSIG) {
		errno = EINVAL;
		return -1;
	}
	const struct sigaction previous = handlers[number];
	uint32_t before = TSRUN_SIG_DEFAULT;
	int32_t error = 0;
	if (action == NULL) {
		if (number != SIGKILL && number != SIGSTOP)
			error = tell_kernel(number, TSRUN_SIG_ASK, &previous, &before);
	} else {
		const struct sigaction wanted = *action;
		const uint32_t disposition = disposition_of(&wanted);
		if (disposition == TSRUN_SIG_HANDLER && !flag_known) {
			error = tsrun_signal_flag((uint32_t *)&__tsrun_signal_due);
			flag_known = error == 0;
		}
		/* Before the call: the signal may be due as soon as the kernel knows. */
		handlers[number] = wanted;
		if (error == 0)
			error = tell_kernel(number, disposition, &wanted, &before);
		if (error != 0)
			handlers[number] = previous;
	}
	if (error != 0)
		return __tsrun_result(error);
	if (old != NULL) {
		*old = (struct sigaction){ .sa_handler = SIG_DFL };
		if (before == TSRUN_SIG_IGNORE)
			old->sa_handler = SIG_IGN;
		else if (before == TSRUN_SIG_HANDLER)
			*old = previous;
	}
	if (__tsrun_signal_due)
		(void)deliver();
	return 0;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return TSRUN_SIMPLE(tsrun_signal_mask((uint32_t)how, set, old));
}

int sigpending(sigset_t *set)
{
	return TSRUN_SIMPLE(tsrun_signal_pending(set));
}

int sigsuspend(const sigset_t *mask)
{
	int32_t error;
	TSRUN_CONTINUE(error, tsrun_signal_suspend(mask));
	return __tsrun_result(error);
}

int pause(void)
{
	sigset_t mask;
	const int32_t error = tsrun_signal_mask(SIG_BLOCK, NULL, &mask);
	return error != 0 ? __tsrun_result(error) : sigsuspend(&mask);
}

int kill(pid_t pid, int number)
{
	return TSRUN_SIMPLE(tsrun_proc_signal(pid, (uint32_t)number));
}

int raise(int number)
{
	return kill(getpid(), number);
}

/* Waits with handlers in place of whatever the dispositions of `set` are, then puts them back. */
int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info, const struct timespec *restrict timeout)
{
	struct sigaction before[NSIG];
	const struct sigaction taking = { .sa_handler = SIG_ERR };
	const int64_t limit = timeout == NULL ? -1 : (int64_t)timeout->tv_sec * (int64_t)TSRUN_SECOND + timeout->tv_nsec;
	sigset_t mask, wanted = *set;
	sigdelset(&wanted, SIGKILL);
	sigdelset(&wanted, SIGSTOP);
	int32_t error = tsrun_signal_mask(SIG_BLOCK, NULL, &mask);
	if (error != 0)
		return __tsrun_result(error);
	awaited = wanted;
	caught = 0;
	for (int number = 1; number < NSIG; number++)
		if (sigismember(&wanted, number))
			(void)sigaction(number, &taking, &before[number]);
	mask &= ~wanted;
	uint32_t ready = 0;
	TSRUN_CONTINUE(error, tsrun_fd_poll(NULL, 0, limit, &mask, &ready));
	for (int number = 1; number < NSIG; number++)
		if (sigismember(&wanted, number))
			(void)sigaction(number, &before[number], NULL);
	awaited = 0;
	if (caught == 0) {
		errno = error == 0 ? EAGAIN : error;
		return -1;
	}
	if (info != NULL)
		*info = (siginfo_t){ .si_signo = caught };
	return caught;
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
	return sigtimedwait(set, info, NULL);
}

int sigwait(const sigset_t *restrict set, int *restrict number)
{
	int got;
	do
		got = sigtimedwait(set, NULL, NULL);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return errno;
	*number = got;
	return 0;
}

/* The default action of SIGABRT cannot be held off: a handler that returns does not save the process. */
_Noreturn void abort(void)
{
	sigset_t set = UINT64_C(1) << (SIGABRT - 1);
	(void)raise(SIGABRT);
	(void)signal(SIGABRT, SIG_DFL);
	(void)sigprocmask(SIG_UNBLOCK, &set, NULL);
	(void)raise(SIGABRT);
	__builtin_trap();
}
