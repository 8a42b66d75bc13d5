/* Computes without end, or nearly: only the loop counter can interrupt it. */
#include <stdio.h>
#include <string.h>
#include <tsrun/syscalls.h>

static volatile unsigned sink;

static unsigned fib(unsigned n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

int main(int argc, char **argv) {
	int32_t self = 0;
	tsrun_proc_id(&self);
	const char *what = argc > 1 ? argv[1] : "";
	if (!strcmp(what, "loop"))
		for (;;) sink++;
	if (!strcmp(what, "recursion"))
		for (unsigned n = 40;;) sink += fib(n);
	for (unsigned i = 0; i < 50000000; i++) sink += i;
	printf("pid %d: %u\n", self, sink);
	return 0;
}
