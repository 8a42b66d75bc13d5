/* setjmp and longjmp: again and again, out of deep frames, in copies of the process. */
#include "check.h"
#include <setjmp.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static jmp_buf outer, inner;

static void again(void)
{
	volatile int turns = 0;
	jmp_buf here;
	const int value = setjmp(here);
	CHECK(value == turns);
	if (turns < 100) {
		turns++;
		longjmp(here, turns);
	}
	CHECK(turns == 100);
}

static void dive(int depth)
{
	volatile char frame[100];
	frame[depth % 100] = (char)depth;
	if (depth == 0)
		longjmp(outer, 5);
	dive(depth - 1);
	CHECK(frame[depth % 100] == -1);
}

static void zero_is_one(void)
{
	jmp_buf here;
	const int value = setjmp(here);
	if (value == 0)
		longjmp(here, 0);
	CHECK(value == 1);
}

/* The inner buffer's frame is gone when the outer one is jumped to. */
static int nested(void)
{
	switch (setjmp(outer)) {
	case 0:
		if (setjmp(inner) == 0)
			longjmp(inner, 1);
		longjmp(outer, 2);
	case 2:
		return 2;
	default:
		return -1;
	}
}

static void in_children(void)
{
	int status;
	jmp_buf here;
	volatile pid_t pid = 0;
	const int value = setjmp(here);
	if (value == 0) {
		pid = fork();
		if (pid == 0)
			longjmp(here, 7);
		CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 7);
		longjmp(here, 8);
	}
	if (pid == 0)
		_exit(value);
	CHECK(value == 8);
}

/* As interpreters use it: a handler of errors around work that allocates and writes. */
static int guarded(int number)
{
	jmp_buf here;
	char *volatile text = NULL;
	if (setjmp(here) != 0) {
		free(text);
		return -1;
	}
	text = malloc(1000);
	(void)snprintf(text, 1000, "%d", number);
	if (number % 3 == 0)
		longjmp(here, 1);
	const int result = atoi(text);
	free(text);
	return result;
}

int main(void)
{
	again();
	const int value = setjmp(outer);
	if (value == 0)
		dive(200);
	CHECK(value == 5);
	zero_is_one();
	CHECK(nested() == 2);
	in_children();
	int good = 0;
	for (int i = 0; i < 300; i++)
		good += guarded(i) == (i % 3 == 0 ? -1 : i);
	CHECK(good == 300);
	return finish("jumps");
}
