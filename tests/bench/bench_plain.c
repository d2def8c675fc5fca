/* The least that a server of datagrams and an IRC bot can do, for scripts/bench: blocking loops.
 *   bench_plain udp PORT    a quote for each datagram
 *   bench_plain irc PORT    a quote in #quotes for each line from another in that channel */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INPUT_SIZE = 65536, OUTPUT_SIZE = 262144 };

static const char quote[] =
	"The early bird catches the worm,\r\nbut the second mouse gets the cheese.\r\n";
static const char reply[] = "PRIVMSG #quotes :The early bird catches the worm, | but the second "
			    "mouse gets the cheese.\r\n";
static const char registration[] = "NICK quoted\r\nUSER quoted 0 * :quoted\r\n";

static int serve_udp(int fd, const struct sockaddr_in *address)
{
	if (bind(fd, (const struct sockaddr *)address, sizeof *address) != 0)
		return 1;
	for (;;) {
		char octet;
		struct sockaddr_in peer;
		socklen_t length = sizeof peer;
		if (recvfrom(fd, &octet, 1, 0, (struct sockaddr *)&peer, &length) < 0)
			return 1;
		sendto(fd, quote, sizeof quote - 1, 0, (struct sockaddr *)&peer, length);
	}
}

/* Appends what the line calls for. */
static size_t answer(const char *line, char *output)
{
	const char *text = strstr(line, " 001 ") != NULL ? "JOIN #quotes\r\n" : "";
	if (strstr(line, " PRIVMSG #quotes ") != NULL)
		text = reply;
	size_t length = strlen(text);
	memcpy(output, text, length);
	return length;
}

static int serve_irc(int fd, const struct sockaddr_in *address)
{
	static char input[INPUT_SIZE];
	static char output[OUTPUT_SIZE];
	size_t held = 0;
	int on = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 ||
		send(fd, registration, sizeof registration - 1, 0) < 0)
		return 1;
	for (;;) {
		ssize_t got = recv(fd, input + held, sizeof input - held - 1, 0);
		if (got <= 0)
			return got < 0;
		held += (size_t)got;
		input[held] = '\0';
		char *line = input;
		size_t length = 0;
		for (char *end; (end = strstr(line, "\r\n")) != NULL; line = end + 2) {
			*end = '\0';
			if (length > sizeof output - sizeof reply)
				return 1;
			length += answer(line, output + length);
		}
		held -= (size_t)(line - input);
		memmove(input, line, held);
		if (length > 0 && send(fd, output, length, 0) < 0)
			return 1;
	}
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 64;
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(argv[2])),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int udp = strcmp(argv[1], "udp") == 0;
	int fd = socket(AF_INET, udp ? SOCK_DGRAM : SOCK_STREAM, 0);
	if (fd < 0)
		return 1;
	return udp ? serve_udp(fd, &address) : serve_irc(fd, &address);
}
