/* Simple commands: expand, redirect, assign, then a builtin, a function or a program. */
#include "sh.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

int eval_flags;
struct simple {
	const struct node *node;
	struct fields words, assignments;
	char **argv;
	int argc;
	bool by_command; /* prefixed by `command` */
	bool default_path;
	const struct builtin *builtin;
	struct function *function;
	struct saved_fds saved;
};

/* What the word list is for, looking through `command`: is name=value to be kept whole? */
static bool takes_assignments(const struct fields *f)
{
	size_t i = 0;
	while (i < f->count && (text_is(f->items[i], "command") || (i > 0 && (text_is(f->items[i], "-p") || text_is(f->items[i], "--")))))
		i++;
	if (i >= f->count)
		return false;
	const struct builtin *b = builtin_find(f->items[i]);
	return b != NULL && (b->flags & BUILTIN_ASSIGN) != 0 && function_find(f->items[i]) == NULL;
}

static bool expand_words(struct simple *c)
{
	for (const struct word *w = c->node->words; w != NULL; w = w->next)
		if (!expand_fields(&c->words, w, c->words.count > 0 && takes_assignments(&c->words)))
			return false;
	c->argv = c->words.items;
	c->argc = (int)c->words.count;
	return true;
}

/* Each takes effect before the next is expanded. locally: for this command only. */
static bool assign(struct simple *c, bool locally, int flags)
{
	for (const struct word *w = c->node->assignments; w != NULL; w = w->next) {
		char *text = expand_string(w->parts, EXPAND_TILDE | EXPAND_ASSIGNMENT);
		if (text == NULL || !(locally ? var_local(text) : var_assign(text, flags)))
			return false;
		if (locally)
			var_mark(temp_copy(text, strcspn(text, "=")), VAR_EXPORT);
		fields_add(&c->assignments, text);
	}
	return true;
}

/* `command [-p] name …`; with -v or -V it is the builtin itself. False: nothing is left to run. */
static void strip_command(struct simple *c)
{
	while (c->argc > 0 && text_is(c->argv[0], "command") && function_find("command") == NULL) {
		int i = 1;
		bool path = false;
		for (; i < c->argc && c->argv[i][0] == '-' && c->argv[i][1] != '\0'; i++) {
			if (text_is(c->argv[i], "--")) {
				i++;
				break;
			}
			for (const char *p = c->argv[i] + 1; *p != '\0'; p++) {
				if (*p != 'p')
					return;
				path = true;
			}
		}
		if (i >= c->argc)
			return;
		c->by_command = true;
		c->default_path |= path;
		c->argv += i;
		c->argc -= i;
	}
}

static void resolve(struct simple *c)
{
	strip_command(c);
	c->builtin = builtin_find(c->argv[0]);
	bool special = c->builtin != NULL && (c->builtin->flags & BUILTIN_SPECIAL) != 0;
	if (!special && !c->by_command)
		c->function = function_find(c->argv[0]);
	if (c->function != NULL)
		c->builtin = NULL;
}

static void trace(const struct simple *c)
{
	if (!opt('x'))
		return;
	int fd = 2;
	for (size_t i = 0; i < c->saved.count; i++)
		if (c->saved.items[i].fd == 2)
			fd = c->saved.items[i].copy;
	struct buf b = {0};
	const char *ps4 = var_get("PS4");
	bool ok = false;
	opt_set('x', false);
	struct arena *arena = arena_new();
	if (ps4 != NULL) {
		int status = sh.status;
		struct part *parts = parse_text_parts(arena, ps4, CTX_HERE, sh.line, &ok);
		char *text = ok ? expand_string(parts, 0) : NULL;
		buf_text(&b, text == NULL ? ps4 : text);
		sh.status = status;
	}
	arena_drop(arena);
	opt_set('x', true);
	bool first = true;
	const struct fields *lists[] = {&c->assignments, &c->words};
	for (int l = 0; l < 2; l++)
		for (size_t i = 0; i < lists[l]->count; i++) {
			if (!first)
				buf_char(&b, ' ');
			first = false;
			buf_text(&b, lists[l]->items[i]);
		}
	buf_char(&b, '\n');
	(void)write_fully(fd, b.data, b.len);
	buf_free(&b);
}

int run_builtin(const struct builtin *b, int argc, char **argv, int flags)
{
	const char *command = sh.command;
	int old_flags = eval_flags;
	sh.command = argv[0];
	eval_flags = flags & EVAL_TESTED;
	int status = b->run(argc, argv);
	if (!out_captured && out.len > 0 && !out_flush()) {
		sh.command = argv[0];
		complain("%s: I/O error", argv[0]);
		status |= 1;
	}
	sh.command = command;
	eval_flags = old_flags;
	return status;
}

static int run_program(struct simple *c, int flags)
{
	int error = 0;
	char **environment = var_environment();
	char *file = strchr(c->argv[0], '/') != NULL ? c->argv[0] :
		c->default_path ? path_find(c->argv[0], default_path, &error) : path_lookup(c->argv[0], &error);
	bool in_place = (flags & EVAL_EXIT) != 0 && !traps_any() && !opt('m');
	if (file == NULL)
		return exec_failed(c->argv[0], error);
	if (in_place) {
		exec_program(file, c->argv, environment);
		return exec_failed(c->argv[0], errno);
	}
	struct job *j = job_new();
	if (opt('m')) {
		pid_t pid = job_fork(j, c->node, false);
		if (pid < 0)
			return sh.status;
		if (pid == 0) {
			exec_program(file, c->argv, environment);
			_exit(exec_failed(c->argv[0], errno));
		}
		return job_wait(j);
	}
	pid_t pid = launch(file, c->argv, environment, false);
	if (pid < 0) {
		job_free(j);
		return exec_failed(c->argv[0], errno);
	}
	job_add(j, pid, c->node, -1);
	return job_wait(j);
}

static int run_special(struct simple *c, int flags)
{
	bool exec = text_is(c->argv[0], "exec");
	if (!assign(c, false, exec ? VAR_EXPORT : 0))
		return sh.status;
	trace(c);
	int status = run_builtin(c->builtin, c->argc, c->argv, flags);
	if (sh.flow == FLOW_NONE && exec)
		redirect_keep(&c->saved);
	return status;
}

/* Errors of builtins end a script only when the builtin is a special one, called without `command`. */
static int forgive(int status)
{
	if (sh.flow == FLOW_ABORT && !sh.interrupted) {
		sh.flow = FLOW_NONE;
		return sh.status;
	}
	return status;
}

static int run(struct simple *c, int flags)
{
	if (c->builtin != NULL && (c->builtin->flags & BUILTIN_SPECIAL) != 0 && !c->by_command)
		return run_special(c, flags);
	scope_push();
	int status;
	if (!assign(c, true, 0)) {
		status = sh.status;
	} else if (trace(c), c->function != NULL) {
		status = function_call(c->function, c->argv, c->argc, flags);
	} else if (c->builtin != NULL) {
		status = forgive(run_builtin(c->builtin, c->argc, c->argv, flags));
		if (c->by_command && text_is(c->argv[0], "exec") && sh.flow == FLOW_NONE)
			redirect_keep(&c->saved);
	} else {
		status = run_program(c, flags);
	}
	scope_pop();
	return status;
}

int eval_simple(const struct node *n, int flags)
{
	struct mark m = temp_mark();
	struct simple c = {.node = n};
	int status = 0;
	sh.line = n->line;
	sh.substituted = false;
	sh.substitution_status = 0;
	if (!expand_words(&c)) {
		temp_release(m);
		return sh.status;
	}
	if (c.argc > 0)
		resolve(&c);
	bool special = c.builtin != NULL && (c.builtin->flags & BUILTIN_SPECIAL) != 0 && !c.by_command;
	if (!redirect_all(n->redirects, &c.saved)) {
		status = sh.flow != FLOW_NONE ? sh.status : 2;
		if (special && sh.flow == FLOW_NONE)
			abandon(2);
	} else if (c.argc > 0) {
		status = run(&c, flags);
	} else if (assign(&c, false, 0)) {
		if (c.assignments.count > 0)
			trace(&c);
		status = sh.substituted ? sh.substitution_status : 0;
	} else {
		status = sh.status;
	}
	redirect_restore(&c.saved);
	temp_release(m);
	return status;
}

/* ---- stages of pipelines and background commands that need no fork: programs whose words have no effects ---- */

static bool pure_parts(const struct part *p)
{
	for (; p != NULL; p = p->next)
		if (p->kind != PART_TEXT && !(p->kind == PART_PARAMETER && (p->op == PARAM_PLAIN || p->op == PARAM_LENGTH) && !opt('u')))
			return false;
	return true;
}

static bool pure_redirects(const struct redir *r)
{
	for (; r != NULL; r = r->next) {
		const char *plain = r->kind == REDIR_HERE ? NULL : word_plain(r->target);
		if (plain == NULL || (r->kind != REDIR_DUP_IN && r->kind != REDIR_DUP_OUT && !text_is(plain, "/dev/null")))
			return false;
	}
	return true;
}

bool spawnable(const struct node *n)
{
	if (n->kind != NODE_SIMPLE || n->words == NULL || n->assignments != NULL || opt('x') || opt('m') || !pure_redirects(n->redirects))
		return false;
	for (const struct word *w = n->words; w != NULL; w = w->next)
		if (!pure_parts(w->parts))
			return false;
	const char *name = word_plain(n->words);
	return name != NULL && builtin_find(name) == NULL && function_find(name) == NULL;
}

/* The descriptors 0 and 1 are the stage's already. False: nothing was started, and fork has to do it. */
bool spawn_stage(const struct node *n, struct job *job, bool background)
{
	struct mark m = temp_mark();
	struct simple c = {.node = n};
	bool done = false;
	int error;
	sh.line = n->line;
	if (expand_words(&c) && c.argc > 0 && redirect_all(n->redirects, &c.saved)) {
		char *file = strchr(c.argv[0], '/') != NULL ? c.argv[0] : path_lookup(c.argv[0], &error);
		pid_t pid = file == NULL ? -1 : launch(file, c.argv, var_environment(), background);
		if (pid > 0) {
			job_add(job, pid, n, -1);
			done = true;
		}
	}
	redirect_restore(&c.saved);
	temp_release(m);
	return done;
}
