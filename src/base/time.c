#include "base/time.h"

#include <inttypes.h>
#include <stdio.h>

/* Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_from_civil(int64_t y, int m, int d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

static void civil_from_days(int64_t z, int64_t *y, int *m, int *d)
{
	z += 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	*d = (int)(doy - (153 * mp + 2) / 5 + 1);
	*m = (int)(mp < 10 ? mp + 3 : mp - 9);
	*y = yoe + era * 400 + (*m <= 2);
}

/* Exactly n digits from *s; -1 otherwise. */
static int digits(str *s, size_t n)
{
	int value = 0;
	if (s->n < n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return -1;
		value = value * 10 + (s->p[i] - '0');
	}
	*s = (str){s->p + n, s->n - n};
	return value;
}

static bool take(str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = (str){s->p + 1, s->n - 1};
	return true;
}

static int days_of_month(int64_t y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	return days[m - 1] + (m == 2 && leap);
}

static bool read_date(str *s, int64_t *days)
{
	int y = digits(s, 4);
	int m = take(s, '-') ? digits(s, 2) : -1;
	int d = take(s, '-') ? digits(s, 2) : -1;
	if (y < 1 || m < 1 || m > 12 || d < 1)
		return false;
	if (d > days_of_month(y, m))
		return false;
	*days = days_from_civil(y, m, d);
	return true;
}

/* The digits behind a decimal point as milliseconds, cut off; -1 when there is none. */
static int read_fraction(str *s)
{
	int ms = 0, seen = 0;
	for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; s->p++, s->n--, seen++)
		if (seen < 3)
			ms = ms * 10 + (s->p[0] - '0');
	for (int i = seen; i < 3; i++)
		ms *= 10;
	return seen ? ms : -1;
}

static bool read_clock(str *s, int64_t *ms, bool *leap)
{
	int h = digits(s, 2);
	int m = take(s, ':') ? digits(s, 2) : -1;
	int sec = 0, fraction = 0;
	if (h < 0 || m < 0 || m > 59)
		return false;
	if (take(s, ':')) {
		sec = digits(s, 2);
		if (sec >= 0 && (take(s, '.') || take(s, ',')))
			fraction = read_fraction(s);
	}
	if (sec < 0 || sec > 60 || fraction < 0 || h > 24 || (h == 24 && (m || sec || fraction)))
		return false;
	*leap = sec == 60;
	*ms = ((int64_t)h * 3600 + m * 60 + sec) * 1000 + (*leap ? 0 : fraction);
	return true;
}

/* Z or ±HH:MM, ±HHMM, ±HH as milliseconds east of UTC. */
static bool read_zone(str *s, int64_t *offset)
{
	if (take(s, 'Z') || take(s, 'z')) {
		*offset = 0;
		return true;
	}
	bool west = s->n && s->p[0] == '-';
	if (!take(s, '+') && !take(s, '-'))
		return false;
	int h = digits(s, 2), m = 0;
	if (s->n) {
		(void)take(s, ':');
		m = digits(s, 2);
	}
	if (h < 0 || h > 23 || m < 0 || m > 59)
		return false;
	*offset = ((int64_t)h * 60 + m) * 60000 * (west ? -1 : 1);
	return true;
}

bool time_parse_zone(str text, int64_t *out_ms, bool *has_zone)
{
	str s = text;
	int64_t days, clock = 0, offset = 0;
	bool zone = false, leap = false;
	if (!read_date(&s, &days))
		return false;
	if (s.n) {
		if (!take(&s, 'T') && !take(&s, 't') && !take(&s, ' '))
			return false;
		if (!read_clock(&s, &clock, &leap))
			return false;
		if (s.n > 1 && s.p[0] == ' ')
			(void)take(&s, ' ');
		if (s.n && !(zone = read_zone(&s, &offset)))
			return false;
	}
	int64_t ms = days * TIME_DAY_MS + clock - offset;
	if (s.n || ms < TIME_MIN_MS || ms > TIME_MAX_MS)
		return false;
	if (leap && ms % TIME_DAY_MS != 0) /* leap seconds end a UTC day */
		return false;
	*out_ms = ms;
	*has_zone = zone;
	return true;
}

bool time_parse(str text, int64_t *out_ms)
{
	bool has_zone;
	return time_parse_zone(text, out_ms, &has_zone);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

str time_format_day(int64_t ms, char out[TIME_TEXT])
{
	int64_t y;
	int m, d;
	ms = ms < TIME_MIN_MS ? TIME_MIN_MS : ms > TIME_MAX_MS ? TIME_MAX_MS : ms;
	civil_from_days(floor_div(ms, TIME_DAY_MS), &y, &m, &d);
	int n = snprintf(out, TIME_TEXT, "%04" PRId64 "-%02d-%02d", y, m, d);
	return (str){out, (size_t)n};
}

str time_format(int64_t ms, char out[TIME_TEXT])
{
	ms = ms < TIME_MIN_MS ? TIME_MIN_MS : ms > TIME_MAX_MS ? TIME_MAX_MS : ms;
	str day = time_format_day(ms, out);
	int rest = (int)(ms - floor_div(ms, TIME_DAY_MS) * TIME_DAY_MS);
	int n = snprintf(out + day.n, TIME_TEXT - day.n, "T%02d:%02d:%02d", rest / 3600000, rest / 60000 % 60,
			 rest / 1000 % 60);
	if (rest % 1000)
		n += snprintf(out + day.n + n, TIME_TEXT - day.n - (size_t)n, ".%03d", rest % 1000);
	out[day.n + (size_t)n] = 'Z';
	out[day.n + (size_t)n + 1] = '\0';
	return (str){out, day.n + (size_t)n + 1};
}

int64_t time_add_months(int64_t ms, int months)
{
	int64_t y;
	int m, d;
	ms = ms < TIME_MIN_MS ? TIME_MIN_MS : ms > TIME_MAX_MS ? TIME_MAX_MS : ms;
	int64_t day = floor_div(ms, TIME_DAY_MS), clock = ms - day * TIME_DAY_MS;
	civil_from_days(day, &y, &m, &d);
	int64_t month = y * 12 + m - 1 + months;
	y = floor_div(month, 12);
	m = (int)(month - y * 12) + 1;
	int last = days_of_month(y, m);
	ms = days_from_civil(y, m, d < last ? d : last) * TIME_DAY_MS + clock;
	return ms < TIME_MIN_MS ? TIME_MIN_MS : ms > TIME_MAX_MS ? TIME_MAX_MS : ms;
}
