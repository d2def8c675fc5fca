"""QOTD (RFC 865), with nc and with sockets."""

import re
import signal
import select
import socket
import subprocess
import time

from conftest import wait_until

QUOTE = "An apple a day"
ANSWER = b"An apple a day\r\n"
CONFIG = """quotes = {"static:%s"}
qotd "default" {
	listen = {"%s"}
	udp = {"%s"}
	%s
}
"""


def config(extra="", tcp="localhost:0", udp="localhost:0", quote=QUOTE):
    return CONFIG % (quote, tcp, udp, extra)


def nc(*arguments, text=b""):
    command = ["nc", *map(str, arguments)]
    return subprocess.run(command, input=text, capture_output=True, timeout=30).stdout


def connect(port):
    return socket.create_connection(("127.0.0.1", port), 30)


def read_all(client):
    parts = []
    while part := client.recv(4096):
        parts.append(part)
    return b"".join(parts)


def ask_udp(port, payload=b"", host="127.0.0.1", family=socket.AF_INET, timeout=30):
    with socket.socket(family, socket.SOCK_DGRAM) as client:
        client.settimeout(timeout)
        client.connect((host, port))
        client.send(payload)
        try:
            return client.recv(4096)
        except TimeoutError:
            return None


def test_nc_on_both_wires_and_families(quoted):
    daemon = quoted(config())
    tcp = daemon.port("qotd.default", "tcp")
    udp = daemon.port("qotd.default", "udp")
    for host in ("127.0.0.1", "::1"):
        assert nc("-w5", host, tcp) == ANSWER
        assert nc("-u", "-w1", host, udp, text=b"\n") == ANSWER
    assert ask_udp(udp) == ANSWER
    assert ask_udp(udp, host="::1", family=socket.AF_INET6) == ANSWER


def test_input_is_discarded(quoted):
    daemon = quoted(config())
    tcp = daemon.port("qotd.default", "tcp")
    udp = daemon.port("qotd.default", "udp")
    for rubbish in (b"\0" * 70000, b"GET / HTTP/1.1\r\n\r\n", bytes(range(256)) * 100):
        with connect(tcp) as client:
            client.sendall(rubbish)
            assert read_all(client) == ANSWER
        assert ask_udp(udp, rubbish[:60000]) == ANSWER


def test_connections_over_the_limit_wait(quoted):
    daemon = quoted(config("max_connections = 1\n\tlinger_ms = 60000"))
    port = daemon.port("qotd.default", "tcp")
    with connect(port) as first, connect(port) as second:
        assert read_all(first) == ANSWER
        second.settimeout(0.3)
        try:
            assert second.recv(1) is None, "answered although over the limit"
        except TimeoutError:
            pass
        first.close()
        second.settimeout(30)
        assert read_all(second) == ANSWER


def test_connections_of_one_prefix_are_limited(quoted):
    daemon = quoted(config("max_per_prefix = 2\n\tlinger_ms = 60000"))
    port = daemon.port("qotd.default", "tcp")
    clients = [connect(port) for _ in range(3)]
    assert [read_all(client) for client in clients] == [ANSWER, ANSWER, b""]
    assert "refused" not in daemon.log()
    for client in clients:
        client.close()
    wait_until(lambda: nc("-w5", "127.0.0.1", port) == ANSWER)
    assert daemon.stop() == 0
    assert re.search(
        r"warning qotd.default: \d+ connections? refused, over max_per_prefix 2 of 127.0.0.0/24\n", daemon.log()
    )


def test_udp_budget_and_report(quoted):
    daemon = quoted(config("udp_limit_loopback = true\n\tudp_prefix_burst = 3\n\tudp_prefix_per_second = 1"))
    port = daemon.port("qotd.default", "udp")
    answers = [ask_udp(port, timeout=0.2) for _ in range(10)]
    assert answers[:3] == [ANSWER] * 3
    assert answers.count(None) >= 4
    assert daemon.stop() == 0
    told = re.findall(
        r"warning qotd.default: (\d+) datagrams refused, over udp_prefix_per_second 1 of 127.0.0.0/24",
        daemon.log(),
    )
    assert sum(map(int, told)) == answers.count(None)


def count_answers(sockets):
    answers = []
    for client in sockets:
        try:
            while True:
                answers.append(client.recv(2048))
        except BlockingIOError:
            pass
    return answers


def test_udp_has_a_bound_however_many_senders_ask(quoted):
    """Each /24 of 127.0.0.0/8 is a network of its own. 3,000 datagrams of 60 of them ask for more than any budget."""
    quote = "x" * 509
    daemon = quoted(config("udp_limit_loopback = true", udp="127.0.0.1:0", quote=quote))
    port = daemon.port("qotd.default", "udp")
    clients = []
    for network in range(60):
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        client.setblocking(False)
        client.bind((f"127.0.{network}.1", 0))
        client.connect(("127.0.0.1", port))
        clients.append(client)
    begin = time.monotonic()
    answers = {client: [] for client in clients}
    for client in clients:
        for _ in range(50):
            client.send(b"")
            if len(answers[client]) < 20 and sum(map(len, answers.values())) < 500:
                select.select([client], [], [], 30)
            answers[client] += count_answers([client])
    daemon.stop()
    for client in clients:
        answers[client] += count_answers([client])
    seconds = time.monotonic() - begin
    for client in clients:
        assert len(answers[client]) <= 20 + 5 * seconds + 1
        client.close()
    everything = [answer for client in clients for answer in answers[client]]
    assert 500 <= len(everything) <= 500 + 200 * seconds + 1
    assert {len(answer) for answer in everything} == {511}
    assert "datagrams refused, over udp_prefix_per_second 5 of 127.0." in daemon.log()
    assert "datagrams refused, over udp_global_per_second 200\n" in daemon.log()


def test_udp_beyond_loopback_is_refused(quoted):
    daemon = quoted(config(udp="*:0"), ready=False)
    daemon.exits_with = {78}
    assert daemon.process.wait(30) == 78
    assert "amplifier" in daemon.log()


def test_no_quote_fits(quoted):
    daemon = quoted(config(quote="x" * 600))
    port = daemon.port("qotd.default", "tcp")
    assert [nc("-w5", "127.0.0.1", port) for _ in range(3)] == [b""] * 3
    assert daemon.log().count("no quote fits") == 1


def test_drain_lets_an_answered_client_finish(quoted):
    daemon = quoted(config("linger_ms = 60000"))
    with connect(daemon.port("qotd.default", "tcp")) as client:
        assert client.recv(1) == b"A"
        daemon.process.send_signal(signal.SIGTERM)
        client.sendall(b"still here")
        assert read_all(client) == ANSWER[1:]
    assert daemon.process.wait(30) == 0
