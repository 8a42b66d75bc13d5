/* The table of builtins, and what a name means: type, command -v, command -V. */
#include "sh.h"
#include <string.h>
#include <unistd.h>

/* One line about a name; 127 when it is nothing. path NULL: the shell's own. */
static int describe_command(const char *name, bool verbose, const char *path)
{
	if (verbose)
		buf_text(&out, name);
	if (is_keyword(name)) {
		buf_text(&out, verbose ? " is a shell keyword\n" : name);
	} else if (alias_find(name) != NULL) {
		if (verbose) {
			format_text(&out, " is an alias for %s\n", alias_find(name)->value);
		} else {
			format_text(&out, "alias %s=", name);
			quote_single(&out, alias_find(name)->value);
		}
	} else {
		const struct builtin *b = builtin_find(name);
		int error;
		bool special = b != NULL && (b->flags & BUILTIN_SPECIAL) != 0;
		if (function_find(name) != NULL && !special) {
			buf_text(&out, verbose ? " is a shell function\n" : name);
		} else if (b != NULL) {
			buf_text(&out, !verbose ? name : special ? " is a special shell builtin\n" : " is a shell builtin\n");
		} else {
			bool tracked = path == NULL && path_hashed(name);
			const char *file = strchr(name, '/') != NULL ? (access(name, X_OK) == 0 ? name : NULL) :
				path_find(name, path == NULL ? var_get("PATH") : path, &error);
			if (file == NULL) {
				if (verbose)
					buf_text(&out, ": not found\n");
				return 127;
			}
			if (verbose)
				format_text(&out, " is%s %s\n", tracked ? " a tracked alias for" : "", file);
			else
				buf_text(&out, file);
		}
	}
	if (!verbose)
		buf_char(&out, '\n');
	return 0;
}

static int builtin_command(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option, wanted = 0;
	const char *path = NULL;
	(void)argc;
	while ((option = next_option(&scan, "pvV")) != 0) {
		if (scan.failed)
			return 2;
		if (option == 'p')
			path = default_path;
		else
			wanted = option;
	}
	if (wanted == 0)
		return 0;
	return *scan.argv == NULL ? 0 : describe_command(*scan.argv, wanted == 'V', path);
}

/* Sorted by name for the search. */
static const struct builtin table[] = {
	{".", builtin_dot, BUILTIN_SPECIAL},
	{":", builtin_colon, BUILTIN_SPECIAL},
	{"[", builtin_test, 0},
	{"alias", builtin_alias, BUILTIN_ASSIGN},
	{"bg", builtin_bg, 0},
	{"break", builtin_break, BUILTIN_SPECIAL},
	{"cd", builtin_cd, 0},
	{"chdir", builtin_cd, 0},
	{"command", builtin_command, 0},
	{"continue", builtin_break, BUILTIN_SPECIAL},
	{"echo", builtin_echo, 0},
	{"eval", builtin_eval, BUILTIN_SPECIAL},
	{"exec", builtin_exec, BUILTIN_SPECIAL},
	{"exit", builtin_exit, BUILTIN_SPECIAL},
	{"export", builtin_export, BUILTIN_SPECIAL | BUILTIN_ASSIGN},
	{"false", builtin_false, 0},
	{"fc", builtin_fc, 0},
	{"fg", builtin_fg, 0},
	{"getopts", builtin_getopts, 0},
	{"hash", builtin_hash, 0},
	{"history", builtin_history, 0},
	{"jobs", builtin_jobs, 0},
	{"kill", builtin_kill, 0},
	{"local", builtin_local, BUILTIN_SPECIAL | BUILTIN_ASSIGN},
	{"printf", builtin_printf, 0},
	{"pwd", builtin_pwd, 0},
	{"read", builtin_read, 0},
	{"readonly", builtin_export, BUILTIN_SPECIAL | BUILTIN_ASSIGN},
	{"return", builtin_return, BUILTIN_SPECIAL},
	{"set", builtin_set, BUILTIN_SPECIAL},
	{"shift", builtin_shift, BUILTIN_SPECIAL},
	{"test", builtin_test, 0},
	{"times", builtin_times, BUILTIN_SPECIAL},
	{"trap", builtin_trap, BUILTIN_SPECIAL},
	{"true", builtin_colon, 0},
	{"type", builtin_type, 0},
	{"ulimit", builtin_ulimit, 0},
	{"umask", builtin_umask, 0},
	{"unalias", builtin_unalias, 0},
	{"unset", builtin_unset, BUILTIN_SPECIAL},
	{"wait", builtin_wait, 0},
};

const char *builtin_name(size_t index)
{
	return index < sizeof table / sizeof *table ? table[index].name : NULL;
}

const struct builtin *builtin_find(const char *name)
{
	size_t low = 0, high = sizeof table / sizeof *table;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, table[middle].name);
		if (order == 0)
			return &table[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

int builtin_type(int argc, char **argv)
{
	int status = 0;
	for (int i = 1; i < argc; i++)
		status |= describe_command(argv[i], true, NULL);
	return status;
}
