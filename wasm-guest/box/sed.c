/* sed: options and the parser of scripts. */
#include "sed.h"
#include <ctype.h>

static const char *at; /* the script being parsed */
static struct script *script;

static _Noreturn void wrong(const char *reason) {
	die(1, "-e expression: %s", reason);
}

static void skip_space(void) {
	while (isspace((unsigned char)*at)) at++;
}

static void skip_blank(void) {
	while (*at == ' ' || *at == '\t') at++;
}

/*
 * Text up to an unescaped `end`. An escaped `end` loses its backslash (in a regex the character then is literal as it was);
 * \n becomes a newline in a regex. Brackets hide the end in a regex.
 */
static char *take_until(char end, bool regex) {
	struct buffer text = {0};
	buffer_add(&text, "", 0);
	bool bracket = false;
	for (; *at && (*at != end || bracket); at++) {
		if (*at == '\n' && regex) wrong("unterminated address regex");
		if (bracket) {
			if (*at == ']') bracket = false;
			else if (*at == '[' && (at[1] == ':' || at[1] == '.' || at[1] == '=')) {
				char kind = at[1];
				buffer_char(&text, *at++);
				buffer_char(&text, *at++);
				while (*at && !(*at == kind && at[1] == ']')) buffer_char(&text, *at++);
				if (!*at) break;
				buffer_char(&text, *at++);
			} else if (*at == '\\' && at[1] == 'n') {
				buffer_char(&text, '\n');
				at++;
				continue;
			}
		} else if (*at == '[' && regex) {
			bracket = true;
			buffer_char(&text, *at);
			if (at[1] == '^') buffer_char(&text, *++at);
			if (at[1] == ']') buffer_char(&text, *++at);
			continue;
		} else if (*at == '\\' && at[1]) {
			at++;
			if (*at == end && end != '\\') {
				/* s|a\|b|…|: the delimiter stands for itself; special characters must not become operators */
				if (regex && strchr(script->extended ? "|+?(){}.*^$[" : ".*^$[", end)) {
					buffer_char(&text, '[');
					buffer_char(&text, end);
					buffer_char(&text, ']');
					if (end == '^') {
						text.length -= 3;
						buffer_text(&text, "\\^");
					}
				} else buffer_char(&text, end);
			} else if (*at == 'n' && regex) buffer_char(&text, '\n');
			else if (*at == 't' && regex) buffer_char(&text, '\t');
			else {
				buffer_char(&text, '\\');
				buffer_char(&text, *at);
			}
			continue;
		}
		buffer_char(&text, *at);
	}
	if (*at != end) wrong(regex ? "unterminated regular expression" : "unterminated 's' command");
	at++;
	return text.data;
}

static struct pattern *make_pattern(char *text, bool fold) {
	if (!*text) return NULL;
	struct pattern *pattern = xmalloc(sizeof *pattern);
	pattern_compile(pattern, text, script->extended, fold, false, 1);
	free(text);
	return pattern;
}

static unsigned long long take_number(void) {
	char *end;
	unsigned long long value = strtoull(at, &end, 10);
	at = end;
	return value;
}

static bool parse_address(struct address *address, bool second) {
	if (isdigit((unsigned char)*at)) {
		address->kind = ADDRESS_LINE;
		address->line = take_number();
		if (*at == '~' && !second) {
			at++;
			address->kind = ADDRESS_STEP;
			address->step = take_number();
		} else if (address->line == 0 && !second) address->kind = ADDRESS_ZERO;
		return true;
	}
	if (*at == '$') {
		at++;
		address->kind = ADDRESS_LAST;
		return true;
	}
	if (second && (*at == '+' || *at == '~') && isdigit((unsigned char)at[1])) {
		address->kind = *at++ == '+' ? ADDRESS_PLUS : ADDRESS_MULTIPLE;
		address->line = take_number();
		return true;
	}
	if (*at != '/' && *at != '\\') return false;
	if (*at == '\\') at++;
	char end = *at++;
	char *text = take_until(end, true);
	bool fold = false;
	for (; *at == 'I' || *at == 'M'; at++) fold |= *at == 'I';
	address->kind = ADDRESS_PATTERN;
	address->pattern = make_pattern(text, fold);
	return true;
}

static char *take_word(const char *stop) {
	skip_blank();
	size_t length = strcspn(at, stop);
	char *word = xstrndup(at, length);
	at += length;
	while (length > 0 && isspace((unsigned char)word[length - 1])) word[--length] = '\0';
	return word;
}

static struct output *open_output(char *name) {
	size_t count = 0;
	for (struct output *each = script->outputs; each && each->name; each++, count++)
		if (strcmp(each->name, name) == 0) return each;
	if (count >= 15) wrong("too many files to write to");
	if (!script->outputs) script->outputs = xcalloc(16, sizeof *script->outputs);
	struct output *output = &script->outputs[count];
	output->name = name;
	output->file = strcmp(name, "/dev/stdout") == 0 ? stdout : strcmp(name, "/dev/stderr") == 0 ? stderr : fopen(name, "w");
	if (!output->file) die_errno(4, "couldn't open file %s", name);
	return output;
}

/* Text of a, i, c: classic (backslash, newline) or on the same line; lines go on behind a backslash. */
static char *take_text(void) {
	struct buffer text = {0};
	buffer_add(&text, "", 0);
	skip_blank();
	if (*at == '\\') {
		const char *after = at + 1 + strspn(at + 1, " \t");
		at = *after == '\n' ? after + 1 : at + 1; /* a\  text: the backslash keeps the blanks */
	}
	for (; *at && *at != '\n'; at++) {
		if (*at == '\\' && at[1]) at++;
		buffer_char(&text, *at);
	}
	buffer_char(&text, '\n');
	return text.data;
}

static void parse_substitution(struct command *command) {
	char end = *at++;
	if (!end || end == '\n' || end == '\\') wrong("unterminated 's' command");
	char *regex = take_until(end, true);
	/* The replacement keeps its escapes: they are read when it is used. */
	command->text = take_until(end, false);
	bool fold = false;
	for (;; at++) {
		if (*at == 'g') command->global = true;
		else if (*at == 'p') command->print = true;
		else if (*at == 'i' || *at == 'I') fold = true;
		else if (*at == 'm' || *at == 'M') wrong("the M flag is not supported");
		else if (*at == 'e') wrong("the e flag is not supported");
		else if (isdigit((unsigned char)*at)) {
			command->occurrence = (unsigned long)take_number();
			if (command->occurrence == 0) wrong("number option to 's' command may not be zero");
			at--;
		} else if (*at == 'w') {
			at++;
			command->output = open_output(take_word("\n"));
			break;
		} else break;
	}
	command->pattern = make_pattern(regex, fold);
	if (command->pattern && !command->pattern->fixed)
		for (const char *each = command->text; *each; each++)
			if (*each == '\\' && *++each > '0' && *each <= '9'
				&& (size_t)(*each - '0') > command->pattern->regex.re_nsub) wrong("invalid reference on 's' command's RHS");
}

static void parse_translation(struct command *command) {
	char end = *at++;
	char *from = take_until(end, false), *to = take_until(end, false);
	command->text = xmalloc(256);
	for (int c = 0; c < 256; c++) command->text[c] = (char)c;
	const char *x = from, *y = to;
	while (*x && *y) {
		int sides[2];
		for (int side = 0; side < 2; side++) {
			const char **each = side ? &y : &x;
			sides[side] = (unsigned char)*(*each)++;
			if (sides[side] == '\\' && **each) {
				sides[side] = **each == 'n' ? '\n' : **each == 't' ? '\t' : (unsigned char)**each;
				(*each)++;
			}
		}
		command->text[sides[0]] = (char)sides[1];
	}
	if (*x || *y) wrong("strings for 'y' command are different lengths");
	free(from);
	free(to);
}

static void end_command(void) {
	skip_blank();
	if (*at == '#') at += strcspn(at, "\n");
	if (*at == ';' || *at == '\n') at++;
	else if (*at && *at != '}') wrong("extra characters after command");
}

static void parse_command(void) {
	struct command command = {0};
	if (parse_address(&command.from, false)) {
		skip_blank();
		if (*at == ',') {
			at++;
			skip_blank();
			if (!parse_address(&command.to, true)) wrong("unexpected ','");
		}
		if (command.from.kind == ADDRESS_ZERO && command.to.kind != ADDRESS_PATTERN) wrong("invalid usage of line address 0");
	}
	skip_blank();
	for (; *at == '!'; at++) command.negated = true;
	skip_blank();
	command.name = *at ? *at++ : '\0';
	switch (command.name) {
	case '{': break;
	case '}':
		if (command.from.kind) wrong("} doesn't want any addresses");
		end_command();
		break;
	case 's':
		parse_substitution(&command);
		end_command();
		break;
	case 'y':
		parse_translation(&command);
		end_command();
		break;
	case 'a': case 'i': case 'c':
		command.text = take_text();
		break;
	case ':':
		command.text = take_word("\n;");
		if (!*command.text) wrong("\":\" lacks a label");
		end_command();
		break;
	case 'b': case 't': case 'T':
		command.text = take_word("\n;}");
		end_command();
		break;
	case 'r': case 'w':
		command.text = take_word("\n");
		if (!*command.text) wrong("missing filename in r/R/w/W commands");
		if (command.name == 'w') command.output = open_output(command.text);
		break;
	case 'q': case 'Q':
		skip_blank();
		if (isdigit((unsigned char)*at)) command.status = (int)take_number();
		end_command();
		break;
	case 'l':
		skip_blank();
		if (isdigit((unsigned char)*at)) take_number();
		end_command();
		break;
	case 'd': case 'D': case 'g': case 'G': case 'h': case 'H': case 'n': case 'N': case 'p': case 'P': case 'x': case 'z': case '=': end_command(); break;
	case '\0': wrong("missing command");
	default: die(1, "-e expression: unknown command: '%c'", command.name);
	}
	script->list = grow(script->list, script->count, &script->capacity, sizeof command);
	script->list[script->count++] = command;
}

void sed_parse(struct script *into, const char *text) {
	script = into;
	at = text;
	if (script->count == 0 && text[0] == '#' && text[1] == 'n' && (text[2] == '\n' || !text[2])) script->quiet = true;
	for (;;) {
		while (isspace((unsigned char)*at) || *at == ';') at++;
		skip_space();
		if (*at == '#') {
			at += strcspn(at, "\n");
			continue;
		}
		if (!*at) break;
		parse_command();
	}
}

void sed_resolve(struct script *all) {
	size_t *open = xcalloc(all->count + 1, sizeof *open), depth = 0;
	for (size_t i = 0; i < all->count; i++) {
		struct command *command = &all->list[i];
		if (command->name == '{') open[depth++] = i;
		else if (command->name == '}') {
			if (depth == 0) wrong("unexpected '}'");
			all->list[open[--depth]].target = i;
		} else if (strchr("btT", command->name)) {
			command->target = all->count;
			bool found = !*command->text;
			for (size_t j = 0; j < all->count && !found; j++)
				if (all->list[j].name == ':' && strcmp(all->list[j].text, command->text) == 0) {
					command->target = j;
					found = true;
				}
			if (!found) die(1, "can't find label for jump to '%s'", command->text);
		}
	}
	if (depth) wrong("unmatched '{'");
	free(open);
}

int sed_main(int argc, char **argv) {
	static const struct long_option names[] = {{"quiet", 'n'}, {"silent", 'n'}, {"expression", 'e'}, {"file", 'f'}, {"regexp-extended",
		'E'}, {"in-place", 'i'},
		{"separate", 's'}, {"null-data", 'z'}, {"unbuffered", 'u'}, {NULL, 0}};
	struct options parsed;
	struct script all = {.delimiter = '\n'};
	struct buffer text = {0};
	options_start(&parsed, argc, argv, "ne:f:Eri::szu", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'n': all.quiet = true; break;
		case 'E': case 'r': all.extended = true; break;
		case 's': all.separate = true; break;
		case 'z': all.delimiter = '\0'; break;
		case 'i':
			all.in_place = all.separate = true;
			all.backup = parsed.argument && *parsed.argument ? parsed.argument : NULL;
			break;
		case 'e':
			if (text.length) buffer_char(&text, '\n');
			buffer_text(&text, parsed.argument);
			break;
		case 'f': {
			int fd = open_input(parsed.argument);
			size_t length;
			char *file = fd < 0 ? NULL : read_fd(fd, &length);
			if (!file) return 1;
			if (text.length) buffer_char(&text, '\n');
			if (length && file[length - 1] == '\n') length--;
			buffer_add(&text, file, length);
			free(file);
			break;
		}
		default: break;
		}
	char **files = parsed.argv;
	if (!text.data) {
		if (parsed.argc == 0) usage_error("no script specified");
		buffer_text(&text, *files++);
	}
	sed_parse(&all, text.data);
	sed_resolve(&all);
	return sed_run(&all, files);
}
