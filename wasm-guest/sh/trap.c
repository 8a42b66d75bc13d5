/* Signals and traps. Handlers only take notes; eval() polls `trap_pending` and the actions run there. */
#include "sh.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

volatile sig_atomic_t trap_pending;
enum { SIGNALS = 65, FIRST_REALTIME = 34, LAST_REALTIME = 64 };
static char *actions[SIGNALS]; /* 0: EXIT. "" ignores */
static volatile sig_atomic_t pending[SIGNALS];
static unsigned char modes[SIGNALS];
enum { MODE_UNKNOWN, MODE_DEFAULT, MODE_CATCH, MODE_IGNORE, MODE_HARD_IGNORE };

static const struct {
	const char *name;
	int number;
} names[] = {
	{"EXIT", 0}, {"HUP", SIGHUP}, {"INT", SIGINT}, {"QUIT", SIGQUIT}, {"ILL", SIGILL}, {"TRAP", SIGTRAP}, {"ABRT", SIGABRT},
	{"BUS", SIGBUS}, {"FPE", SIGFPE}, {"KILL", SIGKILL}, {"USR1", SIGUSR1}, {"SEGV", SIGSEGV}, {"USR2", SIGUSR2},
	{"PIPE", SIGPIPE}, {"ALRM", SIGALRM}, {"TERM", SIGTERM}, {"CHLD", SIGCHLD}, {"CONT", SIGCONT},
	{"STOP", SIGSTOP}, {"TSTP", SIGTSTP}, {"TTIN", SIGTTIN}, {"TTOU", SIGTTOU}, {"URG", SIGURG}, {"XCPU", SIGXCPU},
	{"XFSZ", SIGXFSZ}, {"VTALRM", SIGVTALRM}, {"PROF", SIGPROF}, {"WINCH", SIGWINCH}, {"IO", 29}, {"PWR", 30}, {"SYS", SIGSYS},
};

const char *signal_name(int number)
{
	for (size_t i = 1; i < sizeof names / sizeof *names; i++)
		if (names[i].number == number)
			return names[i].name;
	if (number < FIRST_REALTIME || number > LAST_REALTIME)
		return NULL;
	/* The caller prints it at once. */
	static struct buf realtime;
	bool low = number < FIRST_REALTIME + 16;
	int distance = low ? number - FIRST_REALTIME : LAST_REALTIME - number;
	realtime.len = 0;
	buf_text(&realtime, low ? "RTMIN" : "RTMAX");
	if (distance > 0)
		format_text(&realtime, "%c%d", low ? '+' : '-', distance);
	return buf_cstr(&realtime);
}

int signal_by_name(const char *text, bool with_exit)
{
	if (*text >= '0' && *text <= '9') {
		int64_t value;
		if (text[strspn(text, "0123456789")] != '\0' || (value = strtoll(text, NULL, 10)) >= SIGNALS)
			return -1;
		return (int)value;
	}
	for (size_t i = with_exit ? 0 : 1; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(names[i].name, text) == 0)
			return names[i].number;
	for (int i = FIRST_REALTIME; i <= LAST_REALTIME; i++)
		if (strcasecmp(signal_name(i), text) == 0)
			return i;
	return -1;
}

static void on_signal(int number)
{
	if (number == SIGCHLD && actions[SIGCHLD] == NULL)
		return; /* it only has to wake sigsuspend */
	if (number == SIGINT && actions[SIGINT] == NULL) {
		sh.interrupted = true;
		return;
	}
	pending[number] = 1;
	trap_pending = 1;
}

static void set_mode(int number, int mode)
{
	if (number == SIGKILL || number == SIGSTOP)
		return;
	struct sigaction action = {0}, old;
	if (modes[number] == MODE_UNKNOWN) {
		if (sigaction(number, NULL, &old) != 0)
			return;
		if (old.sa_handler == SIG_IGN) {
			bool job_signal = number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
			modes[number] = opt('m') && job_signal ? MODE_IGNORE : MODE_HARD_IGNORE;
		} else {
			modes[number] = MODE_DEFAULT;
		}
	}
	if (modes[number] == MODE_HARD_IGNORE || modes[number] == mode)
		return;
	action.sa_handler = mode == MODE_CATCH ? on_signal : mode == MODE_IGNORE ? SIG_IGN : SIG_DFL;
	sigfillset(&action.sa_mask);
	(void)sigaction(number, &action, NULL);
	modes[number] = (unsigned char)mode;
}

/* What the signal does now, from its trap and the kind of shell. */
static void refresh(int number)
{
	int mode = actions[number] == NULL ? MODE_DEFAULT : *actions[number] == '\0' ? MODE_IGNORE : MODE_CATCH;
	if (mode == MODE_DEFAULT && !sh.subshell) {
		if (number == SIGINT && opt('i'))
			mode = MODE_CATCH;
		else if ((number == SIGQUIT || number == SIGTERM) && opt('i'))
			mode = MODE_IGNORE;
		else if ((number == SIGTSTP || number == SIGTTOU) && sh.terminal >= 0)
			mode = MODE_IGNORE;
	}
	if (number == SIGCHLD && mode == MODE_DEFAULT)
		mode = MODE_CATCH;
	if (number > 0)
		set_mode(number, mode);
}

void traps_start(void)
{
	/* Some parents leave SIGCHLD ignored, and then there is nobody to wait for. */
	(void)signal(SIGCHLD, SIG_DFL);
	modes[SIGCHLD] = MODE_DEFAULT;
	refresh(SIGCHLD);
}

void signals_interactive(void)
{
	refresh(SIGINT);
	refresh(SIGQUIT);
	refresh(SIGTERM);
}

void signal_job_control(bool on)
{
	(void)on;
	refresh(SIGTSTP);
	refresh(SIGTTOU);
}

bool traps_any(void)
{
	for (int i = 0; i < SIGNALS; i++)
		if (actions[i] != NULL && *actions[i] != '\0')
			return true;
	return false;
}

bool trap_waiting(int *number)
{
	for (int i = 1; trap_pending && i < SIGNALS; i++)
		if (pending[i])
			return *number = i, true;
	return false;
}

void traps_run(void)
{
	trap_pending = 0;
	for (int i = 1; i < SIGNALS; i++) {
		if (!pending[i])
			continue;
		if (sh.flow != FLOW_NONE) {
			trap_pending = 1; /* later */
			return;
		}
		pending[i] = 0;
		if (actions[i] == NULL || *actions[i] == '\0')
			continue;
		char *action = copy_text(actions[i]); /* it may change its own trap */
		int status = sh.status, line = sh.line;
		const char *command = sh.command;
		sh.command = NULL;
		(void)eval_text(action, 0, 1);
		sh.command = command;
		sh.line = line;
		if (sh.flow == FLOW_NONE)
			sh.status = status;
		free(action);
	}
}

/* In a subshell traps are as by default; ignored signals stay so. */
void traps_reset_in_child(bool asynchronous)
{
	for (int i = 0; i < SIGNALS; i++) {
		pending[i] = 0;
		if (actions[i] != NULL && *actions[i] != '\0') {
			free(actions[i]);
			actions[i] = NULL;
		}
		if (modes[i] != MODE_UNKNOWN && modes[i] != MODE_HARD_IGNORE)
			refresh(i);
	}
	trap_pending = 0;
	sh.interrupted = false;
	if (asynchronous) {
		set_mode(SIGINT, MODE_IGNORE);
		set_mode(SIGQUIT, MODE_IGNORE);
	}
}

/* The signals that the shell ignores for itself only; handlers vanish by exec anyway. */
void signals_for_program(sigset_t *defaults)
{
	sigemptyset(defaults);
	for (int i = 1; i < SIGNALS; i++)
		if (modes[i] == MODE_CATCH || (modes[i] == MODE_IGNORE && actions[i] == NULL && !sh.subshell))
			sigaddset(defaults, i);
}

void signals_before_exec(void)
{
	sigset_t defaults;
	signals_for_program(&defaults);
	for (int i = 1; i < SIGNALS; i++)
		if (sigismember(&defaults, i) == 1 && modes[i] == MODE_IGNORE)
			(void)signal(i, SIG_DFL);
}

void signals_after_failed_exec(void)
{
	for (int i = 1; i < SIGNALS; i++)
		if (modes[i] == MODE_IGNORE)
			(void)signal(i, SIG_IGN);
}

void trap_run_exit(void)
{
	char *action = actions[0];
	if (action == NULL)
		return;
	actions[0] = NULL;
	sh.flow = FLOW_NONE;
	sh.command = NULL;
	sh.loop_depth = 0;
	int status = sh.status;
	if (*action != '\0')
		(void)eval_text(action, 0, 1);
	if (sh.flow == FLOW_NONE)
		sh.status = status;
	free(action);
}

static void list_traps(void)
{
	for (int i = 0; i < SIGNALS; i++) {
		if (actions[i] == NULL)
			continue;
		buf_text(&out, "trap -- ");
		quote_single(&out, actions[i]);
		if (i == 0)
			buf_text(&out, " EXIT\n");
		else if (signal_name(i) != NULL)
			format_text(&out, " %s\n", signal_name(i));
		else
			format_text(&out, " %d\n", i);
	}
}

int builtin_trap(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int status = 0;
	(void)argc;
	(void)next_option(&scan, "");
	if (scan.failed)
		return 2;
	char **p = scan.argv;
	if (*p == NULL) {
		list_traps();
		return 0;
	}
	const char *action = NULL;
	if (p[1] != NULL && signal_by_name(p[0], true) < 0)
		action = *p++;
	else if (p[1] != NULL && !(p[0][0] >= '0' && p[0][0] <= '9'))
		action = *p++; /* a word that happens to be a signal's name */
	if (action != NULL && text_is(action, "-"))
		action = NULL;
	for (; *p != NULL; p++) {
		int number = signal_by_name(*p, true);
		if (number < 0) {
			struct buf b = {0};
			format_text(&b, "trap: %s: bad trap\n", *p);
			write_error(&b);
			status = 1;
			continue;
		}
		free(actions[number]);
		actions[number] = action == NULL ? NULL : copy_text(action);
		refresh(number);
	}
	return status;
}
