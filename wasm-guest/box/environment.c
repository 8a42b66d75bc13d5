/* env, printenv, chroot, su: the surroundings of a program. */
#include "box.h"
#include <grp.h>

extern char **environ;

int env_main(int argc, char **argv) {
	static const struct long_option names[] = {{"ignore-environment", 'i'}, {"unset", 'u'}, {"null", '0'}, {"chdir", 'C'}, {NULL, 0}};
	struct options parsed;
	char end = '\n';
	static char *none[] = {NULL};
	usage_status = 125;
	if (argc > 1 && strcmp(argv[1], "-") == 0) argv[1] = xstrdup("-i");
	options_start(&parsed, argc, argv, "+iu:0C:", names);
	const char *directory = NULL;
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'i': environ = none; break;
		case 'u': if (unsetenv(parsed.argument) != 0) die_errno(125, "cannot unset '%s'", parsed.argument); break;
		case '0': end = '\0'; break;
		default: directory = parsed.argument;
		}
	char **at = parsed.argv;
	for (; *at && strchr(*at, '='); at++)
		if (putenv(*at) != 0) die_errno(125, "cannot set '%s'", *at);
	if (directory && chdir(directory) != 0) die_errno(125, "cannot change directory to '%s'", directory);
	if (*at) {
		if (end == '\0') usage_error("cannot specify --null (-0) with command");
		return exec_command(at);
	}
	for (char **each = environ; each && *each; each++) printf("%s%c", *each, end);
	usage_status = 125;
	return 0;
}

int printenv_main(int argc, char **argv) {
	struct options parsed;
	char end = '\n';
	int status = 0;
	usage_status = 2;
	options_start(&parsed, argc, argv, "0", NULL);
	while (options_next(&parsed) != -1) end = '\0';
	if (parsed.argc == 0)
		for (char **each = environ; each && *each; each++) printf("%s%c", *each, end);
	for (int i = 0; i < parsed.argc; i++) {
		const char *value = getenv(parsed.argv[i]);
		if (value) printf("%s%c", value, end);
		else status = 1;
	}
	return status;
}

static void become(unsigned uid, unsigned gid, const gid_t *groups, size_t count) {
	if (setgroups(count, groups) != 0) die_errno(1, "cannot set groups");
	if (setgid(gid) != 0) die_errno(1, "cannot set gid");
	if (setuid(uid) != 0) die_errno(1, "cannot set uid");
}

int chroot_main(int argc, char **argv) {
	static const struct long_option names[] = {{"userspec", '\1'}, {"groups", '\2'}, {NULL, 0}};
	struct options parsed;
	char *spec = NULL, *list = NULL;
	usage_status = 125;
	options_start(&parsed, argc, argv, "+\1:\2:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) *(letter == '\1' ? &spec : &list) = parsed.argument;
	if (parsed.argc == 0) missing_operand();
	if (chroot(parsed.argv[0]) != 0) die_errno(125, "cannot change root directory to '%s'", parsed.argv[0]);
	if (chdir("/") != 0) die_errno(125, "cannot change to '/'");
	gid_t groups[64];
	size_t count = 0;
	for (char *each = list ? strtok(list, ",") : NULL; each && count < LENGTH(groups); each = strtok(NULL, ",")) {
		unsigned gid;
		if (!need_group(each, &gid)) die(125, "invalid group '%s'", each);
		groups[count++] = gid;
	}
	if (spec) {
		char *group = strchr(spec, ':');
		unsigned uid = getuid(), gid = getgid();
		if (group) *group++ = '\0';
		if (*spec && !need_user(spec, &uid, &gid)) die(125, "invalid user '%s'", spec);
		if (group && *group && !need_group(group, &gid)) die(125, "invalid group '%s'", group);
		become(uid, gid, groups, count);
	} else if (list && setgroups(count, groups) != 0) die_errno(125, "cannot set groups");
	if (parsed.argc > 1) return exec_command(parsed.argv + 1);
	char *shell = getenv("SHELL");
	static char usual[] = "/bin/sh", interactive[] = "-i";
	char *run[] = {shell ? shell : usual, interactive, NULL};
	return exec_command(run);
}

int su_main(int argc, char **argv) {
	static const struct long_option names[] = {{"login", 'l'}, {"command", 'c'}, {"shell", 's'}, {"preserve-environment", 'p'}, {NULL, 0}};
	struct options parsed;
	bool login = false, preserve = false;
	char *command = NULL, *shell = NULL;
	options_start(&parsed, argc, argv, "lc:s:pm", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'l': login = true; break;
		case 'c': command = parsed.argument; break;
		case 's': shell = parsed.argument; break;
		default: preserve = true;
		}
	char **operands = parsed.argv;
	if (*operands && strcmp(*operands, "-") == 0) {
		login = true;
		operands++;
	}
	const char *name = *operands ? *operands++ : "root";
	struct user user;
	if (!user_by_name(name, &user)) die(1, "user %s does not exist", name);
	/* There are no passwords here: only who may set its ids anyway gets through. */
	gid_t groups[64];
	groups[0] = user.gid;
	unsigned others[63];
	size_t count = groups_of(name, user.gid, others, LENGTH(others));
	for (size_t i = 0; i < count; i++) groups[i + 1] = others[i];
	if (geteuid() != 0 && geteuid() != user.uid) die(1, "must be root");
	if (geteuid() == 0) become(user.uid, user.gid, groups, count + 1);
	if (!shell) shell = preserve && getenv("SHELL") ? getenv("SHELL") : user.shell;
	if (login) {
		const char *term = getenv("TERM");
		char *kept = term ? format_text("TERM=%s", term) : NULL;
		static char *none[] = {NULL};
		environ = none;
		if (kept) putenv(kept);
		setenv("PATH", user.uid ? "/usr/local/bin:/usr/bin:/bin" : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
		if (chdir(user.home) != 0) warn_errno("cannot change directory to '%s'", user.home);
	}
	if (!preserve) {
		setenv("HOME", user.home, 1);
		setenv("SHELL", shell, 1);
		if (user.uid != 0 || login) {
			setenv("USER", user.name, 1);
			setenv("LOGNAME", user.name, 1);
		}
	}
	char **run = xcalloc((size_t)parsed.argc + 5, sizeof *run);
	size_t length = 0;
	char *base = base_name(shell);
	run[length++] = login ? format_text("-%s", base) : base;
	if (command) {
		run[length++] = xstrdup("-c");
		run[length++] = command;
	}
	while (*operands) run[length++] = *operands++;
	fflush(stdout);
	execv(shell, run);
	warn_errno("%s", shell);
	return errno == ENOENT ? 127 : 126;
}
