/*
 * A terminal, as a test drives it: `size` prints rows and columns and again at each SIGWINCH; `raw` reads bytes in raw mode
 * and prints their numbers until 'q', then restores the state; `line` prints each line it gets, until the end of input;
 * `job` is stopped and continued and tells. Without an argument it checks what can be checked without a user.
 */
#include "check.h"
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static void print_size(void)
{
	struct winsize size;
	if (CHECK(ioctl(0, TIOCGWINSZ, &size) == 0))
		printf("%d rows, %d columns\n", size.ws_row, size.ws_col);
	(void)fflush(stdout);
}

static volatile sig_atomic_t seen;

static void note(int number)
{
	seen = number;
}

static int sizes(void)
{
	struct sigaction action = { .sa_handler = note };
	char byte;
	(void)sigaction(SIGWINCH, &action, NULL);
	print_size();
	for (;;) {
		const ssize_t got = read(0, &byte, 1);
		if (got < 0 && errno == EINTR && seen == SIGWINCH)
			print_size();
		else if (got <= 0 || byte == 'q')
			return finish("size");
	}
}

static int raw(void)
{
	struct termios before, state;
	unsigned char byte;
	CHECK(tcgetattr(0, &before) == 0);
	state = before;
	cfmakeraw(&state);
	CHECK(tcsetattr(0, TCSAFLUSH, &state) == 0);
	printf("ready\r\n");
	(void)fflush(stdout);
	while (read(0, &byte, 1) == 1 && byte != 'q') {
		printf("%d\r\n", byte);
		(void)fflush(stdout);
	}
	CHECK(tcsetattr(0, TCSADRAIN, &before) == 0);
	return finish("raw");
}

static int lines(void)
{
	char line[4096];
	ssize_t got;
	while ((got = read(0, line, sizeof line)) > 0)
		printf("%zd:%.*s\n", got, (int)(line[got - 1] == '\n' ? got - 1 : got), line);
	CHECK(got == 0);
	return finish("line");
}

static int job(void)
{
	printf("%d\n", (int)getpid());
	(void)fflush(stdout);
	CHECK(raise(SIGTSTP) == 0);
	printf("continued, %s\n", tcgetpgrp(0) == getpgrp() ? "foreground" : "background");
	return finish("job");
}

static int checks_alone(void)
{
	struct termios state;
	char name[100];
	if (!isatty(0)) {
		CHECK_ERROR(tcgetattr(0, &state), ENOTTY);
		CHECK(ttyname(0) == NULL);
		return finish("no terminal");
	}
	CHECK(tcgetattr(0, &state) == 0 && (state.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
	CHECK(state.c_cc[VINTR] == 3 && state.c_cc[VEOF] == 4 && state.c_cc[VSUSP] == 26);
	CHECK(ttyname_r(0, name, sizeof name) == 0 && strncmp(name, "/dev/", 5) == 0);
	CHECK(tcgetsid(0) == getsid(0) && tcgetpgrp(0) == getpgrp());
	const int fd = open("/dev/tty", O_RDWR);
	CHECK(fd >= 0 && isatty(fd));
	struct winsize size, changed = { 30, 100, 0, 0 };
	CHECK(ioctl(fd, TIOCSWINSZ, &changed) == 0 && ioctl(0, TIOCGWINSZ, &size) == 0 && size.ws_row == 30 && size.ws_col == 100);
	state.c_lflag &= ~(tcflag_t)ECHO;
	struct termios now;
	CHECK(tcsetattr(0, TCSANOW, &state) == 0 && tcgetattr(0, &now) == 0 && !(now.c_lflag & ECHO));
	return finish("terminal");
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	if (strcmp(what, "size") == 0)
		return sizes();
	if (strcmp(what, "raw") == 0)
		return raw();
	if (strcmp(what, "line") == 0)
		return lines();
	if (strcmp(what, "job") == 0)
		return job();
	return checks_alone();
}
