/* What stdio asks of the layer below, in Linux's open flags; streams to processes; temporary files. */
#include "internal.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int __fmodeflags(const char *mode);
int __wasilibc_open_nomode(const char *path, int flags);
FILE *__fdopen(int fd, const char *mode);

int __fmodeflags(const char *mode)
{
	int flags = *mode == 'r' ? O_RDONLY : O_WRONLY;
	if (strchr(mode, '+') != NULL)
		flags = O_RDWR;
	if (*mode != 'r')
		flags |= O_CREAT;
	if (*mode == 'w')
		flags |= O_TRUNC;
	if (*mode == 'a')
		flags |= O_APPEND;
	if (strchr(mode, 'x') != NULL)
		flags |= O_EXCL;
	if (strchr(mode, 'e') != NULL)
		flags |= O_CLOEXEC;
	return flags;
}

/* fopen: wasi-libc drops the mode 0666 on the way. */
int __wasilibc_open_nomode(const char *path, int flags)
{
	return open(path, flags, 0666);
}

/* wasi-libc's __fdopen knows its own O_APPEND only, and no close-on-exec. */
FILE *fdopen(int fd, const char *mode)
{
	const int flags = fcntl(fd, F_GETFL);
	if (flags < 0)
		return NULL;
	FILE *stream = __fdopen(fd, mode);
	if (stream == NULL)
		return NULL;
	if (*mode == 'a' && !(flags & O_APPEND))
		(void)fcntl(fd, F_SETFL, flags | O_APPEND);
	if (strchr(mode, 'e') != NULL)
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	return stream;
}

FILE *tmpfile(void)
{
	char path[] = P_tmpdir "/tmpfile-XXXXXX";
	const int fd = mkstemp(path);
	if (fd < 0)
		return NULL;
	(void)unlink(path);
	FILE *stream = fdopen(fd, "w+");
	if (stream == NULL)
		(void)close(fd);
	return stream;
}

struct opened {
	struct opened *next;
	FILE *stream;
	pid_t pid;
};
static struct opened *streams;

/* The shell of popen: its side of the pipe is descriptor 0 or 1, earlier streams' descriptors are closed. */
static int start_shell(const char *command, int own, int other, int target, pid_t *pid)
{
	char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, (char *)(uintptr_t)command, NULL };
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);
	if (error != 0)
		return error;
	for (const struct opened *stream = streams; stream != NULL && error == 0; stream = stream->next)
		if (fileno(stream->stream) != target)
			error = posix_spawn_file_actions_addclose(&actions, fileno(stream->stream));
	if (error == 0 && other != target)
		error = posix_spawn_file_actions_addclose(&actions, other);
	if (error == 0)
		error = posix_spawn_file_actions_adddup2(&actions, own, target);
	if (error == 0 && own != target)
		error = posix_spawn_file_actions_addclose(&actions, own);
	if (error == 0)
		error = posix_spawn(pid, "/bin/sh", &actions, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return error;
}

FILE *popen(const char *command, const char *mode)
{
	int ends[2];
	const bool reading = *mode == 'r';
	if ((*mode != 'r' && *mode != 'w') || pipe2(ends, 0) != 0) {
		if (*mode != 'r' && *mode != 'w')
			errno = EINVAL;
		return NULL;
	}
	const int kept = ends[reading ? 0 : 1], given = ends[reading ? 1 : 0];
	struct opened *entry = malloc(sizeof *entry);
	FILE *stream = entry == NULL ? NULL : fdopen(kept, mode);
	const int error = stream == NULL ? ENOMEM : start_shell(command, given, kept, reading ? 1 : 0, &entry->pid);
	(void)close(given);
	if (error != 0) {
		if (stream != NULL)
			(void)fclose(stream);
		else
			(void)close(kept);
		free(entry);
		errno = error;
		return NULL;
	}
	entry->stream = stream;
	entry->next = streams;
	streams = entry;
	return stream;
}

static int wait_for(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

int pclose(FILE *stream)
{
	struct opened **link = &streams;
	while (*link != NULL && (*link)->stream != stream)
		link = &(*link)->next;
	struct opened *entry = *link;
	if (entry == NULL) {
		errno = ECHILD;
		return -1;
	}
	*link = entry->next;
	const pid_t pid = entry->pid;
	free(entry);
	(void)fclose(stream);
	return wait_for(pid);
}

/* INT and QUIT are the command's while it runs, CHLD waits until its status was taken (POSIX). */
int system(const char *command)
{
	if (command == NULL)
		return access("/bin/sh", X_OK) == 0;
	char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, (char *)(uintptr_t)command, NULL };
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction interrupt, quit;
	sigset_t children = 0, before, defaults = 0;
	posix_spawnattr_t attributes;
	pid_t pid;
	int status = -1;
	(void)sigaddset(&children, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &children, &before);
	(void)sigaction(SIGINT, &ignore, &interrupt);
	(void)sigaction(SIGQUIT, &ignore, &quit);
	if (interrupt.sa_handler != SIG_IGN)
		(void)sigaddset(&defaults, SIGINT);
	if (quit.sa_handler != SIG_IGN)
		(void)sigaddset(&defaults, SIGQUIT);
	(void)posix_spawnattr_init(&attributes);
	(void)posix_spawnattr_setsigmask(&attributes, &before);
	(void)posix_spawnattr_setsigdefault(&attributes, &defaults);
	(void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	const int error = posix_spawn(&pid, "/bin/sh", NULL, &attributes, argv, environ);
	if (error == 0)
		status = wait_for(pid);
	else if (error == ENOENT || error == EACCES || error == ENOEXEC)
		status = W_EXITCODE(127, 0);
	const int kept = error != 0 ? error : errno;
	(void)sigaction(SIGINT, &interrupt, NULL);
	(void)sigaction(SIGQUIT, &quit, NULL);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	errno = kept;
	return status;
}
