/* What was typed at the prompt: in memory, and in $HISTFILE if that is set, a line a line. */
#include "edit.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEFAULT_SIZE = 500 };
static char **items; /* the oldest first */
static size_t count, capacity;
static long first = 1; /* number of items[0] */
static bool unsaved; /* the last one is not in the file yet */

static size_t limit(void)
{
	const char *text = var_get("HISTSIZE");
	if (text == NULL || *text == '\0' || text[strspn(text, "0123456789")] != '\0')
		return DEFAULT_SIZE;
	return (size_t)strtoul(text, NULL, 10);
}

long history_first(void)
{
	return first;
}

long history_last(void)
{
	return first + (long)count - 1;
}

const char *history_text(long number)
{
	return number < first || number > history_last() ? NULL : items[number - first];
}

static void drop(size_t from_start)
{
	for (size_t i = 0; i < from_start; i++)
		free(items[i]);
	memmove(items, items + from_start, (count - from_start) * sizeof *items);
	count -= from_start;
	first += (long)from_start;
}

static void add(char *text)
{
	size_t most = limit();
	if (count >= most && count > 0)
		drop(count - most + (most > 0));
	if (most == 0) {
		free(text);
		return;
	}
	if (count == capacity) {
		capacity = capacity == 0 ? 16 : capacity * 2;
		items = must_alloc(items, capacity * sizeof *items);
	}
	items[count++] = text;
}

static char *copy_bytes(const char *bytes, size_t len)
{
	char *copy = must_alloc(NULL, len + 1);
	memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

void history_add(const char *text, size_t len, bool continued)
{
	if (len > 0 && text[len - 1] == '\n')
		len--;
	if (continued && count > 0 && unsaved) {
		char **last = &items[count - 1];
		size_t old = strlen(*last);
		*last = must_alloc(*last, old + len + 2);
		(*last)[old] = '\n';
		memcpy(*last + old + 1, text, len);
		(*last)[old + 1 + len] = '\0';
		return;
	}
	history_save();
	size_t blanks = 0;
	while (blanks < len && (text[blanks] == ' ' || text[blanks] == '\t'))
		blanks++;
	if (blanks == len)
		return;
	add(copy_bytes(text, len));
	unsaved = count > 0;
}

void history_replace_last(const char *text)
{
	if (count == 0)
		return;
	free(items[--count]);
	unsaved = false;
	if (text == NULL)
		return;
	add(copy_text(text));
	unsaved = count > 0;
}

void history_forget(void)
{
	drop(count);
	first = 1;
	unsaved = false;
}

static const char *file_name(void)
{
	const char *name = var_get("HISTFILE");
	return name == NULL || *name == '\0' ? NULL : name;
}

/* A file that cannot be written is no reason to disturb at every prompt. */
static bool save_lines(const char *name, int flags, size_t from)
{
	struct buf lines = {0};
	for (size_t i = from; i < count; i++)
		format_text(&lines, "%s\n", items[i]);
	int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
	bool ok = fd >= 0 && write_fully(fd, lines.data, lines.len);
	if (fd >= 0)
		close(fd);
	buf_free(&lines);
	return ok;
}

/* The newest entry, once it is whole: its command has run. */
void history_save(void)
{
	const char *name = file_name();
	if (unsaved && name != NULL)
		(void)save_lines(name, O_APPEND, count - 1);
	unsaved = false;
}

/* When the shell starts. A file of many times $HISTSIZE is cut to what was kept of it. */
void history_load(void)
{
	const char *name = file_name();
	int fd = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	struct buf text = {0};
	char block[512];
	ssize_t n;
	while ((n = read(fd, block, sizeof block)) > 0)
		buf_bytes(&text, block, (size_t)n);
	close(fd);
	size_t lines = 0;
	for (size_t from = 0, end; from < text.len; from = end + 1) {
		const char *newline = memchr(text.data + from, '\n', text.len - from);
		end = newline == NULL ? text.len : (size_t)(newline - text.data);
		if (end > from && memchr(text.data + from, '\0', end - from) == NULL) {
			add(copy_bytes(text.data + from, end - from));
			lines++;
		}
	}
	buf_free(&text);
	first = 1;
	if (count > 0 && lines > 4 * limit())
		(void)save_lines(name, O_TRUNC, 0);
}
