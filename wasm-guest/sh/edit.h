/* The line editor of an interactive shell: what its files share. Bytes are UTF-8; what is no UTF-8 counts a byte a character. */
#ifndef EDIT_H
#define EDIT_H
#include "sh.h"

struct line {
	struct buf text;
	size_t at; /* of the cursor */
};

/* ---- edit_line.c ---- */
size_t character(const char *text, size_t len, int *columns); /* length of the first one, and how wide it is shown */
size_t before(const struct line *l, size_t at);
size_t after(const struct line *l, size_t at);
size_t word_before(const struct line *l, bool blanks_only); /* blanks_only: as ^W, else letters and digits make words */
size_t word_after(const struct line *l);
void line_set(struct line *l, const char *text, size_t len);
void line_insert(struct line *l, const char *bytes, size_t len);
void line_delete(struct line *l, size_t from, size_t to);
void line_kill(struct line *l, size_t from, size_t to); /* what it takes away can be put back */
void line_yank(struct line *l);
void line_transpose(struct line *l);

/* ---- edit_screen.c ---- */
void screen_start(const char *prompt);
void screen_show(const struct line *l); /* changes what is on the screen to this */
void screen_again(const char *prompt, const struct line *l); /* a new last line of the prompt; NULL: the same */
void screen_clear(const struct line *l);
void screen_leave(bool newline); /* the cursor goes behind the line */
void screen_list(char **items, size_t count, const struct line *l);
bool screen_resized(const struct line *l);
void screen_bell(void);

/* ---- edit_keys.c ---- */
enum key { /* above all bytes */
	KEY_NONE = 256, KEY_END, KEY_INTERRUPTED, KEY_LEFT, KEY_RIGHT, KEY_UP, KEY_DOWN, KEY_HOME, KEY_TAIL, KEY_DELETE,
	KEY_WORD_LEFT, KEY_WORD_RIGHT, KEY_META = 512 /* + byte */
};
#define CTRL(letter) ((letter) & 0x1f)
void keys_start(void);
int key_read(const struct line *l);
size_t key_rest(char *bytes, int first); /* the character that begins so; its length */
bool key_waiting(int milliseconds);
bool key_ahead(void); /* the last one was typed before it was asked for */
bool keys_raw(void); /* false: no terminal to do it on */
void keys_cooked(void);

/* ---- edit_search.c, complete.c ---- */
int search(struct line *l); /* ^R; gives the key that ended it, which is still to be done */
void complete(struct line *l, bool again);

/* ---- history.c: entries are numbered from 1, the newest last ---- */
long history_first(void), history_last(void);
const char *history_text(long number); /* NULL: none */
void history_replace_last(const char *text); /* NULL: takes it away */
void history_forget(void);

#endif
