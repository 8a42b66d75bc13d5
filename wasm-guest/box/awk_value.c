/* awk: texts, values, arrays. */
#include "awk.h"
#include <ctype.h>
#include <math.h>

struct text *text_new(const char *bytes, size_t length) {
	struct text *text = xmalloc(sizeof *text + length + 1);
	text->references = 1;
	text->length = length;
	if (length && bytes) memcpy(text->bytes, bytes, length);
	text->bytes[length] = '\0';
	return text;
}

void text_release(struct text *text) {
	if (text && --text->references == 0) free(text);
}

struct value value_number(double number) {
	return (struct value){.kind = NUMBER, .number = number};
}

struct value value_text(const char *bytes, size_t length, enum kind kind) {
	return (struct value){.kind = kind, .text = text_new(bytes, length)};
}

struct value value_copy(struct value value) {
	if (value.text) value.text->references++;
	return value;
}

void value_free(struct value *value) {
	text_release(value->text);
	*value = (struct value){.kind = UNSET};
}

/* The decimal number that text begins with; *end behind it (the start: there is none). No hex, no inf, no nan. */
static double number_of(const char *text, const char **end) {
	const char *at = text + strspn(text, " \t\n\r\f\v"), *digits = at;
	if (*digits == '+' || *digits == '-') digits++;
	if (!isdigit((unsigned char)*digits) && !(*digits == '.' && isdigit((unsigned char)digits[1]))) {
		*end = text;
		return 0;
	}
	if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
		*end = digits + 1;
		return 0;
	}
	char *stop;
	double value = strtod(at, &stop);
	*end = stop;
	return value;
}

static bool looks_numeric(const struct text *text, double *number) {
	const char *end;
	*number = number_of(text->bytes, &end);
	return end != text->bytes && end[strspn(end, " \t\n\r\f\v")] == '\0';
}

double to_number(const struct value *value) {
	const char *end;
	return value->kind == NUMBER ? value->number : value->kind == UNSET ? 0 : number_of(value->text->bytes, &end);
}

struct text *to_text(const struct value *value, bool output) {
	if (value->kind == UNSET) return text_new("", 0);
	if (value->kind != NUMBER) {
		value->text->references++;
		return value->text;
	}
	char text[400];
	int length;
	if (value->number == floor(value->number) && fabs(value->number) < 1e16) length = snprintf(text, sizeof text, "%.0f",
		value->number == 0 ? 0.0 : value->number);
	else if (isnan(value->number) || isinf(value->number)) length = snprintf(text, sizeof text, "%s%s", signbit(value->number) ? "-" : "",
		isnan(value->number) ? "nan" : "inf");
	else {
		const struct value *format = &awk.globals[output ? V_OFMT : V_CONVFMT].value;
		const char *spec = format->kind == STRING || format->kind == INPUT ? format->text->bytes : "%.6g";
		/* One floating conversion is all that may stand there. */
		const char *at = strchr(spec, '%');
		bool valid = at && strchr("eEfFgG", at[1 + strspn(at + 1, "-+ #0123456789.")]) && at[1 + strspn(at + 1, "-+ #0123456789.")]
			&& !strchr(at + 1, '%');
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* checked just above */
		length = snprintf(text, sizeof text, valid ? spec : "%.6g", value->number);
#pragma GCC diagnostic pop
	}
	return text_new(text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

bool to_truth(const struct value *value) {
	double number;
	switch (value->kind) {
	case UNSET: return false;
	case NUMBER: return value->number != 0;
	case INPUT: return looks_numeric(value->text, &number) ? number != 0 : value->text->length > 0;
	default: return value->text->length > 0;
	}
}

int value_compare(const struct value *a, const struct value *b) {
	double x = a->number, y = b->number;
	bool numeric = a->kind == NUMBER || a->kind == UNSET || (a->kind == INPUT && looks_numeric(a->text, &x));
	numeric = numeric && (b->kind == NUMBER || b->kind == UNSET || (b->kind == INPUT && looks_numeric(b->text, &y)));
	if (numeric) {
		if (a->kind == UNSET) x = 0;
		if (b->kind == UNSET) y = 0;
		return (x > y) - (x < y);
	}
	struct text *left = to_text(a, false), *right = to_text(b, false);
	size_t shorter = left->length < right->length ? left->length : right->length;
	int order = memcmp(left->bytes, right->bytes, shorter);
	if (order == 0) order = (left->length > right->length) - (left->length < right->length);
	text_release(left);
	text_release(right);
	return order;
}

static size_t hash(const struct text *key) {
	uint32_t value = 2166136261u;
	for (size_t i = 0; i < key->length; i++) value = (value ^ (unsigned char)key->bytes[i]) * 16777619u;
	return value;
}

static bool same(const struct text *a, const struct text *b) {
	return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static void rehash(struct array *array) {
	size_t count = array->bucket_count ? array->bucket_count * 4 : 16;
	struct array_entry **buckets = xcalloc(count, sizeof *buckets);
	for (size_t i = 0; i < array->bucket_count; i++)
		for (struct array_entry *entry = array->buckets[i], *next; entry; entry = next) {
			struct array_entry **into = &buckets[hash(entry->key) & (count - 1)];
			next = entry->next;
			entry->next = *into;
			*into = entry;
		}
	free(array->buckets);
	array->buckets = buckets;
	array->bucket_count = count;
}

struct value *array_find(const struct array *array, const struct text *key) {
	if (array->bucket_count == 0) return NULL;
	for (struct array_entry *entry = array->buckets[hash(key) & (array->bucket_count - 1)]; entry; entry = entry->next)
		if (same(entry->key, key)) return &entry->value;
	return NULL;
}

struct value *array_get(struct array *array, struct text *key) {
	struct value *found = array_find(array, key);
	if (found) return found;
	if (array->count >= array->bucket_count * 2) rehash(array);
	struct array_entry *entry = xcalloc(1, sizeof *entry), **into = &array->buckets[hash(key) & (array->bucket_count - 1)];
	key->references++;
	entry->key = key;
	entry->next = *into;
	*into = entry;
	array->count++;
	return &entry->value;
}

void array_delete(struct array *array, const struct text *key) {
	if (array->bucket_count == 0) return;
	for (struct array_entry **at = &array->buckets[hash(key) & (array->bucket_count - 1)]; *at; at = &(*at)->next) {
		if (!same((*at)->key, key)) continue;
		struct array_entry *gone = *at;
		*at = gone->next;
		text_release(gone->key);
		value_free(&gone->value);
		free(gone);
		array->count--;
		return;
	}
}

void array_clear(struct array *array) {
	for (size_t i = 0; i < array->bucket_count; i++)
		for (struct array_entry *entry = array->buckets[i], *next; entry; entry = next) {
			next = entry->next;
			text_release(entry->key);
			value_free(&entry->value);
			free(entry);
		}
	free(array->buckets);
	*array = (struct array){0};
}
