/* awk: the built-in functions and the command line. */
#include "awk.h"
#include <ctype.h>
#include <math.h>

struct awk awk;

regex_t *awk_compile(const struct text *text) {
	/* \t, \n, \/ and \" mean the same in expressions as in strings; what else has a backslash is the expression's own. */
	struct buffer plain = {0};
	buffer_add(&plain, "", 0);
	for (size_t i = 0; i < text->length; i++) {
		static const char letters[] = "afnrtv/\"", values[] = "\a\f\n\r\t\v/\"";
		const char *place = text->bytes[i] == '\\' && i + 1 < text->length ? strchr(letters, text->bytes[i + 1]) : NULL;
		if (place && *place) {
			buffer_char(&plain, values[place - letters]);
			i++;
		} else if (text->bytes[i] == '\\' && i + 1 < text->length) {
			buffer_add(&plain, text->bytes + i, 2);
			i++;
		} else buffer_char(&plain, text->bytes[i]);
	}
	regex_t *regex = xmalloc(sizeof *regex);
	int error = regcomp(regex, plain.data, REG_EXTENDED);
	if (error) {
		char reason[128];
		regerror(error, regex, reason, sizeof reason);
		awk_wrong("%s: %s", text->bytes, reason);
	}
	free(plain.data);
	return regex;
}

/* Expressions made at run time are kept: most programs use the same few again and again. */
regex_t *awk_regex(struct node *node) {
	static struct {
		struct text *text;
		regex_t *regex;
	} kept[16];
	static unsigned next;
	if (node->type == N_REGEX) return node->regex;
	struct text *text = awk_eval_text(node);
	for (size_t i = 0; i < LENGTH(kept); i++)
		if (kept[i].text && kept[i].text->length == text->length && memcmp(kept[i].text->bytes, text->bytes, text->length) == 0) {
			text_release(text);
			return kept[i].regex;
		}
	unsigned slot = next++ % LENGTH(kept);
	if (kept[slot].regex) {
		regfree(kept[slot].regex);
		free(kept[slot].regex);
		text_release(kept[slot].text);
	}
	kept[slot].regex = awk_compile(text);
	kept[slot].text = text;
	return kept[slot].regex;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* each directive is taken apart and given the type it needs */
static void add_directive(struct buffer *out, const char *spec, char kind, struct value *value) {
	char format[64], *text = NULL;
	if (strchr("di", kind)) {
		double number = to_number(value);
		if (isnan(number) || isinf(number)) {
			snprintf(format, sizeof format, "%%%ss", spec);
			text = format_text(format, isnan(number) ? "nan" : number < 0 ? "-inf" : "inf");
		} else if (fabs(number) >= 9.2e18) {
			snprintf(format, sizeof format, "%%%s.0f", spec);
			text = format_text(format, number);
		} else {
			snprintf(format, sizeof format, "%%%slld", spec);
			text = format_text(format, (long long)number);
		}
	} else if (strchr("ouxX", kind)) {
		double number = to_number(value);
		snprintf(format, sizeof format, "%%%sll%c", spec, kind);
		text = format_text(format, number < 0 ? (unsigned long long)(long long)number : (unsigned long long)number);
	} else if (strchr("eEfFgGaA", kind)) {
		snprintf(format, sizeof format, "%%%s%c", spec, kind);
		text = format_text(format, to_number(value));
	} else {
		struct text *whole = to_text(value, false);
		char one[5] = {whole->bytes[0]};
		if (kind == 'c' && value->kind == NUMBER) one[0] = (char)(int)value->number;
		snprintf(format, sizeof format, "%%%ss", spec);
		if (kind == 'c' && !one[0]) buffer_char(out, '\0');
		text = format_text(format, kind == 'c' ? one : whole->bytes);
		text_release(whole);
	}
	buffer_text(out, text);
	free(text);
}
#pragma GCC diagnostic pop

struct text *awk_format(struct node **arguments, size_t count) {
	struct text *format = awk_eval_text(arguments[0]);
	struct buffer out = {0};
	size_t next = 1;
	buffer_add(&out, "", 0);
	for (size_t i = 0; i < format->length; i++) {
		if (format->bytes[i] != '%') {
			buffer_char(&out, format->bytes[i]);
			continue;
		}
		if (format->bytes[++i] == '%') {
			buffer_char(&out, '%');
			continue;
		}
		char spec[40];
		size_t length = 0;
		for (; format->bytes[i] && strchr("-+ #0123456789.*", format->bytes[i]) && length < 24; i++) {
			if (format->bytes[i] != '*') {
				spec[length++] = format->bytes[i];
				continue;
			}
			double width = next < count ? awk_eval_number(arguments[next++]) : 0;
			length += (size_t)snprintf(spec + length, 8, "%d", width > 9999 ? 9999 : width < -9999 ? -9999 : (int)width);
		}
		spec[length] = '\0';
		while (format->bytes[i] && strchr("hlLq", format->bytes[i])) i++;
		char kind = format->bytes[i];
		if (!kind || !strchr("diouxXeEfFgGaAcs", kind)) {
			buffer_char(&out, '%');
			buffer_text(&out, spec);
			if (!kind) break;
			buffer_char(&out, kind);
			continue;
		}
		struct value value = next < count ? awk_eval(arguments[next]) : (struct value){.kind = UNSET};
		next++;
		add_directive(&out, spec, kind, &value);
		value_free(&value);
	}
	struct text *text = text_new(out.data, out.length);
	free(out.data);
	text_release(format);
	return text;
}

static void keep_element(size_t number, const char *bytes, size_t length, void *context) {
	struct value index = value_number((double)number);
	struct text *key = to_text(&index, false);
	*array_get(context, key) = value_text(bytes, length, INPUT);
	text_release(key);
}

static struct value split(struct node *node) {
	struct text *text = awk_eval_text(node->list[0]);
	bool regex = node->count > 2 && node->list[2]->type == N_REGEX;
	struct text *separator = regex ? text_new("", 0) : node->count > 2 ? awk_eval_text(node->list[2]) : to_text(&awk.globals[V_FS].value,
		false);
	struct array *array = awk_array(node->list[1]);
	array_clear(array);
	size_t count = awk_split(text, separator, regex, regex ? node->list[2]->regex : NULL, keep_element, array);
	text_release(text);
	text_release(separator);
	return value_number((double)count);
}

/* & is what matched, \& an ampersand, \\ a backslash before one of these. */
static void add_replacement(struct buffer *out, const struct text *replacement, const char *matched, size_t length) {
	for (size_t i = 0; i < replacement->length; i++) {
		char c = replacement->bytes[i];
		if (c == '\\' && i + 1 < replacement->length && (replacement->bytes[i + 1] == '&'
			|| replacement->bytes[i + 1] == '\\')) buffer_char(out, replacement->bytes[++i]);
		else if (c == '&') buffer_add(out, matched, length);
		else buffer_char(out, c);
	}
}

static struct value substitute(struct node *node, bool all) {
	static struct node zero = {.type = N_CONSTANT, .value = {.kind = NUMBER}}, record = {.type = N_FIELD, .a = &zero};
	struct node *target = node->count > 2 ? node->list[2] : &record;
	regex_t *regex = awk_regex(node->list[0]);
	struct text *replacement = awk_eval_text(node->list[1]), *text = awk_eval_text(target);
	struct buffer out = {0};
	size_t at = 0, copied = 0, count = 0, last_end = SIZE_MAX;
	regmatch_t found;
	while (at <= text->length && regexec(regex, text->bytes + at, 1, &found, at ? REG_NOTBOL : 0) == 0) {
		size_t from = at + (size_t)found.rm_so, to = at + (size_t)found.rm_eo;
		at = from == to ? to + 1 : to;
		if (from == to && from == last_end) continue; /* an empty match right behind the last one does not count */
		last_end = to;
		count++;
		buffer_add(&out, text->bytes + copied, from - copied);
		add_replacement(&out, replacement, text->bytes + from, to - from);
		copied = to;
		if (!all) break;
	}
	if (count) {
		buffer_add(&out, text->bytes + copied, text->length - copied);
		awk_assign(target, value_text(out.data, out.length, STRING));
	}
	free(out.data);
	text_release(replacement);
	text_release(text);
	return value_number((double)count);
}

static struct value match(struct node *node) {
	struct text *text = awk_eval_text(node->list[0]);
	regmatch_t found;
	bool matched = regexec(awk_regex(node->list[1]), text->bytes, 1, &found, 0) == 0;
	double start = matched ? (double)found.rm_so + 1 : 0, length = matched ? (double)(found.rm_eo - found.rm_so) : -1;
	awk.globals[V_RSTART].value = value_number(start);
	awk.globals[V_RLENGTH].value = value_number(length);
	text_release(text);
	return value_number(start);
}

static double round_even(double value) {
	return nearbyint(value);
}

static struct value substring(struct node *node) {
	struct text *text = awk_eval_text(node->list[0]);
	double from = round_even(awk_eval_number(node->list[1])), to = (double)text->length + 1;
	if (node->count > 2) {
		double end = from + round_even(awk_eval_number(node->list[2]));
		if (end < to) to = end;
	}
	if (from < 1) from = 1;
	struct value value = to > from ? value_text(text->bytes + (size_t)from - 1, (size_t)(to - from), STRING) : value_text("", 0, STRING);
	text_release(text);
	return value;
}

static struct value change_case(struct node *node, int (*change)(int)) {
	struct text *text = awk_eval_text(node->list[0]);
	struct value value = value_text(text->bytes, text->length, STRING);
	for (size_t i = 0; i < text->length; i++) value.text->bytes[i] = (char)change((unsigned char)text->bytes[i]);
	text_release(text);
	return value;
}

static struct value length_of(struct node *node) {
	if (node->count == 0) return value_number((double)awk_record()->length);
	struct node *argument = node->list[0];
	if (argument->type == N_LOCAL || argument->type == N_GLOBAL) {
		const struct cell *cell = argument->type == N_LOCAL ? &awk.frame[argument->index] : &awk.globals[argument->index];
		if (cell->array) return value_number((double)cell->array->count);
	}
	struct text *text = awk_eval_text(argument);
	struct value value = value_number((double)text->length);
	text_release(text);
	return value;
}

static struct value with_text(struct node *node, enum builtin which) {
	struct text *text = node->count ? awk_eval_text(node->list[0]) : NULL, *second;
	struct value value = value_number(0);
	char date[256];
	time_t when;
	switch (which) {
	case F_SYSTEM: {
		fflush(stdout);
		awk_flush(NULL);
		static char shell[] = "sh", option[] = "-c";
		char *run[] = {shell, option, text->bytes, NULL};
		value.number = run_command(run, false);
		break;
	}
	case F_CLOSE: value.number = awk_close(text->bytes); break;
	case F_FFLUSH: value.number = awk_flush(text && text->length ? text->bytes : NULL); break;
	case F_STRFTIME:
		when = node->count > 1 ? (time_t)awk_eval_number(node->list[1]) : time(NULL);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the program's own format */
		value = value_text(date, strftime(date, sizeof date, text ? text->bytes : "%a %b %e %H:%M:%S %Z %Y", localtime(&when)), STRING);
#pragma GCC diagnostic pop
		break;
	default: { /* F_INDEX */
		second = awk_eval_text(node->list[1]);
		char *place = second->length ? memmem(text->bytes, text->length, second->bytes, second->length) : NULL;
		value.number = place ? (double)(place - text->bytes) + 1 : 0;
		text_release(second);
	}
	}
	text_release(text);
	return value;
}

static struct value seed(struct node *node) {
	static double last;
	double before = last;
	last = node->count ? awk_eval_number(node->list[0]) : (double)time(NULL);
	srandom((unsigned)(long long)last);
	return value_number(before);
}

struct value awk_builtin(struct node *node) {
	static const unsigned char least[] = {[F_SUBSTR] = 2, [F_INDEX] = 2, [F_SPLIT] = 2, [F_SUB] = 2, [F_GSUB] = 2, [F_MATCH] = 2,
		[F_SPRINTF] = 1, [F_SIN] = 1, [F_COS] = 1,
		[F_ATAN2] = 2, [F_EXP] = 1, [F_LOG] = 1, [F_SQRT] = 1, [F_INT] = 1, [F_TOLOWER] = 1, [F_TOUPPER] = 1, [F_SYSTEM] = 1,
			[F_CLOSE] = 1, [F_STRFTIME] = 0};
	enum builtin which = (enum builtin)node->index;
	if (node->count < least[which]) awk_wrong("a built-in function has too few arguments");
	double first;
	switch (which) {
	case F_LENGTH: return length_of(node);
	case F_SUBSTR: return substring(node);
	case F_SPLIT: return split(node);
	case F_SUB: case F_GSUB: return substitute(node, which == F_GSUB);
	case F_MATCH: return match(node);
	case F_SPRINTF: return (struct value){.kind = STRING, .text = awk_format(node->list, node->count)};
	case F_SIN: return value_number(sin(awk_eval_number(node->list[0])));
	case F_COS: return value_number(cos(awk_eval_number(node->list[0])));
	case F_ATAN2:
		first = awk_eval_number(node->list[0]);
		return value_number(atan2(first, awk_eval_number(node->list[1])));
	case F_EXP: return value_number(exp(awk_eval_number(node->list[0])));
	case F_LOG: return value_number(log(awk_eval_number(node->list[0])));
	case F_SQRT: return value_number(sqrt(awk_eval_number(node->list[0])));
	case F_INT: return value_number(trunc(awk_eval_number(node->list[0])));
	case F_RAND: return value_number((double)random() / 2147483648.0);
	case F_SRAND: return seed(node);
	case F_TOLOWER: return change_case(node, tolower);
	case F_TOUPPER: return change_case(node, toupper);
	case F_SYSTIME: return value_number((double)time(NULL));
	default: return with_text(node, which);
	}
}

static void set_text(enum special which, const char *text) {
	awk.globals[which].value = value_text(text, strlen(text), STRING);
}

static void set_element(enum special which, const char *key, size_t length, const char *value) {
	if (!awk.globals[which].array) {
		awk.globals[which].array = xcalloc(1, sizeof(struct array));
		awk.globals[which].owned = true;
	}
	struct text *name = text_new(key, length);
	*array_get(awk.globals[which].array, name) = value_text(value, strlen(value), INPUT);
	text_release(name);
}

static void start_specials(void) {
	static const char *const names[] = {"NF", "NR", "FNR", "FS", "OFS", "ORS", "RS", "FILENAME", "SUBSEP", "RSTART", "RLENGTH", "CONVFMT",
		"OFMT", "ENVIRON", "ARGC", "ARGV"};
	extern char **environ;
	for (size_t i = 0; i < SPECIAL_COUNT; i++) awk_global(names[i], strlen(names[i]));
	for (size_t i = V_NF; i <= V_FNR; i++) awk.globals[i].value = value_number(0);
	set_text(V_FS, " ");
	set_text(V_OFS, " ");
	set_text(V_ORS, "\n");
	set_text(V_RS, "\n");
	set_text(V_SUBSEP, "\034");
	set_text(V_CONVFMT, "%.6g");
	set_text(V_OFMT, "%.6g");
	awk.globals[V_RSTART].value = value_number(0);
	awk.globals[V_RLENGTH].value = value_number(-1);
	for (char **each = environ; each && *each; each++) {
		const char *equals = strchr(*each, '=');
		if (equals) set_element(V_ENVIRON, *each, (size_t)(equals - *each), equals + 1);
	}
}

static void assign_variable(const char *text) {
	const char *equals = strchr(text, '=');
	if (!equals || equals == text) usage_error("invalid assignment '%s'", text);
	struct node node = {.type = N_GLOBAL, .index = awk_global(text, (size_t)(equals - text))};
	awk_assign(&node, (struct value){.kind = INPUT, .text = awk_unescape(equals + 1, strlen(equals + 1))});
}

int awk_main(int argc, char **argv) {
	struct options parsed;
	struct buffer source = {0};
	usage_status = 2;
	start_specials();
	options_start(&parsed, argc, argv, "+F:v:f:", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'F') {
			struct text *text = awk_unescape(parsed.argument, strlen(parsed.argument));
			set_text(V_FS, strcmp(text->bytes, "t") == 0 ? "\t" : text->bytes);
			text_release(text);
		} else if (letter == 'v') assign_variable(parsed.argument);
		else {
			int fd = open_input(parsed.argument);
			size_t length;
			char *text = fd < 0 ? NULL : read_fd(fd, &length);
			if (!text) return 2;
			buffer_add(&source, text, length);
			buffer_char(&source, '\n');
			free(text);
		}
	}
	char **operands = parsed.argv;
	if (!source.data) {
		if (parsed.argc == 0) usage_error("no program given");
		buffer_text(&source, *operands++);
		parsed.argc--;
	}
	set_element(V_ARGV, "0", 1, "awk");
	for (int i = 0; i < parsed.argc; i++) {
		char number[16];
		set_element(V_ARGV, number, (size_t)snprintf(number, sizeof number, "%d", i + 1), operands[i]);
		/* Names that operands assign exist from the start: pointers to variables stay good. */
		size_t length = strspn(operands[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
		if (length && operands[i][length] == '=') awk_global(operands[i], length);
	}
	awk.globals[V_ARGC].value = value_number(parsed.argc + 1);
	awk_parse(source.data);
	free(source.data);
	return awk_run();
}
