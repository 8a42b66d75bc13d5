/* chmod, chown, chgrp. */
#include "walk.h"

struct change {
	const char *mode;
	mode_t mask;
	unsigned uid, gid;
	bool recursive, verbose, changes, quiet, no_dereference, follow_all, follow_arguments, set_owner;
};

static int failed(const struct change *change, const char *what, const char *path) {
	return change->quiet ? 1 : warn_errno("%s '%s'", what, path);
}

static APART int change_mode(const char *path, const struct stat *st, const struct change *change) {
	mode_t mode;
	char old_text[11], new_text[11];
	if (!parse_mode(change->mode, st->st_mode, S_ISDIR(st->st_mode), change->mask, &mode)) die(1, "invalid mode: '%s'", change->mode);
	if (reach_chmod(path, mode) != 0) return failed(change, "changing permissions of", path);
	bool differs = (st->st_mode & 07777) != mode;
	if (change->verbose || (change->changes && differs)) {
		mode_text(st->st_mode, old_text);
		mode_text((st->st_mode & S_IFMT) | mode, new_text);
		if (differs) printf("mode of '%s' changed from %04o (%s) to %04o (%s)\n", path, (unsigned)st->st_mode & 07777, old_text + 1,
			(unsigned)mode, new_text + 1);
		else printf("mode of '%s' retained as %04o (%s)\n", path, (unsigned)mode, new_text + 1);
	}
	return 0;
}

static APART int change_owner(const char *path, const struct stat *st, const struct change *change, bool link) {
	if (reach_chown(path, change->uid, change->gid, !link) != 0) return failed(change, "changing ownership of", path);
	bool differs = (change->uid != UINT32_MAX && change->uid != st->st_uid) || (change->gid != UINT32_MAX && change->gid != st->st_gid);
	if (change->verbose || (change->changes && differs)) {
		char *user = xstrdup(user_label(st->st_uid)), *group = xstrdup(group_label(st->st_gid));
		if (differs)
			printf("changed ownership of '%s' from %s:%s to %s:%s\n", path, user, group, change->uid == UINT32_MAX ? user
				: user_label(change->uid),
				change->gid == UINT32_MAX ? group : group_label(change->gid));
		else printf("ownership of '%s' retained as %s:%s\n", path, user, group);
		free(user);
		free(group);
	}
	return 0;
}

static bool meet(struct visit *visit, void *context) {
	const struct change *change = context;
	const char *path = visit->path;
	bool argument = visit->depth == 0;
	bool follow = change->follow_all || (argument && (change->follow_arguments || (!change->recursive && !change->no_dereference)));
	if ((follow ? reach_stat : reach_lstat)(path, &visit->st) != 0) {
		visit->status = failed(change, "cannot access", path);
		return false;
	}
	if (change->set_owner) visit->status = change_owner(path, &visit->st, change, !follow);
	else if (!S_ISLNK(visit->st.st_mode) || argument) visit->status = change_mode(path, &visit->st, change); /* links met on the way have no mode of their own */
	return change->recursive && S_ISDIR(visit->st.st_mode);
}

static void leave(struct visit *visit, void *context) {
	if (!visit->error) return;
	errno = visit->error;
	visit->status = failed(context, "cannot read directory", visit->path);
}

static int change_all(struct options *parsed, struct change *change, int first) {
	const struct walk walk = {.meet = meet, .leave = leave, .context = change};
	int status = 0;
	if (parsed->argc <= first) missing_operand();
	for (int i = first; i < parsed->argc; i++) status |= walk_tree(parsed->argv[i], &walk, NULL);
	return status;
}

int chmod_main(int argc, char **argv) {
	static const struct long_option names[] = {{"recursive", 'R'}, {"verbose", 'v'}, {"changes", 'c'}, {"quiet", 'f'}, {"silent", 'f'},
		{"reference", '\1'}, {NULL, 0}};
	struct change change = {.mask = current_umask()};
	struct options parsed;
	/* A mode such as -x or -rw is no option. */
	char **kept = xcalloc((size_t)argc + 2, sizeof *kept);
	int count = 0;
	kept[count++] = argv[0];
	for (int i = 1; i < argc; i++) {
		if (!change.mode && argv[i][0] == '-' && argv[i][1] && argv[i][1 + strspn(argv[i] + 1, "rwxXstugoa,+=-01234567")] == '\0'
			&& argv[i][1] != '-') change.mode = argv[i];
		else kept[count++] = argv[i];
	}
	options_start(&parsed, count, kept, "Rvcf\1:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'R': change.recursive = true; break;
		case 'v': change.verbose = true; break;
		case 'c': change.changes = true; break;
		case 'f': change.quiet = true; break;
		default: {
			struct stat st;
			if (stat(parsed.argument, &st) != 0) die_errno(1, "cannot access '%s'", parsed.argument);
			change.mode = format_text("%05o", (unsigned)st.st_mode & 07777);
		}
		}
	if (change.mode) return change_all(&parsed, &change, 0);
	if (parsed.argc == 0) missing_operand();
	change.mode = parsed.argv[0];
	mode_t probe;
	if (!parse_mode(change.mode, 0, false, 0, &probe)) die(1, "invalid mode: '%s'", change.mode);
	return change_all(&parsed, &change, 1);
}

static void owner_option(struct change *change, int letter, const char *argument) {
	struct stat st;
	switch (letter) {
	case 'R': change->recursive = true; break;
	case 'h': change->no_dereference = true; break;
	case 'v': change->verbose = true; break;
	case 'c': change->changes = true; break;
	case 'f': change->quiet = true; break;
	case 'L': change->follow_all = true; break;
	case 'H': change->follow_arguments = true; break;
	case 'P': change->follow_all = change->follow_arguments = false; break;
	default:
		if (stat(argument, &st) != 0) die_errno(1, "cannot access '%s'", argument);
		change->uid = st.st_uid;
		change->gid = st.st_gid;
	}
}

static const struct long_option owner_names[] = {{"recursive", 'R'}, {"no-dereference", 'h'}, {"verbose", 'v'}, {"changes", 'c'},
	{"quiet", 'f'}, {"silent", 'f'},
	{"reference", '\1'}, {NULL, 0}};

int chown_main(int argc, char **argv) {
	struct change change = {.set_owner = true, .uid = UINT32_MAX, .gid = UINT32_MAX};
	struct options parsed;
	options_start(&parsed, argc, argv, "RhvcfLHP\1:", owner_names);
	for (int letter; (letter = options_next(&parsed)) != -1;) owner_option(&change, letter, parsed.argument);
	if (change.uid != UINT32_MAX) return change_all(&parsed, &change, 0);
	if (parsed.argc == 0) missing_operand();
	char *spec = xstrdup(parsed.argv[0]), *group = strchr(spec, ':');
	unsigned login_group = UINT32_MAX;
	if (group) *group++ = '\0';
	if (*spec && !need_user(spec, &change.uid, &login_group)) die(1, "invalid user: '%s'", parsed.argv[0]);
	if (group && *group) {
		if (!need_group(group, &change.gid)) die(1, "invalid group: '%s'", parsed.argv[0]);
	} else if (group && *spec) {
		if (login_group == UINT32_MAX) die(1, "invalid spec: '%s'", parsed.argv[0]);
		change.gid = login_group;
	}
	return change_all(&parsed, &change, 1);
}

int chgrp_main(int argc, char **argv) {
	struct change change = {.set_owner = true, .uid = UINT32_MAX, .gid = UINT32_MAX};
	struct options parsed;
	options_start(&parsed, argc, argv, "RhvcfLHP\1:", owner_names);
	for (int letter; (letter = options_next(&parsed)) != -1;) owner_option(&change, letter, parsed.argument);
	if (change.gid != UINT32_MAX) {
		change.uid = UINT32_MAX;
		return change_all(&parsed, &change, 0);
	}
	if (parsed.argc == 0) missing_operand();
	if (*parsed.argv[0] && !need_group(parsed.argv[0], &change.gid)) die(1, "invalid group: '%s'", parsed.argv[0]);
	return change_all(&parsed, &change, 1);
}
