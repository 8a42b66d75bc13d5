/* The group data base: /etc/group. */
#include "internal.h"
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct line {
	char *text;
	size_t size;
	char **members;
	size_t room;
};

/* Cuts the text at its colons and commas; false when it is no entry. */
static bool parse(struct line *line, struct group *entry)
{
	char *rest = line->text, *fields[4], *end;
	size_t count = 0;
	for (int i = 0; i < 4; i++) {
		fields[i] = strsep(&rest, ":");
		if (fields[i] == NULL)
			return false;
	}
	if (rest != NULL || fields[0][0] == '\0')
		return false;
	entry->gr_gid = (gid_t)strtoul(fields[2], &end, 10);
	if (end == fields[2] || *end != '\0')
		return false;
	for (char *member; (member = strsep(&fields[3], ",")) != NULL;) {
		if (count + 2 > line->room) {
			char **larger = realloc(line->members, (line->room + 16) * sizeof *larger);
			if (larger == NULL)
				return false;
			line->members = larger;
			line->room += 16;
		}
		if (*member != '\0')
			line->members[count++] = member;
	}
	line->members[count] = NULL;
	entry->gr_name = fields[0];
	entry->gr_passwd = fields[1];
	entry->gr_mem = line->members;
	return true;
}

static bool next_entry(FILE *file, struct line *line, struct group *entry)
{
	for (;;) {
		const ssize_t length = getline(&line->text, &line->size, file);
		if (length <= 0)
			return false;
		if (line->text[length - 1] == '\n')
			line->text[length - 1] = '\0';
		if (parse(line, entry))
			return true;
	}
}

/* By name, or by id when `name` is NULL. Gives an errno. */
static int look_up(const char *name, gid_t gid, struct group *entry, struct line *line, bool *found)
{
	FILE *file = fopen("/etc/group", "re");
	*found = false;
	if (file == NULL)
		return errno == ENOENT || errno == ENOTDIR ? 0 : errno;
	while (!*found && next_entry(file, line, entry))
		*found = name == NULL ? entry->gr_gid == gid : strcmp(entry->gr_name, name) == 0;
	const int error = ferror(file) ? errno : 0;
	(void)fclose(file);
	return error;
}

static struct group own;
static struct line own_line;
static FILE *listing;

static struct group *look_up_own(const char *name, gid_t gid)
{
	bool found;
	const int error = look_up(name, gid, &own, &own_line, &found);
	if (error != 0)
		errno = error;
	return found ? &own : NULL;
}

struct group *getgrnam(const char *name)
{
	return look_up_own(name, 0);
}

struct group *getgrgid(gid_t gid)
{
	return look_up_own(NULL, gid);
}

static char *copy(char **to, size_t *left, const char *text)
{
	const size_t size = strlen(text) + 1;
	if (size > *left)
		return NULL;
	char *start = memcpy(*to, text, size);
	*to += size;
	*left -= size;
	return start;
}

/* Into the caller's buffer: the vector of members first, aligned, then the strings. */
static int copy_entry(const struct group *from, struct group *to, char *buffer, size_t size)
{
	size_t count = 0;
	while (from->gr_mem[count] != NULL)
		count++;
	const size_t padding = (size_t)(-(uintptr_t)buffer % sizeof(char *)), vector = (count + 1) * sizeof(char *);
	if (padding + vector > size)
		return ERANGE;
	to->gr_gid = from->gr_gid;
	to->gr_mem = (char **)(void *)(buffer + padding);
	char *next = buffer + padding + vector;
	size_t left = size - padding - vector;
	to->gr_name = copy(&next, &left, from->gr_name);
	to->gr_passwd = copy(&next, &left, from->gr_passwd);
	for (size_t i = 0; i < count; i++)
		if ((to->gr_mem[i] = copy(&next, &left, from->gr_mem[i])) == NULL)
			return ERANGE;
	to->gr_mem[count] = NULL;
	return to->gr_name == NULL || to->gr_passwd == NULL ? ERANGE : 0;
}

static int look_up_into(const char *name, gid_t gid, struct group *entry, char *buffer, size_t size, struct group **result)
{
	struct group found_entry;
	struct line line = { NULL, 0, NULL, 0 };
	bool found;
	int error = look_up(name, gid, &found_entry, &line, &found);
	if (error == 0 && found)
		error = copy_entry(&found_entry, entry, buffer, size);
	*result = error == 0 && found ? entry : NULL;
	free(line.text);
	free(line.members);
	return error;
}

int getgrnam_r(const char *name, struct group *entry, char *buffer, size_t size, struct group **result)
{
	return look_up_into(name, 0, entry, buffer, size, result);
}

int getgrgid_r(gid_t gid, struct group *entry, char *buffer, size_t size, struct group **result)
{
	return look_up_into(NULL, gid, entry, buffer, size, result);
}

struct group *fgetgrent(FILE *file)
{
	return next_entry(file, &own_line, &own) ? &own : NULL;
}

void setgrent(void)
{
	if (listing != NULL)
		(void)fclose(listing);
	listing = NULL;
}

void endgrent(void)
{
	setgrent();
}

struct group *getgrent(void)
{
	if (listing == NULL)
		listing = fopen("/etc/group", "re");
	return listing == NULL ? NULL : fgetgrent(listing);
}

static bool is_member(const struct group *entry, const char *user)
{
	for (char **member = entry->gr_mem; *member != NULL; member++)
		if (strcmp(*member, user) == 0)
			return true;
	return false;
}

/* *count in: room, out: how many there are; -1 when the room was too small. */
int getgrouplist(const char *user, gid_t group, gid_t *groups, int *count)
{
	const int room = *count;
	struct group entry;
	struct line line = { NULL, 0, NULL, 0 };
	int found = 0;
	FILE *file = fopen("/etc/group", "re");
	if (found < room)
		groups[found] = group;
	found++;
	while (file != NULL && next_entry(file, &line, &entry)) {
		if (entry.gr_gid == group || !is_member(&entry, user))
			continue;
		if (found < room)
			groups[found] = entry.gr_gid;
		found++;
	}
	if (file != NULL)
		(void)fclose(file);
	free(line.text);
	free(line.members);
	*count = found;
	return found <= room ? found : -1;
}

int initgroups(const char *user, gid_t group)
{
	gid_t groups[NGROUPS_MAX];
	int count = NGROUPS_MAX;
	if (getgrouplist(user, group, groups, &count) < 0)
		count = NGROUPS_MAX;
	return setgroups((size_t)count, groups);
}
