/* less: a text on the screen, forwards and backwards, with search. Lines are read when they are needed. Not on a terminal: cat. */
#include "screen.h"
#include <regex.h>

static struct {
	bool numbers, chop, raw, fold, short_quits;
	struct reader in;
	bool open;
	struct line {
		char *text;
		size_t length;
	} *lines;
	size_t count, capacity;
	size_t top, part; /* the line at the top, and which of its rows */
	char *search;
	bool backwards;
	char *message;
	int status;
} less;

static void say(char *message) {
	free(less.message);
	less.message = message;
}

/* Is there a line of this number, from 0? */
static bool has_line(size_t number) {
	while (less.open && less.count <= number) {
		size_t length;
		char *line = reader_line(&less.in, '\n', &length, NULL);
		if (!line) {
			less.status |= reader_close(&less.in);
			less.open = false;
			break;
		}
		less.lines = grow(less.lines, less.count, &less.capacity, sizeof *less.lines);
		less.lines[less.count++] = (struct line){xstrndup(line, length), length};
	}
	return number < less.count;
}

/* Length of a colour sequence, which -R passes on. */
static size_t colour(const char *text, size_t length) {
	if (!less.raw || length < 3 || text[0] != '\033' || text[1] != '[') return 0;
	size_t i = 2;
	while (i < length && ((text[i] >= '0' && text[i] <= '9') || text[i] == ';')) i++;
	return i < length && text[i] == 'm' ? i + 1 : 0;
}

/* How many rows the line takes; `row` gets the one of number `part`. */
static size_t lay_out(size_t number, size_t part, struct buffer *row) {
	const struct line *line = &less.lines[number];
	size_t rows = 0, margin = less.numbers ? 8 : 0, width = screen.columns > margin ? screen.columns - margin : 1, column = 0;
	char label[24];
	snprintf(label, sizeof label, "%7zu ", number + 1);
	if (row) row->length = 0;
	if (row && less.numbers) buffer_text(row, part == 0 ? label : "        ");
	for (size_t i = 0; i < line->length;) {
		const char *at = line->text + i;
		size_t escape = colour(at, line->length - i), size = escape ? escape : character_size(at, line->length - i);
		size_t wide = escape ? 0 : character_width(at, size, column);
		if (column + wide > width && column > 0) {
			rows++;
			column = 0;
			if (less.chop) return 1;
			continue; /* a tab is as wide as its new place has it */
		}
		if (row && rows == part && escape) buffer_add(row, at, size);
		else if (row && rows == part) add_character(row, at, size, column);
		column += wide;
		i += size;
	}
	return rows + 1;
}

static bool forwards(size_t rows) {
	for (; rows; rows--) {
		if (less.part + 1 < lay_out(less.top, 0, NULL)) less.part++;
		else if (has_line(less.top + 1)) {
			less.top++;
			less.part = 0;
		} else return false;
	}
	return true;
}

static void back(size_t rows) {
	for (; rows && (less.top || less.part); rows--) {
		if (less.part) less.part--;
		else less.part = lay_out(--less.top, 0, NULL) - 1;
	}
}

/* Does the text end on the screen? */
static bool at_end(void) {
	size_t rows = 0;
	for (size_t line = less.top; rows < screen.rows - 1; line++) {
		if (!has_line(line)) return true;
		rows += lay_out(line, 0, NULL) - (line == less.top ? less.part : 0);
	}
	size_t last = less.top;
	for (size_t seen = 0; has_line(last); last++) {
		seen += lay_out(last, 0, NULL) - (last == less.top ? less.part : 0);
		if (seen > screen.rows - 1) return false;
		if (seen == screen.rows - 1) return !has_line(last + 1);
	}
	return true;
}

/* Forwards, but no further than that the last row is at the bottom. */
static void scroll(size_t rows) {
	for (; rows && !at_end(); rows--) forwards(1);
}

static void to_end(void) {
	has_line(SIZE_MAX);
	less.top = less.count ? less.count - 1 : 0;
	less.part = less.count ? lay_out(less.top, 0, NULL) - 1 : 0;
	back(screen.rows - 2);
}

static void draw(const char *name, const char *prompt) {
	struct buffer row = {0};
	size_t line = less.top, part = less.part;
	for (size_t y = 0; y + 1 < screen.rows; y++) {
		if (has_line(line)) {
			size_t rows = lay_out(line, part, &row);
			screen_row(y, row.data ? row.data : "", row.length);
			if (++part >= rows) {
				line++;
				part = 0;
			}
		} else screen_row(y, "~", 1);
	}
	char *status = prompt ? xstrdup(prompt) : less.message ? xstrdup(less.message) : at_end() ? xstrdup("(END)")
		: less.top || less.part ? xstrdup(":") : xstrdup(name);
	struct buffer text = {0};
	size_t column = 0, length = strlen(status);
	if (!prompt) buffer_text(&text, "\033[7m");
	for (size_t i = 0; i < length;) {
		size_t size = character_size(status + i, length - i), wide = character_width(status + i, size, column);
		if (column + wide >= screen.columns) break;
		add_character(&text, status + i, size, column);
		column += wide;
		i += size;
	}
	if (!prompt) buffer_text(&text, "\033[m");
	screen_row(screen.rows - 1, text.data ? text.data : "", text.length);
	screen_show(screen.rows - 1, column);
	free(text.data);
	free(status);
	free(row.data);
}

/* Reads a text behind `mark` in the last row; NULL: given up. */
static char *ask(const char *name, int mark) {
	struct buffer text = {0};
	buffer_char(&text, mark);
	for (;;) {
		draw(name, text.data);
		int key = screen_key();
		if (key == '\r' || key == '\n') break;
		bool erase = key == 127 || key == '\b';
		if (erase) {
			while (text.length > 1 && (text.data[text.length - 1] & 0xc0) == 0x80) text.length--;
			text.data[--text.length] = '\0';
		}
		if (text.length == 0 || key == '\033' || key == 3 || key == KEY_END_OF_FILE) {
			free(text.data);
			return NULL;
		}
		if (!erase && key < 256 && (key >= ' ' || key == '\t')) buffer_char(&text, key);
	}
	char *typed = xstrdup(text.data + 1);
	free(text.data);
	return typed;
}

static void find(bool backwards, size_t times) {
	regex_t regex;
	if (!less.search) {
		say(xstrdup("No previous regular expression"));
		return;
	}
	int error = regcomp(&regex, less.search, REG_EXTENDED | REG_NOSUB | (less.fold ? REG_ICASE : 0));
	if (error) {
		char why[80];
		regerror(error, &regex, why, sizeof why);
		say(xstrdup(why));
		return;
	}
	size_t line = less.top;
	while (times) {
		if (backwards ? line == 0 : !has_line(line + 1)) break;
		line += backwards ? (size_t)-1 : 1;
		if (regexec(&regex, less.lines[line].text, 0, NULL, 0) == 0) times--;
	}
	regfree(&regex);
	if (times) say(xstrdup("Pattern not found"));
	else {
		less.top = line;
		less.part = 0;
	}
}

/* One key; false: the end of this file, *step says which is next. */
static bool act(const char *name, int key, size_t number, int *step) {
	size_t rows = number ? number : 1, page = screen.rows - 1, half = page / 2 ? page / 2 : 1;
	char *typed;
	switch (key) {
	case 'q': case 'Q': case 3: case KEY_END_OF_FILE: *step = 0; return false;
	case 'j': case 'e': case '\r': case '\n': case KEY_DOWN: case 14: case 5: scroll(rows); break;
	case 'k': case 'y': case KEY_UP: case 16: case 25: back(rows); break;
	case ' ': case 'f': case 6: case 22: case KEY_PAGE_DOWN: scroll(number ? number : page); break;
	case 'b': case 2: case KEY_PAGE_UP: back(number ? number : page); break;
	case 'd': case 4: scroll(number ? number : half); break;
	case 'u': case 21: back(number ? number : half); break;
	case 'g': case '<': case KEY_HOME:
	case 'G': case '>': case KEY_END:
		if (number) has_line(number - 1);
		if (!number && (key == 'G' || key == '>' || key == KEY_END)) to_end();
		else if (number && number > less.count) say(format_text("There is no line %zu", number));
		else {
			less.top = number ? number - 1 : 0;
			less.part = 0;
		}
		break;
	case '/': case '?':
		if (!(typed = ask(name, key))) break;
		if (*typed) {
			free(less.search);
			less.search = typed;
		} else free(typed);
		less.backwards = key == '?';
		find(less.backwards, rows);
		break;
	case 'n': find(less.backwards, rows); break;
	case 'N': find(!less.backwards, rows); break;
	case '=': case 7: has_line(SIZE_MAX); say(format_text("%s line %zu of %zu", name, less.count ? less.top + 1 : 0, less.count)); break;
	case ':':
		draw(name, ":");
		key = screen_key();
		*step = key == 'n' ? 1 : key == 'p' ? -1 : 0;
		return key != 'n' && key != 'p' && key != 'q';
	default: break;
	}
	return true;
}

/* How far to the next file; 0: the end. */
static int view(const char *name) {
	int step = 0;
	size_t number = 0;
	for (bool going = true; going;) {
		draw(name, NULL);
		int key = screen_key();
		if (key == KEY_RESIZE) {
			less.part = 0;
			continue;
		}
		say(NULL);
		if (key >= '0' && key <= '9' && number < 100000000) {
			number = number * 10 + (size_t)(key - '0');
			say(format_text(":%zu", number));
			continue;
		}
		going = act(name, key, number, &step);
		number = 0;
	}
	return step;
}

static void forget(void) {
	if (less.open) less.status |= reader_close(&less.in);
	less.open = false;
	for (size_t i = 0; i < less.count; i++) free(less.lines[i].text);
	less.count = less.top = less.part = 0;
}

static bool load(const char *name) {
	forget();
	less.open = reader_open(&less.in, name);
	return less.open;
}

static int plain(char **files) {
	for (; *files; files++) {
		int fd = open_input(*files);
		if (fd < 0 || copy_stream(fd, STDOUT_FILENO) != 0) less.status = fd < 0 ? 1 : warn_errno("%s", *files);
		if (fd >= 0) close_input(fd);
	}
	return less.status;
}

int less_main(int argc, char **argv) {
	static const struct long_option names[] = {{"LINE-NUMBERS", 'N'}, {"chop-long-lines", 'S'}, {"RAW-CONTROL-CHARS", 'R'},
		{"ignore-case", 'i'}, {"quit-if-one-screen", 'F'}, {"no-init", 'X'}, {NULL, 0}};
	static char dash[] = "-";
	char *standard[] = {dash, NULL};
	struct options parsed;
	options_start(&parsed, argc, argv, "NSRiFX", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'N': less.numbers = true; break;
		case 'S': less.chop = true; break;
		case 'R': less.raw = true; break;
		case 'i': less.fold = true; break;
		case 'F': less.short_quits = true; break;
		default: screen_stays = true;
		}
	char **files = parsed.argc ? parsed.argv : standard;
	int count = parsed.argc ? parsed.argc : 1, at = 0;
	if (!parsed.argc && isatty(STDIN_FILENO)) missing_operand();
	if (!isatty(STDOUT_FILENO)) return plain(files);
	while (at < count && !load(files[at])) {
		less.status = 1;
		at++;
	}
	if (at == count) return 1;
	if (!screen_open()) return plain(files + at);
	if (less.short_quits && count == 1 && at_end()) { /* it fits: written as it is */
		screen_close();
		for (size_t i = 0; i < less.count; i++) printf("%s\n", less.lines[i].text);
		return finish(less.status, 1);
	}
	for (int step; (step = view(strcmp(files[at], "-") == 0 ? "(standard input)" : files[at])) != 0;) {
		int next = at + step;
		if (next < 0 || next >= count) say(xstrdup(next < 0 ? "No previous file" : "No next file"));
		else if (access(files[next], R_OK) != 0) say(format_text("%s: %s", files[next], strerror(errno)));
		else if (load(files[at = next])) continue;
	}
	forget();
	return less.status;
}
