/* Processes: fork, exec, wait, groups and sessions. */
#include "internal.h"
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* One id from a call that writes it through a pointer; -1 and errno when it fails. */
#define PID_OF(call) \
	__extension__({ \
		int32_t id_ = -1; \
		TSRUN_SIMPLE(call) == 0 ? (pid_t)id_ : (pid_t)-1; \
	})

pid_t fork(void)
{
	return PID_OF(tsrun_proc_fork(1, &id_));
}

pid_t _Fork(void)
{
	return fork();
}

pid_t vfork(void)
{
	return PID_OF(tsrun_proc_fork(0, &id_));
}

int execve(const char *path, char *const argv[], char *const envp[])
{
	char *const none[] = { NULL };
	return TSRUN_SIMPLE(tsrun_proc_execve(path, __tsrun_length(path), argv == NULL ? none : argv, envp == NULL ? none : envp, 0));
}

int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

static bool executable(const char *path)
{
	struct stat status;
	if (stat(path, &status) != 0)
		return false;
	if (!S_ISREG(status.st_mode)) {
		errno = EACCES;
		return false;
	}
	return euidaccess(path, X_OK) == 0;
}

/* PATH is searched here and not by the kernel, which knows the environment of the last exec only. */
const char *__tsrun_search(const char *name, char *buffer)
{
	const char *path = getenv("PATH");
	bool denied = false;
	if (*name == '\0') {
		errno = ENOENT;
		return NULL;
	}
	if (strchr(name, '/') != NULL)
		return name;
	if (path == NULL)
		path = "/usr/local/bin:/bin:/usr/bin";
	for (const char *end;; path = end + 1) {
		end = strchrnul(path, ':');
		const int length = (int)(end - path);
		if (snprintf(buffer, PATH_MAX, "%.*s%s%s", length, path, length > 0 ? "/" : "", name) < PATH_MAX) {
			if (executable(buffer))
				return buffer;
			denied |= errno == EACCES;
		}
		if (*end == '\0')
			break;
	}
	errno = denied ? EACCES : ENOENT;
	return NULL;
}

/* execvp runs a file without a known format as a shell script. */
static int execute_script(const char *path, char *const argv[], char *const envp[])
{
	size_t count = 0;
	while (argv[count] != NULL)
		count++;
	char **arguments = calloc(count + 3, sizeof *arguments);
	if (arguments == NULL)
		return -1;
	arguments[0] = argv[0];
	arguments[1] = (char *)(uintptr_t)path;
	for (size_t i = 1; i < count; i++)
		arguments[i + 1] = argv[i];
	(void)execve("/bin/sh", arguments, envp);
	free(arguments);
	return -1;
}

int execvpe(const char *name, char *const argv[], char *const envp[])
{
	char buffer[PATH_MAX];
	const char *path = __tsrun_search(name, buffer);
	if (path == NULL)
		return -1;
	(void)execve(path, argv, envp);
	return errno == ENOEXEC ? execute_script(path, argv, envp) : -1;
}

int execvp(const char *name, char *const argv[])
{
	return execvpe(name, argv, environ);
}

int fexecve(int fd, char *const argv[], char *const envp[])
{
	char path[32];
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return execve(path, argv, envp);
}

/* The vector of execl and its like; `rest` is left behind the NULL. The caller frees it. */
static char **vector(const char *first, va_list *rest)
{
	size_t count = 1;
	va_list counted;
	va_copy(counted, *rest);
	while (va_arg(counted, char *) != NULL)
		count++;
	va_end(counted);
	char **argv = calloc(count + 1, sizeof *argv);
	if (argv == NULL)
		return NULL;
	argv[0] = (char *)(uintptr_t)first;
	for (size_t i = 1; i <= count; i++)
		argv[i] = va_arg(*rest, char *);
	return argv;
}

enum exec_kind { EXECL, EXECLE, EXECLP };

static int execute_list(enum exec_kind kind, const char *path, const char *first, va_list *rest)
{
	char **argv = vector(first, rest);
	if (argv == NULL)
		return -1;
	if (kind == EXECLP)
		(void)execvp(path, argv);
	else
		(void)execve(path, argv, kind == EXECLE ? va_arg(*rest, char **) : environ);
	free(argv);
	return -1;
}

#define EXECUTE_LIST(kind) \
	va_list rest; \
	va_start(rest, first); \
	const int result = execute_list(kind, path, first, &rest); \
	va_end(rest); \
	return result

int execl(const char *path, const char *first, ...)
{
	EXECUTE_LIST(EXECL);
}

int execle(const char *path, const char *first, ...)
{
	EXECUTE_LIST(EXECLE);
}

int execlp(const char *path, const char *first, ...)
{
	EXECUTE_LIST(EXECLP);
}

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	int32_t error, got_status = 0, got = 0;
	struct tsrun_rusage used = { 0, 0, 0 };
	TSRUN_RESTART(error, tsrun_proc_wait(pid, (uint32_t)options, &got_status, &got, usage == NULL ? NULL : &used));
	if (error != 0)
		return __tsrun_result(error);
	if (got != 0 && status != NULL)
		*status = got_status;
	if (usage != NULL) {
		memset(usage, 0, sizeof *usage);
		usage->ru_utime = (struct timeval){ (time_t)(used.user_ns / TSRUN_SECOND), (suseconds_t)(used.user_ns % TSRUN_SECOND / 1000) };
		usage->ru_stime = (struct timeval){ (time_t)(used.system_ns / TSRUN_SECOND), (suseconds_t)(used.system_ns % TSRUN_SECOND / 1000) };
		usage->ru_maxrss = (long)(used.max_rss_bytes / 1024);
	}
	return got;
}

pid_t wait3(int *status, int options, struct rusage *usage)
{
	return wait4(-1, status, options, usage);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}

pid_t wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

pid_t getpid(void)
{
	return PID_OF(tsrun_proc_id(&id_));
}

pid_t gettid(void)
{
	return getpid();
}

pid_t getppid(void)
{
	return PID_OF(tsrun_proc_parent(0, &id_));
}

pid_t getpgid(pid_t pid)
{
	return PID_OF(tsrun_proc_getpgid(pid, &id_));
}

pid_t getpgrp(void)
{
	return getpgid(0);
}

int setpgid(pid_t pid, pid_t group)
{
	return TSRUN_SIMPLE(tsrun_proc_setpgid(pid, group));
}

pid_t setpgrp(void)
{
	return setpgid(0, 0);
}

pid_t getsid(pid_t pid)
{
	return PID_OF(tsrun_proc_getsid(pid, &id_));
}

pid_t setsid(void)
{
	return PID_OF(tsrun_proc_setsid(&id_));
}

int daemon(int keep_directory, int keep_files)
{
	const pid_t child = fork();
	if (child != 0) {
		if (child < 0)
			return -1;
		_exit(0);
	}
	if (setsid() < 0 || (!keep_directory && chdir("/") != 0))
		return -1;
	if (keep_files)
		return 0;
	const int null = open("/dev/null", O_RDWR);
	if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		return -1;
	if (null > 2)
		(void)close(null);
	return 0;
}
