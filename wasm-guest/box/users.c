/* /etc/passwd and /etc/group, read each time: they are small, and nothing stays in memory. */
#include "box.h"

/* Splits at ':' in place; gives how many fields there are (at most room). */
static size_t fields_of(char *line, char **fields, size_t room) {
	size_t count = 0;
	while (line && count < room) {
		fields[count++] = line;
		line = strchr(line, ':');
		if (line) *line++ = '\0';
	}
	return count;
}

/* Calls `each` for every line's fields until it gives true. */
static bool scan(const char *path, size_t least, bool (*each)(char **fields, void *context), void *context) {
	char *text = read_file(path, NULL);
	bool found = false;
	if (!text) return false;
	for (char *line = text, *next; !found && line && *line; line = next) {
		next = strchr(line, '\n');
		if (next) *next++ = '\0';
		char *fields[7] = {0};
		if (fields_of(line, fields, 7) >= least) found = each(fields, context);
	}
	free(text);
	return found;
}

struct query {
	const char *name;
	unsigned id;
	struct user *user;
	char *group;
	unsigned *out;
	size_t count, room;
};

static bool match_user(char **fields, void *context) {
	struct query *query = context;
	unsigned long long uid, gid;
	if (!parse_number(fields[2], &uid) || !parse_number(fields[3], &gid)) return false;
	if (query->name ? strcmp(query->name, fields[0]) != 0 : uid != query->id) return false;
	if (query->user)
		*query->user = (struct user){.name = xstrdup(fields[0]), .uid = (unsigned)uid, .gid = (unsigned)gid,
			.home = xstrdup(fields[5] ? fields[5] : "/"), .shell = xstrdup(fields[6] && *fields[6] ? fields[6] : "/bin/sh")};
	return true;
}

static bool match_group(char **fields, void *context) {
	struct query *query = context;
	unsigned long long gid;
	if (!parse_number(fields[2], &gid)) return false;
	if (query->name ? strcmp(query->name, fields[0]) != 0 : gid != query->id) return false;
	query->id = (unsigned)gid;
	if (!query->name) query->group = xstrdup(fields[0]);
	return true;
}

static bool collect_group(char **fields, void *context) {
	struct query *query = context;
	unsigned long long gid;
	if (!fields[3] || !parse_number(fields[2], &gid) || gid == query->id) return false;
	for (char *member = strtok(fields[3], ","); member; member = strtok(NULL, ","))
		if (strcmp(member, query->name) == 0 && query->count < query->room) {
			query->out[query->count++] = (unsigned)gid;
			break;
		}
	return false;
}

bool user_by_name(const char *name, struct user *out) {
	return scan("/etc/passwd", 6, match_user, &(struct query){.name = name, .user = out});
}

bool user_by_id(unsigned uid, struct user *out) {
	return scan("/etc/passwd", 6, match_user, &(struct query){.id = uid, .user = out});
}

bool group_by_name(const char *name, unsigned *gid) {
	struct query query = {.name = name};
	if (!scan("/etc/group", 3, match_group, &query)) return false;
	*gid = query.id;
	return true;
}

char *group_name(unsigned gid) {
	struct query query = {.id = gid};
	scan("/etc/group", 3, match_group, &query);
	return query.group;
}

size_t groups_of(const char *name, unsigned primary, unsigned *out, size_t room) {
	struct query query = {.name = name, .id = primary, .out = out, .room = room};
	scan("/etc/group", 4, collect_group, &query);
	return query.count;
}

const char *user_label(unsigned uid) {
	static char *label;
	static unsigned known;
	if (label && known == uid) return label;
	free(label);
	struct user user;
	known = uid;
	if (user_by_id(uid, &user)) {
		free(user.home);
		free(user.shell);
		return label = user.name;
	}
	return label = format_text("%u", uid);
}

const char *group_label(unsigned gid) {
	static char *label;
	static unsigned known;
	if (label && known == gid) return label;
	free(label);
	known = gid;
	label = group_name(gid);
	return label ? label : (label = format_text("%u", gid));
}

bool need_user(const char *text, unsigned *uid, unsigned *gid) {
	struct user user;
	unsigned long long number;
	if (user_by_name(text, &user)) {
		*uid = user.uid;
		if (gid) *gid = user.gid;
		return true;
	}
	if (!parse_number(text, &number) || number > UINT32_MAX) return false;
	*uid = (unsigned)number;
	return true;
}

bool need_group(const char *text, unsigned *gid) {
	unsigned long long number;
	if (group_by_name(text, gid)) return true;
	if (!parse_number(text, &number) || number > UINT32_MAX) return false;
	*gid = (unsigned)number;
	return true;
}
