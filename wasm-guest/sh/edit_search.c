/* ^R: the newest entry of the history that contains what is typed; again ^R: the one before. */
#include "edit.h"
#include <string.h>

/* The place of the last occurrence that begins at or before `limit`, or NULL. */
static const char *last_in(const char *text, const struct buf *wanted, size_t limit)
{
	size_t len = strlen(text);
	if (wanted->len > len)
		return NULL;
	for (size_t i = len - wanted->len < limit ? len - wanted->len : limit;; i--) {
		if (memcmp(text + i, wanted->data, wanted->len) == 0)
			return text + i;
		if (i == 0)
			return NULL;
	}
}

struct match {
	long number; /* of the entry; past the last: none yet */
	size_t at;
};

static bool find_from(struct match *m, const struct buf *wanted, bool further)
{
	size_t limit = m->at;
	if (further && limit-- == 0) {
		limit = SIZE_MAX;
		m->number--;
	}
	for (long n = m->number; n >= history_first(); n--, limit = SIZE_MAX) {
		const char *text = history_text(n), *found = text == NULL ? NULL : last_in(text, wanted, limit);
		if (found == NULL)
			continue;
		*m = (struct match){n, (size_t)(found - text)};
		return true;
	}
	return false;
}

int search(struct line *l)
{
	struct line old = {0};
	struct buf wanted = {0}, prompt = {0};
	struct match match = {history_last(), SIZE_MAX};
	bool failed = false;
	int key;
	line_set(&old, l->text.data, l->text.len);
	old.at = l->at;
	for (;;) {
		prompt.len = 0;
		format_text(&prompt, "(%sreverse-i-search)`%s': ", failed ? "failed " : "", buf_cstr(&wanted));
		screen_again(buf_cstr(&prompt), l);
		key = key_read(l);
		bool further = key == CTRL('R');
		if (key == '\b') {
			do
				wanted.len -= wanted.len > 0;
			while (wanted.len > 0 && ((unsigned char)wanted.data[wanted.len] & 0xc0) == 0x80);
			match = (struct match){history_last(), SIZE_MAX};
		} else if (key >= ' ' && key < 256) {
			char bytes[4];
			buf_bytes(&wanted, bytes, key_rest(bytes, key));
		} else if (key == CTRL('G')) {
			line_set(l, old.text.data, old.text.len);
			l->at = old.at;
			key = KEY_NONE;
			break;
		} else if (!further) {
			break;
		}
		if (wanted.len == 0)
			continue;
		struct match next = match;
		failed = !find_from(&next, &wanted, further);
		if (failed) {
			screen_bell();
			continue;
		}
		match = next;
		const char *text = history_text(match.number);
		line_set(l, text, strlen(text));
		l->at = match.at;
	}
	buf_free(&old.text);
	buf_free(&wanted);
	buf_free(&prompt);
	return key;
}
