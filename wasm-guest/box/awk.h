/* awk: a program is a tree of nodes, evaluated in place. Texts are counted references. */
#ifndef BOX_AWK_H
#define BOX_AWK_H
#include "box.h"
#include <regex.h>

/* ---- values ---- */
struct text {
	unsigned references;
	size_t length;
	char bytes[];
};
enum kind { UNSET, NUMBER, STRING, INPUT }; /* INPUT: text from outside, a number too when it looks like one */
struct value {
	enum kind kind;
	double number;
	struct text *text; /* of STRING and INPUT */
};
struct text *text_new(const char *bytes, size_t length);
void text_release(struct text *text);
struct value value_number(double number);
struct value value_text(const char *bytes, size_t length, enum kind kind);
struct value value_copy(struct value value);
void value_free(struct value *value);
double to_number(const struct value *value);
struct text *to_text(const struct value *value, bool output); /* a reference of one's own; output: OFMT, not CONVFMT */
bool to_truth(const struct value *value);
int value_compare(const struct value *a, const struct value *b);

struct array_entry {
	struct array_entry *next;
	struct text *key;
	struct value value;
};
struct array {
	struct array_entry **buckets;
	size_t bucket_count, count;
};
struct value *array_get(struct array *array, struct text *key); /* made when it is not there */
struct value *array_find(const struct array *array, const struct text *key);
void array_delete(struct array *array, const struct text *key);
void array_clear(struct array *array);
/* A variable: a scalar until it is used as an array; `array` of a parameter may be its caller's. */
struct cell {
	struct value value;
	struct array *array;
	bool owned;
	struct cell *untyped; /* of a parameter: the caller's variable, which becomes an array when this one does */
};

/* ---- programs ---- */
enum token { END_OF_TEXT, NEWLINE, LEFT_BRACE, RIGHT_BRACE, LEFT_PAREN, RIGHT_PAREN, LEFT_BRACKET, RIGHT_BRACKET, SEMICOLON, COMMA, PLUS,
	MINUS, STAR, SLASH, PERCENT, POWER,
	NOT, GREATER, LESS, PIPE, QUESTION, COLON, TILDE, NOT_TILDE, DOLLAR, ASSIGN, ADD_ASSIGN, SUBTRACT_ASSIGN, MULTIPLY_ASSIGN,
		DIVIDE_ASSIGN, MODULO_ASSIGN, POWER_ASSIGN,
	EQUAL, LESS_EQUAL, GREATER_EQUAL, NOT_EQUAL, INCREMENT, DECREMENT, AND_AND, OR_OR, APPEND, NUMBER_TOKEN, STRING_TOKEN, REGEX_TOKEN,
		NAME, CALLED_NAME, BUILTIN, GETLINE,
	BEGIN_WORD, END_WORD, FUNCTION_WORD, IF_WORD, ELSE_WORD, WHILE_WORD, FOR_WORD, DO_WORD, BREAK_WORD, CONTINUE_WORD, NEXT_WORD,
		NEXTFILE_WORD, EXIT_WORD, RETURN_WORD,
	DELETE_WORD, IN_WORD, PRINT_WORD, PRINTF_WORD };
enum builtin { F_LENGTH, F_SUBSTR, F_INDEX, F_SPLIT, F_SUB, F_GSUB, F_MATCH, F_SPRINTF, F_SIN, F_COS, F_ATAN2, F_EXP, F_LOG, F_SQRT,
	F_INT, F_RAND, F_SRAND, F_TOLOWER, F_TOUPPER,
	F_SYSTEM, F_CLOSE, F_FFLUSH, F_SYSTIME, F_STRFTIME };
enum node_type { N_CONSTANT, N_REGEX, N_GLOBAL, N_LOCAL, N_FIELD, N_INDEX, N_ASSIGN, N_CONDITIONAL, N_OR, N_AND, N_IN, N_MATCH, N_COMPARE,
	N_CONCAT, N_ARITHMETIC, N_NEGATE, N_PLUS,
	N_NOT, N_PRE, N_POST, N_CALL, N_BUILTIN, N_GETLINE, N_GROUP, N_BLOCK, N_EXPRESSION, N_PRINT, N_PRINTF, N_IF, N_WHILE, N_DO, N_FOR,
		N_FOR_IN, N_BREAK, N_CONTINUE, N_NEXT, N_NEXTFILE,
	N_EXIT, N_RETURN, N_DELETE };
struct node {
	enum node_type type;
	enum token operation; /* of operators; the redirection of print and getline */
	size_t index; /* variable, function or builtin */
	struct node *a, *b, *c, *d;
	struct node **list; /* subscripts, arguments, statements */
	size_t count, capacity;
	struct value value;
	regex_t *regex;
};
struct function {
	char *name;
	struct names parameters;
	struct node *body;
};
struct rule {
	enum { RULE_BEGIN, RULE_MAIN, RULE_END } when;
	struct node *pattern, *until, *body; /* body NULL: print */
	bool inside; /* of a range */
};
/* The variables that awk itself knows; their numbers come first. */
enum special { V_NF, V_NR, V_FNR, V_FS, V_OFS, V_ORS, V_RS, V_FILENAME, V_SUBSEP, V_RSTART, V_RLENGTH, V_CONVFMT, V_OFMT, V_ENVIRON,
	V_ARGC, V_ARGV, SPECIAL_COUNT };
extern struct awk {
	struct rule *rules;
	size_t rule_count, rule_capacity;
	struct function *functions;
	size_t function_count, function_capacity;
	struct cell *globals;
	struct names global_names;
	struct cell *frame; /* parameters of the running function */
	/* A statement inside an expression (a function's next, exit) ends what runs. */
	enum flow { FLOW_NORMAL, FLOW_BREAK, FLOW_CONTINUE, FLOW_NEXT, FLOW_NEXTFILE, FLOW_RETURN, FLOW_EXIT } unwinding;
	struct value returned;
	int status;
} awk;
_Noreturn void awk_wrong(const char *format, ...) PRINTF_LIKE(1, 2); /* exits with 2 */
void awk_parse(const char *source);
size_t awk_global(const char *name, size_t length);

/* lexer */
struct lexer {
	const char *at;
	enum token token;
	struct value value; /* of NUMBER_TOKEN, STRING_TOKEN, REGEX_TOKEN */
	const char *name;
	size_t length, index;
	int line;
};
extern struct lexer lexer;
void awk_next_token(void);
void awk_next_regex(void); /* the token was a slash: read on to its end as a regular expression */
struct text *awk_unescape(const char *from, size_t length);

/* run */
int awk_run(void);
struct value awk_eval(struct node *node);
struct text *awk_eval_text(struct node *node);
double awk_eval_number(struct node *node);
void awk_assign(struct node *target, struct value value); /* takes the value */
struct array *awk_array(struct node *node);
struct value awk_call(struct node *node);
struct value awk_builtin(struct node *node);
struct text *awk_format(struct node **arguments, size_t count);
regex_t *awk_regex(struct node *node); /* a constant's own, or of a text, from a small store */
regex_t *awk_compile(const struct text *text);

/* records and files */
void awk_set_record(struct text *record); /* takes it */
struct value *awk_field(size_t number);
void awk_set_field(size_t number, struct value value);
size_t awk_field_count(void);
void awk_set_field_count(size_t count);
struct text *awk_record(void);
bool awk_next_record(void);
void awk_skip_file(void);
size_t awk_split(const struct text *text, const struct text *separator, bool regex_node, regex_t *regex, void (*each)(size_t number,
	const char *bytes, size_t length, void *context), void *context);
struct value awk_getline(struct node *node);
FILE *awk_output(struct node *node); /* where a print goes */
int awk_close(const char *name);
void awk_close_all(void);
int awk_flush(const char *name); /* NULL: all */
#endif
