"""The program under a service manager: readiness, sockets, watchdog, user, signals."""

import os
import pathlib
import pwd
import re
import signal
import socket
import subprocess
import tempfile

import pytest

from conftest import DAEMON, wait_until

CONFIG = 'quotes = {"static:One"}\n'
QOTD = 'qotd "default" { listen = {"127.0.0.1:0"} udp = {} }\n'


class Manager:
    """Receives what the service manager would."""

    def __init__(self, directory):
        self.path = str(directory / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.heard = []

    def hear(self, pattern):
        """Returns the match of pattern in a message, and forgets those before it."""

        def look():
            self.socket.settimeout(0.05)
            try:
                self.heard.append(self.socket.recv(65536).decode())
            except TimeoutError:
                return None
            return re.search(pattern, self.heard[-1], re.MULTILINE)

        return wait_until(look)


@pytest.fixture(name="manager")
def manager_fixture(tmp_path, monkeypatch):
    manager = Manager(tmp_path)
    monkeypatch.setenv("NOTIFY_SOCKET", manager.path)
    yield manager
    manager.socket.close()


def ask(port):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        return client.makefile("rb").read().decode()


def test_it_tells_how_it_is(quoted, manager):
    daemon = quoted(CONFIG + QOTD)
    manager.hear(r"^STATUS=1 quote from 1 file on qotd$")
    manager.hear(r"^READY=1$")
    assert ask(daemon.port("qotd.default")) == "One\r\n"
    daemon.process.send_signal(signal.SIGHUP)
    usec = int(manager.hear(r"^RELOADING=1\nMONOTONIC_USEC=(\d+)$")[1])
    assert usec > 0
    manager.hear(r"^READY=1$")
    (daemon.log_path.parent / "quoted.conf").write_text("nonsense\n")
    daemon.process.send_signal(signal.SIGHUP)
    manager.hear(r"^RELOADING=1$")
    manager.hear(r"^READY=1\nSTATUS=reload refused: .*quoted\.conf:1:")
    daemon.stop()
    manager.hear(r"^STOPPING=1$")


def test_the_state_of_a_network_is_told(quoted, manager):
    irc = 'irc "x" { tls = false server = "127.0.0.1" port = %d contact = "me" reconnect_first = 1 reconnect_last = 1 }\n'
    with socket.create_server(("127.0.0.1", 0)) as server:
        daemon = quoted(CONFIG + QOTD + irc % server.getsockname()[1])
        manager.hear(r"STATUS=.* on qotd, irc.x \(connecting\)$")
        client, _ = server.accept()
        with client:
            client.sendall(b":s 001 quoted :hello\r\n")
            manager.hear(r"STATUS=.* on qotd, irc.x$")
            path = daemon.log_path.parent / "quoted.conf"
            good = path.read_text()
            path.write_text("nonsense\n")
            daemon.process.send_signal(signal.SIGHUP)
            manager.hear(r"STATUS=reload refused: ")
        manager.hear(r"STATUS=.* on qotd, irc.x \(connecting\); reload refused: .*quoted\.conf:1:")
        path.write_text(good)
        daemon.process.send_signal(signal.SIGHUP)
        manager.hear(r"STATUS=.* on qotd, irc.x \(connecting\)$")


def test_the_watchdog_is_fed(quoted, manager, monkeypatch):
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    quoted(CONFIG + QOTD)
    for _ in range(3):
        manager.hear(r"^WATCHDOG=1$")


def pass_sockets(config, tmp_path, sockets, names):
    """Starts the daemon with sockets at the descriptors from 3 on."""
    path = tmp_path / "quoted.conf"
    path.write_text(config)
    log = open(tmp_path / "log", "wb")
    moves = " ".join(f"{3 + i}<&{sock.fileno() + 50}" for i, sock in enumerate(sockets))
    copies = []
    for sock in sockets:
        os.dup2(sock.fileno(), sock.fileno() + 50)
        copies.append(sock.fileno() + 50)
    script = f'exec {moves}; LISTEN_PID=$$ LISTEN_FDS={len(sockets)} LISTEN_FDNAMES={names} exec "$0" -c "$1"'
    process = subprocess.Popen(
        ["bash", "-c", script, DAEMON, str(path)], stderr=log, pass_fds=copies, stdin=subprocess.DEVNULL
    )
    for copy in copies:
        os.close(copy)
    wait_until(lambda: b"quoted: ready" in (tmp_path / "log").read_bytes() or process.poll() is not None)
    return process


def test_sockets_are_taken_by_name(tmp_path):
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    other = socket.create_server(("127.0.0.1", 0))
    web = 'web "default" { listen = {"127.0.0.1:0"} }\n'
    process = pass_sockets(
        CONFIG + 'qotd "default" {}\n' + web, tmp_path, [tcp, udp, other], "qotd.default:qotd.default:stray"
    )
    log = (tmp_path / "log").read_text()
    try:
        port = tcp.getsockname()[1]
        assert f"qotd.default: listening on tcp 127.0.0.1:{port}" in log
        assert ":1717" not in log, "they are in place of its own addresses"
        assert "no section is called 'stray', so the socket of that name is not used" in log
        tcp.close()
        assert ask(port) == "One\r\n"
        udp_port = udp.getsockname()[1]
        udp.close()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(20)
            client.sendto(b"", ("127.0.0.1", udp_port))
            assert client.recv(512) == b"One\r\n"
        path = tmp_path / "quoted.conf"
        path.write_text(path.read_text().replace('qotd "default" {}', 'qotd "default" { serve = "today" }'))
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: "replaced qotd.default" in (tmp_path / "log").read_text())
        assert ask(port) == "One\r\n", "a reload keeps them"
    finally:
        process.terminate()
        assert process.wait(60) == 0
        other.close()


@pytest.mark.parametrize(
    "kind, address, reason",
    [
        (socket.SOCK_STREAM, "127.0.0.1", "LISTEN_FDS: descriptor 3 does not listen"),
        (socket.SOCK_DGRAM, "0.0.0.0", r"the UDP socket 0\.0\.0\.0:\d+ that was passed is reachable from other"),
    ],
)
def test_a_socket_that_cannot_serve_is_refused(tmp_path, kind, address, reason):
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind((address, 0))
        process = pass_sockets(CONFIG + QOTD, tmp_path, [sock], "qotd.default")
    try:
        assert process.poll() in (69, 71)
        assert re.search(reason, (tmp_path / "log").read_text())
    finally:
        process.kill()
        process.wait()


def test_a_public_udp_socket_is_taken_if_that_is_allowed(tmp_path):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("0.0.0.0", 0))
        public = 'qotd "default" { listen = {} udp = {"localhost:0"} udp_public = true }\n'
        process = pass_sockets(CONFIG + public, tmp_path, [sock], "qotd.default")
    process.terminate()
    assert process.wait(60) == 0
    assert "listening on udp 0.0.0.0:" in (tmp_path / "log").read_text()


def test_root_becomes_the_user(quoted):
    if os.getuid() != 0:
        pytest.fail("this test needs root")
    nobody = pwd.getpwnam("nobody")
    command = 'collection "who" { sources = {"command:/usr/bin/id -un"} }\n'
    daemon = quoted('user = "nobody"\n' + command + QOTD)
    ids = re.compile(rf"^Uid:\s+({nobody.pw_uid})\s+\1\s+\1\s+\1$", re.M)
    status = wait_until(
        lambda: (text := open(f"/proc/{daemon.pid}/status", encoding="ascii").read()) and ids.search(text) and text
    )
    assert re.search(r"^Gid:\s+(\d+)\s+\1\s+\1\s+\1$", status, re.M)[1] == str(nobody.pw_gid)
    for task in os.listdir(f"/proc/{daemon.pid}/task"):
        of_task = open(f"/proc/{daemon.pid}/task/{task}/status", encoding="ascii").read()
        assert f"Uid:\t{nobody.pw_uid}\t" in of_task
    wait_until(lambda: ask(daemon.port("qotd.default")) == "nobody\r\n")


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_configuration_that_the_user_cannot_read_is_named(mode):
    with tempfile.TemporaryDirectory() as directory:
        path, more = pathlib.Path(directory, "x.conf"), pathlib.Path(directory, "more.conf")
        path.write_text('user = "nobody"\ninclude = "more.conf"\n' + CONFIG + QOTD)
        more.write_text('log_level = "info"\n')
        os.chmod(directory, 0o755)
        path.chmod(0o644)
        more.chmod(mode)
        checked = subprocess.run([DAEMON, "-t", "-c", path], capture_output=True, text=True, timeout=60)
        assert checked.returncode == 0, checked.stderr
        warning = f"{more}: user 'nobody' cannot read it, so a reload will fail; let them read it\n"
        assert (warning in checked.stderr) == (mode == 0o600)
        assert str(path) not in checked.stderr
        log = pathlib.Path(directory, "log")
        with log.open("w") as file, subprocess.Popen([DAEMON, "-c", path], stderr=file) as daemon:
            wait_until(lambda: "quoted: ready" in log.read_text())
            daemon.terminate()
        assert (warning in log.read_text()) == (mode == 0o600), log.read_text()


def test_a_user_that_is_not_there_ends_the_start(quoted, tmp_path):
    path = tmp_path / "x.conf"
    path.write_text('\nuser = "nobody-of-that-name"\n' + CONFIG + QOTD)
    for arguments in (["-t"], []):
        result = subprocess.run([DAEMON, *arguments, "-c", path], capture_output=True, text=True, timeout=60)
        assert result.returncode == 78
        assert f"{path}:2: user: 'nobody-of-that-name': no such user; make it with" in result.stderr


def test_signals_without_a_meaning_do_no_harm(quoted):
    daemon = quoted(CONFIG + QOTD)
    for signum in (signal.SIGPIPE, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXFSZ):
        daemon.process.send_signal(signum)
    assert ask(daemon.port("qotd.default")) == "One\r\n"


def test_a_stop_for_a_moment_does_no_harm(quoted):
    daemon = quoted(CONFIG + QOTD)
    port = daemon.port("qotd.default")
    daemon.process.send_signal(signal.SIGSTOP)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        daemon.process.send_signal(signal.SIGCONT)
        assert client.makefile("rb").read() == b"One\r\n"
