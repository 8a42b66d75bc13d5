/* Other programs: in place of this one, or beside it. posix_spawn, because a fork copies this program's memory. */
#include "box.h"
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

static int cannot_run(const char *name, int error) {
	errno = error;
	warn_errno("%s", name);
	return error == ENOENT || error == ENOTDIR ? 127 : 126;
}

int start_command(char **argv, bool null_input, pid_t *pid) {
	posix_spawn_file_actions_t actions;
	fflush(stdout);
	posix_spawn_file_actions_init(&actions);
	if (null_input) posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	int error = posix_spawnp(pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error ? cannot_run(argv[0], error) : 0;
}

int wait_status(pid_t pid) {
	int status;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR) return 127;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int run_command(char **argv, bool null_input) {
	pid_t pid;
	int failed = start_command(argv, null_input, &pid);
	return failed ? failed : wait_status(pid);
}

int exec_command(char **argv) {
	fflush(stdout);
	execvp(argv[0], argv);
	return cannot_run(argv[0], errno);
}
