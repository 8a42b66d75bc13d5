/* Sets of signals and the calls that are written with sigaction. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static sigset_t bit(int number)
{
	return (sigset_t)1 << (number - 1);
}

static int valid(int number)
{
	if (number > 0 && number < NSIG)
		return 1;
	errno = EINVAL;
	return 0;
}

int sigemptyset(sigset_t *set)
{
	*set = 0;
	return 0;
}

int sigfillset(sigset_t *set)
{
	*set = ~(sigset_t)0;
	return 0;
}

int sigaddset(sigset_t *set, int number)
{
	if (!valid(number))
		return -1;
	*set |= bit(number);
	return 0;
}

int sigdelset(sigset_t *set, int number)
{
	if (!valid(number))
		return -1;
	*set &= ~bit(number);
	return 0;
}

int sigismember(const sigset_t *set, int number)
{
	return valid(number) ? (*set & bit(number)) != 0 : -1;
}

int sigisemptyset(const sigset_t *set)
{
	return *set == 0;
}

int sigorset(sigset_t *result, const sigset_t *left, const sigset_t *right)
{
	*result = *left | *right;
	return 0;
}

int sigandset(sigset_t *result, const sigset_t *left, const sigset_t *right)
{
	*result = *left & *right;
	return 0;
}

/* BSD semantics, as glibc: the handler stays, calls restart. */
static sigset_t interrupting;

sighandler_t signal(int number, sighandler_t handler)
{
	struct sigaction old, action = { .sa_handler = handler, .sa_flags = SA_RESTART };
	if (number > 0 && number < NSIG && (interrupting & bit(number)))
		action.sa_flags = 0;
	return sigaction(number, &action, &old) == 0 ? old.sa_handler : SIG_ERR;
}

sighandler_t bsd_signal(int number, sighandler_t handler)
{
	return signal(number, handler);
}

int siginterrupt(int number, int interrupt)
{
	struct sigaction action;
	if (sigaction(number, NULL, &action) != 0)
		return -1;
	if (interrupt) {
		interrupting |= bit(number);
		action.sa_flags &= ~SA_RESTART;
	} else {
		interrupting &= ~bit(number);
		action.sa_flags |= SA_RESTART;
	}
	return sigaction(number, &action, NULL);
}

int killpg(pid_t group, int number)
{
	if (group < 0) {
		errno = EINVAL;
		return -1;
	}
	return kill(group == 0 ? 0 : -group, number);
}

int sighold(int number)
{
	sigset_t set = 0;
	return sigaddset(&set, number) != 0 ? -1 : sigprocmask(SIG_BLOCK, &set, NULL);
}

int sigrelse(int number)
{
	sigset_t set = 0;
	return sigaddset(&set, number) != 0 ? -1 : sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int sigignore(int number)
{
	const struct sigaction action = { .sa_handler = SIG_IGN };
	return sigaction(number, &action, NULL);
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return sigprocmask(how, set, old) == 0 ? 0 : errno;
}
