/* The screen: sequences that every terminal of today has (ECMA-48). */
#include "screen.h"
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <wchar.h>

struct screen screen;
bool screen_stays;
static int terminal = -1;
static struct termios before;
static struct buffer *shown, pending;
static volatile sig_atomic_t resized;

static void on_resize(int number) {
	(void)number;
	resized = 1;
}

static void on_end(int number) {
	screen_close();
	signal(number, SIG_DFL);
	raise(number);
}

static void measure(void) {
	struct winsize size = {0};
	for (size_t i = 0; i < screen.rows; i++) free(shown[i].data);
	bool known = ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_row > 1 && size.ws_col > 1;
	screen.rows = known ? size.ws_row : 24;
	screen.columns = known ? size.ws_col : 80;
	free(shown);
	shown = xcalloc(screen.rows, sizeof *shown);
	buffer_text(&pending, "\033[H\033[2J");
	resized = 0;
}

bool screen_open(void) {
	terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
	if (terminal < 0) return false;
	if (tcgetattr(terminal, &before) != 0) {
		close(terminal);
		terminal = -1;
		return false;
	}
	struct termios raw = before;
	raw.c_iflag &= (tcflag_t) ~(ICRNL | INLCR | IXON);
	raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(terminal, TCSADRAIN, &raw);
	struct sigaction action = {.sa_handler = on_resize}; /* no SA_RESTART: it ends the wait for a key */
	sigaction(SIGWINCH, &action, NULL);
	signal(SIGTERM, on_end);
	signal(SIGHUP, on_end);
	if (!screen_stays) buffer_text(&pending, "\033[?1049h");
	measure();
	atexit(screen_close);
	return true;
}

void screen_close(void) {
	const char *leave = screen_stays ? "" : "\033[?1049l";
	if (terminal < 0) return;
	char last[32];
	int length = snprintf(last, sizeof last, "\033[%zu;1H\033[K%s", screen.rows, leave);
	(void)write_all(terminal, last, (size_t)length);
	tcsetattr(terminal, TCSADRAIN, &before);
	close(terminal);
	terminal = -1;
}

static int wait_byte(int timeout) {
	struct pollfd wait = {.fd = terminal, .events = POLLIN};
	unsigned char byte;
	if (timeout >= 0 && poll(&wait, 1, timeout) <= 0) return -1;
	ssize_t got = read(terminal, &byte, 1);
	if (got == 1) return byte;
	return got < 0 && errno == EINTR ? -1 : KEY_END_OF_FILE;
}

/* What follows an escape: a sequence of the terminal comes at once, a person does not. */
static int sequence(void) {
	int byte = wait_byte(50), number = 0;
	if (byte < 0) return '\033';
	if (byte != '[' && byte != 'O') return '\033';
	while ((byte = wait_byte(50)) >= '0' && byte <= ';') number = byte == ';' ? number : number * 10 + byte - '0';
	switch (byte) {
	case 'A': return KEY_UP;
	case 'B': return KEY_DOWN;
	case 'C': return KEY_RIGHT;
	case 'D': return KEY_LEFT;
	case 'H': return KEY_HOME;
	case 'F': return KEY_END;
	case '~': return number == 1 || number == 7 ? KEY_HOME : number == 4 || number == 8 ? KEY_END : number == 5 ? KEY_PAGE_UP
		: number == 6 ? KEY_PAGE_DOWN : number == 3 ? KEY_DELETE : '\033';
	default: return '\033';
	}
}

int screen_key(void) {
	for (;;) {
		if (resized) {
			measure();
			return KEY_RESIZE;
		}
		int byte = wait_byte(-1);
		if (byte >= 0) return byte == '\033' ? sequence() : byte;
	}
}

void screen_row(size_t row, const char *bytes, size_t length) {
	struct buffer *old = &shown[row];
	if (row >= screen.rows || (old->length == length && (length == 0 || memcmp(old->data, bytes, length) == 0))) return;
	char move[32];
	snprintf(move, sizeof move, "\033[%zu;1H\033[K", row + 1);
	buffer_text(&pending, move);
	buffer_add(&pending, bytes, length);
	buffer_text(&pending, "\033[m");
	old->length = 0;
	buffer_add(old, bytes, length);
}

void screen_show(size_t row, size_t column) {
	char move[48];
	snprintf(move, sizeof move, "\033[%zu;%zuH", row + 1, column + 1);
	buffer_text(&pending, move);
	if (!write_all(terminal, pending.data, pending.length)) exit(1);
	pending.length = 0;
}

static size_t decode(const char *bytes, size_t length, wchar_t *out) {
	const unsigned char *b = (const unsigned char *)bytes;
	size_t size = b[0] < 0x80 ? 1 : b[0] >= 0xc2 && b[0] < 0xe0 ? 2 : b[0] >= 0xe0 && b[0] < 0xf0 ? 3 : b[0] >= 0xf0 && b[0] < 0xf5 ? 4 : 0;
	*out = 0;
	if (size == 0 || size > length) return 0;
	wchar_t value = size == 1 ? b[0] : b[0] & (0xff >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if ((b[i] & 0xc0) != 0x80) return 0;
		value = (wchar_t)(value << 6 | (b[i] & 0x3f));
	}
	*out = value;
	return size;
}

size_t character_size(const char *bytes, size_t length) {
	wchar_t value;
	size_t size = decode(bytes, length, &value);
	return size ? size : 1;
}

size_t character_width(const char *bytes, size_t size, size_t column) {
	unsigned char c = (unsigned char)*bytes;
	wchar_t value;
	if (c == '\t') return 8 - column % 8;
	if (c < ' ' || c == 127) return 2;
	if (decode(bytes, size, &value) == 0) return 1;
	int width = value < 128 ? 1 : wcwidth(value);
	return width < 0 ? 1 : (size_t)width;
}

void add_character(struct buffer *to, const char *bytes, size_t size, size_t column) {
	unsigned char c = (unsigned char)*bytes;
	wchar_t value;
	if (c == '\t') for (size_t i = character_width(bytes, size, column); i > 0; i--) buffer_char(to, ' ');
	else if (c < ' ' || c == 127) {
		buffer_char(to, '^');
		buffer_char(to, c ^ 0x40);
	} else if (decode(bytes, size, &value) == 0 || (value >= 128 && wcwidth(value) < 0)) buffer_text(to, "\357\277\275"); /* U+FFFD */
	else buffer_add(to, bytes, size);
}
