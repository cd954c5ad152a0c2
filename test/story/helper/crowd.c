/*
 * crowd PORT MODE N [ADDRESSES]: clients as nobody wants them, for test/story/limits.sh. On 127.0.0.1, or from as many
 * addresses of the loopback as are named.
 *   silent  N connections that say nothing
 *   head    N that send a byte of an endless header now and then
 *   body    N that do so with the body of a form
 *   read    N that ask for much and read nothing
 *   mixed   a quarter of each
 * These print "ready" when all were opened, go on until standard input ends, and print how many the server closed.
 *   endless one header of N bytes: prints the first line of the answer, and whether the connection was closed
 *   flood   N requests on 16 connections, many at a time without waiting: prints how many answers had status 200
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TICK_MS = 250, PIECE = 65536, FLOOD_CLIENTS = 16, FLOOD_AHEAD = 64, MODES = 4 };

struct crowd {
	int port, n, addresses;
	const char *mode;
	struct pollfd *of; /* fd -1: the server closed it */
};

static const char *const modes[MODES] = {"silent", "head", "body", "read"};
#define HOST "Host: localhost\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n"

static const char *beginning(int mode)
{
	if (mode == 1)
		return "GET /sign-in HTTP/1.1\r\n" HOST "X-Slow: ";
	if (mode == 2)
		return "POST /sign-in HTTP/1.1\r\n" HOST FORM "\r\nname=";
	return mode == 3 ? "GET /sign-in HTTP/1.1\r\n" HOST "\r\n" : "";
}

static int connected(const struct crowd *c, int i)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)c->port)};
	struct sockaddr_in from = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), little = 4096;
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(i % c->addresses) * 256);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little) ||
	    bind(fd, (struct sockaddr *)&from, sizeof from) || connect(fd, (struct sockaddr *)&to, sizeof to)) {
		fprintf(stderr, "connection %d: %s\n", i, strerror(errno));
		exit(1);
	}
	return fd;
}

/* false: the server has closed it. */
static bool put(int fd, const char *p, size_t n)
{
	ssize_t w = send(fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);
	return w >= 0 || errno == EAGAIN || errno == EWOULDBLOCK;
}

static bool is_closed(int fd)
{
	char c;
	ssize_t r = recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT);
	return r == 0 || (r < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

static int mode_of(const struct crowd *c, int i)
{
	for (int m = 0; m < MODES; m++)
		if (!strcmp(c->mode, modes[m]))
			return m;
	return i % MODES;
}

static bool begin(const struct crowd *c, int i)
{
	int mode = mode_of(c, i), times = mode == 3 ? 500 : 1;
	const char *text = beginning(mode);
	for (int k = 0; k < times; k++)
		if (!put(c->of[i].fd, text, strlen(text)))
			return false;
	return true;
}

static void turn(const struct crowd *c)
{
	for (int i = 0; i < c->n; i++) {
		int mode = mode_of(c, i);
		if (c->of[i].fd < 0)
			continue;
		bool open = mode == 3 || !is_closed(c->of[i].fd);
		if (open && (mode == 1 || mode == 2))
			open = put(c->of[i].fd, "x", 1);
		if (mode == 3) {
			struct pollfd p = {.fd = c->of[i].fd, .events = 0};
			open = poll(&p, 1, 0) == 0;
		}
		if (open)
			continue;
		(void)close(c->of[i].fd);
		c->of[i].fd = -1;
	}
}

static int crowd(struct crowd *c)
{
	struct pollfd in = {.fd = 0, .events = POLLIN};
	int closed = 0;
	for (int i = 0; i < c->n; i++) {
		c->of[i].fd = connected(c, i);
		if (!begin(c, i)) {
			(void)close(c->of[i].fd);
			c->of[i].fd = -1;
		}
	}
	turn(c);
	puts("ready");
	fflush(stdout);
	while (poll(&in, 1, TICK_MS) == 0)
		turn(c);
	turn(c);
	for (int i = 0; i < c->n; i++)
		closed += c->of[i].fd < 0;
	printf("closed %d of %d\n", closed, c->n);
	return 0;
}

static int endless(const struct crowd *c)
{
	static char junk[PIECE];
	char answer[512] = {0};
	const char *line = "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Endless: ";
	int fd = connected(c, 0);
	size_t got = 0, sent = 0;
	ssize_t r = 0;
	memset(junk, 'x', sizeof junk);
	bool open = put(fd, line, strlen(line));
	while (open && sent < (size_t)c->n) {
		struct pollfd p = {.fd = fd, .events = POLLIN | POLLOUT};
		if (poll(&p, 1, 10000) <= 0 || p.revents & POLLIN)
			break;
		ssize_t w = send(fd, junk, sizeof junk, MSG_NOSIGNAL | MSG_DONTWAIT);
		open = w >= 0 || errno == EAGAIN;
		sent += w > 0 ? (size_t)w : 0;
	}
	while (got < sizeof answer - 1 && (r = recv(fd, answer + got, sizeof answer - 1 - got, 0)) > 0)
		got += (size_t)r;
	while (r > 0)
		r = recv(fd, junk, sizeof junk, 0);
	answer[strcspn(answer, "\r\n")] = 0;
	printf("%s, %s after at most %zu KB\n", answer, r == 0 || errno == ECONNRESET ? "closed" : "open",
	       (sent + 1048575) / 1048576 * 1024);
	return 0;
}

/* Counts the lines that begin an answer with status 200, over the border of two pieces. */
struct counter {
	char last[16];
	size_t n;
	long found;
};

static void count(struct counter *k, const char *p, size_t n)
{
	static const char good[] = "HTTP/1.1 200";
	for (size_t i = 0; i < n; i++) {
		k->n = p[i] == good[k->n] ? k->n + 1 : p[i] == good[0];
		if (k->n < sizeof good - 1)
			continue;
		k->found++;
		k->n = 0;
	}
}

static int flood(const struct crowd *c)
{
	static char piece[PIECE];
	static const char ask[] = "GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n";
	struct pollfd of[FLOOD_CLIENTS];
	struct counter counters[FLOOD_CLIENTS] = {0};
	long asked[FLOOD_CLIENTS] = {0}, each = c->n / FLOOD_CLIENTS, all = 0;
	for (int i = 0; i < FLOOD_CLIENTS; i++)
		of[i] = (struct pollfd){.fd = connected(c, i), .events = POLLIN};
	while (all < each * FLOOD_CLIENTS) {
		for (int i = 0; i < FLOOD_CLIENTS; i++)
			while (asked[i] < each && asked[i] - counters[i].found < FLOOD_AHEAD) {
				if (send(of[i].fd, ask, sizeof ask - 1, MSG_NOSIGNAL) != (ssize_t)sizeof ask - 1)
					return 1;
				asked[i]++;
			}
		if (poll(of, FLOOD_CLIENTS, 20000) <= 0)
			break;
		all = 0;
		for (int i = 0; i < FLOOD_CLIENTS; i++) {
			ssize_t r = of[i].revents ? recv(of[i].fd, piece, sizeof piece, 0) : 1;
			if (r <= 0)
				return printf("closed after %ld answers\n", counters[i].found), 1;
			if (of[i].revents)
				count(&counters[i], piece, (size_t)r);
			all += counters[i].found;
		}
	}
	printf("%ld answers\n", all);
	return 0;
}

int main(int argc, char **argv)
{
	struct rlimit files;
	if (argc < 4)
		return 2;
	struct crowd c = {
	    .port = atoi(argv[1]), .mode = argv[2], .n = atoi(argv[3]), .addresses = argc > 4 ? atoi(argv[4]) : 1};
	if (!getrlimit(RLIMIT_NOFILE, &files)) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	if (!strcmp(c.mode, "endless"))
		return endless(&c);
	if (!strcmp(c.mode, "flood"))
		return flood(&c);
	c.of = calloc((size_t)c.n, sizeof *c.of);
	int status = c.of ? crowd(&c) : 1;
	free(c.of);
	return status;
}
