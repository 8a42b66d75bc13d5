/* date and touch, and the dates that people write. */
#include "box.h"
#include <ctype.h>
#include <strings.h>

static bool take_digits(const char **at, int count, int *out) {
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (!isdigit((unsigned char)**at)) return false;
		value = value * 10 + *(*at)++ - '0';
	}
	*out = value;
	return true;
}

static bool take_number(const char **at, int *out) {
	char *end;
	if (!isdigit((unsigned char)**at)) return false;
	*out = (int)strtol(*at, &end, 10);
	*at = end;
	return true;
}

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static int month_of(const char *text) {
	for (int i = 0; i < 12; i++)
		if (strncasecmp(text, months + 3 * i, 3) == 0) return i;
	return -1;
}

/* A zone at *at: Z, UTC, GMT, +hh[:]mm. Seconds east through *offset. */
static bool take_zone(const char **at, int *offset) {
	const char *text = *at;
	int hours, minutes = 0;
	if (*text == 'Z' || strncmp(text, "UTC", 3) == 0 || strncmp(text, "GMT", 3) == 0) {
		*at = text + (*text == 'Z' ? 1 : 3);
		*offset = 0;
		return true;
	}
	if (*text != '+' && *text != '-') return false;
	int sign = *text++ == '-' ? -1 : 1;
	if (!take_digits(&text, 2, &hours)) return false;
	if (*text == ':') text++;
	if (isdigit((unsigned char)*text) && !take_digits(&text, 2, &minutes)) return false;
	*offset = sign * (hours * 3600 + minutes * 60);
	*at = text;
	return true;
}

/* hh:mm[:ss[.frac]] */
static bool take_clock(const char **at, struct tm *tm, long *nanoseconds) {
	const char *text = *at;
	int hour, minute, second = 0;
	if (!take_number(&text, &hour) || *text++ != ':' || !take_digits(&text, 2, &minute)) return false;
	*nanoseconds = 0;
	if (*text == ':') {
		text++;
		if (!take_digits(&text, 2, &second)) return false;
		if (*text == '.' || *text == ',') {
			long unit = 100000000;
			for (text++; isdigit((unsigned char)*text); text++, unit /= 10) *nanoseconds += (*text - '0') * unit;
		}
	}
	tm->tm_hour = hour;
	tm->tm_min = minute;
	tm->tm_sec = second;
	*at = text;
	return hour < 25 && minute < 60 && second < 62;
}

static bool take_date(const char **at, struct tm *tm) {
	int year, month, day;
	const char *text = *at;
	if (take_number(&text, &year) && (*text == '-' || *text == '/')) {
		char separator = *text++;
		if (!take_number(&text, &month) || *text++ != separator || !take_number(&text, &day)) return false;
		if (separator == '/') { /* mm/dd/yyyy */
			int swapped = year;
			year = day;
			day = month;
			month = swapped;
		}
		if (month < 1 || month > 12 || day < 1 || day > 31) return false;
		tm->tm_year = year - 1900;
		tm->tm_mon = month - 1;
		tm->tm_mday = day;
		*at = text;
		return true;
	}
	return false;
}

/* "3 days ago", "next week", "yesterday" change *tm. */
static bool take_relative(const char **at, struct tm *tm) {
	static const struct { const char *name; int seconds, months; } units[] = {{"sec", 1, 0}, {"min", 60, 0}, {"hour", 3600, 0}, {"day",
		86400, 0},
		{"week", 604800, 0}, {"fortnight", 1209600, 0}, {"month", 0, 1}, {"year", 0, 12}};
	const char *text = *at;
	int count = 1;
	if (strncmp(text, "yesterday", 9) == 0 || strncmp(text, "tomorrow", 8) == 0) {
		tm->tm_mday += *text == 'y' ? -1 : 1;
		*at = text + (*text == 'y' ? 9 : 8);
		return true;
	}
	if (strncmp(text, "next ", 5) == 0) text += 5;
	else if (strncmp(text, "last ", 5) == 0) {
		count = -1;
		text += 5;
	} else {
		char *end;
		count = (int)strtol(text, &end, 10);
		if (end == text) return false;
		text = end;
	}
	while (*text == ' ') text++;
	for (size_t i = 0; i < LENGTH(units); i++) {
		size_t length = strlen(units[i].name);
		if (strncmp(text, units[i].name, length) != 0) continue;
		while (isalpha((unsigned char)*text)) text++;
		const char *after = text + strspn(text, " ");
		if (strncmp(after, "ago", 3) == 0) {
			count = -count;
			text = after + 3;
		}
		if (units[i].seconds % 86400 == 0 && units[i].seconds) tm->tm_mday += count * (units[i].seconds / 86400);
		else tm->tm_sec += count * units[i].seconds;
		tm->tm_mon += count * units[i].months;
		*at = text;
		return true;
	}
	return false;
}

/* A date as `date -d` takes it: @N, ISO dates and times, "12 Nov 2026 10:00", now, relative parts. */
static bool parse_date(const char *text, struct timespec *out) {
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	const char *at = text + strspn(text, " ");
	if (*at == '@') {
		char *end;
		long long seconds = strtoll(at + 1, &end, 10);
		long nanoseconds = 0, unit = 100000000;
		if (end == at + 1) return false;
		if (*end == '.')
			for (end++; isdigit((unsigned char)*end); end++, unit /= 10) nanoseconds += (*end - '0') * unit;
		if (at[1] == '-' && nanoseconds) { /* the fraction counts backwards, too; tv_nsec never does */
			seconds--;
			nanoseconds = 1000000000 - nanoseconds;
		}
		*out = (struct timespec){.tv_sec = (time_t)seconds, .tv_nsec = nanoseconds};
		return *end == '\0';
	}
	struct tm tm = *localtime(&now.tv_sec);
	long nanoseconds = now.tv_nsec;
	bool dated = false, clocked = false, zoned = false;
	int zone = 0;
	tm.tm_isdst = -1;
	while (*at) {
		if (*at == ' ' || *at == ',' || ((*at == 'T' || *at == 't') && dated && !clocked && isdigit((unsigned char)at[1]))) at++;
		else if (!clocked && take_clock(&at, &tm, &nanoseconds)) clocked = true;
		else if (!dated && take_date(&at, &tm)) dated = true;
		else if (clocked && !zoned && take_zone(&at, &zone)) zoned = true;
		else if (strncmp(at, "now", 3) == 0) at += 3;
		else if (strncmp(at, "today", 5) == 0) at += 5;
		else if (take_relative(&at, &tm)) continue;
		else if (month_of(at) >= 0 && strlen(at) >= 3) {
			tm.tm_mon = month_of(at);
			while (isalpha((unsigned char)*at)) at++;
			while (*at == ' ') at++;
			int number;
			if (take_number(&at, &number)) {
				if (number > 31) tm.tm_year = number - 1900;
				else tm.tm_mday = number;
			}
			dated = true;
		} else if (isdigit((unsigned char)*at)) {
			int number;
			take_number(&at, &number);
			if (number > 31 && dated) tm.tm_year = number - 1900;
			else if (number > 0 && number <= 31) tm.tm_mday = number;
			else return false;
		} else if (isalpha((unsigned char)*at)) { /* a weekday's name adds nothing */
			static const char days[] = "SunMonTueWedThuFriSat";
			bool known = false;
			for (int i = 0; i < 7; i++) known |= strncasecmp(at, days + 3 * i, 3) == 0;
			if (!known) return false;
			while (isalpha((unsigned char)*at)) at++;
		} else return false;
	}
	if (dated && !clocked) tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	if (dated || clocked) nanoseconds = clocked ? nanoseconds : 0;
	time_t seconds = zoned ? timegm(&tm) - zone : mktime(&tm);
	*out = (struct timespec){.tv_sec = seconds, .tv_nsec = nanoseconds};
	return true;
}

static void put_date(const char *format, struct timespec when) {
	struct tm *parts = localtime(&when.tv_sec);
	struct buffer text = {0};
	for (const char *at = format; *at; at++) { /* strftime has no %N */
		if (*at == '%' && at[1] == '%') {
			buffer_text(&text, "%%");
			at++;
		} else if (*at == '%' && at[1 + strspn(at + 1, "0123456789")] == 'N') {
			int digits = atoi(at + 1);
			char nanoseconds[24];
			snprintf(nanoseconds, sizeof nanoseconds, "%09ld", (long)when.tv_nsec);
			buffer_add(&text, nanoseconds, digits > 0 && digits < 9 ? (size_t)digits : 9);
			at += 1 + strspn(at + 1, "0123456789");
		} else if (*at == '%' && at[1] == 's') {
			char seconds[24];
			snprintf(seconds, sizeof seconds, "%lld", (long long)when.tv_sec);
			buffer_text(&text, seconds);
			at++;
		} else if (*at == '%' && at[1] == ':' && at[2] == 'z') {
			char zone[8] = "";
			strftime(zone, sizeof zone, "%z", parts);
			buffer_add(&text, zone, 3);
			buffer_char(&text, ':');
			buffer_text(&text, zone + 3);
			at += 2;
		} else buffer_char(&text, *at);
	}
	size_t room = text.length * 16 + 256;
	char *out = xmalloc(room);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* it is the user's format */
	size_t length = text.length ? strftime(out, room, text.data, parts) : 0;
#pragma GCC diagnostic pop
	fwrite(out, 1, length, stdout);
	putchar('\n');
	free(out);
	free(text.data);
}

static const char *iso_format(const char *precision) {
	static const struct { const char *name, *format; } all[] = {{"date", "%Y-%m-%d"}, {"hours", "%Y-%m-%dT%H%:z"}, {"minutes",
		"%Y-%m-%dT%H:%M%:z"},
		{"seconds", "%Y-%m-%dT%H:%M:%S%:z"}, {"ns", "%Y-%m-%dT%H:%M:%S,%N%:z"}};
	for (size_t i = 0; precision && i < LENGTH(all); i++)
		if (strncmp(all[i].name, precision, strlen(precision)) == 0) return all[i].format;
	if (precision) die(1, "invalid argument '%s' for '--iso-8601'", precision);
	return all[0].format;
}

/* MMDDhhmm[[CC]YY][.ss] (date) or [[CC]YY]MMDDhhmm[.ss] (touch). */
static bool parse_stamp(const char *text, bool year_first, time_t *out) {
	time_t now = time(NULL);
	struct tm tm = *localtime(&now);
	size_t digits = strspn(text, "0123456789");
	int year = -1, century = -1;
	const char *at = text;
	if (digits != 8 && digits != 10 && digits != 12) return false;
	tm.tm_sec = 0;
	tm.tm_isdst = -1;
	for (int part = 0; part < 2; part++) {
		if (part == (year_first ? 0 : 1)) {
			if (digits == 12) take_digits(&at, 2, &century);
			if (digits >= 10) take_digits(&at, 2, &year);
		} else {
			int month;
			take_digits(&at, 2, &month);
			take_digits(&at, 2, &tm.tm_mday);
			take_digits(&at, 2, &tm.tm_hour);
			take_digits(&at, 2, &tm.tm_min);
			tm.tm_mon = month - 1;
		}
	}
	if (*at == '.' && (at++, !take_digits(&at, 2, &tm.tm_sec))) return false;
	if (year >= 0) tm.tm_year = century >= 0 ? century * 100 + year - 1900 : year < 69 ? year + 100 : year;
	if (*at || tm.tm_mon < 0 || tm.tm_mon > 11 || tm.tm_mday < 1 || tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59) return false;
	*out = mktime(&tm);
	return true;
}

/* wasi-libc knows one time zone, UTC, and cannot set the clock. */
#ifdef __wasi__
static int clock_settime(clockid_t clock, const struct timespec *when) {
	(void)clock;
	(void)when;
	errno = ENOSYS;
	return -1;
}
static void tzset(void) {
}
#endif

static void set_clock(struct timespec when) {
	if (clock_settime(CLOCK_REALTIME, &when) != 0) die_errno(1, "cannot set date");
}

int date_main(int argc, char **argv) {
	static const struct long_option names[] = {{"utc", 'u'}, {"universal", 'u'}, {"date", 'd'}, {"reference", 'r'}, {"set", 's'},
		{"iso-8601", 'I'},
		{"rfc-email", 'R'}, {"rfc-2822", 'R'}, {"rfc-3339", '\1'}, {NULL, 0}};
	struct options parsed;
	const char *format = NULL;
	struct timespec when;
	bool set = false;
	struct stat st;
	clock_gettime(CLOCK_REALTIME, &when);
	options_start(&parsed, argc, argv, "ud:r:s:I::R\1:", names);
	for (int i = 1; i < argc; i++) /* before -d is read: it says what zone -d's text is in */
		if (strcmp(argv[i], "-u") == 0 || strcmp(argv[i], "--utc") == 0 || strcmp(argv[i], "--universal") == 0) setenv("TZ", "UTC0", 1);
	tzset();
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'u':
			setenv("TZ", "UTC0", 1);
			tzset();
			break;
		case 's':
			set = true;
			/* fall through */
		case 'd':
			if (!parse_date(parsed.argument, &when)) die(1, "invalid date '%s'", parsed.argument);
			break;
		case 'r':
			if (stat(parsed.argument, &st) != 0) die_errno(1, "%s", parsed.argument);
			when = modified(&st);
			break;
		case 'I': format = iso_format(parsed.argument); break;
		case 'R': format = "%a, %d %b %Y %H:%M:%S %z"; break;
		default:
			format = parsed.argument[0] == 'd' ? "%Y-%m-%d" : parsed.argument[0] == 's' ? "%Y-%m-%d %H:%M:%S%:z"
				: "%Y-%m-%d %H:%M:%S.%N%:z";
		}
	if (parsed.argc > 1) usage_error("extra operand '%s'", parsed.argv[1]);
	if (parsed.argc && parsed.argv[0][0] == '+') format = parsed.argv[0] + 1;
	else if (parsed.argc) {
		when.tv_nsec = 0;
		if (!parse_stamp(parsed.argv[0], false, &when.tv_sec)) die(1, "invalid date '%s'", parsed.argv[0]);
		set = true;
	}
	if (set) set_clock(when);
	put_date(format ? format : "%a %b %e %H:%M:%S %Z %Y", when);
	return 0;
}

int touch_main(int argc, char **argv) {
	static const struct long_option names[] = {{"no-create", 'c'}, {"date", 'd'}, {"reference", 'r'}, {"time", '\1'}, {"no-dereference",
		'h'}, {NULL, 0}};
	struct options parsed;
	bool create = true, access_time = false, modify_time = false, link = false;
	struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
	struct stat st;
	options_start(&parsed, argc, argv, "camd:t:r:hf\1:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'c': create = false; break;
		case 'a': access_time = true; break;
		case 'm': modify_time = true; break;
		case 'h': link = true; break;
		case 'd':
			if (!parse_date(parsed.argument, &times[0])) die(1, "invalid date format '%s'", parsed.argument);
			times[1] = times[0];
			break;
		case 't':
			times[0].tv_nsec = 0;
			if (!parse_stamp(parsed.argument, true, &times[0].tv_sec)) die(1, "invalid date format '%s'", parsed.argument);
			times[1] = times[0];
			break;
		case 'r':
			if (stat(parsed.argument, &st) != 0) die_errno(1, "failed to get attributes of '%s'", parsed.argument);
			times[0] = accessed(&st);
			times[1] = modified(&st);
			break;
		case '\1':
			if (strcmp(parsed.argument, "atime") == 0 || strcmp(parsed.argument, "access") == 0) access_time = true;
			else modify_time = true;
			break;
		default: break;
		}
	if (parsed.argc == 0) missing_operand();
	if (access_time && !modify_time) times[1].tv_nsec = UTIME_OMIT;
	if (modify_time && !access_time) times[0].tv_nsec = UTIME_OMIT;
	int status = 0;
	for (int i = 0; i < parsed.argc; i++) {
		const char *path = parsed.argv[i];
		int flags = link ? AT_SYMLINK_NOFOLLOW : 0;
		if (utimensat(AT_FDCWD, path, times, flags) == 0) continue;
		if (errno == ENOENT && create && !link) {
			int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
			if (fd >= 0) {
				close(fd);
				if (utimensat(AT_FDCWD, path, times, flags) == 0) continue;
			}
		}
		if (errno != ENOENT || create) status = warn_errno("cannot touch '%s'", path);
	}
	return status;
}
