/* The processes of /proc, and kill, killall, pidof, pgrep, pkill. */
#include "box.h"
#include <ctype.h>
#include <regex.h>
#include <signal.h>

static bool read_process(int pid, struct process *out) {
	char path[48];
	size_t length;
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	char *text = read_file(path, NULL), *open, *close;
	*out = (struct process){.pid = pid};
	if (!text || !(open = strchr(text, '(')) || !(close = strrchr(text, ')'))) {
		free(text);
		return false;
	}
	out->comm = xstrndup(open + 1, (size_t)(close - open - 1));
	sscanf(close + 1, " %c %d %d %d %d %d %*u %*u %*u %*u %*u %llu %llu %*d %*d %*d %lld %llu %*d %llu %llu %lld", &out->state,
		&out->ppid, &out->pgid, &out->sid, &out->tty,
		&out->tpgid, &out->utime, &out->stime, &out->nice, &out->threads, &out->start, &out->vsize, &out->rss);
	free(text);
	snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
	out->args = read_file(path, &length);
	if (out->args && length) {
		for (size_t i = 0; i + 1 < length; i++)
			if (!out->args[i]) out->args[i] = ' ';
	} else {
		free(out->args);
		out->args = format_text("[%s]", out->comm); /* a kernel thread or a zombie */
	}
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	text = read_file(path, NULL);
	const char *uid = text ? strstr(text, "\nUid:") : NULL, *gid = text ? strstr(text, "\nGid:") : NULL;
	if (uid) sscanf(uid + 5, "%u %u", &out->uid, &out->euid);
	if (gid) sscanf(gid + 5, "%*u %u", &out->gid);
	free(text);
	return true;
}

static int compare_pids(const void *left, const void *right) {
	return ((const struct process *)left)->pid - ((const struct process *)right)->pid;
}

bool read_processes(struct process **out, size_t *count) {
	struct names names;
	size_t capacity = 0;
	*out = NULL;
	*count = 0;
	if (!list_directory("/proc", &names)) {
		warn_errno("cannot read /proc");
		return false;
	}
	for (size_t i = 0; i < names.count; i++) {
		unsigned long long pid;
		if (!parse_number(names.list[i], &pid)) continue;
		*out = grow(*out, *count, &capacity, sizeof **out);
		*count += read_process((int)pid, &(*out)[*count]); /* one that has just ended is left out */
	}
	names_free(&names);
	if (*count) qsort(*out, *count, sizeof **out, compare_pids);
	return true;
}

static int list_signals(int argc, char **argv, int first) {
	int status = 0;
	if (first >= argc) {
		for (int i = 1; i < 32; i++) printf("%2d) %s%s", i, signal_name(i), i % 8 == 0 || i == 31 ? "\n" : "\t");
		return 0;
	}
	for (int i = first; i < argc; i++) {
		unsigned long long number;
		if (parse_number(argv[i], &number)) {
			const char *name = signal_name((int)(number > 128 ? number - 128 : number)); /* a shell's status is understood, too */
			if (name) puts(name);
			else status = warn("unknown signal '%s'", argv[i]);
		} else if (signal_number(argv[i]) >= 0) printf("%d\n", signal_number(argv[i]));
		else status = warn("unknown signal '%s'", argv[i]);
	}
	return status;
}

/* -NAME, -N, -s NAME before the operands; the index of the first one. */
static int take_signal(int argc, char **argv, int *number) {
	if (argc < 2 || argv[1][0] != '-' || !argv[1][1]) return 1;
	if (strcmp(argv[1], "--") == 0) return 2;
	const char *text = argv[1] + 1;
	int next = 2;
	if (strcmp(text, "s") == 0 || strcmp(text, "n") == 0 || strcmp(text, "-signal") == 0) {
		if (argc < 3) usage_error("option requires an argument -- 's'");
		text = argv[2];
		next = 3;
	}
	*number = signal_number(text);
	if (*number < 0) die(1, "bad signal name '%s'", text);
	return next < argc && strcmp(argv[next], "--") == 0 ? next + 1 : next;
}

int kill_main(int argc, char **argv) {
	int number = SIGTERM, status = 0;
	if (argc > 1 && (strcmp(argv[1], "-l") == 0 || strcmp(argv[1], "-L") == 0)) return list_signals(argc, argv, 2);
	int first = take_signal(argc, argv, &number);
	if (first >= argc) missing_operand();
	for (int i = first; i < argc; i++) {
		long long pid;
		if (!parse_signed(argv[i], &pid) || pid > INT32_MAX || pid < -INT32_MAX) status = warn("invalid number '%s'", argv[i]);
		else if (kill((pid_t)pid, number) != 0) status = warn_errno("can't kill pid %lld", pid);
	}
	return status;
}

static bool has_name(const struct process *process, const char *name) {
	if (strcmp(process->comm, name) == 0) return true;
	/* comm is cut at 15 bytes, and a script's is its interpreter's: the first word of its command line counts, too. */
	size_t length = strcspn(process->args, " ");
	char *first = xstrndup(process->args, length), *base = base_name(first);
	bool same = strcmp(base, name) == 0 || strcmp(first, name) == 0;
	free(first);
	free(base);
	return same;
}

int killall_main(int argc, char **argv) {
	int number = SIGTERM, status = 0;
	bool quiet = false;
	struct process *list;
	size_t count;
	if (argc > 1 && strcmp(argv[1], "-l") == 0) return list_signals(argc, argv, 2);
	if (argc > 1 && strcmp(argv[1], "-q") == 0) {
		quiet = true;
		argv++;
		argc--;
	}
	int first = take_signal(argc, argv, &number);
	if (first >= argc) missing_operand();
	if (!read_processes(&list, &count)) return 1;
	for (int i = first; i < argc; i++) {
		bool any = false;
		for (size_t j = 0; j < count; j++) {
			if (list[j].pid == getpid() || !has_name(&list[j], argv[i])) continue;
			any = true;
			if (kill(list[j].pid, number) != 0) status = warn_errno("can't kill pid %d", list[j].pid);
		}
		if (!any) status = quiet ? 1 : warn("%s: no process killed", argv[i]);
	}
	return status;
}

int pidof_main(int argc, char **argv) {
	struct options parsed;
	bool single = false, any = false;
	long long omit = 0;
	struct process *list;
	size_t count;
	options_start(&parsed, argc, argv, "so:x", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 's') single = true;
		else if (letter == 'o') omit = strcmp(parsed.argument, "%PPID") == 0 ? getppid() : (long long)need_number(parsed.argument);
	}
	if (!read_processes(&list, &count)) return 1;
	for (int i = 0; i < parsed.argc; i++)
		for (size_t j = count; j-- > 0;) {
			if (list[j].pid == omit || list[j].pid == getpid() || !has_name(&list[j], parsed.argv[i])) continue;
			printf(any ? " %d" : "%d", list[j].pid);
			any = true;
			if (single) break;
		}
	if (any) putchar('\n');
	return !any;
}

static int grep_processes(int argc, char **argv, bool deliver) {
	struct options parsed;
	bool full = false, exact = false, inverse = false, names = false, oldest = false, newest = false, counting = false, all = false;
	const char *between = "\n";
	int number = SIGTERM, status = 1, parent = -1, group = -1, session = -1;
	unsigned uid = UINT32_MAX;
	usage_status = 2;
	if (deliver && argc > 1 && argv[1][0] == '-' && argv[1][1] && (isdigit((unsigned char)argv[1][1])
		|| isupper((unsigned char)argv[1][1])) && signal_number(argv[1] + 1) >= 0) {
		number = signal_number(argv[1] + 1);
		argv++;
		argc--;
	}
	options_start(&parsed, argc, argv, "fxvlaoncd:P:g:s:u:U:", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'f': full = true; break;
		case 'x': exact = true; break;
		case 'v': inverse = true; break;
		case 'l': names = true; break;
		case 'a': all = true; break;
		case 'o': oldest = true; break;
		case 'n': newest = true; break;
		case 'c': counting = true; break;
		case 'd': between = parsed.argument; break;
		case 'P': parent = (int)need_number(parsed.argument); break;
		case 'g': group = (int)need_number(parsed.argument); break;
		case 's': session = (int)need_number(parsed.argument); break;
		default: if (!need_user(parsed.argument, &uid, NULL)) die(2, "invalid user name: %s", parsed.argument);
		}
	if (parsed.argc != 1 && parent < 0 && group < 0 && session < 0 && uid == UINT32_MAX) usage_error("no matching criteria specified");
	regex_t regex;
	char *text = format_text(exact ? "^(%s)$" : "%s", parsed.argc ? parsed.argv[0] : "");
	if (regcomp(&regex, text, REG_EXTENDED | REG_NOSUB) != 0) die(2, "invalid regular expression '%s'", text);
	struct process *list, *best = NULL;
	size_t count, found = 0;
	if (!read_processes(&list, &count)) return 2;
	for (size_t i = 0; i < count; i++) {
		struct process *each = &list[i];
		if (each->pid == getpid()) continue;
		bool matches = regexec(&regex, full ? each->args : each->comm, 0, NULL, 0) == 0 && (parent < 0 || each->ppid == parent)
			&& (group < 0 || each->pgid == group) &&
			(session < 0 || each->sid == session) && (uid == UINT32_MAX || each->euid == uid);
		if (matches == inverse) continue;
		if (oldest || newest) {
			if (!best || newest) best = each;
			continue;
		}
		best = each;
		if (deliver) {
			if (kill(each->pid, number) != 0) warn_errno("killing pid %d failed", each->pid);
			else status = 0;
		} else if (!counting) {
			if (found) fputs(between, stdout);
			printf("%d", each->pid);
			if (all || (names && full)) printf(" %s", each->args);
			else if (names) printf(" %s", each->comm);
		}
		found++;
	}
	if ((oldest || newest) && best) {
		found++;
		if (deliver) status = kill(best->pid, number) != 0 ? warn_errno("killing pid %d failed", best->pid) : 0;
		else if (!counting) printf(names ? "%d %s" : "%d", best->pid, best->comm);
	}
	if (counting) printf("%zu\n", found);
	else if (found && !deliver) putchar('\n');
	return deliver ? status : found == 0;
}

int pgrep_main(int argc, char **argv) {
	return grep_processes(argc, argv, false);
}

int pkill_main(int argc, char **argv) {
	return grep_processes(argc, argv, true);
}
