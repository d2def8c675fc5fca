#include "core/sources/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"

enum {
	CHUNK_SIZE = 4096,
	CHUNKS_MAX = 64, /* per call: more than a pipe holds */
	COMPLAINT_MAX = 200,
	POLL_MS = 50,
	READ_END = 0,
	WRITE_END = 1
};

/* Appends one word to the buffer and returns where it ends, or NULL if a quotation mark is open. */
static const char *take_word(const char *text, struct buffer *word)
{
	char open = '\0';
	for (; *text != '\0' && (open != '\0' || strchr(" \t\n", *text) == NULL); text++) {
		if (*text == open) {
			open = '\0';
		} else if (open == '\0' && (*text == '\'' || *text == '"')) {
			open = *text;
		} else {
			if (*text == '\\' && open != '\'' && text[1] != '\0')
				text++;
			buffer_append(word, text, 1);
		}
	}
	return open == '\0' ? text : NULL;
}

bool command_split(const char *text, struct strings *ret_argv, struct error *reterr)
{
	const char *at = text + strspn(text, " \t\n");
	while (at != NULL && *at != '\0') {
		struct buffer word = {0};
		buffer_add(&word, "");
		at = take_word(at, &word);
		strings_add(ret_argv, word.data != NULL ? word.data : "");
		buffer_finish(&word);
		if (at != NULL)
			at += strspn(at, " \t\n");
	}
	if (at == NULL)
		error_set(reterr, "command:%s: a quotation mark is not closed", text);
	else if (ret_argv->count == 0)
		error_set(
			reterr, "command: there is no program; write command:PROGRAM ARGUMENT...");
	return at != NULL && ret_argv->count > 0;
}

/* A running program. */
struct run {
	const char *name;
	const struct command_limits *limits;
	struct buffer *out;
	size_t start;            /* length of out before the run */
	struct buffer complaint; /* the start of its standard error */
	int output[2];
	int errors[2];
	pid_t pid;
	int pidfd;
	struct timespec begun;
};

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool fail(const struct run *run, struct error *reterr, const char *what)
{
	error_set(reterr, "command:%s: %s", run->name, what);
	return false;
}

static int spawn(struct run *run, char **argv)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, run->output[WRITE_END], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, run->errors[WRITE_END], STDERR_FILENO);
	posix_spawnattr_init(&attributes);
	/* A worker blocks all signals, and the daemon ignores SIGPIPE. */
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes,
		POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	int reason = posix_spawnp(&run->pid, argv[0], &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return reason;
}

static bool start(struct run *run, const struct strings *argv, struct error *reterr)
{
	char **words = mem_alloc((argv->count + 1) * sizeof *words);
	for (size_t i = 0; i < argv->count; i++)
		words[i] = argv->items[i];
	int reason = 0;
	if (pipe2(run->output, O_CLOEXEC) < 0 || pipe2(run->errors, O_CLOEXEC) < 0)
		reason = errno;
	if (reason == 0)
		reason = spawn(run, words);
	free(words);
	close_end(&run->output[WRITE_END]);
	close_end(&run->errors[WRITE_END]);
	if (reason == ENOENT)
		return fail(run, reterr, "no such program; install it, or write its path");
	if (reason != 0)
		return fail(run, reterr, strerror(reason));
	run->pidfd = pidfd_open(run->pid, 0);
	fcntl(run->output[READ_END], F_SETFL, O_NONBLOCK);
	fcntl(run->errors[READ_END], F_SETFL, O_NONBLOCK);
	return true;
}

static long left_ms(const struct run *run)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	long gone = (now.tv_sec - run->begun.tv_sec) * 1000 +
		    (now.tv_nsec - run->begun.tv_nsec) / 1000000;
	return (long)run->limits->timeout_ms - gone;
}

/* Reads what is there, but stops after a while if the program keeps writing. Of its standard error
 * only the start is kept. */
static void drain(struct run *run, int *fd, struct buffer *into, size_t most)
{
	char chunk[CHUNK_SIZE];
	for (int i = 0; i < CHUNKS_MAX && *fd >= 0; i++) {
		ssize_t got = read(*fd, chunk, sizeof chunk);
		if (got == 0)
			close_end(fd);
		if (got < 0 && errno != EINTR)
			return;
		size_t room = into->length < most ? most - into->length : 0;
		if (got > 0)
			buffer_append(into, chunk, (size_t)got < room ? (size_t)got : room);
		if (into == run->out && room == 0)
			return;
	}
}

/* Asked every POLL_MS if there are no process descriptors (valgrind, old kernels). */
static bool has_ended(const struct run *run)
{
	siginfo_t info = {0};
	return waitid(P_PID, (id_t)run->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == run->pid;
}

/* Waits until there is something to read, the run is cancelled or the program has ended; returns
 * whether it has ended. */
static bool wait_for(struct run *run, long left, bool *ret_cancelled)
{
	struct pollfd polled[] = {
		{run->pidfd, POLLIN, 0},
		{run->output[READ_END], POLLIN, 0},
		{run->errors[READ_END], POLLIN, 0},
		{run->limits->cancel > 0 ? run->limits->cancel : -1, POLLIN, 0},
	};
	long wait = run->pidfd < 0 && left > POLL_MS ? POLL_MS : left;
	int ready = poll(polled, sizeof polled / sizeof *polled, (int)wait);
	*ret_cancelled = ready > 0 && polled[3].revents != 0;
	return run->pidfd < 0 ? has_ended(run) : ready > 0 && polled[0].revents != 0;
}

/* Reads until the program ends; its children may keep the pipes open. Returns false if it must be
 * killed. */
static bool read_until_end(struct run *run, struct error *reterr)
{
	size_t most = run->start + run->limits->max_bytes + 1;
	for (;;) {
		bool cancelled = false;
		long left = left_ms(run);
		/* Before reading, so that nothing is missed after the program has ended. */
		bool ended = left > 0 && wait_for(run, left, &cancelled);
		drain(run, &run->output[READ_END], run->out, most);
		drain(run, &run->errors[READ_END], &run->complaint, COMPLAINT_MAX);
		if (run->out->length == most) {
			error_set(reterr, "command:%s: wrote more than %zu octets; raise max_bytes",
				run->name, run->limits->max_bytes);
			return false;
		}
		if (ended)
			return true;
		if (cancelled)
			return fail(run, reterr, "was cancelled");
		if (left <= 0) {
			error_set(reterr, "command:%s: took longer than %g s; raise timeout",
				run->name, run->limits->timeout_ms / 1000.0);
			return false;
		}
	}
}

static bool check_status(struct run *run, int status, struct error *reterr)
{
	size_t line = strcspn(run->complaint.data != NULL ? run->complaint.data : "", "\r\n");
	if (WIFSIGNALED(status)) {
		error_set(reterr, "command:%s: killed by signal %d", run->name, WTERMSIG(status));
		return false;
	}
	if (WEXITSTATUS(status) == 0)
		return true;
	error_set(reterr, "command:%s: exit status %d%s%.*s", run->name, WEXITSTATUS(status),
		line > 0 ? ": " : "", (int)line, line > 0 ? run->complaint.data : "");
	return false;
}

bool command_run(const struct strings *argv, const struct command_limits *limits,
	struct buffer *out, struct error *reterr)
{
	int status = 0;
	struct run run = {.name = argv->items[0],
		.limits = limits,
		.out = out,
		.start = out->length,
		.output = {-1, -1},
		.errors = {-1, -1},
		.pidfd = -1};
	clock_gettime(CLOCK_MONOTONIC, &run.begun);
	bool success = start(&run, argv, reterr);
	if (success) {
		success = read_until_end(&run, reterr);
		/* Before waiting for it, as its number cannot be reused until then. */
		kill(-run.pid, SIGKILL);
		while (waitpid(run.pid, &status, 0) < 0 && errno == EINTR)
			continue;
		success = success && check_status(&run, status, reterr);
	}
	close_end(&run.pidfd);
	close_end(&run.output[READ_END]);
	close_end(&run.errors[READ_END]);
	buffer_finish(&run.complaint);
	return success;
}
