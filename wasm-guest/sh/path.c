/* Where programs are: the search of PATH and the table of `hash`. */
#include "sh.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char default_path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
struct hashed {
	struct hashed *next;
	char *name, *file;
};
static struct hashed *table;

char *path_find(const char *name, const char *path, int *error)
{
	*error = ENOENT;
	if (path == NULL)
		return NULL;
	size_t name_len = strlen(name);
	for (const char *p = path;; p++) {
		size_t len = strcspn(p, ":");
		char *file = temp_alloc(len + name_len + 2);
		memcpy(file, p, len);
		if (len > 0)
			file[len++] = '/';
		memcpy(file + len, name, name_len + 1);
		struct stat st;
		if (stat(file, &st) == 0) {
			if (S_ISREG(st.st_mode) && access(file, X_OK) == 0)
				return file;
			if (*error != EACCES)
				*error = S_ISREG(st.st_mode) ? EACCES : EISDIR;
		} else if (errno == EACCES) {
			*error = EACCES;
		}
		p += strcspn(p, ":");
		if (*p == '\0')
			return NULL;
	}
}

static struct hashed **place(const char *name)
{
	struct hashed **at = &table;
	while (*at != NULL && !text_is((*at)->name, name))
		at = &(*at)->next;
	return at;
}

static void discard(struct hashed **at)
{
	struct hashed *h = *at;
	*at = h->next;
	free(h->name);
	free(h->file);
	free(h);
}

void path_forget(void)
{
	while (table != NULL)
		discard(&table);
}

static void path_delete(const char *name)
{
	struct hashed **at = place(name);
	if (*at != NULL)
		discard(at);
}

bool path_hashed(const char *name)
{
	return *place(name) != NULL;
}

char *path_lookup(const char *name, int *error)
{
	struct hashed **at = place(name);
	struct stat st;
	if (*at != NULL) {
		if (stat((*at)->file, &st) == 0)
			return temp_copy((*at)->file, strlen((*at)->file));
		discard(at);
	}
	char *file = path_find(name, var_get("PATH"), error);
	if (file != NULL && file[0] == '/') {
		struct hashed *h = must_alloc(NULL, sizeof *h);
		*h = (struct hashed){.next = table, .name = copy_text(name), .file = copy_text(file)};
		table = h;
	}
	return file;
}

static int by_file(const void *a, const void *b)
{
	return strcmp((*(struct hashed *const *)a)->file, (*(struct hashed *const *)b)->file);
}

static void list_hashed(void)
{
	size_t count = 0;
	for (struct hashed *h = table; h != NULL; h = h->next)
		count++;
	struct hashed **all = temp_alloc((count + 1) * sizeof(struct hashed *));
	count = 0;
	for (struct hashed *h = table; h != NULL; h = h->next)
		all[count++] = h;
	qsort(all, count, sizeof *all, by_file);
	for (size_t i = 0; i < count; i++)
		format_text(&out, "%s\n", all[i]->file);
}

int builtin_hash(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option, status = 0;
	bool forgot = false;
	while ((option = next_option(&scan, "rv")) != 0) {
		if (scan.failed)
			return 2;
		if (option == 'r') {
			path_forget();
			forgot = true;
		}
	}
	(void)argc;
	if (*scan.argv == NULL && !forgot)
		list_hashed();
	for (char **name = scan.argv; *name != NULL; name++) {
		int error;
		path_delete(*name);
		if (strchr(*name, '/') != NULL || builtin_find(*name) != NULL || function_find(*name) != NULL || path_lookup(*name, &error) != NULL)
			continue;
		complain("%s: not found", *name);
		status = 1;
	}
	return status;
}
