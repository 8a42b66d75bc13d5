/* Bodies of here-documents: read when their line ends, offered to commands through a pipe. */
#include "sh.h"
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPE_ROOM = 4096 }; /* what a pipe surely takes without a reader (PIPE_BUF of Linux) */

void here_queue(struct parser *p, struct redir *r)
{
	struct here_pending *h = arena_alloc(p->arena, sizeof *h);
	h->redir = r;
	*p->pending_tail = h;
	p->pending_tail = &h->next;
}

/* One line with its newline; false at the end of the input. */
static bool read_line(struct buf *line)
{
	line->len = 0;
	for (;;) {
		int c = input_get();
		if (c == INPUT_END) {
			input_unget(c);
			return line->len > 0;
		}
		if (c == '\n')
			input_prompt(2);
		buf_char(line, (char)c);
		if (c == '\n')
			return true;
	}
}

static bool continues(const struct buf *line)
{
	size_t end = line->len, backslashes = 0;
	if (end == 0 || line->data[--end] != '\n')
		return false;
	while (backslashes < end && line->data[end - 1 - backslashes] == '\\')
		backslashes++;
	return backslashes % 2 == 1;
}

static void read_body(struct parser *p, struct redir *r)
{
	struct buf body = {0}, line = {0};
	size_t end_len = strlen(r->delimiter);
	bool continued = false;
	int first_line = input_line();
	while (read_line(&line)) {
		size_t skip = 0;
		if (r->strip_tabs && !continued)
			while (skip < line.len && line.data[skip] == '\t')
				skip++;
		size_t len = line.len - skip;
		bool newline = line.data[line.len - 1] == '\n';
		if (!continued && len - newline == end_len && memcmp(line.data + skip, r->delimiter, end_len) == 0)
			break;
		continued = r->expand && continues(&line);
		buf_bytes(&body, line.data + skip, len);
	}
	struct word *w = arena_alloc(p->arena, sizeof *w);
	const char *text = arena_copy(p->arena, body.data, body.len);
	if (r->expand) {
		bool ok;
		w->parts = parse_text_parts(p->arena, text, CTX_HERE, first_line, &ok);
		if (!ok)
			p->failed = true;
	} else {
		w->parts = arena_alloc(p->arena, sizeof *w->parts);
		w->parts->text = text;
		w->parts->len = body.len;
		w->parts->quoted = true;
	}
	r->target = w;
	buf_free(&line);
	buf_free(&body);
}

void here_read_pending(struct parser *p)
{
	struct here_pending *h = p->pending;
	p->pending = NULL;
	p->pending_tail = &p->pending;
	for (; h != NULL && !p->failed; h = h->next)
		read_body(p, h->redir);
}

/* A descriptor to read the body from; -1: failed, reported. */
int here_open(const struct redir *r)
{
	struct buf body = {0};
	int ends[2];
	if (!expand_here(r, &body)) {
		buf_free(&body);
		return -1;
	}
	if (pipe(ends) < 0) {
		(void)fail(2, "Pipe call failed");
		buf_free(&body);
		return -1;
	}
	if (body.len <= PIPE_ROOM) {
		(void)write_fully(ends[1], body.data, body.len);
	} else {
		pid_t pid = fork();
		if (pid == 0) {
			close(ends[0]);
			(void)signal(SIGPIPE, SIG_DFL);
			(void)signal(SIGINT, SIG_IGN);
			(void)signal(SIGQUIT, SIG_IGN);
			(void)signal(SIGHUP, SIG_IGN);
			(void)signal(SIGTSTP, SIG_IGN);
			(void)write_fully(ends[1], body.data, body.len);
			_exit(0);
		}
		if (pid < 0) {
			(void)fail(2, "Cannot fork");
			close(ends[0]);
			ends[0] = -1;
		}
	}
	close(ends[1]);
	buf_free(&body);
	return ends[0];
}
