"""A reload of the configuration: what differs changes, the rest does not notice."""

import datetime
import json
import re
import signal
import socket
import urllib.request

import pytest

from conftest import free_port, wait_until


def reload(daemon, config=None):
    """Writes the configuration, sends SIGHUP and returns the log line that tells what came of it."""
    path = next(daemon.log_path.parent.glob("quoted.conf"))
    if config is not None:
        path.write_text(config)
    pattern = re.compile(r"quoted: (reloaded: .*|reload refused.*)")
    count = len(pattern.findall(daemon.log()))
    daemon.process.send_signal(signal.SIGHUP)
    return wait_until(lambda: pattern.findall(daemon.log())[count:])[0]


def ask(port):
    """Returns what QOTD answers."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        return client.makefile("rb").read().decode()


def get(port, path, **headers):
    """Returns the body of a page."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode()


def qotd(more="", title="default"):
    """Returns a section that serves QOTD over TCP."""
    return f'qotd "{title}" {{ listen = {{"127.0.0.1:0"}} udp = {{}} {more} }}\n'


def web(more="", title="default"):
    """Returns a section that serves the web."""
    return f'web "{title}" {{ listen = {{"127.0.0.1:0"}} {more} }}\n'


ONE = 'quotes = {"static:One"}\n'


def test_what_is_the_same_is_not_touched(quoted):
    config = ONE + qotd() + web()
    daemon = quoted(config)
    port = daemon.port("qotd.default")
    with socket.create_connection(("127.0.0.1", daemon.port("web.default")), timeout=20) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8\r\n\r\n")
        assert b"One" in idle.recv(4096)
        assert reload(daemon, config.replace("One", "Two")) == (
            "reloaded: 1 quote from 1 file on qotd, web"
        )
        assert ask(port) == "Two\r\n"
        idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8\r\n\r\n")
        assert b"Two" in idle.recv(4096), "the connection stays open"


def test_a_changed_section_keeps_its_sockets(quoted):
    base = ONE + qotd()
    daemon = quoted(base + web("title = Before"))
    port = daemon.port("web.default")
    assert "<title>Before" in get(port, "/", Accept="text/html")
    assert reload(daemon, base + web("title = After")).endswith("on qotd, web; replaced web.default")
    assert "<title>After" in get(port, "/", Accept="text/html")
    assert len(daemon.addresses("web.default", "tcp")) == 1, "nothing was bound again"


def test_sections_come_and_go(quoted):
    base = ONE + 'collection "more" { sources = {"static:Two"} private = true }\n'
    daemon = quoted(base + qotd())
    first = daemon.port("qotd.default")
    more = qotd('collections = {"more"}', "more")
    assert reload(daemon, base + qotd() + more).endswith("; added qotd.more")
    second = daemon.port("qotd.more")
    assert (ask(first), ask(second)) == ("One\r\n", "Two\r\n")
    assert reload(daemon, base + more).endswith("on qotd.more; removed qotd.default")
    with pytest.raises(ConnectionRefusedError):
        ask(first)
    assert ask(second) == "Two\r\n"
    assert reload(daemon, base + qotd() + more).endswith("; added qotd.default")
    assert ask(daemon.addresses("qotd.default", "tcp")[-1]) == "One\r\n"
    assert ask(second) == "Two\r\n"


@pytest.mark.parametrize(
    "bad, reason",
    [
        ("nonsense", "quoted.conf:1: "),
        ('quotes = {"fortune:/nowhere"}\n' + qotd(), "quotes: "),
        ('quotes = {"static:Two"}', "no front end is configured"),
        (
            'quotes = {"static:Two"}\n' + qotd('collections = {"absent"}'),
            "quoted.conf:2: qotd.collections: no such collection 'absent'",
        ),
        (
            'quotes = {"static:Two"}\n' + qotd() + 'web "x" { listen = {"unix:/nowhere/s"} }',
            "web.x: cannot listen on unix:/nowhere/s",
        ),
        (
            'quotes = {"static:Two"}\n' + qotd("max_bytes = 1"),
            "quoted.conf:2: qotd.max_bytes: 1 is out of range",
        ),
    ],
)
def test_a_bad_configuration_changes_nothing(quoted, bad, reason):
    daemon = quoted(ONE + qotd() + web())
    port = daemon.port("qotd.default")
    assert reload(daemon, bad).startswith("reload refused; everything stays as it was")
    assert reason in daemon.log()
    assert ask(port) == "One\r\n"
    good = 'quotes = {"static:Three"}\n' + qotd() + web()
    assert reload(daemon, good).startswith("reloaded: ")
    assert ask(port) == "Three\r\n"


def test_an_answer_in_flight_is_given_by_the_old_instance(quoted):
    daemon = quoted(ONE + web())
    port = daemon.port("web.default")
    with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8\r\n")
        get(port, "/healthz")
        assert reload(daemon, ONE + web("title = New")).endswith("; replaced web.default")
        slow.sendall(b"\r\n")
        assert b"One" in slow.recv(4096)


def test_reloads_that_come_too_fast_all_count(quoted):
    daemon = quoted(ONE + web())
    port = daemon.port("web.default")
    path = daemon.log_path.parent / "quoted.conf"
    for i in range(20):
        path.write_text(ONE + web(f"title = T{i}"))
        daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "<title>T19" in get(port, "/", Accept="text/html"))


def test_the_settings_of_the_daemon_change(quoted):
    base = ONE + qotd()
    daemon = quoted(base)
    assert "debug" not in daemon.log()
    assert reload(daemon, 'log_level = debug\ntimezone = "Asia/Tokyo"\n' + base).endswith(
        "; restart for timezone"
    )
    daemon.wait_log("debug quoted: the search index is ready")


def test_today_follows_its_key_and_pins(quoted):
    many = ", ".join(f'"static:Quote {i}"' for i in range(50))
    base = f"quotes = {{{many}}}\n" + web()
    daemon = quoted(base)
    port = daemon.port("web.default")
    quote = json.loads(get(port, "/api/v1/quotes/random"))
    today = json.loads(get(port, "/today", Accept="application/json"))
    while quote["id"] == today["id"]:
        quote = json.loads(get(port, "/api/v1/quotes/random"))
    near = [datetime.date.today() + datetime.timedelta(days=i) for i in (-1, 0, 1)]
    pins = ", ".join(f'"{day} {quote["id"]}"' for day in near)
    reload(daemon, f"today_pins = {{{pins}}}\n" + base)
    assert json.loads(get(port, "/today", Accept="application/json"))["id"] == quote["id"]


def test_a_command_starts_and_ends_with_its_collection(quoted):
    base = ONE + qotd()
    live = 'collection "live" { sources = {"command:/bin/echo Live"} weight = 1000000 }\n'
    daemon = quoted(base)
    port = daemon.port("qotd.default")
    reload(daemon, live + base)
    wait_until(lambda: ask(port) == "Live\r\n")
    reload(daemon)
    assert ask(port) in ("Live\r\n", "One\r\n")
    reload(daemon, base)
    assert {ask(port) for _ in range(50)} == {"One\r\n"}


def test_an_address_in_use_refuses_the_reload(quoted):
    taken = socket.create_server(("127.0.0.1", 0))
    base = ONE + qotd()
    daemon = quoted(base)
    with taken:
        other = f'web "x" {{ listen = {{"127.0.0.1:{taken.getsockname()[1]}"}} }}\n'
        assert reload(daemon, base + other).startswith("reload refused")
        assert "web.x: cannot listen on tcp" in daemon.log()
    port = free_port()
    assert reload(daemon, base + f'web "x" {{ listen = {{"127.0.0.1:{port}"}} }}\n').endswith("added web.x")
    assert "One" in get(port, "/random")
