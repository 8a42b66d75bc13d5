/* cat, tac, rev, tee, yes, nl: whole streams and whole lines. */
#include "box.h"
#include <signal.h>

struct cat_options {
	bool number, number_nonblank, ends, tabs, nonprinting, squeeze;
};
struct cat_state {
	unsigned long line;
	bool at_start;
	int blank;
};

static void put_visible(int c) {
	if (c >= 128) {
		fputs("M-", stdout);
		c -= 128;
	}
	if (c == 127) fputs("^?", stdout);
	else if (c < 32) {
		putchar('^');
		putchar(c + 64);
	} else putchar(c);
}

static void cat_lines(struct reader *in, const struct cat_options *options, struct cat_state *state) {
	for (int c; (c = reader_byte(in)) != EOF;) {
		if (state->at_start) {
			if (c == '\n') {
				if (options->squeeze && state->blank > 0) continue;
				state->blank++;
			} else state->blank = 0;
			if (options->number && !(options->number_nonblank && c == '\n')) printf("%6lu\t", ++state->line);
			check_output();
		}
		state->at_start = c == '\n';
		if (c == '\n') {
			if (options->ends) putchar('$');
			putchar('\n');
		} else if (c == '\t') fputs(options->tabs ? "^I" : "\t", stdout);
		else if (options->nonprinting) put_visible(c);
		else putchar(c);
	}
}

int cat_main(int argc, char **argv) {
	static const struct long_option names[] = {{"number", 'n'}, {"number-nonblank", 'b'}, {"show-all", 'A'}, {"show-ends", 'E'},
		{"show-tabs", 'T'}, {"show-nonprinting", 'v'}, {"squeeze-blank", 's'}, {NULL, 0}};
	struct options parsed;
	struct cat_options options = {0};
	options_start(&parsed, argc, argv, "nbAeEtTvsu", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'b': options.number = options.number_nonblank = true; break;
		case 'n': options.number = true; break;
		case 'A': options.ends = options.tabs = options.nonprinting = true; break;
		case 'e': options.ends = options.nonprinting = true; break;
		case 'E': options.ends = true; break;
		case 't': options.tabs = options.nonprinting = true; break;
		case 'T': options.tabs = true; break;
		case 'v': options.nonprinting = true; break;
		case 's': options.squeeze = true; break;
		default: break; /* u: we never hold output back */
		}
	bool plain = !options.number && !options.ends && !options.tabs && !options.nonprinting && !options.squeeze;
	static char dash[] = "-";
	char *only[] = {dash, NULL};
	char **files = parsed.argc ? parsed.argv : only;
	struct cat_state state = {.at_start = true};
	int status = 0;
	for (; *files; files++) {
		struct reader in;
		if (plain) {
			int fd = open_input(*files);
			int outcome = fd < 0 ? 1 : copy_stream(fd, STDOUT_FILENO);
			if (outcome == 2) die_errno(1, "write error");
			if (outcome == 1) status = fd < 0 ? 1 : warn_errno("%s", *files);
			close_input(fd);
		} else if (reader_open(&in, *files)) {
			cat_lines(&in, &options, &state);
			status |= reader_close(&in);
		} else status = 1;
	}
	return status;
}

int tac_main(int argc, char **argv) {
	struct options parsed;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	int status = 0;
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		int fd = open_input(parsed.argc ? parsed.argv[i] : "-");
		size_t length;
		char *text = fd < 0 ? NULL : read_fd(fd, &length);
		if (!text) {
			status = fd < 0 ? 1 : warn_errno("%s", parsed.argv[i]);
			continue;
		}
		close_input(fd);
		for (size_t end = length; end > 0;) {
			size_t start = end - 1;
			while (start > 0 && text[start - 1] != '\n') start--;
			fwrite(text + start, 1, end - start, stdout);
			end = start;
		}
		free(text);
	}
	return status;
}

int rev_main(int argc, char **argv) {
	struct options parsed;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	int status = 0;
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		struct reader in;
		if (!reader_open(&in, parsed.argc ? parsed.argv[i] : "-")) {
			status = 1;
			continue;
		}
		size_t length;
		bool ended;
		for (char *line; (line = reader_line(&in, '\n', &length, &ended));) {
			while (length > 0) {
				size_t start = length - 1;
				while (start > 0 && ((unsigned char)line[start] & 0xc0) == 0x80) start--; /* whole UTF-8 characters */
				fwrite(line + start, 1, length - start, stdout);
				length = start;
			}
			if (ended) putchar('\n');
			check_output();
		}
		status |= reader_close(&in);
	}
	return status;
}

int tee_main(int argc, char **argv) {
	static const struct long_option names[] = {{"append", 'a'}, {"ignore-interrupts", 'i'}, {NULL, 0}};
	struct options parsed;
	int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
	options_start(&parsed, argc, argv, "ai", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'a') flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
		else signal(SIGINT, SIG_IGN);
	}
	int status = 0;
	int *out = xmalloc(sizeof *out * (size_t)(parsed.argc + 1));
	out[0] = STDOUT_FILENO;
	for (int i = 0; i < parsed.argc; i++) {
		out[i + 1] = open(parsed.argv[i], flags, 0666);
		if (out[i + 1] < 0) status = warn_errno("%s", parsed.argv[i]);
	}
	char *block = xmalloc(BLOCK);
	ssize_t got;
	while ((got = read_some(STDIN_FILENO, block, BLOCK)) > 0)
		for (int i = 0; i <= parsed.argc; i++)
			if (out[i] >= 0 && !write_all(out[i], block, (size_t)got)) {
				status = warn_errno("%s", i ? parsed.argv[i - 1] : "standard output");
				out[i] = -1;
			}
	if (got < 0) status = warn_errno("standard input");
	return status;
}

int yes_main(int argc, char **argv) {
	struct buffer line = {0};
	for (int i = 1; i < argc; i++) {
		if (i > 1) buffer_char(&line, ' ');
		buffer_text(&line, argv[i]);
	}
	buffer_text(&line, argc > 1 ? "\n" : "y\n");
	struct buffer block = {0};
	do buffer_add(&block, line.data, line.length);
	while (block.length < 8192);
	while (write_all(STDOUT_FILENO, block.data, block.length)) continue;
	return warn_errno("write error");
}

int nl_main(int argc, char **argv) {
	struct options parsed;
	char style = 't', justify = 'r';
	long long start = 1, step = 1;
	int width = 6, status = 0;
	const char *separator = "\t";
	options_start(&parsed, argc, argv, "b:v:i:w:s:n:", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'b': style = *parsed.argument; break;
		case 'v': start = strtoll(parsed.argument, NULL, 10); break;
		case 'i': step = strtoll(parsed.argument, NULL, 10); break;
		case 'w': width = (int)need_number(parsed.argument); break;
		case 's': separator = parsed.argument; break;
		default: justify = parsed.argument[0] == 'l' ? 'l' : parsed.argument[1] == 'z' ? 'z' : 'r';
		}
	if (!strchr("atn", style)) die(1, "invalid body numbering style: '%c'", style);
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		struct reader in;
		if (!reader_open(&in, parsed.argc ? parsed.argv[i] : "-")) {
			status = 1;
			continue;
		}
		size_t length;
		for (char *line; (line = reader_line(&in, '\n', &length, NULL));) {
			if (style == 'a' || (style == 't' && length > 0)) {
				printf(justify == 'l' ? "%-*lld%s" : justify == 'z' ? "%0*lld%s" : "%*lld%s", width, start, separator);
				start += step;
			} else printf("%*s", width + (int)strlen(separator), "");
			fwrite(line, 1, length, stdout);
			putchar('\n');
			check_output();
		}
		status |= reader_close(&in);
	}
	return status;
}
