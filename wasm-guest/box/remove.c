/* rm, rmdir, unlink. */
#include "box.h"

struct remove_options {
	bool recursive, force, interactive, verbose, directories;
};

static int remove_node(const char *path, const struct remove_options *options) {
	struct stat st;
	if (lstat(path, &st) != 0) return options->force && (errno == ENOENT || errno == ENOTDIR) ? 0 : warn_errno("cannot remove '%s'", path);
	bool directory = S_ISDIR(st.st_mode);
	if (directory && !options->recursive && !options->directories) {
		errno = EISDIR;
		return warn_errno("cannot remove '%s'", path);
	}
	bool guarded = !options->force && !S_ISLNK(st.st_mode) && access(path, W_OK) != 0 && isatty(STDIN_FILENO);
	int status = 0;
	if (directory && options->recursive) {
		struct names names;
		if (!list_directory(path, &names)) {
			if (rmdir(path) == 0) return 0;
			return warn_errno("cannot remove '%s'", path);
		}
		bool enter = names.count == 0 || !(options->interactive || guarded) || confirm("descend into directory '%s'? ", path);
		for (size_t i = 0; enter && i < names.count; i++) {
			char *inner = join_path(path, names.list[i]);
			status |= remove_node(inner, options);
			free(inner);
		}
		names_free(&names);
		if (!enter) return status;
	}
	if ((options->interactive || guarded) && !confirm(guarded ? "remove write-protected file '%s'? " : directory
		? "remove directory '%s'? " : "remove '%s'? ", path)) return status;
	if ((directory ? rmdir(path) : unlink(path)) != 0) return status ? status : warn_errno("cannot remove '%s'", path);
	if (options->verbose) printf(directory ? "removed directory '%s'\n" : "removed '%s'\n", path);
	return status;
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
