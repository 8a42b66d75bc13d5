/* read and getopts */
#include "sh.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One byte of standard input: read may not take more than its line, commands want the rest. 0: end, -1: interrupted. */
static int read_byte(char *c)
{
	for (;;) {
		ssize_t n = read(0, c, 1);
		if (n >= 0)
			return (int)n;
		if (errno != EINTR)
			return 0;
		int number;
		if (sh.interrupted || trap_waiting(&number))
			return -1;
	}
}

/* A logical line; attribute ATTR_QUOTED for what was escaped. False: it did not end in a newline. */
static int read_logical_line(struct expanded *line, bool raw)
{
	bool escaped = false;
	for (;;) {
		char c;
		int n = read_byte(&c);
		if (n <= 0)
			return n;
		if (c == '\0')
			continue;
		if (escaped) {
			escaped = false;
			if (c == '\n') {
				if (opt('i') && isatty(0))
					(void)write_fully(2, "> ", 2);
				continue;
			}
			expanded_put(line, &c, 1, ATTR_QUOTED);
		} else if (c == '\\' && !raw) {
			escaped = true;
		} else if (c == '\n') {
			return 1;
		} else {
			expanded_put(line, &c, 1, ATTR_EXPANDED);
		}
	}
}

struct ifs {
	const char *text;
	const struct expanded *line;
};

static bool separates(const struct ifs *s, size_t i, bool blank)
{
	char c = s->line->bytes.data[i];
	return s->line->attributes.data[i] == ATTR_EXPANDED && strchr(s->text, c) != NULL && (c == ' ' || c == '\t' || c == '\n') == blank;
}

static bool assign_fields(const struct expanded *line, char **names)
{
	const char *text = var_get("IFS");
	struct ifs s = {text == NULL ? " \t\n" : text, line};
	size_t at = 0, end = line->bytes.len;
	while (at < end && separates(&s, at, true))
		at++;
	for (; *names != NULL; names++) {
		size_t from = at;
		if (names[1] == NULL) {
			/* All the rest, without the blanks at its end; one separator ends it if nothing follows. */
			size_t stop = end;
			while (stop > from && separates(&s, stop - 1, true))
				stop--;
			if (stop > from && separates(&s, stop - 1, false)) {
				size_t i = from;
				while (i < stop - 1 && !separates(&s, i, false) && !separates(&s, i, true))
					i++;
				size_t j = i;
				while (j < stop - 1 && separates(&s, j, true))
					j++;
				if (j == stop - 1)
					stop = i;
			}
			return var_set(*names, temp_copy(line->bytes.data + from, stop - from), 0);
		}
		while (at < end && !separates(&s, at, true) && !separates(&s, at, false))
			at++;
		if (!var_set(*names, temp_copy(line->bytes.data + from, at - from), 0))
			return false;
		while (at < end && separates(&s, at, true))
			at++;
		if (at < end && separates(&s, at, false)) {
			at++;
			while (at < end && separates(&s, at, true))
				at++;
		}
	}
	return true;
}

int builtin_read(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option;
	bool raw = false;
	const char *prompt = NULL;
	(void)argc;
	while ((option = next_option(&scan, "p:r")) != 0) {
		if (scan.failed)
			return 2;
		if (option == 'r')
			raw = true;
		else
			prompt = scan.argument;
	}
	if (prompt != NULL && isatty(0))
		(void)write_fully(2, prompt, strlen(prompt));
	if (*scan.argv == NULL)
		return fail(2, "arg count");
	for (char **name = scan.argv; *name != NULL; name++)
		if (!is_name(*name))
			return fail(2, "%s: bad variable name", *name);
	struct expanded line = {0};
	int result = read_logical_line(&line, raw);
	int number = 0;
	bool ok = true;
	if (result >= 0)
		ok = assign_fields(&line, scan.argv);
	else if (!trap_waiting(&number))
		number = SIGINT;
	expanded_free(&line);
	return result < 0 ? 128 + number : !ok ? 2 : result == 1 ? 0 : 1;
}

/* ---- getopts: OPTIND and the place inside a group of options ---- */

static bool option_set(const char *name, const char *value)
{
	return var_set(name, value, 0);
}

int builtin_getopts(int argc, char **argv)
{
	if (argc < 3)
		return fail(2, "Usage: getopts optstring var [arg...]");
	const char *options = argv[1], *name = argv[2];
	char **args = argc > 3 ? argv + 3 : sh.args;
	int count = argc > 3 ? argc - 3 : sh.arg_count;
	const char *optind_text = var_get("OPTIND");
	int next = (optind_text == NULL ? 1 : atoi(optind_text)) - 1; /* the word after the one being read, from 0 */
	int offset = sh.getopts_offset;
	bool silent = options[0] == ':';
	if (next < 0 || next > count)
		next = next < 0 ? 0 : count;
	const char *text = offset > 0 && next > 0 ? args[next - 1] : NULL;
	if (text == NULL || (size_t)offset >= strlen(text)) {
		text = next < count ? args[next] : NULL;
		bool ended = text == NULL || text[0] != '-' || text[1] == '\0';
		if (!ended) {
			next++;
			ended = text_is(text, "--");
		}
		if (ended) {
			var_set_number("OPTIND", next + 1);
			sh.getopts_offset = -1;
			(void)var_unset("OPTARG");
			return option_set(name, "?") ? 1 : 2;
		}
		offset = 1;
	}
	char c = text[offset++];
	char found[2] = {c, '\0'};
	const char *spec = c == ':' ? NULL : strchr(options + silent, c);
	struct buf message = {0};
	bool ok = true;
	if (spec == NULL) {
		if (silent)
			ok = option_set("OPTARG", found);
		else
			(void)var_unset("OPTARG");
		if (!silent)
			format_text(&message, "Illegal option -%c\n", c);
		found[0] = '?';
	} else if (spec[1] == ':') {
		const char *argument = text[offset] != '\0' ? text + offset : next < count ? args[next++] : NULL;
		offset = -1;
		if (argument != NULL) {
			ok = option_set("OPTARG", argument);
		} else {
			if (silent)
				ok = option_set("OPTARG", found);
			else
				(void)var_unset("OPTARG");
			if (!silent)
				format_text(&message, "No arg for -%c option\n", c);
			found[0] = silent ? ':' : '?';
		}
	} else {
		ok = option_set("OPTARG", "");
	}
	if (message.len > 0)
		write_error(&message);
	var_set_number("OPTIND", next + 1);
	sh.getopts_offset = offset;
	return ok && option_set(name, found) ? 0 : 2;
}
