/* Tokens to trees, by recursive descent. After a syntax error every function returns soon, and the tree is not used. */
#include "sh.h"
#include <string.h>

enum list_kind { LIST_COMPOUND, LIST_LINE, LIST_MAYBE_EMPTY };
enum { COMMAND_START = LEX_KEYWORD | LEX_NEWLINES | LEX_ALIAS };
static struct node *list(struct parser *p, enum list_kind kind);
static struct node *command(struct parser *p, int flags);

static struct node *new_node(struct parser *p, enum node_kind kind, int line)
{
	struct node *n = arena_alloc(p->arena, sizeof *n);
	n->kind = (uint8_t)kind;
	n->line = line;
	return n;
}

static void unexpected(struct parser *p, int wanted)
{
	struct buf b = {0};
	buf_text(&b, keyword_text(p->token));
	buf_text(&b, " unexpected");
	if (wanted >= 0) {
		buf_text(&b, " (expecting ");
		buf_text(&b, keyword_text((enum token)wanted));
		buf_char(&b, ')');
	}
	syntax_error(p, "%s", buf_cstr(&b));
	buf_free(&b);
}

static bool expect(struct parser *p, enum token wanted, int flags)
{
	if (lex_token(p, flags) == wanted)
		return true;
	unexpected(p, (int)wanted);
	return false;
}

static void add_word(struct word ***tail, struct word *w)
{
	**tail = w;
	*tail = &w->next;
}

static bool here_delimiter(struct parser *p, struct redir *r)
{
	struct buf text = {0};
	for (const struct part *part = p->word->parts; part != NULL; part = part->next) {
		if (part->kind == PART_TEXT) {
			buf_bytes(&text, part->text, part->len);
		} else if (part->kind == PART_PARAMETER && !part->braces) {
			buf_char(&text, '$');
			buf_text(&text, part->text);
		} else {
			syntax_error(p, "%s", "Bad here-document delimiter");
			buf_free(&text);
			return false;
		}
	}
	r->delimiter = arena_copy(p->arena, text.data, text.len);
	r->expand = !p->word_quoted;
	buf_free(&text);
	here_queue(p, r);
	return true;
}

/* The redirection operator has just been read. */
static struct redir *redirection(struct parser *p)
{
	struct redir *r = p->redir;
	if (lex_token(p, 0) != TOK_WORD) {
		unexpected(p, -1);
		return NULL;
	}
	if (r->kind == REDIR_HERE)
		return here_delimiter(p, r) ? r : NULL;
	r->target = p->word;
	return r;
}

static struct node *function_definition(struct parser *p, const struct word *name, int line)
{
	if (!expect(p, TOK_RPAREN, 0))
		return NULL;
	const char *plain = word_plain(name);
	const struct builtin *b = plain == NULL ? NULL : builtin_find(plain);
	if (plain == NULL || !is_name(plain) || (b != NULL && (b->flags & BUILTIN_SPECIAL) != 0)) {
		syntax_error(p, "%s", "Bad function name");
		return NULL;
	}
	struct node *n = new_node(p, NODE_FUNCTION, line);
	n->name = plain;
	n->arena = p->arena;
	n->left = command(p, COMMAND_START);
	return n;
}

/* The first token has been looked at and given back. */
static struct node *simple_command(struct parser *p, int line)
{
	struct node *n = new_node(p, NODE_SIMPLE, line);
	struct word **words = &n->words, **assignments = &n->assignments;
	struct redir **redirects = &n->redirects;
	int flags = LEX_ALIAS;
	for (;;) {
		switch (lex_token(p, flags)) {
		case TOK_WORD:
			if (n->words == NULL && word_is_assignment(p->word)) {
				add_word(&assignments, p->word);
			} else {
				add_word(&words, p->word);
				flags = 0;
			}
			continue;
		case TOK_REDIR:
			*redirects = redirection(p);
			if (*redirects == NULL)
				return n;
			redirects = &(*redirects)->next;
			continue;
		case TOK_LPAREN:
			if (n->words != NULL && n->words->next == NULL && n->assignments == NULL && n->redirects == NULL)
				return function_definition(p, n->words, line);
			lex_push_back(p);
			return n;
		default:
			lex_push_back(p);
			return n;
		}
	}
}

static struct node *if_command(struct parser *p, int line)
{
	struct node *n = new_node(p, NODE_IF, line);
	n->left = list(p, LIST_COMPOUND);
	if (!expect(p, TOK_THEN, LEX_KEYWORD))
		return n;
	n->right = list(p, LIST_COMPOUND);
	switch (lex_token(p, LEX_KEYWORD)) {
	case TOK_ELIF:
		n->other = if_command(p, input_line());
		return n;
	case TOK_ELSE:
		n->other = list(p, LIST_COMPOUND);
		(void)expect(p, TOK_FI, LEX_KEYWORD);
		return n;
	case TOK_FI:
		return n;
	default:
		unexpected(p, TOK_FI);
		return n;
	}
}

static struct node *loop_command(struct parser *p, enum node_kind kind, int line)
{
	struct node *n = new_node(p, kind, line);
	n->left = list(p, LIST_COMPOUND);
	if (!expect(p, TOK_DO, LEX_KEYWORD))
		return n;
	n->right = list(p, LIST_COMPOUND);
	(void)expect(p, TOK_DONE, LEX_KEYWORD);
	return n;
}

static struct node *for_command(struct parser *p, int line)
{
	struct node *n = new_node(p, NODE_FOR, line);
	const char *name = lex_token(p, 0) == TOK_WORD && !p->word_quoted ? word_plain(p->word) : NULL;
	if (name == NULL || !is_name(name)) {
		syntax_error(p, "%s", "Bad for loop variable");
		return n;
	}
	n->name = name;
	enum token t = lex_token(p, COMMAND_START);
	if (t == TOK_IN) {
		n->has_list = true;
		struct word **words = &n->words;
		while (lex_token(p, 0) == TOK_WORD)
			add_word(&words, p->word);
		if (p->token == TOK_NEWLINE)
			here_read_pending(p);
		else if (p->token != TOK_SEMI)
			unexpected(p, -1);
	} else if (t != TOK_SEMI) {
		lex_push_back(p);
	}
	if (!expect(p, TOK_DO, COMMAND_START))
		return n;
	n->left = list(p, LIST_COMPOUND);
	(void)expect(p, TOK_DONE, LEX_KEYWORD);
	return n;
}

static struct node *case_command(struct parser *p, int line)
{
	struct node *n = new_node(p, NODE_CASE, line);
	if (lex_token(p, 0) != TOK_WORD) {
		unexpected(p, TOK_WORD);
		return n;
	}
	n->words = p->word;
	if (!expect(p, TOK_IN, COMMAND_START))
		return n;
	struct case_item **items = &n->items;
	while (lex_token(p, LEX_NEWLINES | LEX_KEYWORD) != TOK_ESAC && !p->failed) {
		struct case_item *item = arena_alloc(p->arena, sizeof *item);
		*items = item;
		items = &item->next;
		struct word **patterns = &item->patterns;
		if (p->token == TOK_LPAREN)
			(void)lex_token(p, 0);
		for (;;) {
			if (p->token != TOK_WORD && (p->token < TOK_NOT || p->token > TOK_RBRACE)) {
				unexpected(p, TOK_WORD);
				return n;
			}
			add_word(&patterns, p->word);
			if (lex_token(p, 0) != TOK_PIPE)
				break;
			(void)lex_token(p, 0);
		}
		if (p->token != TOK_RPAREN) {
			unexpected(p, TOK_RPAREN);
			return n;
		}
		item->body = list(p, LIST_MAYBE_EMPTY);
		if (lex_token(p, LEX_NEWLINES | LEX_KEYWORD) == TOK_ESAC)
			return n;
		if (p->token != TOK_DSEMI) {
			unexpected(p, TOK_DSEMI);
			return n;
		}
	}
	return n;
}

static struct node *bracketed(struct parser *p, enum node_kind kind, enum token end, int line)
{
	struct node *n = new_node(p, kind, line);
	n->left = list(p, LIST_COMPOUND);
	(void)expect(p, end, LEX_KEYWORD);
	return n;
}

static struct node *command(struct parser *p, int flags)
{
	struct node *n;
	enum token t = lex_token(p, flags);
	int line = input_line();
	switch (t) {
	case TOK_IF:
		n = if_command(p, line);
		break;
	case TOK_WHILE:
		n = loop_command(p, NODE_WHILE, line);
		break;
	case TOK_UNTIL:
		n = loop_command(p, NODE_UNTIL, line);
		break;
	case TOK_FOR:
		n = for_command(p, line);
		break;
	case TOK_CASE:
		n = case_command(p, line);
		break;
	case TOK_LPAREN:
		n = bracketed(p, NODE_SUBSHELL, TOK_RPAREN, line);
		break;
	case TOK_LBRACE:
		n = bracketed(p, NODE_GROUP, TOK_RBRACE, line);
		break;
	case TOK_WORD:
	case TOK_REDIR:
		lex_push_back(p);
		return simple_command(p, line);
	default:
		unexpected(p, -1);
		return NULL;
	}
	struct redir **redirects = &n->redirects;
	while (!p->failed && lex_token(p, LEX_KEYWORD | LEX_ALIAS) == TOK_REDIR) {
		*redirects = redirection(p);
		if (*redirects == NULL)
			break;
		redirects = &(*redirects)->next;
	}
	lex_push_back(p);
	return n;
}

static struct node *pipeline(struct parser *p, int flags)
{
	bool negated = false;
	if (lex_token(p, flags) == TOK_NOT) {
		negated = true;
		flags = LEX_KEYWORD | LEX_ALIAS;
	} else {
		lex_push_back(p);
	}
	struct node *n = command(p, flags);
	if (lex_token(p, 0) == TOK_PIPE && n != NULL) {
		struct node *all = new_node(p, NODE_PIPELINE, n->line);
		all->left = n;
		do {
			n->next = command(p, COMMAND_START);
			n = n->next;
		} while (n != NULL && lex_token(p, 0) == TOK_PIPE);
		n = all;
	}
	lex_push_back(p);
	if (!negated)
		return n;
	struct node *not = new_node(p, NODE_NOT, n == NULL ? 0 : n->line);
	not->left = n;
	return not;
}

static struct node *and_or(struct parser *p, int flags)
{
	struct node *n = pipeline(p, flags);
	for (;;) {
		enum token t = lex_token(p, 0);
		if (t != TOK_AND && t != TOK_OR) {
			lex_push_back(p);
			return n;
		}
		struct node *both = new_node(p, t == TOK_AND ? NODE_AND : NODE_OR, input_line());
		both->left = n;
		both->right = pipeline(p, COMMAND_START);
		n = both;
	}
}

static bool ends_list(enum token t)
{
	switch (t) {
	case TOK_EOF: case TOK_RPAREN: case TOK_DSEMI: case TOK_DO: case TOK_DONE: case TOK_ELIF: case TOK_ELSE: case TOK_ESAC:
	case TOK_FI: case TOK_THEN: case TOK_RBRACE: case TOK_ERROR:
		return true;
	default:
		return false;
	}
}

/* A list is a chain: its length costs no depth of recursion when it runs. */
static void append(struct parser *p, struct node **result, struct node ***tail, struct node *n)
{
	if (*result == NULL) {
		*result = n;
	} else if (*tail == NULL) {
		struct node *sequence = new_node(p, NODE_SEQUENCE, (*result)->line);
		sequence->left = *result;
		(*result)->next = n;
		*result = sequence;
		*tail = &n->next;
	} else {
		**tail = n;
		*tail = &n->next;
	}
}

static struct node *list(struct parser *p, enum list_kind kind)
{
	struct node *result = NULL, **tail = NULL;
	bool first = true;
	int flags = kind == LIST_LINE ? LEX_KEYWORD | LEX_ALIAS : COMMAND_START;
	for (;; first = false) {
		enum token t = lex_token(p, flags);
		if (first && kind == LIST_COMPOUND) {
			/* There must be a command. At the end of the file the caller's word is the better one to miss. */
			lex_push_back(p);
			if (t == TOK_EOF)
				return result;
		} else {
			if (kind == LIST_LINE && (t == TOK_NEWLINE || t == TOK_EOF)) {
				here_read_pending(p);
				if (t == TOK_EOF)
					lex_push_back(p);
				return result;
			}
			lex_push_back(p);
			if (ends_list(t) && kind != LIST_LINE)
				return result;
		}
		struct node *n = and_or(p, flags);
		if (p->failed)
			return result;
		t = lex_token(p, 0);
		if (t == TOK_AMP && n != NULL) {
			struct node *background = new_node(p, NODE_BACKGROUND, n->line);
			background->left = n;
			n = background;
		}
		append(p, &result, &tail, n);
		switch (t) {
		case TOK_AMP:
		case TOK_SEMI:
			break;
		case TOK_NEWLINE:
			here_read_pending(p);
			if (kind == LIST_LINE)
				return result;
			break;
		case TOK_EOF:
			here_read_pending(p);
			lex_push_back(p);
			return result;
		default:
			if (kind == LIST_LINE)
				unexpected(p, -1);
			lex_push_back(p);
			return result;
		}
	}
}

/* The inside of a command substitution. Here-documents still to be read stay in p->pending. */
struct node *parse_until(struct parser *p, enum token end)
{
	struct node *n = list(p, LIST_MAYBE_EMPTY);
	if (p->failed)
		return NULL;
	if (lex_token(p, LEX_KEYWORD) != end)
		unexpected(p, (int)end);
	return n;
}

enum parse_result parse_line(struct arena *arena, struct node **node, bool prompt)
{
	struct parser p = {.arena = arena};
	p.pending_tail = &p.pending;
	*node = NULL;
	input_prompt(prompt ? 1 : 0);
	enum token t = lex_token(&p, LEX_KEYWORD | LEX_ALIAS);
	if (t == TOK_EOF)
		return PARSE_END;
	if (t == TOK_NEWLINE)
		return PARSE_OK;
	lex_push_back(&p);
	*node = list(&p, LIST_LINE);
	input_prompt(0);
	return p.failed ? PARSE_FAILED : PARSE_OK;
}
