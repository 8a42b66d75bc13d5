/* awk: characters to tokens. */
#include "awk.h"
#include <ctype.h>

struct lexer lexer;

void awk_wrong(const char *format, ...) {
	va_list arguments;
	char text[512];
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (lexer.at) die(2, "line %d: %s", lexer.line, text);
	die(2, "%s", text);
}

static const struct {
	const char *name;
	enum token token;
	size_t index;
} words[] = {{"BEGIN", BEGIN_WORD, 0}, {"END", END_WORD, 0}, {"function", FUNCTION_WORD, 0}, {"func", FUNCTION_WORD, 0}, {"if", IF_WORD,
	0}, {"else", ELSE_WORD, 0},
	{"while", WHILE_WORD, 0}, {"for", FOR_WORD, 0}, {"do", DO_WORD, 0}, {"break", BREAK_WORD, 0}, {"continue", CONTINUE_WORD, 0}, {"next",
		NEXT_WORD, 0},
	{"nextfile", NEXTFILE_WORD, 0}, {"exit", EXIT_WORD, 0}, {"return", RETURN_WORD, 0}, {"delete", DELETE_WORD, 0}, {"in", IN_WORD, 0},
		{"print", PRINT_WORD, 0},
	{"printf", PRINTF_WORD, 0}, {"getline", GETLINE, 0}, {"length", BUILTIN, F_LENGTH}, {"substr", BUILTIN, F_SUBSTR}, {"index", BUILTIN,
		F_INDEX}, {"split", BUILTIN, F_SPLIT},
	{"sub", BUILTIN, F_SUB}, {"gsub", BUILTIN, F_GSUB}, {"match", BUILTIN, F_MATCH}, {"sprintf", BUILTIN, F_SPRINTF}, {"sin", BUILTIN,
		F_SIN}, {"cos", BUILTIN, F_COS},
	{"atan2", BUILTIN, F_ATAN2}, {"exp", BUILTIN, F_EXP}, {"log", BUILTIN, F_LOG}, {"sqrt", BUILTIN, F_SQRT}, {"int", BUILTIN, F_INT},
		{"rand", BUILTIN, F_RAND},
	{"srand", BUILTIN, F_SRAND}, {"tolower", BUILTIN, F_TOLOWER}, {"toupper", BUILTIN, F_TOUPPER}, {"system", BUILTIN, F_SYSTEM},
		{"close", BUILTIN, F_CLOSE},
	{"fflush", BUILTIN, F_FFLUSH}, {"systime", BUILTIN, F_SYSTIME}, {"strftime", BUILTIN, F_STRFTIME}};

static const struct {
	char text[4];
	enum token token;
} marks[] = {{"**=", POWER_ASSIGN}, {"+=", ADD_ASSIGN}, {"-=", SUBTRACT_ASSIGN}, {"*=", MULTIPLY_ASSIGN}, {"/=", DIVIDE_ASSIGN}, {"%=",
	MODULO_ASSIGN}, {"^=", POWER_ASSIGN},
	{"==", EQUAL}, {"<=", LESS_EQUAL}, {">=", GREATER_EQUAL}, {"!=", NOT_EQUAL}, {"++", INCREMENT}, {"--", DECREMENT}, {"&&", AND_AND},
		{"||", OR_OR}, {">>", APPEND},
	{"!~", NOT_TILDE}, {"**", POWER}, {"{", LEFT_BRACE}, {"}", RIGHT_BRACE}, {"(", LEFT_PAREN}, {")", RIGHT_PAREN}, {"[", LEFT_BRACKET},
		{"]", RIGHT_BRACKET}, {";", SEMICOLON},
	{",", COMMA}, {"+", PLUS}, {"-", MINUS}, {"*", STAR}, {"/", SLASH}, {"%", PERCENT}, {"^", POWER}, {"!", NOT}, {">", GREATER}, {"<",
		LESS}, {"|", PIPE}, {"?", QUESTION},
	{":", COLON}, {"~", TILDE}, {"$", DOLLAR}, {"=", ASSIGN}};

struct text *awk_unescape(const char *from, size_t length) {
	static const char letters[] = "abfnrtv\\\"/", values[] = "\a\b\f\n\r\t\v\\\"/";
	struct text *text = text_new(NULL, length);
	size_t to = 0;
	for (const char *at = from, *end = from + length; at < end; at++) {
		if (*at != '\\' || at + 1 == end) {
			text->bytes[to++] = *at;
			continue;
		}
		const char *place = strchr(letters, *++at);
		if (*at == '\n') continue; /* a line that goes on */
		if (place && *at) text->bytes[to++] = values[place - letters];
		else if (*at >= '0' && *at <= '7') {
			int value = 0, digits = 0;
			for (; digits < 3 && at < end && *at >= '0' && *at <= '7'; digits++) value = value * 8 + *at++ - '0';
			at--;
			text->bytes[to++] = (char)value;
		} else {
			text->bytes[to++] = '\\';
			text->bytes[to++] = *at;
		}
	}
	text->bytes[to] = '\0';
	text->length = to;
	return text;
}

static void read_string(void) {
	const char *start = ++lexer.at;
	while (*lexer.at && *lexer.at != '"') {
		if (*lexer.at == '\n') awk_wrong("newline in string");
		if (*lexer.at == '\\' && lexer.at[1]) lexer.at++;
		lexer.at++;
	}
	if (!*lexer.at) awk_wrong("unterminated string");
	lexer.value = (struct value){.kind = STRING, .text = awk_unescape(start, (size_t)(lexer.at - start))};
	lexer.at++;
	lexer.token = STRING_TOKEN;
}

void awk_next_regex(void) {
	const char *start = lexer.at;
	bool bracket = false;
	for (; *lexer.at && (*lexer.at != '/' || bracket); lexer.at++) {
		if (*lexer.at == '\n') awk_wrong("newline in regular expression");
		if (*lexer.at == '\\' && lexer.at[1]) lexer.at++;
		else if (*lexer.at == '[' && !bracket) {
			bracket = true;
			if (lexer.at[1] == '^') lexer.at++;
			if (lexer.at[1] == ']') lexer.at++;
		} else if (*lexer.at == ']') bracket = false;
	}
	if (!*lexer.at) awk_wrong("unterminated regular expression");
	lexer.value = value_text(start, (size_t)(lexer.at - start), STRING);
	lexer.at++;
	lexer.token = REGEX_TOKEN;
}

static void read_word(void) {
	const char *start = lexer.at;
	while (isalnum((unsigned char)*lexer.at) || *lexer.at == '_') lexer.at++;
	lexer.name = start;
	lexer.length = (size_t)(lexer.at - start);
	for (size_t i = 0; i < LENGTH(words); i++)
		if (strlen(words[i].name) == lexer.length && memcmp(words[i].name, start, lexer.length) == 0) {
			lexer.token = words[i].token;
			lexer.index = words[i].index;
			return;
		}
	lexer.token = *lexer.at == '(' ? CALLED_NAME : NAME;
}

void awk_next_token(void) {
	for (;; lexer.at++) {
		if (*lexer.at == '\\' && lexer.at[1] == '\n') {
			lexer.at++;
			lexer.line++;
		} else if (*lexer.at == '\\' && lexer.at[1] == '\r' && lexer.at[2] == '\n') lexer.at += 2;
		else if (*lexer.at != ' ' && *lexer.at != '\t' && *lexer.at != '\r') break;
	}
	if (*lexer.at == '#') lexer.at += strcspn(lexer.at, "\n");
	if (!*lexer.at) {
		lexer.token = END_OF_TEXT;
		return;
	}
	if (*lexer.at == '\n') {
		lexer.at++;
		lexer.line++;
		lexer.token = NEWLINE;
	} else if (*lexer.at == '"') read_string();
	else if (isdigit((unsigned char)*lexer.at) || (*lexer.at == '.' && isdigit((unsigned char)lexer.at[1]))) {
		char *end;
		lexer.value = value_number(strtod(lexer.at, &end));
		lexer.at = end;
		lexer.token = NUMBER_TOKEN;
	} else if (isalpha((unsigned char)*lexer.at) || *lexer.at == '_') read_word();
	else {
		for (size_t i = 0; i < LENGTH(marks); i++)
			if (strncmp(lexer.at, marks[i].text, strlen(marks[i].text)) == 0) {
				lexer.token = marks[i].token;
				lexer.at += strlen(marks[i].text);
				return;
			}
		awk_wrong("unexpected character '%c'", *lexer.at);
	}
}
