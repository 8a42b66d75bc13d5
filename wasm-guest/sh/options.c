/* Options of the shell (-e, -o errexit, …) and the positional parameters that `set` replaces. */
#include "sh.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	char letter;
	const char *name;
} known[] = {
	{'e', "errexit"}, {'f', "noglob"}, {'I', "ignoreeof"}, {'i', "interactive"}, {'m', "monitor"}, {'n', "noexec"},
	{'s', "stdin"}, {'x', "xtrace"}, {'v', "verbose"}, {'V', "vi"}, {'E', "emacs"}, {'C', "noclobber"}, {'a', "allexport"},
	{'b', "notify"}, {'u', "nounset"}, {'p', "privileged"}, {'\1', "nolog"}, {'\2', "debug"}, {'\3', "pipefail"},
};
enum { KNOWN = sizeof known / sizeof *known };
static bool values[KNOWN];

static int find_letter(char letter)
{
	for (int i = 0; i < KNOWN; i++)
		if (known[i].letter == letter && (unsigned char)letter > ' ')
			return i;
	return -1;
}

bool opt(char letter)
{
	for (int i = 0; i < KNOWN; i++)
		if (known[i].letter == letter)
			return values[i];
	return false;
}

void opt_set(char letter, bool on)
{
	int i = find_letter(letter);
	if (i < 0)
		return;
	if (letter == 'm' && values[i] != on && !job_control_set(on))
		return;
	values[i] = on;
}

void option_letters(struct buf *b)
{
	for (int i = KNOWN - 1; i >= 0; i--) /* dash's order */
		if (values[i] && (unsigned char)known[i].letter > ' ')
			buf_char(b, known[i].letter);
}

/* All of them as one number, for `local -`. */
unsigned options_pack(void)
{
	unsigned all = 0;
	for (int i = 0; i < KNOWN; i++)
		all |= (unsigned)values[i] << i;
	return all;
}

void options_unpack(unsigned all)
{
	for (int i = 0; i < KNOWN; i++) {
		bool on = (all >> i & 1) != 0;
		if (known[i].letter == 'm')
			opt_set('m', on);
		else if (known[i].letter != 'i' && known[i].letter != 's')
			values[i] = on;
	}
}

static void list_options(bool as_commands)
{
	if (!as_commands)
		buf_text(&out, "Current option settings\n");
	for (int i = 0; i < KNOWN; i++) {
		if (as_commands) {
			format_text(&out, "set %so %s\n", values[i] ? "-" : "+", known[i].name);
			continue;
		}
		buf_text(&out, known[i].name);
		buf_pad(&out, ' ', 16 - strlen(known[i].name));
		buf_text(&out, values[i] ? "on\n" : "off\n");
	}
}

static bool set_named(const char *name, bool on)
{
	for (int i = 0; i < KNOWN; i++)
		if (text_is(known[i].name, name)) {
			if (known[i].letter == 'm')
				opt_set('m', on);
			else
				values[i] = on;
			return true;
		}
	(void)fail(2, "Illegal option %co %s", on ? '-' : '+', name);
	return false;
}

/*
 * Options at args[*index] and after, as the shell and `set` take them; *index is then the first operand. `set` with operands
 * or `--` replaces the parameters (reported by *index not being the end, or by args[*index - 1] being "--").
 */
bool options_parse(char **args, int *index, bool from_command_line, char **minus_c, bool *login)
{
	while (args[*index] != NULL) {
		const char *p = args[*index];
		char sign = *p++;
		if (sign != '-' && sign != '+')
			break;
		if (sign == '-' && (*p == '\0' || text_is(p, "-"))) {
			++*index;
			if (!from_command_line && *p == '\0') { /* set - : as dash, -x and -v go off */
				opt_set('x', false);
				opt_set('v', false);
			}
			break;
		}
		if (*p == '\0')
			break;
		++*index;
		for (; *p != '\0'; p++) {
			if (*p == 'c' && from_command_line) {
				*minus_c = (char *)"";
			} else if (*p == 'l' && from_command_line) {
				*login = true;
			} else if (*p == 'o') {
				const char *name = args[*index];
				if (name == NULL) {
					list_options(sign == '+');
					continue;
				}
				++*index;
				if (!set_named(name, sign == '-'))
					return false;
			} else if (find_letter(*p) < 0) {
				(void)fail(2, "Illegal option %c%c", sign, *p);
				return false;
			} else {
				opt_set(*p, sign == '-');
			}
		}
	}
	return true;
}

void args_free(void)
{
	for (int i = 0; sh.args_owned && i < sh.arg_count; i++)
		free(sh.args[i]);
	if (sh.args_owned)
		free(sh.args);
	sh.args = NULL;
	sh.arg_count = 0;
	sh.args_owned = false;
}

bool args_set(char **args, int count)
{
	char **copy = must_alloc(NULL, ((size_t)count + 1) * sizeof *copy);
	for (int i = 0; i < count; i++)
		copy[i] = copy_text(args[i]);
	copy[count] = NULL;
	args_free();
	sh.args = copy;
	sh.arg_count = count;
	sh.args_owned = true;
	sh.getopts_offset = -1;
	return true;
}

int builtin_set(int argc, char **argv)
{
	if (argc == 1) {
		var_list("", 0);
		return 0;
	}
	int index = 1;
	if (!options_parse(argv, &index, false, NULL, NULL))
		return 2;
	bool ended = index > 1 && text_is(argv[index - 1], "--");
	if (index < argc || ended) {
		(void)args_set(argv + index, argc - index);
	}
	return 0;
}

/* ---- options of builtins ---- */

int next_option(struct option_scan *s, const char *allowed)
{
	if (s->at == NULL || *s->at == '\0') {
		const char *p = *s->argv;
		if (p == NULL || p[0] != '-' || p[1] == '\0')
			return 0;
		s->argv++;
		if (text_is(p, "--"))
			return 0;
		s->at = p + 1;
	}
	char c = *s->at++;
	const char *found = c == ':' ? NULL : strchr(allowed, c);
	if (found == NULL) {
		(void)fail(2, "Illegal option -%c", c);
		s->failed = true;
		return '?';
	}
	if (found[1] == ':') {
		if (*s->at == '\0') {
			s->at = *s->argv;
			if (s->at == NULL) {
				(void)fail(2, "No arg for -%c option", c);
				s->failed = true;
				return '?';
			}
			s->argv++;
		}
		s->argument = s->at;
		s->at = NULL;
	}
	return c;
}

bool number_argument(const char *text, int *value)
{
	int64_t n = 0;
	bool good = *text != '\0';
	for (const char *p = text; *p != '\0' && good; p++) {
		good = *p >= '0' && *p <= '9';
		n = n * 10 + (*p - '0');
		good = good && n <= INT32_MAX;
	}
	if (!good) {
		(void)fail(2, "Illegal number: %s", text);
		return false;
	}
	*value = (int)n;
	return true;
}
