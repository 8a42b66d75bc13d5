/* echo and printf */
#include "sh.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The escape behind a backslash. Octal: \nnn, in %b and echo \0nnn as well. False: \c, nothing more is printed. */
static bool escape(const char **at, bool zero_first, struct buf *b)
{
	const char *p = *at;
	char c = *p++;
	static const char from[] = "abefnrtv\\", to[] = "\a\b\033\f\n\r\t\v\\";
	const char *found = c == '\0' ? NULL : strchr(from, c);
	if (found != NULL) {
		buf_char(b, to[found - from]);
	} else if (c == 'c' && zero_first) {
		return false;
	} else if (c >= '0' && c <= '7') {
		int value = 0, digits = 0;
		if (!zero_first || c != '0')
			p--;
		while (digits < 3 && *p >= '0' && *p <= '7') {
			value = value * 8 + (*p++ - '0');
			digits++;
		}
		buf_char(b, (char)value);
	} else {
		buf_char(b, '\\');
		if (c == '\0')
			p--;
		else
			buf_char(b, c);
	}
	*at = p;
	return true;
}

/* The text with its escapes; false: \c was in it. */
static bool escapes(const char *text, struct buf *b)
{
	while (*text != '\0') {
		if (*text != '\\') {
			buf_char(b, *text++);
			continue;
		}
		text++;
		if (!escape(&text, true, b))
			return false;
	}
	return true;
}

int builtin_echo(int argc, char **argv)
{
	int i = 1;
	bool newline = true;
	if (argc > 1 && text_is(argv[1], "-n")) {
		newline = false;
		i++;
	}
	for (; i < argc; i++) {
		if (!escapes(argv[i], &out))
			return 0;
		if (i + 1 < argc)
			buf_char(&out, ' ');
	}
	if (newline)
		buf_char(&out, '\n');
	return 0;
}

struct arguments {
	char **at;
	int status;
};

static const char *next_text(struct arguments *a)
{
	return *a->at == NULL ? "" : *a->at++;
}

static void bad_number(struct arguments *a, const char *text, const char *end)
{
	if (end == text)
		complain("%s: expected numeric value", text);
	else if (*end != '\0')
		complain("%s: not completely converted", text);
	else
		complain("%s: %s", text, strerror(errno));
	a->status = 1;
}

static intmax_t next_integer(struct arguments *a, bool is_signed)
{
	if (*a->at == NULL)
		return 0;
	const char *text = next_text(a);
	char *end;
	if (*text == '"' || *text == '\'')
		return (unsigned char)text[1];
	errno = 0;
	intmax_t value = is_signed ? strtoimax(text, &end, 0) : (intmax_t)strtoumax(text, &end, 0);
	if (*text != '\0' && (end == text || *end != '\0' || errno == ERANGE))
		bad_number(a, text, end);
	return value;
}

static double next_double(struct arguments *a)
{
	if (*a->at == NULL)
		return 0;
	const char *text = next_text(a);
	char *end;
	if (*text == '"' || *text == '\'')
		return (unsigned char)text[1];
	errno = 0;
	double value = strtod(text, &end);
	if (*text != '\0' && (end == text || *end != '\0' || errno == ERANGE))
		bad_number(a, text, end);
	return value;
}

struct directive {
	bool minus, plus, space, alternative, zero;
	int width, precision; /* precision -1: none */
	char kind;
};

static void put_padded(const struct directive *d, const char *text, size_t len)
{
	size_t width = (size_t)d->width, pad = width > len ? width - len : 0;
	if (!d->minus)
		buf_pad(&out, ' ', pad);
	buf_bytes(&out, text, len);
	if (d->minus)
		buf_pad(&out, ' ', pad);
}

static void put_integer(const struct directive *d, intmax_t value)
{
	char digits[24];
	size_t at = sizeof digits;
	bool is_signed = d->kind == 'd' || d->kind == 'i';
	bool negative = is_signed && value < 0;
	uintmax_t rest = negative ? 0 - (uintmax_t)value : (uintmax_t)value;
	unsigned base = d->kind == 'o' ? 8 : d->kind == 'x' || d->kind == 'X' ? 16 : 10;
	const char *set = d->kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	uintmax_t whole = rest;
	while (rest != 0) {
		digits[--at] = set[rest % base];
		rest /= base;
	}
	size_t count = sizeof digits - at;
	size_t wanted = d->precision < 0 ? 1 : (size_t)d->precision;
	const char *sign = negative ? "-" : !is_signed ? "" : d->plus ? "+" : d->space ? " " : "";
	if (d->alternative && base == 16 && whole != 0)
		sign = d->kind == 'X' ? "0X" : "0x";
	if (d->alternative && base == 8 && count >= wanted)
		wanted = count + 1;
	size_t zeros = wanted > count ? wanted - count : 0;
	size_t len = strlen(sign) + zeros + count;
	if (d->zero && !d->minus && d->precision < 0 && (size_t)d->width > len)
		zeros += (size_t)d->width - len;
	struct buf b = {0};
	buf_text(&b, sign);
	buf_pad(&b, '0', zeros);
	buf_bytes(&b, digits + at, count);
	put_padded(d, b.data == NULL ? "" : b.data, b.len);
	buf_free(&b);
}

static void put_double(const struct directive *d, double value)
{
	char format[16], text[512];
	char *f = format;
	*f++ = '%';
	if (d->minus)
		*f++ = '-';
	if (d->plus)
		*f++ = '+';
	if (d->space)
		*f++ = ' ';
	if (d->alternative)
		*f++ = '#';
	if (d->zero)
		*f++ = '0';
	*f++ = '*';
	if (d->precision >= 0) {
		*f++ = '.';
		*f++ = '*';
	}
	*f++ = d->kind;
	*f = '\0';
	int n = d->precision >= 0 ? snprintf(text, sizeof text, format, d->width, d->precision, value) :
		snprintf(text, sizeof text, format, d->width, value);
	if (n > 0)
		buf_bytes(&out, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

static const char *read_directive(const char *p, struct directive *d, struct arguments *a)
{
	*d = (struct directive){.precision = -1};
	for (;; p++) {
		if (*p == '-')
			d->minus = true;
		else if (*p == '+')
			d->plus = true;
		else if (*p == ' ')
			d->space = true;
		else if (*p == '#')
			d->alternative = true;
		else if (*p == '0')
			d->zero = true;
		else
			break;
	}
	if (*p == '*') {
		d->width = (int)next_integer(a, true);
		p++;
	} else {
		while (*p >= '0' && *p <= '9')
			d->width = d->width * 10 + (*p++ - '0');
	}
	if (d->width < 0) {
		d->minus = true;
		d->width = -d->width;
	}
	if (*p == '.') {
		p++;
		d->precision = 0;
		if (*p == '*') {
			d->precision = (int)next_integer(a, true);
			p++;
		}
		while (*p >= '0' && *p <= '9')
			d->precision = d->precision * 10 + (*p++ - '0');
	}
	d->kind = *p;
	return p;
}

/* One conversion; false: %b with \c. */
static bool convert(const struct directive *d, struct arguments *a)
{
	struct buf b = {0};
	const char *text;
	bool more = true;
	switch (d->kind) {
	case 'd': case 'i':
		put_integer(d, next_integer(a, true));
		break;
	case 'o': case 'u': case 'x': case 'X':
		put_integer(d, next_integer(a, false));
		break;
	case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
		put_double(d, next_double(a));
		break;
	case 'c':
		text = next_text(a);
		put_padded(d, text, 1); /* of nothing: a NUL byte */
		break;
	case 's':
		text = next_text(a);
		put_padded(d, text, d->precision >= 0 ? strnlen(text, (size_t)d->precision) : strlen(text));
		break;
	default: /* b */
		more = escapes(next_text(a), &b);
		put_padded(d, b.data == NULL ? "" : b.data, d->precision >= 0 && (size_t)d->precision < b.len ? (size_t)d->precision : b.len);
		buf_free(&b);
		break;
	}
	return more;
}

int builtin_printf(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	(void)argc;
	(void)next_option(&scan, "");
	if (scan.failed)
		return 2;
	if (*scan.argv == NULL)
		return fail(2, "usage: printf format [arg ...]");
	const char *format = *scan.argv;
	struct arguments a = {.at = scan.argv + 1};
	char **before;
	do {
		before = a.at;
		for (const char *p = format; *p != '\0';) {
			if (*p == '\\') {
				p++;
				if (!escape(&p, false, &out))
					return a.status;
			} else if (p[0] == '%' && p[1] == '%') {
				buf_char(&out, '%');
				p += 2;
			} else if (*p == '%') {
				const char *start = p;
				struct directive d;
				p = read_directive(p + 1, &d, &a);
				if (d.kind == '\0')
					return fail(2, "missing format character");
				if (strchr("diouxXeEfFgGaAcsb", d.kind) == NULL) {
					struct buf bad = {0};
					buf_bytes(&bad, start, (size_t)(p - start) + (*p != '\0'));
					(void)fail(2, "%s: invalid directive", buf_cstr(&bad));
					buf_free(&bad);
					return 2;
				}
				p++;
				if (!convert(&d, &a))
					return a.status;
			} else {
				buf_char(&out, *p++);
			}
		}
	} while (a.at != before && *a.at != NULL);
	return a.status;
}
