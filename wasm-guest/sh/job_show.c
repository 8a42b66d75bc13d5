/* How jobs look: the lines of `jobs`, the words for a status. */
#include "sh.h"
#include <string.h>
#include <sys/wait.h>

/* Appends the words and gives their number of bytes. `signal_only`: only what kills a command and is worth a line. */
int show_status(struct buf *b, int status, bool signal_only)
{
	size_t before = b->len;
	if (WIFEXITED(status)) {
		if (signal_only)
			return 0;
		buf_text(b, "Done");
		if (WEXITSTATUS(status) != 0)
			format_text(b, "(%d)", WEXITSTATUS(status));
	} else {
		int number = WIFSTOPPED(status) ? WSTOPSIG(status) : WTERMSIG(status);
		if (signal_only && (number == SIGINT || number == SIGPIPE || WIFSTOPPED(status)))
			return 0;
		buf_text(b, strsignal(number));
#ifdef WCOREDUMP
		if (!WIFSTOPPED(status) && WCOREDUMP(status))
			buf_text(b, " (core dumped)");
#endif
	}
	return (int)(b->len - before);
}

void job_show(struct buf *b, const struct job *j, int mode)
{
	enum { TEXT_COLUMN = 33 };
	if ((mode & SHOW_PGID) != 0) {
		format_text(b, "%d\n", (int)j->processes[0].pid);
		return;
	}
	size_t start = b->len;
	char mark = j == jobs ? '+' : jobs != NULL && j == jobs->next ? '-' : ' ';
	format_text(b, "[%d] %c ", j->number, mark);
	size_t indent = b->len - start;
	if ((mode & SHOW_PID) != 0)
		format_text(b, "%d ", (int)j->processes[0].pid);
	if (j->state == JOB_RUNNING)
		buf_text(b, "Running");
	else
		(void)show_status(b, j->state == JOB_STOPPED ? j->stop_status : j->processes[j->count - 1].status, false);
	for (int i = 0; i < j->count; i++) {
		if (i > 0 && (mode & SHOW_PID) != 0) {
			buf_text(b, " |\n");
			start = b->len;
			buf_pad(b, ' ', indent);
			format_text(b, "%d ", (int)j->processes[i].pid);
		} else if (i > 0) {
			buf_text(b, " | ");
		}
		size_t column = b->len - start;
		if (i == 0 || (mode & SHOW_PID) != 0)
			buf_pad(b, ' ', column < TEXT_COLUMN ? TEXT_COLUMN - column : 1);
		buf_text(b, j->processes[i].text == NULL ? "" : j->processes[i].text);
	}
	buf_char(b, '\n');
}

int builtin_jobs(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option, mode = 0;
	(void)argc;
	while ((option = next_option(&scan, "lp")) != 0) {
		if (scan.failed)
			return 2;
		mode = option == 'l' ? SHOW_PID : SHOW_PGID;
	}
	while (jobs_reap(false))
		continue;
	if (*scan.argv == NULL) {
		struct job **all = NULL;
		size_t count = 0;
		for (struct job *j = jobs; j != NULL; j = j->next)
			count++;
		all = temp_alloc((count + 1) * sizeof(struct job *));
		count = 0;
		for (struct job *j = jobs; j != NULL; j = j->next)
			all[count++] = j;
		for (size_t i = 0; i < count; i++)
			job_show(&out, all[i], mode);
		for (size_t i = 0; i < count; i++) {
			all[i]->changed = false;
			if (all[i]->state == JOB_DONE)
				job_free(all[i]);
		}
		return 0;
	}
	for (char **spec = scan.argv; *spec != NULL; spec++) {
		struct job *j = job_find(*spec);
		if (j == NULL)
			return 2;
		job_show(&out, j, mode);
		j->changed = false;
		if (j->state == JOB_DONE)
			job_free(j);
	}
	return 0;
}
