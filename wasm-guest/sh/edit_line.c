/* A line and its cursor: what can be done to it, without a screen. */
#include "edit.h"
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static struct buf killed;

/* The length of a well-formed character, or 0. */
static size_t decode(const char *text, size_t len, wchar_t *value)
{
	unsigned char first = (unsigned char)text[0];
	size_t size = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
	if (size == 0 || size > len)
		return 0;
	uint32_t c = size == 1 ? first : first & (0x7fU >> size);
	for (size_t i = 1; i < size; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | ((unsigned char)text[i] & 0x3f);
	}
	*value = (wchar_t)c;
	return size;
}

size_t character(const char *text, size_t len, int *columns)
{
	wchar_t value;
	size_t size = decode(text, len, &value);
	if (size == 0) {
		*columns = 1;
		return 1;
	}
	if (value < 0x20 || value == 0x7f) {
		*columns = value == '\n' ? 0 : 2; /* ^X */
		return 1;
	}
	*columns = value < 0x7f ? 1 : wcwidth(value);
	if (*columns < 0)
		*columns = 1;
	return size;
}

/* The start of a character with all that combines with it. */
size_t before(const struct line *l, size_t at)
{
	int columns = 0;
	while (at > 0 && columns == 0) {
		at--;
		while (at > 0 && ((unsigned char)l->text.data[at] & 0xc0) == 0x80)
			at--;
		(void)character(l->text.data + at, l->text.len - at, &columns);
		if (l->text.data[at] == '\n')
			break;
	}
	return at;
}

size_t after(const struct line *l, size_t at)
{
	int columns = 0;
	if (at < l->text.len)
		at += character(l->text.data + at, l->text.len - at, &columns);
	while (at < l->text.len && l->text.data[at] != '\n') {
		size_t size = character(l->text.data + at, l->text.len - at, &columns);
		if (columns != 0)
			break;
		at += size;
	}
	return at;
}

static bool in_word(char c, bool blanks_only)
{
	if (blanks_only)
		return c != ' ' && c != '\t' && c != '\n';
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

size_t word_before(const struct line *l, bool blanks_only)
{
	size_t at = l->at;
	while (at > 0 && !in_word(l->text.data[at - 1], blanks_only))
		at--;
	while (at > 0 && in_word(l->text.data[at - 1], blanks_only))
		at--;
	return at;
}

size_t word_after(const struct line *l)
{
	size_t at = l->at;
	while (at < l->text.len && !in_word(l->text.data[at], false))
		at++;
	while (at < l->text.len && in_word(l->text.data[at], false))
		at++;
	return at;
}

void line_set(struct line *l, const char *text, size_t len)
{
	l->text.len = 0;
	buf_bytes(&l->text, text, len);
	l->at = len;
}

void line_insert(struct line *l, const char *bytes, size_t len)
{
	size_t tail = l->text.len - l->at;
	buf_bytes(&l->text, bytes, len); /* for the room */
	memmove(l->text.data + l->at + len, l->text.data + l->at, tail);
	memcpy(l->text.data + l->at, bytes, len);
	l->at += len;
}

void line_delete(struct line *l, size_t from, size_t to)
{
	if (from == to)
		return;
	memmove(l->text.data + from, l->text.data + to, l->text.len - to);
	l->text.len -= to - from;
	l->at = from;
}

void line_kill(struct line *l, size_t from, size_t to)
{
	if (from == to)
		return;
	killed.len = 0;
	buf_bytes(&killed, l->text.data + from, to - from);
	line_delete(l, from, to);
}

void line_yank(struct line *l)
{
	if (killed.len > 0)
		line_insert(l, killed.data, killed.len);
}

/* ^T: the character before the cursor goes behind the next one; at the end the last two change places. */
void line_transpose(struct line *l)
{
	size_t middle = l->at == l->text.len ? before(l, l->at) : l->at;
	if (middle == 0)
		return;
	size_t from = before(l, middle), to = after(l, middle);
	struct buf swapped = {0};
	buf_bytes(&swapped, l->text.data + middle, to - middle);
	buf_bytes(&swapped, l->text.data + from, middle - from);
	memcpy(l->text.data + from, swapped.data, swapped.len);
	l->at = to;
	buf_free(&swapped);
}
