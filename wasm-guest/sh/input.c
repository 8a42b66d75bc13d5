/* Where commands come from: a stack of files, strings and alias texts, read character by character, a line at a time. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1024 };
struct input {
	struct input *previous;
	int fd; /* -1: text only */
	bool exact; /* standard input: take not one byte more than a line, commands read the rest */
	bool ended, blank_end;
	struct alias *alias;
	char *block; /* files */
	size_t filled;
	const char *text;
	size_t at, len, shown; /* shown: how far `set -v` has printed */
	int line;
};
static struct input *top;
static int pushed_back[4], pushed_count;
static bool alias_ended;
static int prompt_wanted;

static struct input *push(void)
{
	struct input *in = must_alloc(NULL, sizeof *in);
	*in = (struct input){.previous = top, .fd = -1, .line = top == NULL ? 1 : top->line};
	/* What was given back belongs to the input below. */
	while (pushed_count > 0 && top != NULL && top->at > 0) {
		if (pushed_back[--pushed_count] != INPUT_END)
			top->at--;
	}
	pushed_count = 0;
	top = in;
	return in;
}

void input_push_file(int fd, bool exact)
{
	struct input *in = push();
	in->fd = fd;
	in->exact = exact;
	in->line = 1;
}

void input_push_text(const char *text, size_t len, int line)
{
	struct input *in = push();
	in->text = text;
	in->len = len;
	in->line = line;
}

void input_push_alias(struct alias *a, const char *text)
{
	struct input *in = push();
	in->text = text;
	in->len = strlen(text);
	in->alias = a;
	in->blank_end = in->len > 0 && (text[in->len - 1] == ' ' || text[in->len - 1] == '\t');
	a->in_use = true;
}

void input_pop(void)
{
	struct input *in = top;
	top = in->previous;
	pushed_count = 0;
	if (in->alias != NULL) {
		in->alias->in_use = false;
		if (in->blank_end)
			alias_ended = true;
		if (in->alias->dead) {
			free(in->alias->name);
			free(in->alias->value);
			free(in->alias);
		}
	}
	if (in->fd > 2)
		close(in->fd);
	free(in->block);
	free(in);
}

void input_pop_text(const char *text)
{
	while (top != NULL && (top->fd >= 0 || top->alias != NULL || top->text != text))
		input_pop();
	if (top != NULL)
		input_pop();
}

/* At a terminal an end of file may be followed by more. */
void input_reopen(void)
{
	pushed_count = 0;
	if (top != NULL)
		top->ended = false;
}

/* Nothing is left of a text: its last command may take the process. */
bool input_at_end(void)
{
	for (int i = 0; i < pushed_count; i++)
		if (pushed_back[i] != INPUT_END)
			return false;
	return top != NULL && top->fd < 0 && top->at == top->len;
}

bool input_alias_ended(void)
{
	bool was = alias_ended;
	alias_ended = false;
	return was;
}

int input_line(void)
{
	return top == NULL ? 1 : top->line;
}

void input_prompt(int which)
{
	if (which == 2 && prompt_wanted == 0)
		return; /* nobody is asked for this input */
	prompt_wanted = which;
}

/* A prompt is printed only when a line is really read, so that `$(` over two lines prompts once a line. */
static void expand_prompt(struct buf *b)
{
	const char *text = var_get(prompt_wanted == 1 ? "PS1" : "PS2");
	if (text == NULL)
		return;
	struct mark m = temp_mark();
	int status = sh.status, line = sh.line;
	enum flow flow = sh.flow;
	bool ok;
	struct arena *arena = arena_new();
	struct part *parts = parse_text_parts(arena, text, CTX_HERE, 1, &ok);
	char *shown = ok ? expand_string(parts, 0) : NULL;
	buf_text(b, shown == NULL ? text : shown);
	arena_drop(arena);
	sh.status = status;
	sh.line = line;
	sh.flow = flow;
	temp_release(m);
}

static ssize_t read_some(struct input *in, char *to, size_t size)
{
	for (;;) {
		ssize_t n = read(in->fd, to, size);
		if (n >= 0)
			return n;
		if (errno == EINTR) {
			if (sh.interrupted)
				return -1;
			if (trap_pending)
				traps_run();
			if (sh.flow != FLOW_NONE)
				return -1;
			continue;
		}
		int flags = fcntl(in->fd, F_GETFL);
		if (errno == EAGAIN && in->fd == 0 && flags >= 0 && (flags & O_NONBLOCK) != 0) {
			/* A command left the shared terminal non-blocking. */
			(void)fcntl(0, F_SETFL, flags & ~O_NONBLOCK);
			continue;
		}
		return -1;
	}
}

/* With the line editor, where that can be used. False: it cannot. */
static bool edit_line(struct input *in, const char *prompt)
{
	if (in->fd != 0 || !edit_usable())
		return false;
	switch (edit_read(prompt, &in->text, &in->len)) {
	case EDIT_LINE:
	case EDIT_INTERRUPTED:
		break;
	case EDIT_END:
		in->ended = true;
		break;
	case EDIT_UNUSABLE:
		return false;
	}
	return true;
}

/* Asks for a line, if somebody is asked. True: the editor has read it. */
static bool ask(struct input *in)
{
	if (prompt_wanted == 0)
		return false;
	struct buf prompt = {0};
	expand_prompt(&prompt);
	bool edited = edit_line(in, buf_cstr(&prompt));
	if (!edited)
		(void)write_fully(2, prompt.data, prompt.len);
	buf_free(&prompt);
	return edited;
}

static bool fill(struct input *in)
{
	if (in->fd < 0 || in->ended)
		return false;
	if (in->block == NULL)
		in->block = must_alloc(NULL, BLOCK);
	if (prompt_wanted != 0 && out.len > 0 && !out_captured)
		(void)out_flush();
	in->at = in->shown = 0;
	in->len = 0;
	in->text = in->block;
	ssize_t n;
	bool asked = prompt_wanted != 0, first = prompt_wanted == 1, edited = ask(in);
	if (asked)
		prompt_wanted = 2;
	if (edited) {
		/* done */
	} else if (in->exact && !isatty(in->fd)) {
		do {
			n = read_some(in, in->block + in->len, 1);
			if (n > 0)
				in->len++;
		} while (n > 0 && in->block[in->len - 1] != '\n' && in->len < BLOCK);
	} else {
		n = read_some(in, in->block, BLOCK);
		if (n > 0)
			in->len = (size_t)n;
	}
	if (in->len > 0) {
		if (asked && in->fd == 0)
			history_add(in->text, in->len, !first);
		return true;
	}
	in->ended = !sh.interrupted;
	return false;
}

/* set -v */
static void echo_line(struct input *in)
{
	const char *from = in->text + in->at;
	const char *end = memchr(from, '\n', in->len - in->at);
	size_t len = end == NULL ? in->len - in->at : (size_t)(end - from) + 1;
	(void)write_fully(2, from, len);
	in->shown = in->at + len;
}

int input_get(void)
{
	if (pushed_count > 0) {
		int c = pushed_back[--pushed_count];
		if (c == '\n' && top != NULL)
			top->line++;
		return c;
	}
	for (;;) {
		struct input *in = top;
		if (in == NULL)
			return INPUT_END;
		if (in->at == in->len) {
			if (in->alias != NULL) {
				input_pop();
				continue;
			}
			if (!fill(in))
				return INPUT_END;
		}
		if (opt('v') && in->alias == NULL && in->at >= in->shown && in->fd >= 0)
			echo_line(in);
		int c = (unsigned char)in->text[in->at++];
		if (c == '\0')
			continue;
		if (c == '\n' && in->alias == NULL)
			in->line++;
		return c;
	}
}

void input_unget(int c)
{
	pushed_back[pushed_count++] = c;
	if (c == '\n' && top != NULL)
		top->line--;
}

/* After a syntax error at the prompt: the rest of the line means nothing any more. */
void input_discard_line(void)
{
	pushed_count = 0;
	while (top != NULL && (top->alias != NULL || (top->fd < 0 && top->previous != NULL)))
		input_pop();
	if (top != NULL)
		top->at = top->len;
	alias_ended = false;
}
