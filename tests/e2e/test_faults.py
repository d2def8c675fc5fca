"""The daemon when the machine is short of something, or something beside it is stuck."""

import fcntl
import os
import re
import resource
import signal
import socket
import subprocess
import time

from conftest import DAEMON, wait_until

CONFIG = 'quotes = {"static:One"}\n'
QOTD = 'qotd "default" { listen = {"127.0.0.1:0"} udp = {} linger_max = 10 }\n'
WEB = 'web "default" { listen = {"127.0.0.1:0"} }\n'


def ask(port):
    """Returns what QOTD answers."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        return client.makefile("rb").read().decode()


def get(port, path):
    """Returns the whole answer to a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return client.makefile("rb").read().decode()


def listens(path):
    """A socket has its path before anything listens at it."""
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0


def test_no_descriptor_is_left(quoted):
    daemon = quoted(CONFIG + QOTD + WEB)
    resource.prlimit(daemon.pid, resource.RLIMIT_NOFILE, (60, 60))
    port = daemon.port("web.default")
    idle = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(100)]
    daemon.wait_log(r"web.default: Too many open files; new connections wait")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"reloaded: |reload refused")
    for client in idle:
        client.close()
    wait_until(lambda: "200 OK" in get(port, "/today"))
    wait_until(lambda: ask(daemon.port("qotd.default")) == "One\r\n")


def test_the_log_cannot_be_written(tmp_path):
    path = tmp_path / "quoted.conf"
    path.write_text(CONFIG + 'qotd "default" { listen = {"unix:%s"} udp = {} }\n' % (tmp_path / "socket"))
    with open("/dev/full", "wb") as full:
        process = subprocess.Popen([DAEMON, "-c", str(path)], stderr=full, stdin=subprocess.DEVNULL)
    try:
        wait_until(lambda: listens(tmp_path / "socket"))
        for _ in range(3):
            process.send_signal(signal.SIGHUP)
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(30)
                client.connect(str(tmp_path / "socket"))
                assert client.makefile("rb").read() == b"One\r\n"
    finally:
        process.terminate()
        assert process.wait(60) == 0


def test_the_log_is_not_read(tmp_path):
    """Its lines are lost, and counted once it is read again."""
    path = tmp_path / "quoted.conf"
    socket_path = tmp_path / "socket"
    path.write_text("log_repeats = 0\n" + CONFIG + 'qotd "default" { listen = {"unix:%s"} udp = {} }\n' % socket_path)
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen([DAEMON, "-c", str(path)], stderr=writer, stdin=subprocess.DEVNULL)
    os.close(writer)
    seen = b""

    def answer():
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(30)
            if client.connect_ex(str(socket_path)) != 0:  # bound, but not listening yet
                return b""
            return client.makefile("rb").read()

    try:
        wait_until(lambda: listens(socket_path))
        for i in range(80):
            path.write_text(re.sub(r"static:\w+", f"static:Number{i}", path.read_text()))
            process.send_signal(signal.SIGHUP)
            wait_until(lambda: answer() == f"Number{i}\r\n".encode())
        os.set_blocking(reader, False)
        seen = os.read(reader, 65536)
        process.send_signal(signal.SIGHUP)

        def lost():
            nonlocal seen
            try:
                seen += os.read(reader, 65536)
            except BlockingIOError:
                pass
            return b"lines were lost, as nothing read the log" in seen

        wait_until(lost)
    finally:
        process.terminate()
        assert process.wait(60) == 0, seen
        os.close(reader)


def test_a_file_size_limit_is_reached(quoted):
    daemon = quoted(CONFIG + QOTD)
    size = daemon.log_path.stat().st_size
    resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE, (size, size))
    daemon.process.send_signal(signal.SIGHUP)
    for _ in range(3):
        assert ask(daemon.port("qotd.default")) == "One\r\n"


def test_no_name_server_answers(quoted, tmp_path):
    """The resolver is asked on a port on which nobody answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        irc = 'irc "x" { server = "irc.example.org" contact = "me" connect_timeout = 600 }\n'
        relay = (
            'mail "default" { address = "quote@example.org" smtp = {"127.0.0.1:0"} '
            'relay = "relay.example.org:25" }\n'
        )
        etc = tmp_path / "etc"
        etc.mkdir()
        (etc / "resolv.conf").write_text("nameserver 192.0.2.1\noptions timeout:30\n")
        path = tmp_path / "quoted.conf"
        socket_path = tmp_path / "socket"
        path.write_text(
            CONFIG + irc + relay + 'qotd "default" { listen = {"unix:%s"} udp = {} }\n' % socket_path
        )
        command = f"mount --bind {etc} /etc && exec {DAEMON} -c {path}"
        with open(tmp_path / "log", "wb") as log:
            process = subprocess.Popen(["unshare", "-rm", "sh", "-ec", command], stderr=log)
        try:
            wait_until(lambda: listens(socket_path))
            for _ in range(3):
                with socket.socket(socket.AF_UNIX) as client:
                    client.settimeout(30)
                    client.connect(str(socket_path))
                    assert client.makefile("rb").read() == b"One\r\n"
        finally:
            begun = time.monotonic()
            process.terminate()
            assert process.wait(60) == 0
            assert time.monotonic() - begun < 30, "a name that is looked up does not hold up the end"


def test_a_worker_is_stuck(quoted):
    """A relay that never says a word, and a command that never ends."""
    with socket.create_server(("127.0.0.1", 0)) as relay:
        live = 'collection "live" { sources = {"command:/bin/sleep 1000"} timeout = 300 }\n'
        mail = (
            'mail "default" { address = "quote@example.org" smtp = {"127.0.0.1:0"} '
            f'relay = "127.0.0.1:{relay.getsockname()[1]}" relay_timeout = 30 workers = 1 }}\n'
        )
        daemon = quoted("drain_timeout = 1\n" + CONFIG + live + QOTD + mail)
        with socket.create_connection(("127.0.0.1", daemon.port("mail.default")), timeout=30) as client:
            lines = client.makefile("rb")
            lines.readline()
            for line in ("HELO x", "MAIL FROM:<a@b.example>", "RCPT TO:<quote@example.org>", "DATA"):
                client.sendall(line.encode() + b"\r\n")
                lines.readline()
            client.sendall(b"Subject: x\r\nMessage-ID: <1@b.example>\r\n\r\n.\r\n")
            held, _ = relay.accept()
            with held:
                assert ask(daemon.port("qotd.default")) == "One\r\n"
                daemon.process.send_signal(signal.SIGHUP)
                daemon.wait_log(r"quoted: reloaded: ")
                assert ask(daemon.port("qotd.default")) == "One\r\n"


def test_no_inotify_is_left(tmp_path):
    """The files are looked at from time to time instead."""
    quotes = tmp_path / "quotes"
    quotes.write_text("One\n%\n")
    path = tmp_path / "quoted.conf"
    socket_path = tmp_path / "socket"
    path.write_text(
        f'quotes = {{"fortune:{quotes}"}}\n' + 'qotd "default" { listen = {"unix:%s"} udp = {} }\n' % socket_path
    )
    command = f"echo 0 > /proc/sys/user/max_inotify_instances && exec {DAEMON} -c {path}"
    with open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen(["unshare", "-Ur", "sh", "-ec", command], stderr=log)

    def answer():
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(30)
            client.connect(str(socket_path))
            return client.makefile("rb").read()

    try:
        wait_until(lambda: listens(socket_path))
        assert answer() == b"One\r\n"
        quotes.write_text("Two\n%\n")
        wait_until(lambda: answer() == b"Two\r\n", timeout=90)
    finally:
        process.terminate()
        assert process.wait(60) == 0


def test_the_configuration_disappears(quoted):
    daemon = quoted(CONFIG + QOTD)
    os.unlink(daemon.log_path.parent / "quoted.conf")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"reload refused; everything stays as it was")
    assert "quoted.conf: No such file or directory" in daemon.log()
    assert ask(daemon.port("qotd.default")) == "One\r\n"
