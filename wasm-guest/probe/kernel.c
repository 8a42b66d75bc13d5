/* What the kernel tells through /proc and its calls: names, status, mounts, sysctl, the terminal. */
#include "probe.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

/* /proc/self/status as "name": "text". */
static void report_status(void)
{
	char *text = read_file("/proc/self/status", NULL), *rest = text;
	json_open("status", '{');
	for (char *line; rest != NULL && (line = strsep(&rest, "\n")) != NULL;) {
		char *value = strchr(line, ':');
		if (value == NULL)
			continue;
		*value++ = '\0';
		json_string(line, value + strspn(value, " \t"));
	}
	json_close('}');
	free(text);
}

static void report_text(const char *name, const char *path)
{
	size_t length;
	char *text = read_file(path, &length);
	while (text != NULL && length > 0 && text[length - 1] == '\n')
		text[--length] = '\0';
	json_string(name, text);
	free(text);
}

/* All of /proc/sys, by slash path. */
static void report_sysctl(const char *directory)
{
	DIR *opened = opendir(directory);
	const struct dirent *entry;
	while (opened != NULL && (entry = readdir(opened)) != NULL) {
		char path[512];
		struct stat status;
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
		if (lstat(path, &status) != 0)
			continue;
		if (S_ISDIR(status.st_mode))
			report_sysctl(path);
		else
			report_text(path + strlen("/proc/sys/"), path);
	}
	if (opened != NULL)
		(void)closedir(opened);
}

void report_kernel(void)
{
	struct utsname names;
	char exe[512];
	if (uname(&names) == 0) {
		json_string("hostname", names.nodename);
		json_string("domainname", names.domainname);
		json_open("uname", '{');
		json_string("sysname", names.sysname);
		json_string("release", names.release);
		json_string("version", names.version);
		json_string("machine", names.machine);
		json_close('}');
	}
	const ssize_t length = readlink("/proc/self/exe", exe, sizeof exe - 1);
	exe[length < 0 ? 0 : length] = '\0';
	json_string("exe", length < 0 ? NULL : exe);
	report_text("cgroup", "/proc/self/cgroup");
	report_text("oomScoreAdj", "/proc/self/oom_score_adj");
	report_status();
	json_open("sysctl", '{');
	report_sysctl("/proc/sys");
	json_close('}');
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw" (proc(5)) */
static void report_mount(char *line)
{
	static const char *const before[] = { "id", "parent", "device", "root", "target", "options" };
	static const char *const after[] = { "type", "source", "superOptions" };
	char *rest = line;
	json_open(NULL, '{');
	for (size_t i = 0; i < 6 && rest != NULL; i++)
		json_string(before[i], strsep(&rest, " "));
	json_open("propagation", '[');
	for (char *field; rest != NULL && (field = strsep(&rest, " ")) != NULL && strcmp(field, "-") != 0;)
		json_string(NULL, field);
	json_close(']');
	for (size_t i = 0; i < 3 && rest != NULL; i++)
		json_string(after[i], strsep(&rest, " "));
	json_close('}');
}

void report_mounts(void)
{
	char *text = read_file("/proc/self/mountinfo", NULL), *rest = text;
	json_error("mountsError", text == NULL ? errno : 0);
	json_open("mounts", '[');
	for (char *line; rest != NULL && (line = strsep(&rest, "\n")) != NULL;)
		if (*line != '\0')
			report_mount(line);
	json_close(']');
	free(text);
}

/* Of standard input, else output, else error; null when none is a terminal. */
void report_terminal(void)
{
	struct winsize size;
	struct termios state;
	int fd = 0;
	while (fd < 3 && !isatty(fd))
		fd++;
	if (fd == 3) {
		json_null("terminal");
		return;
	}
	json_open("terminal", '{');
	json_string("name", ttyname(fd));
	if (ioctl(fd, TIOCGWINSZ, &size) == 0) {
		json_unsigned("rows", size.ws_row);
		json_unsigned("columns", size.ws_col);
	}
	if (tcgetattr(fd, &state) == 0) {
		json_boolean("canonical", (state.c_lflag & ICANON) != 0);
		json_boolean("echo", (state.c_lflag & ECHO) != 0);
		json_boolean("signals", (state.c_lflag & ISIG) != 0);
	}
	json_number("session", tcgetsid(fd));
	json_number("foreground", tcgetpgrp(fd));
	json_close('}');
}
