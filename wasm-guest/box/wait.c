/* sleep, usleep, timeout, time, watch, nohup, nice, renice, setsid: programs and time. */
#include "box.h"
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

int sleep_main(int argc, char **argv) {
	struct options parsed;
	double total = 0;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	if (parsed.argc == 0) missing_operand();
	for (int i = 0; i < parsed.argc; i++) {
		double part;
		if (!parse_seconds(parsed.argv[i], &part)) die(1, "invalid time interval '%s'", parsed.argv[i]);
		total += part;
	}
	sleep_seconds(total);
	return 0;
}

int usleep_main(int argc, char **argv) {
	if (argc != 2) missing_operand();
	sleep_seconds((double)need_number(argv[1]) / 1e6);
	return 0;
}

static volatile sig_atomic_t alarm_rang;
static volatile sig_atomic_t forwarded;

static void on_signal(int number) {
	if (number == SIGALRM) alarm_rang = 1;
	else if (number != SIGCHLD) forwarded = number;
}

static void arm(double seconds) {
	struct itimerval timer = {.it_value = {.tv_sec = (time_t)seconds, .tv_usec = (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6)}};
	if (seconds > 0 && timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0) timer.it_value.tv_usec = 1;
	setitimer(ITIMER_REAL, &timer, NULL);
}

int timeout_main(int argc, char **argv) {
	static const struct long_option names[] = {{"signal", 's'}, {"kill-after", 'k'}, {"preserve-status", 'p'}, {"foreground", 'f'},
		{"verbose", 'v'}, {NULL, 0}};
	struct options parsed;
	int number = SIGTERM;
	double limit, kill_after = 0;
	bool preserve = false, foreground = false, verbose = false;
	usage_status = 125;
	options_start(&parsed, argc, argv, "+s:k:pfv", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 's': if ((number = signal_number(parsed.argument)) < 0) usage_error("'%s': invalid signal", parsed.argument); break;
		case 'k': if (!parse_seconds(parsed.argument, &kill_after)) usage_error("invalid time interval '%s'", parsed.argument); break;
		case 'p': preserve = true; break;
		case 'f': foreground = true; break;
		default: verbose = true;
		}
	if (parsed.argc < 2) missing_operand();
	if (!parse_seconds(parsed.argv[0], &limit)) usage_error("invalid time interval '%s'", parsed.argv[0]);
	if (!foreground) setpgid(0, 0); /* the signal reaches all that the command started, too */
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	pid_t child = fork();
	if (child < 0) die_errno(125, "cannot fork");
	if (child == 0) {
		signal(SIGTTIN, SIG_DFL);
		signal(SIGTTOU, SIG_DFL);
		_exit(exec_command(parsed.argv + 1));
	}
	static const int caught[] = {SIGALRM, SIGTERM, SIGINT, SIGHUP, SIGQUIT};
	for (size_t i = 0; i < LENGTH(caught); i++) sigaction(caught[i], &(struct sigaction){.sa_handler = on_signal}, NULL);
	if (limit > 0) arm(limit);
	bool timed_out = false, killed = false;
	int status;
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR) die_errno(125, "cannot wait");
		int send = forwarded;
		forwarded = 0;
		if (alarm_rang) {
			alarm_rang = 0;
			send = timed_out ? SIGKILL : number;
			killed = timed_out;
			timed_out = true;
			if (verbose) warn("sending signal %s to command '%s'", signal_name(send), parsed.argv[1]);
			if (kill_after > 0 && !killed) arm(kill_after);
		}
		if (!send) continue;
		kill(child, send);
		if (!foreground && send != SIGKILL) { /* not to ourselves */
			signal(send, SIG_IGN);
			kill(0, send);
		}
		if (send != SIGKILL && send != SIGCONT) kill(child, SIGCONT);
	}
	if (timed_out && !preserve) return killed || number == SIGKILL ? 137 : 124;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void put_time(const char *name, double seconds, bool portable) {
	if (portable) fprintf(stderr, "%s %.2f\n", name, seconds);
	else fprintf(stderr, "%s\t%dm %.2fs\n", name, (int)(seconds / 60), seconds - 60 * (int)(seconds / 60));
}

static double seconds_of(struct timeval value) {
	return (double)value.tv_sec + (double)value.tv_usec / 1e6;
}

int time_main(int argc, char **argv) {
	struct options parsed;
	bool portable = false;
	usage_status = 125;
	options_start(&parsed, argc, argv, "+p", NULL);
	while (options_next(&parsed) != -1) portable = true;
	if (parsed.argc == 0) missing_operand();
	double start = monotonic_seconds();
	int status = run_command(parsed.argv, false);
	struct rusage usage = {0};
	double real = monotonic_seconds() - start;
	getrusage(RUSAGE_CHILDREN, &usage);
	put_time("real", real, portable);
	put_time("user", seconds_of(usage.ru_utime), portable);
	put_time("sys", seconds_of(usage.ru_stime), portable);
	return status;
}

int watch_main(int argc, char **argv) {
	struct options parsed;
	double interval = 2;
	bool title = true;
	options_start(&parsed, argc, argv, "+n:t", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 't') title = false;
		else if (!parse_seconds(parsed.argument, &interval)) usage_error("invalid interval '%s'", parsed.argument);
	}
	if (parsed.argc == 0) missing_operand();
	struct buffer command = {0};
	for (int i = 0; i < parsed.argc; i++) {
		if (i) buffer_char(&command, ' ');
		buffer_text(&command, parsed.argv[i]);
	}
	static char shell[] = "sh", option[] = "-c";
	char *run[] = {shell, option, command.data, NULL};
	for (;;) {
		fputs("\033[H\033[J", stdout);
		if (title) printf("Every %.1fs: %s\n\n", interval, command.data);
		fflush(stdout);
		check_output();
		run_command(run, false);
		sleep_seconds(interval);
	}
}

int nohup_main(int argc, char **argv) {
	usage_status = 127;
	if (argc > 1 && strcmp(argv[1], "--") == 0) {
		argv++;
		argc--;
	}
	if (argc < 2) missing_operand();
	usage_status = 127;
	if (isatty(STDIN_FILENO)) {
		int null = open("/dev/null", O_RDONLY);
		if (null >= 0) {
			dup2(null, STDIN_FILENO);
			close(null);
		}
	}
	if (isatty(STDOUT_FILENO)) {
		const char *home = getenv("HOME");
		char *name = xstrdup("nohup.out");
		int out = open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
		if (out < 0 && home) out = open(name = join_path(home, "nohup.out"), O_WRONLY | O_CREAT | O_APPEND, 0600);
		if (out < 0) die_errno(127, "failed to open '%s'", name);
		fprintf(stderr, "%s: ignoring input and appending output to '%s'\n", tool_name, name);
		dup2(out, STDOUT_FILENO);
		close(out);
	}
	if (isatty(STDERR_FILENO)) dup2(STDOUT_FILENO, STDERR_FILENO);
	signal(SIGHUP, SIG_IGN);
	return exec_command(argv + 1);
}

int nice_main(int argc, char **argv) {
	struct options parsed;
	long long add = 10;
	usage_status = 125;
	/* nice -5 cmd is nice -n 5 cmd */
	if (argc > 1 && argv[1][0] == '-' && parse_signed(argv[1] + 1, &add)) argv[1] = format_text("-n%lld", add);
	options_start(&parsed, argc, argv, "+n:", NULL);
	while (options_next(&parsed) != -1)
		if (!parse_signed(parsed.argument, &add)) usage_error("invalid adjustment '%s'", parsed.argument);
	errno = 0;
	int now = getpriority(PRIO_PROCESS, 0);
	if (now == -1 && errno) die_errno(125, "cannot get niceness");
	if (parsed.argc == 0) {
		printf("%d\n", now);
		return 0;
	}
	long long wanted = now + add;
	if (setpriority(PRIO_PROCESS, 0, (int)(wanted > 19 ? 19 : wanted < -20 ? -20 : wanted)) != 0) warn_errno("cannot set niceness");
	return exec_command(parsed.argv);
}

int renice_main(int argc, char **argv) {
	struct options parsed;
	long long value = 0;
	bool add = false, given = false;
	int which = PRIO_PROCESS, status = 0;
	if (argc > 2 && argv[1][0] == '-' && parse_signed(argv[1], &value)) { /* a negative priority is no option */
		given = true;
		argv++;
		argc--;
	}
	options_start(&parsed, argc, argv, "n:pgu", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'n') {
			if (!parse_signed(parsed.argument, &value)) usage_error("invalid number '%s'", parsed.argument);
			add = given = true;
		} else which = letter == 'g' ? PRIO_PGRP : letter == 'u' ? PRIO_USER : PRIO_PROCESS;
	}
	int first = 0;
	if (!given) {
		if (parsed.argc == 0) missing_operand();
		if (!parse_signed(parsed.argv[first++], &value)) usage_error("invalid number '%s'", parsed.argv[0]);
	}
	if (parsed.argc <= first) missing_operand();
	for (int i = first; i < parsed.argc; i++) {
		unsigned id;
		unsigned long long number;
		if (which == PRIO_USER && need_user(parsed.argv[i], &id, NULL)) number = id;
		else if (!parse_number(parsed.argv[i], &number)) {
			status = warn("bad value '%s'", parsed.argv[i]);
			continue;
		}
		errno = 0;
		int old = getpriority(which, (unsigned)number);
		if ((old == -1 && errno) || setpriority(which, (unsigned)number, (int)(add ? old + value : value)) != 0) status = warn_errno("%s",
			parsed.argv[i]);
	}
	return status;
}

int setsid_main(int argc, char **argv) {
	struct options parsed;
	bool terminal = false, wait = false;
	options_start(&parsed, argc, argv, "+cwf", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'c') terminal = true;
		else wait |= letter == 'w';
	}
	if (parsed.argc == 0) missing_operand();
	if (getpgrp() == getpid()) { /* a group leader cannot make a session */
		pid_t child = fork();
		if (child < 0) die_errno(1, "cannot fork");
		if (child > 0) return wait ? wait_status(child) : 0;
	}
	if (setsid() < 0) die_errno(1, "cannot make a session");
	if (terminal && ioctl(STDIN_FILENO, TIOCSCTTY, 0) != 0) die_errno(1, "cannot set the controlling terminal");
	return exec_command(parsed.argv);
}
