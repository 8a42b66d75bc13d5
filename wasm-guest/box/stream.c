/* Reading and writing with our own buffers: binary-safe lines, whole files, copies in blocks of 64 KiB. */
#include "box.h"

ssize_t read_some(int fd, void *data, size_t size) {
	for (;;) {
		ssize_t got = read(fd, data, size);
		if (got >= 0 || errno != EINTR) return got;
	}
}

ssize_t read_full(int fd, void *data, size_t size) {
	size_t done = 0;
	while (done < size) {
		ssize_t got = read_some(fd, (char *)data + done, size - done);
		if (got < 0) return done ? (ssize_t)done : -1;
		if (got == 0) break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

bool write_all(int fd, const void *data, size_t size) {
	const char *from = data;
	while (size > 0) {
		ssize_t put = write(fd, from, size);
		if (put < 0) {
			if (errno == EINTR) continue;
			return false;
		}
		from += put;
		size -= (size_t)put;
	}
	return true;
}

int copy_stream(int in, int out) {
	char *block = xmalloc(BLOCK);
	int outcome = 0;
	for (;;) {
		ssize_t got = read_some(in, block, BLOCK);
		if (got == 0) break;
		if (got < 0) {
			outcome = 1;
			break;
		}
		if (!write_all(out, block, (size_t)got)) {
			outcome = 2;
			break;
		}
	}
	int error = errno;
	free(block);
	errno = error;
	return outcome;
}

char *read_fd(int fd, size_t *length) {
	struct buffer all = {0};
	buffer_add(&all, "", 0);
	for (;;) {
		if (all.capacity - all.length < 4096) {
			all.capacity = all.capacity < 8192 ? 8192 : all.capacity * 2;
			all.data = xrealloc(all.data, all.capacity);
		}
		ssize_t got = read_some(fd, all.data + all.length, all.capacity - all.length - 1);
		if (got < 0) {
			int error = errno;
			free(all.data);
			errno = error;
			return NULL;
		}
		if (got == 0) break;
		all.length += (size_t)got;
	}
	all.data[all.length] = '\0';
	if (length) *length = all.length;
	return all.data;
}

char *read_file(const char *path, size_t *length) {
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return NULL;
	char *text = read_fd(fd, length);
	int error = errno;
	close(fd);
	errno = error;
	return text;
}

int open_input(const char *name) {
	if (strcmp(name, "-") == 0) return STDIN_FILENO;
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0) warn_errno("%s", name);
	return fd;
}

void close_input(int fd) {
	if (fd > STDIN_FILENO) close(fd);
}

void reader_start(struct reader *reader, int fd, const char *name) {
	*reader = (struct reader){.fd = fd, .name = name};
}

bool reader_open(struct reader *reader, const char *name) {
	int fd = open_input(name);
	reader_start(reader, fd, strcmp(name, "-") == 0 ? "standard input" : name);
	if (fd < 0) reader->failed = true;
	return fd >= 0;
}

/* Reads more behind `end`; false at the end of the file. */
static bool reader_fill(struct reader *reader) {
	if (reader->eof) return false;
	if (reader->start > 0) {
		memmove(reader->data, reader->data + reader->start, reader->end - reader->start);
		reader->end -= reader->start;
		reader->start = 0;
	}
	if (reader->capacity - reader->end < 4096) {
		reader->capacity = reader->capacity ? reader->capacity * 2 : BLOCK / 2;
		reader->data = xrealloc(reader->data, reader->capacity + 1); /* one more: the NUL of a last line */
	}
	ssize_t got = read_some(reader->fd, reader->data + reader->end, reader->capacity - reader->end);
	if (got <= 0) {
		reader->eof = true;
		if (got < 0) {
			reader->failed = true;
			warn_errno("%s", reader->name);
		}
		return false;
	}
	reader->end += (size_t)got;
	return true;
}

char *reader_line(struct reader *reader, int delimiter, size_t *length, bool *ended) {
	size_t searched = 0;
	if (!reader->data) reader_fill(reader); /* there is no buffer before the first read */
	for (;;) {
		char *from = reader->data + reader->start;
		size_t have = reader->end - reader->start;
		char *found = have > searched ? memchr(from + searched, delimiter, have - searched) : NULL;
		if (found) {
			*found = '\0';
			*length = (size_t)(found - from);
			reader->start += *length + 1;
			if (ended) *ended = true;
			return from;
		}
		searched = have;
		if (reader_fill(reader)) continue;
		if (have == 0) return NULL;
		from = reader->data + reader->start;
		from[have] = '\0';
		reader->start = reader->end;
		*length = have;
		if (ended) *ended = false;
		return from;
	}
}

int reader_byte(struct reader *reader) {
	if (reader->start == reader->end && !reader_fill(reader)) return EOF;
	return (unsigned char)reader->data[reader->start++];
}

int reader_close(struct reader *reader) {
	close_input(reader->fd);
	free(reader->data);
	reader->data = NULL;
	return reader->failed;
}
