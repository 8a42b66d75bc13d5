/* seq, sysctl, clear, reset, more, ionice, taskset, tsort: small ones that belong nowhere else. */
#include "box.h"
#include <sys/ioctl.h>
#include <termios.h>

static int decimals_of(const char *text) {
	const char *point = strchr(text, '.');
	return point && !strpbrk(text, "eExX") ? (int)strlen(point + 1) : 0;
}

static double need_double(const char *text) {
	char *end;
	double value = strtod(text, &end);
	if (end == text || *end || value != value) usage_error("invalid floating point argument: '%s'", text);
	return value;
}

int seq_main(int argc, char **argv) {
	const char *separator = "\n", *format = NULL;
	bool wide = false;
	int i = 1;
	usage_status = 1;
	for (; i < argc && argv[i][0] == '-' && argv[i][1] && !strchr("0123456789.", argv[i][1]); i++) { /* negative numbers are no options */
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (strcmp(argv[i], "-w") == 0 || strcmp(argv[i], "--equal-width") == 0) wide = true;
		else if (strncmp(argv[i], "-s", 2) == 0 || strncmp(argv[i], "-f", 2) == 0) {
			bool is_format = argv[i][1] == 'f';
			const char *value = argv[i][2] ? argv[i] + 2 : i + 1 < argc ? argv[++i] : NULL;
			if (!value) usage_error("option requires an argument -- '%c'", is_format ? 'f' : 's');
			*(is_format ? &format : &separator) = value;
		} else usage_error("invalid option '%s'", argv[i]);
	}
	int count = argc - i;
	if (count < 1 || count > 3) usage_error(count < 1 ? "missing operand" : "extra operand");
	const char *from = count > 1 ? argv[i] : "1", *step = count > 2 ? argv[i + 1] : "1", *to = argv[argc - 1];
	double first = need_double(from), increment = need_double(step), last = need_double(to);
	if (increment == 0) usage_error("invalid Zero increment value: '%s'", step);
	int digits = decimals_of(from) > decimals_of(step) ? decimals_of(from) : decimals_of(step), width = 0;
	if (wide) {
		int a = snprintf(NULL, 0, "%.*f", digits, first), b = snprintf(NULL, 0, "%.*f", digits, last);
		width = a > b ? a : b;
	}
	if (format) { /* one floating conversion, nothing else */
		const char *at = strchr(format, '%');
		while (at && at[1] == '%') at = strchr(at + 2, '%');
		if (!at || !strchr("eEfFgGaA", at[1 + strspn(at + 1,
			"-+ #0123456789.'")])) usage_error("format '%s' has no directive for floating point numbers", format);
		const char *more = strchr(at + 1, '%');
		if (more && more[1] != '%') usage_error("format '%s' has too many %% directives", format);
	}
	double slack = (increment < 0 ? -increment : increment) * 1e-10;
	bool any = false;
	for (double n = 0;; n++) {
		double value = first + n * increment;
		if (increment > 0 ? value > last + slack : value < last - slack) break;
		if (any) fputs(separator, stdout);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* checked above */
		if (format) printf(format, value);
		else printf("%0*.*f", width, digits, value == 0 ? 0 : value);
#pragma GCC diagnostic pop
		any = true;
		check_output();
	}
	if (any) putchar('\n');
	return 0;
}

static int show_setting(const char *path, const char *key, bool value_only, bool quiet) {
	char *text = read_file(path, NULL);
	if (!text) return quiet ? 0 : warn_errno("error reading key '%s'", key);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		if (value_only) puts(line);
		else printf("%s = %s\n", key, line);
	}
	free(text);
	return 0;
}

static void show_all(const char *path, const char *key) {
	struct names names;
	if (!list_directory(path, &names)) return;
	for (size_t i = 0; i < names.count; i++) {
		char *inner = join_path(path, names.list[i]), *name = *key ? format_text("%s.%s", key, names.list[i]) : xstrdup(names.list[i]);
		if (is_directory(inner)) show_all(inner, name);
		else show_setting(inner, name, false, true);
		free(inner);
		free(name);
	}
	names_free(&names);
}

int sysctl_main(int argc, char **argv) {
	struct options parsed;
	bool all = false, write = false, value_only = false, quiet = false, ignore = false;
	int status = 0;
	options_start(&parsed, argc, argv, "awnqe", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) *(letter == 'a' ? &all : letter == 'w' ? &write : letter == 'n'
		? &value_only : letter == 'q' ? &quiet : &ignore) = true;
	if (all) show_all("/proc/sys", "");
	else if (parsed.argc == 0) missing_operand();
	for (int i = 0; i < parsed.argc; i++) {
		char *key = xstrdup(parsed.argv[i]), *value = strchr(key, '=');
		if (value) *value++ = '\0';
		if (write && !value) {
			status = warn("'%s' must be of the form name=value", key);
			continue;
		}
		char *path = format_text("/proc/sys/%s", key);
		for (char *each = path + strlen("/proc/sys/"); *each; each++)
			if (*each == '.') *each = '/';
		for (char *each = key; *each; each++)
			if (*each == '/') *each = '.';
		if (value) {
			int fd = open(path, O_WRONLY | O_CLOEXEC);
			if (fd < 0 || !write_all(fd, value, strlen(value))) {
				if (!(ignore && errno == ENOENT)) status = warn_errno("error setting key '%s'", key);
			} else if (!quiet) printf("%s = %s\n", key, value);
			if (fd >= 0) close(fd);
		} else status |= show_setting(path, key, value_only, ignore);
		free(key);
		free(path);
	}
	return status;
}

int clear_main(int argc, char **argv) {
	(void)argc;
	(void)argv;
	fputs("\033[H\033[J", stdout);
	return 0;
}

int reset_main(int argc, char **argv) {
	(void)argc;
	(void)argv;
	struct termios settings;
	if (tcgetattr(STDIN_FILENO, &settings) == 0) {
		settings.c_iflag |= BRKINT | ICRNL | IXON;
		settings.c_oflag |= OPOST | ONLCR;
		settings.c_lflag |= ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN;
		tcsetattr(STDIN_FILENO, TCSANOW, &settings);
	}
	if (isatty(STDOUT_FILENO)) fputs("\033c\033(B\033[0m\033[J\033[?25h", stdout);
	return 0;
}

/* A screen at a time; enter a line more, q ends. Not on a terminal: cat. */
int more_main(int argc, char **argv) {
	struct options parsed;
	struct winsize window = {0};
	int status = 0;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	FILE *keys = isatty(STDOUT_FILENO) ? fopen("/dev/tty", "r") : NULL;
	struct termios old, raw;
	if (keys && tcgetattr(fileno(keys), &old) == 0) {
		raw = old;
		raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO);
		raw.c_cc[VMIN] = 1;
		raw.c_cc[VTIME] = 0;
		setvbuf(keys, NULL, _IONBF, 0);
	} else keys = NULL;
	bool quit = false;
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1) && !quit; i++) {
		struct reader in;
		size_t length;
		bool ended;
		if (!reader_open(&in, parsed.argc ? parsed.argv[i] : "-")) {
			status = 1;
			continue;
		}
		int rows = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_row > 1 ? window.ws_row - 1 : 23, left = rows;
		for (char *line; !quit && (line = reader_line(&in, '\n', &length, &ended));) {
			if (keys && left == 0) {
				fputs("--More--", stdout);
				fflush(stdout);
				tcsetattr(fileno(keys), TCSANOW, &raw);
				int c = getc(keys);
				tcsetattr(fileno(keys), TCSANOW, &old);
				fputs("\r\033[K", stdout);
				quit = c == 'q' || c == EOF || c == 3;
				left = c == '\n' || c == 'j' ? 1 : rows;
				if (quit) break;
			}
			fwrite(line, 1, length, stdout);
			if (ended) putchar('\n');
			check_output();
			left--;
		}
		status |= reader_close(&in);
	}
	return status;
}

/* The emulated kernel schedules all processes alike and has no I/O classes: only what is true without them is said. */
int ionice_main(int argc, char **argv) {
	struct options parsed;
	bool setting = false, asked = false, ignore = false;
	options_start(&parsed, argc, argv, "+c:n:p:t", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'p') asked = true;
		else if (letter == 't') ignore = true;
		else setting = true;
	}
	if (setting) {
		errno = ENOSYS;
		if (!ignore) die_errno(1, "cannot set the I/O scheduling class");
	}
	if (!asked && parsed.argc) return exec_command(parsed.argv);
	puts("none: prio 0");
	return 0;
}

int taskset_main(int argc, char **argv) {
	struct options parsed;
	const char *pid = NULL;
	bool list = false;
	options_start(&parsed, argc, argv, "+pc", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'p') pid = "";
		else list = true;
	}
	if (parsed.argc == 0) missing_operand();
	if (!pid || parsed.argc > 1) {
		errno = ENOSYS;
		die_errno(1, "cannot set the processors of %s", pid ? parsed.argv[1] : "a command");
	}
	char *path = format_text("/proc/%s/status", parsed.argv[0]), *text = read_file(path, NULL);
	const char *key = list ? "\nCpus_allowed_list:" : "\nCpus_allowed:", *at = text ? strstr(text, key) : NULL;
	if (!text) return warn_errno("failed to get pid %s's affinity", parsed.argv[0]);
	if (!at) return warn("%s does not tell the processors of pid %s", path, parsed.argv[0]);
	at += strlen(key);
	at += strspn(at, " \t");
	if (!list) at += strspn(at, "0,");
	printf("pid %s's current affinity %s: %.*s\n", parsed.argv[0], list ? "list" : "mask", (int)strcspn(at, "\n"), at);
	return 0;
}
