/* Keys of the terminal: its mode while a line is edited, and from bytes to keys. */
#include "edit.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { SEQUENCE_MS = 100 }; /* how long the rest of a key's bytes may take: a lone escape is a key, too */
static struct termios cooked; /* as commands have it */
static bool raw, known, ahead;
static void no_action(int number)
{
	(void)number;
}

/*
 * Never TCSAFLUSH: what was typed ahead stays. Bytes are read one by one, so that what follows a line stays for the command;
 * and ICRNL stays on, so that it is in lines for it.
 */
bool keys_raw(void)
{
	struct termios state;
	if (tcgetattr(0, &state) != 0)
		return false;
	cooked = state;
	state.c_iflag &= ~(tcflag_t)(IXON | ISTRIP | INLCR | IGNCR);
	state.c_iflag |= ICRNL;
	state.c_oflag |= OPOST | ONLCR;
	state.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	state.c_cc[VMIN] = 1;
	state.c_cc[VTIME] = 0;
	if (tcsetattr(0, TCSADRAIN, &state) != 0)
		return false;
	raw = known = true;
	/* To be woken by a new size of the window. A trap has a handler of its own. */
	struct sigaction action;
	if (sigaction(SIGWINCH, NULL, &action) == 0 && action.sa_handler == SIG_DFL) {
		action = (struct sigaction){.sa_handler = no_action};
		(void)sigaction(SIGWINCH, &action, NULL);
	}
	return true;
}

void keys_cooked(void)
{
	struct sigaction action;
	if (!raw)
		return;
	raw = false;
	(void)tcsetattr(0, TCSADRAIN, &cooked);
	if (sigaction(SIGWINCH, NULL, &action) == 0 && action.sa_handler == no_action) {
		action = (struct sigaction){.sa_handler = SIG_DFL};
		(void)sigaction(SIGWINCH, &action, NULL);
	}
}

/* After a command that a signal has stopped or ended: it may have left any mode. */
void edit_reset_terminal(void)
{
	if (known)
		(void)tcsetattr(0, TCSADRAIN, &cooked);
}

void keys_start(void)
{
	ahead = true;
}

bool key_ahead(void)
{
	return ahead;
}

bool key_waiting(int milliseconds)
{
	struct pollfd in = {.fd = 0, .events = POLLIN};
	return poll(&in, 1, milliseconds) > 0;
}

static int next_byte(const struct line *l)
{
	ahead = ahead && key_waiting(0);
	for (;;) {
		unsigned char byte;
		ssize_t n = read(0, &byte, 1);
		if (n > 0)
			return byte;
		if (n == 0)
			return KEY_END;
		if (errno == EINTR) {
			if (sh.interrupted)
				return KEY_INTERRUPTED;
			if (trap_pending) {
				keys_cooked();
				traps_run();
				if (sh.flow != FLOW_NONE || !keys_raw())
					return KEY_END;
				screen_again(NULL, l);
			}
			(void)screen_resized(l);
			continue;
		}
		int flags = fcntl(0, F_GETFL);
		if (errno != EAGAIN || flags < 0 || (flags & O_NONBLOCK) == 0)
			return KEY_END;
		(void)fcntl(0, F_SETFL, flags & ~O_NONBLOCK); /* a command has left it so */
	}
}

size_t key_rest(char *bytes, int first)
{
	unsigned char c = (unsigned char)first;
	size_t size = c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 1;
	bytes[0] = first == 0 ? '\0' : (char)first;
	for (size_t i = 1; i < size; i++)
		if (!key_waiting(SEQUENCE_MS) || read(0, bytes + i, 1) != 1)
			return i;
	return size;
}

static int named_key(char final, int number, int modifier)
{
	bool word = modifier == 5 || modifier == 3; /* with control or alt */
	switch (final) {
	case 'A':
		return KEY_UP;
	case 'B':
		return KEY_DOWN;
	case 'C':
		return word ? KEY_WORD_RIGHT : KEY_RIGHT;
	case 'D':
		return word ? KEY_WORD_LEFT : KEY_LEFT;
	case 'H':
		return KEY_HOME;
	case 'F':
		return KEY_TAIL;
	case '~':
		return number == 1 || number == 7 ? KEY_HOME : number == 4 || number == 8 ? KEY_TAIL : number == 3 ? KEY_DELETE : KEY_NONE;
	default:
		return KEY_NONE;
	}
}

static int escape_key(const struct line *l)
{
	if (!key_waiting(SEQUENCE_MS))
		return KEY_META;
	int c = next_byte(l);
	if (c != '[' && c != 'O')
		return c < 256 ? KEY_META + c : c;
	int numbers[2] = {0, 0}, count = 0;
	while (key_waiting(SEQUENCE_MS) && (c = next_byte(l)) < 256) {
		if (c >= '0' && c <= '9' && numbers[count] < 1000)
			numbers[count] = numbers[count] * 10 + (c - '0');
		else if (c == ';')
			count = 1;
		else if (c >= '@' && c <= '~')
			return named_key((char)c, numbers[0], numbers[1]);
	}
	return KEY_NONE;
}

int key_read(const struct line *l)
{
	int c = next_byte(l);
	if (c >= 256)
		return c;
	if (c == '\033')
		return escape_key(l);
	if (c == cooked.c_cc[VERASE] && c != 0)
		return '\b';
	return c == 0x7f ? '\b' : c == '\r' ? '\n' : c;
}
