/* Memory that grows: contents stay, system calls take pointers into the new part, children get all of it. */
#include "check.h"
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCK = 1 << 20, BLOCKS = 12 };

static bool holds(const unsigned char *block, int seed)
{
	for (size_t i = 0; i < BLOCK; i += 997)
		if (block[i] != (unsigned char)(i + (size_t)seed))
			return false;
	return true;
}

int main(void)
{
	unsigned char *blocks[BLOCKS];
	int fds[2], status;
	CHECK(pipe(fds) == 0);
	for (int n = 0; n < BLOCKS; n++) {
		blocks[n] = malloc(BLOCK);
		if (!CHECK(blocks[n] != NULL))
			return finish("memory");
		for (size_t i = 0; i < BLOCK; i++)
			blocks[n][i] = (unsigned char)(i + (size_t)n);
		/* To and from the highest address. */
		unsigned char *top = blocks[n] + BLOCK - 5;
		CHECK(write(fds[1], top, 5) == 5);
		memset(top, 0, 5);
		CHECK(read(fds[0], top, 5) == 5);
	}
	for (int n = 0; n < BLOCKS; n++)
		CHECK(holds(blocks[n], n));
	const pid_t pid = fork();
	if (pid == 0) {
		for (int n = 0; n < BLOCKS; n++)
			if (!holds(blocks[n], n))
				_exit(1);
		/* It grows for itself. */
		unsigned char *more = malloc(4 * BLOCK);
		if (more == NULL)
			_exit(2);
		memset(more, 1, 4 * BLOCK);
		memset(blocks[0], 0, BLOCK);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK(holds(blocks[0], 0));
	for (int n = 0; n < BLOCKS; n++)
		free(blocks[n]);
	/* Freed memory is used again. */
	unsigned char *again = malloc(BLOCK);
	CHECK(again != NULL);
	free(again);
	void *volatile none = malloc(SIZE_MAX - 100000);
	CHECK(none == NULL && errno == ENOMEM);
	return finish("memory");
}
