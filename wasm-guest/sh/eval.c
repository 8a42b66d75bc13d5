/*
 * Runs trees. `set -e` is looked at where a simple command, a pipeline or a subshell ends, and EVAL_TESTED says that the
 * status is being tested by somebody. Pending traps run after every node, so endless loops have them too.
 */
#include "sh.h"
#include <stdlib.h>
#include <unistd.h>

/* After the body or the condition of a loop: true when the loop goes on. */
static bool loop_goes_on(bool *leave)
{
	*leave = false;
	if (sh.flow != FLOW_BREAK && sh.flow != FLOW_CONTINUE)
		return sh.flow == FLOW_NONE;
	if (--sh.flow_count > 0)
		return false;
	*leave = sh.flow == FLOW_BREAK;
	sh.flow = FLOW_NONE;
	return !*leave;
}

static int eval_while(const struct node *n, int flags)
{
	int status = 0;
	bool leave;
	sh.loop_depth++;
	for (;;) {
		int condition = eval(n->left, EVAL_TESTED);
		if (sh.flow != FLOW_NONE) {
			if (!loop_goes_on(&leave))
				break;
			continue;
		}
		if ((condition == 0) != (n->kind == NODE_WHILE))
			break;
		status = eval(n->right, flags & EVAL_TESTED);
		if (!loop_goes_on(&leave))
			break;
	}
	sh.loop_depth--;
	return sh.flow == FLOW_NONE ? status : sh.status;
}

static int eval_for(const struct node *n, int flags)
{
	struct mark m = temp_mark();
	struct fields f = {0};
	int status = 0;
	sh.line = n->line;
	if (n->has_list) {
		for (const struct word *w = n->words; w != NULL; w = w->next)
			if (!expand_fields(&f, w, false))
				return temp_release(m), sh.status;
	} else {
		for (int i = 0; i < sh.arg_count; i++)
			fields_add(&f, temp_copy(sh.args[i], __builtin_strlen(sh.args[i])));
	}
	sh.loop_depth++;
	for (size_t i = 0; i < f.count; i++) {
		bool leave;
		if (!var_set(n->name, f.items[i], 0))
			break;
		status = eval(n->left, flags & EVAL_TESTED);
		if (!loop_goes_on(&leave))
			break;
	}
	sh.loop_depth--;
	temp_release(m);
	return sh.flow == FLOW_NONE ? status : sh.status;
}

static int eval_case(const struct node *n, int flags)
{
	struct mark m = temp_mark();
	const struct node *body = NULL;
	bool found = false;
	sh.line = n->line;
	char *subject = expand_string(n->words->parts, EXPAND_TILDE);
	const char *end = subject == NULL ? NULL : subject + __builtin_strlen(subject);
	for (const struct case_item *item = n->items; item != NULL && subject != NULL && !found; item = item->next)
		for (const struct word *w = item->patterns; w != NULL && !found; w = w->next) {
			char *pattern = expand_pattern(w->parts, EXPAND_TILDE);
			if (pattern == NULL)
				return temp_release(m), sh.status;
			found = pattern_match(pattern, subject, end);
			body = item->body;
		}
	temp_release(m);
	if (subject == NULL)
		return sh.status;
	return found && body != NULL ? eval(body, flags) : 0;
}

/* A compound command with redirections around it. */
static int eval_redirected(const struct node *n, int flags, int (*inner)(const struct node *, int))
{
	if (n->redirects == NULL)
		return inner(n, flags);
	struct mark m = temp_mark();
	struct saved_fds saved = {0};
	sh.line = n->line;
	int status = 2;
	bool done = redirect_all(n->redirects, &saved);
	if (done)
		status = inner(n, flags & EVAL_TESTED);
	else if (sh.flow != FLOW_NONE)
		status = sh.status;
	bool failed = !done && sh.flow == FLOW_NONE;
	redirect_restore(&saved);
	temp_release(m);
	if (failed && opt('e') && (flags & EVAL_TESTED) == 0) {
		sh.status = status;
		sh.flow = FLOW_EXIT;
	}
	return status;
}

static int eval_group(const struct node *n, int flags)
{
	return eval(n->left, flags);
}

static int eval_if(const struct node *n, int flags)
{
	int condition = eval(n->left, EVAL_TESTED);
	if (sh.flow != FLOW_NONE)
		return sh.status;
	if (condition == 0)
		return eval(n->right, flags);
	return n->other == NULL ? 0 : eval(n->other, flags);
}

static int eval_subshell(const struct node *n, int flags)
{
	if ((flags & EVAL_EXIT) != 0 && !traps_any() && sh.subshell) {
		/* The process ends with it anyway. */
		if (!redirect_all(n->redirects, NULL))
			return sh.flow != FLOW_NONE ? sh.status : 2;
		return eval(n->left, flags);
	}
	struct job *j = job_new();
	pid_t pid = job_fork(j, n, false);
	if (pid == 0)
		run_child(n, flags & EVAL_TESTED);
	if (pid < 0)
		return sh.status;
	return job_wait(j);
}

/* In a new process: `n` is all that it runs. */
void run_child(const struct node *n, int flags)
{
	if (n->kind == NODE_SUBSHELL) {
		int status = 2;
		if (redirect_all(n->redirects, NULL))
			status = eval(n->left, (flags & EVAL_TESTED) | EVAL_EXIT);
		else if (sh.flow != FLOW_NONE)
			status = sh.status;
		sh.status = status;
	} else {
		sh.status = eval(n, (flags & EVAL_TESTED) | EVAL_EXIT);
	}
	shell_exit(sh.status);
}

static void poll_signals(void)
{
	if (sh.interrupted && sh.flow == FLOW_NONE)
		abandon(128 + SIGINT);
	if (trap_pending && sh.flow == FLOW_NONE)
		traps_run();
}

int eval(const struct node *n, int flags)
{
	int status = 0;
	bool check = false;
	if (n == NULL || opt('n')) {
		poll_signals();
		return sh.status;
	}
	switch ((enum node_kind)n->kind) {
	case NODE_SIMPLE:
		status = eval_simple(n, flags);
		check = true;
		break;
	case NODE_PIPELINE:
		status = eval_pipeline(n, flags);
		check = true;
		break;
	case NODE_AND:
	case NODE_OR:
		status = eval(n->left, EVAL_TESTED);
		if (sh.flow == FLOW_NONE && (status == 0) == (n->kind == NODE_AND))
			status = eval(n->right, flags);
		break;
	case NODE_NOT:
		status = eval(n->left, EVAL_TESTED);
		if (sh.flow == FLOW_NONE)
			status = status == 0;
		break;
	case NODE_SEQUENCE:
		for (const struct node *item = n->left; item != NULL && sh.flow == FLOW_NONE; item = item->next)
			status = eval(item, item->next == NULL ? flags : flags & EVAL_TESTED);
		break;
	case NODE_BACKGROUND:
		status = eval_background(n);
		break;
	case NODE_SUBSHELL:
		status = eval_subshell(n, flags);
		check = true;
		break;
	case NODE_GROUP:
		status = eval_redirected(n, flags, eval_group);
		break;
	case NODE_IF:
		status = eval_redirected(n, flags, eval_if);
		break;
	case NODE_WHILE:
	case NODE_UNTIL:
		status = eval_redirected(n, flags, eval_while);
		break;
	case NODE_FOR:
		status = eval_redirected(n, flags, eval_for);
		break;
	case NODE_CASE:
		status = eval_redirected(n, flags, eval_case);
		break;
	case NODE_FUNCTION:
		function_define(n);
		break;
	}
	if (sh.flow == FLOW_NONE || sh.flow == FLOW_BREAK || sh.flow == FLOW_CONTINUE)
		sh.status = status;
	poll_signals();
	if (check && status != 0 && sh.flow == FLOW_NONE && opt('e') && (flags & EVAL_TESTED) == 0)
		sh.flow = FLOW_EXIT;
	return sh.status;
}

/* Reads and runs what is on top of the input, to its end or until something else happens. `prompt`: the shell's own loop. */
int run_input(bool prompt, int flags)
{
	int status = 0;
	int end_warnings = 0;
	for (;;) {
		if (prompt) {
			history_save();
			jobs_notify();
		}
		struct node *n;
		struct arena *arena = arena_new();
		enum parse_result r = parse_line(arena, &n, prompt);
		if (r == PARSE_OK && n != NULL) {
			bool last = (flags & EVAL_EXIT) != 0 && input_at_end();
			status = eval(n, last ? flags : flags & EVAL_TESTED);
			end_warnings = 0;
		} else if (r == PARSE_FAILED) {
			status = sh.status;
		}
		arena_drop(arena);
		if (r == PARSE_END && !sh.interrupted) {
			if (!prompt)
				break;
			if (end_warnings++ < 50 && (opt('I') || jobs_stopped_warning())) {
				static const char hint[] = "\nUse \"exit\" to leave shell.\n";
				if (opt('I'))
					(void)write_fully(2, hint, sizeof hint - 1);
				input_reopen();
				continue;
			}
			(void)write_fully(2, "\n", 1);
			break;
		}
		if (sh.interrupted && prompt) {
			(void)write_fully(2, "\n", 1);
			abandon(128 + SIGINT);
		}
		if (sh.flow == FLOW_NONE)
			continue;
		if (!prompt || (sh.flow == FLOW_EXIT) || sh.subshell)
			break;
		sh.interrupted = false;
		sh.flow = FLOW_NONE;
		sh.loop_depth = sh.function_depth = 0;
		sh.function_line = 0;
		sh.command = NULL;
		input_discard_line();
	}
	return sh.flow == FLOW_NONE ? status : sh.status;
}

/* eval, -c, traps. The text stays the caller's. */
int eval_text(const char *text, int flags, int line)
{
	input_push_text(text, __builtin_strlen(text), line);
	int status = run_input(false, flags);
	input_pop_text(text);
	return status;
}
