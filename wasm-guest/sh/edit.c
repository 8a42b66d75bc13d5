/* Editing the line that an interactive shell asks for. Key by key, with the bindings that people know from emacs. */
#include "edit.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct line line;
static struct buf put_aside; /* the new line, while the history is looked at */
static long entry; /* of the history that is shown; past its end: the new line */
static bool completed; /* the last key was a tab that gave nothing */

bool edit_usable(void)
{
	const char *terminal = var_get("TERM");
	return opt('E') && terminal != NULL && *terminal != '\0' && !text_is(terminal, "dumb") && isatty(0) && isatty(2);
}

/* To the next entry in that direction that is another text than the one shown. */
static void go_history(int step)
{
	long next = entry;
	const char *text;
	do {
		next += step;
		text = history_text(next);
	} while (text != NULL && strlen(text) == line.text.len && memcmp(text, line.text.data, line.text.len) == 0);
	if (text == NULL && next != history_last() + 1) {
		screen_bell();
		return;
	}
	if (entry > history_last() && text != NULL) {
		put_aside.len = 0;
		buf_bytes(&put_aside, line.text.data, line.text.len);
	}
	if (text == NULL && entry > history_last()) {
		screen_bell();
		return;
	}
	entry = next;
	if (text == NULL)
		line_set(&line, put_aside.data, put_aside.len);
	else
		line_set(&line, text, strlen(text));
}

static void quoted_insert(void)
{
	screen_show(&line);
	int key = key_read(&line);
	char byte = key == '\b' ? 0x7f : (char)key;
	if (key < 256 && key != 0)
		line_insert(&line, &byte, 1);
}

/* Alt-.: the last word of the command before. */
static void insert_last_word(void)
{
	const char *text = history_text(history_last());
	if (text == NULL)
		return;
	struct line copy = {0};
	line_set(&copy, text, strlen(text));
	while (copy.at > 0 && (copy.text.data[copy.at - 1] == ' ' || copy.text.data[copy.at - 1] == '\n'))
		copy.at--;
	size_t end = copy.at, start = word_before(&copy, true);
	line_insert(&line, text + start, end - start);
	buf_free(&copy.text);
}

static void meta(int byte)
{
	switch (byte) {
	case 'b':
		line.at = word_before(&line, false);
		break;
	case 'f':
		line.at = word_after(&line);
		break;
	case 'd':
		line_kill(&line, line.at, word_after(&line));
		break;
	case '\b':
	case 0x7f:
		line_kill(&line, word_before(&line, false), line.at);
		break;
	case '.':
	case '_':
		insert_last_word();
		break;
	default:
		break;
	}
}

static void insert_key(int key)
{
	char bytes[4];
	if (key < ' ')
		return;
	size_t size = key_rest(bytes, key);
	line_insert(&line, bytes, size);
}

/* One that changes or moves and does not end the line. */
static void act(int key)
{
	bool again = completed;
	completed = false;
	switch (key) {
	case CTRL('A'):
	case KEY_HOME:
		line.at = 0;
		break;
	case CTRL('E'):
	case KEY_TAIL:
		line.at = line.text.len;
		break;
	case CTRL('B'):
	case KEY_LEFT:
		line.at = before(&line, line.at);
		break;
	case CTRL('F'):
	case KEY_RIGHT:
		line.at = after(&line, line.at);
		break;
	case KEY_WORD_LEFT:
		line.at = word_before(&line, false);
		break;
	case KEY_WORD_RIGHT:
		line.at = word_after(&line);
		break;
	case '\b':
		line_delete(&line, before(&line, line.at), line.at);
		break;
	case CTRL('D'):
	case KEY_DELETE:
		line_delete(&line, line.at, after(&line, line.at));
		break;
	case CTRL('K'):
		line_kill(&line, line.at, line.text.len);
		break;
	case CTRL('U'):
		line_kill(&line, 0, line.at);
		break;
	case CTRL('W'):
		line_kill(&line, word_before(&line, true), line.at);
		break;
	case CTRL('Y'):
		line_yank(&line);
		break;
	case CTRL('T'):
		line_transpose(&line);
		break;
	case CTRL('P'):
	case KEY_UP:
		go_history(-1);
		break;
	case CTRL('N'):
	case KEY_DOWN:
		go_history(1);
		break;
	case CTRL('L'):
		screen_clear(&line);
		break;
	case CTRL('V'):
		quoted_insert();
		break;
	case '\t':
		complete(&line, again);
		completed = true;
		break;
	default:
		if (key >= KEY_META)
			meta(key - KEY_META);
		else if (key < KEY_NONE)
			insert_key(key);
		break;
	}
}

/* ^C and ^\ do what the terminal did with them. True: the shell is interrupted; false: a trap ran, or nothing. */
static bool signal_key(int number, const char *prompt)
{
	screen_show(&line);
	if (number == SIGINT) {
		screen_leave(false);
		(void)write_fully(2, "^C", 2);
		line_set(&line, "", 0);
		entry = history_last() + 1;
	}
	keys_cooked();
	(void)kill(getpid(), number);
	if (number == SIGINT && !sh.interrupted)
		(void)write_fully(2, "\n", 1);
	if (trap_pending)
		traps_run();
	if (sh.interrupted || sh.flow != FLOW_NONE || !keys_raw())
		return true;
	if (number == SIGINT)
		screen_start(prompt);
	else
		screen_again(NULL, &line);
	return false;
}

static enum edit_result edit_keys(const char *prompt)
{
	int key = KEY_NONE;
	for (;;) {
		if (key == KEY_NONE) {
			if (!key_waiting(0))
				screen_show(&line);
			key = key_read(&line);
		}
		int done = key;
		key = KEY_NONE;
		switch (done) {
		case '\n':
			screen_show(&line);
			screen_leave(true);
			return EDIT_LINE;
		case KEY_END:
			return EDIT_END;
		case KEY_INTERRUPTED:
			screen_leave(false);
			return EDIT_INTERRUPTED;
		case CTRL('C'):
		case CTRL('\\'):
			if (signal_key(done == CTRL('C') ? SIGINT : SIGQUIT, prompt))
				return sh.interrupted ? EDIT_INTERRUPTED : EDIT_END;
			break;
		case '\0': /* an end of file that was typed before there was an editor */
			if (line.text.len == 0 && key_ahead())
				return EDIT_END;
			break;
		case CTRL('D'):
			if (line.text.len == 0)
				return EDIT_END;
			act(done);
			break;
		case CTRL('R'):
			key = search(&line);
			screen_again(prompt, &line);
			break;
		default:
			act(done);
			break;
		}
	}
}

/* The line, with its newline, is in *text until the next one is asked for. */
enum edit_result edit_read(const char *prompt, const char **text, size_t *len)
{
	if (!keys_raw())
		return EDIT_UNUSABLE;
	keys_start();
	line_set(&line, "", 0);
	entry = history_last() + 1;
	completed = false;
	screen_start(prompt);
	enum edit_result result = edit_keys(prompt);
	keys_cooked();
	if (result == EDIT_LINE) {
		buf_char(&line.text, '\n');
		*text = line.text.data;
		*len = line.text.len;
	}
	return result;
}
