/* Terminals: termios over ioctl. */
#include "internal.h"
#include <limits.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct kernel_termios { /* struct termios of Linux's kernel: 36 bytes */
	uint32_t iflag, oflag, cflag, lflag;
	uint8_t line, cc[19];
};

int tcgetattr(int fd, struct termios *state)
{
	struct kernel_termios kernel;
	if (ioctl(fd, TCGETS, &kernel) != 0)
		return -1;
	memset(state, 0, sizeof *state);
	state->c_iflag = kernel.iflag;
	state->c_oflag = kernel.oflag;
	state->c_cflag = kernel.cflag;
	state->c_lflag = kernel.lflag;
	state->c_line = kernel.line;
	memcpy(state->c_cc, kernel.cc, sizeof kernel.cc);
	state->c_ispeed = state->c_ospeed = kernel.cflag & CBAUD;
	return 0;
}

int tcsetattr(int fd, int when, const struct termios *state)
{
	if (when < TCSANOW || when > TCSAFLUSH) {
		errno = EINVAL;
		return -1;
	}
	struct kernel_termios kernel = {
		.iflag = state->c_iflag,
		.oflag = state->c_oflag,
		.cflag = state->c_cflag,
		.lflag = state->c_lflag,
		.line = state->c_line,
	};
	memcpy(kernel.cc, state->c_cc, sizeof kernel.cc);
	return ioctl(fd, TCSETS + when, &kernel);
}

/* A number where other requests have a pointer. */
static void *number(int value)
{
	return (void *)(intptr_t)value;
}

int tcsendbreak(int fd, int duration)
{
	(void)duration;
	return ioctl(fd, TCSBRK, number(0));
}

int tcdrain(int fd)
{
	return ioctl(fd, TCSBRK, number(1));
}

int tcflush(int fd, int queue)
{
	return ioctl(fd, TCFLSH, number(queue));
}

int tcflow(int fd, int action)
{
	return ioctl(fd, TCXONC, number(action));
}

pid_t tcgetpgrp(int fd)
{
	int32_t group;
	return ioctl(fd, TIOCGPGRP, &group) == 0 ? group : -1;
}

int tcsetpgrp(int fd, pid_t group)
{
	int32_t value = group;
	return ioctl(fd, TIOCSPGRP, &value);
}

pid_t tcgetsid(int fd)
{
	int32_t session;
	return ioctl(fd, TIOCGSID, &session) == 0 ? session : -1;
}

void cfmakeraw(struct termios *state)
{
	state->c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
	state->c_oflag &= ~(tcflag_t)OPOST;
	state->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	state->c_cflag &= ~(tcflag_t)(CSIZE | PARENB);
	state->c_cflag |= CS8;
	state->c_cc[VMIN] = 1;
	state->c_cc[VTIME] = 0;
}

speed_t cfgetospeed(const struct termios *state)
{
	return state->c_cflag & CBAUD;
}

speed_t cfgetispeed(const struct termios *state)
{
	return cfgetospeed(state);
}

int cfsetospeed(struct termios *state, speed_t speed)
{
	if (speed & ~(speed_t)CBAUD) {
		errno = EINVAL;
		return -1;
	}
	state->c_cflag = (state->c_cflag & ~(tcflag_t)CBAUD) | speed;
	state->c_ispeed = state->c_ospeed = speed;
	return 0;
}

int cfsetispeed(struct termios *state, speed_t speed)
{
	return speed == B0 ? 0 : cfsetospeed(state, speed);
}

int cfsetspeed(struct termios *state, speed_t speed)
{
	return cfsetospeed(state, speed);
}

int isatty(int fd)
{
	struct kernel_termios kernel;
	if (ioctl(fd, TCGETS, &kernel) == 0)
		return 1;
	if (errno != EBADF)
		errno = ENOTTY;
	return 0;
}

/* What wasi-libc's stdio calls. */
int __isatty(int fd);
int __isatty(int fd)
{
	return isatty(fd);
}

int ttyname_r(int fd, char *name, size_t size)
{
	char link[32];
	char target[PATH_MAX];
	struct stat opened, named;
	if (!isatty(fd))
		return errno;
	(void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	const ssize_t length = readlink(link, target, sizeof target - 1);
	if (length < 0)
		return errno;
	target[length] = '\0';
	/* A name that leads elsewhere is none: the terminal may come from outside of the container. */
	if (fstat(fd, &opened) != 0 || stat(target, &named) != 0 || opened.st_rdev != named.st_rdev || !S_ISCHR(named.st_mode))
		return ENODEV;
	if ((size_t)length >= size)
		return ERANGE;
	memcpy(name, target, (size_t)length + 1);
	return 0;
}

char *ttyname(int fd)
{
	static char name[TTY_NAME_MAX];
	const int error = ttyname_r(fd, name, sizeof name);
	if (error == 0)
		return name;
	errno = error;
	return NULL;
}

char *ctermid(char *name)
{
	static char own[L_ctermid];
	return strcpy(name == NULL ? own : name, "/dev/tty");
}
