/* Reads and writes through its preopened directory; escapes must fail. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
	char text[64] = "";
	int fd = open("input.txt", O_RDONLY);
	if (fd < 0 || read(fd, text, sizeof text - 1) < 0) return 1;
	puts(text);
	close(fd);
	fd = open("output.txt", O_CREAT | O_RDWR, 0644);
	if (fd < 0 || write(fd, "written", 7) != 7) return 2;
	struct stat st;
	if (fstat(fd, &st) != 0 || mkdir("dir", 0755) != 0 || rename("output.txt", "dir/moved") != 0) return 3;
	printf("written: %d\n", (int)st.st_size);
	int made = symlink("/etc/passwd", "dir/link") == 0 || open("../../etc/passwd", O_RDONLY) >= 0;
	printf("absolute: %s\n", made ? "yes" : "no");
	return 0;
}
