/* A compiled pattern of grep and sed: a regular expression, or a fixed string, which is searched without one. */
#ifndef BOX_PATTERN_H
#define BOX_PATTERN_H
#include "box.h"
#include <regex.h>

struct pattern {
	regex_t regex;
	char *fixed; /* not NULL: searched literally */
	size_t fixed_length;
	bool fold, anchored; /* anchored: begins with ^, so matches once in a line */
	/*
	 * musl has no REG_STARTEND: a search from the middle of a line would not see what stands before, which \b and \< need.
	 * For such expressions this is "any character, then the expression", searched one character earlier.
	 */
	regex_t *within;
	size_t within_group; /* of that, the expression's own group; 0: it starts behind the first character */
};
/* extended: ERE. Ends the tool with `status` when the expression is wrong. */
void pattern_compile(struct pattern *pattern, const char *text, bool extended, bool fold, bool literal, int status);
/* Searches text (NUL-terminated, `length` bytes) from `start` on. found has room for `groups`. */
bool pattern_search(const struct pattern *pattern, const char *text, size_t length, size_t start, regmatch_t *found, size_t groups);
#endif
