/* The shell from its start to its end. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;
struct shell sh = {.arg0 = "sh", .terminal = -1, .getopts_offset = -1};

void shell_exit(int status)
{
	sh.status = status;
	trap_run_exit();
	if (!out_captured)
		(void)out_flush();
	if (!sh.subshell)
		history_save();
	if (!sh.subshell && sh.terminal >= 0)
		(void)job_control_set(false);
	_exit(sh.status & 0xff);
}

/* In a new process that goes on as a subshell. */
void shell_forked(bool background)
{
	sh.subshell = true;
	if (sh.terminal >= 0) {
		close(sh.terminal);
		sh.terminal = -1;
	}
	out_forget();
	out_captured = false;
	traps_reset_in_child(background);
	opt_set('m', false);
}

/* A file of commands at the start of an interactive or login shell; missing ones are no error. */
static void run_profile(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	input_push_file(fd_move_high(fd), false);
	(void)run_input(false, 0);
	input_pop();
	if (sh.flow == FLOW_EXIT)
		shell_exit(sh.status);
	sh.flow = FLOW_NONE;
}

static void run_profiles(bool login)
{
	struct mark m = temp_mark();
	if (login) {
		run_profile("/etc/profile");
		const char *home = var_get("HOME");
		struct buf file = {0};
		format_text(&file, "%s/.profile", home == NULL ? "" : home);
		run_profile(buf_cstr(&file));
		buf_free(&file);
	}
	const char *env = opt('i') && geteuid() == getuid() && getegid() == getgid() ? var_get("ENV") : NULL;
	if (env != NULL && *env != '\0') {
		bool ok;
		struct arena *arena = arena_new();
		struct part *parts = parse_text_parts(arena, env, CTX_HERE, 1, &ok);
		char *file = ok ? expand_string(parts, 0) : NULL;
		if (file != NULL && *file != '\0')
			run_profile(file);
		sh.flow = FLOW_NONE;
		arena_drop(arena);
	}
	temp_release(m);
}

static void open_script(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		complain("cannot open %s: %s", file, open_error(errno, false));
		_exit(2);
	}
	input_push_file(fd_move_high(fd), false);
}

static void become_interactive(bool monitor_given)
{
	signals_interactive();
	if (!monitor_given || opt('m'))
		opt_set('m', true);
	if (isatty(0) && isatty(2))
		opt_set('E', true);
}

int main(int argc, char **argv)
{
	(void)argc;
	char *minus_c = NULL;
	bool login = argv[0] != NULL && argv[0][0] == '-';
	int index = 1;
	sh.pid = getpid();
	if (argv[0] != NULL)
		sh.arg0 = argv[0];
	traps_start();
	variables_start(environ);
	cd_start();
	if (argv[0] == NULL || !options_parse(argv, &index, true, &minus_c, &login))
		_exit(2);
	if (minus_c != NULL) {
		minus_c = argv[index];
		if (minus_c == NULL) {
			complain("-c requires an argument");
			_exit(2);
		}
		index++;
		if (argv[index] != NULL)
			sh.arg0 = argv[index++];
	} else if (argv[index] == NULL) {
		opt_set('s', true);
	}
	if (minus_c == NULL && opt('s') && isatty(0) && isatty(1))
		opt_set('i', true);
	if (minus_c == NULL && !opt('s')) {
		open_script(argv[index]);
		sh.arg0 = argv[index++];
	}
	int count = 0;
	while (argv[index + count] != NULL)
		count++;
	(void)args_set(argv + index, count);
	if (opt('i'))
		become_interactive(false);
	if (login || opt('i'))
		run_profiles(login);
	if (opt('i'))
		history_load();
	sh.status = 0;
	if (minus_c != NULL)
		sh.status = eval_text(minus_c, opt('s') ? 0 : EVAL_EXIT, 1);
	if (minus_c == NULL || (opt('s') && sh.flow == FLOW_NONE)) {
		if (opt('s'))
			input_push_file(0, true);
		sh.status = run_input(opt('i') && opt('s'), 0);
	}
	shell_exit(sh.status);
}
