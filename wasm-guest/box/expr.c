/* expr */
#include "box.h"
#include <regex.h>

static char **at;

static bool is_integer(const char *text, long long *value) {
	return parse_signed(text, value);
}

static long long need_integer(const char *text) {
	long long value;
	if (!is_integer(text, &value)) die(2, "non-integer argument");
	return value;
}

static bool accept(const char *operator) {
	if (!*at || strcmp(*at, operator) != 0) return false;
	at++;
	return true;
}

static char *number_text(long long value) {
	return format_text("%lld", value);
}

static bool is_null(const char *text) {
	long long value;
	return *text == '\0' || (is_integer(text, &value) && value == 0);
}

static char *match(const char *text, const char *pattern) {
	regex_t regex;
	regmatch_t found[2];
	char *anchored = format_text("^%s", *pattern == '^' ? pattern + 1 : pattern);
	int error = regcomp(&regex, anchored, 0);
	if (error) die(2, "invalid regular expression '%s'", pattern);
	bool matched = regexec(&regex, text, 2, found, 0) == 0;
	char *result;
	if (regex.re_nsub > 0) result = matched && found[1].rm_so >= 0 ? xstrndup(text + found[1].rm_so,
		(size_t)(found[1].rm_eo - found[1].rm_so)) : xstrdup("");
	else result = number_text(matched ? (long long)found[0].rm_eo : 0);
	regfree(&regex);
	free(anchored);
	return result;
}

static char *parse_or(void);

static char *parse_primary(void) {
	if (!*at) die(2, "syntax error: missing argument");
	if (accept("(")) {
		char *value = parse_or();
		if (!accept(")")) die(2, "syntax error: expecting ')'");
		return value;
	}
	if (at[1]) {
		if (accept("+")) return xstrdup(*at++);
		if (accept("length")) return number_text((long long)strlen(parse_primary()));
		if (accept("match")) {
			char *text = parse_primary();
			return match(text, parse_primary());
		}
		if (accept("index")) {
			char *text = parse_primary(), *set = parse_primary();
			size_t place = strcspn(text, set);
			return number_text(text[place] ? (long long)place + 1 : 0);
		}
		if (accept("substr")) {
			char *text = parse_primary();
			long long start = 0, length = 0, size = (long long)strlen(text);
			bool valid = is_integer(parse_primary(), &start);
			valid &= is_integer(parse_primary(), &length);
			if (!valid || start < 1 || start > size || length < 1) return xstrdup("");
			return xstrndup(text + start - 1, (size_t)(length > size - start + 1 ? size - start + 1 : length));
		}
	}
	return xstrdup(*at++);
}

static char *parse_match(void) {
	char *left = parse_primary();
	while (accept(":")) left = match(left, parse_primary());
	return left;
}

static char *parse_product(void) {
	char *left = parse_match();
	for (;;) {
		char operator = accept("*") ? '*' : accept("/") ? '/' : accept("%") ? '%' : '\0';
		if (!operator) return left;
		long long b, a = need_integer(left), result;
		b = need_integer(parse_match());
		if (operator == '*') {
			if (__builtin_mul_overflow(a, b, &result)) die(2, "integer overflow");
		} else {
			if (b == 0) die(2, "division by zero");
			result = operator == '/' ? (b == -1 ? (long long)(0 - (unsigned long long)a) : a / b) : b == -1 ? 0 : a % b;
		}
		left = number_text(result);
	}
}

static char *parse_sum(void) {
	char *left = parse_product();
	for (;;) {
		char operator = accept("+") ? '+' : accept("-") ? '-' : '\0';
		if (!operator) return left;
		long long a = need_integer(left), b = need_integer(parse_product()), result;
		if (operator == '+' ? __builtin_add_overflow(a, b, &result) : __builtin_sub_overflow(a, b, &result)) die(2, "integer overflow");
		left = number_text(result);
	}
}

static char *parse_comparison(void) {
	static const char *const operators[] = {"<", "<=", "=", "==", "!=", ">=", ">"};
	char *left = parse_sum();
	for (;;) {
		size_t which = 0;
		while (which < LENGTH(operators) && !accept(operators[which])) which++;
		if (which == LENGTH(operators)) return left;
		char *right = parse_sum();
		long long a, b;
		int order = is_integer(left, &a) && is_integer(right, &b) ? (a > b) - (a < b) : strcmp(left, right);
		bool holds = which == 0 ? order < 0 : which == 1 ? order <= 0 : which < 4 ? order == 0 : which == 4 ? order != 0 : which == 5
			? order >= 0 : order > 0;
		left = number_text(holds);
	}
}

static char *parse_and(void) {
	char *left = parse_comparison();
	while (accept("&")) {
		char *right = parse_comparison();
		if (is_null(left) || is_null(right)) left = xstrdup("0");
	}
	return left;
}

static char *parse_or(void) {
	char *left = parse_and();
	while (accept("|")) {
		char *right = parse_and();
		if (is_null(left)) left = is_null(right) ? xstrdup("0") : right;
	}
	return left;
}

int expr_main(int argc, char **argv) {
	usage_status = 2;
	at = argv + 1;
	if (argc > 1 && strcmp(argv[1], "--") == 0) at++;
	if (!*at) missing_operand();
	char *value = parse_or();
	if (*at) die(2, "syntax error: unexpected argument '%s'", *at);
	puts(value);
	return is_null(value);
}
