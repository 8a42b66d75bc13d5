/* awk: tokens to a tree. Precedence climbs from parse_expression (assignment) to parse_primary. */
#include "awk.h"

static struct function *current; /* whose parameters are local names */
static bool no_in, no_greater; /* inside for (… in …) and print … > … these are not operators */

static struct node *parse_expression(void);
static struct node *parse_statement(void);
static struct node *parse_unary(void);

static struct node *make(enum node_type type) {
	struct node *node = xcalloc(1, sizeof *node);
	node->type = type;
	return node;
}

static struct node *make_two(enum node_type type, enum token operation, struct node *a, struct node *b) {
	struct node *node = make(type);
	node->operation = operation;
	node->a = a;
	node->b = b;
	return node;
}

static void add(struct node *node, struct node *child) {
	node->list = grow(node->list, node->count, &node->capacity, sizeof *node->list);
	node->list[node->count++] = child;
}

static bool accept(enum token token) {
	if (lexer.token != token) return false;
	awk_next_token();
	return true;
}

static void expect(enum token token, const char *text) {
	if (!accept(token)) awk_wrong("syntax error: expected %s", text);
}

static void skip_newlines(void) {
	while (lexer.token == NEWLINE) awk_next_token();
}

static void skip_ends(void) {
	while (lexer.token == NEWLINE || lexer.token == SEMICOLON) awk_next_token();
}

size_t awk_global(const char *name, size_t length) {
	for (size_t i = 0; i < awk.global_names.count; i++)
		if (strlen(awk.global_names.list[i]) == length && memcmp(awk.global_names.list[i], name, length) == 0) return i;
	names_add(&awk.global_names, xstrndup(name, length));
	awk.globals = xrealloc(awk.globals, awk.global_names.count * sizeof *awk.globals);
	awk.globals[awk.global_names.count - 1] = (struct cell){0};
	return awk.global_names.count - 1;
}

static struct node *variable(const char *name, size_t length) {
	for (size_t i = 0; current && i < current->parameters.count; i++)
		if (strlen(current->parameters.list[i]) == length && memcmp(current->parameters.list[i], name, length) == 0) {
			struct node *node = make(N_LOCAL);
			node->index = i;
			return node;
		}
	struct node *node = make(N_GLOBAL);
	node->index = awk_global(name, length);
	return node;
}

static size_t function_index(const char *name, size_t length) {
	for (size_t i = 0; i < awk.function_count; i++)
		if (strlen(awk.functions[i].name) == length && memcmp(awk.functions[i].name, name, length) == 0) return i;
	awk.functions = grow(awk.functions, awk.function_count, &awk.function_capacity, sizeof *awk.functions);
	awk.functions[awk.function_count] = (struct function){.name = xstrndup(name, length)};
	return awk.function_count++;
}

static void parse_list(struct node *into, enum token end) {
	skip_newlines();
	while (lexer.token != end) {
		add(into, parse_expression());
		skip_newlines();
		if (lexer.token != COMMA) break;
		awk_next_token();
		skip_newlines();
	}
}

static bool is_target(const struct node *node) {
	return node->type == N_GLOBAL || node->type == N_LOCAL || node->type == N_FIELD || node->type == N_INDEX;
}

static struct node *parse_name(void) {
	struct node *node = variable(lexer.name, lexer.length);
	awk_next_token();
	if (lexer.token != LEFT_BRACKET) return node;
	bool in = no_in, greater = no_greater;
	no_in = no_greater = false;
	struct node *element = make(N_INDEX);
	element->a = node;
	awk_next_token();
	parse_list(element, RIGHT_BRACKET);
	no_in = in;
	no_greater = greater;
	expect(RIGHT_BRACKET, "]");
	return element;
}

/* getline's target, when one follows. */
static struct node *parse_target(void) {
	if (lexer.token == DOLLAR) {
		awk_next_token();
		struct node *node = make(N_FIELD);
		node->a = parse_unary();
		return node;
	}
	return lexer.token == NAME ? parse_name() : NULL;
}

static struct node *parse_group(void) {
	bool in = no_in, greater = no_greater;
	struct node *group = make(N_GROUP);
	no_in = no_greater = false;
	awk_next_token();
	parse_list(group, RIGHT_PAREN);
	expect(RIGHT_PAREN, ")");
	no_in = in;
	no_greater = greater;
	if (group->count == 0) awk_wrong("syntax error: empty parentheses");
	if (group->count > 1 && lexer.token != IN_WORD) return group; /* print (a, b): its caller takes it apart */
	if (group->count > 1) {
		awk_next_token();
		if (lexer.token != NAME) awk_wrong("syntax error: expected an array");
		struct node *node = make(N_IN);
		node->list = group->list;
		node->count = group->count;
		node->a = variable(lexer.name, lexer.length);
		awk_next_token();
		return node;
	}
	return group;
}

static struct node *parse_call(enum node_type type, size_t index, bool optional) {
	struct node *node = make(type);
	node->index = index;
	awk_next_token();
	if (optional && lexer.token != LEFT_PAREN) return node;
	bool in = no_in, greater = no_greater;
	no_in = no_greater = false;
	expect(LEFT_PAREN, "(");
	parse_list(node, RIGHT_PAREN);
	no_in = in;
	no_greater = greater;
	expect(RIGHT_PAREN, ")");
	return node;
}

static struct node *parse_primary(void) {
	struct node *node;
	switch (lexer.token) {
	case NUMBER_TOKEN: case STRING_TOKEN:
		node = make(N_CONSTANT);
		node->value = lexer.value;
		awk_next_token();
		return node;
	case SLASH: case DIVIDE_ASSIGN:
		if (lexer.token == DIVIDE_ASSIGN) lexer.at--; /* the = belongs to the expression */
		awk_next_regex();
		node = make(N_REGEX);
		node->value = lexer.value;
		node->regex = awk_compile(node->value.text);
		awk_next_token();
		return node;
	case DOLLAR:
		awk_next_token();
		node = make(N_FIELD);
		if (lexer.token == INCREMENT || lexer.token == DECREMENT || lexer.token == MINUS || lexer.token == PLUS
			|| lexer.token == NOT) node->a = parse_unary();
		else node->a = parse_primary();
		return node;
	case LEFT_PAREN: return parse_group();
	case NAME: return parse_name();
	case CALLED_NAME: return parse_call(N_CALL, function_index(lexer.name, lexer.length), false);
	case BUILTIN: return parse_call(N_BUILTIN, lexer.index, lexer.index == F_LENGTH);
	case GETLINE:
		awk_next_token();
		node = make(N_GETLINE);
		node->a = parse_target();
		if (accept(LESS)) {
			node->operation = LESS;
			node->b = parse_primary();
		}
		return node;
	default: awk_wrong("syntax error in an expression");
	}
}

static struct node *parse_postfix(void) {
	struct node *node = parse_primary();
	if ((lexer.token == INCREMENT || lexer.token == DECREMENT) && is_target(node)) {
		node = make_two(N_POST, lexer.token, node, NULL);
		awk_next_token();
	}
	return node;
}

static struct node *parse_power(void) {
	struct node *base = parse_postfix();
	if (lexer.token != POWER) return base;
	awk_next_token();
	/* Right to left, and a sign may stand before the exponent: 2^-3 */
	struct node *exponent = lexer.token == MINUS || lexer.token == PLUS || lexer.token == NOT ? parse_unary() : parse_power();
	return make_two(N_ARITHMETIC, POWER, base, exponent);
}

static struct node *parse_unary(void) {
	enum token token = lexer.token;
	if (token == INCREMENT || token == DECREMENT) {
		awk_next_token();
		struct node *target = parse_postfix();
		if (!is_target(target)) awk_wrong("syntax error: ++ and -- need a variable");
		return make_two(N_PRE, token, target, NULL);
	}
	if (token != NOT && token != MINUS && token != PLUS) return parse_power();
	awk_next_token();
	return make_two(token == NOT ? N_NOT : token == MINUS ? N_NEGATE : N_PLUS, token, parse_unary(), NULL);
}

static struct node *parse_product(void) {
	struct node *left = parse_unary();
	while (lexer.token == STAR || lexer.token == SLASH || lexer.token == PERCENT) {
		enum token token = lexer.token;
		awk_next_token();
		left = make_two(N_ARITHMETIC, token, left, parse_unary());
	}
	return left;
}

static struct node *parse_sum(void) {
	struct node *left = parse_product();
	while (lexer.token == PLUS || lexer.token == MINUS) {
		enum token token = lexer.token;
		awk_next_token();
		left = make_two(N_ARITHMETIC, token, left, parse_product());
	}
	return left;
}

static bool begins_operand(void) {
	switch (lexer.token) {
	case NUMBER_TOKEN: case STRING_TOKEN: case DOLLAR: case LEFT_PAREN: case INCREMENT: case DECREMENT: case NAME: case CALLED_NAME: case BUILTIN: return true;
	default: return false;
	}
}

static struct node *parse_concatenation(void) {
	struct node *left = parse_sum();
	while (begins_operand()) left = make_two(N_CONCAT, lexer.token, left, parse_sum());
	return left;
}

static struct node *parse_comparison(void) {
	struct node *left = parse_concatenation();
	for (;;) {
		enum token token = lexer.token;
		if (token == PIPE) { /* cmd | getline; of print … | cmd the pipe is not ours */
			const struct lexer before = lexer;
			awk_next_token();
			if (lexer.token != GETLINE) {
				lexer = before;
				return left;
			}
			awk_next_token();
			struct node *node = make(N_GETLINE);
			node->operation = PIPE;
			node->b = left;
			node->a = parse_target();
			left = node;
			continue;
		}
		bool compares = token == LESS || token == LESS_EQUAL || token == EQUAL || token == NOT_EQUAL || token == GREATER_EQUAL
			|| (token == GREATER && !no_greater);
		if (!compares) return left;
		awk_next_token();
		left = make_two(N_COMPARE, token, left, parse_concatenation());
	}
}

static struct node *parse_match(void) {
	struct node *left = parse_comparison();
	while (lexer.token == TILDE || lexer.token == NOT_TILDE) {
		enum token token = lexer.token;
		awk_next_token();
		left = make_two(N_MATCH, token, left, parse_comparison());
	}
	return left;
}

static struct node *parse_in(void) {
	struct node *left = parse_match();
	while (lexer.token == IN_WORD && !no_in) {
		awk_next_token();
		if (lexer.token != NAME) awk_wrong("syntax error: expected an array");
		struct node *node = make(N_IN);
		add(node, left);
		node->a = variable(lexer.name, lexer.length);
		awk_next_token();
		left = node;
	}
	return left;
}

static struct node *parse_and(void) {
	struct node *left = parse_in();
	while (accept(AND_AND)) {
		skip_newlines();
		left = make_two(N_AND, AND_AND, left, parse_in());
	}
	return left;
}

static struct node *parse_or(void) {
	struct node *left = parse_and();
	while (accept(OR_OR)) {
		skip_newlines();
		left = make_two(N_OR, OR_OR, left, parse_and());
	}
	return left;
}

static struct node *parse_expression(void) {
	struct node *left = parse_or();
	if (accept(QUESTION)) {
		struct node *node = make(N_CONDITIONAL);
		skip_newlines();
		node->a = left;
		node->b = parse_expression();
		skip_newlines();
		expect(COLON, ":");
		skip_newlines();
		node->c = parse_expression();
		return node;
	}
	if (lexer.token < ASSIGN || lexer.token > POWER_ASSIGN) return left;
	/* a = b binds to what stands right before it: in x == y = 3 that is y; such things are refused here. */
	if (!is_target(left)) awk_wrong("syntax error: cannot assign to this");
	enum token token = lexer.token;
	awk_next_token();
	skip_newlines();
	return make_two(N_ASSIGN, token, left, parse_expression());
}

static struct node *parse_print(bool formatted) {
	struct node *node = make(formatted ? N_PRINTF : N_PRINT);
	awk_next_token();
	no_greater = true;
	while (lexer.token != NEWLINE && lexer.token != SEMICOLON && lexer.token != RIGHT_BRACE && lexer.token != END_OF_TEXT
		&& lexer.token != GREATER && lexer.token != APPEND && lexer.token != PIPE) {
		add(node, parse_expression());
		if (!accept(COMMA)) break;
		skip_newlines();
	}
	no_greater = false;
	if (node->count == 1 && node->list[0]->type == N_GROUP && node->list[0]->count > 1) {
		struct node *group = node->list[0];
		node->list = group->list;
		node->count = group->count;
	}
	if (lexer.token == GREATER || lexer.token == APPEND || lexer.token == PIPE) {
		node->operation = lexer.token;
		awk_next_token();
		no_greater = true;
		node->a = parse_concatenation();
		no_greater = false;
	}
	if (formatted && node->count == 0) awk_wrong("printf needs a format");
	return node;
}

static struct node *parse_block(void) {
	struct node *block = make(N_BLOCK);
	expect(LEFT_BRACE, "{");
	skip_ends();
	while (lexer.token != RIGHT_BRACE) {
		if (lexer.token == END_OF_TEXT) awk_wrong("syntax error: missing }");
		add(block, parse_statement());
		skip_ends();
	}
	awk_next_token();
	return block;
}

/* A simple statement's end: a newline, a semicolon, or a brace that closes. */
static void end_statement(void) {
	if (lexer.token == NEWLINE || lexer.token == SEMICOLON) awk_next_token();
	else if (lexer.token != RIGHT_BRACE && lexer.token != END_OF_TEXT) awk_wrong("syntax error at the end of a statement");
}

static struct node *parse_simple(void) {
	struct node *node;
	switch (lexer.token) {
	case PRINT_WORD: return parse_print(false);
	case PRINTF_WORD: return parse_print(true);
	case DELETE_WORD:
		awk_next_token();
		if (lexer.token != NAME) awk_wrong("syntax error: expected an array");
		node = make(N_DELETE);
		node->a = parse_name();
		return node;
	default:
		node = make(N_EXPRESSION);
		node->a = parse_expression();
		return node;
	}
}

static struct node *parse_body(void) {
	skip_newlines();
	if (lexer.token == SEMICOLON) {
		awk_next_token();
		return make(N_BLOCK);
	}
	return parse_statement();
}

static struct node *parse_for(void) {
	awk_next_token();
	expect(LEFT_PAREN, "(");
	struct node *node = make(N_FOR);
	if (lexer.token != SEMICOLON) {
		no_in = true;
		node->a = parse_simple();
		no_in = false;
		if (lexer.token == IN_WORD && node->a->type == N_EXPRESSION && is_target(node->a->a)) {
			awk_next_token();
			node->type = N_FOR_IN;
			node->a = node->a->a;
			if (lexer.token != NAME) awk_wrong("syntax error: expected an array");
			node->b = variable(lexer.name, lexer.length);
			awk_next_token();
			expect(RIGHT_PAREN, ")");
			node->d = parse_body();
			return node;
		}
	}
	expect(SEMICOLON, ";");
	skip_newlines();
	if (lexer.token != SEMICOLON) node->b = parse_expression();
	expect(SEMICOLON, ";");
	skip_newlines();
	if (lexer.token != RIGHT_PAREN) node->c = parse_simple();
	expect(RIGHT_PAREN, ")");
	node->d = parse_body();
	return node;
}

static struct node *parse_jump(enum node_type type, bool valued) {
	struct node *node = make(type);
	awk_next_token();
	if (valued && lexer.token != NEWLINE && lexer.token != SEMICOLON && lexer.token != RIGHT_BRACE
		&& lexer.token != END_OF_TEXT) node->a = parse_expression();
	end_statement();
	return node;
}

static struct node *parse_statement(void) {
	struct node *node;
	switch (lexer.token) {
	case LEFT_BRACE: return parse_block();
	case IF_WORD:
		awk_next_token();
		node = make(N_IF);
		expect(LEFT_PAREN, "(");
		node->a = parse_expression();
		expect(RIGHT_PAREN, ")");
		node->b = parse_body();
		const struct lexer before = lexer;
		skip_ends();
		if (accept(ELSE_WORD)) node->c = parse_body();
		else lexer = before;
		return node;
	case WHILE_WORD:
		awk_next_token();
		node = make(N_WHILE);
		expect(LEFT_PAREN, "(");
		node->a = parse_expression();
		expect(RIGHT_PAREN, ")");
		node->b = parse_body();
		return node;
	case DO_WORD:
		awk_next_token();
		node = make(N_DO);
		node->b = parse_body();
		skip_ends();
		expect(WHILE_WORD, "while");
		expect(LEFT_PAREN, "(");
		node->a = parse_expression();
		expect(RIGHT_PAREN, ")");
		end_statement();
		return node;
	case FOR_WORD: return parse_for();
	case BREAK_WORD: return parse_jump(N_BREAK, false);
	case CONTINUE_WORD: return parse_jump(N_CONTINUE, false);
	case NEXT_WORD: return parse_jump(N_NEXT, false);
	case NEXTFILE_WORD: return parse_jump(N_NEXTFILE, false);
	case EXIT_WORD: return parse_jump(N_EXIT, true);
	case RETURN_WORD:
		if (!current) awk_wrong("return outside a function");
		return parse_jump(N_RETURN, true);
	case SEMICOLON:
		awk_next_token();
		return make(N_BLOCK);
	default:
		node = parse_simple();
		end_statement();
		return node;
	}
}

static void parse_function(void) {
	awk_next_token();
	if (lexer.token != NAME && lexer.token != CALLED_NAME) awk_wrong("syntax error: expected a function's name");
	size_t index = function_index(lexer.name, lexer.length);
	if (awk.functions[index].body) awk_wrong("function '%s' is defined twice", awk.functions[index].name);
	awk_next_token();
	expect(LEFT_PAREN, "(");
	struct function function = awk.functions[index];
	while (lexer.token == NAME) {
		names_add(&function.parameters, xstrndup(lexer.name, lexer.length));
		awk_next_token();
		if (!accept(COMMA)) break;
		skip_newlines();
	}
	expect(RIGHT_PAREN, ")");
	skip_newlines();
	current = &function;
	function.body = parse_block();
	current = NULL;
	awk.functions[index] = function;
}

void awk_parse(const char *source) {
	lexer = (struct lexer){.at = source, .line = 1};
	awk_next_token();
	for (skip_ends(); lexer.token != END_OF_TEXT; skip_ends()) {
		struct rule rule = {.when = RULE_MAIN};
		if (lexer.token == FUNCTION_WORD) {
			parse_function();
			continue;
		}
		if (lexer.token == BEGIN_WORD || lexer.token == END_WORD) {
			rule.when = lexer.token == BEGIN_WORD ? RULE_BEGIN : RULE_END;
			awk_next_token();
			skip_newlines();
		} else if (lexer.token != LEFT_BRACE) {
			rule.pattern = parse_expression();
			if (accept(COMMA)) {
				skip_newlines();
				rule.until = parse_expression();
			}
		}
		if (lexer.token == LEFT_BRACE) rule.body = parse_block();
		else if (rule.when != RULE_MAIN) awk_wrong("BEGIN and END need an action");
		awk.rules = grow(awk.rules, awk.rule_count, &awk.rule_capacity, sizeof rule);
		awk.rules[awk.rule_count++] = rule;
	}
	lexer.at = NULL;
	for (size_t i = 0; i < awk.function_count; i++)
		if (!awk.functions[i].body) awk_wrong("function '%s' is not defined", awk.functions[i].name);
}
