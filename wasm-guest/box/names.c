/* basename, dirname, pwd, readlink, realpath, which: tools that print a path. */
#include "box.h"

int basename_main(int argc, char **argv) {
	static const struct long_option names[] = {{"multiple", 'a'}, {"suffix", 's'}, {"zero", 'z'}, {NULL, 0}};
	struct options parsed;
	bool several = false;
	char end = '\n';
	const char *suffix = "";
	options_start(&parsed, argc, argv, "+as:z", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'z') end = '\0';
		else several = true;
		if (letter == 's') suffix = parsed.argument;
	}
	if (parsed.argc == 0) missing_operand();
	if (!several && parsed.argc > 2) usage_error("extra operand '%s'", parsed.argv[2]);
	if (!several && parsed.argc == 2) suffix = parsed.argv[1];
	for (int i = 0; i < (several ? parsed.argc : 1); i++) {
		char *base = base_name(parsed.argv[i]);
		size_t length = strlen(base), cut = strlen(suffix);
		if (length > cut && strcmp(base + length - cut, suffix) == 0) base[length - cut] = '\0';
		printf("%s%c", base, end);
		free(base);
	}
	return 0;
}

int dirname_main(int argc, char **argv) {
	struct options parsed;
	char end = '\n';
	options_start(&parsed, argc, argv, "+z", NULL);
	while (options_next(&parsed) != -1) end = '\0';
	if (parsed.argc == 0) missing_operand();
	for (int i = 0; i < parsed.argc; i++) {
		char *name = directory_name(parsed.argv[i]);
		printf("%s%c", name, end);
		free(name);
	}
	return 0;
}

int pwd_main(int argc, char **argv) {
	static const struct long_option names[] = {{"logical", 'L'}, {"physical", 'P'}, {NULL, 0}};
	struct options parsed;
	bool logical = false;
	options_start(&parsed, argc, argv, "LP", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) logical = letter == 'L';
	const char *kept = getenv("PWD");
	struct stat here, there;
	if (logical && kept && *kept == '/' && !strstr(kept, "/./") && !strstr(kept, "/../") && stat(kept, &there) == 0 && stat(".",
		&here) == 0 &&
		here.st_dev == there.st_dev && here.st_ino == there.st_ino) {
		puts(kept);
		return 0;
	}
	char *path = getcwd(NULL, 0);
	if (!path) return warn_errno("cannot find the current directory");
	puts(path);
	return 0;
}

int readlink_main(int argc, char **argv) {
	static const struct long_option names[] = {{"canonicalize", 'f'}, {"canonicalize-existing", 'e'}, {"canonicalize-missing", 'm'},
		{"no-newline", 'n'}, {"zero", 'z'}, {"verbose", 'v'}, {NULL, 0}};
	struct options parsed;
	int need = -1, status = 0;
	bool newline = true, verbose = false;
	char end = '\n';
	options_start(&parsed, argc, argv, "femnzvqs", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'f': need = 1; break;
		case 'e': need = 2; break;
		case 'm': need = 0; break;
		case 'n': newline = false; break;
		case 'z': end = '\0'; break;
		case 'v': verbose = true; break;
		default: break;
		}
	if (parsed.argc == 0) missing_operand();
	for (int i = 0; i < parsed.argc; i++) {
		char *text = need >= 0 ? canonical_path(parsed.argv[i], need) : read_link(parsed.argv[i]);
		if (!text) {
			status = 1;
			if (verbose) warn_errno("%s", parsed.argv[i]);
			continue;
		}
		fputs(text, stdout);
		if (newline || parsed.argc > 1) putchar(end);
		free(text);
	}
	return status;
}

int realpath_main(int argc, char **argv) {
	static const struct long_option names[] = {{"canonicalize-existing", 'e'}, {"canonicalize-missing", 'm'}, {"quiet", 'q'}, {"zero",
		'z'}, {NULL, 0}};
	struct options parsed;
	int need = 1, status = 0;
	bool quiet = false;
	char end = '\n';
	options_start(&parsed, argc, argv, "emqzP", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'e') need = 2;
		else if (letter == 'm') need = 0;
		else if (letter == 'q') quiet = true;
		else if (letter == 'z') end = '\0';
	}
	if (parsed.argc == 0) missing_operand();
	for (int i = 0; i < parsed.argc; i++) {
		char *path = canonical_path(parsed.argv[i], need);
		if (path) printf("%s%c", path, end);
		else {
			status = 1;
			if (!quiet) warn_errno("%s", parsed.argv[i]);
		}
		free(path);
	}
	return status;
}

static bool is_program(const char *path) {
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

int which_main(int argc, char **argv) {
	struct options parsed;
	bool all = false;
	int status = 0;
	options_start(&parsed, argc, argv, "a", NULL);
	while (options_next(&parsed) != -1) all = true;
	const char *path = getenv("PATH");
	if (!path) path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
	for (int i = 0; i < parsed.argc; i++) {
		bool found = false;
		if (strchr(parsed.argv[i], '/')) {
			found = is_program(parsed.argv[i]);
			if (found) puts(parsed.argv[i]);
		} else
			for (const char *at = path; at && (!found || all);) {
				size_t length = strcspn(at, ":");
				char *directory = length ? xstrndup(at, length) : xstrdup(".");
				char *candidate = join_path(directory, parsed.argv[i]);
				if (is_program(candidate)) {
					puts(candidate);
					found = true;
				}
				free(directory);
				free(candidate);
				at = at[length] ? at + length + 1 : NULL;
			}
		if (!found) status = 1;
	}
	return parsed.argc ? status : 1;
}
