/* $name, ${name…}: values, defaults, lengths, trimming of prefixes and suffixes. */
#include "sh.h"
#include <stdlib.h>
#include <string.h>

static bool is_list(const char *name)
{
	return (name[0] == '@' || name[0] == '*') && name[1] == '\0';
}

static char *number_text(long long value)
{
	struct buf b = {0};
	buf_number(&b, value);
	char *result = temp_copy(b.data, b.len);
	buf_free(&b);
	return result;
}

/* $* in quotes: joined by the first character of IFS. */
static char first_separator(char name, bool *any)
{
	const char *ifs = var_get("IFS");
	*any = name == '@' || ifs == NULL || *ifs != '\0';
	return name == '@' || ifs == NULL ? ' ' : *ifs;
}

static char *joined(char name)
{
	struct buf b = {0};
	bool any;
	char separator = first_separator(name, &any);
	for (int i = 0; i < sh.arg_count; i++) {
		if (i > 0 && any)
			buf_char(&b, separator);
		buf_text(&b, sh.args[i]);
	}
	char *result = temp_copy(b.data, b.len);
	buf_free(&b);
	return result;
}

/* NULL: not set */
static const char *value_of(const char *name)
{
	if (name_start((unsigned char)name[0]))
		return var_get(name);
	if (name[0] >= '0' && name[0] <= '9') {
		long long n = strtoll(name, NULL, 10);
		if (n == 0)
			return sh.arg0;
		return n <= sh.arg_count ? sh.args[n - 1] : NULL;
	}
	struct buf letters = {0};
	switch (name[0]) {
	case '#':
		return number_text(sh.arg_count);
	case '?':
		return number_text(sh.status);
	case '$':
		return number_text(sh.pid);
	case '!':
		return sh.last_background == 0 ? NULL : number_text(sh.last_background);
	case '-': {
		option_letters(&letters);
		char *result = temp_copy(letters.data, letters.len);
		buf_free(&letters);
		return result;
	}
	default:
		return joined(name[0]);
	}
}

static void put(struct expanded *e, const struct part *p, const char *value, size_t len)
{
	if (p->quoted && len == 0)
		expanded_put(e, "", 1, ATTR_EMPTY);
	expanded_put(e, value, len, p->quoted ? ATTR_QUOTED : ATTR_EXPANDED);
}

static bool trim(struct expanded *e, const struct part *p, const char *value);

/* $@ and $* with their field boundaries; ${@#pattern} trims each. */
static void put_list(struct expanded *e, const struct part *p, int flags)
{
	char name = p->text[0];
	if ((p->quoted && name == '*') || (flags & EXPAND_SPLIT) == 0) {
		const char *text = joined(p->quoted || name == '@' ? name : '*');
		put(e, p, text, strlen(text));
		return;
	}
	for (int i = 0; i < sh.arg_count; i++) {
		if (i > 0)
			expanded_put(e, "", 1, ATTR_BREAK);
		if (p->op < PARAM_PREFIX)
			put(e, p, sh.args[i], strlen(sh.args[i]));
		else if (!trim(e, p, sh.args[i]))
			return;
	}
}

static bool not_set(const char *name, const char *message, bool or_null)
{
	(void)fail(2, "%s: %s%s", name, message, or_null ? " or null" : "");
	return false;
}

static bool trim(struct expanded *e, const struct part *p, const char *value)
{
	char *pattern = expand_pattern(p->word, EXPAND_TILDE);
	if (pattern == NULL)
		return false;
	size_t len = strlen(value);
	const char *end = value + len;
	switch ((enum param_op)p->op) {
	case PARAM_PREFIX:
	case PARAM_LONG_PREFIX:
		for (size_t i = 0; i <= len; i++) {
			size_t cut = p->op == PARAM_PREFIX ? i : len - i;
			if (pattern_match(pattern, value, value + cut)) {
				put(e, p, value + cut, len - cut);
				return true;
			}
		}
		break;
	default:
		for (size_t i = 0; i <= len; i++) {
			size_t keep = p->op == PARAM_SUFFIX ? len - i : i;
			if (pattern_match(pattern, value + keep, end)) {
				put(e, p, value, keep);
				return true;
			}
		}
		break;
	}
	put(e, p, value, len);
	return true;
}

static bool assign_default(struct expanded *e, const struct part *p)
{
	char *text = expand_string(p->word, EXPAND_TILDE);
	if (text == NULL)
		return false;
	if (!is_name(p->text)) {
		(void)fail(2, "%s: bad variable name", p->text);
		return false;
	}
	if (!var_set(p->text, text, 0))
		return false;
	put(e, p, text, strlen(text));
	return true;
}

static bool expand_operand(struct expanded *e, const struct part *p, int flags)
{
	size_t before = e->bytes.len;
	if (!expand_parts(e, p->word, (flags & EXPAND_SPLIT) | EXPAND_OPERAND | EXPAND_TILDE))
		return false;
	if (p->quoted && e->bytes.len == before)
		expanded_put(e, "", 1, ATTR_EMPTY);
	return true;
}

bool expand_parameter(struct expanded *e, const struct part *p, int flags)
{
	const char *name = p->text;
	if (p->op == PARAM_BAD) {
		(void)fail(2, "Bad substitution");
		return false;
	}
	const char *value = value_of(name);
	bool list = is_list(name);
	bool set = value != NULL; /* $@ and $* always are */
	bool usable = set && !(p->colon && *value == '\0');
	switch ((enum param_op)p->op) {
	case PARAM_DEFAULT:
		if (!usable)
			return expand_operand(e, p, flags);
		break;
	case PARAM_ALTERNATIVE:
		if (usable)
			return expand_operand(e, p, flags);
		if (p->quoted && !list)
			expanded_put(e, "", 1, ATTR_EMPTY);
		return true;
	case PARAM_ASSIGN:
		if (!usable)
			return assign_default(e, p);
		break;
	case PARAM_ERROR:
		if (!usable) {
			if (p->word == NULL)
				return not_set(name, "parameter not set", p->colon);
			char *message = expand_string(p->word, EXPAND_TILDE);
			return message != NULL && not_set(name, message, false);
		}
		break;
	default:
		if (!set && !list && opt('u'))
			return not_set(name, "parameter not set", false);
		break;
	}
	if (value == NULL)
		value = "";
	if (p->op == PARAM_LENGTH) {
		value = number_text((long long)strlen(value));
		put(e, p, value, strlen(value));
		return true;
	}
	if (p->op >= PARAM_PREFIX && !(list && (flags & EXPAND_SPLIT) != 0 && !(p->quoted && name[0] == '*')))
		return trim(e, p, value);
	if (list)
		put_list(e, p, flags);
	else
		put(e, p, value, strlen(value));
	return true;
}
