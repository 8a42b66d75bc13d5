/* sed: running a script over the lines of its input files. */
#include "sed.h"
#include <ctype.h>

enum { GROUPS = 10 };
static struct {
	struct script *script;
	char **files; /* still to be opened */
	const char *name;
	struct reader in;
	bool open;
	struct buffer next; /* one line read ahead, to know which is the last */
	bool have_next, next_ended;
	struct buffer pattern, hold, append;
	bool ended; /* the line in `pattern` had its delimiter */
	bool substituted, quit, incomplete;
	unsigned long long line;
	FILE *out;
	char *temporary;
	const struct pattern *last;
	int status;
} sed;

static void finish_in_place(void) {
	if (!sed.temporary) return;
	sed.incomplete = false;
	if (fclose(sed.out) != 0) die_errno(4, "couldn't write %s", sed.temporary);
	sed.out = stdout;
	if (sed.script->backup) {
		char *backup = strchr(sed.script->backup, '/') ? xstrdup(sed.script->backup) : format_text("%s%s", sed.name, sed.script->backup);
		if (rename(sed.name, backup) != 0) die_errno(4, "cannot rename %s", sed.name);
		free(backup);
	}
	if (rename(sed.temporary, sed.name) != 0) die_errno(4, "cannot rename %s", sed.temporary);
	free(sed.temporary);
	sed.temporary = NULL;
}

static bool start_in_place(void) {
	struct stat st;
	if (fstat(sed.in.fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		sed.status = warn("couldn't edit %s: not a regular file", sed.name) * 4;
		return false;
	}
	sed.temporary = format_text("%s.sed%d", sed.name, (int)getpid());
	int fd = open(sed.temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || !(sed.out = fdopen(fd, "w"))) die_errno(4, "couldn't open temporary file %s", sed.temporary);
	if (fchown(fd, st.st_uid, st.st_gid) != 0) errno = 0; /* not ours to give away: the mode still is */
	if (fchmod(fd, st.st_mode & 07777) != 0) warn_errno("%s", sed.temporary);
	return true;
}

static bool open_next(void) {
	while (*sed.files) {
		char *name = *sed.files++;
		if (!reader_open(&sed.in, name)) {
			sed.status = 2;
			continue;
		}
		struct stat st;
		if (fstat(sed.in.fd, &st) == 0 && S_ISDIR(st.st_mode)) {
			sed.status = warn("couldn't edit %s: not a regular file", name) * 2;
			close_input(sed.in.fd);
			continue;
		}
		sed.name = name;
		if (sed.script->in_place && !start_in_place()) {
			reader_close(&sed.in);
			continue;
		}
		sed.open = true;
		return true;
	}
	return false;
}

static void close_current(void) {
	if (reader_close(&sed.in)) sed.status = 2;
	sed.open = false;
}

/* Fills `next`; false at the end of all input (or of this file when files are separate). */
static bool peek(void) {
	if (sed.have_next) return true;
	for (;;) {
		size_t length;
		if (!sed.open) return false;
		char *line = reader_line(&sed.in, sed.script->delimiter, &length, &sed.next_ended);
		if (line) {
			sed.next.length = 0;
			buffer_add(&sed.next, line, length);
			return sed.have_next = true;
		}
		if (sed.script->separate) return false;
		close_current();
		if (!open_next()) return false;
	}
}

static bool is_last(void) {
	if (peek()) return false;
	return true;
}

/* More follows a last line that had no newline: now it needs one (as GNU). */
static void complete(FILE *to) {
	if (to == sed.out && sed.incomplete) {
		fputc(sed.script->delimiter, to);
		sed.incomplete = false;
	}
}

static void put(const char *text, size_t length, bool ended, FILE *to) {
	complete(to);
	fwrite(text, 1, length, to);
	if (ended) fputc(sed.script->delimiter, to);
	else if (to == sed.out) sed.incomplete = true;
	if (to == stdout) check_output();
	else if (to != sed.out) fflush(to); /* w files can be read while we run */
}

static void put_pattern(FILE *to) {
	put(sed.pattern.data, sed.pattern.length, sed.ended, to);
}

/* Text due at the end of the cycle: of a (as is) and of r (a file's name behind a NUL). */
static void flush_append(void) {
	size_t at = 0;
	if (sed.append.length) complete(sed.out);
	while (at < sed.append.length) {
		char kind = sed.append.data[at++];
		const char *text = sed.append.data + at;
		at += strlen(text) + 1;
		if (kind == 'a') fputs(text, sed.out);
		else {
			size_t length;
			char *file = read_file(strcmp(text, "-") == 0 ? "/dev/stdin" : text, &length);
			if (file) fwrite(file, 1, length, sed.out); /* POSIX: a file that cannot be read is an empty one */
			free(file);
		}
	}
	sed.append.length = 0;
	check_output();
}

/* The next line into the pattern space (added to it when `join`). */
static bool read_line(bool join) {
	if (!peek()) return false;
	if (join) buffer_char(&sed.pattern, sed.script->delimiter);
	else sed.pattern.length = 0;
	buffer_add(&sed.pattern, sed.next.data, sed.next.length);
	sed.ended = sed.next_ended;
	sed.have_next = false;
	sed.line++;
	return true;
}

static bool search(const struct pattern *pattern, const char *text, size_t length, size_t start, regmatch_t *found) {
	if (!pattern) pattern = sed.last;
	if (!pattern) die(1, "no previous regular expression");
	sed.last = pattern;
	if (start > 0 && pattern->anchored && !pattern->fixed) return false;
	return pattern_search(pattern, text, length, start, found, GROUPS);
}

static bool address_matches(const struct address *address) {
	regmatch_t found[GROUPS];
	switch (address->kind) {
	case ADDRESS_NONE: return true;
	case ADDRESS_LINE: return sed.line == address->line;
	case ADDRESS_LAST: return is_last();
	case ADDRESS_PATTERN: return search(address->pattern, sed.pattern.data, sed.pattern.length, 0, found);
	case ADDRESS_STEP: return address->step ? sed.line >= address->line && (sed.line - address->line) % address->step == 0
		: sed.line == address->line;
	default: return false;
	}
}

static bool applies(struct command *command) {
	if (command->to.kind == ADDRESS_NONE) return address_matches(&command->from);
	if (command->in_range) {
		switch (command->to.kind) {
		case ADDRESS_LINE: case ADDRESS_PLUS: case ADDRESS_MULTIPLE:
			if (sed.line >= command->range_end) command->in_range = false;
			return sed.line <= command->range_end || (command->from.kind == ADDRESS_LINE && false);
		default:
			if (address_matches(&command->to)) command->in_range = false;
			return true;
		}
	}
	if (command->from.kind == ADDRESS_ZERO) {
		if (sed.line != 1) return false;
		command->in_range = !address_matches(&command->to);
		return true;
	}
	if (!address_matches(&command->from)) return false;
	command->range_end = command->to.kind == ADDRESS_PLUS ? sed.line + command->to.line
		: command->to.kind == ADDRESS_MULTIPLE ? (command->to.line
			? (sed.line + command->to.line - 1) / command->to.line * command->to.line : sed.line)
											   : command->to.line;
	if (command->to.kind == ADDRESS_PATTERN) command->in_range = true;
	else if (command->to.kind == ADDRESS_LAST) command->in_range = !is_last();
	else command->in_range = command->range_end > sed.line;
	return true;
}

struct caser {
	char mode, once; /* \U \L, and \u \l for the next character */
};

static void add_cased(struct buffer *out, const char *text, size_t length, struct caser *caser) {
	for (size_t i = 0; i < length; i++) {
		int c = (unsigned char)text[i];
		char how = caser->once ? caser->once : caser->mode;
		caser->once = '\0';
		buffer_char(out, how == 'U' || how == 'u' ? toupper(c) : how == 'L' || how == 'l' ? tolower(c) : c);
	}
}

static void add_replacement(struct buffer *out, const char *text, const char *line, const regmatch_t *found) {
	struct caser caser = {0};
	for (; *text; text++) {
		int group = -1;
		if (*text == '&') group = 0;
		else if (*text == '\\' && text[1]) {
			text++;
			if (*text >= '0' && *text <= '9') group = *text - '0';
			else if (*text == 'n') add_cased(out, "\n", 1, &caser);
			else if (*text == 't') add_cased(out, "\t", 1, &caser);
			else if (*text == 'U' || *text == 'L') caser.mode = *text;
			else if (*text == 'E') caser.mode = '\0';
			else if (*text == 'u' || *text == 'l') caser.once = *text;
			else add_cased(out, text, 1, &caser);
		} else add_cased(out, text, 1, &caser);
		if (group >= 0 && found[group].rm_so >= 0) add_cased(out, line + found[group].rm_so,
			(size_t)(found[group].rm_eo - found[group].rm_so), &caser);
	}
}

static void substitute(const struct command *command) {
	regmatch_t found[GROUPS];
	struct buffer out = {0};
	size_t at = 0, length = sed.pattern.length;
	const char *line = sed.pattern.data;
	unsigned long count = 0;
	bool done = false;
	size_t copied = 0;
	size_t last_end = SIZE_MAX;
	while (at <= length && search(command->pattern, line, length, at, found)) {
		size_t so = (size_t)found[0].rm_so, eo = (size_t)found[0].rm_eo;
		if (so == eo && so == last_end) { /* an empty match right behind the last one does not count */
			at = so + 1;
			continue;
		}
		last_end = eo;
		at = so == eo ? eo + 1 : eo;
		if (++count < command->occurrence) continue;
		buffer_add(&out, line + copied, so - copied);
		add_replacement(&out, command->text, line, found);
		copied = eo;
		done = true;
		if (!command->global) break;
	}
	if (!done) {
		free(out.data);
		return;
	}
	if (copied < length) buffer_add(&out, line + copied, length - copied);
	else buffer_add(&out, "", 0);
	free(sed.pattern.data);
	sed.pattern = out;
	sed.substituted = true;
	if (command->print) put_pattern(sed.out);
	if (command->output) put_pattern(command->output->file);
}

static void list_pattern(void) {
	static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
	int column = 0;
	for (size_t i = 0; i < sed.pattern.length; i++) {
		unsigned char c = (unsigned char)sed.pattern.data[i];
		char text[8];
		const char *place = c ? strchr(values, c) : NULL;
		if (place) snprintf(text, sizeof text, "\\%c", letters[place - values]);
		else snprintf(text, sizeof text, isprint(c) ? "%c" : "\\%03o", c);
		if (column + (int)strlen(text) > 69) {
			fputs("\\\n", sed.out);
			column = 0;
		}
		fputs(text, sed.out);
		column += (int)strlen(text);
	}
	fputs("$\n", sed.out);
}

static void keep_append(char kind, const char *text) {
	buffer_char(&sed.append, kind);
	buffer_add(&sed.append, text, strlen(text) + 1);
}

enum outcome { END_CYCLE, DELETED, RESTART };

static void end_cycle_output(void) {
	if (!sed.script->quiet) put_pattern(sed.out);
	flush_append();
}

static enum outcome run_script(void) {
	for (size_t i = 0; i < sed.script->count; i++) {
		struct command *command = &sed.script->list[i];
		if (command->name == '}' || command->name == ':') continue;
		if (applies(command) == command->negated) {
			if (command->name == '{') i = command->target;
			continue;
		}
		struct buffer swapped;
		char *newline;
		switch (command->name) {
		case '=': complete(sed.out); fprintf(sed.out, "%llu\n", sed.line); break;
		case 'a': keep_append('a', command->text); break;
		case 'r': keep_append('r', command->text); break;
		case 'i': complete(sed.out); fputs(command->text, sed.out); break;
		case 'c':
			complete(sed.out);
			if (!command->in_range || command->negated) fputs(command->text, sed.out);
			return DELETED;
		case 'b': i = command->target; break;
		case 't':
			if (sed.substituted) i = command->target;
			sed.substituted = false;
			break;
		case 'T':
			if (!sed.substituted) i = command->target;
			sed.substituted = false;
			break;
		case 'd': return DELETED;
		case 'D':
			newline = memchr(sed.pattern.data, '\n', sed.pattern.length);
			if (!newline) return DELETED;
			sed.pattern.length -= (size_t)(newline + 1 - sed.pattern.data);
			memmove(sed.pattern.data, newline + 1, sed.pattern.length + 1);
			return RESTART;
		case 'g':
			sed.pattern.length = 0;
			buffer_add(&sed.pattern, sed.hold.data ? sed.hold.data : "", sed.hold.length);
			break;
		case 'G':
			buffer_char(&sed.pattern, '\n');
			buffer_add(&sed.pattern, sed.hold.data ? sed.hold.data : "", sed.hold.length);
			break;
		case 'h':
			sed.hold.length = 0;
			buffer_add(&sed.hold, sed.pattern.data, sed.pattern.length);
			break;
		case 'H':
			buffer_char(&sed.hold, '\n');
			buffer_add(&sed.hold, sed.pattern.data, sed.pattern.length);
			break;
		case 'x':
			swapped = sed.hold;
			sed.hold = sed.pattern;
			sed.pattern = swapped;
			buffer_add(&sed.pattern, "", 0);
			break;
		case 'l': complete(sed.out); list_pattern(); break;
		case 'n':
			if (!peek()) {
				/* GNU and busybox: without a next line the pattern space is printed, then sed ends */
				sed.quit = true;
				return END_CYCLE;
			}
			end_cycle_output();
			read_line(false);
			break;
		case 'N':
			if (!peek()) {
				sed.quit = true;
				return END_CYCLE;
			}
			flush_append();
			read_line(true);
			break;
		case 'p': put_pattern(sed.out); break;
		case 'P':
			newline = memchr(sed.pattern.data, '\n', sed.pattern.length);
			put(sed.pattern.data, newline ? (size_t)(newline - sed.pattern.data) : sed.pattern.length, true, sed.out);
			break;
		case 'q': case 'Q':
			sed.quit = true;
			sed.status = command->status;
			return command->name == 'q' ? END_CYCLE : DELETED;
		case 's': substitute(command); break;
		case 'w': put_pattern(command->output->file); break;
		case 'y':
			for (size_t j = 0; j < sed.pattern.length; j++) sed.pattern.data[j] = command->text[(unsigned char)sed.pattern.data[j]];
			break;
		case 'z': sed.pattern.length = 0; buffer_add(&sed.pattern, "", 0); break;
		default: break; /* { goes on inside */
		}
	}
	return END_CYCLE;
}

static void run_cycles(void) {
	bool restart = false;
	while (!sed.quit && (restart || read_line(false))) {
		sed.substituted = restart && sed.substituted;
		enum outcome outcome = run_script();
		if (outcome == END_CYCLE) end_cycle_output();
		else flush_append();
		restart = outcome == RESTART;
	}
}

int sed_run(struct script *script, char **files) {
	static char dash[] = "-";
	char *only[] = {dash, NULL};
	sed.script = script;
	sed.files = *files ? files : only;
	sed.out = stdout;
	buffer_add(&sed.pattern, "", 0);
	while (!sed.quit && open_next()) {
		if (script->separate) sed.line = 0;
		run_cycles();
		if (script->in_place && sed.quit) { /* q: the rest of the file stays as it is */
			do {
				if (sed.have_next) put(sed.next.data, sed.next.length, sed.next_ended, sed.out);
				sed.have_next = false;
			} while (peek());
		}
		if (sed.open) close_current();
		finish_in_place();
	}
	for (struct output *each = script->outputs; each && each->name; each++)
		if (each->file != stdout && each->file != stderr && fclose(each->file) != 0) sed.status = warn_errno("couldn't write %s",
			each->name) * 4;
	return sed.status;
}
