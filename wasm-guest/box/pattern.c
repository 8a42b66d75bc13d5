#include "pattern.h"
#include <ctype.h>
#include <strings.h>

static bool is_plain(const char *text, bool extended) {
	return text[strcspn(text, extended ? "\\[].*^$+?(){}|" : "\\[].*^$")] == '\0';
}

#ifndef REG_STARTEND
static void compile_within(struct pattern *pattern, const char *text, bool extended, int flags) {
	bool word = strstr(text, "\\b") || strstr(text, "\\B") || strstr(text, "\\<") || strstr(text, "\\>");
	if (!word || pattern->anchored) return;
	bool alternatives = strstr(text, extended ? "|" : "\\|") != NULL || *text == '*';
	char *longer = format_text(!alternatives ? ".%s" : extended ? ".(%s)" : ".\\(%s\\)", text);
	pattern->within = xmalloc(sizeof *pattern->within);
	pattern->within_group = alternatives;
	if (regcomp(pattern->within, longer, flags) != 0) {
		free(pattern->within);
		pattern->within = NULL;
	}
	free(longer);
}

static bool search_within(const struct pattern *pattern, const char *text, size_t start, regmatch_t *found, size_t groups) {
	regmatch_t inner[12];
	size_t count = groups + pattern->within_group;
	if (count > LENGTH(inner)) count = LENGTH(inner);
	if (regexec(pattern->within, text + start - 1, count, inner, start > 1 ? REG_NOTBOL : 0) != 0) return false;
	if (!pattern->within_group) inner[0].rm_so++;
	for (size_t i = 0; i < groups; i++) {
		const regmatch_t *from = i + pattern->within_group < count ? &inner[i + pattern->within_group] : NULL;
		found[i] = (regmatch_t){.rm_so = -1, .rm_eo = -1};
		if (!from || from->rm_so < 0) continue;
		found[i].rm_so = from->rm_so + (regoff_t)start - 1;
		found[i].rm_eo = from->rm_eo + (regoff_t)start - 1;
	}
	return true;
}
#endif

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
#ifndef REG_STARTEND
	compile_within(pattern, text, extended, (extended ? REG_EXTENDED : 0) | (fold ? REG_ICASE : 0));
#endif
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
	if (start > 0 && pattern->within) return search_within(pattern, text, start, found, groups);
	if (regexec(&pattern->regex, text + start, groups, found, start > 0 ? REG_NOTBOL : 0) != 0) return false;
	for (size_t i = 0; i < groups; i++)
		if (found[i].rm_so >= 0) {
			found[i].rm_so += (regoff_t)start;
			found[i].rm_eo += (regoff_t)start;
		}
	return true;
#endif
}
