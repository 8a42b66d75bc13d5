/* Starting programs: posix_spawn where fork is not needed, exec in place, and scripts without #!. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <unistd.h>

int exec_failed(const char *name, int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ENAMETOOLONG:
	case ELOOP:
		complain("%s: not found", name);
		return 127;
	case EISDIR: /* only a directory has that name in PATH */
		complain("%s: %s", name, strerror(EACCES));
		return 127;
	default:
		complain("%s: %s", name, strerror(error));
		return 126;
	}
}

/* A text file that may be executed but has no #!: a fresh shell runs it. */
static void run_as_script(const char *file, char **argv, char **environment)
{
	size_t count = 0;
	while (argv[count] != NULL)
		count++;
	char **script = temp_alloc((count + 2) * sizeof *script);
	script[0] = (char *)"sh";
	script[1] = (char *)file;
	for (size_t i = 1; i <= count; i++)
		script[i + 1] = argv[i];
	execve("/proc/self/exe", script, environment);
	execve("/bin/sh", script, environment);
}

/* Binary files are not taken for scripts. */
static bool looks_like_text(const char *file)
{
	char block[128];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, block, sizeof block);
	if (fd >= 0)
		close(fd);
	const char *newline = n <= 0 ? NULL : memchr(block, '\n', (size_t)n);
	return n >= 0 && (n == 0 || memchr(block, '\0', newline == NULL ? (size_t)n : (size_t)(newline - block)) == NULL);
}

void exec_program(const char *file, char **argv, char **environment)
{
	signals_before_exec();
	execve(file, argv, environment);
	int error = errno;
	if (error == ENOEXEC && looks_like_text(file))
		run_as_script(file, argv, environment);
	signals_after_failed_exec();
	errno = error;
}

/* The new process's id, or -1 with errno. */
pid_t launch(const char *file, char **argv, char **environment, bool background)
{
	posix_spawnattr_t attributes;
	sigset_t defaults, mask, quiet;
	short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
	pid_t pid = -1;
	signals_for_program(&defaults);
	sigemptyset(&quiet);
	if (background) {
		/* Without job control ^C must not reach background commands: SIGINT and SIGQUIT are ignored while they are started. */
		sigaddset(&quiet, SIGINT);
		sigaddset(&quiet, SIGQUIT);
		sigdelset(&defaults, SIGINT);
		sigdelset(&defaults, SIGQUIT);
	}
	sigprocmask(SIG_BLOCK, &quiet, &mask);
	if (background) {
		sigaction(SIGINT, &ignore, &old_int);
		sigaction(SIGQUIT, &ignore, &old_quit);
	}
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, flags);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setsigmask(&attributes, &mask);
	int error = posix_spawn(&pid, file, NULL, &attributes, argv, environment);
	posix_spawnattr_destroy(&attributes);
	if (background) {
		sigaction(SIGINT, &old_int, NULL);
		sigaction(SIGQUIT, &old_quit, NULL);
	}
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (error == ENOEXEC && looks_like_text(file)) {
		pid = fork();
		if (pid == 0) {
			shell_forked(background);
			run_as_script(file, argv, environment);
			_exit(126);
		}
		return pid;
	}
	errno = error;
	return error == 0 ? pid : -1;
}
