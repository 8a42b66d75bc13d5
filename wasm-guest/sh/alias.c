/* Aliases: the table and its two builtins. The lexer pushes an alias's text as input. */
#include "sh.h"
#include <stdlib.h>
#include <string.h>

static struct alias *aliases; /* sorted by name */

struct alias *alias_find(const char *name)
{
	for (struct alias *a = aliases; a != NULL; a = a->next)
		if (text_is(a->name, name))
			return a;
	return NULL;
}

const char *alias_name(size_t index)
{
	struct alias *a = aliases;
	while (a != NULL && index-- > 0)
		a = a->next;
	return a == NULL ? NULL : a->name;
}

static void discard(struct alias *a)
{
	if (a->in_use) {
		a->dead = true; /* its text is being read: input_pop frees it */
		return;
	}
	free(a->name);
	free(a->value);
	free(a);
}

static bool remove_alias(const char *name)
{
	for (struct alias **at = &aliases; *at != NULL; at = &(*at)->next) {
		if (!text_is((*at)->name, name))
			continue;
		struct alias *a = *at;
		*at = a->next;
		discard(a);
		return true;
	}
	return false;
}

static void define(const char *name, size_t name_len, const char *value)
{
	char *copy = must_alloc(NULL, name_len + 1);
	memcpy(copy, name, name_len);
	copy[name_len] = '\0';
	(void)remove_alias(copy);
	struct alias *a = must_alloc(NULL, sizeof *a);
	*a = (struct alias){.name = copy, .value = copy_text(value)};
	struct alias **at = &aliases;
	while (*at != NULL && strcmp((*at)->name, copy) < 0)
		at = &(*at)->next;
	a->next = *at;
	*at = a;
}

static void print(const struct alias *a)
{
	buf_text(&out, a->name);
	buf_char(&out, '=');
	quote_single(&out, a->value);
	buf_char(&out, '\n');
}

int builtin_alias(int argc, char **argv)
{
	int status = 0;
	if (argc == 1)
		for (const struct alias *a = aliases; a != NULL; a = a->next)
			print(a);
	for (int i = 1; i < argc; i++) {
		const char *equals = argv[i][0] == '\0' ? NULL : strchr(argv[i] + 1, '=');
		if (equals != NULL) {
			define(argv[i], (size_t)(equals - argv[i]), equals + 1);
			continue;
		}
		const struct alias *a = alias_find(argv[i]);
		if (a != NULL) {
			print(a);
			continue;
		}
		struct buf b = {0};
		format_text(&b, "alias: %s not found\n", argv[i]);
		write_error(&b);
		status = 1;
	}
	return status;
}

int builtin_unalias(int argc, char **argv)
{
	(void)argc;
	struct option_scan scan = {.argv = argv + 1};
	int option, status = 0;
	while ((option = next_option(&scan, "a")) != 0) {
		if (scan.failed)
			return 2;
		while (aliases != NULL)
			(void)remove_alias(aliases->name);
		return 0;
	}
	for (char **name = scan.argv; *name != NULL; name++) {
		if (remove_alias(*name))
			continue;
		struct buf b = {0};
		format_text(&b, "unalias: %s not found\n", *name);
		write_error(&b);
		status = 1;
	}
	return status;
}
