/* Pathname expansion: a field with * ? or [ becomes the sorted names that match, or stays as it is. */
#include "sh.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The pattern without its backslashes. */
static void plain(struct buf *to, const char *pattern, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (pattern[i] == '\\' && i + 1 < len)
			i++;
		buf_char(to, pattern[i]);
	}
}

static void found(struct fields *f, struct buf *path)
{
	struct stat st;
	if (lstat(buf_cstr(path), &st) == 0)
		fields_add(f, temp_copy(path->data, path->len));
}

/* `path` is what has been matched; `pattern` is the rest, at the start of a component. */
static void walk(struct fields *f, struct buf *path, const char *pattern)
{
	size_t base = path->len;
	while (*pattern == '/')
		buf_char(path, *pattern++);
	size_t len = strcspn(pattern, "/");
	const char *rest = pattern + len;
	char *component = must_alloc(NULL, len + 1);
	memcpy(component, pattern, len);
	component[len] = '\0';
	if (!pattern_has_magic(component)) {
		plain(path, component, len);
		if (*rest == '\0')
			found(f, path);
		else
			walk(f, path, rest);
		free(component);
		path->len = base;
		return;
	}
	DIR *directory = opendir(path->len == 0 ? "." : buf_cstr(path));
	size_t here = path->len;
	struct dirent *entry;
	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		const char *name = entry->d_name;
		bool hidden_wanted = component[0] == '.' || (component[0] == '\\' && component[1] == '.');
		if ((name[0] == '.' && !hidden_wanted) || !pattern_match(component, name, name + strlen(name)))
			continue;
		buf_text(path, name);
		if (*rest == '\0')
			fields_add(f, temp_copy(path->data, path->len));
		else
			walk(f, path, rest);
		path->len = here;
	}
	if (directory != NULL)
		closedir(directory);
	free(component);
	path->len = base;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One field: bytes [from, to) of `e`. */
void glob_add(struct fields *f, const struct expanded *e, size_t from, size_t to)
{
	if (!opt('f')) {
		bool maybe = false;
		for (size_t i = from; i < to && !maybe; i++)
			maybe = e->attributes.data[i] != ATTR_QUOTED && e->bytes.data[i] != '\0' && strchr("*?[", e->bytes.data[i]) != NULL;
		if (maybe) {
			size_t before = f->count;
			struct buf path = {0};
			char *pattern = pattern_of(e, from, to);
			if (pattern_has_magic(pattern))
				walk(f, &path, pattern);
			buf_free(&path);
			if (f->count > before) {
				qsort(f->items + before, f->count - before, sizeof *f->items, by_text);
				return;
			}
		}
	}
	char *text = temp_alloc(to - from + 1);
	size_t len = 0;
	for (size_t i = from; i < to; i++)
		if (e->attributes.data[i] != ATTR_EMPTY)
			text[len++] = e->bytes.data[i];
	text[len] = '\0';
	fields_add(f, text);
}
