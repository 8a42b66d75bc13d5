/* Redirections: applied in order, with the old descriptors put aside above 9 when they have to come back. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_PRIVATE = 10 };

/* A copy of `fd` where scripts cannot name it; `fd` itself is closed. */
int fd_move_high(int fd)
{
	int high = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_PRIVATE);
	if (high >= 0)
		close(fd);
	return high;
}

static void remember(struct saved_fds *saved, int fd, int copy)
{
	saved->items = must_alloc(saved->items, (saved->count + 1) * sizeof *saved->items);
	saved->items[saved->count++] = (struct saved_fd){fd, copy};
}

static bool put_aside(int fd, struct saved_fds *saved)
{
	if (saved == NULL)
		return true;
	for (size_t i = 0; i < saved->count; i++)
		if (saved->items[i].fd == fd)
			return true;
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_PRIVATE);
	if (copy < 0 && errno != EBADF) {
		complain("%d: %s", fd, strerror(errno));
		return false;
	}
	remember(saved, fd, copy);
	return true;
}

/* `fd` becomes `target`; takes `fd`. */
bool fd_replace(int fd, int target, struct saved_fds *saved)
{
	if (fd == target) { /* it was closed before, and is to be closed again */
		if (saved != NULL)
			remember(saved, target, -1);
		(void)fcntl(target, F_SETFD, 0);
		return true;
	}
	if (!put_aside(target, saved)) {
		close(fd);
		return false;
	}
	(void)dup2(fd, target);
	close(fd);
	return true;
}

static int open_noclobber(const char *path)
{
	struct stat st;
	if (stat(path, &st) < 0)
		return open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (S_ISREG(st.st_mode)) {
		errno = EEXIST;
		return -1;
	}
	int fd = open(path, O_WRONLY);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		close(fd);
		errno = EEXIST;
		return -1;
	}
	return fd;
}

static int open_target(const struct redir *r, const char *path)
{
	for (;;) {
		int fd;
		switch ((enum redir_kind)r->kind) {
		case REDIR_READ:
			fd = open(path, O_RDONLY);
			break;
		case REDIR_BOTH:
			fd = open(path, O_RDWR | O_CREAT, 0666);
			break;
		case REDIR_APPEND:
			fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
			break;
		case REDIR_WRITE:
			if (opt('C')) {
				fd = open_noclobber(path);
				break;
			}
			/* fall through */
		default:
			fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
			break;
		}
		if (fd >= 0)
			return fd;
		if (errno == EINTR && !trap_pending && !sh.interrupted)
			continue;
		bool creating = r->kind != REDIR_READ && r->kind != REDIR_BOTH;
		complain("cannot %s %s: %s", creating ? "create" : "open", path, open_error(errno, creating));
		return -1;
	}
}

static bool duplicate(const struct redir *r, const char *text, struct saved_fds *saved)
{
	if (text_is(text, "-")) {
		if (!put_aside(r->fd, saved))
			return false;
		close(r->fd);
		return true;
	}
	if (text[0] < '0' || text[0] > '9' || text[1] != '\0') {
		sh.line = input_line();
		(void)fail(2, "Syntax error: Bad fd number");
		return false;
	}
	int from = text[0] - '0';
	if (fcntl(from, F_GETFD) < 0) {
		complain("%d: %s", from, strerror(EBADF));
		return false;
	}
	if (from == r->fd)
		return true;
	if (!put_aside(r->fd, saved))
		return false;
	(void)dup2(from, r->fd);
	return true;
}

static bool redirect_one(const struct redir *r, struct saved_fds *saved)
{
	int fd;
	if (r->kind == REDIR_HERE) {
		fd = here_open(r);
	} else {
		char *text = expand_string(r->target->parts, EXPAND_TILDE);
		if (text == NULL)
			return false;
		if (r->kind == REDIR_DUP_IN || r->kind == REDIR_DUP_OUT)
			return duplicate(r, text, saved);
		fd = open_target(r, text);
	}
	return fd >= 0 && fd_replace(fd, r->fd, saved);
}

/* saved NULL: for good. When false, what was done is still in `saved`. */
bool redirect_all(const struct redir *list, struct saved_fds *saved)
{
	for (const struct redir *r = list; r != NULL; r = r->next)
		if (!redirect_one(r, saved))
			return false;
	return true;
}

void redirect_restore(struct saved_fds *saved)
{
	while (saved->count > 0) {
		struct saved_fd *s = &saved->items[--saved->count];
		if (s->copy < 0) {
			close(s->fd);
		} else {
			(void)dup2(s->copy, s->fd);
			close(s->copy);
		}
	}
	free(saved->items);
	saved->items = NULL;
}

/* `exec >file`: the new ones stay. */
void redirect_keep(struct saved_fds *saved)
{
	while (saved->count > 0) {
		int copy = saved->items[--saved->count].copy;
		if (copy >= 0)
			close(copy);
	}
	free(saved->items);
	saved->items = NULL;
}
