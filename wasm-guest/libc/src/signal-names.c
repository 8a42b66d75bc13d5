/* Texts of signals: glibc's wording, which shells print. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

const char *const sys_siglist[NSIG] = {
	[SIGHUP] = "Hangup",
	[SIGINT] = "Interrupt",
	[SIGQUIT] = "Quit",
	[SIGILL] = "Illegal instruction",
	[SIGTRAP] = "Trace/breakpoint trap",
	[SIGABRT] = "Aborted",
	[SIGBUS] = "Bus error",
	[SIGFPE] = "Floating point exception",
	[SIGKILL] = "Killed",
	[SIGUSR1] = "User defined signal 1",
	[SIGSEGV] = "Segmentation fault",
	[SIGUSR2] = "User defined signal 2",
	[SIGPIPE] = "Broken pipe",
	[SIGALRM] = "Alarm clock",
	[SIGTERM] = "Terminated",
	[SIGSTKFLT] = "Stack fault",
	[SIGCHLD] = "Child exited",
	[SIGCONT] = "Continued",
	[SIGSTOP] = "Stopped (signal)",
	[SIGTSTP] = "Stopped",
	[SIGTTIN] = "Stopped (tty input)",
	[SIGTTOU] = "Stopped (tty output)",
	[SIGURG] = "Urgent I/O condition",
	[SIGXCPU] = "CPU time limit exceeded",
	[SIGXFSZ] = "File size limit exceeded",
	[SIGVTALRM] = "Virtual timer expired",
	[SIGPROF] = "Profiling timer expired",
	[SIGWINCH] = "Window changed",
	[SIGIO] = "I/O possible",
	[SIGPWR] = "Power failure",
	[SIGSYS] = "Bad system call",
};

static const char abbreviations[][8] = {
	"", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
	"SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
	"TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "POLL", "PWR", "SYS",
};

const char *sigdescr_np(int number)
{
	return number > 0 && number < NSIG ? sys_siglist[number] : NULL;
}

const char *sigabbrev_np(int number)
{
	return number > 0 && number <= SIGSYS ? abbreviations[number] : NULL;
}

char *strsignal(int number)
{
	static char text[32];
	const char *known = sigdescr_np(number);
	if (known != NULL)
		(void)snprintf(text, sizeof text, "%s", known);
	else if (number >= SIGRTMIN && number <= SIGRTMAX)
		(void)snprintf(text, sizeof text, "Real-time signal %d", number - SIGRTMIN);
	else
		(void)snprintf(text, sizeof text, "Unknown signal %d", number);
	return text;
}

void psignal(int number, const char *prefix)
{
	const char *separator = prefix != NULL && *prefix != '\0' ? ": " : "";
	fprintf(stderr, "%s%s%s\n", prefix == NULL ? "" : prefix, separator, strsignal(number));
}
