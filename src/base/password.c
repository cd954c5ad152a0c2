#include "base/password.h"

#include <string.h>

#include "base/embed.h"
#include "base/limits.h"

/* Words that become a password of twelve characters with digits and marks around them, and what is like them. Lower
 * case; sorted by nothing but habit. */
static const str common[] = {
    S("password"),
    S("passwort"),
    S("passw0rd"),
    S("p@ssw0rd"),
    S("p@ssword"),
    S("passwordpassword"),
    S("mypassword"),
    S("thepassword"),
    S("newpassword"),
    S("nopassword"),
    S("secretpassword"),
    S("passwordadmin"),
    S("adminpassword"),
    S("admin"),
    S("adminadmin"),
    S("adminadminadmin"),
    S("administrator"),
    S("administrator1"),
    S("letmein"),
    S("letmeinletmein"),
    S("letmeinplease"),
    S("welcome"),
    S("welcomewelcome"),
    S("changeme"),
    S("changemechangeme"),
    S("changemenow"),
    S("pleasechangeme"),
    S("default"),
    S("qwerty"),
    S("qwertyuiop"),
    S("qwertyuiopasdf"),
    S("qwertyqwerty"),
    S("qwertyuiop[]"),
    S("qwertyuiopas"),
    S("qwertzuiop"),
    S("azertyuiop"),
    S("asdfghjkl"),
    S("asdfghjklasdfghjkl"),
    S("asdfasdfasdf"),
    S("zxcvbnm"),
    S("zxcvbnmzxcvbnm"),
    S("qazwsxedcrfv"),
    S("1qaz2wsx3edc"),
    S("1qaz2wsx3edc4rfv"),
    S("1q2w3e4r5t6y"),
    S("1q2w3e4r5t6y7u8i"),
    S("q1w2e3r4t5y6"),
    S("qaz"),
    S("abcdefghijkl"),
    S("abcdefghijklmnop"),
    S("abcdefghijklmnopqrstuvwxyz"),
    S("abc"),
    S("abcdef"),
    S("iloveyou"),
    S("iloveyouiloveyou"),
    S("iloveyousomuch"),
    S("iloveyouforever"),
    S("sunshine"),
    S("princess"),
    S("football"),
    S("baseball"),
    S("superman"),
    S("trustno"),
    S("monkey"),
    S("dragon"),
    S("master"),
    S("shadow"),
    S("michael"),
    S("starwars"),
    S("computer"),
    S("internet"),
    S("corporate"),
    S("company"),
    S("summer"),
    S("winter"),
    S("spring"),
    S("autumn"),
    S("monday"),
    S("january"),
    S("secret"),
    S("secretsecret"),
    S("topsecret"),
    S("testtesttest"),
    S("test"),
    S("guest"),
    S("root"),
    S("toor"),
    S("correcthorsebatterystaple"),
    S("correct horse battery staple"),
    S("aismm"),
    S("maturity"),
    S("security"),
    S("cloudsecurity"),
    S("aisecurity"),
    S("securitymaturity"),
};

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Without the digits and marks around it: "2026!Password#1" is "Password". */
static str core_of(str s)
{
	size_t from = 0, to = s.n;
	while (from < to && !((fold(s.p[from]) >= 'a' && fold(s.p[from]) <= 'z') || (s.p[from] & 0x80)))
		from++;
	while (to > from && !((fold(s.p[to - 1]) >= 'a' && fold(s.p[to - 1]) <= 'z') || (s.p[to - 1] & 0x80)))
		to--;
	return str_slice(s, from, to);
}

/* In content/passwords, one a line. */
static bool is_leaked(str password)
{
	str rest = embed_find(S("passwords/leaked.txt")), line;
	while (rest.n) {
		(void)str_cut(rest, '\n', &line, &rest);
		if (line.n && str_eq_fold(password, line))
			return true;
	}
	return false;
}

static bool is_common(str password)
{
	str core = core_of(password);
	if (is_leaked(password))
		return true;
	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
		if (str_eq_fold(password, common[i]) || str_eq_fold(core, common[i]))
			return true;
	return false;
}

/* A row of the same few characters, or digits alone. */
static bool is_monotonous(str password)
{
	bool seen[256] = {0}, digits = true;
	int different = 0;
	for (size_t i = 0; i < password.n; i++) {
		unsigned char c = (unsigned char)fold(password.p[i]);
		digits &= c >= '0' && c <= '9';
		different += !seen[c];
		seen[c] = true;
	}
	return different < 5 || (digits && password.n < 20);
}

static size_t count_characters(str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

enum status password_check(str password, str name, struct err *err)
{
	str core = core_of(password);
	if (password.n > LIMIT_PASSWORD_BYTES)
		return err_set(err, E_INVALID, "the password is longer than %d bytes", LIMIT_PASSWORD_BYTES);
	if (!str_is_utf8(password) || (password.n && memchr(password.p, '\0', password.n)))
		return err_set(err, E_INVALID, "the password is not UTF-8 text");
	if (count_characters(password) < LIMIT_PASSWORD_CHARACTERS) {
		err_set(err, E_INVALID, "the password is shorter than %d characters", LIMIT_PASSWORD_CHARACTERS);
		err_hint(err, "four or five words that have nothing to do with each other are easy to remember");
		return E_INVALID;
	}
	if (name.n && (str_eq_fold(password, name) || str_eq_fold(core, name) || str_eq_fold(core, core_of(name))))
		return err_set(err, E_INVALID, "the password is the name");
	if (!is_common(password) && !is_monotonous(password))
		return OK;
	err_set(err, E_INVALID, "the password is one of those that everybody tries first");
	err_hint(err, "four or five words that have nothing to do with each other are easy to remember");
	return E_INVALID;
}
