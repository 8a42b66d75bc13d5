/* A program that has the whole screen: keys, rows, widths of UTF-8. */
#ifndef BOX_SCREEN_H
#define BOX_SCREEN_H
#include "box.h"

enum key { KEY_UP = 256, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_DELETE, KEY_RESIZE, KEY_END_OF_FILE };
extern struct screen {
	size_t rows, columns;
} screen;
extern bool screen_stays; /* what it shows at the end is not taken away */
/* From /dev/tty; false: there is no terminal. Whatever ends the program gives the terminal back. */
bool screen_open(void);
void screen_close(void);
int screen_key(void); /* a byte, or of enum key */
/* A row from 0; only what differs from what is shown is written, at screen_show. */
void screen_row(size_t row, const char *bytes, size_t length);
void screen_show(size_t row, size_t column); /* and puts the cursor there */
/* Bytes and columns of the character at the start of what is there, as put_character shows it at this column. */
size_t character_size(const char *bytes, size_t length);
size_t character_width(const char *bytes, size_t size, size_t column);
void add_character(struct buffer *to, const char *bytes, size_t size, size_t column);
#endif
