/*
 * The line on the screen. Only what changed is written, at places counted from the cursor's own: output of a command that
 * did not end in a newline stays before the prompt. The sequences are those that every terminal of today has (ECMA-48).
 */
#include "edit.h"
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct place {
	size_t row, column;
};
static struct {
	size_t columns;
	char *prompt; /* its last line */
	size_t width; /* of that */
	struct buf shown;
	size_t at; /* byte of `shown` where the cursor is */
} screen;
static struct buf pending; /* written at once */

static void flush(void)
{
	(void)write_fully(2, pending.data, pending.len);
	pending.len = 0;
}

static size_t window_columns(void)
{
	struct winsize size;
	return ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col : 80;
}

/* Length of the escape sequence that a prompt has here; 0: none. */
static size_t sequence(const char *text)
{
	if (text[0] != '\033')
		return 0;
	size_t i = 2;
	if (text[1] == '[') {
		while (text[i] != '\0' && (text[i] < '@' || text[i] > '~'))
			i++;
	} else if (text[1] == ']') {
		while (text[i] != '\0' && text[i] != '\a' && !(text[i] == '\033' && text[i + 1] == '\\'))
			i++;
		if (text[i] == '\033')
			i++;
	} else {
		i = 1;
	}
	return text[i] == '\0' ? i : i + 1;
}

static void advance(struct place *p, int width)
{
	if (p->column + (size_t)width > screen.columns) {
		p->row++;
		p->column = 0;
	}
	p->column += (size_t)width;
	if (p->column == screen.columns) {
		p->row++;
		p->column = 0;
	}
}

static struct place prompt_end(void)
{
	struct place p = {0, 0};
	size_t len = strlen(screen.prompt);
	for (size_t i = 0; i < len;) {
		size_t escape = sequence(screen.prompt + i);
		int width;
		if (escape > 0) {
			i += escape;
			continue;
		}
		char c = screen.prompt[i];
		i += character(screen.prompt + i, len - i, &width);
		if (c == '\t')
			width = 8 - (int)(p.column % 8);
		advance(&p, c == '\a' || c == '\r' ? 0 : width);
	}
	return p;
}

static struct place place_of(const struct buf *text, size_t at)
{
	struct place p = prompt_end();
	for (size_t i = 0; i < at;) {
		int width;
		char c = text->data[i];
		i += character(text->data + i, text->len - i, &width);
		if (c == '\n') {
			p.row++;
			p.column = 0;
		} else {
			advance(&p, width);
		}
	}
	return p;
}

static void move_by(size_t count, char direction)
{
	if (count == 0)
		return;
	buf_text(&pending, "\033[");
	if (count > 1)
		buf_number(&pending, (long long)count);
	buf_char(&pending, direction);
}

static void move(struct place from, struct place to)
{
	move_by(from.row > to.row ? from.row - to.row : 0, 'A');
	move_by(to.row > from.row ? to.row - from.row : 0, 'B');
	if (to.column == 0 && from.column > 0) {
		buf_char(&pending, '\r');
		return;
	}
	if (to.column + 1 == from.column)
		buf_char(&pending, '\b');
	else
		move_by(from.column > to.column ? from.column - to.column : 0, 'D');
	move_by(to.column > from.column ? to.column - from.column : 0, 'C');
}

/* Behind the last column a terminal waits for the next character before it goes to the next row. */
static void leave_margin(struct place p, bool wrote)
{
	if (wrote && p.row > 0 && p.column == 0)
		buf_text(&pending, " \r");
}

static void emit_character(const char *bytes, size_t size)
{
	unsigned char c = (unsigned char)bytes[0];
	if (c < 0x20 || c == 0x7f) {
		buf_char(&pending, '^');
		buf_char(&pending, (char)(c ^ 0x40));
	} else if (size == 1 && c >= 0x80) {
		buf_text(&pending, "\357\277\275"); /* U+FFFD */
	} else {
		buf_bytes(&pending, bytes, size);
	}
}

static void emit(const struct buf *text, size_t from)
{
	for (size_t i = from; i < text->len;) {
		int width;
		size_t size = character(text->data + i, text->len - i, &width);
		if (text->data[i] == '\n') {
			leave_margin(place_of(text, i), i > 0 && text->data[i - 1] != '\n');
			buf_text(&pending, "\r\n");
		} else {
			emit_character(text->data + i, size);
		}
		i += size;
	}
	leave_margin(place_of(text, text->len), text->len > from && text->data[text->len - 1] != '\n');
}

/* How much of two texts is the same, in whole characters with what combines with them. */
static size_t same(const struct line *l)
{
	const struct buf *old = &screen.shown;
	size_t n = 0;
	while (n < old->len && n < l->text.len && old->data[n] == l->text.data[n])
		n++;
	if (n == old->len && n == l->text.len)
		return n;
	const struct line shown = {.text = *old};
	size_t start = before(&shown, n), other = before(l, n);
	bool inside = (n < old->len && after(&shown, start) != n) || (n < l->text.len && after(l, other) != n);
	return !inside ? n : start < other ? start : other;
}

void screen_show(const struct line *l)
{
	size_t keep = same(l);
	struct place cursor = place_of(&screen.shown, screen.at);
	if (keep < screen.shown.len || keep < l->text.len) {
		struct place from = place_of(&screen.shown, keep);
		move(cursor, from);
		if (keep < screen.shown.len)
			buf_text(&pending, "\033[J");
		screen.shown.len = 0;
		buf_bytes(&screen.shown, l->text.data, l->text.len);
		emit(&screen.shown, keep);
		cursor = place_of(&screen.shown, screen.shown.len);
	}
	move(cursor, place_of(&screen.shown, l->at));
	screen.at = l->at;
	flush();
}

static void show_prompt(void)
{
	buf_text(&pending, screen.prompt);
	leave_margin(prompt_end(), *screen.prompt != '\0');
	screen.shown.len = screen.at = 0;
}

static void keep_prompt(const char *prompt)
{
	const char *newline = strrchr(prompt, '\n');
	char *copy = copy_text(newline == NULL ? prompt : newline + 1);
	free(screen.prompt);
	screen.prompt = copy;
}

void screen_start(const char *prompt)
{
	const char *newline = strrchr(prompt, '\n');
	screen.columns = window_columns();
	if (newline != NULL)
		buf_bytes(&pending, prompt, (size_t)(newline + 1 - prompt));
	keep_prompt(prompt);
	show_prompt();
	flush();
}

/* From the start of the prompt's last line. */
static void draw(const struct line *l)
{
	show_prompt();
	screen_show(l);
}

void screen_again(const char *prompt, const struct line *l)
{
	move(place_of(&screen.shown, screen.at), (struct place){0, 0});
	buf_text(&pending, "\r\033[J");
	if (prompt != NULL)
		keep_prompt(prompt);
	draw(l);
}

void screen_clear(const struct line *l)
{
	buf_text(&pending, "\033[H\033[2J");
	draw(l);
}

void screen_leave(bool newline)
{
	struct place end = place_of(&screen.shown, screen.shown.len);
	move(place_of(&screen.shown, screen.at), end);
	bool fresh = end.column == 0 && end.row > 0 && screen.shown.len > 0 && screen.shown.data[screen.shown.len - 1] != '\n';
	if (newline && !fresh) /* a full last row has brought a new one */
		buf_char(&pending, '\n');
	screen.shown.len = screen.at = 0;
	flush();
}

bool screen_resized(const struct line *l)
{
	size_t columns = window_columns();
	if (columns == screen.columns)
		return false;
	screen.columns = columns; /* the terminal has laid out the rows anew, or cut them: the cursor's row is as good as known */
	screen_again(NULL, l);
	return true;
}

void screen_bell(void)
{
	buf_char(&pending, '\a');
	flush();
}

static size_t width_of(const char *text, bool show)
{
	size_t total = 0, len = strlen(text), size;
	for (size_t i = 0; i < len; i += size) {
		int width;
		size = character(text + i, len - i, &width);
		total += text[i] == '\n' ? 2 : (size_t)width;
		if (show)
			emit_character(text + i, size);
	}
	return total;
}

/* Sorted down the columns, below the line; then the line again. */
void screen_list(char **items, size_t count, const struct line *l)
{
	size_t widest = 0;
	for (size_t i = 0; i < count; i++)
		widest = width_of(items[i], false) > widest ? width_of(items[i], false) : widest;
	size_t across = screen.columns / (widest + 2);
	across = across == 0 ? 1 : across;
	size_t rows = (count + across - 1) / across;
	screen_leave(true);
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = row; i < count; i += rows) {
			size_t width = width_of(items[i], true);
			if (i + rows < count)
				buf_pad(&pending, ' ', widest + 2 - width);
		}
		buf_char(&pending, '\n');
	}
	draw(l);
}
