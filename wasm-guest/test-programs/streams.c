/* stdio over the kernel: modes of fopen, streams to processes (needs /bin/sh), temporary files, formatted output. */
#include "check.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void modes(void)
{
	char text[20] = "", path[] = "/tmp/streams-XXXXXX";
	const int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w+");
	CHECK(file != NULL && fputs("line 1\nline 2\n", file) >= 0 && fflush(file) == 0);
	rewind(file);
	CHECK(fgets(text, sizeof text, file) == text && strcmp(text, "line 1\n") == 0 && ftell(file) == 7);
	CHECK(fclose(file) == 0);
	file = fopen(path, "a");
	CHECK(file != NULL && (fcntl(fileno(file), F_GETFL) & (O_APPEND | O_ACCMODE)) == (O_APPEND | O_WRONLY));
	CHECK(fputs("line 3\n", file) >= 0 && fclose(file) == 0);
	file = fopen(path, "re");
	CHECK(file != NULL && fcntl(fileno(file), F_GETFD) == FD_CLOEXEC);
	CHECK(fseek(file, -7, SEEK_END) == 0 && fgets(text, sizeof text, file) == text && strcmp(text, "line 3\n") == 0);
	CHECK(fgetc(file) == EOF && feof(file) && !ferror(file) && fclose(file) == 0);
	file = fopen(path, "r+");
	CHECK(file != NULL && fputs("LINE", file) >= 0 && fclose(file) == 0);
	CHECK(fopen(path, "wx") == NULL && errno == EEXIST);
	CHECK(fopen("/nowhere/x", "w") == NULL && errno == ENOENT);
	const int plain = open(path, O_WRONLY);
	file = fdopen(plain, "a");
	CHECK(file != NULL && (fcntl(plain, F_GETFL) & O_APPEND) && fputs("end\n", file) >= 0 && fclose(file) == 0);
	file = freopen(path, "r", fopen("/dev/null", "r"));
	CHECK(file != NULL && fread(text, 1, 4, file) == 4 && memcmp(text, "LINE", 4) == 0 && fclose(file) == 0);
	struct stat status;
	CHECK(stat(path, &status) == 0 && status.st_size == 25 && (status.st_mode & 0777) == 0600);
	file = fopen(path, "w");
	CHECK(file != NULL && fclose(file) == 0 && stat(path, &status) == 0 && status.st_size == 0);
	CHECK(remove(path) == 0);
	file = fopen("/dev/full", "w");
	CHECK(file != NULL && fputs("x", file) >= 0 && fflush(file) == EOF && errno == ENOSPC);
	(void)fclose(file);
}

static void formats(void)
{
	char text[100], *line = NULL;
	size_t size = 0;
	(void)snprintf(text, sizeof text, "%5.2f %-4s| %#x %lld %c %%", 3.14159, "ab", 255, -1234567890123LL, 'z');
	CHECK(strcmp(text, " 3.14 ab  | 0xff -1234567890123 z %") == 0);
	FILE *file = tmpfile();
	CHECK(file != NULL);
	for (int i = 0; i < 5000; i++)
		(void)fprintf(file, "%d ", i);
	rewind(file);
	CHECK(getdelim(&line, &size, '\0', file) == 23890);
	int number = -1;
	CHECK(line != NULL && sscanf(line + 23885, "%d", &number) == 1 && number == 4999);
	free(line);
	CHECK(fclose(file) == 0);
}

static void processes(void)
{
	char text[50] = "";
	FILE *pipe = popen("echo from; exit 3", "r");
	CHECK(pipe != NULL && fgets(text, sizeof text, pipe) == text && strcmp(text, "from\n") == 0);
	CHECK(WEXITSTATUS(pclose(pipe)) == 3);
	pipe = popen("read line; test \"$line\" = to", "w");
	CHECK(pipe != NULL && fputs("to\n", pipe) >= 0 && pclose(pipe) == 0);
	CHECK(popen("true", "x") == NULL && errno == EINVAL);
	CHECK(system(NULL) != 0);
	CHECK(WEXITSTATUS(system("exit 7")) == 7);
	const int status = system("kill -TERM $$");
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == 15);
}

int main(int argc, char **argv)
{
	modes();
	formats();
	if (argc > 1 && strcmp(argv[1], "sh") == 0)
		processes();
	return finish("streams");
}
