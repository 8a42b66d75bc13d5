/* Matching of patterns: * ? [sets] and backslash. Bytes, as dash does. */
#include "sh.h"
#include <ctype.h>
#include <string.h>

static bool class_has(const char *name, size_t len, unsigned char c)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
		{"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl}, {"digit", isdigit}, {"graph", isgraph},
		{"lower", islower}, {"print", isprint}, {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit},
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (strlen(classes[i].name) == len && memcmp(classes[i].name, name, len) == 0)
			return classes[i].test(c) != 0;
	return false;
}

/* `p` is behind the [. Gives the position behind the ] or NULL when it is no set. */
static const char *match_set(const char *p, unsigned char c, bool *matched)
{
	bool invert = *p == '!', found = false, first = true;
	if (invert)
		p++;
	for (;; first = false) {
		if (*p == '\0')
			return NULL;
		if (*p == ']' && !first)
			break;
		if (p[0] == '[' && p[1] == ':') {
			const char *end = strstr(p + 2, ":]");
			if (end != NULL) {
				found |= class_has(p + 2, (size_t)(end - p) - 2, c);
				p = end + 2;
				continue;
			}
		}
		if (*p == '\\' && p[1] != '\0')
			p++;
		unsigned char low = (unsigned char)*p++, high = low;
		if (p[0] == '-' && p[1] != ']' && p[1] != '\0') {
			p++;
			if (*p == '\\' && p[1] != '\0')
				p++;
			high = (unsigned char)*p++;
		}
		found |= low <= c && c <= high;
	}
	*matched = found != invert;
	return p + 1;
}

bool pattern_match(const char *pattern, const char *text, const char *text_end)
{
	const char *retry_pattern = NULL, *retry_text = NULL;
	for (;;) {
		const char *p = pattern;
		bool matched = false;
		if (*p == '*') {
			while (*p == '*')
				p++;
			if (*p == '\0')
				return true;
			retry_pattern = pattern = p;
			retry_text = text;
			continue;
		}
		if (text == text_end) {
			if (*p == '\0')
				return true;
			return false;
		}
		if (*p == '?') {
			matched = true;
			p++;
		} else if (*p == '[' && (p = match_set(pattern + 1, (unsigned char)*text, &matched)) != NULL) {
			;
		} else {
			p = pattern;
			if (*p == '\\' && p[1] != '\0')
				p++;
			matched = *p != '\0' && *p == *text;
			p++;
		}
		if (matched) {
			pattern = p;
			text++;
			continue;
		}
		/* The star before takes one byte more. */
		if (retry_pattern == NULL)
			return false;
		pattern = retry_pattern;
		text = ++retry_text;
	}
}

bool pattern_has_magic(const char *pattern)
{
	bool matched;
	for (const char *p = pattern; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		else if (*p == '*' || *p == '?')
			return true;
		else if (*p == '[' && match_set(p + 1, 'x', &matched) != NULL) /* the command [ is no pattern */
			return true;
	}
	return false;
}
