/* Functions: the table, and calling one with parameters and a scope of its own. */
#include "sh.h"
#include <stdlib.h>

static struct function *functions;

struct function *function_find(const char *name)
{
	for (struct function *f = functions; f != NULL; f = f->next)
		if (text_is(f->name, name))
			return f;
	return NULL;
}

const char *function_name(size_t index)
{
	struct function *f = functions;
	while (f != NULL && index-- > 0)
		f = f->next;
	return f == NULL ? NULL : f->name;
}

static void release(struct function *f)
{
	if (f->users > 0) {
		f->dead = true;
		return;
	}
	arena_drop(f->arena);
	free(f->name);
	free(f);
}

bool function_unset(const char *name)
{
	for (struct function **at = &functions; *at != NULL; at = &(*at)->next)
		if (text_is((*at)->name, name)) {
			struct function *f = *at;
			*at = f->next;
			release(f);
			return true;
		}
	return false;
}

void function_define(const struct node *n)
{
	arena_hold(n->arena);
	(void)function_unset(n->name);
	struct function *f = must_alloc(NULL, sizeof *f);
	*f = (struct function){.next = functions, .name = copy_text(n->name), .arena = n->arena, .body = n->left, .line = n->line};
	functions = f;
}

int function_call(struct function *f, char **argv, int argc, int flags)
{
	char **args = sh.args;
	int arg_count = sh.arg_count, loop_depth = sh.loop_depth, function_line = sh.function_line, offset = sh.getopts_offset;
	bool owned = sh.args_owned;
	const char *command = sh.command;
	sh.args = argv + 1;
	sh.arg_count = argc - 1;
	sh.args_owned = false;
	sh.loop_depth = 0;
	sh.function_line = f->line;
	sh.command = NULL;
	sh.function_depth++;
	sh.getopts_offset = -1;
	f->users++;
	scope_push();
	int status = eval(f->body, flags & EVAL_TESTED);
	scope_pop();
	if (--f->users == 0 && f->dead)
		release(f);
	sh.function_depth--;
	args_free();
	sh.args = args;
	sh.arg_count = arg_count;
	sh.args_owned = owned;
	sh.loop_depth = loop_depth;
	sh.function_line = function_line;
	sh.command = command;
	sh.getopts_offset = offset;
	if (sh.flow == FLOW_RETURN) {
		sh.flow = FLOW_NONE;
		status = sh.status;
	}
	return sh.flow == FLOW_NONE ? status : sh.status;
}
