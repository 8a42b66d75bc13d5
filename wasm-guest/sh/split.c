/* Field splitting: what came from expansions is cut at the characters of IFS. A field is a range of the expanded bytes. */
#include "sh.h"
#include <string.h>

void fields_add(struct fields *f, char *text)
{
	if (f->count + 1 >= f->cap) {
		size_t cap = f->cap == 0 ? 8 : f->cap * 2;
		char **items = temp_alloc(cap * sizeof *items);
		if (f->count > 0)
			memcpy(items, f->items, f->count * sizeof *items);
		f->items = items;
		f->cap = cap;
	}
	f->items[f->count++] = text;
	f->items[f->count] = NULL;
}

void split_fields(struct fields *f, const struct expanded *e)
{
	const char *ifs = var_get("IFS");
	if (ifs == NULL)
		ifs = " \t\n";
	size_t start = 0;
	bool open = false; /* the field at `start` exists */
	bool absorb = false; /* white space ended a field: one other separator belongs to it */
	for (size_t i = 0; i < e->bytes.len; i++) {
		char c = e->bytes.data[i];
		enum attribute a = (enum attribute)e->attributes.data[i];
		if (a == ATTR_BREAK) {
			if (open)
				glob_add(f, e, start, i);
			open = absorb = false;
			continue;
		}
		if (a != ATTR_EXPANDED || c == '\0' || strchr(ifs, c) == NULL) {
			if (!open)
				start = i;
			open = true;
			absorb = false;
			continue;
		}
		bool blank = c == ' ' || c == '\t' || c == '\n';
		if (open) {
			glob_add(f, e, start, i);
			absorb = blank;
		} else if (!blank) {
			if (!absorb)
				glob_add(f, e, i, i);
			absorb = false;
		}
		open = false;
	}
	if (open)
		glob_add(f, e, start, e->bytes.len);
}
