/* echo and printf, and the escapes that both know. */
#include "box.h"
#include <ctype.h>

/*
 * The character of an escape after its backslash, *text moved behind it; -1: none (a backslash stays), -2: \c.
 * zero: octal digits must begin with 0 (echo, printf's %b).
 */
static int escape(const char **text, bool zero) {
	static const char letters[] = "abefnrtv\\", values[] = "\a\b\033\f\n\r\t\v\\";
	const char *at = *text;
	const char *place = *at ? strchr(letters, *at) : NULL;
	int value = 0, digits = 0;
	if (place) {
		*text = at + 1;
		return (unsigned char)values[place - letters];
	}
	if (*at == 'c') return -2;
	if (*at == 'x') {
		for (at++; digits < 2 && isxdigit((unsigned char)*at); digits++, at++)
			value = value * 16 + (isdigit((unsigned char)*at) ? *at - '0' : tolower((unsigned char)*at) - 'a' + 10);
	} else if (!zero || *at == '0') {
		int most = zero ? 4 : 3;
		for (; digits < most && *at >= '0' && *at <= '7'; digits++, at++) value = value * 8 + *at - '0';
	}
	if (!digits) return -1;
	*text = at;
	return value & 0xff;
}

/* false: \c, output ends here */
static bool put_escaped(const char *text) {
	while (*text) {
		if (*text != '\\') {
			putchar(*text++);
			continue;
		}
		text++;
		int c = escape(&text, true);
		if (c == -2) return false;
		putchar(c == -1 ? '\\' : c);
	}
	return true;
}

int echo_main(int argc, char **argv) {
	bool newline = true, escapes = false;
	int i = 1;
	for (; i < argc && argv[i][0] == '-' && argv[i][1] && argv[i][1 + strspn(argv[i] + 1, "neE")] == '\0'; i++)
		for (const char *letter = argv[i] + 1; *letter; letter++) {
			if (*letter == 'n') newline = false;
			else escapes = *letter == 'e';
		}
	for (int first = i; i < argc; i++) {
		if (i > first) putchar(' ');
		if (!escapes) fputs(argv[i], stdout);
		else if (!put_escaped(argv[i])) return 0;
	}
	if (newline) putchar('\n');
	return 0;
}

struct arguments {
	char **at;
	int status;
};

static const char *next_text(struct arguments *arguments) {
	return *arguments->at ? *arguments->at++ : NULL;
}

static void check_end(struct arguments *arguments, const char *text, const char *end) {
	if (end == text) arguments->status = warn("'%s': expected a numeric value", text);
	else if (*end) arguments->status = warn("'%s': value not completely converted", text);
}

static long long next_integer(struct arguments *arguments, bool is_unsigned) {
	const char *text = next_text(arguments);
	char *end;
	if (!text) return 0;
	if (*text == '\'' || *text == '"') return (unsigned char)text[1];
	errno = 0;
	long long value = is_unsigned ? (long long)strtoull(text, &end, 0) : strtoll(text, &end, 0);
	if (errno == ERANGE) arguments->status = warn_errno("'%s'", text);
	else check_end(arguments, text, end);
	return value;
}

static double next_double(struct arguments *arguments) {
	const char *text = next_text(arguments);
	char *end;
	if (!text) return 0;
	if (*text == '\'' || *text == '"') return (unsigned char)text[1];
	double value = strtod(text, &end);
	check_end(arguments, text, end);
	return value;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the format is what the user gave, taken apart and checked below */
/* One conversion at *format (behind its %); false: output ends here. */
static bool convert(const char **format, struct arguments *arguments) {
	char spec[64];
	size_t length = 0;
	const char *at = *format;
	int stars[2] = {0, 0}, count = 0;
	spec[length++] = '%';
	while (*at && strchr("-+ #0", *at) && length < 8) spec[length++] = *at++;
	for (int part = 0; part < 2; part++) {
		if (part == 1) {
			if (*at != '.') break;
			spec[length++] = *at++;
		}
		if (*at == '*') {
			stars[count++] = (int)next_integer(arguments, false);
			spec[length++] = *at++;
		} else
			while (isdigit((unsigned char)*at) && length < 40) spec[length++] = *at++;
	}
	while (*at && strchr("hlLjzt", *at)) at++;
	char kind = *at ? *at++ : '\0';
	*format = at;
#define PRINT(value) (count == 2 ? printf(spec, stars[0], stars[1], value) : count == 1 ? printf(spec, stars[0], value) : printf(spec, value))
	if (kind && strchr("diouxX", kind)) {
		memcpy(spec + length, "ll", 2);
		spec[length + 2] = kind;
		spec[length + 3] = '\0';
		PRINT(next_integer(arguments, kind != 'd' && kind != 'i'));
	} else if (kind && strchr("aAeEfFgG", kind)) {
		spec[length] = kind;
		spec[length + 1] = '\0';
		PRINT(next_double(arguments));
	} else if (kind == 's' || kind == 'b' || kind == 'c') {
		const char *text = next_text(arguments);
		if (kind == 'b') return text ? put_escaped(text) : true;
		char one[2] = {text ? *text : '\0', '\0'};
		spec[length] = 's';
		spec[length + 1] = '\0';
		PRINT(kind == 'c' ? one : text ? text : "");
	} else die(1, "%.*s%c: invalid directive", (int)length, spec, kind ? kind : ' ');
#undef PRINT
	return true;
}
#pragma GCC diagnostic pop

int printf_main(int argc, char **argv) {
	if (argc > 1 && strcmp(argv[1], "--") == 0) {
		argv++;
		argc--;
	}
	if (argc < 2) missing_operand();
	struct arguments arguments = {argv + 2, 0};
	char **before;
	do {
		before = arguments.at;
		for (const char *at = argv[1]; *at;) {
			if (*at == '\\') {
				at++;
				int c = escape(&at, false);
				if (c == -2) return arguments.status;
				if (c == -1 && *at == '"') c = *at++;
				putchar(c == -1 ? '\\' : c);
			} else if (*at == '%' && at[1] == '%') {
				putchar('%');
				at += 2;
			} else if (*at == '%') {
				at++;
				if (!convert(&at, &arguments)) return arguments.status;
			} else putchar(*at++);
		}
	} while (*arguments.at && arguments.at != before);
	return arguments.status;
}
