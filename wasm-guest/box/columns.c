/* cut, paste, fold, expand, unexpand: parts of lines. */
#include "box.h"

struct range {
	size_t from, to;
};
static struct {
	struct range *list;
	size_t count, capacity;
	bool complement;
} ranges;

static int compare_ranges(const void *left, const void *right) {
	const struct range *a = left, *b = right;
	return (a->from > b->from) - (a->from < b->from);
}

static void parse_ranges(const char *text) {
	for (const char *at = text;;) {
		char *end = (char *)(uintptr_t)at;
		struct range range = {1, SIZE_MAX};
		bool low = *at >= '0' && *at <= '9';
		if (low) range.from = strtoul(at, &end, 10);
		if (*end == '-') {
			at = end + 1;
			bool high = *at >= '0' && *at <= '9';
			end = (char *)(uintptr_t)at;
			if (high) range.to = strtoul(at, &end, 10);
			if (!low && !high) die(1, "invalid range with no endpoint: -");
		} else if (low) range.to = range.from;
		else die(1, "invalid list '%s'", text);
		if (range.from == 0) die(1, "fields and positions are numbered from 1");
		if (range.to < range.from) die(1, "invalid decreasing range");
		ranges.list = grow(ranges.list, ranges.count, &ranges.capacity, sizeof range);
		ranges.list[ranges.count++] = range;
		if (*end == '\0') break;
		if (*end != ',' && *end != ' ') die(1, "invalid list '%s'", text);
		at = end + 1;
	}
	qsort(ranges.list, ranges.count, sizeof *ranges.list, compare_ranges);
}

static bool selected(size_t position) {
	bool inside = false;
	for (size_t i = 0; i < ranges.count && ranges.list[i].from <= position; i++)
		if (position <= ranges.list[i].to) inside = true;
	return inside != ranges.complement;
}

static void cut_bytes(const char *line, size_t length, const char *between) {
	bool any = false, open = false;
	for (size_t i = 0; i < length; i++) {
		bool take = selected(i + 1);
		if (take && !open && any && between) fputs(between, stdout);
		if (take) putchar(line[i]);
		any |= take;
		open = take;
	}
	putchar('\n');
}

static void cut_fields(const char *line, size_t length, char delimiter, bool only, const char *between) {
	const char *end = line + length;
	if (!memchr(line, delimiter, length)) {
		if (only) return;
		fwrite(line, 1, length, stdout);
		putchar('\n');
		return;
	}
	bool any = false;
	size_t number = 1;
	for (const char *at = line;; number++) {
		const char *stop = memchr(at, delimiter, (size_t)(end - at));
		if (!stop) stop = end;
		if (selected(number)) {
			if (any) fputs(between, stdout);
			fwrite(at, 1, (size_t)(stop - at), stdout);
			any = true;
		}
		if (stop == end) break;
		at = stop + 1;
	}
	putchar('\n');
}

int cut_main(int argc, char **argv) {
	static const struct long_option names[] = {{"bytes", 'b'}, {"characters", 'c'}, {"fields", 'f'}, {"delimiter", 'd'},
		{"only-delimited", 's'},
		{"complement", '\1'}, {"output-delimiter", '\2'}, {NULL, 0}};
	struct options parsed;
	char mode = '\0', delimiter[2] = "\t";
	bool only = false;
	const char *between = NULL;
	int status = 0;
	options_start(&parsed, argc, argv, "b:c:f:d:sn\1\2:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'b': case 'c': case 'f':
			if (mode) usage_error("only one list may be specified");
			mode = (char)letter;
			parse_ranges(parsed.argument);
			break;
		case 'd':
			if (parsed.argument[0] && parsed.argument[1]) usage_error("the delimiter must be a single character");
			delimiter[0] = parsed.argument[0];
			break;
		case 's': only = true; break;
		case '\1': ranges.complement = true; break;
		case '\2': between = parsed.argument; break;
		default: break;
		}
	if (!mode) usage_error("you must specify a list of bytes, characters, or fields");
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		struct reader in;
		size_t length;
		if (!reader_open(&in, parsed.argc ? parsed.argv[i] : "-")) {
			status = 1;
			continue;
		}
		for (char *line; (line = reader_line(&in, '\n', &length, NULL));) {
			if (mode == 'f') cut_fields(line, length, delimiter[0], only, between ? between : delimiter);
			else cut_bytes(line, length, between);
			check_output();
		}
		status |= reader_close(&in);
	}
	return status;
}

/* paste's delimiters with their escapes; \0 is none (kept as 256). */
static size_t delimiters_of(const char *text, int *out) {
	size_t count = 0;
	for (; *text; text++) {
		int c = (unsigned char)*text;
		if (c == '\\' && text[1]) {
			text++;
			c = *text == 'n' ? '\n' : *text == 't' ? '\t' : *text == '0' ? 256 : (unsigned char)*text;
		}
		out[count++] = c;
	}
	if (count == 0) out[count++] = 256;
	return count;
}

static void put_delimiter(int c) {
	if (c != 256) putchar(c);
}

int paste_main(int argc, char **argv) {
	static const struct long_option names[] = {{"delimiters", 'd'}, {"serial", 's'}, {NULL, 0}};
	struct options parsed;
	bool serial = false;
	const char *list = "\t";
	options_start(&parsed, argc, argv, "d:s", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 's') serial = true;
		else list = parsed.argument;
	}
	int *delimiters = xmalloc((strlen(list) + 1) * sizeof *delimiters), status = 0;
	size_t count = delimiters_of(list, delimiters), length;
	size_t files = parsed.argc ? (size_t)parsed.argc : 1;
	struct reader *in = xcalloc(files, sizeof *in);
	size_t shared = files; /* several "-" read the same stream in turn */
	for (size_t i = 0; i < files; i++) {
		const char *name = parsed.argc ? parsed.argv[i] : "-";
		if (strcmp(name, "-") == 0 && shared < files) in[i].fd = -2;
		else if (!reader_open(&in[i], name)) return 1;
		else if (in[i].fd == STDIN_FILENO) shared = i;
	}
	if (serial) {
		for (size_t i = 0; i < files; i++) {
			size_t turn = 0;
			bool first = true;
			for (char *line; (line = reader_line(in[i].fd == -2 ? &in[shared] : &in[i], '\n', &length, NULL)); first = false) {
				if (!first) put_delimiter(delimiters[turn++ % count]);
				fwrite(line, 1, length, stdout);
			}
			putchar('\n');
		}
	} else
		for (struct buffer row = {0};; row.length = 0) {
			bool any = false;
			for (size_t i = 0; i < files; i++) {
				char *line = reader_line(in[i].fd == -2 ? &in[shared] : &in[i], '\n', &length, NULL);
				if (line) buffer_add(&row, line, length);
				any |= line != NULL;
				int between = delimiters[i % count];
				if (i + 1 < files && between != 256) buffer_char(&row, between);
			}
			if (!any) break;
			fwrite(row.data, 1, row.length, stdout);
			putchar('\n');
			check_output();
		}
	for (size_t i = 0; i < files; i++) status |= in[i].failed;
	return status;
}

static size_t advance(size_t column, int c, bool bytes) {
	if (bytes) return column + 1;
	if (c == '\b') return column ? column - 1 : 0;
	if (c == '\r') return 0;
	if (c == '\t') return column + 8 - column % 8;
	return (c & 0xc0) == 0x80 ? column : column + 1;
}

static void fold_line(const char *line, size_t length, size_t width, bool bytes, bool spaces) {
	size_t start = 0, column = 0;
	for (size_t i = 0; i < length; i++) {
		size_t next = advance(column, (unsigned char)line[i], bytes);
		if (next > width && i > start) {
			size_t cut = i;
			if (spaces) {
				while (cut > start && line[cut - 1] != ' ' && line[cut - 1] != '\t') cut--;
				if (cut == start) cut = i;
			}
			fwrite(line + start, 1, cut - start, stdout);
			putchar('\n');
			start = cut;
			column = 0;
			for (size_t j = cut; j < i; j++) column = advance(column, (unsigned char)line[j], bytes);
			next = advance(column, (unsigned char)line[i], bytes);
		}
		column = next;
	}
	fwrite(line + start, 1, length - start, stdout);
}

int fold_main(int argc, char **argv) {
	static const struct long_option names[] = {{"bytes", 'b'}, {"spaces", 's'}, {"width", 'w'}, {NULL, 0}};
	struct options parsed;
	bool bytes = false, spaces = false;
	size_t width = 80, length;
	int status = 0;
	if (argc > 1 && argv[1][0] == '-' && argv[1][1] >= '0' && argv[1][1] <= '9') argv[1] = format_text("-w%s", argv[1] + 1);
	options_start(&parsed, argc, argv, "bsw:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'b') bytes = true;
		else if (letter == 's') spaces = true;
		else width = (size_t)need_number(parsed.argument);
	}
	if (width == 0) die(1, "invalid number of columns: '0'");
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		struct reader in;
		bool ended;
		if (!reader_open(&in, parsed.argc ? parsed.argv[i] : "-")) {
			status = 1;
			continue;
		}
		for (char *line; (line = reader_line(&in, '\n', &length, &ended));) {
			fold_line(line, length, width, bytes, spaces);
			if (ended) putchar('\n');
			check_output();
		}
		status |= reader_close(&in);
	}
	return status;
}

static struct {
	size_t list[32], count;
} tabs;

static void parse_tabs(char *text) {
	tabs.count = 0;
	for (char *each = strtok(text, ", "); each; each = strtok(NULL, ", ")) {
		unsigned long long stop;
		if (!parse_number(each, &stop) || stop == 0 || (tabs.count && stop <= tabs.list[tabs.count - 1])) die(1, "invalid tab stop '%s'",
			each);
		if (tabs.count < LENGTH(tabs.list)) tabs.list[tabs.count++] = (size_t)stop;
	}
	if (tabs.count == 0) die(1, "invalid tab stops");
}

/* The next tab stop behind `column`; 0: there is none (a tab is one blank). */
static size_t next_stop(size_t column) {
	if (tabs.count == 0) return column + 8 - column % 8;
	if (tabs.count == 1) return column + tabs.list[0] - column % tabs.list[0];
	for (size_t i = 0; i < tabs.count; i++)
		if (tabs.list[i] > column) return tabs.list[i];
	return 0;
}

static void expand_stream(struct reader *in, bool initial) {
	size_t column = 0;
	bool leading = true;
	for (int c; (c = reader_byte(in)) != EOF;) {
		if (c == '\t' && (leading || !initial)) {
			size_t stop = next_stop(column);
			if (!stop) stop = column + 1;
			for (; column < stop; column++) putchar(' ');
			continue;
		}
		if (c != ' ') leading = false;
		putchar(c);
		column = c == '\n' ? 0 : c == '\b' ? (column ? column - 1 : 0) : c == '\t' ? next_stop(column) : column + 1;
		if (c == '\n') {
			leading = true;
			check_output();
		}
	}
}

static void unexpand_stream(struct reader *in, bool all) {
	size_t column = 0, from = 0; /* blanks not yet written stand between from and column */
	bool leading = true, tab = false;
	for (;;) {
		int c = reader_byte(in);
		if ((c == ' ' || c == '\t') && (leading || all)) {
			size_t stop = next_stop(column);
			if (stop) {
				tab |= c == '\t';
				column = c == '\t' ? stop : column + 1;
				continue;
			}
		}
		size_t blanks = column - from;
		while (blanks > 0) {
			size_t stop = next_stop(from);
			if (!stop || stop > column || (stop == from + 1 && blanks == 1 && !tab)) break;
			putchar('\t');
			blanks -= stop - from;
			from = stop;
		}
		for (; blanks > 0; blanks--) putchar(' ');
		if (c == EOF) return;
		putchar(c);
		tab = false;
		if (c != ' ' && c != '\t') leading = false;
		column = c == '\n' ? 0 : c == '\b' ? (column ? column - 1 : 0) : column + 1;
		from = column;
		if (c == '\n') {
			leading = true;
			check_output();
		}
	}
}

static int tab_tool(int argc, char **argv, bool expand) {
	static const struct long_option names[] = {{"tabs", 't'}, {"initial", 'i'}, {"all", 'a'}, {"first-only", '\1'}, {NULL, 0}};
	struct options parsed;
	bool flag = false, first_only = false;
	int status = 0;
	options_start(&parsed, argc, argv, expand ? "t:i" : "t:a\1", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 't') parse_tabs(parsed.argument);
		if (letter == '\1') first_only = true;
		else if (letter != 't' || !expand) flag = true; /* unexpand -t means -a too */
	}
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		struct reader in;
		if (!reader_open(&in, parsed.argc ? parsed.argv[i] : "-")) {
			status = 1;
			continue;
		}
		if (expand) expand_stream(&in, flag);
		else unexpand_stream(&in, flag && !first_only);
		status |= reader_close(&in);
	}
	return status;
}

int expand_main(int argc, char **argv) {
	return tab_tool(argc, argv, true);
}

int unexpand_main(int argc, char **argv) {
	return tab_tool(argc, argv, false);
}
