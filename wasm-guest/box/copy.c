/* cp, mv, install: copies of files, trees and special files. */
#include "walk.h"

static APART void copy_attributes(const char *to, const struct stat *st, bool link) {
	struct timespec times[2] = {accessed(st), modified(st)};
	/* Owner first: chown clears set-id bits. Not being allowed to give files away is no failure of cp -p. */
	bool owned = reach_chown(to, st->st_uid, st->st_gid, false) == 0;
	if (!link && reach_chmod(to, owned ? st->st_mode & 07777 : st->st_mode & 01777) != 0) warn_errno("cannot preserve permissions of '%s'", to);
	if (reach_times(to, times, false) != 0 && !link) warn_errno("cannot preserve times of '%s'", to);
}

static APART int copy_regular(const char *from, const char *to, const struct stat *st, bool exists, const struct copy_options *options) {
	int in = reach_open(from, O_RDONLY | O_CLOEXEC, 0);
	if (in < 0) return warn_errno("cannot open '%s'", from);
	mode_t mode = st->st_mode & (options->preserve ? 0700 : 0777);
	int out = exists ? reach_open(to, O_WRONLY | O_TRUNC | O_CLOEXEC, 0) : reach_open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (out < 0 && exists && options->force && reach_unlink(to) == 0) out = reach_open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	int status = 0;
	if (out < 0) status = warn_errno("cannot create '%s'", to);
	else {
		int outcome = copy_stream(in, out);
		if (outcome) status = warn_errno(outcome == 1 ? "error reading '%s'" : "error writing '%s'", outcome == 1 ? from : to);
		if (close(out) != 0) status = warn_errno("error writing '%s'", to);
	}
	close(in);
	return status;
}

/* Is `to` inside the directory `from`? Then a copy would never end. */
static APART bool is_inside(const char *to, const struct stat *from) {
	char *at = canonical_path(to, 0);
	bool inside = false;
	while (at && !inside) {
		struct stat st;
		inside = reach_stat(at, &st) == 0 && st.st_dev == from->st_dev && st.st_ino == from->st_ino;
		if (strcmp(at, "/") == 0) break;
		char *parent = directory_name(at);
		free(at);
		at = parent;
	}
	free(at);
	return inside;
}

struct copy {
	const struct copy_options *options;
	bool argument; /* the first path was named, not met on the way */
	size_t from_length;
	struct buffer to; /* begins with to_length bytes of the target's path */
	size_t to_length;
};

/* The target of what stands at `from`. */
static const char *copy_target(struct copy *copy, const char *from) {
	const char *rest = from + copy->from_length + strspn(from + copy->from_length, "/");
	copy->to.data[copy->to.length = copy->to_length] = '\0';
	if (*rest && copy->to_length && copy->to.data[copy->to_length - 1] != '/') buffer_char(&copy->to, '/');
	buffer_text(&copy->to, rest);
	return copy->to.data;
}

/* Copies what is no directory. */
static int copy_leaf(const char *from, const char *to, const struct stat *st, const struct stat *reached, bool exists,
	const struct copy_options *options) {
	if (exists) {
		if (options->no_clobber) return 0;
		if (options->update && modified(reached).tv_sec >= modified(st).tv_sec) return 0;
		if (options->interactive && !confirm("overwrite '%s'? ", to)) return 0;
		if (!S_ISREG(st->st_mode) && options->recursive) {
			if (reach_unlink(to) != 0) return warn_errno("cannot remove '%s'", to);
			exists = false;
		}
	}
	if (options->verbose) printf("'%s' -> '%s'\n", from, to);
	int status = 0;
	if (S_ISLNK(st->st_mode)) {
		char *text = read_link(from);
		if (exists && reach_unlink(to) != 0) status = warn_errno("cannot remove '%s'", to);
		else if (!text || reach_symlink(text, to) != 0) status = warn_errno("cannot create symbolic link '%s'", to);
		free(text);
	} else if (S_ISREG(st->st_mode) || !options->recursive) status = copy_regular(from, to, st, exists, options);
	else if (reach_mknod(to, st->st_mode & ~current_umask(), st->st_rdev) != 0) status = warn_errno("cannot create special file '%s'", to);
	if (status == 0 && options->preserve) copy_attributes(to, st, S_ISLNK(st->st_mode));
	return status;
}

/* Copies what is met; -1: a directory whose contents come next. visit->mark: its target was there before. */
static int copy_met(struct visit *visit, struct copy *copy) {
	const struct copy_options *options = copy->options;
	const char *from = visit->path, *to = copy_target(copy, from);
	struct stat old, reached, *st = &visit->st;
	bool argument = copy->argument && visit->depth == 0;
	bool follow = options->follow_all || (argument && options->follow_arguments);
	if ((follow ? reach_stat : reach_lstat)(from, st) != 0) return warn_errno("cannot stat '%s'", from);
	bool directory = S_ISDIR(st->st_mode);
	if (directory && !options->recursive) return warn("-r not specified; omitting directory '%s'", from);
	bool exists = visit->mark = reach_lstat(to, &old) == 0;
	reached = old;
	if (exists && S_ISLNK(old.st_mode) && !S_ISLNK(st->st_mode) && reach_stat(to, &reached) != 0 && S_ISREG(st->st_mode))
		return warn("not writing through dangling symlink '%s'", to);
	if (exists && reached.st_dev == st->st_dev && reached.st_ino == st->st_ino) return warn("'%s' and '%s' are the same file", from, to);
	if (exists && S_ISDIR(reached.st_mode) != directory)
		return directory ? warn("cannot overwrite non-directory '%s' with directory '%s'", to, from)
						 : warn("cannot overwrite directory '%s' with non-directory '%s'", to, from);
	if (!directory) return copy_leaf(from, to, st, &reached, exists, options);
	if (argument && is_inside(to, st)) return warn("cannot copy a directory, '%s', into itself, '%s'", from, to);
	if (options->verbose) printf("'%s' -> '%s'\n", from, to);
	if (!exists && reach_mkdir(to, (st->st_mode & 07777) | 0700) != 0) return warn_errno("cannot create directory '%s'", to);
	return -1;
}

static bool meet(struct visit *visit, void *context) {
	int outcome = copy_met(visit, context);
	if (outcome > 0) visit->status = outcome;
	return outcome == -1;
}

static void leave(struct visit *visit, void *context) {
	struct copy *copy = context;
	const struct stat *st = &visit->st;
	if (visit->error) {
		errno = visit->error;
		visit->status = warn_errno("cannot access '%s'", visit->path);
		return;
	}
	const char *to = copy_target(copy, visit->path);
	if (!visit->mark && !copy->options->preserve && !(st->st_mode & 0700 & ~current_umask()))
		reach_chmod(to, st->st_mode & 07777 & ~current_umask());
	if (visit->status == 0 && copy->options->preserve) copy_attributes(to, st, false);
}

int copy_node(const char *from, const char *to, const struct copy_options *options, bool argument) {
	struct copy copy = {.options = options, .argument = argument, .from_length = strlen(from), .to_length = strlen(to)};
	buffer_text(&copy.to, to);
	int status = walk_tree(from, &(struct walk){.meet = meet, .leave = leave, .context = &copy}, NULL);
	free(copy.to.data);
	return status;
}

/* Each operand to the last one, which must be a directory when there are several (or `directory` names it). */
static int for_each_target(struct options *parsed, char *directory, bool plain, int (*act)(const char *, const char *, void *),
	void *context) {
	if (parsed->argc < (directory ? 1 : 2)) {
		if (parsed->argc == 0) missing_operand();
		usage_error("missing destination operand after '%s'", parsed->argv[0]);
	}
	int count = directory ? parsed->argc : parsed->argc - 1, status = 0;
	char *last = directory ? directory : parsed->argv[count];
	if (plain && count > 1) usage_error("extra operand '%s'", parsed->argv[2]);
	if ((count > 1 || directory) && !is_directory(last)) {
		errno = access(last, F_OK) == 0 ? ENOTDIR : errno;
		return warn_errno("target '%s'", last);
	}
	for (int i = 0; i < count; i++) {
		char *target = plain ? xstrdup(last) : target_path(parsed->argv[i], last);
		status |= act(parsed->argv[i], target, context);
		free(target);
	}
	return status;
}

static int copy_one(const char *from, const char *to, void *context) {
	return copy_node(from, to, context, true);
}

static int link_one(const char *from, const char *to, void *context) {
	const struct copy_options *options = context;
	if (options->force) unlink(to);
	if (options->follow_all ? link(from, to) != 0 : symlink(from, to) != 0) return warn_errno("cannot create link '%s'", to);
	return 0;
}

int cp_main(int argc, char **argv) {
	static const struct long_option names[] = {{"recursive", 'r'}, {"archive", 'a'}, {"force", 'f'}, {"interactive", 'i'}, {"no-clobber",
		'n'},
		{"dereference", 'L'}, {"no-dereference", 'P'}, {"verbose", 'v'}, {"update", 'u'}, {"target-directory", 't'},
		{"no-target-directory", 'T'}, {"preserve", '\1'}, {"link", 'l'}, {"symbolic-link", 's'}, {NULL, 0}};
	struct copy_options options = {0};
	struct options parsed;
	char follow = '\0', *directory = NULL, links = '\0';
	bool plain = false;
	options_start(&parsed, argc, argv, "rRapfindLPHvut:Tls\1::", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'r': case 'R': options.recursive = true; break;
		case 'a': options.recursive = options.preserve = true; follow = 'P'; break;
		case 'p': case '\1': options.preserve = true; break;
		case 'f': options.force = true; break;
		case 'i': options.interactive = true; break;
		case 'n': options.no_clobber = true; break;
		case 'd': follow = 'P'; break;
		case 'L': case 'P': case 'H': follow = (char)letter; break;
		case 'v': options.verbose = true; break;
		case 'u': options.update = true; break;
		case 't': directory = parsed.argument; break;
		case 'T': plain = true; break;
		default: links = (char)letter;
		}
	options.follow_all = follow == 'L' || (!follow && !options.recursive);
	options.follow_arguments = follow == 'H';
	if (links) {
		options.follow_all = links == 'l';
		return for_each_target(&parsed, directory, plain, link_one, &options);
	}
	return for_each_target(&parsed, directory, plain, copy_one, &options);
}

static int move_one(const char *from, const char *to, void *context) {
	const struct copy_options *options = context;
	struct stat source, target;
	if (lstat(from, &source) != 0) return warn_errno("cannot stat '%s'", from);
	if (lstat(to, &target) == 0) {
		if (source.st_dev == target.st_dev && source.st_ino == target.st_ino
			&& source.st_nlink < 2) return warn("'%s' and '%s' are the same file", from, to);
		if (options->no_clobber) return 0;
		if (options->update && modified(&target).tv_sec >= modified(&source).tv_sec) return 0;
		bool ask = options->interactive || (!options->force && access(to, W_OK) != 0 && !S_ISLNK(target.st_mode) && isatty(STDIN_FILENO));
		if (ask && !confirm("overwrite '%s'? ", to)) return 0;
	}
	if (rename(from, to) == 0) {
		if (options->verbose) printf("renamed '%s' -> '%s'\n", from, to);
		return 0;
	}
	if (errno != EXDEV) return warn_errno("cannot move '%s' to '%s'", from, to);
	if (lstat(to, &target) == 0 && !S_ISDIR(target.st_mode) && unlink(to) != 0) return warn_errno("cannot remove '%s'", to);
	struct copy_options copy = {.recursive = true, .preserve = true, .verbose = options->verbose};
	if (copy_node(from, to, &copy, true) != 0) return 1;
	return remove_tree(from);
}

int mv_main(int argc, char **argv) {
	static const struct long_option names[] = {{"force", 'f'}, {"interactive", 'i'}, {"no-clobber", 'n'}, {"verbose", 'v'}, {"update", 'u'},
		{"target-directory", 't'}, {"no-target-directory", 'T'}, {NULL, 0}};
	struct copy_options options = {0};
	struct options parsed;
	char *directory = NULL;
	bool plain = false;
	options_start(&parsed, argc, argv, "finvut:T", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 't': directory = parsed.argument; break;
		case 'T': plain = true; break;
		case 'v': options.verbose = true; break;
		case 'u': options.update = true; break;
		default:
			options.force = letter == 'f';
			options.interactive = letter == 'i';
			options.no_clobber = letter == 'n';
		}
	return for_each_target(&parsed, directory, plain, move_one, &options);
}

struct install {
	mode_t mode;
	unsigned uid, gid;
	bool parents;
	struct copy_options copy;
};

static int install_one(const char *from, const char *to, void *context) {
	const struct install *install = context;
	if (install->parents) {
		char *parent = directory_name(to);
		bool made = make_directories(parent, 0755, install->copy.verbose);
		free(parent);
		if (!made) return 1;
	}
	struct stat st;
	if (lstat(to, &st) == 0 && !S_ISDIR(st.st_mode) && unlink(to) != 0) return warn_errno("cannot remove '%s'", to);
	if (copy_node(from, to, &install->copy, true) != 0) return 1;
	if ((install->uid != UINT32_MAX || install->gid != UINT32_MAX) && chown(to, install->uid,
		install->gid) != 0) return warn_errno("cannot change ownership of '%s'", to);
	return chmod(to, install->mode) != 0 ? warn_errno("cannot change permissions of '%s'", to) : 0;
}

int install_main(int argc, char **argv) {
	struct install install = {.mode = 0755, .uid = UINT32_MAX, .gid = UINT32_MAX, .copy = {.follow_all = true}};
	struct options parsed;
	char *target = NULL;
	bool directories = false, plain = false;
	options_start(&parsed, argc, argv, "cdDm:o:g:pt:Tvs", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'd': directories = true; break;
		case 'D': install.parents = true; break;
		case 'p': install.copy.preserve = true; break;
		case 't': target = parsed.argument; break;
		case 'T': plain = true; break;
		case 'v': install.copy.verbose = true; break;
		case 'm': if (!parse_mode(parsed.argument, 0, false, 0, &install.mode)) die(1, "invalid mode '%s'", parsed.argument); break;
		case 'o': if (!need_user(parsed.argument, &install.uid, NULL)) die(1, "invalid user '%s'", parsed.argument); break;
		case 'g': if (!need_group(parsed.argument, &install.gid)) die(1, "invalid group '%s'", parsed.argument); break;
		default: break; /* c is the default, s (strip) has nothing to strip here */
		}
	if (!directories) return for_each_target(&parsed, target, plain || (install.parents && parsed.argc == 2
		&& !is_directory(parsed.argv[1])), install_one, &install);
	int status = 0;
	if (parsed.argc == 0) missing_operand();
	for (int i = 0; i < parsed.argc; i++) {
		if (!make_directories(parsed.argv[i], 0755, install.copy.verbose)) status = 1;
		else if (chmod(parsed.argv[i], install.mode) != 0) status = warn_errno("cannot change permissions of '%s'", parsed.argv[i]);
		else if ((install.uid != UINT32_MAX || install.gid != UINT32_MAX) && chown(parsed.argv[i], install.uid, install.gid) != 0)
			status = warn_errno("cannot change ownership of '%s'", parsed.argv[i]);
	}
	return status;
}
