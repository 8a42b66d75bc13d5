/* xxd: bytes as hexadecimal digits, and back. */
#include "box.h"
#include <ctype.h>

static struct {
	bool plain, upper, reverse;
	unsigned columns, group;
	unsigned long long length, skip;
} xxd = {.length = UINT64_MAX};

static void put_row(unsigned long long offset, const unsigned char *row, size_t count) {
	if (!xxd.plain) printf("%08llx: ", offset);
	size_t width = 0, whole = xxd.columns * 2 + (xxd.columns + xxd.group - 1) / xxd.group;
	for (size_t i = 0; i < count; i++) {
		width += (size_t)(xxd.upper ? printf("%02X", row[i]) : printf("%02x", row[i]));
		if (!xxd.plain && (i + 1) % xxd.group == 0) {
			putchar(' ');
			width++;
		}
	}
	if (!xxd.plain) {
		printf("%*s", (int)(whole - width) + 1, "");
		for (size_t i = 0; i < count; i++) putchar(row[i] >= ' ' && row[i] < 127 ? row[i] : '.');
	}
	putchar('\n');
	check_output();
}

static int dump(struct reader *in) {
	unsigned char *row = xmalloc(xxd.columns);
	unsigned long long offset = xxd.skip, left = xxd.length;
	for (unsigned long long skip = xxd.skip; skip; skip--)
		if (reader_byte(in) == EOF) break;
	size_t count = 0;
	for (int byte; left && (byte = reader_byte(in)) != EOF; left--) {
		row[count++] = (unsigned char)byte;
		if (count < xxd.columns) continue;
		put_row(offset, row, count);
		offset += count;
		count = 0;
	}
	if (count) put_row(offset, row, count);
	free(row);
	return reader_close(in);
}

static int digit(int c) {
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int restore(struct reader *in) {
	size_t length;
	unsigned long long at = 0;
	for (char *line; (line = reader_line(in, '\n', &length, NULL));) {
		const char *text = line;
		if (!xxd.plain) {
			char *end;
			unsigned long long offset = strtoull(line, &end, 16);
			if (end == line || *end != ':') continue;
			if (offset < at) die(5, "the offset %llx goes back, and standard output cannot", offset);
			for (; at < offset; at++) putchar('\0');
			text = end + 1;
		}
		unsigned taken = 0;
		for (int high = -1; *text && (xxd.plain || taken < xxd.columns); text++) {
			if (!xxd.plain && text[0] == ' ' && text[1] == ' ') break; /* what follows is the text */
			int value = digit(*text);
			if (value < 0 && !isspace((unsigned char)*text)) break;
			if (value < 0) continue;
			if (high < 0) high = value;
			else {
				putchar(high << 4 | value);
				taken++;
				at++;
				high = -1;
			}
		}
		check_output();
	}
	return reader_close(in);
}

int xxd_main(int argc, char **argv) {
	static const struct long_option names[] = {{NULL, 0}};
	struct options parsed;
	for (int i = 1; i < argc; i++) /* xxd's own spelling */
		if (strcmp(argv[i], "-ps") == 0 || strcmp(argv[i], "-plain") == 0) argv[i][2] = '\0';
	options_start(&parsed, argc, argv, "prul:s:c:g:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'p': xxd.plain = true; break;
		case 'r': xxd.reverse = true; break;
		case 'u': xxd.upper = true; break;
		case 'l': xxd.length = strtoull(parsed.argument, NULL, 0); break;
		case 's': xxd.skip = strtoull(parsed.argument, NULL, 0); break;
		case 'c': xxd.columns = (unsigned)need_number(parsed.argument); break;
		default: xxd.group = (unsigned)need_number(parsed.argument);
		}
	if (xxd.columns == 0) xxd.columns = xxd.plain ? 30 : 16;
	if (!xxd.plain && xxd.columns > 256) die(1, "invalid number of columns (max. 256).");
	if (xxd.group == 0) xxd.group = 2;
	if (xxd.group > xxd.columns) xxd.group = xxd.columns;
	if (parsed.argc > 1) usage_error("extra operand '%s'", parsed.argv[1]);
	struct reader in;
	if (!reader_open(&in, parsed.argc ? parsed.argv[0] : "-")) return 2;
	return xxd.reverse ? restore(&in) : dump(&in);
}
