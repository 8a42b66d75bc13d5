/* Builtins that steer: break, return, exit, eval, dot, exec, shift, times, true, false. */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <unistd.h>

int builtin_colon(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

int builtin_false(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 1;
}

int builtin_break(int argc, char **argv)
{
	int count = 1;
	if (argc > 1 && !number_argument(argv[1], &count))
		return 2;
	if (argc > 1 && count <= 0)
		return fail(2, "Illegal number: %s", argv[1]);
	if (count > sh.loop_depth)
		count = sh.loop_depth;
	if (count == 0)
		return 0;
	sh.status = 0;
	sh.flow = argv[0][0] == 'b' ? FLOW_BREAK : FLOW_CONTINUE;
	sh.flow_count = count;
	return 0;
}

int builtin_return(int argc, char **argv)
{
	int status = sh.status;
	if (argc > 1 && !number_argument(argv[1], &status))
		return 2;
	sh.status = status;
	sh.flow = sh.function_depth > 0 || sh.dot_depth > 0 ? FLOW_RETURN : FLOW_EXIT;
	return status;
}

int builtin_exit(int argc, char **argv)
{
	if (opt('i') && !sh.subshell && jobs_stopped_warning())
		return 0;
	int status = sh.status;
	if (argc > 1 && !number_argument(argv[1], &status))
		return 2;
	sh.status = status;
	sh.flow = FLOW_EXIT;
	return status;
}

int builtin_eval(int argc, char **argv)
{
	struct buf text = {0};
	int flags = eval_flags;
	for (int i = 1; i < argc; i++) {
		if (i > 1)
			buf_char(&text, ' ');
		buf_text(&text, argv[i]);
	}
	int status = 0;
	if (text.len > 0)
		status = eval_text(buf_cstr(&text), flags, 1);
	buf_free(&text);
	return status;
}

static char *find_dot(const char *name)
{
	struct stat st;
	if (strchr(name, '/') != NULL)
		return (char *)name;
	for (const char *p = var_get("PATH"); p != NULL && *p != '\0';) {
		size_t len = strcspn(p, ":");
		struct buf file = {0};
		buf_bytes(&file, p, len);
		if (len > 0)
			buf_char(&file, '/');
		buf_text(&file, name);
		bool found = stat(buf_cstr(&file), &st) == 0 && S_ISREG(st.st_mode) && access(file.data, R_OK) == 0;
		char *copy = found ? temp_copy(file.data, file.len) : NULL;
		buf_free(&file);
		if (found)
			return copy;
		p += len + (p[len] == ':');
	}
	(void)fail(2, "%s: not found", name);
	return NULL;
}

int builtin_dot(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	(void)argc;
	(void)next_option(&scan, "");
	if (scan.failed)
		return 2;
	if (*scan.argv == NULL)
		return 0;
	char *file = find_dot(*scan.argv);
	if (file == NULL)
		return 2;
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(2, "cannot open %s: %s", file, open_error(errno, false));
	input_push_file(fd_move_high(fd), false);
	int function_line = sh.function_line, loop_depth = sh.loop_depth, flags = eval_flags;
	const char *command = sh.command;
	sh.command = file;
	sh.function_line = 0;
	sh.dot_depth++;
	int status = run_input(false, flags);
	sh.dot_depth--;
	sh.function_line = function_line;
	sh.loop_depth = loop_depth;
	sh.command = command;
	input_pop();
	if (sh.flow == FLOW_RETURN) {
		sh.flow = FLOW_NONE;
		status = sh.status;
	}
	return status;
}

int builtin_exec(int argc, char **argv)
{
	if (argc <= 1)
		return 0;
	int error = 0;
	char **environment = var_environment();
	char *file = strchr(argv[1], '/') != NULL ? argv[1] : path_find(argv[1], var_get("PATH"), &error);
	if (file != NULL) {
		if (opt('m'))
			(void)job_control_set(false);
		exec_program(file, argv + 1, environment);
		error = errno;
		if (opt('m'))
			(void)job_control_set(true);
	}
	int status = exec_failed(argv[1], error);
	if (opt('i') && !sh.subshell)
		abandon(status);
	else
		sh.flow = FLOW_EXIT;
	return sh.status = status;
}

int builtin_shift(int argc, char **argv)
{
	int count = 1;
	if (argc > 1 && !number_argument(argv[1], &count))
		return 2;
	if (count > sh.arg_count)
		return fail(2, "can't shift that many");
	if (count == 0)
		return 0;
	if (!sh.args_owned)
		(void)args_set(sh.args + count, sh.arg_count - count);
	else {
		for (int i = 0; i < count; i++)
			free(sh.args[i]);
		memmove(sh.args, sh.args + count, (size_t)(sh.arg_count - count + 1) * sizeof *sh.args);
		sh.arg_count -= count;
	}
	sh.getopts_offset = -1;
	return 0;
}

static void show_time(clock_t ticks, long per_second, char end)
{
	long long micro = (long long)ticks * 1000000 / per_second;
	format_text(&out, "%dm%d.", (int)(micro / 60000000), (int)(micro / 1000000 % 60));
	for (int digit = 100000; digit > 0; digit /= 10)
		buf_char(&out, (char)('0' + micro % 1000000 / digit % 10));
	buf_char(&out, 's');
	buf_char(&out, end);
}

int builtin_times(int argc, char **argv)
{
	struct tms t;
	long per_second = sysconf(_SC_CLK_TCK);
	(void)argc;
	(void)argv;
	(void)times(&t);
	show_time(t.tms_utime, per_second, ' ');
	show_time(t.tms_stime, per_second, '\n');
	show_time(t.tms_cutime, per_second, ' ');
	show_time(t.tms_cstime, per_second, '\n');
	return 0;
}
