/* od, hexdump, xxd, strings: bytes made visible. */
#include "box.h"
#include <ctype.h>

struct type {
	char kind; /* d o u x f a c */
	int size;
	bool text; /* z: the characters at the end of the line */
};
static struct {
	struct type types[16];
	size_t count;
	char radix; /* d o x n */
	bool all;
} od;

static int default_width(const struct type *type) {
	static const int octal[] = {0, 3, 6, 0, 11, 0, 0, 0, 22}, hex[] = {0, 2, 4, 0, 8, 0, 0, 0, 16}, sign[] = {0, 4, 6, 0, 11, 0, 0, 0,
		20}, plain[] = {0, 3, 5, 0, 10, 0, 0, 0, 20};
	switch (type->kind) {
	case 'o': return octal[type->size];
	case 'x': return hex[type->size];
	case 'd': return sign[type->size];
	case 'u': return plain[type->size];
	case 'f': return type->size == 4 ? 15 : 24;
	default: return 3;
	}
}

static void put_shortest(double value, bool single, int width) {
	char text[40];
	for (int digits = 1;; digits++) { /* as few digits as bring the same value back */
		snprintf(text, sizeof text, "%.*g", digits, value);
		if (digits >= (single ? 9 : 17) || (single ? (float)strtod(text, NULL) == (float)value : strtod(text, NULL) == value)) break;
	}
	printf(" %*s", width, text);
}

static void put_unit(const struct type *type, const unsigned char *at, int width) {
	static const char *const ascii[] = {"nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff", "cr", "so",
		"si", "dle", "dc1", "dc2", "dc3", "dc4",
		"nak", "syn", "etb", "can", "em", "sub", "esc", "fs", "gs", "rs", "us", "sp"};
	static const char escapes[] = "0......abtnvfr";
	uint64_t value = 0;
	for (int i = type->size; i-- > 0;) value = value << 8 | at[i];
	char text[16];
	switch (type->kind) {
	case 'a':
		value &= 0x7f;
		if (value == 127) snprintf(text, sizeof text, "del");
		else if (value < LENGTH(ascii)) snprintf(text, sizeof text, "%s", ascii[value]);
		else snprintf(text, sizeof text, "%c", (char)value);
		printf(" %*s", width, text);
		break;
	case 'c':
		if (value == 0 || (value >= 7 && value <= 13)) snprintf(text, sizeof text, "\\%c", escapes[value]);
		else if (value >= 32 && value < 127) snprintf(text, sizeof text, "%c", (char)value);
		else snprintf(text, sizeof text, "%03o", (unsigned)value);
		printf(" %*s", width, text);
		break;
	case 'd': {
		int shift = 64 - 8 * type->size;
		printf(" %*lld", width, (long long)(value << shift) >> shift);
		break;
	}
	case 'u': printf(" %*llu", width, (unsigned long long)value); break;
	case 'f':
		if (type->size == 4) {
			float single;
			memcpy(&single, at, 4);
			put_shortest((double)single, true, width);
		} else {
			double full;
			memcpy(&full, at, 8);
			put_shortest(full, false, width);
		}
		break;
	case 'o': printf(" %*s%0*llo", width - default_width(type), "", default_width(type), (unsigned long long)value); break;
	default: printf(" %*s%0*llx", width - default_width(type), "", default_width(type), (unsigned long long)value);
	}
}

static void put_address(unsigned long long address) {
	if (od.radix == 'd') printf("%07llu", address);
	else if (od.radix == 'x') printf("%06llx", address);
	else if (od.radix == 'o') printf("%07llo", address);
}

static void put_characters(const unsigned char *block, size_t length) {
	fputs("  >", stdout);
	for (size_t i = 0; i < length; i++) putchar(isprint(block[i]) ? block[i] : '.');
	putchar('<');
}

/* All types share columns: a unit of n bytes is as wide as the widest type needs for n bytes. */
static void put_row(const unsigned char *block, size_t length, size_t row, unsigned long long address) {
	double per_byte = 0;
	for (size_t i = 0; i < od.count; i++) {
		double wanted = (double)(default_width(&od.types[i]) + 1) / od.types[i].size;
		if (wanted > per_byte) per_byte = wanted;
	}
	for (size_t i = 0; i < od.count; i++) {
		const struct type *type = &od.types[i];
		if (i == 0) put_address(address);
		else printf("%*s", od.radix == 'n' ? 0 : od.radix == 'x' ? 6 : 7, "");
		size_t units = (row + (size_t)type->size - 1) / (size_t)type->size, width = (size_t)(per_byte * type->size + 0.999) - 1;
		for (size_t at = 0; at < length; at += (size_t)type->size) {
			unsigned char padded[8] = {0};
			size_t have = length - at < (size_t)type->size ? length - at : (size_t)type->size;
			memcpy(padded, block + at, have);
			put_unit(type, padded, (int)width);
		}
		if (type->text) {
			size_t done = (length + (size_t)type->size - 1) / (size_t)type->size;
			printf("%*s", (int)((units - done) * (width + 1)), "");
			put_characters(block, length);
		}
		putchar('\n');
	}
}

static void add_type(char kind, int size) {
	if (od.count < LENGTH(od.types)) od.types[od.count++] = (struct type){kind, size, false};
}

static void parse_types(const char *text) {
	while (*text) {
		char kind = *text++;
		int size = kind == 'a' || kind == 'c' ? 1 : kind == 'f' ? 8 : 4;
		if (!strchr("acdfoux", kind)) die(1, "invalid type string");
		if (isdigit((unsigned char)*text)) {
			char *end;
			size = (int)strtol(text, &end, 10);
			text = end;
		} else if (*text && strchr("CSILFD", *text)) {
			size = *text == 'C' ? 1 : *text == 'S' ? 2 : *text == 'I' || *text == 'F' ? 4 : 8;
			text++;
		}
		if (size != 1 && size != 2 && size != 4 && size != 8) die(1, "invalid type string: this system doesn't provide a %d-byte type",
			size);
		add_type(kind, size);
		if (*text == 'z') {
			od.types[od.count - 1].text = true;
			text++;
		}
	}
}

static bool od_option(int letter, const char *argument, unsigned long long *skip, unsigned long long *limit, size_t *row) {
	switch (letter) {
	case 'A': od.radix = *argument; return strchr("doxn", od.radix) != NULL && od.radix;
	case 't': parse_types(argument); break;
	case 'a': add_type('a', 1); break;
	case 'b': add_type('o', 1); break;
	case 'c': add_type('c', 1); break;
	case 'd': add_type('u', 2); break;
	case 'o': add_type('o', 2); break;
	case 'x': case 'h': add_type('x', 2); break;
	case 's': add_type('d', 2); break;
	case 'i': add_type('d', 4); break;
	case 'j': *skip = strncmp(argument, "0x", 2) == 0 ? strtoull(argument, NULL, 16) : need_size(argument); break;
	case 'N': *limit = strncmp(argument, "0x", 2) == 0 ? strtoull(argument, NULL, 16) : need_size(argument); break;
	case 'w': *row = argument ? (size_t)need_number(argument) : 32; return *row > 0;
	default: od.all = true;
	}
	return true;
}

/* Standard input or the files one after the other, as one stream. */
struct stream {
	char **files;
	int fd, status;
};

static size_t stream_read(struct stream *stream, unsigned char *block, size_t size) {
	size_t done = 0;
	while (done < size) {
		if (stream->fd < 0) {
			if (!*stream->files) break;
			stream->fd = open_input(*stream->files++);
			if (stream->fd < 0) {
				stream->status = 1;
				continue;
			}
		}
		ssize_t got = read_some(stream->fd, block + done, size - done);
		if (got < 0) stream->status = warn_errno("%s", stream->files[-1]);
		if (got <= 0) {
			close_input(stream->fd);
			stream->fd = -1;
		} else done += (size_t)got;
	}
	return done;
}

static struct stream start_stream(struct options *parsed) {
	static char dash[] = "-";
	static char *only[] = {dash, NULL};
	return (struct stream){parsed->argc ? parsed->argv : only, -1, 0};
}

static void skip_stream(struct stream *in, unsigned long long bytes) {
	unsigned char block[512];
	while (bytes > 0) {
		size_t got = stream_read(in, block, bytes < sizeof block ? (size_t)bytes : sizeof block);
		if (got == 0) die(1, "cannot skip past end of combined input");
		bytes -= got;
	}
}

int od_main(int argc, char **argv) {
	static const struct long_option names[] = {{"address-radix", 'A'}, {"format", 't'}, {"skip-bytes", 'j'}, {"read-bytes", 'N'},
		{"output-duplicates", 'v'}, {"width", 'w'}, {NULL, 0}};
	struct options parsed;
	unsigned long long skip = 0, limit = UINT64_MAX;
	size_t row = 16;
	od.radix = 'o';
	options_start(&parsed, argc, argv, "A:t:abcdoxhsij:N:vw::", names);
	for (int letter; (letter = options_next(&parsed)) != -1;)
		if (!od_option(letter, parsed.argument, &skip, &limit, &row)) usage_error("invalid argument '%s'", parsed.argument);
	if (od.count == 0) add_type('o', 2);
	struct stream in = start_stream(&parsed);
	skip_stream(&in, skip);
	unsigned char *now = xmalloc(row), *before = xmalloc(row);
	unsigned long long address = skip;
	bool starred = false, first = true;
	for (;;) {
		size_t wanted = limit < row ? (size_t)limit : row, got = stream_read(&in, now, wanted);
		if (got == 0) break;
		limit -= got;
		if (!od.all && !first && got == row && memcmp(now, before, row) == 0) {
			if (!starred) puts("*");
			starred = true;
		} else {
			put_row(now, got, row, address);
			starred = false;
		}
		check_output();
		first = false;
		memcpy(before, now, got);
		address += got;
		if (got < wanted) break;
	}
	put_address(address);
	if (od.radix != 'n') putchar('\n');
	return in.status;
}

static void hex_row(const unsigned char *block, size_t length, unsigned long long address, char form) {
	printf(form == 'C' ? "%08llx " : "%07llx", address);
	for (size_t i = 0; i < 16; i += form == 'C' || form == 'b' || form == 'c' ? 1 : 2) {
		if (form == 'C') {
			if (i == 8) putchar(' ');
			if (i < length) printf(" %02x", block[i]);
			else fputs("   ", stdout);
		} else if (i < length) {
			unsigned pair = block[i] | (i + 1 < length ? (unsigned)block[i + 1] << 8 : 0);
			if (form == 'b') printf(" %03o", block[i]);
			else if (form == 'c') put_unit(&(struct type){'c', 1, false}, block + i, 3);
			else printf(form == 'd' ? "   %05u" : form == 'o' ? "  %06o" : form == 'x' ? "    %04x" : " %04x", pair);
		} else fputs(form == 'b' || form == 'c' ? "    " : form == '\0' ? "     " : "        ", stdout);
	}
	if (form == 'C') {
		fputs("  |", stdout);
		for (size_t i = 0; i < length; i++) putchar(isprint(block[i]) ? block[i] : '.');
		putchar('|');
	}
	putchar('\n');
}

int hexdump_main(int argc, char **argv) {
	struct options parsed;
	unsigned long long skip = 0, limit = UINT64_MAX, address;
	char form = '\0';
	bool all = false, starred = false, first = true;
	options_start(&parsed, argc, argv, "Cbcdoxvn:s:", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'n': limit = need_size(parsed.argument); break;
		case 's': skip = need_size(parsed.argument); break;
		case 'v': all = true; break;
		default: form = (char)letter;
		}
	struct stream in = start_stream(&parsed);
	skip_stream(&in, skip);
	address = skip;
	unsigned char now[16], before[16];
	for (;;) {
		size_t wanted = limit < 16 ? (size_t)limit : 16, got = stream_read(&in, now, wanted);
		if (got == 0) break;
		limit -= got;
		if (!all && !first && got == 16 && memcmp(now, before, 16) == 0) {
			if (!starred) puts("*");
			starred = true;
		} else {
			hex_row(now, got, address, form);
			starred = false;
		}
		check_output();
		first = false;
		memcpy(before, now, got);
		address += got;
		if (got < wanted) break;
	}
	if (!first) printf(form == 'C' ? "%08llx\n" : "%07llx\n", address);
	return in.status;
}

int strings_main(int argc, char **argv) {
	struct options parsed;
	size_t least = 4;
	char radix = '\0';
	bool names = false;
	int status = 0;
	options_start(&parsed, argc, argv, "an:t:of", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'n') least = (size_t)need_number(parsed.argument);
		else if (letter == 't') radix = *parsed.argument;
		else if (letter == 'o') radix = 'o';
		else names |= letter == 'f';
	}
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		struct reader in;
		struct buffer run = {0};
		if (!reader_open(&in, parsed.argc ? parsed.argv[i] : "-")) {
			status = 1;
			continue;
		}
		for (unsigned long long offset = 0;; offset++) {
			int c = reader_byte(&in);
			if (c != EOF && c < 128 && (isprint(c) || c == '\t')) {
				buffer_char(&run, c);
				continue;
			}
			if (run.length >= least && run.length) {
				if (names) printf("%s: ", in.name);
				if (radix) printf(radix == 'x' ? "%7llx " : radix == 'd' ? "%7llu " : "%7llo ", offset - run.length);
				puts(run.data);
				check_output();
			}
			run.length = 0;
			if (c == EOF) break;
		}
		free(run.data);
		status |= reader_close(&in);
	}
	return status;
}
