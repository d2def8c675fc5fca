"""Hostile clients: what they do to the web does not affect the other wires or other visitors."""

import contextlib
import resource
import smtplib
import socket
import threading
import time
import urllib.request

import pytest

ADDRESS = "127.0.0.1"
CONFIGURATION = """
quotes = {"static:An apple a day keeps the doctor away."}
qotd "default" { listen = {"127.0.0.1:0"} udp = {"127.0.0.1:0"} }
mail "default" { smtp = {"127.0.0.1:0"} address = "quotes@example.org" relay = "127.0.0.1:1" }
web "default" { listen = {"127.0.0.1:0"} max_per_prefix = 2000 idle_timeout = 60 request_timeout = 60 }
"""
# Seconds in which each wire answers while the crowd is there; many times what it takes on a busy machine.
PATIENCE = 5


@pytest.fixture
def daemon(quoted):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    return quoted(CONFIGURATION)


def connect(daemon):
    return socket.create_connection((ADDRESS, daemon.port("web.default")), timeout=30)


def ask_qotd(daemon):
    with socket.create_connection((ADDRESS, daemon.port("qotd.default")), timeout=PATIENCE) as tcp:
        assert tcp.makefile("rb").read().startswith(b"An apple")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(PATIENCE)
        udp.sendto(b"?", (ADDRESS, daemon.port("qotd.default", "udp")))
        assert udp.recv(600).startswith(b"An apple")


def ask_all(daemon):
    """Returns the seconds that the slowest wire took."""
    slowest = 0
    for ask in (ask_qotd, ask_mail, ask_web):
        start = time.monotonic()
        ask(daemon)
        slowest = max(slowest, time.monotonic() - start)
    return slowest


def ask_mail(daemon):
    with smtplib.SMTP(ADDRESS, daemon.port("mail.default"), timeout=PATIENCE) as mail:
        assert mail.noop()[0] == 250


def ask_web(daemon):
    with urllib.request.urlopen(f"http://{ADDRESS}:{daemon.port('web.default')}/today.txt", timeout=PATIENCE) as reply:
        assert reply.read().startswith(b"An apple")


def test_1500_idle_connections(daemon):
    with contextlib.ExitStack() as stack:
        crowd = [stack.enter_context(connect(daemon)) for _ in range(1500)]
        for client in crowd[::2]:
            client.sendall(b"GET /today.txt HTTP/1.1\r\nHost: a\r\n\r\n")
            assert client.recv(4096).startswith(b"HTTP/1.1 200 ")
        assert ask_all(daemon) < PATIENCE
        for client in crowd:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert all(b" 200 " in client.recv(4096) for client in crowd), "they were kept"


def test_slow_loris(daemon):
    """Each client sends its header octet by octet, and never ends it."""
    with contextlib.ExitStack() as stack:
        crowd = [stack.enter_context(connect(daemon)) for _ in range(500)]
        for octet in b"GET / HTTP/1.1\r\nHost: a\r\nX: ":
            for client in crowd:
                client.sendall(bytes([octet]))
        for _ in range(10):
            for client in crowd:
                client.sendall(b"x")
            assert ask_all(daemon) < PATIENCE


def flood(daemon, ended, answers):
    """Sends fields without end, again and again; notes what the daemon says to each."""
    while not ended.is_set():
        with connect(daemon) as client:
            try:
                client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
                for i in range(10000):
                    client.sendall(b"X-%d: %s\r\n" % (i, b"y" * 50))
            except OSError:
                pass  # it was answered and closed
            try:
                answers.append(client.recv(4096))
            except ConnectionResetError:
                answers.append(b"")


def test_header_floods(daemon):
    ended, answers = threading.Event(), []
    floods = [threading.Thread(target=flood, args=(daemon, ended, answers)) for _ in range(8)]
    for thread in floods:
        thread.start()
    try:
        while len(answers) < 100:
            assert ask_all(daemon) < PATIENCE
    finally:
        ended.set()
        for thread in floods:
            thread.join()
    assert {answer[:12] for answer in answers if answer} == {b"HTTP/1.1 431"}
    assert any(answers)
