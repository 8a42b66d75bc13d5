/* patch: unified differences. A hunk may have moved (offset), and may match without its outer lines (fuzz). */
#include "box.h"

struct line {
	const char *text; /* with its newline, if it has one */
	size_t length;
	char kind; /* of a hunk: ' ', '-' or '+' */
};
struct lines {
	struct line *list;
	size_t count, capacity;
};
struct hunk {
	struct lines lines;
	size_t old_start, old_count, new_start, new_count, before, after; /* before, after: lines of context at the ends */
};
static struct {
	bool reverse, quiet, dry, backup, remove_empty;
	long strip; /* -1: all but the last name */
	size_t fuzz;
	const char *output;
	struct lines input; /* the patch */
	size_t at;
	int status;
} patch;

static void add_line(struct lines *lines, const char *text, size_t length, char kind) {
	lines->list = grow(lines->list, lines->count, &lines->capacity, sizeof *lines->list);
	lines->list[lines->count++] = (struct line){text, length, kind};
}

static void split_lines(struct lines *lines, const char *text, size_t length) {
	for (const char *end = text + length; text < end;) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t size = stop ? (size_t)(stop - text) + 1 : (size_t)(end - text);
		add_line(lines, text, size, ' ');
		text += size;
	}
}

static bool begins(const char *prefix) {
	const struct line *line = &patch.input.list[patch.at];
	return patch.at < patch.input.count && line->length >= strlen(prefix) && memcmp(line->text, prefix, strlen(prefix)) == 0;
}

/* The file named by "--- NAME<tab>…", without as many of its folders as -p says; NULL: /dev/null. */
static char *header_name(const struct line *line) {
	const char *name = line->text + 4, *end = line->text + line->length;
	const char *stop = name;
	while (stop < end && *stop != '\t' && *stop != '\n' && *stop != '\r') stop++;
	if (stop - name == 9 && memcmp(name, "/dev/null", 9) == 0) return NULL;
	for (long left = patch.strip; left != 0; left--) {
		const char *slash = memchr(name, '/', (size_t)(stop - name));
		if (!slash) break;
		name = slash + 1;
		while (name < stop && *name == '/') name++;
	}
	return xstrndup(name, (size_t)(stop - name));
}

/* Never out of the folder we are in. */
static bool is_safe(const char *name) {
	if (*name == '/' || *name == '\0') return false;
	for (const char *at = name; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
		if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || !at[2])) return false;
	return true;
}

static bool read_range(const char **at, size_t *start, size_t *count) {
	char *end;
	*start = strtoul(*at, &end, 10);
	if (end == *at) return false;
	*count = 1;
	if (*end == ',') {
		const char *from = end + 1;
		*count = strtoul(from, &end, 10);
		if (end == from) return false;
	}
	*at = end;
	return true;
}

static _Noreturn void malformed(void) {
	die(2, "**** malformed patch at line %zu", patch.at + 1);
}

static void read_hunk(struct hunk *hunk) {
	*hunk = (struct hunk){0};
	const struct line *head = &patch.input.list[patch.at];
	char *text = xstrndup(head->text, head->length);
	const char *at = text + 4;
	if (!read_range(&at, &hunk->old_start, &hunk->old_count) || strncmp(at, " +", 2) != 0) malformed();
	at += 2;
	if (!read_range(&at, &hunk->new_start, &hunk->new_count) || strncmp(at, " @@", 3) != 0) malformed();
	free(text);
	patch.at++;
	size_t old = 0, new = 0;
	while (old < hunk->old_count || new < hunk->new_count) {
		if (patch.at == patch.input.count) die(2, "**** unexpected end of file in patch");
		const struct line *line = &patch.input.list[patch.at];
		char kind = *line->text;
		if (kind == '\n' || kind == '\t') add_line(&hunk->lines, line->text, line->length, kind = ' '); /* a mailer took the blank */
		else if (strchr(" +-", kind)) add_line(&hunk->lines, line->text + 1, line->length - 1, kind);
		else if (kind != '\\') malformed();
		else if (hunk->lines.count) hunk->lines.list[hunk->lines.count - 1].length--;
		old += kind == ' ' || kind == '-';
		new += kind == ' ' || kind == '+';
		patch.at++;
	}
	if (old > hunk->old_count || new > hunk->new_count) malformed();
	if (begins("\\")) {
		if (hunk->lines.count) hunk->lines.list[hunk->lines.count - 1].length--;
		patch.at++;
	}
	if (patch.reverse) {
		size_t start = hunk->old_start, count = hunk->old_count;
		hunk->old_start = hunk->new_start;
		hunk->old_count = hunk->new_count;
		hunk->new_start = start;
		hunk->new_count = count;
		for (size_t i = 0; i < hunk->lines.count; i++) {
			char *kind = &hunk->lines.list[i].kind;
			*kind = *kind == '+' ? '-' : *kind == '-' ? '+' : ' ';
		}
	}
	while (hunk->before < hunk->lines.count && hunk->lines.list[hunk->before].kind == ' ') hunk->before++;
	while (hunk->after < hunk->lines.count && hunk->lines.list[hunk->lines.count - 1 - hunk->after].kind == ' ') hunk->after++;
	if (hunk->old_count == 0) hunk->old_start++; /* "after line N" */
}

/* Do the old lines, without `head` and `tail` of them, stand at this line (from 1) of the file? */
static bool matches(const struct hunk *hunk, const struct lines *file, long at, size_t head, size_t tail) {
	if (at < 1 || (size_t)at + hunk->old_count - tail > file->count + 1) return false;
	size_t old = 0;
	for (size_t i = 0; i < hunk->lines.count; i++) {
		const struct line *line = &hunk->lines.list[i];
		if (line->kind == '+') continue;
		size_t index = old++;
		if (index < head || index >= hunk->old_count - tail) continue;
		const struct line *there = &file->list[(size_t)at - 1 + index];
		if (there->length != line->length || memcmp(there->text, line->text, line->length) != 0) return false;
	}
	return true;
}

/* The line where the hunk applies, or 0. first: the first line that no hunk before has touched. */
static long locate(const struct hunk *hunk, const struct lines *file, long guess, long first, size_t fuzz, size_t *head, size_t *tail) {
	size_t context = hunk->before > hunk->after ? hunk->before : hunk->after;
	long before = (long)(fuzz + hunk->before) - (long)context, after = (long)(fuzz + hunk->after) - (long)context;
	*head = before > 0 ? (size_t)before : 0;
	*tail = after > 0 ? (size_t)after : 0;
	if (hunk->old_count == 0) return guess <= (long)file->count + 1 && (guess > 1 || file->count == 0 || hunk->old_start > 1) ? guess : 0;
	if (before < 0 && hunk->old_start <= 1) /* less context before than after: it stood at the start */
		return first <= 1 && matches(hunk, file, 1, 0, *tail) ? 1 : 0;
	if (after < 0) { /* … at the end */
		long at = (long)file->count - (long)hunk->old_count + 1;
		return at >= first && matches(hunk, file, at, *head, 0) ? at : 0;
	}
	for (long offset = 0; offset <= (long)file->count + guess; offset++) {
		if (guess + offset >= first && matches(hunk, file, guess + offset, *head, *tail)) return guess + offset;
		if (offset && guess - offset >= first && matches(hunk, file, guess - offset, *head, *tail)) return guess - offset;
	}
	return 0;
}

static void put_range(FILE *to, size_t start, size_t count) {
	if (count == 1) fprintf(to, "%zu", start);
	else fprintf(to, "%zu,%zu", start, count);
}

static void put_hunk(FILE *to, const struct hunk *hunk) {
	fputs("@@ -", to);
	put_range(to, hunk->old_start - (hunk->old_count == 0), hunk->old_count);
	fputs(" +", to);
	put_range(to, hunk->new_start, hunk->new_count);
	fputs(" @@\n", to);
	for (size_t i = 0; i < hunk->lines.count; i++) {
		const struct line *line = &hunk->lines.list[i];
		fputc(line->kind, to);
		fwrite(line->text, 1, line->length, to);
		if (line->length == 0 || line->text[line->length - 1] != '\n') fputs("\n\\ No newline at end of file\n", to);
	}
}

struct target {
	const char *name;
	struct lines old;
	struct buffer made;
	size_t copied; /* lines of old that are in made, or replaced */
	long moved; /* by how much the last hunk had moved */
	size_t hunks, failed;
	bool inexact;
	struct buffer rejects;
};

static void copy_until(struct target *target, size_t line) {
	for (; target->copied < line; target->copied++) buffer_add(&target->made, target->old.list[target->copied].text,
		target->old.list[target->copied].length);
}

static void apply(struct target *target, const struct hunk *hunk) {
	size_t fuzz = 0, head = 0, tail = 0, context = hunk->before > hunk->after ? hunk->before : hunk->after;
	long guess = (long)hunk->old_start + target->moved, at = 0;
	target->hunks++;
	for (; fuzz <= patch.fuzz && (fuzz <= context || fuzz == 0); fuzz++)
		if ((at = locate(hunk, &target->old, guess, (long)target->copied + 1, fuzz, &head, &tail))) break;
	if (!at) {
		target->failed++;
		if (!patch.quiet) printf("Hunk #%zu FAILED at %zu.\n", target->hunks, hunk->old_start);
		char *text = NULL;
		size_t size = 0;
		FILE *to = open_memstream(&text, &size);
		if (!to) die_errno(2, "rejects");
		put_hunk(to, hunk);
		fclose(to);
		buffer_add(&target->rejects, text, size);
		free(text);
		return;
	}
	long offset = at - (long)hunk->old_start;
	if (fuzz || offset) target->inexact = true;
	if ((fuzz || offset) && !patch.quiet) {
		printf("Hunk #%zu succeeded at %ld", target->hunks, at + (long)hunk->new_start - (long)hunk->old_start);
		if (fuzz) printf(" with fuzz %zu", fuzz);
		if (offset) printf(" (offset %ld line%s)", offset, offset == 1 || offset == -1 ? "" : "s");
		puts(".");
	}
	target->moved = offset;
	copy_until(target, (size_t)at - 1 + head);
	size_t old = 0;
	for (size_t i = 0; i < hunk->lines.count; i++) {
		const struct line *line = &hunk->lines.list[i];
		bool outer = line->kind == ' ' && (old < head || old >= hunk->old_count - tail); /* the file has its own there */
		if (line->kind != '-' && !outer) buffer_add(&target->made, line->text, line->length);
		if (line->kind != '+') old++;
	}
	target->copied = (size_t)at - 1 + hunk->old_count - tail;
}

static void write_file(const char *path, const struct buffer *text, mode_t mode) {
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0 || !write_all(fd, text->data ? text->data : "", text->length) || close(fd) != 0) die_errno(2, "**** can't write %s", path);
}

/* Removes the file, and the folders that are empty then. */
static void remove_file(const char *path) {
	if (unlink(path) != 0) die_errno(2, "**** can't remove file %s", path);
	char *above = xstrdup(path);
	for (char *slash; (slash = strrchr(above, '/'));) {
		*slash = '\0';
		if (rmdir(above) != 0) break;
	}
	free(above);
}

static void save_rejects(const struct target *target, const struct line *old, const struct line *new) {
	printf("%zu out of %zu hunk%s FAILED", target->failed, target->hunks, target->hunks == 1 ? "" : "s");
	patch.status = 1;
	if (patch.dry) {
		putchar('\n');
		return;
	}
	char *path = format_text("%s.rej", target->name);
	printf(" -- saving rejects to file %s\n", path);
	struct buffer text = {0};
	buffer_text(&text, "--- ");
	buffer_add(&text, old->text + 4, old->length - 4);
	buffer_text(&text, "+++ ");
	buffer_add(&text, new->text + 4, new->length - 4);
	buffer_add(&text, target->rejects.data, target->rejects.length);
	write_file(path, &text, 0666);
	free(text.data);
	free(path);
}

/* One file's difference, from its "---" line on. */
static void patch_file(const char *operand) {
	const struct line *old = &patch.input.list[patch.at], *new = old + 1;
	char *from = header_name(old), *to = header_name(new);
	if (patch.reverse) {
		char *other = from;
		from = to;
		to = other;
		const struct line *line = old;
		old = new;
		new = line;
	}
	const char *name = operand ? operand : from && (!to || access(from, F_OK) == 0 || access(to, F_OK) != 0) ? from : to;
	if (!name) die(2, "**** a patch without a file name at line %zu", patch.at + 1);
	if (!operand && !is_safe(name)) die(2, "**** the name %s leads out of this folder", name);
	struct target target = {.name = name};
	struct stat st = {.st_mode = 0666 & ~current_umask()};
	size_t length = 0;
	bool there = stat(name, &st) == 0;
	char *text = there ? read_file(name, &length) : NULL;
	if (there && !text) die_errno(2, "**** can't open file %s", name);
	if (!there && from && !patch.output) die(2, "can't find file to patch: %s", name);
	split_lines(&target.old, text ? text : "", length);
	if (!patch.quiet) printf(patch.dry ? "checking file %s\n" : "patching file %s\n", name);
	for (patch.at += 2; begins("@@ -");) {
		struct hunk hunk;
		read_hunk(&hunk);
		apply(&target, &hunk);
		free(hunk.lines.list);
	}
	if (target.hunks == 0) malformed();
	copy_until(&target, target.old.count);
	if (target.failed) save_rejects(&target, old, new);
	if (!patch.dry) {
		const char *result = patch.output ? patch.output : name;
		char *kept = format_text("%s.orig", name);
		if (there && !patch.output && (patch.backup || target.inexact || target.failed)) {
			const struct buffer before = {.data = text, .length = length};
			write_file(kept, &before, st.st_mode & 0777);
		}
		free(kept);
		char *parent = directory_name(result);
		if (!there && !make_directories(parent, 0777, false)) exit(2);
		free(parent);
		if (target.made.length == 0 && there && !target.failed && (!to || patch.remove_empty)) remove_file(result);
		else if (target.failed < target.hunks || patch.output) write_file(result, &target.made, st.st_mode & 0777);
	}
	free(text);
	free(from);
	free(to);
	free(target.old.list);
	free(target.made.data);
	free(target.rejects.data);
}

int patch_main(int argc, char **argv) {
	static const struct long_option names[] = {{"strip", 'p'}, {"reverse", 'R'}, {"input", 'i'}, {"directory", 'd'}, {"output", 'o'},
		{"dry-run", '\1'}, {"quiet", 's'}, {"silent", 's'}, {"backup", 'b'}, {"remove-empty-files", 'E'}, {"fuzz", 'F'}, {"unified", 'u'},
		{NULL, 0}};
	struct options parsed;
	const char *input = "-", *directory = NULL;
	usage_status = 2;
	patch.strip = -1;
	patch.fuzz = 2;
	options_start(&parsed, argc, argv, "p:Ri:d:o:sbEF:u\1", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'p': patch.strip = (long)need_number(parsed.argument); break;
		case 'R': patch.reverse = true; break;
		case 'i': input = parsed.argument; break;
		case 'd': directory = parsed.argument; break;
		case 'o': patch.output = parsed.argument; break;
		case 's': patch.quiet = true; break;
		case 'b': patch.backup = true; break;
		case 'E': patch.remove_empty = true; break;
		case 'F': patch.fuzz = (size_t)need_number(parsed.argument); break;
		case 'u': break;
		default: patch.dry = true;
		}
	if (parsed.argc > 2) usage_error("extra operand '%s'", parsed.argv[2]);
	if (parsed.argc == 2) input = parsed.argv[1];
	if (directory && chdir(directory) != 0) die_errno(2, "**** can't change to directory %s", directory);
	int fd = open_input(input);
	if (fd < 0) return 2;
	size_t length;
	char *text = read_fd(fd, &length);
	if (!text) die_errno(2, "%s", input);
	split_lines(&patch.input, text, length);
	bool any = false;
	while (patch.at < patch.input.count) {
		if (begins("--- ") && ++patch.at < patch.input.count && begins("+++ ")) {
			patch.at--;
			patch_file(parsed.argc ? parsed.argv[0] : NULL);
			any = true;
		} else patch.at++;
	}
	if (!any) die(2, "**** Only garbage was found in the patch input.");
	return patch.status;
}
