/* ~, ~/path, ~user: at the start of a word, and after = and : of an assignment. */
#include "sh.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The sixth field of the user's line in /etc/passwd; temp memory. There are no other sources of users in a container. */
static char *home_of(const char *user, size_t user_len)
{
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	struct buf text = {0};
	char block[512];
	ssize_t n;
	while ((n = read(fd, block, sizeof block)) > 0)
		buf_bytes(&text, block, (size_t)n);
	close(fd);
	char *result = NULL;
	for (char *line = buf_cstr(&text); line != NULL && *line != '\0' && result == NULL;) {
		char *end = strchr(line, '\n');
		if (end != NULL)
			*end = '\0';
		if (strncmp(line, user, user_len) == 0 && line[user_len] == ':') {
			char *field = line;
			for (int i = 0; i < 5 && field != NULL; i++) {
				field = strchr(field, ':');
				field = field == NULL ? NULL : field + 1;
			}
			if (field != NULL)
				result = temp_copy(field, strcspn(field, ":"));
		}
		line = end == NULL ? NULL : end + 1;
	}
	buf_free(&text);
	return result;
}

/* `more`: other parts follow in the same word, so an unended ~user is none. */
void expand_tilde(struct expanded *e, const char *text, size_t len, bool more, int flags)
{
	bool assignment = (flags & EXPAND_ASSIGNMENT) != 0, at_start = (flags & EXPAND_TILDE) != 0, seen_equals = !at_start;
	enum attribute plain = (flags & EXPAND_OPERAND) != 0 ? ATTR_EXPANDED : ATTR_LITERAL;
	size_t i = 0, from = 0;
	if (at_start && assignment && text[name_length(text)] == '=' && name_length(text) > 0)
		at_start = false;
	while (i < len) {
		if (!at_start || text[i] != '~') {
			at_start = assignment && (text[i] == ':' || (text[i] == '=' && !seen_equals));
			seen_equals |= text[i] == '=';
			i++;
			continue;
		}
		size_t end = i + 1;
		while (end < len && text[end] != '/' && !(assignment && text[end] == ':'))
			end++;
		const char *home = NULL;
		if (end < len || !more)
			home = end == i + 1 ? var_get("HOME") : home_of(text + i + 1, end - i - 1);
		at_start = false;
		if (home == NULL) {
			i++;
			continue;
		}
		expanded_put(e, text + from, i - from, plain);
		expanded_put(e, home, strlen(home), ATTR_QUOTED);
		from = i = end;
	}
	expanded_put(e, text + from, len - from, plain);
}
