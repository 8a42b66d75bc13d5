/* A walk through a tree, without recursion: see walk.c. */
#ifndef BOX_WALK_H
#define BOX_WALK_H
#include "box.h"

struct visit {
	const char *path; /* valid until the callback returns */
	int depth;
	struct stat st; /* for meet to fill, and for leave to find again; so is `mark` */
	bool mark;
	int error; /* in leave: the directory could not be listed */
	int status; /* joined (or-ed) into the directory above, and given back at last */
	unsigned long long sum; /* added to that of the directory above */
	/* of the walk */
	struct visit *above;
	struct names inside;
	size_t next, length;
};
struct walk {
	/* True: a directory to go into; then leave comes after what is in it. */
	bool (*meet)(struct visit *visit, void *context);
	void (*leave)(struct visit *visit, void *context); /* may be NULL */
	void *context;
	const bool *stop; /* may be NULL; true: nothing more is met */
};
int walk_tree(const char *path, const struct walk *walk, unsigned long long *sum);
#endif
