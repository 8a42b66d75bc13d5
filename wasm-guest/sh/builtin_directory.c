/* cd and pwd: the logical current directory. */
#include "sh.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *current; /* logical; NULL: unknown */

static bool same_as_dot(const char *path)
{
	struct stat a, b;
	return stat(path, &a) == 0 && stat(".", &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static char *physical(void)
{
	for (size_t size = 256;; size *= 2) {
		char *path = must_alloc(NULL, size);
		if (getcwd(path, size) != NULL)
			return path;
		free(path);
		if (errno != ERANGE)
			return NULL;
	}
}

void cd_start(void)
{
	const char *pwd = var_get("PWD");
	free(current);
	current = pwd != NULL && pwd[0] == '/' && same_as_dot(pwd) ? copy_text(pwd) : physical();
	if (current != NULL)
		(void)var_set("PWD", current, VAR_EXPORT);
}

/* `path` on top of the current directory, without . and .. components; temp memory. */
static char *logical(const char *path)
{
	struct buf b = {0};
	if (path[0] != '/' && current != NULL && !text_is(current, "/"))
		buf_text(&b, current);
	/* Two leading slashes are not one (POSIX); Linux makes no difference, and neither do we. */
	while (*path != '\0') {
		size_t len = strcspn(path, "/");
		if (len == 2 && path[0] == '.' && path[1] == '.') {
			while (b.len > 0 && b.data[--b.len] != '/')
				continue;
		} else if (len > 0 && !(len == 1 && path[0] == '.')) {
			buf_char(&b, '/');
			buf_bytes(&b, path, len);
		}
		path += len;
		while (*path == '/')
			path++;
	}
	if (b.len == 0)
		buf_char(&b, '/');
	char *result = temp_copy(b.data, b.len);
	buf_free(&b);
	return result;
}

static bool change(const char *path, bool physically)
{
	char *target = physically || (current == NULL && path[0] != '/') ? NULL : logical(path);
	if (chdir(target == NULL ? path : target) < 0)
		return false;
	const char *old = current;
	if (old != NULL)
		(void)var_set("OLDPWD", old, VAR_EXPORT);
	char *now = target == NULL ? physical() : copy_text(target);
	free(current);
	current = now;
	(void)var_set("PWD", now == NULL ? "" : now, VAR_EXPORT);
	return true;
}

int builtin_cd(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option;
	bool physically = false, print = false;
	(void)argc;
	while ((option = next_option(&scan, "LP")) != 0) {
		if (scan.failed)
			return 2;
		physically = option == 'P';
	}
	const char *target = *scan.argv;
	if (target == NULL) {
		target = var_get("HOME");
		if (target == NULL)
			target = "";
	} else if (text_is(target, "-")) {
		target = var_get("OLDPWD");
		print = true;
		if (target == NULL)
			target = "";
	}
	const char *path = var_get("CDPATH");
	bool dotted = target[0] == '.' && (target[1] == '\0' || target[1] == '/' || (target[1] == '.' && (target[2] == '\0' || target[2] == '/')));
	bool done = false;
	struct stat st;
	if (target[0] == '\0') {
		target = ".";
	}
	if (target[0] != '/' && !dotted && path != NULL) {
		while (!done) {
			size_t len = strcspn(path, ":");
			struct buf b = {0};
			buf_bytes(&b, path, len);
			if (len > 0 && path[len - 1] != '/')
				buf_char(&b, '/');
			buf_text(&b, target);
			if (stat(buf_cstr(&b), &st) == 0 && S_ISDIR(st.st_mode) && change(b.data, physically)) {
				done = true;
				print |= len > 0;
			}
			buf_free(&b);
			if (path[len] == '\0')
				break;
			path += len + 1;
		}
	}
	if (!done && !change(target, physically))
		return fail(2, "can't cd to %s", target);
	if (print)
		format_text(&out, "%s\n", current == NULL ? "" : current);
	return 0;
}

int builtin_pwd(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option;
	bool physically = false;
	(void)argc;
	while ((option = next_option(&scan, "LP")) != 0) {
		if (scan.failed)
			return 2;
		physically = option == 'P';
	}
	char *real = physically || current == NULL ? physical() : NULL;
	if (real == NULL && current == NULL)
		return fail(2, "getcwd() failed: %s", strerror(errno));
	format_text(&out, "%s\n", real == NULL ? current : real);
	free(real);
	return 0;
}
