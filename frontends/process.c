#include "frontends/process.h"

#include <signal.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>

void process_prepare(void)
{
	struct rlimit files;
	signal(SIGPIPE, SIG_IGN);
	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= PROCESS_FILES_MAX)
		return;
	files.rlim_cur = files.rlim_max < PROCESS_FILES_MAX ? files.rlim_max : PROCESS_FILES_MAX;
	setrlimit(RLIMIT_NOFILE, &files);
}

uint64_t process_seed(void)
{
	uint64_t seed;
	if (getrandom(&seed, sizeof seed, 0) == (ssize_t)sizeof seed)
		return seed;
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
