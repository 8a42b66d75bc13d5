/* rm, rmdir, unlink. */
#include "walk.h"

struct remove_options {
	bool recursive, force, interactive, verbose, directories;
};

/* Asks before it is removed where rm asks. */
static bool agreed(const struct visit *visit, const struct remove_options *options, bool guarded) {
	if (!options->interactive && !guarded) return true;
	return confirm(guarded ? "remove write-protected file '%s'? " : S_ISDIR(visit->st.st_mode) ? "remove directory '%s'? "
		: "remove '%s'? ", visit->path);
}

static bool has_entries(const char *path) {
	struct names names;
	if (!list_directory(path, &names)) return false;
	bool some = names.count > 0;
	names_free(&names);
	return some;
}

static void remove_one(struct visit *visit, const struct remove_options *options) {
	bool directory = S_ISDIR(visit->st.st_mode);
	if (!agreed(visit, options, visit->mark)) return;
	if ((directory ? reach_rmdir : reach_unlink)(visit->path) != 0) {
		if (visit->error) errno = visit->error; /* it could not even be listed */
		if (visit->status == 0) visit->status = warn_errno("cannot remove '%s'", visit->path);
	} else if (options->verbose) printf(directory ? "removed directory '%s'\n" : "removed '%s'\n", visit->path);
}

static bool meet(struct visit *visit, void *context) {
	const struct remove_options *options = context;
	if (reach_lstat(visit->path, &visit->st) != 0) {
		if (!options->force || (errno != ENOENT && errno != ENOTDIR)) visit->status = warn_errno("cannot remove '%s'", visit->path);
		return false;
	}
	bool directory = S_ISDIR(visit->st.st_mode);
	if (directory && !options->recursive && !options->directories) {
		errno = EISDIR;
		visit->status = warn_errno("cannot remove '%s'", visit->path);
		return false;
	}
	visit->mark = !options->force && !S_ISLNK(visit->st.st_mode) && reach_access(visit->path, W_OK) != 0 && isatty(STDIN_FILENO);
	if (directory && options->recursive)
		return !(options->interactive || visit->mark) || !has_entries(visit->path) || confirm("descend into directory '%s'? ", visit->path);
	remove_one(visit, options);
	return false;
}

static void leave(struct visit *visit, void *context) {
	remove_one(visit, context);
}

static int remove_node(const char *path, struct remove_options *options) {
	return walk_tree(path, &(struct walk){.meet = meet, .leave = leave, .context = options}, NULL);
}

int remove_tree(const char *path) {
	return remove_node(path, &(struct remove_options){.recursive = true, .force = true});
}

static bool is_root(const char *path) {
	struct stat st, root;
	return stat("/", &root) == 0 && lstat(path, &st) == 0 && st.st_dev == root.st_dev && st.st_ino == root.st_ino;
}

int rm_main(int argc, char **argv) {
	static const struct long_option names[] = {{"recursive", 'r'}, {"force", 'f'}, {"verbose", 'v'}, {"dir", 'd'}, {"no-preserve-root",
		'\1'}, {NULL, 0}};
	struct remove_options options = {0};
	struct options parsed;
	bool root_too = false;
	options_start(&parsed, argc, argv, "rRfivdI\1", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'f': options.force = true; options.interactive = false; break;
		case 'i': options.force = false; options.interactive = true; break;
		case 'v': options.verbose = true; break;
		case 'd': options.directories = true; break;
		case '\1': root_too = true; break;
		case 'I': break;
		default: options.recursive = true;
		}
	if (parsed.argc == 0 && !options.force) missing_operand();
	int status = 0;
	for (int i = 0; i < parsed.argc; i++) {
		char *base = base_name(parsed.argv[i]);
		if (is_dot_name(base)) status = warn("refusing to remove '.' or '..' directory: skipping '%s'", parsed.argv[i]);
		else if (options.recursive && !root_too
			&& is_root(parsed.argv[i])) status = warn("it is dangerous to operate recursively on '%s'", parsed.argv[i]);
		else status |= remove_node(parsed.argv[i], &options);
		free(base);
	}
	return status;
}

int rmdir_main(int argc, char **argv) {
	static const struct long_option names[] = {{"parents", 'p'}, {"verbose", 'v'}, {"ignore-fail-on-non-empty", '\1'}, {NULL, 0}};
	struct options parsed;
	bool parents = false, lenient = false, verbose = false;
	options_start(&parsed, argc, argv, "pv\1", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'p') parents = true;
		else if (letter == 'v') verbose = true;
		else lenient = true;
	}
	if (parsed.argc == 0) missing_operand();
	int status = 0;
	for (int i = 0; i < parsed.argc; i++) {
		char *path = xstrdup(parsed.argv[i]);
		for (;;) {
			if (verbose) printf("%s: removing directory, '%s'\n", tool_name, path);
			if (rmdir(path) != 0) {
				if (!lenient || (errno != ENOTEMPTY && errno != EEXIST)) status = warn_errno("failed to remove '%s'", path);
				break;
			}
			char *parent = directory_name(path);
			free(path);
			path = parent;
			if (!parents || strcmp(path, ".") == 0 || strcmp(path, "/") == 0) break;
		}
		free(path);
	}
	return status;
}

int unlink_main(int argc, char **argv) {
	struct options parsed;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	if (parsed.argc != 1) missing_operand();
	return unlink(parsed.argv[0]) != 0 ? warn_errno("cannot unlink '%s'", parsed.argv[0]) : 0;
}
