/* ps, top, uptime, free: what /proc tells of processes and the machine. */
#include "box.h"
#include <strings.h>
#include <sys/ioctl.h>

enum { TICKS = 100 };

static double read_uptime(double *idle) {
	char *text = read_file("/proc/uptime", NULL);
	double up = 0, unused = 0;
	if (text) sscanf(text, "%lf %lf", &up, idle ? idle : &unused);
	free(text);
	return up;
}

static unsigned long long meminfo(const char *text, const char *name) {
	const char *at = text ? strstr(text, name) : NULL;
	return at ? strtoull(at + strlen(name), NULL, 10) : 0; /* KiB */
}

static char *tty_label(int device) {
	unsigned major = device_major((uint64_t)(unsigned)device), minor = device_minor((uint64_t)(unsigned)device);
	if (device == 0) return xstrdup("?");
	if (major >= 136 && major < 144) return format_text("pts/%u", (major - 136) * 256 + minor);
	if (major == 4) return format_text("tty%u", minor);
	if (major == 5 && minor == 1) return xstrdup("console");
	return format_text("%u,%u", major, minor);
}

static char *cpu_time(const struct process *process) {
	unsigned long long seconds = (process->utime + process->stime) / TICKS;
	if (seconds >= 86400) return format_text("%llu-%02u:%02u:%02u", seconds / 86400, (unsigned)(seconds / 3600 % 24),
		(unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
	return format_text("%02u:%02u:%02u", (unsigned)(seconds / 3600), (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
}

static double run_seconds(const struct process *process, double up) {
	double seconds = up - (double)process->start / TICKS;
	return seconds > 0 ? seconds : 0;
}

static char *elapsed(const struct process *process, double up) {
	unsigned long long seconds = (unsigned long long)run_seconds(process, up);
	if (seconds >= 86400) return format_text("%llu-%02u:%02u:%02u", seconds / 86400, (unsigned)(seconds / 3600 % 24),
		(unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
	if (seconds >= 3600) return format_text("%02u:%02u:%02u", (unsigned)(seconds / 3600), (unsigned)(seconds / 60 % 60),
		(unsigned)(seconds % 60));
	return format_text("%02u:%02u", (unsigned)(seconds / 60), (unsigned)(seconds % 60));
}

static char *start_text(const struct process *process, double up) {
	char text[16];
	time_t now = time(NULL), when = now - (time_t)run_seconds(process, up);
	strftime(text, sizeof text, now - when < 86400 ? "%H:%M" : "%b%d", localtime(&when));
	return xstrdup(text);
}

static double cpu_share(const struct process *process, double up) {
	double seconds = run_seconds(process, up);
	return seconds > 0 ? (double)(process->utime + process->stime) / TICKS / seconds * 100 : 0;
}

struct column {
	const char *name, *title;
	bool right;
	int width;
};
/* The last column of a row is not padded, and args, comm, cmd are never cut when they are last. */
static const struct column all_columns[] = {{"pid", "PID", true, 5}, {"ppid", "PPID", true, 5}, {"pgid", "PGID", true, 5}, {"pgrp",
	"PGRP", true, 5}, {"sid", "SID", true, 5},
	{"sess", "SESS", true, 5}, {"tpgid", "TPGID", true, 5}, {"user", "USER", false, 8}, {"euser", "EUSER", false, 8}, {"ruser", "RUSER",
		false, 8}, {"group", "GROUP", false, 8},
	{"uid", "UID", true, 5}, {"gid", "GID", true, 5}, {"comm", "COMMAND", false, 15}, {"ucmd", "CMD", false, 15}, {"args", "COMMAND",
		false, 27}, {"cmd", "CMD", false, 27},
	{"command", "COMMAND", false, 27}, {"tty", "TT", false, 8}, {"tt", "TT", false, 8}, {"tname", "TTY", false, 8}, {"stat", "STAT",
		false, 4}, {"s", "S", false, 1},
	{"state", "S", false, 1}, {"time", "TIME", true, 8}, {"cputime", "TIME", true, 8}, {"etime", "ELAPSED", true, 11}, {"vsz", "VSZ",
		true, 6}, {"rss", "RSS", true, 5},
	{"nice", "NI", true, 3}, {"ni", "NI", true, 3}, {"nlwp", "NLWP", true, 4}, {"pcpu", "%CPU", true, 4}, {"%cpu", "%CPU", true, 4},
		{"pmem", "%MEM", true, 4},
	{"%mem", "%MEM", true, 4}, {"start", "STARTED", true, 8}, {"stime", "STIME", true, 5}, {"c", "C", true, 2}};

static char *column_text(const struct column *column, const struct process *process, double up) {
#define IS(text) (strcmp(column->name, text) == 0)
	if (IS("pid")) return format_text("%d", process->pid);
	if (IS("ppid")) return format_text("%d", process->ppid);
	if (IS("pgid") || IS("pgrp")) return format_text("%d", process->pgid);
	if (IS("sid") || IS("sess")) return format_text("%d", process->sid);
	if (IS("tpgid")) return format_text("%d", process->tpgid);
	if (IS("user") || IS("euser")) return xstrdup(user_label(process->euid));
	if (IS("ruser")) return xstrdup(user_label(process->uid));
	if (IS("group")) return xstrdup(group_label(process->gid));
	if (IS("uid")) return format_text("%u", process->euid);
	if (IS("gid")) return format_text("%u", process->gid);
	if (IS("comm") || IS("ucmd")) return process->state == 'Z' ? format_text("%s <defunct>", process->comm) : xstrdup(process->comm);
	if (IS("args") || IS("cmd") || IS("command")) return process->state == 'Z' ? format_text("%s <defunct>", process->args)
		: xstrdup(process->args);
	if (IS("tty") || IS("tt") || IS("tname")) return tty_label(process->tty);
	if (IS("s") || IS("state")) return format_text("%c", process->state);
	if (IS("stat"))
		return format_text("%c%s%s%s%s", process->state, process->nice < 0 ? "<" : process->nice > 0 ? "N" : "",
			process->sid == process->pid ? "s" : "",
			process->threads > 1 ? "l" : "", process->tpgid == process->pgid ? "+" : "");
	if (IS("time") || IS("cputime")) return cpu_time(process);
	if (IS("etime")) return elapsed(process, up);
	if (IS("vsz")) return format_text("%llu", process->vsize / 1024);
	if (IS("rss")) return format_text("%lld", process->rss * 4);
	if (IS("nice") || IS("ni")) return format_text("%lld", process->nice);
	if (IS("nlwp")) return format_text("%llu", process->threads);
	if (IS("c")) return format_text("%d", (int)cpu_share(process, up));
	if (IS("pcpu") || IS("%cpu")) return format_text("%.1f", cpu_share(process, up));
	if (IS("pmem") || IS("%mem")) {
		char *text = read_file("/proc/meminfo", NULL);
		double total = (double)meminfo(text, "MemTotal:");
		free(text);
		return format_text("%.1f", total > 0 ? (double)process->rss * 400 / total : 0.0);
	}
	return start_text(process, up);
#undef IS
}

struct chosen {
	struct column *list;
	size_t count, capacity;
};

static void choose(struct chosen *chosen, const char *text) {
	char *copy = xstrdup(text);
	for (char *each = copy, *next; each && *each; each = next) {
		next = each + strcspn(each, ", ");
		char *title = strchr(each, '=');
		if (title && title < next) next = NULL; /* a title takes the rest */
		else {
			title = NULL;
			if (*next) *next++ = '\0';
			else next = NULL;
		}
		if (title) *title++ = '\0';
		if (!*each) continue;
		size_t i = 0;
		while (i < LENGTH(all_columns) && strcasecmp(all_columns[i].name, each) != 0) i++;
		if (i == LENGTH(all_columns)) die(1, "unknown user-defined format specifier \"%s\"", each);
		chosen->list = grow(chosen->list, chosen->count, &chosen->capacity, sizeof *chosen->list);
		struct column column = all_columns[i];
		if (title) column.title = title;
		chosen->list[chosen->count++] = column;
	}
}

static void put_cell(const struct column *column, const char *text, bool last) {
	if (column->right) printf("%*s", column->width, text);
	else if (last) fputs(text, stdout);
	else printf("%-*s", column->width, text);
	putchar(last ? '\n' : ' ');
}

int ps_main(int argc, char **argv) {
	struct options parsed;
	struct chosen chosen = {0};
	bool every = false, full = false, terminal_only = false;
	struct names pids = {0};
	unsigned uid = UINT32_MAX;
	/* BSD style: letters without a dash. */
	bool bsd = argc > 1 && argv[1][0] != '-' && argv[1][strspn(argv[1], "aeuxwfj")] == '\0' && argv[1][0];
	if (bsd) {
		if (strchr(argv[1], 'x') || strchr(argv[1], 'a')) every = true;
		if (strchr(argv[1], 'u')) choose(&chosen, "user,pid,%cpu,%mem,vsz,rss,tty,stat,stime,time,args");
		else choose(&chosen, "pid,tty,stat,time,args");
		argv++;
		argc--;
	}
	options_start(&parsed, argc, argv, "eAafFlo:p:u:U:wTdH", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'e': case 'A': case 'd': every = true; break;
		case 'a': terminal_only = true; break;
		case 'f': case 'F': case 'l': full = true; break;
		case 'o': choose(&chosen, parsed.argument); break;
		case 'p':
			for (char *each = strtok(parsed.argument, ", "); each; each = strtok(NULL, ", ")) names_add(&pids, each);
			break;
		case 'u': case 'U': if (!need_user(parsed.argument, &uid, NULL)) die(1, "user name does not exist"); break;
		default: break;
		}
	if (chosen.count == 0) choose(&chosen, full ? "user,pid,ppid,c,stime,tname,time,cmd" : "pid,tname,time,comm");
	/* In a container all processes are one's own business: without a selection all are shown, as busybox does. */
	(void)every;
	struct process *list;
	size_t count;
	if (!read_processes(&list, &count)) return 1;
	double up = read_uptime(NULL);
	if (!bsd && !full)
		for (size_t i = 0; i < chosen.count; i++)
			if (strcmp(chosen.list[i].name, "comm") == 0 && strcmp(chosen.list[i].title, "COMMAND") == 0 && chosen.count == 4
				&& strcmp(chosen.list[1].name, "tname") == 0)
				chosen.list[i].title = "CMD";
	bool titles = false;
	for (size_t i = 0; i < chosen.count; i++) titles |= *chosen.list[i].title != '\0';
	for (size_t i = 0; titles && i < chosen.count; i++) put_cell(&chosen.list[i], chosen.list[i].title, i + 1 == chosen.count);
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		bool wanted = pids.count == 0;
		for (size_t j = 0; j < pids.count; j++) wanted |= atoi(pids.list[j]) == list[i].pid;
		if (!wanted || (uid != UINT32_MAX && list[i].euid != uid) || (terminal_only && list[i].tty == 0)) continue;
		any = true;
		for (size_t j = 0; j < chosen.count; j++) {
			char *text = column_text(&chosen.list[j], &list[i], up);
			put_cell(&chosen.list[j], text, j + 1 == chosen.count);
			free(text);
		}
	}
	return !any;
}

static int compare_cpu(const void *left, const void *right) {
	const struct process *a = left, *b = right;
	unsigned long long x = a->utime + a->stime, y = b->utime + b->stime;
	return x != y ? (x < y) - (x > y) : a->pid - b->pid;
}

static void put_load(void) {
	char *text = read_file("/proc/loadavg", NULL);
	double load[3] = {0};
	if (text) sscanf(text, "%lf %lf %lf", &load[0], &load[1], &load[2]);
	free(text);
	printf("load average: %.2f, %.2f, %.2f\n", load[0], load[1], load[2]);
}

static bool put_top(size_t rows) {
	struct process *list;
	size_t count, running = 0;
	char *memory = read_file("/proc/meminfo", NULL);
	unsigned long long total = meminfo(memory, "MemTotal:"), left = meminfo(memory, "MemFree:");
	free(memory);
	if (!read_processes(&list, &count)) return false;
	double up = read_uptime(NULL);
	for (size_t i = 0; i < count; i++) running += list[i].state == 'R';
	printf("Mem: %lluK used, %lluK free\n", total - left, left);
	printf("Tasks: %zu total, %zu running, up %.0f s, ", count, running, up);
	put_load();
	qsort(list, count, sizeof *list, compare_cpu);
	printf("%5s %5s %-8s %-4s %7s %5s %8s %s\n", "PID", "PPID", "USER", "STAT", "VSZ", "%CPU", "TIME", "COMMAND");
	for (size_t i = 0; i < count && i < rows; i++) {
		char *time = cpu_time(&list[i]);
		printf("%5d %5d %-8s %-4c %7llu %5.1f %8s %s\n", list[i].pid, list[i].ppid, user_label(list[i].euid), list[i].state,
			list[i].vsize / 1024, cpu_share(&list[i], up), time, list[i].args);
		free(time);
		free(list[i].comm);
		free(list[i].args);
	}
	free(list);
	return true;
}

int top_main(int argc, char **argv) {
	struct options parsed;
	bool batch = false;
	unsigned long long rounds = UINT64_MAX;
	double delay = 3;
	options_start(&parsed, argc, argv, "bn:d:", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'b') batch = true;
		else if (letter == 'n') rounds = need_number(parsed.argument);
		else if (!parse_seconds(parsed.argument, &delay)) usage_error("invalid delay '%s'", parsed.argument);
	}
	struct winsize window = {0};
	if (!isatty(STDOUT_FILENO)) batch = true;
	while (rounds-- > 0) {
		size_t rows = SIZE_MAX;
		if (!batch) {
			fputs("\033[H\033[J", stdout);
			rows = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_row > 4 ? window.ws_row - 4u : 20;
		}
		if (!put_top(rows)) return 1;
		fflush(stdout);
		check_output();
		if (rounds > 0) sleep_seconds(delay);
	}
	return 0;
}

int uptime_main(int argc, char **argv) {
	struct options parsed;
	bool since = false;
	options_start(&parsed, argc, argv, "s", NULL);
	while (options_next(&parsed) != -1) since = true;
	double up = read_uptime(NULL);
	char text[32];
	time_t now = time(NULL), boot = now - (time_t)up;
	if (since) {
		strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", localtime(&boot));
		puts(text);
		return 0;
	}
	strftime(text, sizeof text, "%H:%M:%S", localtime(&now));
	unsigned long long minutes = (unsigned long long)up / 60;
	printf(" %s up ", text);
	if (minutes >= 1440) printf("%llu day%s, ", minutes / 1440, minutes >= 2880 ? "s" : "");
	if (minutes % 1440 >= 60) printf("%2llu:%02llu,  ", minutes / 60 % 24, minutes % 60);
	else printf("%llu min,  ", minutes % 60);
	put_load();
	return 0;
}

int free_main(int argc, char **argv) {
	struct options parsed;
	unsigned long long unit = 1;
	bool human = false;
	options_start(&parsed, argc, argv, "bkmgh", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		human = letter == 'h';
		unit = letter == 'm' ? 1024 : letter == 'g' ? 1024 * 1024 : letter == 'b' ? 0 : 1;
	}
	char *text = read_file("/proc/meminfo", NULL);
	if (!text) return warn_errno("/proc/meminfo");
	static const char *const keys[] = {"MemTotal:", "MemFree:", "Shmem:", "Buffers:", "\nCached:", "MemAvailable:", "SwapTotal:",
		"SwapFree:"};
	unsigned long long value[LENGTH(keys)];
	for (size_t i = 0; i < LENGTH(keys); i++) value[i] = meminfo(text, keys[i]);
	unsigned long long cache = value[3] + value[4], used = value[0] > value[1] + cache ? value[0] - value[1] - cache : 0;
	const unsigned long long memory[] = {value[0], used, value[1], value[2], cache, value[5]}, swap[] = {value[6], value[6] - value[7],
		value[7]};
	printf("%19s %11s %11s %11s %11s %11s\n", "total", "used", "free", "shared", "buff/cache", "available");
	for (int row = 0; row < 2; row++) {
		printf(row ? "Swap: " : "Mem:  ");
		for (size_t i = 0; i < (row ? LENGTH(swap) : LENGTH(memory)); i++) {
			unsigned long long kib = row ? swap[i] : memory[i];
			char shown[24];
			if (human) human_size(kib * 1024, shown);
			else snprintf(shown, sizeof shown, "%llu", unit ? kib / unit : kib * 1024);
			printf(i ? " %11s" : " %12s", shown);
		}
		putchar('\n');
	}
	free(text);
	return 0;
}
