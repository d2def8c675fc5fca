/* Runs the front end of CONTRIBUTING.md with the quotes of a source until standard input ends. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/postcard.h"
#include "tests/support/quotes.h"

static int open_socket(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(fd, (struct sockaddr *)&address, length) != 0 ||
		getsockname(fd, (struct sockaddr *)&address, &length) != 0)
		perror("postcard");
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

static void on_input(struct ev_loop *loop, ev_io *io, int events)
{
	char octet;
	(void)events;
	if (read(io->fd, &octet, 1) <= 0)
		ev_break(loop, EVBREAK_ALL);
}

int main(int argc, char **argv)
{
	struct quotes quotes = {0};
	struct error error;
	ev_io input;
	struct quoter *quoter = quotes_open_one(&quotes, argc > 1 ? argv[1] : "static:x");
	struct ev_loop *loop = loop_support_create();
	struct searcher *searcher = searcher_create(loop, quoter, &quotes.rng, &error);
	if (searcher == NULL)
		return 1;
	struct asker *asker = askers_open(quoter, searcher, "postcard");
	int fd = open_socket();
	struct postcard *card = postcard_create(loop, asker, fd);
	ev_io_init(&input, on_input, STDIN_FILENO, EV_READ);
	ev_io_start(loop, &input);
	searcher_index(searcher);
	ev_run(loop, 0);
	ev_io_stop(loop, &input);
	postcard_destroy(card);
	close(fd);
	asker_destroy(asker);
	searcher_destroy(searcher);
	ev_loop_destroy(loop);
	quotes_finish(&quotes);
	return 0;
}
