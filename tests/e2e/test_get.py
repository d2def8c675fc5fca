"""quoted get beside the daemon, dead ports, and peers that are silent, endless or hostile."""

import contextlib
import os
import random
import socket
import subprocess
import threading
import time

import pytest
from conftest import DAEMON, free_port

CONFIG = """
quotes = {{"static:An apple a day\\nkeeps"}}
qotd "t" {{
	listen = {{"127.0.0.1:0", "[::1]:0"}}
	udp = {{"127.0.0.1:0", "[::1]:0"}}
	udp_no_amplification = {0}
}}
"""


def get(*arguments):
    """Returns (status, output, messages)."""
    done = subprocess.run(
        [DAEMON, "get", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


@contextlib.contextmanager
def peer(serve, kind=socket.SOCK_STREAM):
    """Gives the port of a server whose first client (TCP) or socket (UDP) serve() takes."""
    with socket.socket(socket.AF_INET, kind) as listener:
        listener.bind(("127.0.0.1", 0))

        def run():
            if kind == socket.SOCK_DGRAM:
                serve(listener)
                return
            with listener.accept()[0] as client, contextlib.suppress(OSError):
                serve(client)

        if kind == socket.SOCK_STREAM:
            listener.listen()
        thread = threading.Thread(target=run)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.parametrize("no_amplification", ["false", "true"])
def test_it_prints_the_quote_of_the_daemon(quoted, no_amplification):
    daemon = quoted(CONFIG.format(no_amplification))
    for kind, options in (("tcp", ()), ("udp", ("-u",))):
        ipv4, ipv6 = daemon.addresses("qotd.t", kind)
        for target in (f"127.0.0.1:{ipv4}", f"localhost:{ipv4}", f"[::1]:{ipv6}"):
            assert get(*options, target) == (0, "An apple a day\nkeeps\n", ""), target


@pytest.mark.parametrize("options", [(), ("-u",)])
def test_a_dead_port(options):
    kind = socket.SOCK_DGRAM if options else socket.SOCK_STREAM
    name = f"127.0.0.1:{free_port(kind)}"
    reason = "Connection refused; name a QOTD server that runs, as HOST:PORT"
    assert get(*options, name) == (69, "", f"quoted: {name}: {reason}\n")


@pytest.mark.parametrize("options", [(), ("-u",)])
def test_without_a_port_17_and_1717_are_tried(quoted, options):
    """On an address of this machine that nothing else uses, so that the port can be fixed."""
    host = f"127.{os.getpid() % 250 + 2}.{random.randrange(256)}.{random.randrange(1, 255)}"
    kind = "udp" if options else "listen"
    other = "listen" if options else "udp"
    daemon = quoted(f'''quotes = {{"static:An apple"}}
qotd "t" {{
	{kind} = {{"{host}:1717"}}
	{other} = {{}}
}}''')
    assert get(*options, host) == (0, "An apple\n", "")
    daemon.stop()
    reason = "Connection refused; name a QOTD server that runs, as HOST:PORT"
    assert get(*options, host) == (69, "", f"quoted: {host}, ports 17 and 1717: {reason}\n")


def test_an_unknown_host():
    status, output, message = get("no-such-host.invalid")
    # Without a name server the system cannot know that there is no such host.
    assert status in (68, 75) and output == ""
    assert message.startswith("quoted: no-such-host.invalid: ") and "; " in message


def test_wrong_usage():
    assert get("a:0")[0] == 64
    assert get("a", "b") == (64, "", "quoted: b: one server is enough; name only one\n")
    assert "quoted get [OPTION]... [HOST[:PORT]]" in get("--help")[1]


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_peer_that_never_answers(kind):
    asked = []

    def serve(client):
        client.settimeout(2)
        with contextlib.suppress(TimeoutError):
            while kind == socket.SOCK_DGRAM or not asked:
                asked.append(client.recv(4096))

    with peer(serve, kind) as port:
        begun = time.monotonic()
        options = ("-u",) if kind == socket.SOCK_DGRAM else ()
        status, output, message = get("-t", 1, *options, f"127.0.0.1:{port}")
        assert 0.9 < time.monotonic() - begun < 10
    wanted = f"quoted: 127.0.0.1:{port}: no answer within 1 s; wait longer with --timeout\n"
    assert (status, output, message) == (75, "", wanted)
    assert len(asked) == (3 if kind == socket.SOCK_DGRAM else 1)


def test_a_lost_datagram_is_asked_for_again():
    def serve(client):
        client.recvfrom(4096)
        question, sender = client.recvfrom(4096)
        assert len(question) == 512
        client.sendto(b"late\r\n", sender)

    with peer(serve, socket.SOCK_DGRAM) as port:
        assert get("-u", "-t", 3, f"127.0.0.1:{port}") == (0, "late\n", "")


def test_a_peer_that_does_not_end():
    def serve(client):
        client.sendall(b"half a quote")
        client.recv(1)

    with peer(serve) as port:
        status, output, message = get("-t", 1, f"127.0.0.1:{port}")
    assert (status, output) == (75, "half a quote\n")
    assert "the quote did not end within 1 s" in message


def test_a_peer_that_sends_an_octet_at_a_time_for_ever():
    def serve(client):
        while True:
            client.sendall(b".")
            time.sleep(0.01)

    with peer(serve) as port:
        begun = time.monotonic()
        assert get("-t", 1, f"127.0.0.1:{port}")[0] == 75
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize("options, most", [((), 65536), (("-n", 100), 100)])
def test_endless_octets(options, most):
    def serve(client):
        while True:
            client.sendall(b"x" * 65536)

    with peer(serve) as port:
        status, output, message = get(*options, f"127.0.0.1:{port}")
    assert (status, len(output)) == (76, most + 1)
    assert message.endswith(f": more than {most} octets came; take more with --length\n")


def test_a_datagram_that_is_too_long():
    def serve(client):
        client.sendto(b"x" * 101, client.recvfrom(4096)[1])

    with peer(serve, socket.SOCK_DGRAM) as port:
        assert get("-u", "-n", 100, f"127.0.0.1:{port}")[0] == 76


def test_hostile_octets_are_escaped():
    def serve(client):
        client.sendall(b"\x1b]0;owned\x07\x1b[2J\xff\r\n\x9b31m\0")

    with peer(serve) as port:
        wanted = "\\x1B]0;owned\\x07\\x1B[2J\\xFF\n\\x9B31m\\x00\n"
        assert get(f"127.0.0.1:{port}") == (0, wanted, "")


def test_an_answer_without_a_quote():
    with peer(lambda client: None) as port:
        name = f"127.0.0.1:{port}"
        reason = "answered without a quote; look into its log"
        assert get(name) == (69, "", f"quoted: {name}: {reason}\n")


def test_a_reset_after_half_a_quote():
    def serve(client):
        client.sendall(b"half")
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    with peer(serve) as port:
        status, output, message = get(f"127.0.0.1:{port}")
    assert status == 69 and output in ("half\n", "")
    assert "Connection reset by peer; " in message


def test_output_that_cannot_be_written(quoted):
    port = quoted(CONFIG.format("false")).port("qotd.t")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [DAEMON, "get", f"127.0.0.1:{port}"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 74 and done.stderr.startswith(b"quoted: standard output: ")
