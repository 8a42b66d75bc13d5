/* Pipelines, background commands and command substitution: several processes and the pipes between them. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A pipe whose ends programs do not inherit. */
static int pipe_private(int ends[2])
{
	if (pipe(ends) < 0)
		return fail(2, "Pipe call failed"), -1;
	(void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return 0;
}

/* A program without fork: the shell's own 0 and 1 are the stage's for a moment. Takes none of the descriptors. */
static bool start_by_spawn(const struct node *stage, struct job *j, int in, int to, bool background)
{
	struct saved_fds saved = {0};
	if (!spawnable(stage))
		return false;
	bool ok = in < 0 || fd_replace(fcntl(in, F_DUPFD_CLOEXEC, 3), 0, &saved);
	ok = ok && (to < 0 || fd_replace(fcntl(to, F_DUPFD_CLOEXEC, 3), 1, &saved));
	ok = ok && spawn_stage(stage, j, background);
	redirect_restore(&saved);
	return ok;
}

static void into_place(int fd, int target)
{
	if (fd < 0 || fd == target)
		return;
	(void)dup2(fd, target);
	close(fd);
}

/* Gives the job, or NULL after an error. */
static struct job *start_pipeline(const struct node *n, int flags, bool background)
{
	struct job *j = job_new();
	int in = -1;
	if (background && !opt('m'))
		in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	for (const struct node *stage = n->left; stage != NULL; stage = stage->next) {
		int ends[2] = {-1, -1};
		if (stage->next != NULL && pipe_private(ends) < 0) {
			if (in >= 0)
				close(in);
			return NULL;
		}
		if (!start_by_spawn(stage, j, in, ends[1], background)) {
			pid_t pid = job_fork(j, stage, background);
			if (pid < 0) {
				if (in >= 0)
					close(in);
				return NULL;
			}
			if (pid == 0) {
				if (ends[0] >= 0)
					close(ends[0]);
				into_place(in, 0);
				into_place(ends[1], 1);
				run_child(stage, flags & EVAL_TESTED);
			}
		}
		if (in >= 0)
			close(in);
		if (ends[1] >= 0)
			close(ends[1]);
		in = ends[0];
	}
	return j;
}

int eval_pipeline(const struct node *n, int flags)
{
	struct job *j = start_pipeline(n, flags, false);
	return j == NULL ? sh.status : job_wait(j);
}

int eval_background(const struct node *n)
{
	const struct node *inner = n->left;
	struct job *j;
	sh.line = n->line;
	if (inner->kind == NODE_PIPELINE) {
		j = start_pipeline(inner, 0, true);
		if (j == NULL)
			return sh.status;
	} else {
		j = job_new();
		int null = opt('m') || !spawnable(inner) ? -1 : open("/dev/null", O_RDONLY | O_CLOEXEC);
		bool started = null >= 0 && start_by_spawn(inner, j, null, -1, true);
		if (null >= 0)
			close(null);
		if (!started) {
			pid_t pid = job_fork(j, inner, true);
			if (pid < 0)
				return sh.status;
			if (pid == 0)
				run_child(inner, 0);
		}
	}
	sh.last_background = j->processes[j->count - 1].pid;
	job_make_current(j);
	return 0;
}

/* ---- $( … ) ---- */

/* `$(printf …)` and the like change nothing of the shell and need no process. */
static const struct builtin *harmless(const struct node *n)
{
	static const char *const names[] = {"echo", "printf", "pwd", "test", "[", ":", "true", "false"};
	if (n->kind != NODE_SIMPLE || n->words == NULL || n->redirects != NULL || n->assignments != NULL || opt('x') || opt('u'))
		return NULL;
	const char *name = word_plain(n->words);
	if (name == NULL || function_find(name) != NULL)
		return NULL;
	for (const struct word *w = n->words; w != NULL; w = w->next)
		for (const struct part *p = w->parts; p != NULL; p = p->next)
			if (p->kind != PART_TEXT && !(p->kind == PART_PARAMETER && (p->op == PARAM_PLAIN || p->op == PARAM_LENGTH)))
				return NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_is(names[i], name))
			return builtin_find(name);
	return NULL;
}

static int capture(const struct builtin *b, const struct node *n, struct buf *text)
{
	struct mark m = temp_mark();
	struct fields f = {0};
	struct buf old = out;
	bool old_captured = out_captured;
	int status = 0;
	for (const struct word *w = n->words; w != NULL; w = w->next)
		if (!expand_fields(&f, w, false))
			status = sh.status;
	if (sh.flow == FLOW_NONE) {
		out = (struct buf){0};
		out_captured = true;
		status = run_builtin(b, (int)f.count, f.items, 0);
		*text = out;
		out = old;
		out_captured = old_captured;
	}
	if (sh.flow == FLOW_ABORT && !sh.interrupted)
		sh.flow = FLOW_NONE; /* only the subshell would have ended */
	temp_release(m);
	return status;
}

static bool collect(int fd, struct buf *text)
{
	char block[512];
	for (;;) {
		ssize_t n = read(fd, block, sizeof block);
		if (n > 0)
			buf_bytes(text, block, (size_t)n);
		else if (n == 0 || errno != EINTR)
			return n == 0;
	}
}

static bool run_substitution(const struct node *n, struct buf *text, int *status)
{
	int ends[2];
	if (pipe_private(ends) < 0)
		return false;
	struct job *j = job_new();
	j->controlled = false;
	if (!start_by_spawn(n, j, -1, ends[1], false)) {
		pid_t pid = job_fork(j, NULL, false);
		if (pid < 0) {
			close(ends[0]);
			close(ends[1]);
			return false;
		}
		if (pid == 0) {
			close(ends[0]);
			into_place(ends[1], 1);
			run_child(n, 0);
		}
	}
	close(ends[1]);
	(void)collect(ends[0], text);
	close(ends[0]);
	*status = job_wait(j);
	return true;
}

bool expand_command(struct expanded *e, const struct part *p)
{
	struct buf text = {0};
	int status = 0, line = sh.line;
	bool ok = true;
	if (p->body != NULL) {
		const struct builtin *b = harmless(p->body);
		if (b != NULL)
			status = capture(b, p->body, &text);
		else
			ok = run_substitution(p->body, &text, &status);
	}
	sh.line = line;
	if (ok) {
		sh.substitution_status = status;
		sh.substituted = true;
		size_t len = 0;
		for (size_t i = 0; i < text.len; i++)
			if (text.data[i] != '\0')
				text.data[len++] = text.data[i];
		while (len > 0 && text.data[len - 1] == '\n')
			len--;
		expanded_put(e, text.data, len, p->quoted ? ATTR_QUOTED : ATTR_EXPANDED);
		if (p->quoted && len == 0)
			expanded_put(e, "", 1, ATTR_EMPTY);
	}
	buf_free(&text);
	return ok && sh.flow == FLOW_NONE;
}
