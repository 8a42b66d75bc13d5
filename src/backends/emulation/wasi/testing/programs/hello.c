/* A plain preview1 program: arguments, environment, standard streams, exit status. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
	for (int i = 0; i < argc; i++) printf("arg %d: %s\n", i, argv[i]);
	const char *name = getenv("NAME");
	printf("NAME=%s\n", name ? name : "(none)");
	char line[64];
	if (fgets(line, sizeof line, stdin)) printf("stdin: %s", line);
	fprintf(stderr, "to stderr\n");
	return argc > 1 && strcmp(argv[1], "fail") == 0 ? 7 : 0;
}
