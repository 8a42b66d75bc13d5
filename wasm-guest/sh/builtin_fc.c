/* fc and history: listing what was typed, doing it again, with an editor first. */
#include "edit.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The last entry is the command that runs now, unless the fc is in a script or a function called by the prompt. */
static long before_this(void)
{
	return history_last() - 1;
}

static bool is_number(const char *text)
{
	const char *digits = text + (*text == '-' || *text == '+');
	return *digits != '\0' && digits[strspn(digits, "0123456789")] == '\0';
}

/* An entry by its number, by its distance (-1: the one before), or by its beginning; -1: reported. */
static long find_entry(const char *text, bool clamp)
{
	long last = before_this();
	if (is_number(text)) {
		long number = strtol(text, NULL, 10);
		if (number <= 0)
			number = last + 1 + (number == 0 ? -1 : number);
		if (number >= history_first() && number <= last)
			return number;
		if (clamp && last >= history_first())
			return number < history_first() ? history_first() : last;
	} else {
		for (long number = last; number >= history_first(); number--)
			if (strncmp(history_text(number), text, strlen(text)) == 0)
				return number;
	}
	complain("history specification out of range");
	return -1;
}

static void list_entry(long number, bool numbered)
{
	if (numbered)
		buf_number(&out, number);
	for (const char *line = history_text(number);; line++) {
		size_t len = strcspn(line, "\n");
		buf_char(&out, '\t');
		buf_bytes(&out, line, len);
		buf_char(&out, '\n');
		line += len;
		if (*line == '\0')
			return;
	}
}

/* Enters it into the history in place of the fc, shows it, runs it. */
static int run_again(const char *text)
{
	struct buf shown = {0};
	history_replace_last(text);
	format_text(&shown, "%s\n", text);
	write_error(&shown);
	sh.command = NULL;
	return eval_text(text, 0, 1);
}

/* The first `old` becomes `new`. */
static char *substituted(const char *text, const char *change)
{
	struct buf result = {0};
	const char *equals = change == NULL ? NULL : strchr(change, '=');
	char *old = equals == NULL ? NULL : temp_copy(change, (size_t)(equals - change));
	const char *place = old == NULL ? NULL : strstr(text, old);
	if (place == NULL) {
		buf_text(&result, text);
	} else {
		buf_bytes(&result, text, (size_t)(place - text));
		buf_text(&result, equals + 1);
		buf_text(&result, place + strlen(old));
	}
	char *copy = temp_copy(result.data, result.len);
	buf_free(&result);
	return copy;
}

static char *temporary_file(int *fd)
{
	static int serial;
	const char *folder = var_get("TMPDIR");
	for (int tries = 0; tries < 100; tries++) {
		struct buf name = {0};
		format_text(&name, "%s/fc.%d.%d", folder == NULL || *folder == '\0' ? "/tmp" : folder, (int)getpid(), serial++);
		char *copy = temp_copy(name.data, name.len);
		buf_free(&name);
		*fd = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (*fd >= 0 || errno != EEXIST)
			return copy;
	}
	return NULL;
}

static char *file_content(const char *name)
{
	struct buf text = {0};
	char block[512];
	ssize_t n;
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	while ((n = read(fd, block, sizeof block)) > 0)
		buf_bytes(&text, block, (size_t)n);
	close(fd);
	while (text.len > 0 && text.data[text.len - 1] == '\n')
		text.len--;
	char *copy = temp_copy(text.data, text.len);
	buf_free(&text);
	return copy;
}

static int edit_entries(const char *editor, long from, long to)
{
	int fd;
	char *name = temporary_file(&fd);
	struct buf text = {0};
	for (long number = from;; number += from <= to ? 1 : -1) {
		format_text(&text, "%s\n", history_text(number));
		if (number == to)
			break;
	}
	bool written = name != NULL && fd >= 0 && write_fully(fd, text.data, text.len);
	if (name != NULL && fd >= 0)
		close(fd);
	buf_free(&text);
	if (!written)
		return fail(1, "cannot create %s: %s", name == NULL ? "a temporary file" : name, strerror(errno));
	if (editor == NULL)
		editor = var_get("FCEDIT");
	if (editor == NULL || *editor == '\0')
		editor = var_get("EDITOR");
	struct buf command = {0};
	format_text(&command, "%s ", editor == NULL || *editor == '\0' ? "vi" : editor);
	quote_single(&command, name);
	const char *builtin = sh.command;
	sh.command = NULL;
	int status = eval_text(buf_cstr(&command), 0, 1);
	buf_free(&command);
	sh.command = builtin;
	char *edited = status == 0 && sh.flow == FLOW_NONE ? file_content(name) : NULL;
	(void)unlink(name);
	if (edited == NULL)
		return status == 0 ? 1 : status;
	return *edited == '\0' ? 0 : run_again(edited);
}

int builtin_fc(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	bool listing = false, numbered = true, reverse = false, at_once = false;
	const char *editor = NULL;
	(void)argc;
	for (;;) {
		bool inside = scan.at != NULL && *scan.at != '\0';
		if (!inside && *scan.argv != NULL && is_number(*scan.argv))
			break;
		int option = next_option(&scan, "e:lnrs");
		if (scan.failed)
			return 2;
		if (option == 0)
			break;
		listing |= option == 'l';
		numbered &= option != 'n';
		reverse |= option == 'r';
		at_once |= option == 's' || (option == 'e' && text_is(scan.argument, "-"));
		if (option == 'e')
			editor = scan.argument;
	}
	char **operands = scan.argv;
	if (before_this() < history_first())
		return listing ? 0 : fail(1, "no command found");
	if (at_once) {
		const char *change = *operands != NULL && strchr(*operands, '=') != NULL ? *operands++ : NULL;
		long number = find_entry(*operands == NULL ? "-1" : *operands, false);
		return number < 0 ? 1 : run_again(substituted(history_text(number), change));
	}
	const char *first = operands[0] != NULL ? operands[0] : listing ? "-16" : "-1";
	const char *last = operands[0] != NULL && operands[1] != NULL ? operands[1] : listing ? "-1" : first;
	long from = find_entry(first, true), to = from < 0 ? -1 : find_entry(last, true);
	if (to < 0)
		return 1;
	if (reverse && from <= to) {
		long other = from;
		from = to;
		to = other;
	}
	if (!listing)
		return edit_entries(editor, from, to);
	for (long number = from;; number += from <= to ? 1 : -1) {
		list_entry(number, numbered);
		if (number == to)
			return 0;
	}
}

/* Not in POSIX, but what fingers type: all of it, or the last N; -c forgets it. */
int builtin_history(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option, wanted = -1;
	(void)argc;
	while ((option = next_option(&scan, "c")) != 0) {
		if (scan.failed)
			return 2;
		history_forget();
		return 0;
	}
	if (*scan.argv != NULL && !number_argument(*scan.argv, &wanted))
		return 2;
	long number = history_first();
	if (wanted >= 0 && history_last() - wanted + 1 > number)
		number = history_last() - wanted + 1;
	for (; number <= history_last(); number++) {
		struct buf digits = {0};
		buf_number(&digits, number);
		buf_pad(&out, ' ', digits.len < 5 ? 5 - digits.len : 0);
		format_text(&out, "%s  %s\n", buf_cstr(&digits), history_text(number));
		buf_free(&digits);
	}
	return 0;
}
