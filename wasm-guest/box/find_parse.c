/* find: arguments to an expression tree. */
#include "find.h"

static char **at;

static char *need_argument(const char *name) {
	if (!*at) die(1, "missing argument to '-%s'", name);
	return *at++;
}

static struct node *make(int kind, struct node *left, struct node *right) {
	struct node *node = xcalloc(1, sizeof *node);
	node->kind = kind;
	node->left = left;
	node->right = right;
	return node;
}

static void take_number(struct node *node, const char *text, bool suffix) {
	if (*text == '+' || *text == '-') node->relation = *text++;
	char *end;
	node->number = strtoll(text, &end, 10);
	node->unit = 512;
	if (end == text) die(1, "invalid argument '%s' to '-%s'", text, node->name);
	if (suffix && *end) {
		static const char letters[] = "cwbkMG";
		static const unsigned long long units[] = {1, 2, 512, 1024, 1024 * 1024, 1024 * 1024 * 1024};
		const char *place = strchr(letters, *end++);
		if (!place) die(1, "invalid -size type '%s'", text);
		node->unit = units[place - letters];
	}
	if (*end) die(1, "invalid argument '%s' to '-%s'", text, node->name);
}

static void take_command(struct node *node) {
	char **first = at;
	while (*at && strcmp(*at, ";") != 0 && !(strcmp(*at, "+") == 0 && at > first && strcmp(at[-1], "{}") == 0)) at++;
	if (!*at) die(1, "missing argument to '-%s'", node->name);
	node->batch = **at == '+';
	size_t count = (size_t)(at - first) - (node->batch ? 1 : 0);
	if (count == 0) die(1, "invalid argument ';' to '-%s'", node->name);
	node->command = xcalloc(count + 1, sizeof *node->command);
	memcpy(node->command, first, count * sizeof *first);
	at++;
}

static void take_reference(struct node *node, const char *path) {
	struct stat st;
	if (stat(path, &st) != 0) die_errno(1, "%s", path);
	node->when = node->name[0] == 'a' ? accessed(&st) : node->name[0] == 'c' ? changed(&st) : modified(&st);
	if (strncmp(node->name, "newer", 5) == 0) node->when = modified(&st);
}

static const char *const with_text[] = {"name", "iname", "path", "ipath", "wholename", "type", "regex", "lname", "samefile", "printf",
	"fstype"};
static const char *const with_number[] = {"mtime", "atime", "ctime", "mmin", "amin", "cmin", "links", "inum", "size", "uid", "gid",
	"maxdepth", "mindepth"};
static const char *const bare[] = {"empty", "print", "print0", "delete", "prune", "ls", "quit", "true", "false", "depth", "d", "xdev",
	"mount", "follow", "nouser", "nogroup",
	"readable", "writable", "executable", "daystart", "noleaf"};

static bool one_of(const char *name, const char *const *list, size_t count) {
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, list[i]) == 0) return true;
	return false;
}

static struct node *parse_or(void);

static struct node *parse_primary(void) {
	if (!*at) die(1, "expected an expression");
	char *word = *at++;
	if (strcmp(word, "!") == 0 || strcmp(word, "-not") == 0) return make(NOT, parse_primary(), NULL);
	if (strcmp(word, "(") == 0) {
		struct node *inner = parse_or();
		if (!*at || strcmp(*at, ")") != 0) die(1, "invalid expression; expected to find a ')'");
		at++;
		return inner;
	}
	struct node *node = make(TEST, NULL, NULL);
	if (*word != '-') die(1, "paths must precede expression: '%s'", word);
	node->name = word + 1;
	unsigned id;
	if (one_of(node->name, with_text, LENGTH(with_text))) {
		node->text = need_argument(node->name);
		if (strcmp(node->name, "samefile") == 0) {
			struct stat st;
			if (stat(node->text, &st) != 0) die_errno(1, "%s", node->text);
			node->number = (long long)st.st_ino;
			node->unit = st.st_dev;
		}
	} else if (one_of(node->name, with_number, LENGTH(with_number))) {
		take_number(node, need_argument(node->name), strcmp(node->name, "size") == 0);
		if (strcmp(node->name, "maxdepth") == 0) find.max_depth = (int)node->number;
		if (strcmp(node->name, "mindepth") == 0) find.min_depth = (int)node->number;
	} else if (strcmp(node->name, "perm") == 0) {
		char *text = need_argument("perm");
		if (*text == '-' || *text == '/') node->relation = *text++;
		if (!parse_mode(text, 0, false, 0, &node->mode)) die(1, "invalid mode '%s'", text);
	} else if (strcmp(node->name, "user") == 0) {
		if (!need_user(need_argument("user"), &id, NULL)) die(1, "'%s' is not the name of a known user", at[-1]);
		node->number = id;
	} else if (strcmp(node->name, "group") == 0) {
		if (!need_group(need_argument("group"), &id)) die(1, "'%s' is not the name of an existing group", at[-1]);
		node->number = id;
	} else if (strcmp(node->name, "newer") == 0 || strcmp(node->name, "anewer") == 0 || strcmp(node->name,
		"cnewer") == 0) take_reference(node, need_argument(node->name));
	else if (strcmp(node->name, "exec") == 0 || strcmp(node->name, "execdir") == 0 || strcmp(node->name, "ok") == 0) take_command(node);
	else if (!one_of(node->name, bare, LENGTH(bare))) die(1, "unknown predicate '-%s'", node->name);
	if (strcmp(node->name, "depth") == 0 || strcmp(node->name, "d") == 0 || strcmp(node->name, "delete") == 0) find.depth_first = true;
	if (strcmp(node->name, "xdev") == 0 || strcmp(node->name, "mount") == 0) find.same_device = true;
	if (strcmp(node->name, "follow") == 0) find.follow = true;
	static const char *const actions[] = {"print", "print0", "delete", "ls", "exec", "execdir", "ok", "printf", "quit"};
	if (one_of(node->name, actions, LENGTH(actions)) && strcmp(node->name, "quit") != 0) find.has_action = true;
	return node;
}

static struct node *parse_and(void) {
	struct node *left = parse_primary();
	while (*at && strcmp(*at, "-o") != 0 && strcmp(*at, "-or") != 0 && strcmp(*at, ")") != 0) {
		if (strcmp(*at, "-a") == 0 || strcmp(*at, "-and") == 0) at++;
		left = make(AND, left, parse_primary());
	}
	return left;
}

static struct node *parse_or(void) {
	struct node *left = parse_and();
	while (*at && (strcmp(*at, "-o") == 0 || strcmp(*at, "-or") == 0)) {
		at++;
		left = make(OR, left, parse_and());
	}
	return left;
}

struct node *find_parse(char **arguments) {
	static char print[] = "-print";
	char *usual[] = {print, NULL};
	struct node *root = NULL;
	at = arguments;
	if (*at) root = parse_or();
	if (*at) die(1, "invalid expression; unexpected '%s'", *at);
	if (find.has_action) return root;
	at = usual;
	struct node *action = parse_primary();
	return root ? make(AND, root, action) : action;
}
