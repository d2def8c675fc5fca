#include "frontends/irc/connection/irc_race.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/mem.h"

struct attempt {
	struct address address;
	ev_io io; /* active while it goes on */
};

struct irc_race {
	struct ev_loop *loop;
	struct attempt *attempts;
	size_t count;
	size_t begun;
	size_t going;
	ev_timer stagger;
	struct error reason;
	irc_race_on_done *on_done;
	void *data;
};

static const struct address *take_of_family(
	const struct address *addresses, size_t count, bool *taken, int family)
{
	for (size_t i = 0; i < count; i++) {
		if (!taken[i] && (family == 0 || addresses[i].storage.ss_family == family)) {
			taken[i] = true;
			return &addresses[i];
		}
	}
	return NULL;
}

static void interleave(struct irc_race *race, const struct address *addresses)
{
	bool *taken = mem_alloc(race->count + 1);
	int family = race->count > 0 ? addresses[0].storage.ss_family : 0;
	for (size_t i = 0; i < race->count; i++) {
		const struct address *next = take_of_family(addresses, race->count, taken, family);
		if (next == NULL)
			next = take_of_family(addresses, race->count, taken, 0);
		race->attempts[i].address = *next;
		family = next->storage.ss_family == AF_INET6 ? AF_INET : AF_INET6;
	}
	free(taken);
}

static void end_attempt(struct irc_race *race, struct attempt *attempt)
{
	if (!ev_is_active(&attempt->io))
		return;
	ev_io_stop(race->loop, &attempt->io);
	close(attempt->io.fd);
	race->going--;
}

static void end_all(struct irc_race *race)
{
	ev_timer_stop(race->loop, &race->stagger);
	for (size_t i = 0; i < race->begun; i++)
		end_attempt(race, &race->attempts[i]);
}

static void explain(struct irc_race *race, const struct attempt *attempt, int error)
{
	char text[ADDRESS_TEXT_SIZE];
	address_format(&attempt->address, text);
	error_set(&race->reason, "%s: %s", text, strerror(error));
}

static void go_on(struct irc_race *race);

static void on_writable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)events;
	struct irc_race *race = io->data;
	struct attempt *attempt =
		(struct attempt *)(void *)((char *)io - offsetof(struct attempt, io));
	int error = 0;
	socklen_t length = sizeof error;
	getsockopt(io->fd, SOL_SOCKET, SO_ERROR, &error, &length);
	if (error != 0) {
		explain(race, attempt, error);
		end_attempt(race, attempt);
		go_on(race);
		return;
	}
	int fd = io->fd;
	ev_io_stop(loop, io);
	end_all(race);
	race->on_done(race->data, fd, NULL);
}

/* Returns false, with errno, if it fails at once. */
static bool begin(struct irc_race *race, struct attempt *attempt)
{
	const struct address *address = &attempt->address;
	int fd = socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	const struct sockaddr *name = (const struct sockaddr *)&address->storage;
	if (connect(fd, name, address->length) < 0 && errno != EINPROGRESS) {
		int error = errno;
		close(fd);
		errno = error;
		return false;
	}
	ev_io_init(&attempt->io, on_writable, fd, EV_WRITE);
	attempt->io.data = race;
	ev_io_start(race->loop, &attempt->io);
	race->going++;
	return true;
}

static void go_on(struct irc_race *race)
{
	ev_timer_stop(race->loop, &race->stagger);
	while (race->begun < race->count) {
		struct attempt *attempt = &race->attempts[race->begun++];
		if (begin(race, attempt))
			break;
		explain(race, attempt, errno);
	}
	if (race->going == 0) {
		race->on_done(race->data, -1, race->reason.text);
	} else if (race->begun < race->count) {
		ev_timer_set(&race->stagger, IRC_RACE_STAGGER_MS / 1000.0, 0);
		ev_timer_start(race->loop, &race->stagger);
	}
}

static void on_stagger(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	go_on(timer->data);
}

struct irc_race *irc_race_create(struct ev_loop *loop, const struct address *addresses,
	size_t count, irc_race_on_done *on_done, void *data)
{
	struct irc_race *race = mem_alloc(sizeof *race);
	*race = (struct irc_race){.loop = loop, .count = count, .on_done = on_done, .data = data};
	race->attempts = mem_alloc((count + 1) * sizeof *race->attempts);
	error_set(&race->reason, "no address");
	interleave(race, addresses);
	ev_timer_init(&race->stagger, on_stagger, 0, 0);
	race->stagger.data = race;
	ev_timer_start(loop, &race->stagger);
	return race;
}

void irc_race_destroy(struct irc_race *race)
{
	if (race == NULL)
		return;
	end_all(race);
	free(race->attempts);
	free(race);
}
