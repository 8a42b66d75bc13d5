/* Variables: a small hash table, scopes of `local`, the environment of programs. */
#include "sh.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct variable {
	struct variable *next;
	char *name, *value; /* value NULL: unset, but marked or local */
	int flags;
};
struct saved {
	struct saved *next;
	char *name, *value;
	int flags;
	bool existed;
	int getopts_offset;
};
struct scope {
	struct scope *previous;
	struct saved *saved;
	bool has_options;
	unsigned options; /* `local -` */
};
enum { BUCKETS = 32 };
static struct variable *table[BUCKETS];
static struct scope *scopes;

static struct variable **place(const char *name, size_t len)
{
	unsigned hash = 0;
	for (size_t i = 0; i < len; i++)
		hash = hash * 31 + (unsigned char)name[i];
	struct variable **at = &table[hash % BUCKETS];
	while (*at != NULL && (strncmp((*at)->name, name, len) != 0 || (*at)->name[len] != '\0'))
		at = &(*at)->next;
	return at;
}

static struct variable *make(const char *name)
{
	struct variable **at = place(name, strlen(name));
	if (*at == NULL) {
		*at = must_alloc(NULL, sizeof **at);
		**at = (struct variable){.name = copy_text(name)};
	}
	return *at;
}

const char *var_get(const char *name)
{
	if (text_is(name, "LINENO")) {
		struct variable *v = *place(name, 6);
		if (v != NULL && v->value != NULL && v->value[0] == '\0') {
			struct buf b = {0};
			buf_number(&b, sh.function_line > 0 ? sh.line - sh.function_line + 1 : sh.line);
			char *text = temp_copy(b.data, b.len);
			buf_free(&b);
			return text;
		}
	}
	struct variable *v = *place(name, strlen(name));
	return v == NULL ? NULL : v->value;
}

/* Variables that the shell itself looks at. */
static void changed(const char *name)
{
	if (text_is(name, "PATH"))
		path_forget();
	else if (text_is(name, "OPTIND"))
		sh.getopts_offset = -1;
}

static void store(struct variable *v, const char *value)
{
	char *copy = value == NULL ? NULL : copy_text(value);
	free(v->value);
	v->value = copy;
	changed(v->name);
}

bool var_set(const char *name, const char *value, int flags)
{
	struct variable *v = make(name);
	if ((v->flags & VAR_READONLY) != 0) {
		(void)fail(2, "%s: is read only", name);
		return false;
	}
	v->flags |= flags | (opt('a') ? VAR_EXPORT : 0);
	store(v, value);
	return true;
}

bool var_assign(const char *assignment, int flags)
{
	const char *equals = strchr(assignment, '=');
	return var_set(temp_copy(assignment, (size_t)(equals - assignment)), equals + 1, flags);
}

void var_set_number(const char *name, long long value)
{
	struct buf b = {0};
	buf_number(&b, value);
	(void)var_set(name, buf_cstr(&b), 0);
	buf_free(&b);
}

void var_mark(const char *name, int flags)
{
	make(name)->flags |= flags;
}

static void erase(struct variable **at)
{
	struct variable *v = *at;
	*at = v->next;
	free(v->name);
	free(v->value);
	free(v);
}

bool var_unset(const char *name)
{
	struct variable **at = place(name, strlen(name));
	if (*at == NULL)
		return true;
	if (((*at)->flags & VAR_READONLY) != 0) {
		(void)fail(2, "%s: is read only", name);
		return false;
	}
	changed(name);
	erase(at);
	return true;
}

/* ---- scopes: what `local` and assignments before a command put aside ---- */

void scope_push(void)
{
	struct scope *s = must_alloc(NULL, sizeof *s);
	*s = (struct scope){.previous = scopes};
	scopes = s;
}

void scope_pop(void)
{
	struct scope *s = scopes;
	scopes = s->previous;
	if (s->has_options)
		options_unpack(s->options);
	while (s->saved != NULL) {
		struct saved *old = s->saved;
		s->saved = old->next;
		struct variable *v = make(old->name);
		v->flags = old->flags;
		if (old->value == NULL && !old->existed) {
			changed(old->name);
			erase(place(old->name, strlen(old->name)));
		} else {
			store(v, old->value);
			if (old->getopts_offset >= 0)
				sh.getopts_offset = old->getopts_offset;
		}
		free(old->name);
		free(old->value);
		free(old);
	}
	free(s);
}

void scope_keep_options(void)
{
	if (scopes->has_options)
		return;
	scopes->has_options = true;
	scopes->options = options_pack();
}

/* name or name=value in the newest scope; without a value the variable keeps its old one, as in dash. */
bool var_local(const char *text)
{
	size_t len = strcspn(text, "=");
	char *name = temp_copy(text, len);
	bool again = false;
	for (struct saved *old = scopes->saved; old != NULL && !again; old = old->next)
		again = text_is(old->name, name);
	struct variable *v = *place(name, len);
	if (!again) {
		struct saved *old = must_alloc(NULL, sizeof *old);
		*old = (struct saved){.next = scopes->saved, .name = copy_text(name), .existed = v != NULL, .getopts_offset = -1};
		if (v != NULL) {
			old->value = v->value == NULL ? NULL : copy_text(v->value);
			old->flags = v->flags;
		}
		if (text_is(name, "OPTIND"))
			old->getopts_offset = sh.getopts_offset;
		scopes->saved = old;
	}
	if (text[len] == '=')
		return var_set(name, text + len + 1, 0);
	(void)make(name);
	return true;
}

/* ---- all of them ---- */

const char *var_name(size_t index)
{
	for (int i = 0; i < BUCKETS; i++)
		for (struct variable *v = table[i]; v != NULL; v = v->next)
			if (v->value != NULL && index-- == 0)
				return v->name;
	return NULL;
}

char **var_environment(void)
{
	size_t count = 0;
	for (int i = 0; i < BUCKETS; i++)
		for (struct variable *v = table[i]; v != NULL; v = v->next)
			count += (v->flags & VAR_EXPORT) != 0 && v->value != NULL;
	char **environment = temp_alloc((count + 1) * sizeof *environment);
	count = 0;
	for (int i = 0; i < BUCKETS; i++)
		for (struct variable *v = table[i]; v != NULL; v = v->next) {
			if ((v->flags & VAR_EXPORT) == 0 || v->value == NULL)
				continue;
			size_t name_len = strlen(v->name), value_len = strlen(v->value);
			char *text = temp_alloc(name_len + value_len + 2);
			memcpy(text, v->name, name_len);
			text[name_len] = '=';
			memcpy(text + name_len + 1, v->value, value_len + 1);
			environment[count++] = text;
		}
	environment[count] = NULL;
	return environment;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(struct variable *const *)a)->name, (*(struct variable *const *)b)->name);
}

/* `set`, `export -p`, `readonly -p`: sorted, quoted so that the shell reads them again. flags 0: all that have a value. */
void var_list(const char *prefix, int flags)
{
	size_t count = 0;
	for (int i = 0; i < BUCKETS; i++)
		for (struct variable *v = table[i]; v != NULL; v = v->next)
			count++;
	struct variable **all = temp_alloc((count + 1) * sizeof(struct variable *));
	count = 0;
	for (int i = 0; i < BUCKETS; i++)
		for (struct variable *v = table[i]; v != NULL; v = v->next)
			if (flags == 0 ? v->value != NULL && !text_is(v->name, "LINENO") : (v->flags & flags) == flags)
				all[count++] = v;
	qsort(all, count, sizeof *all, by_name);
	for (size_t i = 0; i < count; i++) {
		const char *value = all[i]->value == NULL ? NULL : var_get(all[i]->name);
		buf_text(&out, prefix);
		buf_text(&out, all[i]->name);
		if (value != NULL) {
			buf_char(&out, '=');
			quote_single(&out, value);
		}
		buf_char(&out, '\n');
	}
}

void variables_start(char **environment)
{
	for (; *environment != NULL; environment++) {
		size_t len = name_length(*environment);
		if (len > 0 && (*environment)[len] == '=')
			(void)var_set(temp_copy(*environment, len), *environment + len + 1, VAR_EXPORT);
	}
	static const char *const defaults[][2] = {
		{"IFS", " \t\n"}, {"OPTIND", "1"}, {"PS2", "> "}, {"PS4", "+ "}, {"LINENO", ""},
	};
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (var_get(defaults[i][0]) != NULL && i > 1 && i < 4)
			continue;
		struct variable *v = make(defaults[i][0]);
		v->flags = 0;
		store(v, defaults[i][1]);
	}
	if (var_get("PATH") == NULL)
		(void)var_set("PATH", default_path, 0);
	if (var_get("PS1") == NULL)
		(void)var_set("PS1", geteuid() == 0 ? "# " : "$ ", 0);
	make("PPID")->flags = 0;
	var_set_number("PPID", getppid());
	sh.getopts_offset = -1;
}
