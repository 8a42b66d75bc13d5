/* The tab key: commands, files and variables that begin as the word before the cursor does. */
#include "edit.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct candidates {
	char **names; /* temp memory */
	size_t count, capacity;
};
/* What stands before the cursor. */
struct context {
	size_t start; /* of the word in the line */
	char quote; /* that is open: ' " or 0 */
	bool command; /* a command is expected here */
	bool folders; /* the command takes folders only */
	struct buf literal; /* the word without its quotes, simple parameters expanded */
	size_t variable; /* where the name of a parameter begins that ends at the cursor, or 0 */
};

static void add(struct candidates *c, const char *name)
{
	if (c->count == c->capacity) {
		size_t capacity = c->capacity == 0 ? 32 : c->capacity * 2;
		char **names = temp_alloc(capacity * sizeof *names);
		if (c->count > 0)
			memcpy(names, c->names, c->count * sizeof *names);
		c->names = names;
		c->capacity = capacity;
	}
	c->names[c->count++] = temp_copy(name, strlen(name));
}

static bool begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* After these a command follows. */
static bool leads_command(const char *word, size_t len)
{
	static const char *const words[] = {"!", "{", "do", "elif", "else", "if", "then", "until", "while", "exec", "command", "nohup", "time"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
			return true;
	size_t name = name_length(word);
	return name > 0 && name < len && word[name] == '=';
}

static bool takes_folders(const char *word, size_t len)
{
	return (len == 2 && memcmp(word, "cd", 2) == 0) || (len == 5 && memcmp(word, "rmdir", 5) == 0);
}

/* A word has ended: what may come next. */
static void end_word(struct context *c, const char *word, size_t len, bool redirected)
{
	if (len == 0 || redirected)
		return;
	if (!c->command || leads_command(word, len))
		return;
	c->command = false;
	c->folders = takes_folders(word, len);
}

/* From the start of the line: where the word begins, in which quotes it is, and whether it is a command's name. */
static void find_word(struct context *c, const char *text, size_t at)
{
	bool redirected = false;
	c->command = true;
	for (size_t i = 0; i < at; i++) {
		char byte = text[i];
		if (c->quote == '\'' ? byte == '\'' : c->quote == '"' && byte == '"') {
			c->quote = '\0';
		} else if (c->quote == '\'') {
			continue;
		} else if (byte == '\\') {
			i++;
		} else if (byte == '`' || (byte == '(' && (c->quote == '\0' || (i > 0 && text[i - 1] == '$')))) {
			*c = (struct context){.start = i + 1, .command = true};
			redirected = false;
		} else if (c->quote == '"') {
			continue;
		} else if (byte == '\'' || byte == '"') {
			c->quote = byte;
		} else if (strchr(" \t\n;|&()<>", byte) != NULL) {
			end_word(c, text + c->start, i - c->start, redirected);
			if (i > c->start)
				redirected = false;
			if (byte == '<' || byte == '>')
				redirected = true;
			else if (byte == '\n' || ((byte == ';' || byte == '|' || byte == '&') && !(i > 0 && text[i - 1] == '>'))) {
				c->command = true;
				c->folders = redirected = false;
			}
			c->start = i + 1;
		}
	}
	if (redirected)
		c->command = c->folders = false;
}

static size_t put_parameter(struct context *c, const char *text, size_t at, size_t end)
{
	bool brace = at + 1 < end && text[at + 1] == '{';
	size_t from = at + 1 + brace, to = from;
	while (to < end && (to == from ? name_start((unsigned char)text[to]) : name_char((unsigned char)text[to])))
		to++;
	if (to == end) {
		c->variable = from;
		return to;
	}
	const char *value = to == from ? NULL : var_get(temp_copy(text + from, to - from));
	if (value == NULL || (brace && text[to] != '}')) {
		buf_char(&c->literal, '$');
		return at + 1;
	}
	buf_text(&c->literal, value);
	return to + brace;
}

static void read_word(struct context *c, const char *text, size_t end)
{
	char quote = '\0';
	/* name=FILE and --option=FILE: the part behind counts. */
	for (size_t i = c->start; i < end && !c->command; i++)
		if (text[i] == '=' && i > c->start && strcspn(text + c->start, "'\"\\$") > i - c->start)
			c->start = i + 1;
	size_t i = c->start;
	if (i < end && text[i] == '~') {
		size_t len = strcspn(text + i, "/");
		if (i + len < end) {
			struct expanded e = {0};
			expand_tilde(&e, text + i, len, false, EXPAND_TILDE);
			if (e.bytes.len > 0 && e.bytes.data[0] == '/') {
				buf_bytes(&c->literal, e.bytes.data, e.bytes.len);
				i += len;
			}
			expanded_free(&e);
		}
	}
	while (i < end) {
		char byte = text[i];
		if (quote == '\0' ? byte == '\'' || byte == '"' : byte == quote) {
			quote = quote == '\0' ? byte : '\0';
			i++;
		} else if (byte == '\\' && quote != '\'' && i + 1 < end) {
			if (quote == '"' && strchr("\"$`\\", text[i + 1]) == NULL)
				buf_char(&c->literal, byte);
			buf_char(&c->literal, text[i + 1]);
			i += 2;
		} else if (byte == '$' && quote != '\'') {
			i = put_parameter(c, text, i, end);
		} else {
			buf_char(&c->literal, byte);
			i++;
		}
	}
}

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_program(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

enum kind { ALL_FILES, FOLDERS, PROGRAMS, PROGRAMS_AND_FOLDERS };

static void add_files(struct candidates *c, const char *folder, const char *start, enum kind kind)
{
	DIR *d = opendir(*folder == '\0' ? "." : folder);
	if (d == NULL)
		return;
	for (struct dirent *e; (e = readdir(d)) != NULL;) {
		const char *name = e->d_name;
		if (!begins(name, start) || (name[0] == '.' && (start[0] != '.' || name[1] == '\0' || text_is(name, ".."))))
			continue;
		struct mark m = temp_mark();
		struct buf path = {0};
		format_text(&path, "%s%s", folder, name);
		bool wanted = kind == ALL_FILES || (kind != PROGRAMS && is_folder(buf_cstr(&path))) ||
			(kind != FOLDERS && is_program(buf_cstr(&path)));
		buf_free(&path);
		temp_release(m);
		if (wanted)
			add(c, name);
	}
	closedir(d);
}

static void add_commands(struct candidates *c, const char *start)
{
	const char *(*const lists[])(size_t) = {builtin_name, keyword_name, alias_name, function_name};
	for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
		const char *name;
		for (size_t i = 0; (name = lists[list](i)) != NULL; i++)
			if (begins(name, start))
				add(c, name);
	}
	const char *path = var_get("PATH");
	while (path != NULL) {
		size_t len = strcspn(path, ":");
		struct buf folder = {0};
		buf_bytes(&folder, path, len);
		if (len > 0)
			buf_char(&folder, '/');
		add_files(c, buf_cstr(&folder), start, PROGRAMS);
		buf_free(&folder);
		path = path[len] == '\0' ? NULL : path + len + 1;
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct candidates *c)
{
	size_t kept = 0;
	if (c->count > 1)
		qsort(c->names, c->count, sizeof *c->names, by_text);
	for (size_t i = 0; i < c->count; i++)
		if (kept == 0 || !text_is(c->names[i], c->names[kept - 1]))
			c->names[kept++] = c->names[i];
	c->count = kept;
}

/* How many bytes all of them share, in whole characters. */
static size_t common(const struct candidates *c)
{
	size_t len = strlen(c->names[0]);
	for (size_t i = 1; i < c->count; i++) {
		size_t n = 0;
		while (n < len && c->names[i][n] == c->names[0][n])
			n++;
		len = n;
	}
	while (len > 0 && ((unsigned char)c->names[0][len] & 0xc0) == 0x80)
		len--;
	return len;
}

static void insert_quoted(struct line *l, const char *bytes, size_t len, char quote)
{
	for (size_t i = 0; i < len; i++) {
		if (quote == '\'' && bytes[i] == '\'')
			line_insert(l, "'\\'", 3);
		else if (strchr(quote == '"' ? "\"$`\\" : quote == '\'' ? "" : " \t\\'\"$`&|;()<>*?[]#~=!{}", bytes[i]) != NULL)
			line_insert(l, "\\", 1);
		line_insert(l, bytes + i, 1);
	}
}

/* `again`: the key was pressed twice: shows all that could be meant. */
void complete(struct line *l, bool again)
{
	struct mark m = temp_mark();
	struct context c = {0};
	struct candidates found = {0};
	char *text = temp_copy(l->text.data, l->text.len);
	find_word(&c, text, l->at);
	text[l->at] = '\0';
	read_word(&c, text, l->at);
	const char *word = buf_cstr(&c.literal);
	const char *slash = strrchr(word, '/'), *start = slash == NULL ? word : slash + 1;
	struct buf folder = {0};
	buf_bytes(&folder, word, slash == NULL ? 0 : (size_t)(slash + 1 - word));
	if (c.variable > 0) {
		const char *name;
		start = text + c.variable;
		for (size_t i = 0; (name = var_name(i)) != NULL; i++)
			if (begins(name, start))
				add(&found, name);
	} else if (c.command && slash == NULL) {
		add_commands(&found, start);
	} else {
		add_files(&found, buf_cstr(&folder), start, c.command ? PROGRAMS_AND_FOLDERS : c.folders ? FOLDERS : ALL_FILES);
	}
	sort(&found);
	size_t typed = strlen(start), shared = found.count == 0 ? 0 : common(&found);
	if (shared > typed)
		insert_quoted(l, found.names[0] + typed, shared - typed, c.quote);
	if (found.count == 1 && c.variable > 0) {
		if (text[c.variable - 1] == '{')
			line_insert(l, "}", 1);
	} else if (found.count == 1) {
		buf_text(&folder, found.names[0]);
		bool is_dir = !(c.command && slash == NULL) && is_folder(buf_cstr(&folder));
		if (!is_dir && c.quote != '\0')
			line_insert(l, &c.quote, 1);
		line_insert(l, is_dir ? "/" : " ", 1);
	} else if (found.count > 1 && again) {
		screen_list(found.names, found.count, l);
	} else if (shared <= typed) {
		screen_bell();
	}
	buf_free(&folder);
	buf_free(&c.literal);
	temp_release(m);
}
