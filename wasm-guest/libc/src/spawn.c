/* posix_spawn: one call of the kernel, without a copy of the caller's memory. Results are errno values. */
#include "internal.h"
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

static int spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
	char *const argv[], char *const envp[])
{
	char *const none[] = { NULL };
	struct tsrun_spawn_attr wanted = { .foreground = -1 };
	if (attributes != NULL) {
		const short flags = attributes->__flags;
		if (flags & (POSIX_SPAWN_RESETIDS | POSIX_SPAWN_SETSCHEDPARAM | POSIX_SPAWN_SETSCHEDULER))
			return ENOSYS;
		wanted.flags = (flags & POSIX_SPAWN_SETPGROUP ? TSRUN_SPAWN_SETPGID : 0) | (flags & POSIX_SPAWN_SETSID ? TSRUN_SPAWN_SETSID : 0) |
			(flags & POSIX_SPAWN_SETSIGMASK ? TSRUN_SPAWN_SETMASK : 0) | (flags & POSIX_SPAWN_SETSIGDEF ? TSRUN_SPAWN_SETDEFAULT : 0) |
			(attributes->__foreground >= 0 ? TSRUN_SPAWN_FOREGROUND : 0);
		wanted.pgid = attributes->__group;
		wanted.mask = attributes->__mask;
		wanted.defaults = attributes->__defaults;
		wanted.foreground = attributes->__foreground;
	}
	int32_t error, child = 0;
	TSRUN_RESTART(error, tsrun_proc_spawnve(path, __tsrun_length(path), argv, envp == NULL ? none : envp,
		actions == NULL ? NULL : actions->__actions, actions == NULL ? 0 : actions->__count,
		attributes == NULL ? NULL : &wanted, &child));
	if (error == 0 && pid != NULL)
		*pid = child;
	return error;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
	const posix_spawnattr_t *restrict attributes, char *const argv[restrict], char *const envp[restrict])
{
	return spawn(pid, path, actions, attributes, argv, envp);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict name, const posix_spawn_file_actions_t *actions,
	const posix_spawnattr_t *restrict attributes, char *const argv[restrict], char *const envp[restrict])
{
	char buffer[PATH_MAX];
	const char *path = __tsrun_search(name, buffer);
	return path == NULL ? errno : spawn(pid, path, actions, attributes, argv, envp);
}

int posix_spawnattr_init(posix_spawnattr_t *attributes)
{
	*attributes = (posix_spawnattr_t){ .__foreground = -1 };
	return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attributes)
{
	(void)attributes;
	return 0;
}

int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags)
{
	if (flags & ~0xff)
		return EINVAL;
	attributes->__flags = flags;
	return 0;
}

int posix_spawnattr_getflags(const posix_spawnattr_t *restrict attributes, short *restrict flags)
{
	*flags = attributes->__flags;
	return 0;
}

int posix_spawnattr_setpgroup(posix_spawnattr_t *attributes, pid_t group)
{
	attributes->__group = group;
	return 0;
}

int posix_spawnattr_getpgroup(const posix_spawnattr_t *restrict attributes, pid_t *restrict group)
{
	*group = attributes->__group;
	return 0;
}

int posix_spawnattr_setsigmask(posix_spawnattr_t *restrict attributes, const sigset_t *restrict mask)
{
	attributes->__mask = *mask;
	return 0;
}

int posix_spawnattr_getsigmask(const posix_spawnattr_t *restrict attributes, sigset_t *restrict mask)
{
	*mask = attributes->__mask;
	return 0;
}

int posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict attributes, const sigset_t *restrict set)
{
	attributes->__defaults = *set;
	return 0;
}

int posix_spawnattr_getsigdefault(const posix_spawnattr_t *restrict attributes, sigset_t *restrict set)
{
	*set = attributes->__defaults;
	return 0;
}

int posix_spawnattr_tcsetpgrp_np(posix_spawnattr_t *attributes, int fd)
{
	attributes->__foreground = fd;
	return 0;
}

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
	*actions = (posix_spawn_file_actions_t){ NULL, 0 };
	return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
	for (unsigned i = 0; i < actions->__count; i++)
		free((char *)(uintptr_t)actions->__actions[i].path);
	free(actions->__actions);
	return posix_spawn_file_actions_init(actions);
}

/* Takes a copy of the path. */
static int add(posix_spawn_file_actions_t *actions, struct tsrun_spawn_action action)
{
	char *path = NULL;
	if (action.path != NULL && (path = strdup(action.path)) == NULL)
		return ENOMEM;
	struct tsrun_spawn_action *larger = realloc(actions->__actions, (actions->__count + 1) * sizeof *larger);
	if (larger == NULL) {
		free(path);
		return ENOMEM;
	}
	action.path = path;
	action.path_len = path == NULL ? 0 : __tsrun_length(path);
	larger[actions->__count] = action;
	actions->__actions = larger;
	actions->__count++;
	return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path, int flags, mode_t mode)
{
	if (fd < 0)
		return EBADF;
	return add(actions, (struct tsrun_spawn_action){ TSRUN_SPAWN_OPEN, fd, 0, (uint32_t)flags, mode, path, 0 });
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
	return fd < 0 ? EBADF : add(actions, (struct tsrun_spawn_action){ TSRUN_SPAWN_CLOSE, fd, 0, 0, 0, NULL, 0 });
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int target)
{
	return fd < 0 || target < 0 ? EBADF : add(actions, (struct tsrun_spawn_action){ TSRUN_SPAWN_DUP2, target, fd, 0, 0, NULL, 0 });
}

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *restrict actions, const char *restrict path)
{
	return add(actions, (struct tsrun_spawn_action){ TSRUN_SPAWN_CHDIR, 0, 0, 0, 0, path, 0 });
}

int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int fd)
{
	return fd < 0 ? EBADF : add(actions, (struct tsrun_spawn_action){ TSRUN_SPAWN_FCHDIR, fd, 0, 0, 0, NULL, 0 });
}
