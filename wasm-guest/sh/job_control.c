/* Job control on a terminal, and the builtins that name jobs: fg, bg, wait, kill. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static pid_t old_group;

void job_control_foreground(pid_t pgid)
{
	if (sh.terminal < 0)
		return;
	/* The shell is in the background when it takes the terminal back: SIGTTOU must not stop it. */
	sigset_t block, old;
	sigemptyset(&block);
	sigaddset(&block, SIGTTOU);
	sigprocmask(SIG_BLOCK, &block, &old);
	(void)tcsetpgrp(sh.terminal, pgid);
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static int find_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR);
	for (int i = 2; fd < 0 && i >= 0; i--)
		if (isatty(i))
			fd = dup(i);
	return fd < 0 ? -1 : fd_move_high(fd);
}

/* set -m, set +m. False: there is no terminal to control jobs on. */
bool job_control_set(bool on)
{
	if (!on) {
		if (sh.terminal < 0)
			return true;
		job_control_foreground(old_group);
		(void)setpgid(0, old_group);
		close(sh.terminal);
		sh.terminal = -1;
		signal_job_control(false);
		return true;
	}
	int fd = find_terminal();
	pid_t group = -1;
	while (fd >= 0 && (group = tcgetpgrp(fd)) >= 0 && group != getpgrp())
		(void)kill(0, SIGTTIN); /* started in the background: wait for the foreground */
	if (group < 0) {
		if (fd >= 0)
			close(fd);
		complain("can't access tty; job control turned off");
		return false;
	}
	old_group = group;
	sh.terminal = fd;
	signal_job_control(true);
	(void)setpgid(0, sh.pid);
	job_control_foreground(sh.pid);
	return true;
}

static bool starts(const char *text, const char *start)
{
	return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

/* %% %+ %- %1 %name %?text, or a process id. NULL: reported with fail(). */
struct job *job_find(const char *spec)
{
	const char *message = "No such job: %s";
	struct job *found = NULL;
	const char *p = spec == NULL ? "%%" : spec;
	if (*p == '%') {
		p++;
		int number = 0;
		for (const char *d = p; *d >= '0' && *d <= '9'; d++)
			number = number * 10 + (*d - '0');
		if (*p == '\0' || text_is(p, "%") || text_is(p, "+")) {
			found = jobs;
			message = "No current job";
		} else if (text_is(p, "-")) {
			found = jobs == NULL ? NULL : jobs->next;
			message = "No previous job";
		} else if (number > 0 && p[strspn(p, "0123456789")] == '\0') {
			for (found = jobs; found != NULL && found->number != number;)
				found = found->next;
		} else {
			for (struct job *j = jobs; j != NULL; j = j->next) {
				const char *text = j->count > 0 ? j->processes[0].text : NULL;
				if (*p == '?' ? text == NULL || strstr(text, p + 1) == NULL : !starts(text, p))
					continue;
				if (found != NULL) {
					(void)fail(2, "%s: ambiguous", spec);
					return NULL;
				}
				found = j;
			}
		}
	} else if (*p >= '0' && *p <= '9') {
		found = job_of_pid((pid_t)strtol(p, NULL, 10));
	}
	if (found != NULL)
		return found;
	if (message[3] == 's') /* "No such job" */
		(void)fail(2, "No such job: %s", spec);
	else
		(void)fail(2, "%s", message);
	return NULL;
}

static bool controlled(struct job *j)
{
	if (j == NULL)
		return false;
	if (j->controlled)
		return true;
	(void)fail(2, "job not created under job control");
	return false;
}

static void resume(struct job *j)
{
	for (int i = 0; i < j->count; i++)
		if (j->processes[i].status != -1 && WIFSTOPPED(j->processes[i].status))
			j->processes[i].status = -1;
	if (j->state == JOB_DONE)
		return;
	j->state = JOB_RUNNING;
	(void)kill(-j->processes[0].pid, SIGCONT);
}

static void show_text(const struct job *j)
{
	for (int i = 0; i < j->count; i++)
		format_text(&out, "%s%s", i > 0 ? " | " : "", j->processes[i].text == NULL ? "" : j->processes[i].text);
	buf_char(&out, '\n');
}

int builtin_fg(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int status = 0;
	(void)argc;
	(void)next_option(&scan, "");
	if (scan.failed)
		return 2;
	do {
		struct job *j = job_find(*scan.argv);
		if (!controlled(j))
			return 2;
		show_text(j);
		(void)out_flush();
		job_make_current(j);
		job_control_foreground(j->processes[0].pid);
		resume(j);
		j->changed = false;
		status = job_wait(j);
	} while (*scan.argv != NULL && *++scan.argv != NULL);
	return status;
}

int builtin_bg(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	(void)argc;
	(void)next_option(&scan, "");
	if (scan.failed)
		return 2;
	do {
		struct job *j = job_find(*scan.argv);
		if (!controlled(j))
			return 2;
		resume(j);
		j->changed = false;
		job_make_current(j);
		format_text(&out, "[%d] ", j->number);
		show_text(j);
	} while (*scan.argv != NULL && *++scan.argv != NULL);
	return 0;
}

/* Waits until the job is done or a trapped signal comes; 0, or the signal. */
static int wait_for(struct job *j, bool all)
{
	sigset_t block, old;
	int number = 0;
	sigfillset(&block);
	sigprocmask(SIG_BLOCK, &block, &old);
	for (;;) {
		/* The signal first: the job may have ended since, and its status is there for the next wait. */
		if (trap_waiting(&number))
			break;
		while (jobs_reap(false))
			continue;
		bool running = false;
		for (struct job *k = jobs; k != NULL; k = k->next)
			running |= (all || k == j) && k->state == JOB_RUNNING;
		if (!running)
			break;
		if (sh.interrupted) {
			number = SIGINT;
			break;
		}
		sigsuspend(&old);
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	return number;
}

int builtin_wait(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int status = 0;
	(void)argc;
	(void)next_option(&scan, "");
	if (scan.failed)
		return 2;
	if (*scan.argv == NULL) {
		int number = wait_for(NULL, true);
		for (struct job *j = jobs; j != NULL; j = j->next)
			j->waited |= j->state == JOB_DONE;
		return number > 0 ? 128 + number : 0;
	}
	for (char **spec = scan.argv; *spec != NULL; spec++) {
		struct job *j;
		if (**spec == '%') {
			j = job_find(*spec);
			if (j == NULL)
				return 2;
		} else {
			int pid;
			if (!number_argument(*spec, &pid))
				return 2;
			j = job_of_pid(pid);
			if (j == NULL) {
				status = 127;
				continue;
			}
		}
		j->foreground = true; /* its death by a signal is worth a line */
		int number = wait_for(j, false);
		j->foreground = false;
		if (number > 0)
			return 128 + number;
		j->waited = true;
		status = job_status(j);
	}
	return status;
}

static int kill_usage(void)
{
	return fail(2, "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]");
}

static int list_signals(char **operands)
{
	if (*operands == NULL) {
		buf_text(&out, "0\n");
		for (int i = 1; i <= 64; i++)
			if (signal_name(i) != NULL)
				format_text(&out, "%s\n", signal_name(i));
			else
				format_text(&out, "%d\n", i);
		return 0;
	}
	int number;
	if (!number_argument(*operands, &number))
		return 2;
	if (number > 128)
		number -= 128;
	if (number <= 0 || number > 64)
		return fail(2, "invalid signal number or exit status: %s", *operands);
	if (signal_name(number) != NULL)
		format_text(&out, "%s\n", signal_name(number));
	else
		format_text(&out, "%d\n", number);
	return 0;
}

static bool send(const char *target, int number)
{
	pid_t pid;
	if (*target == '%') {
		struct job *j = job_find(target);
		if (j == NULL)
			return false;
		if (!j->controlled) {
			bool ok = true;
			for (int i = 0; i < j->count; i++)
				ok &= kill(j->processes[i].pid, number) == 0;
			return ok;
		}
		pid = -j->processes[0].pid;
	} else {
		int value;
		if (!number_argument(*target == '-' ? target + 1 : target, &value))
			return false;
		pid = *target == '-' ? -value : value;
	}
	if (kill(pid, number) == 0)
		return true;
	complain("%s\n", strerror(errno));
	return false;
}

int builtin_kill(int argc, char **argv)
{
	int number = SIGTERM, status = 0;
	char **operands = argv + 1;
	if (argc <= 1)
		return kill_usage();
	if (argv[1][0] == '-' && argv[1][1] != '\0') {
		number = signal_by_name(argv[1] + 1, true);
		if (number >= 0) {
			operands++;
		} else {
			number = SIGTERM;
			bool list = false;
			struct option_scan scan = {.argv = argv + 1};
			int option;
			while ((option = next_option(&scan, "ls:")) != 0) {
				if (scan.failed)
					return 2;
				list |= option == 'l';
				if (option != 's')
					continue;
				number = signal_by_name(scan.argument, true);
				if (number < 0)
					return fail(2, "invalid signal number or name: %s", scan.argument);
			}
			operands = scan.argv;
			if (list)
				return list_signals(operands);
		}
		if (*operands != NULL && text_is(*operands, "--"))
			operands++;
	}
	if (*operands == NULL)
		return kill_usage();
	for (; *operands != NULL; operands++) {
		if (!send(*operands, number))
			status = 1;
		if (sh.flow != FLOW_NONE)
			return sh.status;
	}
	return status;
}

/* At exit from an interactive shell: true when it had better not, because jobs are stopped. */
bool jobs_stopped_warning(void)
{
	static bool warned;
	bool stopped = jobs != NULL && jobs->state == JOB_STOPPED;
	if (!stopped || warned) {
		warned = false;
		return false;
	}
	static const char text[] = "You have stopped jobs.\n";
	(void)write_fully(2, text, sizeof text - 1);
	return warned = true;
}
