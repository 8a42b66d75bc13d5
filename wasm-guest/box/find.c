/* find: the walk. */
#include "find.h"
#include "walk.h"

struct find find = {.max_depth = -1};

struct search {
	struct node *root;
	dev_t device; /* of the operand */
};

static void evaluate(const struct visit *visit, struct node *root) {
	char *base = base_name(visit->path);
	const struct found found = {.path = visit->path, .base = base, .st = visit->st, .depth = visit->depth};
	find_evaluate(root, &found);
	free(base);
}

static bool meet(struct visit *visit, void *context) {
	struct search *search = context;
	int depth = visit->depth;
	bool follow = find.follow || (depth == 0 && find.follow_arguments);
	if ((!follow || reach_stat(visit->path, &visit->st) != 0) && reach_lstat(visit->path, &visit->st) != 0) {
		warn_errno("'%s'", visit->path);
		find.failed = true;
		return false;
	}
	if (depth == 0) search->device = visit->st.st_dev;
	find.prune = false;
	bool counts = depth >= find.min_depth;
	if (counts && !find.depth_first) evaluate(visit, search->root);
	check_output();
	bool enter = S_ISDIR(visit->st.st_mode) && !(find.prune && !find.depth_first) && (find.max_depth < 0 || depth < find.max_depth)
		&& !find.quit && (!find.same_device || visit->st.st_dev == search->device);
	if (!enter && counts && find.depth_first) evaluate(visit, search->root);
	return enter;
}

static void leave(struct visit *visit, void *context) {
	struct search *search = context;
	if (visit->error) {
		errno = visit->error;
		warn_errno("'%s'", visit->path);
		find.failed = true;
	}
	if (visit->depth >= find.min_depth && find.depth_first) evaluate(visit, search->root);
}

static void walk(const char *path, struct node *root) {
	struct search search = {.root = root};
	walk_tree(path, &(struct walk){.meet = meet, .leave = leave, .context = &search, .stop = &find.quit}, NULL);
}

int find_main(int argc, char **argv) {
	int first = 1;
	clock_gettime(CLOCK_REALTIME, &find.now);
	for (; first < argc && argv[first][0] == '-' && argv[first][1] && strchr("HLP", argv[first][1]) && !argv[first][2]; first++) {
		find.follow = argv[first][1] == 'L';
		find.follow_arguments = argv[first][1] == 'H';
	}
	int operands = first;
	while (operands < argc && argv[operands][0] != '-' && strcmp(argv[operands], "(") != 0 && strcmp(argv[operands], "!") != 0) operands++;
	struct node *root = find_parse(argv + operands);
	if (operands == first) walk(".", root);
	for (int i = first; i < operands && !find.quit; i++) walk(argv[i], root);
	find_flush(root);
	return find.failed;
}
