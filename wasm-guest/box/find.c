/* find: the walk. */
#include "find.h"

struct find find = {.max_depth = -1};

static void walk(const char *path, struct node *root, int depth, dev_t device) {
	struct found found = {.path = path, .depth = depth};
	bool follow = find.follow || (depth == 0 && find.follow_arguments);
	if ((follow ? stat(path, &found.st) != 0 && lstat(path, &found.st) != 0 : lstat(path, &found.st) != 0)) {
		warn_errno("'%s'", path);
		find.failed = true;
		return;
	}
	if (depth == 0) device = found.st.st_dev;
	char *base = base_name(path);
	found.base = base;
	find.prune = false;
	bool counts = depth >= find.min_depth;
	if (counts && !find.depth_first) find_evaluate(root, &found);
	check_output();
	bool enter = S_ISDIR(found.st.st_mode) && !(find.prune && !find.depth_first) && (find.max_depth < 0 || depth < find.max_depth)
		&& !find.quit;
	if (enter && find.same_device && found.st.st_dev != device) enter = false;
	if (enter) {
		struct names names;
		if (list_directory(path, &names)) {
			for (size_t i = 0; i < names.count && !find.quit; i++) {
				char *inner = join_path(path, names.list[i]);
				walk(inner, root, depth + 1, device);
				free(inner);
			}
			names_free(&names);
		} else {
			warn_errno("'%s'", path);
			find.failed = true;
		}
	}
	if (counts && find.depth_first) find_evaluate(root, &found);
	free(base);
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
	if (operands == first) walk(".", root, 0, 0);
	for (int i = first; i < operands && !find.quit; i++) walk(argv[i], root, 0, 0);
	find_flush(root);
	return find.failed;
}
