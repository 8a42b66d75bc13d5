#include "pattern.h"
#include <ctype.h>
#include <strings.h>

static bool is_plain(const char *text, bool extended) {
	return text[strcspn(text, extended ? "\\[].*^$+?(){}|" : "\\[].*^$")] == '\0';
}

void pattern_compile(struct pattern *pattern, const char *text, bool extended, bool fold, bool literal, int status) {
	*pattern = (struct pattern){.fold = fold, .anchored = !literal && *text == '^'};
	if ((literal || is_plain(text, extended)) && !(fold && !literal)) {
		pattern->fixed = xstrdup(text);
		pattern->fixed_length = strlen(text);
		return;
	}
	int error = regcomp(&pattern->regex, text, (extended ? REG_EXTENDED : 0) | (fold ? REG_ICASE : 0));
	if (error) {
		char reason[128];
		regerror(error, &pattern->regex, reason, sizeof reason);
		die(status, "%s: %s", text, reason);
	}
}

static const char *find_fold(const char *text, size_t length, const char *wanted, size_t size) {
	for (size_t i = 0; i + size <= length; i++)
		if (strncasecmp(text + i, wanted, size) == 0) return text + i;
	return NULL;
}

bool pattern_search(const struct pattern *pattern, const char *text, size_t length, size_t start, regmatch_t *found, size_t groups) {
	if (pattern->fixed) {
		const char *at = pattern->fold ? find_fold(text + start, length - start, pattern->fixed, pattern->fixed_length)
									   : memmem(text + start, length - start, pattern->fixed, pattern->fixed_length);
		if (!at) return false;
		for (size_t i = 0; i < groups; i++) found[i] = (regmatch_t){.rm_so = -1, .rm_eo = -1};
		found[0].rm_so = (regoff_t)(at - text);
		found[0].rm_eo = found[0].rm_so + (regoff_t)pattern->fixed_length;
		return true;
	}
#ifdef REG_STARTEND /* sees what stands before `start`: \< and \b are right there, too */
	found[0] = (regmatch_t){.rm_so = (regoff_t)start, .rm_eo = (regoff_t)length};
	return regexec(&pattern->regex, text, groups, found, REG_STARTEND | (start > 0 ? REG_NOTBOL : 0)) == 0;
#else
	if (regexec(&pattern->regex, text + start, groups, found, start > 0 ? REG_NOTBOL : 0) != 0) return false;
	for (size_t i = 0; i < groups; i++)
		if (found[i].rm_so >= 0) {
			found[i].rm_so += (regoff_t)start;
			found[i].rm_eo += (regoff_t)start;
		}
	return true;
#endif
}
