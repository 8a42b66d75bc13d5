/* Visits a tree. What is known of the directories above is on the heap: a tree can be far deeper than the stack. */
#include "walk.h"

static void end_visit(struct visit *visit, struct visit *parent, struct visit *first) {
	struct visit *to = parent ? parent : first;
	to->status |= visit->status;
	to->sum += visit->sum;
	free(visit);
}

int walk_tree(const char *path, const struct walk *walk, unsigned long long *sum) {
	struct buffer where = {0};
	struct visit *above = NULL, result = {0}; /* the innermost directory that is being visited */
	buffer_text(&where, path);
	for (;;) {
		struct visit *visit = xcalloc(1, sizeof *visit);
		visit->path = where.data;
		visit->length = where.length;
		visit->depth = above ? above->depth + 1 : 0;
		visit->above = above;
		if (walk->meet(visit, walk->context)) {
			if (!list_directory(where.data, &visit->inside)) visit->error = errno;
			above = visit;
		} else end_visit(visit, above, &result);
		while (above && (above->next == above->inside.count || (walk->stop && *walk->stop))) {
			visit = above;
			above = visit->above;
			where.data[where.length = visit->length] = '\0';
			visit->path = where.data;
			if (walk->leave) walk->leave(visit, walk->context);
			names_free(&visit->inside);
			end_visit(visit, above, &result);
		}
		if (!above) break;
		where.length = above->length;
		if (where.length && where.data[where.length - 1] != '/') buffer_char(&where, '/');
		buffer_text(&where, above->inside.list[above->next++]);
	}
	free(where.data);
	if (sum) *sum = result.sum;
	return result.status;
}
