/* Jobs: the table of what was started, waiting for it, and what became of it. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct job *jobs; /* the current one first */

/* The lowest that no job has, in one look at each: there can be thousands. */
static int free_number(void)
{
	size_t count = 0;
	for (const struct job *j = jobs; j != NULL; j = j->next)
		count++;
	bool *taken = must_alloc(NULL, count + 2);
	memset(taken, 0, count + 2);
	for (const struct job *j = jobs; j != NULL; j = j->next)
		if ((size_t)j->number <= count)
			taken[j->number] = true;
	int number = 1;
	while (taken[number])
		number++;
	free(taken);
	return number;
}

struct job *job_new(void)
{
	/* Jobs that were asked for already go when the next one comes. */
	for (struct job *j = jobs, *next; j != NULL; j = next) {
		next = j->next;
		if (j->state == JOB_DONE && j->waited && !opt('m'))
			job_free(j);
	}
	int number = free_number();
	struct job *j = must_alloc(NULL, sizeof *j);
	*j = (struct job){.next = jobs, .number = number, .state = JOB_RUNNING, .controlled = opt('m')};
	jobs = j;
	return j;
}

void job_free(struct job *j)
{
	struct job **at = &jobs;
	while (*at != j)
		at = &(*at)->next;
	*at = j->next;
	for (int i = 0; i < j->count; i++)
		free(j->processes[i].text);
	free(j->processes);
	free(j);
}

/* The current job is the newest stopped one, else the newest; running ones come after stopped ones. */
void job_make_current(struct job *j)
{
	struct job **at = &jobs;
	while (*at != j)
		at = &(*at)->next;
	*at = j->next;
	at = &jobs;
	if (j->state == JOB_RUNNING)
		while (*at != NULL && (*at)->state == JOB_STOPPED)
			at = &(*at)->next;
	j->next = *at;
	*at = j;
}

void job_add(struct job *j, pid_t pid, const struct node *n, int status)
{
	j->processes = must_alloc(j->processes, (size_t)(j->count + 1) * sizeof *j->processes);
	struct process *p = &j->processes[j->count++];
	*p = (struct process){.pid = pid, .status = status};
	if (opt('m') && n != NULL) {
		struct buf b = {0};
		node_text(&b, n);
		p->text = copy_text(buf_cstr(&b));
		buf_free(&b);
	}
}

static int status_of_wait(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + (WIFSTOPPED(status) ? WSTOPSIG(status) : WTERMSIG(status));
}

int job_status(const struct job *j)
{
	if (j->state == JOB_STOPPED)
		return status_of_wait(j->stop_status);
	if (j->count == 0)
		return 0;
	int status = status_of_wait(j->processes[j->count - 1].status);
	for (int i = j->count - 1; opt('\3') && status == 0 && i >= 0; i--)
		status = status_of_wait(j->processes[i].status);
	return status;
}

struct job *job_of_pid(pid_t pid)
{
	for (struct job *j = jobs; j != NULL; j = j->next)
		for (int i = 0; i < j->count; i++)
			if (j->processes[i].pid == pid)
				return j;
	return NULL;
}

static void update(struct job *j)
{
	bool running = false, stopped = false;
	for (int i = 0; i < j->count; i++) {
		int status = j->processes[i].status;
		if (status == -1)
			running = true;
		else if (WIFSTOPPED(status))
			stopped = true;
		if (status != -1 && WIFSTOPPED(status))
			j->stop_status = status;
	}
	enum job_state state = running ? JOB_RUNNING : stopped ? JOB_STOPPED : JOB_DONE;
	if (state == j->state)
		return;
	j->state = state;
	j->changed = true;
	if (state == JOB_STOPPED)
		job_make_current(j);
}

/* In a script, too, a command killed by a signal is worth a line. */
static void report_signal(const struct job *j, int status)
{
	struct buf b = {0};
	if (j->foreground && show_status(&b, status, true) > 0) {
		buf_char(&b, '\n');
		write_error(&b);
	}
	buf_free(&b);
}

/* Takes the news of one child. False: there is none (now), or a signal came in between. */
bool jobs_reap(bool block)
{
	int status;
	pid_t pid = waitpid(-1, &status, (block ? 0 : WNOHANG) | (opt('m') ? WUNTRACED : 0));
	if (pid <= 0)
		return false;
	struct job *j = job_of_pid(pid);
	if (j == NULL)
		return true;
	for (int i = 0; i < j->count; i++)
		if (j->processes[i].pid == pid)
			j->processes[i].status = status;
	update(j);
	if (j->state != JOB_RUNNING)
		report_signal(j, j->processes[j->count - 1].status);
	return true;
}

/* In the foreground. The job is gone afterwards, unless it was stopped. */
int job_wait(struct job *j)
{
	j->foreground = true;
	while (j->state == JOB_RUNNING) {
		bool any = false;
		for (int i = 0; i < j->count; i++)
			any |= j->processes[i].status == -1;
		if (!any) {
			update(j);
			break;
		}
		errno = 0;
		if (!jobs_reap(true) && errno == ECHILD) {
			for (int i = 0; i < j->count; i++)
				if (j->processes[i].status == -1)
					j->processes[i].status = 127 << 8;
			update(j);
		}
	}
	j->foreground = false;
	int status = job_status(j);
	if (j->controlled) {
		job_control_foreground(getpgrp());
		int last = j->count > 0 ? j->processes[j->count - 1].status : 0;
		if (WIFSIGNALED(last) || WIFSTOPPED(last))
			edit_reset_terminal();
		if (j->state == JOB_DONE && WIFSIGNALED(last) && WTERMSIG(last) == SIGINT && opt('i'))
			sh.interrupted = true; /* ^C ends the loop around it, too */
	}
	if (j->state == JOB_DONE)
		job_free(j);
	return status;
}

/* A forked child has no jobs of its own. */
static void jobs_forget(void)
{
	while (jobs != NULL)
		job_free(jobs);
}

pid_t job_fork(struct job *j, const struct node *n, bool background)
{
	bool control = j->controlled;
	if (!out_captured)
		(void)out_flush();
	pid_t pid = fork();
	if (pid < 0) {
		if (j->count == 0)
			job_free(j);
		(void)fail(2, "Cannot fork");
		return -1;
	}
	pid_t group = j->count > 0 ? j->processes[0].pid : pid;
	if (pid > 0) {
		if (control)
			(void)setpgid(pid, group);
		job_add(j, pid, n, -1);
		return pid;
	}
	bool first = j->count == 0;
	if (control) {
		if (group == 0)
			group = getpid();
		(void)setpgid(0, group);
		if (!background)
			job_control_foreground(group);
	}
	shell_forked(background && !control);
	if (background && !control && first) {
		close(0);
		if (open("/dev/null", O_RDONLY) != 0)
			_exit(fail(2, "cannot open /dev/null: %s", strerror(errno)));
	}
	jobs_forget();
	return 0;
}

/* News of jobs for the user, before a prompt. */
void jobs_notify(void)
{
	if (!opt('m'))
		return;
	while (jobs_reap(false))
		continue;
	struct buf b = {0};
	for (struct job *j = jobs, *next; j != NULL; j = next) {
		next = j->next;
		if (!j->changed)
			continue;
		job_show(&b, j, 0);
		j->changed = false;
		if (j->state == JOB_DONE)
			job_free(j);
	}
	if (b.len > 0)
		write_error(&b);
}
