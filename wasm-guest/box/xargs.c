/* xargs */
#include "box.h"
#include <ctype.h>
#include <sys/wait.h>

extern char **environ;

static struct {
	char **command;
	size_t command_count, most, most_bytes, lines;
	bool null, trace, skip_empty, exit_full, replace, prompt;
	const char *mark, *end;
	int delimiter, processes, running, status;
	struct names words;
	/* Of the command as it was given, and of the words that are added to it, each with its NUL. */
	size_t command_bytes, bytes, line_count;
	bool ran;
} xargs;

static void note(int status) {
	if (status == 0) return;
	if (status == 255) die(124, "%s: exited with status 255; aborting", xargs.command[0]);
	if (status >= 128 && status < 255) xargs.status = 125;
	else if (status == 126 || status == 127) exit(finish(status, 1));
	else xargs.status = 123;
}

static void reap(int allowed) {
	while (xargs.running > allowed) {
		int status;
		if (waitpid(-1, &status, 0) < 0) {
			if (errno == EINTR) continue;
			xargs.running = 0;
			return;
		}
		xargs.running--;
		note(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	}
}

static void run(char **argv) {
	if (xargs.trace || xargs.prompt) {
		for (char **each = argv; *each; each++) fprintf(stderr, each == argv ? "%s" : " %s", *each);
		if (!xargs.prompt) fputc('\n', stderr);
		else {
			fputs("?...", stderr);
			FILE *tty = fopen("/dev/tty", "r");
			int answer = tty ? getc(tty) : EOF;
			if (tty) fclose(tty);
			if (answer != 'y' && answer != 'Y') return;
		}
	}
	pid_t pid;
	int failed = start_command(argv, true, &pid);
	xargs.ran = true;
	if (failed) exit(finish(failed, 1));
	xargs.running++;
	reap(xargs.processes - 1);
}

static void flush_words(void) {
	char **argv = xcalloc(xargs.command_count + xargs.words.count + 1, sizeof *argv);
	memcpy(argv, xargs.command, xargs.command_count * sizeof *argv);
	if (xargs.words.count) memcpy(argv + xargs.command_count, xargs.words.list, xargs.words.count * sizeof *argv);
	run(argv);
	free(argv);
	names_free(&xargs.words);
	xargs.bytes = xargs.line_count = 0;
}

static void run_replaced(const char *word) {
	size_t length = strlen(xargs.mark);
	char **argv = xcalloc(xargs.command_count + 1, sizeof *argv);
	for (size_t i = 0; i < xargs.command_count; i++) {
		struct buffer text = {0};
		buffer_add(&text, "", 0);
		for (const char *at = xargs.command[i]; *at;) {
			if (length && strncmp(at, xargs.mark, length) == 0) {
				buffer_text(&text, word);
				at += length;
			} else buffer_char(&text, *at++);
		}
		argv[i] = text.data;
	}
	run(argv);
	for (size_t i = 0; i < xargs.command_count; i++) free(argv[i]);
	free(argv);
}

static void take_word(const struct buffer *word) {
	const char *text = word->data ? word->data : "";
	if (xargs.replace) {
		run_replaced(text);
		return;
	}
	size_t size = word->length + 1;
	if (xargs.words.count && xargs.command_bytes + xargs.bytes + size > xargs.most_bytes) {
		if (xargs.exit_full) die(1, "argument list too long");
		flush_words();
	}
	if (xargs.command_bytes + size > xargs.most_bytes) die(1, "argument line too long");
	names_add(&xargs.words, xstrdup(text));
	xargs.bytes += size;
	if (xargs.most && xargs.words.count >= xargs.most) flush_words();
}

/* Words apart by blanks and newlines, with quotes and backslashes; with -I whole lines without their leading blanks. */
static void read_words(struct reader *in) {
	struct buffer word = {0};
	bool any = false, line_has_word = false;
	int last = '\n';
	for (int c; (c = reader_byte(in)) != EOF; last = c) {
		bool blank = c == '\n' || (isblank(c) && (!xargs.replace || !any));
		if (!blank && (c == '"' || c == '\'')) {
			int quote = c;
			any = true;
			while ((c = reader_byte(in)) != quote) {
				if (c == EOF || c == '\n') die(1, "unmatched %s quote", quote == '"' ? "double" : "single");
				buffer_char(&word, c);
			}
			continue;
		}
		if (!blank) {
			if (c == '\\' && (c = reader_byte(in)) == EOF) break;
			any = true;
			buffer_char(&word, c);
			continue;
		}
		if (any) {
			if (xargs.end && word.data && strcmp(word.data, xargs.end) == 0) {
				any = false;
				break;
			}
			take_word(&word);
			word.length = 0;
			if (word.data) *word.data = '\0';
			any = false;
			line_has_word = true;
		}
		/* -L: a line that ends in a blank goes on in the next one */
		if (c == '\n' && line_has_word && !isblank(last)) {
			line_has_word = false;
			if (xargs.lines && ++xargs.line_count >= xargs.lines) flush_words();
		}
	}
	if (any && !(xargs.end && word.data && strcmp(word.data, xargs.end) == 0)) take_word(&word);
}

int xargs_main(int argc, char **argv) {
	static const struct long_option names[] = {{"null", '0'}, {"max-args", 'n'}, {"replace", 'i'}, {"no-run-if-empty", 'r'}, {"verbose",
		't'}, {"delimiter", 'd'},
		{"max-lines", 'L'}, {"max-procs", 'P'}, {"max-chars", 's'}, {"exit", 'x'}, {"arg-file", 'a'}, {NULL, 0}};
	struct options parsed;
	const char *file = "-";
	xargs.processes = 1;
	xargs.most_bytes = 131072;
	xargs.delimiter = -1;
	options_start(&parsed, argc, argv, "+0n:I:i::rtd:L:P:s:xpE:a:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case '0': xargs.delimiter = '\0'; break;
		case 'n': if ((xargs.most = (size_t)need_number(parsed.argument)) == 0) usage_error("value 0 for -n must be >= 1"); break;
		case 'i': case 'I':
			xargs.replace = true;
			xargs.mark = parsed.argument ? parsed.argument : "{}";
			break;
		case 'r': xargs.skip_empty = true; break;
		case 't': xargs.trace = true; break;
		case 'p': xargs.prompt = true; break;
		case 'x': xargs.exit_full = true; break;
		case 'E': xargs.end = *parsed.argument ? parsed.argument : NULL; break;
		case 'a': file = parsed.argument; break;
		case 'd':
			xargs.delimiter = (unsigned char)parsed.argument[0];
			if (parsed.argument[0] == '\\') xargs.delimiter = parsed.argument[1] == 'n' ? '\n' : parsed.argument[1] == 't' ? '\t'
				: parsed.argument[1] == '0' ? '\0' : '\\';
			break;
		case 'L': xargs.lines = (size_t)need_number(parsed.argument); break;
		case 'P': xargs.processes = (int)need_number(parsed.argument); break;
		default: xargs.most_bytes = (size_t)need_number(parsed.argument);
		}
	if (xargs.processes == 0) xargs.processes = 1 << 20;
	static char echo[] = "echo";
	char *usual[] = {echo, NULL};
	xargs.command = parsed.argc ? parsed.argv : usual;
	xargs.command_count = parsed.argc ? (size_t)parsed.argc : 1;
	for (size_t i = 0; i < xargs.command_count; i++) xargs.command_bytes += strlen(xargs.command[i]) + 1;
	struct reader in;
	if (!reader_open(&in, file)) return 1;
	if (xargs.delimiter < 0) read_words(&in);
	else {
		size_t length;
		for (char *line; (line = reader_line(&in, xargs.delimiter, &length, NULL));) take_word(&(struct buffer){.data = line,
			.length = length});
	}
	if (xargs.words.count || (!xargs.ran && !xargs.skip_empty && !xargs.replace)) flush_words();
	reap(0);
	return reader_close(&in) ? 1 : xargs.status;
}
