#include "frontends/runtime/process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"

/* Each is opened in the wrong direction, so that using it fails as if it were closed. */
static void keep_standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static void prepare_signals(bool in_shell)
{
	sigset_t hangup;
	sigemptyset(&hangup);
	sigaddset(&hangup, SIGHUP);
	if (!in_shell)
		sigprocmask(SIG_BLOCK, &hangup, NULL);
	static const int harmless[] = {SIGPIPE, SIGUSR1, SIGUSR2, SIGXFSZ};
	for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
		signal(harmless[i], in_shell ? SIG_DFL : SIG_IGN);
	signal(SIGCHLD, SIG_DFL); /* if it is ignored, programs end without a status */
}

void process_prepare(bool in_shell)
{
	struct rlimit files;
	keep_standard_streams();
	prepare_signals(in_shell);
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

bool process_become(const char *name, struct error *reterr)
{
	if (*name == '\0' || geteuid() != 0)
		return true;
	errno = 0;
	const struct passwd *user = getpwnam(name);
	if (user == NULL) {
		error_set(reterr, "user: '%s': %s; make it with adduser --system", name,
			errno != 0 ? strerror(errno) : "no such user");
		return false;
	}
	bool became = initgroups(name, user->pw_gid) == 0 && setgid(user->pw_gid) == 0 &&
		      setuid(user->pw_uid) == 0 && (user->pw_uid == 0 || setuid(0) != 0);
	if (!became)
		error_set(reterr, "user: cannot become '%s': %s", name, strerror(errno));
	return became;
}

void process_set_timezone(const char *zone)
{
	if (*zone == '\0')
		return;
	setenv("TZ", zone, 1);
	tzset();
}
