/* Trees back to text, for the lines about jobs. */
#include "sh.h"
#include <string.h>

static void parts_text(struct buf *b, const struct part *p)
{
	static const char *const operators[] = {
		[PARAM_PLAIN] = "", [PARAM_LENGTH] = "", [PARAM_DEFAULT] = "-", [PARAM_ASSIGN] = "=", [PARAM_ERROR] = "?",
		[PARAM_ALTERNATIVE] = "+", [PARAM_PREFIX] = "#", [PARAM_LONG_PREFIX] = "##", [PARAM_SUFFIX] = "%",
		[PARAM_LONG_SUFFIX] = "%%", [PARAM_BAD] = "",
	};
	bool quoted = false;
	for (; p != NULL; p = p->next) {
		if (p->quoted != quoted)
			buf_char(b, '"');
		quoted = p->quoted;
		switch ((enum part_kind)p->kind) {
		case PART_TEXT:
			for (size_t i = 0; i < p->len; i++) {
				if (p->quoted && strchr("$`\"\\", p->text[i]) != NULL)
					buf_char(b, '\\');
				buf_char(b, p->text[i]);
			}
			break;
		case PART_PARAMETER:
			format_text(b, "${%s%s%s%s", p->op == PARAM_LENGTH ? "#" : "", p->text, p->colon ? ":" : "", operators[p->op]);
			parts_text(b, p->word);
			buf_char(b, '}');
			break;
		case PART_COMMAND:
			buf_text(b, "$(...)");
			break;
		case PART_ARITHMETIC:
			buf_text(b, "$((");
			parts_text(b, p->word);
			buf_text(b, "))");
			break;
		}
	}
	if (quoted)
		buf_char(b, '"');
}

static void words_text(struct buf *b, const struct word *w, const char *separator, bool *first)
{
	for (; w != NULL; w = w->next) {
		if (!*first)
			buf_text(b, separator);
		*first = false;
		parts_text(b, w->parts);
	}
}

static void redirects_text(struct buf *b, const struct redir *r, bool *first)
{
	static const char *const operators[] = {"<", ">", ">|", ">>", "<>", "<&", ">&", "<<..."};
	for (; r != NULL; r = r->next) {
		if (!*first)
			buf_char(b, ' ');
		*first = false;
		bool input = r->kind == REDIR_READ || r->kind == REDIR_BOTH || r->kind == REDIR_DUP_IN || r->kind == REDIR_HERE;
		if (r->fd != (input ? 0 : 1))
			buf_number(b, r->fd);
		buf_text(b, operators[r->kind]);
		if (r->kind != REDIR_HERE)
			parts_text(b, r->target->parts);
	}
}

static void block(struct buf *b, const char *before, const struct node *n, const char *after)
{
	buf_text(b, before);
	node_text(b, n);
	buf_text(b, after);
}

static void chain(struct buf *b, const struct node *n, const char *separator)
{
	for (; n != NULL; n = n->next) {
		node_text(b, n);
		if (n->next != NULL)
			buf_text(b, separator);
	}
}

static void case_text(struct buf *b, const struct node *n)
{
	buf_text(b, "case ");
	parts_text(b, n->words->parts);
	buf_text(b, " in ");
	for (const struct case_item *item = n->items; item != NULL; item = item->next) {
		bool first = true;
		words_text(b, item->patterns, "|", &first);
		block(b, ") ", item->body, ";; ");
	}
	buf_text(b, "esac");
}

void node_text(struct buf *b, const struct node *n)
{
	bool first = true;
	if (n == NULL)
		return;
	switch ((enum node_kind)n->kind) {
	case NODE_SIMPLE:
		words_text(b, n->assignments, " ", &first);
		words_text(b, n->words, " ", &first);
		break;
	case NODE_PIPELINE:
		chain(b, n->left, " | ");
		break;
	case NODE_AND:
	case NODE_OR:
		node_text(b, n->left);
		block(b, n->kind == NODE_AND ? " && " : " || ", n->right, "");
		break;
	case NODE_NOT:
		block(b, "! ", n->left, "");
		break;
	case NODE_SEQUENCE:
		chain(b, n->left, "; ");
		break;
	case NODE_BACKGROUND:
		block(b, "", n->left, " &");
		break;
	case NODE_SUBSHELL:
		block(b, "(", n->left, ")");
		break;
	case NODE_GROUP:
		if (n->redirects == NULL)
			node_text(b, n->left); /* dash keeps no braces without a reason */
		else
			block(b, "{ ", n->left, "; }");
		break;
	case NODE_IF:
		block(b, "if ", n->left, "; ");
		block(b, "then ", n->right, "; ");
		if (n->other != NULL)
			block(b, "else ", n->other, "; ");
		buf_text(b, "fi");
		break;
	case NODE_WHILE:
	case NODE_UNTIL:
		block(b, n->kind == NODE_WHILE ? "while " : "until ", n->left, "; ");
		block(b, "do ", n->right, "; done");
		break;
	case NODE_FOR:
		format_text(b, "for %s", n->name);
		if (n->has_list)
			buf_text(b, " in");
		first = false;
		words_text(b, n->words, " ", &first);
		block(b, "; do ", n->left, "; done");
		break;
	case NODE_CASE:
		case_text(b, n);
		break;
	case NODE_FUNCTION:
		format_text(b, "%s() { ... }", n->name);
		break;
	}
	first = false;
	redirects_text(b, n->redirects, &first);
}
