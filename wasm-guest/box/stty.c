/* stty: settings of the terminal on standard input. */
#include "box.h"
#include <sys/ioctl.h>
#include <termios.h>

enum group { CONTROL, INPUT, OUTPUT, LOCAL };
static const struct mode {
	const char *name;
	enum group group;
	tcflag_t bits, mask; /* mask 0: one flag */
	bool sane, hidden;
} modes[] = {{"parenb", CONTROL, PARENB, 0, false, false}, {"parodd", CONTROL, PARODD, 0, false, false}, {"cs5", CONTROL, CS5, CSIZE,
	false, false},
	{"cs6", CONTROL, CS6, CSIZE, false, false}, {"cs7", CONTROL, CS7, CSIZE, false, false}, {"cs8", CONTROL, CS8, CSIZE, true, false},
		{"hupcl", CONTROL, HUPCL, 0, false, false},
	{"cstopb", CONTROL, CSTOPB, 0, false, false}, {"cread", CONTROL, CREAD, 0, true, false}, {"clocal", CONTROL, CLOCAL, 0, false, false},
	{"ignbrk", INPUT, IGNBRK, 0, false, false}, {"brkint", INPUT, BRKINT, 0, true, false}, {"ignpar", INPUT, IGNPAR, 0, false, false},
		{"parmrk", INPUT, PARMRK, 0, false, false},
	{"inpck", INPUT, INPCK, 0, false, false}, {"istrip", INPUT, ISTRIP, 0, false, false}, {"inlcr", INPUT, INLCR, 0, false, false},
		{"igncr", INPUT, IGNCR, 0, false, false},
	{"icrnl", INPUT, ICRNL, 0, true, false}, {"ixon", INPUT, IXON, 0, true, false}, {"ixoff", INPUT, IXOFF, 0, false, false}, {"ixany",
		INPUT, IXANY, 0, false, false},
	{"imaxbel", INPUT, 020000, 0, true, false}, {"iutf8", INPUT, 040000, 0, false, false}, {"opost", OUTPUT, OPOST, 0, true, false},
		{"onlcr", OUTPUT, ONLCR, 0, true, false},
	{"ocrnl", OUTPUT, OCRNL, 0, false, false}, {"onocr", OUTPUT, ONOCR, 0, false, false}, {"onlret", OUTPUT, ONLRET, 0, false, false},
		{"isig", LOCAL, ISIG, 0, true, false},
	{"icanon", LOCAL, ICANON, 0, true, false}, {"iexten", LOCAL, IEXTEN, 0, true, false}, {"echo", LOCAL, ECHO, 0, true, false}, {"echoe",
		LOCAL, ECHOE, 0, true, false},
	{"echok", LOCAL, ECHOK, 0, true, false}, {"echonl", LOCAL, ECHONL, 0, false, false}, {"noflsh", LOCAL, NOFLSH, 0, false, false},
		{"tostop", LOCAL, TOSTOP, 0, false, false},
	{"echoctl", LOCAL, 01000, 0, true, false}, {"echoke", LOCAL, 04000, 0, true, false}, {"ctlecho", LOCAL, 01000, 0, true, true},
		{"crtkill", LOCAL, 04000, 0, true, true},
	{"crterase", LOCAL, ECHOE, 0, true, true}};

static const struct {
	const char *name;
	int index;
	unsigned char sane;
} characters[] = {{"intr", VINTR, 3}, {"quit", VQUIT, 28}, {"erase", VERASE, 127}, {"kill", VKILL, 21}, {"eof", VEOF, 4}, {"eol", VEOL,
	0}, {"eol2", VEOL2, 0}, {"start", VSTART, 17},
	{"stop", VSTOP, 19}, {"susp", VSUSP, 26}, {"rprnt", VREPRINT, 18}, {"werase", VWERASE, 23}, {"lnext", VLNEXT, 22}, {"discard",
		VDISCARD, 15}};

static const struct {
	unsigned long value;
	speed_t code;
} speeds[] = {{0, B0}, {50, B50}, {75, B75}, {110, B110}, {134, B134}, {150, B150}, {200, B200}, {300, B300}, {600, B600}, {1200, B1200},
	{1800, B1800}, {2400, B2400},
	{4800, B4800}, {9600, B9600}, {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200}, {230400, B230400}};

static int terminal = STDIN_FILENO;
static const char *device = "standard input";

static tcflag_t *flags_of(struct termios *settings, enum group group) {
	return group == CONTROL ? &settings->c_cflag : group == INPUT ? &settings->c_iflag : group == OUTPUT ? &settings->c_oflag
		: &settings->c_lflag;
}

static unsigned long speed_value(speed_t code) {
	for (size_t i = 0; i < LENGTH(speeds); i++)
		if (speeds[i].code == code) return speeds[i].value;
	return 0;
}

static void character_text(unsigned char c, char out[8]) {
	if (c == 0) strcpy(out, "<undef>");
	else if (c < 32) snprintf(out, 8, "^%c", c + 64);
	else if (c == 127) strcpy(out, "^?");
	else if (c < 127) snprintf(out, 8, "%c", c);
	else snprintf(out, 8, "M-%c", c - 128 < 32 ? '^' : c - 128);
}

static void make_sane(struct termios *settings) {
	for (size_t i = 0; i < LENGTH(modes); i++) {
		if (modes[i].hidden || (modes[i].group == CONTROL && modes[i].mask)) continue;
		tcflag_t *flags = flags_of(settings, modes[i].group);
		if (modes[i].sane) *flags |= modes[i].bits;
		else if (modes[i].group != CONTROL && modes[i].bits != 040000) *flags &= ~modes[i].bits;
	}
	for (size_t i = 0; i < LENGTH(characters); i++) settings->c_cc[characters[i].index] = characters[i].sane;
	settings->c_cc[VMIN] = 1;
	settings->c_cc[VTIME] = 0;
}

static void show(struct termios *settings, bool all) {
	struct winsize window = {0};
	struct termios sane = *settings;
	char text[8];
	make_sane(&sane);
	printf("speed %lu baud;", speed_value(cfgetospeed(settings)));
	if (all && ioctl(terminal, TIOCGWINSZ, &window) == 0) printf(" rows %u; columns %u;", window.ws_row, window.ws_col);
	printf(" line = %d;", settings->c_line);
	bool broke = false;
	int column = 0;
	for (size_t i = 0; i < LENGTH(characters); i++) {
		unsigned char c = settings->c_cc[characters[i].index];
		if (!all && c == characters[i].sane) continue;
		character_text(c, text);
		if (!broke || column > 60) {
			putchar('\n');
			column = 0;
		}
		column += printf(column ? " %s = %s;" : "%s = %s;", characters[i].name, text);
		broke = true;
	}
	if (all) printf(" min = %u; time = %u;", settings->c_cc[VMIN], settings->c_cc[VTIME]);
	putchar('\n');
	for (enum group group = CONTROL; group <= LOCAL; group++) {
		bool any = false;
		for (size_t i = 0; i < LENGTH(modes); i++) {
			const struct mode *mode = &modes[i];
			tcflag_t flags = *flags_of(settings, mode->group);
			if (mode->group != group || mode->hidden) continue;
			bool on = mode->mask ? (flags & mode->mask) == mode->bits : (flags & mode->bits) != 0;
			if (mode->mask ? !on || (!all && mode->sane) : !all && on == mode->sane) continue;
			printf("%s%s%s", any ? " " : "", on ? "" : "-", mode->name);
			any = true;
		}
		if (any) putchar('\n');
	}
}

static void save_text(const struct termios *settings) {
	printf("%x:%x:%x:%x", (unsigned)settings->c_iflag, (unsigned)settings->c_oflag, (unsigned)settings->c_cflag,
		(unsigned)settings->c_lflag);
	for (size_t i = 0; i < sizeof settings->c_cc; i++) printf(":%x", settings->c_cc[i]);
	putchar('\n');
}

static bool restore_text(const char *text, struct termios *settings) {
	unsigned values[4];
	int used;
	if (sscanf(text, "%x:%x:%x:%x%n", &values[0], &values[1], &values[2], &values[3], &used) != 4) return false;
	settings->c_iflag = values[0];
	settings->c_oflag = values[1];
	settings->c_cflag = values[2];
	settings->c_lflag = values[3];
	const char *at = text + used;
	for (size_t i = 0; i < sizeof settings->c_cc; i++) {
		char *end;
		if (*at != ':') return false;
		settings->c_cc[i] = (cc_t)strtoul(at + 1, &end, 16);
		at = end;
	}
	return *at == '\0';
}

static unsigned char parse_character(const char *text) {
	if (strcmp(text, "undef") == 0 || strcmp(text, "^-") == 0 || !*text) return 0;
	if (text[0] == '^' && text[1]) return text[1] == '?' ? 127 : (unsigned char)(text[1] & 0x1f);
	if (text[1]) return (unsigned char)strtoul(text, NULL, 0);
	return (unsigned char)*text;
}

static void set_size(const char *what, const char *text) {
	struct winsize window = {0};
	if (ioctl(terminal, TIOCGWINSZ, &window) != 0) die_errno(1, "%s", device);
	*(*what == 'r' ? &window.ws_row : &window.ws_col) = (unsigned short)need_number(text);
	if (ioctl(terminal, TIOCSWINSZ, &window) != 0) die_errno(1, "%s", device);
}

static bool set_mode(struct termios *settings, const char *name) {
	bool off = *name == '-';
	for (size_t i = 0; i < LENGTH(modes); i++) {
		if (strcmp(modes[i].name, name + off) != 0) continue;
		tcflag_t *flags = flags_of(settings, modes[i].group);
		if (modes[i].mask) {
			if (off) return false;
			*flags = (*flags & ~modes[i].mask) | modes[i].bits;
		} else if (off) *flags &= ~modes[i].bits;
		else *flags |= modes[i].bits;
		return true;
	}
	return false;
}

static bool set_combination(struct termios *settings, const char *name) {
	if (strcmp(name, "sane") == 0) make_sane(settings);
	else if (strcmp(name, "raw") == 0 || strcmp(name, "-cooked") == 0) {
		settings->c_iflag &= (tcflag_t) ~(IGNBRK | BRKINT | IGNPAR | PARMRK | INPCK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXOFF | IXANY | 020000);
		settings->c_oflag &= (tcflag_t)~OPOST;
		settings->c_lflag &= (tcflag_t) ~(ISIG | ICANON);
		settings->c_cc[VMIN] = 1;
		settings->c_cc[VTIME] = 0;
	} else if (strcmp(name, "cooked") == 0 || strcmp(name, "-raw") == 0) {
		settings->c_iflag |= BRKINT | IGNPAR | ISTRIP | ICRNL | IXON;
		settings->c_oflag |= OPOST;
		settings->c_lflag |= ISIG | ICANON;
	} else if (strcmp(name, "cbreak") == 0) settings->c_lflag &= (tcflag_t)~ICANON;
	else if (strcmp(name, "-cbreak") == 0) settings->c_lflag |= ICANON;
	else if (strcmp(name, "nl") == 0) {
		settings->c_iflag &= (tcflag_t)~ICRNL;
		settings->c_oflag &= (tcflag_t)~ONLCR;
	} else if (strcmp(name, "-nl") == 0) {
		settings->c_iflag = (settings->c_iflag | ICRNL) & (tcflag_t) ~(INLCR | IGNCR);
		settings->c_oflag = (settings->c_oflag | ONLCR) & (tcflag_t) ~(OCRNL | ONLRET);
	} else return false;
	return true;
}

int stty_main(int argc, char **argv) {
	struct termios settings;
	char form = '\0';
	int i = 1;
	for (; i < argc && argv[i][0] == '-' && (strcmp(argv[i], "-a") == 0 || strcmp(argv[i], "-g") == 0 || argv[i][1] == 'F'); i++) {
		if (argv[i][1] != 'F') {
			form = argv[i][1];
			continue;
		}
		device = argv[i][2] ? argv[i] + 2 : ++i < argc ? argv[i] : NULL;
		if (!device) usage_error("option requires an argument -- 'F'");
		terminal = open(device, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (terminal < 0) die_errno(1, "%s", device);
	}
	if (tcgetattr(terminal, &settings) != 0) die_errno(1, "%s", device);
	if (i == argc) {
		if (form == 'g') save_text(&settings);
		else show(&settings, form == 'a');
		return 0;
	}
	bool changed = false;
	for (; i < argc; i++) {
		const char *name = argv[i];
		unsigned long long number;
		size_t c = 0;
		struct winsize window = {0};
		while (c < LENGTH(characters) && strcmp(characters[c].name, name) != 0) c++;
		bool sized = strcmp(name, "rows") == 0 || strcmp(name, "cols") == 0 || strcmp(name, "columns") == 0;
		bool timed = strcmp(name, "min") == 0 || strcmp(name, "time") == 0;
		bool speed = strcmp(name, "ispeed") == 0 || strcmp(name, "ospeed") == 0;
		if ((c < LENGTH(characters) || sized || timed || speed) && i + 1 >= argc) die(1, "missing argument to '%s'", name);
		if (strcmp(name, "size") == 0) {
			if (ioctl(terminal, TIOCGWINSZ, &window) != 0) die_errno(1, "%s", device);
			printf("%u %u\n", window.ws_row, window.ws_col);
			continue;
		}
		if (strcmp(name, "speed") == 0) {
			printf("%lu\n", speed_value(cfgetospeed(&settings)));
			continue;
		}
		if (sized) {
			set_size(name, argv[++i]);
			continue;
		}
		changed = true;
		if (c < LENGTH(characters)) settings.c_cc[characters[c].index] = parse_character(argv[++i]);
		else if (timed) settings.c_cc[*name == 'm' ? VMIN : VTIME] = (cc_t)need_number(argv[++i]);
		else if (speed || parse_number(name, &number)) {
			unsigned long long wanted = speed ? need_number(argv[++i]) : number;
			size_t s = 0;
			while (s < LENGTH(speeds) && speeds[s].value != wanted) s++;
			if (s == LENGTH(speeds)) die(1, "invalid speed '%s'", argv[i]);
			cfsetospeed(&settings, speeds[s].code);
			cfsetispeed(&settings, speeds[s].code);
		} else if (!set_mode(&settings, name) && !set_combination(&settings, name) && !restore_text(name, &settings)) die(1,
			"invalid argument '%s'", name);
	}
	if (changed && tcsetattr(terminal, TCSADRAIN, &settings) != 0) die_errno(1, "%s", device);
	return 0;
}
