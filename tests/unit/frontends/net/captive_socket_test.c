#include "frontends/net/captive_socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

enum { THREADS = 4, HELD = 8, ROUNDS = 2000 };

/* What a library does. */
static int connect_as_library(const struct captive_socket *captive)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(captive->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	cr_assert_geq(fd, 0);
	cr_assert_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

/* Checks that the library's descriptor is one end of the pair now. */
static void check_replaced(const struct captive_socket *captive, int library)
{
	int pair[2];
	char octet = 0;
	cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	cr_assert_eq(captive_socket_replace(captive, pair[1]), library);
	cr_assert(fcntl(library, F_GETFD) & FD_CLOEXEC);
	close(pair[1]);
	cr_assert_eq(write(library, "x", 1), 1);
	cr_assert_eq(read(pair[0], &octet, 1), 1);
	cr_assert_eq(octet, 'x');
	close(library);
	cr_assert_eq(read(pair[0], &octet, 1), 0, "no other descriptor holds the end");
	close(pair[0]);
}

Test(captive_socket, knows_the_descriptor_before_the_library_has_it)
{
	struct captive_socket captive;
	int hole = open("/dev/null", O_RDONLY);
	int above = open("/dev/null", O_RDONLY);
	close(hole);
	cr_assert(captive_socket_open(&captive));
	cr_assert_eq(captive.expected, hole);
	int library = connect_as_library(&captive);
	cr_assert_eq(library, hole);
	check_replaced(&captive, library);
	captive_socket_close(&captive);
	close(above);
}

Test(captive_socket, finds_it_when_another_descriptor_came_between)
{
	struct captive_socket captive;
	int lower = open("/dev/null", O_RDONLY);
	cr_assert(captive_socket_open(&captive));
	int taken = open("/dev/null", O_RDONLY);
	cr_assert_eq(taken, captive.expected);
	int higher = connect_as_library(&captive);
	check_replaced(&captive, higher);
	close(lower);
	cr_assert_eq(connect_as_library(&captive), lower);
	check_replaced(&captive, lower);
	cr_assert_eq(captive_socket_replace(&captive, taken), -1, "nothing is connected");
	captive_socket_close(&captive);
	close(taken);
}

static atomic_bool ended;

/* Fills the lowest descriptors and frees them; counts those that became something else. */
static void *open_and_close(void *data)
{
	atomic_int *lost = data;
	struct stat wanted;
	struct stat found;
	stat("/dev/null", &wanted);
	while (!atomic_load(&ended)) {
		int held[HELD];
		for (int i = 0; i < HELD; i++)
			held[i] = open("/dev/null", O_RDONLY);
		for (int i = 0; i < HELD; i++) {
			bool kept = fstat(held[i], &found) == 0 && found.st_rdev == wanted.st_rdev;
			*lost += !kept;
			close(held[i]);
		}
	}
	return NULL;
}

Test(captive_socket, takes_no_descriptor_of_other_threads)
{
	pthread_t threads[THREADS];
	struct captive_socket captive;
	atomic_int lost = 0;
	for (int i = 0; i < THREADS; i++)
		cr_assert_eq(pthread_create(&threads[i], NULL, open_and_close, &lost), 0);
	for (int i = 0; i < ROUNDS; i++) {
		cr_assert(captive_socket_open(&captive));
		check_replaced(&captive, connect_as_library(&captive));
		captive_socket_close(&captive);
	}
	atomic_store(&ended, true);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	cr_assert_eq(lost, 0);
}
