/* Clients for scripts/bench, on loopback: of QOTD, and of the web where wrk waits for content.
 * Prints one line: seconds, then microseconds a client as median, 99th percentile and most.
 *   bench_generator tcp PORT COUNT CLIENTS    as many at a time as CLIENTS
 *   bench_generator backlog PORT COUNT        connects all, prints "connected", waits for a line
 *   bench_generator udp PORT COUNT IN_FLIGHT
 *   bench_generator probe PORT SECONDS        one TCP client every 5 ms
 *   bench_generator unmodified PORT COUNT CONNECTIONS ETAG
 *                                             browsers that have the page / already */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1000000, FDS = 65536, STALLED_MS = 5000 };

static double begun[FDS];
static double took[MOST];
static int taken;

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int client(int type, int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
	if (fd < 0 || fd >= FDS)
		fail("socket");
	begun[fd] = now();
	if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)
		fail("connect");
	return fd;
}

static void watch(int epoll, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		fail("epoll_ctl");
}

/* Reads to the end; returns whether it came. */
static int ended(int fd, size_t *length)
{
	char text[4096];
	ssize_t got;
	while ((got = recv(fd, text, sizeof text, 0)) > 0)
		*length += (size_t)got;
	if (got < 0 && errno != EAGAIN)
		fail("recv");
	return got == 0;
}

static void take_until_end(int epoll, int port, int count, int started)
{
	static size_t lengths[FDS];
	struct epoll_event events[256];
	while (taken < count) {
		int ready = epoll_wait(epoll, events, 256, STALLED_MS);
		if (ready <= 0)
			fail("no answer for 5 s");
		for (int i = 0; i < ready; i++) {
			int fd = events[i].data.fd;
			if (!ended(fd, &lengths[fd]))
				continue;
			if (lengths[fd] == 0)
				fail("an answer without a quote");
			lengths[fd] = 0;
			took[taken++] = now() - begun[fd];
			close(fd);
			if (started < count) {
				started++;
				watch(epoll, client(SOCK_STREAM, port));
			}
		}
	}
}

/* Takes \p count answers more. */
static void tcp(int port, int count, int clients)
{
	int epoll = epoll_create1(0);
	int before = taken;
	for (int i = 0; i < clients; i++)
		watch(epoll, client(SOCK_STREAM, port));
	take_until_end(epoll, port, before + count, before + clients);
	close(epoll);
}

static double backlog(int port, int count)
{
	int epoll = epoll_create1(0);
	for (int i = 0; i < count; i++)
		watch(epoll, client(SOCK_STREAM, port));
	puts("connected");
	fflush(stdout);
	getchar();
	double start = now();
	take_until_end(epoll, port, count, count);
	return start;
}

static void udp(int port, int count, int in_flight)
{
	char text[4096];
	int fd = client(SOCK_DGRAM, port);
	int epoll = epoll_create1(0);
	struct epoll_event event;
	int sent = 0;
	watch(epoll, fd);
	while (sent < in_flight && send(fd, "", 0, 0) == 0)
		sent++;
	while (taken < count) {
		if (epoll_wait(epoll, &event, 1, STALLED_MS) <= 0)
			fail("no datagram for 5 s");
		while (recv(fd, text, sizeof text, 0) > 0) {
			taken++;
			if (sent < count && send(fd, "", 0, 0) == 0)
				sent++;
		}
	}
}

static void ask(int fd, const char *request)
{
	begun[fd] = now();
	if (send(fd, request, strlen(request), 0) != (ssize_t)strlen(request))
		fail("send");
}

static void take_304(int fd, const char *request)
{
	static const char end[] = "\r\n\r\n";
	char text[4096];
	ssize_t got = recv(fd, text, sizeof text - 1, 0);
	text[got > 0 ? got : 0] = '\0';
	if (strncmp(text, "HTTP/1.1 304 ", 13) != 0 || strstr(text, end) == NULL)
		fail("not a whole 304");
	took[taken++] = now() - begun[fd];
	ask(fd, request);
}

static void unmodified(int port, int count, int connections, const char *etag)
{
	char request[512];
	struct epoll_event events[256];
	int epoll = epoll_create1(0);
	snprintf(request, sizeof request,
		"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0\r\n"
		"If-None-Match: %s\r\n\r\n",
		etag);
	for (int i = 0; i < connections; i++) {
		struct pollfd connecting = {.fd = client(SOCK_STREAM, port), .events = POLLOUT};
		poll(&connecting, 1, STALLED_MS);
		watch(epoll, connecting.fd);
		ask(connecting.fd, request);
	}
	while (taken < count) {
		int ready = epoll_wait(epoll, events, 256, STALLED_MS);
		if (ready <= 0)
			fail("no answer for 5 s");
		for (int i = 0; i < ready && taken < count; i++)
			take_304(events[i].data.fd, request);
	}
}

static void probe(int port, double seconds)
{
	double end = now() + seconds;
	while (now() < end && taken < MOST) {
		tcp(port, 1, 1);
		usleep(5000);
	}
}

static int by_size(const void *left, const void *right)
{
	double a = *(const double *)left;
	double b = *(const double *)right;
	return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
	if (argc < 4 || atoi(argv[3]) < 1 || atoi(argv[3]) > MOST)
		return 64;
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	int port = atoi(argv[2]);
	int count = atoi(argv[3]);
	int many = argc > 4 ? atoi(argv[4]) : 1;
	double start = now();
	if (strcmp(argv[1], "tcp") == 0)
		tcp(port, count, many);
	else if (strcmp(argv[1], "backlog") == 0)
		start = backlog(port, count);
	else if (strcmp(argv[1], "udp") == 0)
		udp(port, count, many);
	else if (strcmp(argv[1], "unmodified") == 0 && argc > 5)
		unmodified(port, count, many, argv[5]);
	else
		probe(port, count);
	double seconds = now() - start;
	qsort(took, (size_t)taken, sizeof *took, by_size);
	printf("%.6f %.1f %.1f %.1f\n", seconds, took[taken / 2] * 1e6,
		took[(size_t)taken * 99 / 100] * 1e6, took[taken - 1] * 1e6);
	return 0;
}
