"""The status front end: metrics through promtool, values that move, readiness."""

import json
import re
import signal
import smtplib
import socket
import subprocess
import urllib.error
import urllib.request

import pytest
from conftest import free_port, wait_until
from test_irc import Client, Server
from test_mail import start_relay

CONFIG = """
quotes = {{"fortune:{quotes}"}}
qotd "default" {{ listen = {{"127.0.0.1:0"}} udp = {{"127.0.0.1:0"}} }}
web "default" {{ listen = {{"127.0.0.1:0"}} max_per_prefix = 1 }}
mail "default" {{
    address = "quote@example.org"
    smtp = {{"127.0.0.1:0"}}
    relay = "127.0.0.1:{relay}"
    sender_per_hour = 1
}}
irc "test" {{
    server = "127.0.0.1"
    port = {irc}
    tls = false
    contact = "admin@example.org"
    channels = {{"#quotes"}}
    interval = 0
    reconnect_first = 1
    reconnect_last = 1
}}
status "default" {{ listen = {{"127.0.0.1:0"}} }}
"""


def fetch(daemon, path):
    """Returns the status and the content of an answer of the status front end."""
    url = f"http://127.0.0.1:{daemon.port('status.default')}{path}"
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def read_metrics(daemon):
    """Returns each sample with its value."""
    samples = {}
    for line in fetch(daemon, "/metrics")[1].splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert name not in samples, name
            samples[name] = float(value)
    return samples


def of(name, frontend, **labels):
    words = {"frontend": frontend, **labels}
    return name + "{" + ",".join(f'{key}="{value}"' for key, value in words.items()) + "}"


@pytest.fixture(name="scene")
def scene_fixture(quoted, tmp_path):
    """A daemon with every front end, whose relay answers and whose IRC server does not run yet."""
    directory = tmp_path / "irc"
    directory.mkdir()
    directory.chmod(0o755)
    for parent in directory.parents[:3]:
        parent.chmod(0o755)
    quotes = tmp_path / "fortunes"
    quotes.write_text("An apple a day\n%\nkeeps the doctor away\n%\n")
    sink, controller = start_relay(free_port())
    server = Server(str(directory))
    daemon = quoted(CONFIG.format(quotes=quotes, relay=controller.port, irc=server.port))
    daemon.quotes = quotes
    daemon.irc = server
    daemon.sink = sink
    yield daemon
    server.kill()
    controller.stop()


def send_mail(daemon, sender):
    message = f"From: {sender}\r\nMessage-ID: <{sender}>\r\n\r\nhello\r\n"
    with smtplib.SMTP("127.0.0.1", daemon.port("mail.default"), timeout=30) as client:
        client.sendmail(sender, ["quote@example.org"], message)


def ask_qotd(daemon):
    with socket.create_connection(("127.0.0.1", daemon.port("qotd.default")), 30) as client:
        assert client.recv(1024)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(30)
        client.sendto(b"", ("127.0.0.1", daemon.port("qotd.default", "udp")))
        assert client.recv(1024)


def ask_web(daemon):
    port = daemon.port("web.default")
    with socket.create_connection(("127.0.0.1", port), 30) as client:
        client.sendall(b"GET /random.txt HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.recv(4096).startswith(b"HTTP/1.1 200")
        with socket.create_connection(("127.0.0.1", port), 30) as second:
            assert second.recv(4096) == b"", "max_per_prefix is 1"
        client.sendall(b"GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert client.recv(4096).startswith(b"HTTP/1.1 404")


def test_promtool_takes_the_metrics(scene):
    status, text = fetch(scene, "/metrics")
    result = subprocess.run(
        ["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False
    )
    assert (status, result.returncode) == (200, 0), result.stdout + result.stderr
    assert result.stdout + result.stderr == ""


def test_values_move_on_every_wire(scene):
    scene.irc.start()
    scene.wait_log(r"irc.test: joined #quotes")
    ask_qotd(scene)
    ask_web(scene)
    send_mail(scene, "a@example.net")
    send_mail(scene, "mailer-daemon@example.net")
    client = Client.join(scene.irc.port, "asker")
    client.say("PRIVMSG #quotes :!quote zzzzzzzz")
    client.expect(r"NOTICE asker :")
    client.say("PRIVMSG #quotes :!quote")
    client.expect(r"PRIVMSG #quotes :")
    client.close()
    expected = {
        of("quoted_requests_total", "qotd.default"): 2,
        of("quoted_answers_total", "qotd.default"): 2,
        of("quoted_answer_seconds_count", "qotd.default"): 2,
        of("quoted_requests_total", "web.default"): 2,
        of("quoted_answers_total", "web.default"): 1,
        of("quoted_refusals_total", "web.default", reason="not_found"): 1,
        of("quoted_refusals_total", "web.default", reason="max_per_prefix"): 1,
        of("quoted_requests_total", "mail.default"): 2,
        of("quoted_answers_total", "mail.default"): 1,
        of("quoted_answer_seconds_count", "mail.default"): 1,
        of("quoted_refusals_total", "mail.default", reason="automatic"): 1,
        of("quoted_relay_queue", "mail.default"): 0,
        of("quoted_requests_total", "irc.test"): 2,
        of("quoted_answers_total", "irc.test"): 1,
        of("quoted_refusals_total", "irc.test", reason="no_quote"): 1,
        of("quoted_connections", "irc.test"): 1,
        of("quoted_frontend_up", "irc.test"): 1,
        of("quoted_connections", "web.default"): 0,
        "quoted_quotes": 2,
        "quoted_files": 1,
        'quoted_build_info{version="0.1.0"}': 1,
    }

    def moved():
        samples = read_metrics(scene)
        return {name: samples[name] for name in expected} == expected

    wait_until(moved)
    samples = read_metrics(scene)
    assert samples["process_resident_memory_bytes"] > 1e6
    assert samples["process_open_fds"] > 10
    assert samples["quoted_loop_lag_seconds_count"] > 10
    assert 0 < samples["quoted_loop_lag_max_seconds"] < 30


def test_the_queue_of_the_relay(scene):
    scene.sink.delay = 3
    with smtplib.SMTP("127.0.0.1", scene.port("mail.default"), timeout=30) as client:
        client.ehlo()
        client.docmd("MAIL FROM:<b@example.net>")
        client.docmd("RCPT TO:<quote@example.org>")
        client.docmd("DATA")
        client.send(b"From: b@example.net\r\n\r\nhello\r\n.\r\n")
        queue = of("quoted_relay_queue", "mail.default")
        wait_until(lambda: read_metrics(scene)[queue] == 1)
        assert client.getreply()[0] == 250
        wait_until(lambda: read_metrics(scene)[queue] == 0)


def test_reloads_are_counted(scene):
    success, failure = (f'quoted_reloads_total{{result="{word}"}}' for word in ("success", "failure"))
    assert read_metrics(scene)[success] == 0
    scene.process.send_signal(signal.SIGHUP)
    wait_until(lambda: read_metrics(scene)[success] == 1)
    scene.quotes.unlink()
    scene.process.send_signal(signal.SIGHUP)
    wait_until(lambda: read_metrics(scene)[failure] >= 1)
    assert read_metrics(scene)["quoted_last_reload_successful"] == 0
    assert read_metrics(scene)["quoted_quotes"] == 2


def test_ready_once_irc_is_connected(scene):
    wires = ["qotd.default", "web.default", "mail.default", "irc.test"]
    status, text = fetch(scene, "/readyz")
    answer = json.loads(text)
    assert (status, answer["ready"]) == (503, False)
    assert [wire["name"] for wire in answer["wires"]] == wires
    assert [wire["state"] for wire in answer["wires"]] == ["serving"] * 3 + ["connecting"]
    assert fetch(scene, "/healthz") == (200, "ok\n")
    scene.irc.start()
    wait_until(lambda: fetch(scene, "/readyz")[0] == 200)
    assert json.loads(fetch(scene, "/readyz")[1])["ready"] is True
    scene.irc.kill()
    wait_until(lambda: fetch(scene, "/readyz")[0] == 503)


def test_it_is_not_enough_alone(quoted):
    daemon = quoted('quotes = {"static:x"}\nstatus "default" {}\n', ready=False)
    daemon.exits_with = {78}
    assert daemon.process.wait(30) == 78
    assert re.search(r"no front end shows quotes", daemon.log())


def test_no_web_listener_shows_metrics(quoted):
    daemon = quoted('quotes = {"static:x"}\nweb "default" { listen = {"127.0.0.1:0"} }\n')
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{daemon.port('web.default')}/metrics", timeout=30)


RELOAD = """
quotes = {{"static:An apple a day"}}
qotd "default" {{ listen = {{"127.0.0.1:{port}"}} udp = {{}} max_connections = {most} }}
status "default" {{ listen = {{"127.0.0.1:0"}} }}
"""


def test_a_new_instance_goes_on_counting(quoted):
    port = free_port()
    daemon = quoted(RELOAD.format(port=port, most=10))
    path = daemon.log_path.parent / "quoted.conf"
    requests = of("quoted_requests_total", "qotd.default")
    success, failure = (f'quoted_reloads_total{{result="{word}"}}' for word in ("success", "failure"))

    def ask():
        with socket.create_connection(("127.0.0.1", port), 30) as client:
            assert client.recv(1024)

    ask()
    path.write_text(RELOAD.format(port=port, most=20))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"replaced qotd.default")
    ask()
    wait_until(lambda: read_metrics(daemon)[requests] == 2)
    samples = read_metrics(daemon)
    assert (samples[success], samples[failure]) == (1, 0)
    assert samples[of("quoted_frontend_up", "qotd.default")] == 1
    path.write_text("nonsense\n")
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: read_metrics(daemon)[failure] == 1)
    assert read_metrics(daemon)["quoted_last_reload_successful"] == 0
    path.write_text(RELOAD.format(port=port, most=20) + 'qotd "new" { listen = {"127.0.0.1:0"} udp = {} }\n')
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"added qotd.new")
    assert fetch(daemon, "/readyz")[0] == 200
    assert "qotd.new" in fetch(daemon, "/readyz")[1]
    assert read_metrics(daemon)["quoted_last_reload_successful"] == 1
    path.write_text(RELOAD.format(port=port, most=20))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"removed qotd.new")
    assert "qotd.new" not in fetch(daemon, "/readyz")[1]
    wait_until(lambda: of("quoted_frontend_up", "qotd.new") not in read_metrics(daemon))
    assert read_metrics(daemon)[requests] == 2
