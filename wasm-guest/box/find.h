/* find: the expression is a tree of nodes. */
#ifndef BOX_FIND_H
#define BOX_FIND_H
#include "box.h"

struct node {
	enum { AND, OR, NOT, TEST } kind;
	struct node *left, *right;
	const char *name; /* of the primary, without its dash */
	char *text;
	char relation; /* '+', '-' or '\0' before a number */
	long long number;
	unsigned long long unit;
	struct timespec when;
	mode_t mode;
	char **command; /* -exec … */
	bool batch;
	struct names pending; /* of -exec … + */
	size_t pending_bytes;
};
struct found {
	const char *path, *base;
	struct stat st;
	int depth;
};
extern struct find {
	int max_depth, min_depth;
	bool depth_first, same_device, follow, follow_arguments, prune, failed, quit, has_action;
	struct timespec now;
} find;
struct node *find_parse(char **arguments);
bool find_evaluate(struct node *node, const struct found *found);
void find_flush(struct node *node); /* runs what -exec … + still holds */
#endif
