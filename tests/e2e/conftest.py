"""The daemon under test: started with a configuration, addressed by what its log says it listens on."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time

import pytest

DAEMON = os.environ["QUOTED"]
SANITIZER = re.compile(r"AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error")


def wait_until(condition, timeout=30):
    """Returns the first true value of condition(); fails after timeout seconds."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, "the condition was not met in time"
        time.sleep(0.02)


def free_port(kind=socket.SOCK_STREAM):
    """Returns a free port, for peers that cannot bind port 0."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Daemon:
    """One running quoted."""

    def __init__(self, directory, arguments):
        self.log_path = directory / "log"
        self.output_path = directory / "output"
        environment = {"STATE_DIRECTORY": str(directory / "state"), **os.environ}
        with open(self.log_path, "wb") as log, open(self.output_path, "wb") as output:
            self.process = subprocess.Popen(
                [DAEMON, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=log, env=environment
            )
        self.pid = self.process.pid
        self.exits_with = {0}

    def log(self):
        return self.log_path.read_text(errors="replace")

    def output(self):
        return self.output_path.read_text()

    def wait_log(self, pattern, timeout=30):
        """Returns the match of pattern once the log has it; fails at once if the daemon has ended."""

        def look():
            ended = self.process.poll() is not None
            match = re.search(pattern, self.log())
            assert match or not ended, f"quoted ended with {self.process.returncode}:\n{self.log()}"
            return match

        return wait_until(look, timeout)

    def addresses(self, name, kind):
        """Returns where the front end listens: ports for "tcp" and "udp", paths for "unix"."""
        start = re.escape(name) + ": listening on "
        if kind == "unix":
            return re.findall(start + r"unix:(\S+)", self.log())
        return [int(port) for port in re.findall(start + kind + r" \S+:(\d+)", self.log())]

    def port(self, name, kind="tcp"):
        """Returns the first port (or path) that the front end listens on."""
        return wait_until(lambda: self.addresses(name, kind))[0]

    def stop(self, signum=signal.SIGTERM, timeout=60):
        """Ends the daemon and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signum)
        return self.process.wait(timeout)


@contextlib.contextmanager
def running(directory_of_all):
    """Gives start(config, *arguments). Fails unless each daemon ends as it should, with a clean log."""
    daemons = []

    def start(config=None, *arguments, ready=True):
        directory = directory_of_all / f"quoted{len(daemons)}"
        directory.mkdir()
        if config is not None:
            path = directory / "quoted.conf"
            path.write_text(config)
            arguments = ("-c", str(path), *arguments)
        daemon = Daemon(directory, arguments)
        daemons.append(daemon)
        if ready:
            daemon.wait_log(r"info quoted: ready")
        return daemon

    try:
        yield start
    finally:
        codes = [daemon.stop() for daemon in daemons]
    for daemon, code in zip(daemons, codes):
        assert not SANITIZER.search(daemon.log()), daemon.log()
        assert code in daemon.exits_with, daemon.log()


@pytest.fixture
def quoted(tmp_path):
    """Starts daemons: quoted(config, *arguments), as running() has it."""
    with running(tmp_path) as start:
        yield start
