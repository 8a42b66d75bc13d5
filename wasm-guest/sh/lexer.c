/* Tokens: operators, words, reserved words, aliases. Words themselves are read in lex_word.c. */
#include "sh.h"
#include <stdarg.h>
#include <string.h>

static const struct {
	const char *text;
	bool quoted, keyword;
} tokens[] = {
	[TOK_EOF] = {"end of file", false, false}, [TOK_NEWLINE] = {"newline", false, false}, [TOK_SEMI] = {";", true, false},
	[TOK_AMP] = {"&", true, false}, [TOK_AND] = {"&&", true, false}, [TOK_OR] = {"||", true, false},
	[TOK_PIPE] = {"|", true, false}, [TOK_LPAREN] = {"(", true, false}, [TOK_RPAREN] = {")", true, false},
	[TOK_DSEMI] = {";;", true, false}, [TOK_BACKQUOTE] = {"`", true, false}, [TOK_REDIR] = {"redirection", false, false},
	[TOK_WORD] = {"word", false, false}, [TOK_NOT] = {"!", true, true}, [TOK_CASE] = {"case", true, true},
	[TOK_DO] = {"do", true, true}, [TOK_DONE] = {"done", true, true}, [TOK_ELIF] = {"elif", true, true},
	[TOK_ELSE] = {"else", true, true}, [TOK_ESAC] = {"esac", true, true}, [TOK_FI] = {"fi", true, true},
	[TOK_FOR] = {"for", true, true}, [TOK_IF] = {"if", true, true}, [TOK_IN] = {"in", true, true},
	[TOK_THEN] = {"then", true, true}, [TOK_UNTIL] = {"until", true, true}, [TOK_WHILE] = {"while", true, true},
	[TOK_LBRACE] = {"{", true, true}, [TOK_RBRACE] = {"}", true, true}, [TOK_ERROR] = {"error", false, false},
};

/* As messages show it; the caller prints it at once. */
const char *keyword_text(enum token t)
{
	static char shown[12];
	if (!tokens[t].quoted)
		return tokens[t].text;
	shown[0] = '"';
	strcpy(shown + 1, tokens[t].text);
	strcat(shown, "\"");
	return shown;
}

static enum token keyword(const char *text)
{
	for (int t = TOK_NOT; t <= TOK_RBRACE; t++)
		if (text_is(tokens[t].text, text))
			return (enum token)t;
	return TOK_WORD;
}

bool is_keyword(const char *text)
{
	return keyword(text) != TOK_WORD;
}

const char *keyword_name(size_t index)
{
	return index <= TOK_RBRACE - TOK_NOT ? tokens[TOK_NOT + index].text : NULL;
}

bool name_start(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool name_char(int c)
{
	return name_start(c) || (c >= '0' && c <= '9');
}

size_t name_length(const char *text)
{
	size_t n = 0;
	if (name_start((unsigned char)text[0]))
		while (name_char((unsigned char)text[n]))
			n++;
	return n;
}

bool is_name(const char *text)
{
	size_t n = name_length(text);
	return n > 0 && text[n] == '\0';
}

const char *word_plain(const struct word *w)
{
	const struct part *p = w->parts;
	return p != NULL && p->next == NULL && p->kind == PART_TEXT && !p->quoted ? p->text : NULL;
}

bool word_is_assignment(const struct word *w)
{
	const struct part *p = w->parts;
	if (p == NULL || p->kind != PART_TEXT || p->quoted)
		return false;
	size_t n = name_length(p->text);
	return n > 0 && p->text[n] == '=';
}

void syntax_error(struct parser *p, const char *format, ...)
{
	if (p->failed)
		return;
	p->failed = true;
	va_list arguments;
	va_start(arguments, format);
	struct buf b = {0};
	format_arguments(&b, format, arguments);
	va_end(arguments);
	int line = sh.line;
	sh.line = input_line();
	(void)fail(2, "Syntax error: %s", buf_cstr(&b));
	sh.line = line;
	buf_free(&b);
}

int lex_get(void)
{
	for (;;) {
		int c = input_get();
		if (c != '\\')
			return c;
		int next = input_get();
		if (next != '\n') {
			input_unget(next);
			return c;
		}
	}
}

static enum token make_redirection(struct parser *p, int first, int fd)
{
	struct redir *r = arena_alloc(p->arena, sizeof *r);
	int c = lex_get();
	if (first == '>') {
		r->fd = fd < 0 ? 1 : fd;
		r->kind = c == '>' ? REDIR_APPEND : c == '|' ? REDIR_CLOBBER : c == '&' ? REDIR_DUP_OUT : REDIR_WRITE;
		if (r->kind == REDIR_WRITE)
			input_unget(c);
	} else {
		r->fd = fd < 0 ? 0 : fd;
		r->kind = c == '<' ? REDIR_HERE : c == '&' ? REDIR_DUP_IN : c == '>' ? REDIR_BOTH : REDIR_READ;
		if (r->kind == REDIR_READ)
			input_unget(c);
		if (r->kind == REDIR_HERE && (c = lex_get()) == '-')
			r->strip_tabs = true;
		else if (r->kind == REDIR_HERE)
			input_unget(c);
	}
	p->redir = r;
	return TOK_REDIR;
}

static enum token read_word(struct parser *p)
{
	struct builder b;
	builder_start(&b, p);
	bool ok = lex_parts(&b, CTX_WORD);
	struct word *w = arena_alloc(p->arena, sizeof *w);
	w->parts = builder_end(&b);
	p->word = w;
	p->word_quoted = b.any_quote;
	if (!ok)
		return TOK_ERROR;
	const char *plain = word_plain(w);
	if (plain != NULL && plain[0] >= '0' && plain[0] <= '9' && plain[1] == '\0') {
		int c = lex_get();
		if (c == '<' || c == '>')
			return make_redirection(p, c, plain[0] - '0');
		input_unget(c);
	}
	return TOK_WORD;
}

static enum token read_token(struct parser *p)
{
	for (;;) {
		int c = lex_get(), next;
		switch (c) {
		case ' ':
		case '\t':
			continue;
		case '#':
			while ((c = input_get()) != '\n' && c != INPUT_END)
				continue;
			input_unget(c);
			continue;
		case '\n':
			input_prompt(2);
			return TOK_NEWLINE;
		case INPUT_END:
			return TOK_EOF;
		case '&':
			if ((next = lex_get()) == '&')
				return TOK_AND;
			input_unget(next);
			return TOK_AMP;
		case '|':
			if ((next = lex_get()) == '|')
				return TOK_OR;
			input_unget(next);
			return TOK_PIPE;
		case ';':
			if ((next = lex_get()) == ';')
				return TOK_DSEMI;
			input_unget(next);
			return TOK_SEMI;
		case '(':
			return TOK_LPAREN;
		case ')':
			return TOK_RPAREN;
		case '<':
		case '>':
			return make_redirection(p, c, -1);
		default:
			input_unget(c);
			return read_word(p);
		}
	}
}

enum token lex_token(struct parser *p, int flags)
{
	for (;;) {
		if (p->failed)
			return TOK_ERROR;
		enum token t;
		if (p->pushed_back) {
			t = p->token;
			p->pushed_back = false;
		} else {
			t = read_token(p);
		}
		if (t >= TOK_NOT && t <= TOK_RBRACE)
			t = TOK_WORD; /* a word again: whether it is reserved depends on where it is asked for */
		if (t == TOK_NEWLINE && (flags & LEX_NEWLINES) != 0) {
			here_read_pending(p);
			continue;
		}
		p->token = p->failed ? TOK_ERROR : t;
		const char *plain = t == TOK_WORD && !p->word_quoted ? word_plain(p->word) : NULL;
		if (plain == NULL)
			return p->token;
		if ((flags & LEX_KEYWORD) != 0 && (t = keyword(plain)) != TOK_WORD)
			return p->token = t;
		bool after_blank = input_alias_ended();
		if ((flags & LEX_ALIAS) != 0 || after_blank) {
			struct alias *a = alias_find(plain);
			if (a != NULL && !a->in_use) {
				input_push_alias(a, a->value);
				continue;
			}
		}
		return TOK_WORD;
	}
}

void lex_push_back(struct parser *p)
{
	p->pushed_back = true;
}
