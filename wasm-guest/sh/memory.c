/* Memory: arenas that hold syntax trees, a mark-and-release stack for what one command needs, growing strings. */
#include "sh.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct chunk {
	struct chunk *previous;
	size_t size, used;
};
struct arena {
	int holders;
	struct chunk *top;
};
enum { FIRST_CHUNK = 496, NEXT_CHUNK = 2032, ALIGNMENT = 8 };

void *must_alloc(void *block, size_t size)
{
	void *result = realloc(block, size);
	if (result == NULL) {
		static const char text[] = "sh: Out of space\n";
		(void)!write(2, text, sizeof text - 1);
		_exit(2);
	}
	return result;
}

static void *take(struct chunk **top, size_t size, size_t usual)
{
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (*top == NULL || (*top)->size - (*top)->used < size) {
		size_t room = size > usual ? size : usual;
		struct chunk *c = must_alloc(NULL, sizeof *c + room);
		c->previous = *top;
		c->size = room;
		c->used = 0;
		*top = c;
	}
	void *result = (char *)(*top + 1) + (*top)->used;
	(*top)->used += size;
	return result;
}

struct arena *arena_new(void)
{
	struct arena *a = must_alloc(NULL, sizeof *a);
	a->holders = 1;
	a->top = NULL;
	return a;
}

void arena_hold(struct arena *a)
{
	a->holders++;
}

void arena_drop(struct arena *a)
{
	if (--a->holders > 0)
		return;
	while (a->top != NULL) {
		struct chunk *c = a->top;
		a->top = c->previous;
		free(c);
	}
	free(a);
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *result = take(&a->top, size, a->top == NULL ? FIRST_CHUNK : NEXT_CHUNK);
	memset(result, 0, size);
	return result;
}

char *arena_copy(struct arena *a, const char *text, size_t len)
{
	char *copy = take(&a->top, len + 1, a->top == NULL ? FIRST_CHUNK : NEXT_CHUNK);
	if (len > 0)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

static struct chunk *temp_top;

struct mark temp_mark(void)
{
	if (temp_top == NULL)
		(void)temp_alloc(1);
	return (struct mark){temp_top, temp_top->used};
}

void temp_release(struct mark m)
{
	while (temp_top != m.chunk) {
		struct chunk *c = temp_top;
		temp_top = c->previous;
		free(c);
	}
	temp_top->used = m.used;
}

void *temp_alloc(size_t size)
{
	return take(&temp_top, size, NEXT_CHUNK);
}

char *temp_copy(const char *text, size_t len)
{
	char *copy = temp_alloc(len + 1);
	if (len > 0)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

static void reserve(struct buf *b, size_t more)
{
	if (b->cap - b->len >= more)
		return;
	size_t cap = b->cap == 0 ? 32 : b->cap * 2;
	while (cap - b->len < more)
		cap *= 2;
	b->data = must_alloc(b->data, cap);
	b->cap = cap;
}

void buf_char(struct buf *b, char c)
{
	reserve(b, 1);
	b->data[b->len++] = c;
}

void buf_bytes(struct buf *b, const char *bytes, size_t len)
{
	if (len == 0)
		return;
	reserve(b, len);
	memcpy(b->data + b->len, bytes, len);
	b->len += len;
}

void buf_text(struct buf *b, const char *text)
{
	buf_bytes(b, text, strlen(text));
}

void buf_number(struct buf *b, long long value)
{
	char digits[24];
	size_t at = sizeof digits;
	unsigned long long rest = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
	do
		digits[--at] = (char)('0' + rest % 10);
	while ((rest /= 10) != 0);
	if (value < 0)
		digits[--at] = '-';
	buf_bytes(b, digits + at, sizeof digits - at);
}

void buf_pad(struct buf *b, char c, size_t count)
{
	while (count-- > 0)
		buf_char(b, c);
}

char *buf_cstr(struct buf *b)
{
	reserve(b, 1);
	b->data[b->len] = '\0';
	return b->data;
}

void buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}

char *copy_text(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(must_alloc(NULL, size), text, size);
}

bool text_is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}
