/* The user data base: /etc/passwd, read anew for each question. */
#include "internal.h"
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Cuts `line` at its colons; false when it has not seven fields with numbers where they belong. */
static bool parse(char *line, struct passwd *entry)
{
	char *fields[7], *end;
	for (int i = 0; i < 7; i++) {
		fields[i] = strsep(&line, ":");
		if (fields[i] == NULL)
			return false;
	}
	if (line != NULL || fields[0][0] == '\0')
		return false;
	entry->pw_name = fields[0];
	entry->pw_passwd = fields[1];
	entry->pw_uid = (uid_t)strtoul(fields[2], &end, 10);
	if (end == fields[2] || *end != '\0')
		return false;
	entry->pw_gid = (gid_t)strtoul(fields[3], &end, 10);
	if (end == fields[3] || *end != '\0')
		return false;
	entry->pw_gecos = fields[4];
	entry->pw_dir = fields[5];
	entry->pw_shell = fields[6];
	return true;
}

/* One line without its newline; false at the end. */
static bool next_line(FILE *file, char **line, size_t *size)
{
	const ssize_t length = getline(line, size, file);
	if (length <= 0)
		return false;
	if ((*line)[length - 1] == '\n')
		(*line)[length - 1] = '\0';
	return true;
}

/* By name, or by id when `name` is NULL. The strings live in *line. Gives an errno; *found tells. */
static int look_up(const char *name, uid_t uid, struct passwd *entry, char **line, size_t *size, bool *found)
{
	FILE *file = fopen("/etc/passwd", "re");
	*found = false;
	if (file == NULL)
		return errno == ENOENT || errno == ENOTDIR ? 0 : errno;
	while (!*found && next_line(file, line, size))
		*found = parse(*line, entry) && (name == NULL ? entry->pw_uid == uid : strcmp(entry->pw_name, name) == 0);
	const int error = ferror(file) ? errno : 0;
	(void)fclose(file);
	return error;
}

static struct passwd own;
static char *own_line;
static size_t own_size;
static FILE *listing;

static struct passwd *look_up_own(const char *name, uid_t uid)
{
	bool found;
	const int error = look_up(name, uid, &own, &own_line, &own_size, &found);
	if (error != 0)
		errno = error;
	return found ? &own : NULL;
}

struct passwd *getpwnam(const char *name)
{
	return look_up_own(name, 0);
}

struct passwd *getpwuid(uid_t uid)
{
	return look_up_own(NULL, uid);
}

/* Into the caller's buffer: the line is cut there again. */
static int look_up_into(const char *name, uid_t uid, struct passwd *entry, char *buffer, size_t size, struct passwd **result)
{
	struct passwd found_entry;
	char *line = NULL;
	size_t line_size = 0;
	bool found;
	int error = look_up(name, uid, &found_entry, &line, &line_size, &found);
	*result = NULL;
	if (error == 0 && found) {
		const int length = snprintf(buffer, size, "%s:%s:%u:%u:%s:%s:%s", found_entry.pw_name, found_entry.pw_passwd, found_entry.pw_uid,
			found_entry.pw_gid, found_entry.pw_gecos, found_entry.pw_dir, found_entry.pw_shell);
		if (length >= 0 && (size_t)length >= size)
			error = ERANGE;
		else if (parse(buffer, entry))
			*result = entry;
	}
	free(line);
	return error;
}

int getpwnam_r(const char *name, struct passwd *entry, char *buffer, size_t size, struct passwd **result)
{
	return look_up_into(name, 0, entry, buffer, size, result);
}

int getpwuid_r(uid_t uid, struct passwd *entry, char *buffer, size_t size, struct passwd **result)
{
	return look_up_into(NULL, uid, entry, buffer, size, result);
}

struct passwd *fgetpwent(FILE *file)
{
	while (next_line(file, &own_line, &own_size))
		if (parse(own_line, &own))
			return &own;
	return NULL;
}

void setpwent(void)
{
	if (listing != NULL)
		(void)fclose(listing);
	listing = NULL;
}

void endpwent(void)
{
	setpwent();
}

struct passwd *getpwent(void)
{
	if (listing == NULL)
		listing = fopen("/etc/passwd", "re");
	return listing == NULL ? NULL : fgetpwent(listing);
}

int getlogin_r(char *buffer, size_t size)
{
	const char *name = getlogin();
	if (name == NULL)
		return ENXIO;
	if (strlen(name) >= size)
		return ERANGE;
	strcpy(buffer, name);
	return 0;
}

/* There is no utmp in a container: the name of the real user. */
char *getlogin(void)
{
	static char name[256];
	const struct passwd *user = getpwuid(getuid());
	if (user == NULL || strlen(user->pw_name) >= sizeof name) {
		errno = ENXIO;
		return NULL;
	}
	return strcpy(name, user->pw_name);
}
