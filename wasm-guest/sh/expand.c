/*
 * Expansion of words. Each byte of a result carries an attribute: whether it was quoted, literal or from an expansion.
 * Field splitting and pathname expansion look at those, so nothing has to be escaped in between.
 */
#include "sh.h"
#include <string.h>

void expanded_put(struct expanded *e, const char *bytes, size_t len, enum attribute a)
{
	buf_bytes(&e->bytes, bytes, len);
	buf_pad(&e->attributes, (char)a, len);
}

void expanded_free(struct expanded *e)
{
	buf_free(&e->bytes);
	buf_free(&e->attributes);
}

static bool expand_arithmetic(struct expanded *e, const struct part *p)
{
	char *text = expand_string(p->word, 0);
	int64_t value;
	if (text == NULL || !arithmetic(text, &value))
		return false;
	struct buf digits = {0};
	buf_number(&digits, value);
	expanded_put(e, digits.data, digits.len, p->quoted ? ATTR_QUOTED : ATTR_EXPANDED);
	buf_free(&digits);
	return true;
}

bool expand_parts(struct expanded *e, const struct part *parts, int flags)
{
	for (const struct part *p = parts; p != NULL; p = p->next) {
		bool ok = true;
		switch ((enum part_kind)p->kind) {
		case PART_TEXT:
			if (p->quoted && p->len == 0)
				expanded_put(e, "", 1, ATTR_EMPTY);
			else if (p->quoted)
				expanded_put(e, p->text, p->len, ATTR_QUOTED);
			else if ((flags & EXPAND_ASSIGNMENT) != 0 || ((flags & EXPAND_TILDE) != 0 && p == parts))
				expand_tilde(e, p->text, p->len, p->next != NULL, flags | (p == parts ? EXPAND_TILDE : 0));
			else
				expanded_put(e, p->text, p->len, (flags & EXPAND_OPERAND) != 0 ? ATTR_EXPANDED : ATTR_LITERAL);
			break;
		case PART_PARAMETER:
			ok = expand_parameter(e, p, flags);
			break;
		case PART_COMMAND:
			ok = expand_command(e, p);
			break;
		case PART_ARITHMETIC:
			ok = expand_arithmetic(e, p);
			break;
		}
		if (!ok || sh.flow != FLOW_NONE)
			return false;
	}
	return true;
}

bool expand_fields(struct fields *f, const struct word *w, bool assignment_builtin)
{
	/* Most words are plain: no need for the machinery. */
	const char *plain = word_plain(w);
	if (plain != NULL && strpbrk(plain, "*?[~") == NULL) {
		fields_add(f, (char *)plain);
		return true;
	}
	if (assignment_builtin && word_is_assignment(w)) {
		char *text = expand_string(w->parts, EXPAND_TILDE | EXPAND_ASSIGNMENT);
		if (text != NULL)
			fields_add(f, text);
		return text != NULL;
	}
	struct expanded e = {0};
	bool ok = expand_parts(&e, w->parts, EXPAND_TILDE | EXPAND_SPLIT);
	if (ok)
		split_fields(f, &e);
	expanded_free(&e);
	return ok;
}

/* One string whatever is inside: fields of "$@" are joined by blanks. */
char *expand_string(const struct part *parts, int flags)
{
	struct expanded e = {0};
	char *result = NULL;
	if (expand_parts(&e, parts, flags)) {
		result = temp_alloc(e.bytes.len + 1);
		size_t len = 0;
		for (size_t i = 0; i < e.bytes.len; i++) {
			if (e.attributes.data[i] == ATTR_BREAK)
				result[len++] = ' ';
			else if (e.attributes.data[i] != ATTR_EMPTY)
				result[len++] = e.bytes.data[i];
		}
		result[len] = '\0';
	}
	expanded_free(&e);
	return result;
}

/* A pattern for pattern_match: what was quoted has a backslash before it. */
char *pattern_of(const struct expanded *e, size_t from, size_t to)
{
	char *result = temp_alloc((to - from) * 2 + 1);
	size_t len = 0;
	for (size_t i = from; i < to; i++) {
		char c = e->bytes.data[i], a = e->attributes.data[i];
		if (a == ATTR_EMPTY)
			continue;
		if (a == ATTR_BREAK)
			c = ' ';
		if (a == ATTR_QUOTED && strchr("*?[]\\!-^", c) != NULL && c != '\0')
			result[len++] = '\\';
		result[len++] = c;
	}
	result[len] = '\0';
	return result;
}

char *expand_pattern(const struct part *parts, int flags)
{
	struct expanded e = {0};
	char *result = NULL;
	if (expand_parts(&e, parts, flags))
		result = pattern_of(&e, 0, e.bytes.len);
	expanded_free(&e);
	return result;
}

bool expand_here(const struct redir *r, struct buf *body)
{
	struct mark m = temp_mark();
	char *text = expand_string(r->target->parts, 0);
	if (text != NULL)
		buf_text(body, text);
	temp_release(m);
	return text != NULL;
}
