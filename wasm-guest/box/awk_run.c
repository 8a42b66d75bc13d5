/* awk: evaluating expressions, running statements and rules. */
#include "awk.h"
#include <math.h>

struct text *awk_eval_text(struct node *node) {
	struct value value = awk_eval(node);
	struct text *text = to_text(&value, false);
	value_free(&value);
	return text;
}

double awk_eval_number(struct node *node) {
	struct value value = awk_eval(node);
	double number = to_number(&value);
	value_free(&value);
	return number;
}

static APART bool eval_truth(struct node *node) {
	struct value value = awk_eval(node);
	bool truth = to_truth(&value);
	value_free(&value);
	return truth;
}

static struct cell *cell_of(const struct node *node) {
	return node->type == N_LOCAL ? &awk.frame[node->index] : &awk.globals[node->index];
}

static struct array *cell_array(struct cell *cell) {
	if (cell->array) return cell->array;
	if (cell->value.kind != UNSET) awk_wrong("a scalar is used as an array");
	if (cell->untyped) cell->array = cell_array(cell->untyped);
	else {
		cell->array = xcalloc(1, sizeof *cell->array);
		cell->owned = true;
	}
	return cell->array;
}

struct array *awk_array(struct node *node) {
	if (node->type != N_GLOBAL && node->type != N_LOCAL) awk_wrong("an array is needed");
	return cell_array(cell_of(node));
}

/* Subscripts, joined by SUBSEP. */
static APART struct text *subscript(struct node **list, size_t count) {
	if (count == 1) return awk_eval_text(list[0]);
	struct buffer key = {0};
	struct text *separator = to_text(&awk.globals[V_SUBSEP].value, false);
	for (size_t i = 0; i < count; i++) {
		struct text *part = awk_eval_text(list[i]);
		if (i) buffer_add(&key, separator->bytes, separator->length);
		buffer_add(&key, part->bytes, part->length);
		text_release(part);
	}
	struct text *text = text_new(key.data, key.length);
	text_release(separator);
	free(key.data);
	return text;
}

static APART size_t field_number(struct node *node) {
	double number = awk_eval_number(node);
	if (number < 0 || number > 1e7) awk_wrong("there is no field %.0f", number);
	return (size_t)number;
}

void awk_assign(struct node *target, struct value value) {
	if (target->type == N_FIELD) {
		awk_set_field(field_number(target->a), value);
		return;
	}
	if (target->type == N_INDEX) {
		struct text *key = subscript(target->list, target->count);
		struct value *place = array_get(awk_array(target->a), key);
		text_release(key);
		value_free(place);
		*place = value;
		return;
	}
	struct cell *cell = cell_of(target);
	if (cell->array) awk_wrong("an array is used as a scalar");
	value_free(&cell->value);
	cell->value = value;
	if (target->type == N_GLOBAL && target->index == V_NF) {
		double count = to_number(&value);
		awk_set_field_count(count > 0 ? (size_t)count : 0);
	}
}

static double arithmetic(enum token operation, double a, double b) {
	switch (operation) {
	case PLUS: case ADD_ASSIGN: return a + b;
	case MINUS: case SUBTRACT_ASSIGN: return a - b;
	case STAR: case MULTIPLY_ASSIGN: return a * b;
	case POWER: case POWER_ASSIGN: return pow(a, b);
	default:
		if (b == 0) awk_wrong("division by zero");
		return operation == SLASH || operation == DIVIDE_ASSIGN ? a / b : fmod(a, b);
	}
}

static APART struct value eval_assign(struct node *node) {
	struct value value;
	if (node->operation == ASSIGN) value = awk_eval(node->b);
	else {
		double right = awk_eval_number(node->b);
		value = value_number(arithmetic(node->operation, awk_eval_number(node->a), right));
	}
	awk_assign(node->a, value_copy(value));
	return value;
}

static APART struct value eval_step(struct node *node) {
	double old = awk_eval_number(node->a), changed = node->operation == INCREMENT ? old + 1 : old - 1;
	awk_assign(node->a, value_number(changed));
	return value_number(node->type == N_PRE ? changed : old);
}

static APART struct value eval_compare(struct node *node) {
	struct value a = awk_eval(node->a), b = awk_eval(node->b);
	int order = value_compare(&a, &b);
	value_free(&a);
	value_free(&b);
	switch (node->operation) {
	case LESS: return value_number(order < 0);
	case LESS_EQUAL: return value_number(order <= 0);
	case EQUAL: return value_number(order == 0);
	case NOT_EQUAL: return value_number(order != 0);
	case GREATER: return value_number(order > 0);
	default: return value_number(order >= 0);
	}
}

static APART struct value eval_concat(struct node *node) {
	struct text *a = awk_eval_text(node->a), *b = awk_eval_text(node->b), *all = text_new(NULL, a->length + b->length);
	memcpy(all->bytes, a->bytes, a->length);
	memcpy(all->bytes + a->length, b->bytes, b->length);
	text_release(a);
	text_release(b);
	return (struct value){.kind = STRING, .text = all};
}

static APART struct value eval_match(struct node *node) {
	struct text *text = awk_eval_text(node->a);
	bool matched = regexec(awk_regex(node->b), text->bytes, 0, NULL, 0) == 0;
	text_release(text);
	return value_number(matched == (node->operation == TILDE));
}

static APART struct value eval_record_match(struct node *node) {
	struct text *record = awk_record();
	return value_number(regexec(node->regex, record->bytes, 0, NULL, 0) == 0);
}

static APART struct value eval_in(struct node *node) {
	struct text *key = subscript(node->list, node->count);
	bool found = array_find(awk_array(node->a), key) != NULL;
	text_release(key);
	return value_number(found);
}

static APART struct value eval_index(struct node *node) {
	struct text *key = subscript(node->list, node->count);
	struct value value = value_copy(*array_get(awk_array(node->a), key));
	text_release(key);
	return value;
}

static APART struct value eval_arithmetic(struct node *node) {
	double a = awk_eval_number(node->a);
	return value_number(arithmetic(node->operation, a, awk_eval_number(node->b)));
}

static APART struct value eval_variable(struct node *node) {
	struct cell *cell = cell_of(node);
	if (cell->array) awk_wrong("an array is used as a scalar");
	if (node->type == N_GLOBAL && node->index == V_NF) awk_field_count();
	return value_copy(cell->value);
}

static APART struct value eval_constant(struct node *node) {
	return value_copy(node->value);
}

static APART struct value eval_field(struct node *node) {
	return value_copy(*awk_field(field_number(node->a)));
}

static APART struct value eval_sign(struct node *node) {
	double number = awk_eval_number(node->a);
	return value_number(node->type == N_NEGATE ? -number : number);
}

static APART struct value eval_logic(struct node *node) {
	if (node->type == N_NOT) return value_number(!eval_truth(node->a));
	bool left = eval_truth(node->a);
	if (left == (node->type == N_OR)) return value_number(left);
	return value_number(eval_truth(node->b));
}

/* Nothing but dispatch: what recurses through here needs no room of its own. */
struct value awk_eval(struct node *node) {
	switch (node->type) {
	case N_CONSTANT: return eval_constant(node);
	case N_REGEX: return eval_record_match(node);
	case N_GLOBAL: case N_LOCAL: return eval_variable(node);
	case N_FIELD: return eval_field(node);
	case N_INDEX: return eval_index(node);
	case N_ASSIGN: return eval_assign(node);
	case N_CONDITIONAL: return awk_eval(eval_truth(node->a) ? node->b : node->c);
	case N_OR: case N_AND: case N_NOT: return eval_logic(node);
	case N_IN: return eval_in(node);
	case N_MATCH: return eval_match(node);
	case N_COMPARE: return eval_compare(node);
	case N_CONCAT: return eval_concat(node);
	case N_ARITHMETIC: return eval_arithmetic(node);
	case N_NEGATE: case N_PLUS: return eval_sign(node);
	case N_PRE: case N_POST: return eval_step(node);
	case N_CALL: return awk_call(node);
	case N_BUILTIN: return awk_builtin(node);
	case N_GETLINE: return awk_getline(node);
	case N_GROUP:
		if (node->count != 1) awk_wrong("a list stands where a value is needed");
		return awk_eval(node->list[0]);
	default: awk_wrong("a statement stands where a value is needed");
	}
}

static enum flow run(struct node *node);

/* Arguments are evaluated in the caller's frame; an array goes by reference, a variable without a type may become one. */
APART struct value awk_call(struct node *node) {
	static unsigned depth;
	const struct function *function = &awk.functions[node->index];
	size_t count = function->parameters.count;
	if (node->count > count) awk_wrong("function '%s' is called with too many arguments", function->name);
	bool deep = ++depth > 10000;
#ifdef __wasi__ /* the stack is at the bottom of the memory: an error instead of a trap at its end */
	deep |= (uintptr_t)__builtin_frame_address(0) < 12 * 1024;
#endif
	if (deep) awk_wrong("function '%s' is called too deeply", function->name);
	struct cell *frame = xcalloc(count + 1, sizeof *frame), *before = awk.frame;
	for (size_t i = 0; i < node->count; i++) {
		struct node *argument = node->list[i];
		bool variable = argument->type == N_GLOBAL || argument->type == N_LOCAL;
		struct cell *cell = variable ? cell_of(argument) : NULL;
		if (cell && cell->array) frame[i].array = cell->array;
		else {
			frame[i].value = awk_eval(argument);
			if (cell && frame[i].value.kind == UNSET) frame[i].untyped = cell;
		}
	}
	awk.frame = frame;
	enum flow flow = run(function->body);
	awk.frame = before;
	depth--;
	for (size_t i = 0; i < count; i++) {
		value_free(&frame[i].value);
		if (frame[i].owned) {
			array_clear(frame[i].array);
			free(frame[i].array);
		}
	}
	free(frame);
	struct value returned = awk.returned;
	awk.returned = (struct value){.kind = UNSET};
	if (flow != FLOW_NORMAL && flow != FLOW_RETURN) awk.unwinding = flow;
	return returned;
}

static APART void run_print(struct node *node) {
	struct buffer line = {0};
	buffer_add(&line, "", 0);
	if (node->type == N_PRINTF) {
		struct text *text = awk_format(node->list, node->count);
		buffer_add(&line, text->bytes, text->length);
		text_release(text);
	} else {
		struct text *between = to_text(&awk.globals[V_OFS].value, false), *end = to_text(&awk.globals[V_ORS].value, false);
		if (node->count == 0) buffer_add(&line, awk_record()->bytes, awk_record()->length);
		for (size_t i = 0; i < node->count; i++) {
			struct value value = awk_eval(node->list[i]);
			struct text *text = to_text(&value, true);
			if (i) buffer_add(&line, between->bytes, between->length);
			buffer_add(&line, text->bytes, text->length);
			text_release(text);
			value_free(&value);
		}
		buffer_add(&line, end->bytes, end->length);
		text_release(between);
		text_release(end);
	}
	FILE *to = awk.unwinding ? NULL : awk_output(node);
	if (to && fwrite(line.data, 1, line.length, to) < line.length && to != stdout) awk_wrong("cannot write: %s", strerror(errno));
	free(line.data);
	check_output();
}

static APART enum flow run_for_in(struct node *node) {
	struct array *array = awk_array(node->b);
	struct text **keys = xmalloc((array->count + 1) * sizeof *keys);
	size_t count = 0;
	enum flow flow = FLOW_NORMAL;
	for (size_t i = 0; i < array->bucket_count; i++)
		for (struct array_entry *entry = array->buckets[i]; entry; entry = entry->next) {
			entry->key->references++;
			keys[count++] = entry->key;
		}
	size_t i = 0;
	for (; i < count; i++) {
		if (!array_find(array, keys[i])) { /* deleted meanwhile */
			text_release(keys[i]);
			continue;
		}
		awk_assign(node->a, (struct value){.kind = INPUT, .text = keys[i]});
		flow = run(node->d);
		if (flow == FLOW_BREAK || flow == FLOW_CONTINUE) {
			bool leave = flow == FLOW_BREAK;
			flow = FLOW_NORMAL;
			if (leave) break;
		}
		if (flow) break;
	}
	for (i++; i < count; i++) text_release(keys[i]);
	free(keys);
	return flow;
}

/* while, do and for in one: condition b (NULL: true), step c, body d. */
static APART enum flow run_loop(struct node *condition, struct node *step, struct node *body, bool body_first) {
	while (body_first || !condition || eval_truth(condition)) {
		body_first = false;
		if (awk.unwinding) return awk.unwinding;
		enum flow flow = run(body);
		if (flow == FLOW_BREAK) break;
		if (flow && flow != FLOW_CONTINUE) return flow;
		if (step && (flow = run(step))) return flow;
	}
	return awk.unwinding;
}

static APART void run_delete(struct node *node) {
	if (node->a->type != N_INDEX) {
		array_clear(awk_array(node->a));
		return;
	}
	struct text *key = subscript(node->a->list, node->a->count);
	array_delete(awk_array(node->a->a), key);
	text_release(key);
}

static APART void run_expression(struct node *node) {
	struct value value = awk_eval(node);
	value_free(&value);
}

static APART void run_return(struct node *node) {
	struct value value = awk_eval(node);
	value_free(&awk.returned);
	awk.returned = value;
}

static enum flow run(struct node *node) {
	enum flow flow;
	switch (node->type) {
	case N_BLOCK:
		for (size_t i = 0; i < node->count; i++)
			if ((flow = run(node->list[i]))) return flow;
		return FLOW_NORMAL;
	case N_EXPRESSION: run_expression(node->a); return awk.unwinding;
	case N_PRINT: case N_PRINTF: run_print(node); return awk.unwinding;
	case N_IF: {
		bool truth = eval_truth(node->a);
		if (awk.unwinding) return awk.unwinding;
		return truth ? run(node->b) : node->c ? run(node->c) : FLOW_NORMAL;
	}
	case N_WHILE: return run_loop(node->a, NULL, node->b, false);
	case N_DO: return run_loop(node->a, NULL, node->b, true);
	case N_FOR:
		if (node->a && (flow = run(node->a))) return flow;
		return run_loop(node->b, node->c, node->d, false);
	case N_FOR_IN: return run_for_in(node);
	case N_BREAK: return FLOW_BREAK;
	case N_CONTINUE: return FLOW_CONTINUE;
	case N_NEXT: return FLOW_NEXT;
	case N_NEXTFILE: return FLOW_NEXTFILE;
	case N_DELETE: run_delete(node); return awk.unwinding;
	case N_EXIT:
		if (node->a) awk.status = (int)awk_eval_number(node->a) & 0xff;
		return FLOW_EXIT;
	case N_RETURN:
		if (node->a) run_return(node->a);
		return awk.unwinding ? awk.unwinding : FLOW_RETURN;
	default: awk_wrong("an expression stands where a statement is needed");
	}
}

static bool selects(struct rule *rule) {
	if (!rule->pattern) return true;
	if (!rule->until) return eval_truth(rule->pattern);
	if (!rule->inside && !eval_truth(rule->pattern)) return false;
	rule->inside = !eval_truth(rule->until);
	return true;
}

static enum flow run_rules(int when) {
	static struct node print = {.type = N_PRINT};
	for (size_t i = 0; i < awk.rule_count; i++) {
		struct rule *rule = &awk.rules[i];
		if ((int)rule->when != when || (when == RULE_MAIN && !selects(rule))) continue;
		enum flow flow = awk.unwinding ? awk.unwinding : run(rule->body ? rule->body : &print);
		awk.unwinding = FLOW_NORMAL;
		if (flow == FLOW_BREAK || flow == FLOW_CONTINUE) continue; /* outside a loop: nothing is left to end */
		if (flow) return flow;
	}
	return FLOW_NORMAL;
}

int awk_run(void) {
	bool reads = false;
	for (size_t i = 0; i < awk.rule_count; i++) reads |= awk.rules[i].when != RULE_BEGIN;
	enum flow flow = run_rules(RULE_BEGIN);
	while (flow != FLOW_EXIT && reads && awk_next_record()) {
		flow = run_rules(RULE_MAIN);
		if (flow == FLOW_NEXTFILE) awk_skip_file();
	}
	/* exit in BEGIN or a rule still runs END; exit in END ends. */
	run_rules(RULE_END);
	awk_close_all();
	return awk.status;
}
