/* Words: quotes, and what starts with a dollar or a backquote, as a list of parts. */
#include "sh.h"
#include <string.h>

void builder_start(struct builder *b, struct parser *p)
{
	*b = (struct builder){.parser = p};
	b->tail = &b->first;
}

static struct part *add_part(struct builder *b, enum part_kind kind, bool quoted)
{
	struct part *p = arena_alloc(b->parser->arena, sizeof *p);
	p->kind = (uint8_t)kind;
	p->quoted = quoted;
	*b->tail = p;
	b->tail = &p->next;
	return p;
}

static void end_text(struct builder *b)
{
	if (!b->text_open)
		return;
	struct part *p = add_part(b, PART_TEXT, b->text_quoted);
	p->text = arena_copy(b->parser->arena, b->text.data, b->text.len);
	p->len = b->text.len;
	b->text.len = 0;
	b->text_open = false;
}

static void open_text(struct builder *b, bool quoted)
{
	if (b->text_open && b->text_quoted != quoted)
		end_text(b);
	b->text_open = true;
	b->text_quoted = quoted;
	b->any_quote |= quoted;
}

static void add_char(struct builder *b, int c, bool quoted)
{
	open_text(b, quoted);
	buf_char(&b->text, (char)c);
}

struct part *builder_end(struct builder *b)
{
	end_text(b);
	buf_free(&b->text);
	return b->first;
}

static bool special_parameter(int c)
{
	return c != INPUT_END && c != '\0' && strchr("@*#?-$!", c) != NULL;
}

static bool digit(int c)
{
	return c >= '0' && c <= '9';
}

/* $( … ): the parser runs on the same input up to the closing parenthesis. */
static bool command_substitution(struct builder *b, bool quoted)
{
	end_text(b);
	struct part *part = add_part(b, PART_COMMAND, quoted);
	struct parser inner = {.arena = b->parser->arena};
	inner.pending_tail = &inner.pending;
	part->body = parse_until(&inner, TOK_RPAREN);
	if (inner.failed)
		b->parser->failed = true;
	for (struct here_pending *h = inner.pending; h != NULL; h = h->next)
		here_queue(b->parser, h->redir); /* `$(cat <<X)`: the body follows the whole line */
	return !inner.failed;
}

/* `…`: backslashes go first, then the text is parsed by itself. */
static bool backquote_substitution(struct builder *b, bool quoted)
{
	end_text(b);
	struct part *part = add_part(b, PART_COMMAND, quoted);
	struct buf text = {0};
	int line = input_line();
	for (;;) {
		int c = input_get();
		if (c == '`')
			break;
		if (c == '\\') {
			c = input_get();
			if (c == '\n')
				continue;
			if (c != '\\' && c != '`' && c != '$' && (!quoted || c != '"'))
				buf_char(&text, '\\');
		}
		if (c == INPUT_END) {
			syntax_error(b->parser, "%s", "EOF in backquote substitution");
			buf_free(&text);
			return false;
		}
		buf_char(&text, (char)c);
	}
	/* The tree refers to nothing in this text, but input does until the parse ends. */
	input_push_text(text.data == NULL ? "" : text.data, text.len, line);
	struct parser inner = {.arena = b->parser->arena};
	inner.pending_tail = &inner.pending;
	part->body = parse_until(&inner, TOK_EOF);
	input_pop();
	buf_free(&text);
	if (inner.failed)
		b->parser->failed = true;
	return !inner.failed;
}

static bool arithmetic_expansion(struct builder *b, bool quoted)
{
	end_text(b);
	struct part *part = add_part(b, PART_ARITHMETIC, quoted);
	struct builder inner;
	builder_start(&inner, b->parser);
	bool ok = lex_parts(&inner, CTX_ARITHMETIC);
	part->word = builder_end(&inner);
	return ok;
}

static const char *read_name(struct builder *b, int c)
{
	struct buf name = {0};
	if (name_start(c) || digit(c)) {
		bool digits = digit(c);
		do
			buf_char(&name, (char)c);
		while (c = lex_get(), digits ? digit(c) : name_char(c));
		input_unget(c);
	} else {
		buf_char(&name, (char)c);
	}
	const char *text = arena_copy(b->parser->arena, name.data, name.len);
	buf_free(&name);
	return text;
}

static enum param_op operator_at(int c, bool *colon)
{
	if (c == ':') {
		*colon = true;
		c = lex_get();
	}
	switch (c) {
	case '-':
		return PARAM_DEFAULT;
	case '=':
		return PARAM_ASSIGN;
	case '?':
		return PARAM_ERROR;
	case '+':
		return PARAM_ALTERNATIVE;
	case '#':
	case '%':
		if (!*colon) {
			int next = lex_get();
			if (next != c)
				input_unget(next);
			return c == '#' ? (next == c ? PARAM_LONG_PREFIX : PARAM_PREFIX) : (next == c ? PARAM_LONG_SUFFIX : PARAM_SUFFIX);
		}
		break;
	default:
		break;
	}
	input_unget(c);
	return PARAM_BAD;
}

/* The braces of ${…}; the first brace has been read. */
static bool braced_parameter(struct builder *b, bool quoted)
{
	end_text(b);
	struct part *part = add_part(b, PART_PARAMETER, quoted);
	part->braces = true;
	part->op = PARAM_PLAIN;
	int c = lex_get();
	if (c == '#') {
		int next = lex_get();
		if (next == '}') {
			part->text = "#";
			return true;
		}
		if (name_start(next) || digit(next) || special_parameter(next)) {
			const char *name = read_name(b, next);
			int after = lex_get();
			if (after == '}') {
				part->text = name;
				part->op = PARAM_LENGTH;
				return true;
			}
			input_unget(after);
			if (name_start(next) || digit(next) || strchr("-?#", next) == NULL)
				goto bad;
		}
		input_unget(next);
	}
	if (!name_start(c) && !digit(c) && !special_parameter(c)) {
		input_unget(c);
		goto bad;
	}
	part->text = read_name(b, c);
	c = lex_get();
	if (c == '}')
		return true;
	if (c == INPUT_END) {
		syntax_error(b->parser, "%s", "Missing '}'");
		return false;
	}
	part->op = (uint8_t)operator_at(c, &part->colon);
	if (part->op == PARAM_BAD)
		goto bad;
	struct builder inner;
	builder_start(&inner, b->parser);
	bool pattern = part->op >= PARAM_PREFIX;
	bool ok = lex_parts(&inner, quoted && !pattern ? CTX_BRACE_DQUOTE : CTX_BRACE);
	part->word = builder_end(&inner);
	return ok;
bad:
	/* Reported when it is expanded. */
	part->op = PARAM_BAD;
	if (part->text == NULL)
		part->text = "";
	builder_start(&inner, b->parser);
	ok = lex_parts(&inner, CTX_BRACE);
	(void)builder_end(&inner);
	return ok;
}

static bool dollar(struct builder *b, bool quoted)
{
	int c = lex_get();
	if (c == '(') {
		c = lex_get();
		if (c == '(')
			return arithmetic_expansion(b, quoted);
		input_unget(c);
		return command_substitution(b, quoted);
	}
	if (c == '{')
		return braced_parameter(b, quoted);
	if (name_start(c) || digit(c) || special_parameter(c)) {
		end_text(b);
		struct part *part = add_part(b, PART_PARAMETER, quoted);
		if (digit(c))
			part->text = arena_copy(b->parser->arena, (char[]){(char)c}, 1);
		else
			part->text = read_name(b, c);
		return true;
	}
	input_unget(c);
	add_char(b, '$', quoted);
	return true;
}

static bool single_quotes(struct builder *b)
{
	open_text(b, true);
	for (;;) {
		int c = input_get();
		if (c == '\'')
			return true;
		if (c == INPUT_END) {
			syntax_error(b->parser, "%s", "Unterminated quoted string");
			return false;
		}
		if (c == '\n')
			input_prompt(2);
		add_char(b, c, true);
	}
}

/* After a backslash; backslash-newline is gone already where `lex_get` is used, but not where it may be literal. */
static void backslash(struct builder *b, enum lex_context context)
{
	int c = input_get();
	if (c == INPUT_END) {
		input_unget(c);
		add_char(b, '\\', true);
		return;
	}
	if (c == '\n')
		return;
	const char *special = context == CTX_DQUOTE ? "$`\"\\" : context == CTX_HERE ? "$`\\" : context == CTX_ARITHMETIC ? "$`\\" : "$`\"\\}";
	bool plain = context == CTX_WORD || context == CTX_BRACE;
	if (!plain && strchr(special, c) == NULL)
		add_char(b, '\\', true);
	add_char(b, c, true);
}

/* "" is an empty field, but "$@" may be none: only quotes with nothing inside leave an empty text. */
static bool double_quotes(struct builder *b)
{
	struct part **tail = b->tail;
	size_t len = b->text.len;
	b->any_quote = true;
	if (!lex_parts(b, CTX_DQUOTE))
		return false;
	if (b->tail == tail && b->text.len == len)
		open_text(b, true);
	return true;
}

static bool word_ends(int c)
{
	return c == INPUT_END || strchr(" \t\n;&|<>()", c) != NULL;
}

static bool unterminated(struct builder *b, enum lex_context context)
{
	switch (context) {
	case CTX_BRACE:
	case CTX_BRACE_DQUOTE:
		syntax_error(b->parser, "%s", "Missing '}'");
		return false;
	case CTX_ARITHMETIC:
		syntax_error(b->parser, "%s", "Missing '))'");
		return false;
	case CTX_DQUOTE:
		syntax_error(b->parser, "%s", "Unterminated quoted string");
		return false;
	case CTX_HERE:
	case CTX_WORD:
	default:
		return true;
	}
}

/* Reads up to the end of `context` and takes that end away (a word's end stays). False: syntax error, reported. */
bool lex_parts(struct builder *b, enum lex_context context)
{
	bool quoted = context != CTX_WORD && context != CTX_BRACE;
	int parentheses = 0;
	for (;;) {
		int c = input_get();
		if (c == INPUT_END) {
			input_unget(c);
			return unterminated(b, context);
		}
		if (context == CTX_WORD && word_ends(c)) {
			input_unget(c);
			return true;
		}
		switch (c) {
		case '\\':
			backslash(b, context);
			continue;
		case '\'':
			if (quoted)
				break;
			if (!single_quotes(b))
				return false;
			continue;
		case '"':
			if (context == CTX_DQUOTE)
				return true;
			if (context == CTX_HERE || context == CTX_ARITHMETIC)
				break;
			if (!double_quotes(b))
				return false;
			continue;
		case '`':
			if (!backquote_substitution(b, quoted))
				return false;
			continue;
		case '$':
			if (!dollar(b, quoted))
				return false;
			continue;
		case '}':
			if (context == CTX_BRACE || context == CTX_BRACE_DQUOTE)
				return true;
			break;
		case '(':
			parentheses += context == CTX_ARITHMETIC;
			break;
		case ')':
			if (context != CTX_ARITHMETIC)
				break;
			if (parentheses > 0) {
				parentheses--;
				break;
			}
			if ((c = lex_get()) == ')')
				return true;
			input_unget(c);
			c = ')';
			break;
		case '\n':
			input_prompt(2);
			break;
		default:
			break;
		}
		add_char(b, c, quoted);
	}
}

/* Parts of a text that is no input by itself: bodies of here-documents, prompts. The text must live as long as `arena`. */
struct part *parse_text_parts(struct arena *arena, const char *text, enum lex_context context, int line, bool *ok)
{
	struct parser p = {.arena = arena};
	p.pending_tail = &p.pending;
	struct builder b;
	input_push_text(text, strlen(text), line);
	builder_start(&b, &p);
	*ok = lex_parts(&b, context);
	input_pop();
	return builder_end(&b);
}
