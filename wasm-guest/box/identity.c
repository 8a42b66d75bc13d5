/* id, whoami, groups, logname, hostname, uname, nproc, tty. */
#include "box.h"
#include <grp.h>
#include <sys/utsname.h>

static void put_id(unsigned id, bool user, bool name) {
	if (name) fputs(user ? user_label(id) : group_label(id), stdout);
	else printf("%u", id);
}

/* All groups of this process, or of a named user. The effective (or primary) one comes first. */
static size_t all_groups(const char *name, unsigned primary, unsigned *out, size_t room) {
	size_t count = 0;
	out[count++] = primary;
	if (name) return count + groups_of(name, primary, out + 1, room - 1);
	gid_t *list = xmalloc(room * sizeof *list);
	int got = getgroups((int)room - 1, list);
	for (int i = 0; i < got; i++) {
		bool known = false;
		for (size_t j = 0; j < count; j++) known |= out[j] == list[i];
		if (!known) out[count++] = list[i];
	}
	free(list);
	return count;
}

static void put_named(unsigned id, bool user) {
	struct user known;
	char *group = NULL;
	bool named = user ? user_by_id(id, &known) : (group = group_name(id)) != NULL;
	printf("%u", id);
	if (named) printf("(%s)", user ? known.name : group);
	free(group);
}

enum { MOST_GROUPS = 1024 };

int id_main(int argc, char **argv) {
	static const struct long_option names[] = {{"user", 'u'}, {"group", 'g'}, {"groups", 'G'}, {"name", 'n'}, {"real", 'r'}, {"zero",
		'z'}, {NULL, 0}};
	struct options parsed;
	char what = '\0', between = ' ';
	bool name = false, real = false;
	options_start(&parsed, argc, argv, "ugGnrza", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'n': name = true; break;
		case 'r': real = true; break;
		case 'z': between = '\0'; break;
		case 'a': break;
		default:
			if (what && what != letter) usage_error("cannot print \"only\" of more than one choice");
			what = (char)letter;
		}
	if ((name || real) && !what) usage_error("cannot print only names or real IDs in default format");
	if (parsed.argc > 1) usage_error("extra operand '%s'", parsed.argv[1]);
	unsigned uid = getuid(), euid = geteuid(), gid = getgid(), egid = getegid();
	struct user user;
	const char *whom = NULL;
	if (parsed.argc) {
		unsigned long long number;
		if (!user_by_name(parsed.argv[0], &user) && !(parse_number(parsed.argv[0], &number) && user_by_id((unsigned)number, &user)))
			return warn("'%s': no such user", parsed.argv[0]);
		whom = user.name;
		uid = euid = user.uid;
		gid = egid = user.gid;
	}
	unsigned *groups = xmalloc(MOST_GROUPS * sizeof *groups);
	size_t count = all_groups(whom, egid, groups, MOST_GROUPS);
	if (what == 'u') put_id(real ? uid : euid, true, name);
	else if (what == 'g') put_id(real ? gid : egid, false, name);
	else if (what == 'G')
		for (size_t i = 0; i < count; i++) {
			if (i) putchar(between);
			put_id(groups[i], false, name);
		}
	else {
		printf("uid=");
		put_named(uid, true);
		printf(" gid=");
		put_named(gid, false);
		if (euid != uid) {
			printf(" euid=");
			put_named(euid, true);
		}
		if (egid != gid) {
			printf(" egid=");
			put_named(egid, false);
		}
		for (size_t i = 0; i < count; i++) {
			printf(i ? "," : " groups=");
			put_named(groups[i], false);
		}
	}
	putchar(what && between == '\0' ? '\0' : '\n');
	return 0;
}

int whoami_main(int argc, char **argv) {
	struct options parsed;
	struct user user;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	if (!user_by_id(geteuid(), &user)) return warn("cannot find name for user ID %u", (unsigned)geteuid());
	puts(user.name);
	return 0;
}

int logname_main(int argc, char **argv) {
	struct user user;
	(void)argc;
	(void)argv;
	/* Of the login session, were there a record of one: the real user, whatever was assumed since. */
	const char *name = getenv("LOGNAME");
	if (!name && user_by_id(getuid(), &user)) name = user.name;
	if (!name) return warn("no login name");
	puts(name);
	return 0;
}

int groups_main(int argc, char **argv) {
	unsigned *groups = xmalloc(MOST_GROUPS * sizeof *groups);
	int status = 0;
	for (int i = 1; i < argc || i == 1; i++) {
		struct user user;
		if (argc > 1 && !user_by_name(argv[i], &user)) {
			status = warn("'%s': no such user", argv[i]);
			continue;
		}
		if (argc > 1) printf("%s : ", user.name);
		size_t count = all_groups(argc > 1 ? user.name : NULL, argc > 1 ? user.gid : getegid(), groups, MOST_GROUPS);
		for (size_t j = 0; j < count; j++) printf(j ? " %s" : "%s", group_label(groups[j]));
		putchar('\n');
	}
	return status;
}

int hostname_main(int argc, char **argv) {
	struct options parsed;
	char form = '\0';
	const char *file = NULL;
	struct utsname names;
	options_start(&parsed, argc, argv, "sfdiF:", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'F') file = parsed.argument;
		else form = (char)letter;
	}
	char *wanted = parsed.argc ? xstrdup(parsed.argv[0]) : file ? read_file(file, NULL) : NULL;
	if (file && !wanted) return warn_errno("%s", file);
	if (wanted) {
		wanted[strcspn(wanted, "\n")] = '\0';
		return sethostname(wanted, strlen(wanted)) != 0 ? warn_errno("cannot set host name to '%s'", wanted) : 0;
	}
	if (uname(&names) != 0) return warn_errno("cannot get host name");
	char *dot = strchr(names.nodename, '.');
	if (form == 'd') puts(dot ? dot + 1 : "");
	else if (form == 'i') return warn("there is no network to look up an address");
	else {
		if (form == 's' && dot) *dot = '\0';
		puts(names.nodename);
	}
	return 0;
}

int uname_main(int argc, char **argv) {
	static const struct long_option names[] = {{"all", 'a'}, {"kernel-name", 's'}, {"nodename", 'n'}, {"kernel-release", 'r'},
		{"kernel-version", 'v'}, {"machine", 'm'},
		{"operating-system", 'o'}, {NULL, 0}};
	struct options parsed;
	struct utsname values;
	char wanted[16] = "";
	options_start(&parsed, argc, argv, "asnrvmopi", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		const char more[2] = {(char)letter, '\0'};
		if (letter == 'a') memcpy(wanted, "snrvmo", 7);
		else if (strlen(wanted) < sizeof wanted - 1) strcat(wanted, more);
	}
	if (parsed.argc) usage_error("extra operand '%s'", parsed.argv[0]);
	if (!*wanted) memcpy(wanted, "s", 2);
	if (uname(&values) != 0) return warn_errno("cannot get system name");
	static const char order[] = "snrvmpio";
	const char *texts[] = {values.sysname, values.nodename, values.release, values.version, values.machine, "unknown", "unknown",
		"GNU/Linux"};
	bool first = true;
	for (size_t i = 0; i < sizeof order - 1; i++)
		if (strchr(wanted, order[i])) {
			printf(first ? "%s" : " %s", texts[i]);
			first = false;
		}
	putchar('\n');
	return 0;
}

int nproc_main(int argc, char **argv) {
	static const struct long_option names[] = {{"all", '\1'}, {"ignore", '\2'}, {NULL, 0}};
	struct options parsed;
	unsigned long long ignore = 0, count = 0;
	bool all = false;
	options_start(&parsed, argc, argv, "\1\2:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == '\1') all = true;
		else ignore = need_number(parsed.argument);
	}
	/* What this process may run on, as its status tells; then what the machine has. */
	char *text = all ? NULL : read_file("/proc/self/status", NULL);
	const char *at = text ? strstr(text, "Cpus_allowed_list:") : NULL;
	if (at)
		for (at += strlen("Cpus_allowed_list:"); *at && *at != '\n';) {
			char *end;
			unsigned long from = strtoul(at, &end, 10), to = from;
			if (end == at) {
				at++;
				continue;
			}
			if (*end == '-') to = strtoul(end + 1, &end, 10);
			count += to - from + 1;
			at = end + (*end == ',');
		}
	free(text);
	if (count == 0) {
		long got = sysconf(all ? _SC_NPROCESSORS_CONF : _SC_NPROCESSORS_ONLN);
		count = got > 0 ? (unsigned long long)got : 1;
	}
	printf("%llu\n", count > ignore ? count - ignore : 1);
	return 0;
}

int tty_main(int argc, char **argv) {
	struct options parsed;
	bool silent = false;
	options_start(&parsed, argc, argv, "s", NULL);
	usage_status = 2;
	while (options_next(&parsed) != -1) silent = true;
	bool terminal = isatty(STDIN_FILENO);
	const char *name = terminal ? ttyname(STDIN_FILENO) : NULL;
	if (!silent) puts(name ? name : terminal ? "/dev/tty" : "not a tty");
	usage_status = 3;
	return !terminal;
}
