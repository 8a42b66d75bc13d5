/* $(( )): C's operators on 64-bit integers, by precedence climbing. `skip` > 0: parse, but no effects and no errors of values. */
#include "sh.h"
#include <string.h>

struct arith {
	const char *text, *at;
	int skip;
	bool failed;
};
static int64_t assignment(struct arith *a);

static int64_t arith_error(struct arith *a, const char *what)
{
	if (!a->failed)
		(void)fail(2, "arithmetic expression: %s: \"%s\"", what, a->text);
	a->failed = true;
	return 0;
}

static int digit_value(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

/* Digits with 0x and 0 prefixes; the end in *end. Too large: the largest. */
static int64_t scan_number(const char *text, const char **end)
{
	int base = 10;
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && digit_value((unsigned char)text[2]) < 16) {
		base = 16;
		text += 2;
	} else if (text[0] == '0') {
		base = 8;
	}
	uint64_t value = 0;
	bool over = false;
	while (digit_value((unsigned char)*text) < base) {
		uint64_t digit = (uint64_t)digit_value((unsigned char)*text++);
		over |= value > (INT64_MAX - digit) / (uint64_t)base;
		value = value * (uint64_t)base + digit;
	}
	*end = text;
	return over ? INT64_MAX : (int64_t)value;
}

/* A whole text as a number: blanks around and a sign are allowed. */
static bool parse_number(const char *text, int64_t *value)
{
	while (*text == ' ' || (*text >= '\t' && *text <= '\r'))
		text++;
	bool negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	if (*text < '0' || *text > '9')
		return false;
	int64_t n = scan_number(text, &text);
	while (*text == ' ' || (*text >= '\t' && *text <= '\r'))
		text++;
	*value = negative ? -n : n;
	return *text == '\0';
}

static void blanks(struct arith *a)
{
	while (*a->at == ' ' || *a->at == '\t' || *a->at == '\n')
		a->at++;
}

static int64_t variable(struct arith *a, const char *name)
{
	const char *text = var_get(name);
	int64_t value = 0;
	if (a->skip > 0)
		return 0;
	if (text != NULL && *text != '\0' && !parse_number(text, &value)) {
		(void)fail(2, "Illegal number: %s", text);
		a->failed = true;
	}
	return value;
}

static int64_t primary(struct arith *a)
{
	blanks(a);
	char c = *a->at;
	if (a->failed)
		return 0;
	if (c == '(') {
		a->at++;
		int64_t value = assignment(a);
		blanks(a);
		if (*a->at != ')')
			return arith_error(a, "expecting ')'");
		a->at++;
		return value;
	}
	if (c == '-' || c == '+' || c == '~' || (c == '!' && a->at[1] != '=')) {
		a->at++;
		int64_t value = primary(a);
		return c == '-' ? (int64_t)(0 - (uint64_t)value) : c == '~' ? ~value : c == '!' ? !value : value;
	}
	if (c >= '0' && c <= '9')
		return scan_number(a->at, &a->at);
	size_t len = name_length(a->at);
	if (len == 0)
		return arith_error(a, "expecting primary");
	char *name = temp_copy(a->at, len);
	a->at += len;
	return variable(a, name);
}

static const struct operator {
	char text[3];
	int level; /* higher binds tighter */
} operators[] = {
	{"||", 1}, {"&&", 2}, {"|", 3}, {"^", 4}, {"&", 5}, {"==", 6}, {"!=", 6}, {"<=", 7}, {">=", 7}, {"<<", 8}, {">>", 8},
	{"<", 7}, {">", 7}, {"+", 9}, {"-", 9}, {"*", 10}, {"/", 10}, {"%", 10},
};

/* The operator here, or NULL. Those followed by = are assignments and none of these. */
static const struct operator *operator_here(struct arith *a)
{
	const struct operator *best = NULL;
	blanks(a);
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t len = strlen(operators[i].text);
		if (strncmp(a->at, operators[i].text, len) == 0 && (best == NULL || len > strlen(best->text)))
			best = &operators[i];
	}
	if (best != NULL && strchr("|^&<>+-*/%", best->text[0]) != NULL && a->at[strlen(best->text)] == '=' && best->level > 2 &&
	    best->text[1] != '=')
		return NULL;
	return best;
}

static int64_t apply(struct arith *a, const char *op, int64_t left, int64_t right)
{
	uint64_t l = (uint64_t)left, r = (uint64_t)right;
	switch (op[0]) {
	case '|':
		return left | right;
	case '^':
		return left ^ right;
	case '&':
		return left & right;
	case '=':
		return left == right;
	case '!':
		return left != right;
	case '<':
		return op[1] == '<' ? (int64_t)(l << (r & 63)) : op[1] == '=' ? left <= right : left < right;
	case '>':
		return op[1] == '>' ? left >> (r & 63) : op[1] == '=' ? left >= right : left > right;
	case '+':
		return (int64_t)(l + r);
	case '-':
		return (int64_t)(l - r);
	case '*':
		return (int64_t)(l * r);
	default:
		break;
	}
	if (a->skip > 0)
		return 0;
	if (right == 0)
		return arith_error(a, "division by zero");
	if (right == -1)
		return op[0] == '/' ? (int64_t)(0 - l) : 0;
	return op[0] == '/' ? left / right : left % right;
}

static int64_t binary(struct arith *a, int level)
{
	int64_t left = primary(a);
	for (;;) {
		const struct operator *op = operator_here(a);
		if (a->failed || op == NULL || op->level < level)
			return left;
		a->at += strlen(op->text);
		if (op->level > 2) {
			left = apply(a, op->text, left, binary(a, op->level + 1));
			continue;
		}
		bool decided = op->level == 1 ? left != 0 : left == 0;
		a->skip += decided;
		int64_t right = binary(a, op->level + 1);
		a->skip -= decided;
		left = op->level == 1 ? left != 0 || right != 0 : left != 0 && right != 0;
	}
}

static int64_t conditional(struct arith *a)
{
	int64_t condition = binary(a, 1);
	blanks(a);
	if (*a->at != '?')
		return condition;
	a->at++;
	a->skip += condition == 0;
	int64_t yes = assignment(a);
	a->skip -= condition == 0;
	blanks(a);
	if (*a->at != ':')
		return arith_error(a, "expecting ':'");
	a->at++;
	a->skip += condition != 0;
	int64_t no = conditional(a);
	a->skip -= condition != 0;
	return condition != 0 ? yes : no;
}

/* name op= expression, else a conditional expression */
static int64_t assignment(struct arith *a)
{
	blanks(a);
	const char *start = a->at;
	size_t len = name_length(start);
	if (len > 0) {
		a->at += len;
		blanks(a);
		size_t op_len = strcspn(a->at, "=");
		bool compound = (op_len == 1 && strchr("*/%+-&^|", a->at[0]) != NULL) ||
			(op_len == 2 && (strncmp(a->at, "<<", 2) == 0 || strncmp(a->at, ">>", 2) == 0));
		if (a->at[op_len] == '=' && ((op_len == 0 && a->at[1] != '=') || compound)) {
			char op[3] = {0};
			memcpy(op, a->at, op_len);
			a->at += op_len + 1;
			char *name = temp_copy(start, len);
			int64_t value = assignment(a);
			if (op_len > 0)
				value = apply(a, op, variable(a, name), value);
			if (a->failed || a->skip > 0)
				return value;
			struct buf digits = {0};
			buf_number(&digits, value);
			a->failed = !var_set(name, buf_cstr(&digits), 0);
			buf_free(&digits);
			return value;
		}
		a->at = start;
	}
	return conditional(a);
}

bool arithmetic(const char *text, int64_t *value)
{
	struct arith a = {.text = text, .at = text};
	*value = assignment(&a);
	blanks(&a);
	if (!a.failed && *a.at != '\0')
		(void)arith_error(&a, "expecting EOF");
	return !a.failed;
}
