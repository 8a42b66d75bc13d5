/* Copies /input.txt to /output.txt and removes it. */
#include <stdio.h>
#include <unistd.h>

int main(void) {
	FILE *in = fopen("/input.txt", "r"), *out = fopen("/output.txt", "w");
	if (!in || !out) return 1;
	for (int c; (c = getc(in)) != EOF;) putc(c, out);
	if (fclose(in) != 0 || fclose(out) != 0) return 2;
	return unlink("/input.txt") == 0 ? 0 : 3;
}
