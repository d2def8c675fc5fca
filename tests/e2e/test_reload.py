"""A reload of the configuration: what differs changes, the rest does not notice."""

import datetime
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import urllib.request

import pytest

from conftest import free_port, wait_until

SAMPLE = pathlib.Path(__file__).parents[2] / "config" / "quoted.conf"


def reload(daemon, config=None):
    """Writes the configuration, sends SIGHUP and returns the log line that tells what came of it."""
    path = next(daemon.log_path.parent.glob("quoted.conf"))
    if config is not None:
        path.write_text(config)
    pattern = re.compile(r'quoted(?:: |","message":")(reloaded: [^"\n]*|reload refused[^"\n]*)')
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
    assert "| Before</title>" in get(port, "/", Accept="text/html")
    assert reload(daemon, base + web("title = After")).endswith("on qotd, web; replaced web.default")
    assert "| After</title>" in get(port, "/", Accept="text/html")
    assert len(daemon.addresses("web.default", "tcp")) == 1, "nothing was bound again"


def test_each_instance_reports_its_own_answers(quoted):
    long = f'quotes = {{"static:{"x" * 200}"}}\n'
    daemon = quoted(long + qotd("max_bytes = 100"))
    assert ask(daemon.port("qotd.default")) == ""
    for room in (101, 102):
        assert reload(daemon, long + qotd(f"max_bytes = {room}")).endswith("; replaced qotd.default")
    daemon.stop()
    assert re.findall(r"no quote to send: (\d+) times", daemon.log()) == ["1"]


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


def test_a_reload_of_files_is_logged_in_the_same_words(quoted, tmp_path):
    path = tmp_path / "many"
    path.write_text("".join(f"Quote {i}\n%\n" for i in range(1000)))
    daemon = quoted(f'quotes = {{"fortune:{path}"}}\n' + qotd())
    assert reload(daemon) == "reloaded: 1,000 quotes from 1 file on qotd"
    with open(path, "a") as file:
        file.write("One more\n%\n")
    daemon.wait_log(r"info quoted: reloaded: 1,001 quotes from 1 file\n")


def test_every_problem_is_named_in_one_reload(quoted):
    daemon = quoted(ONE + qotd() + web())
    port = daemon.port("qotd.default")
    bad = (
        'quotes = {"static:Two", "fortune:/nowhere"}\n'
        'collection "a" { sources = {"web:b"} }\n'
        'web "default" { listen = {} }\n' + qotd()
    )
    assert reload(daemon, bad).startswith("reload refused")
    problems = re.findall(r"error quoted: \S+/quoted\.conf:(\d): (.*)", daemon.log())
    assert problems == [
        ("1", "quotes: fortune:/nowhere: No such file or directory"),
        ("2", "collection \"a\": no such source 'web:'; write static:TEXT, fortune:PATH, lines:PATH, json:PATH, csv:PATH or command:ARGV"),
        ("3", 'web.listen is empty; add an address such as "localhost:8017"'),
    ]
    assert ask(port) == "One\r\n"


@pytest.mark.parametrize(
    "bad, reason",
    [
        ("nonsense", "quoted.conf:1: "),
        ('quotes = {"fortune:/nowhere"}\n' + qotd(), "quotes: "),
        ('quotes = {"static:Two"}', "no front end shows quotes"),
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


def test_no_request_is_lost_under_load(quoted):
    """On new connections and on those that stay open, while each section is replaced again and again."""
    daemon = quoted(ONE + qotd() + web())
    ports = daemon.port("qotd.default"), daemon.port("web.default")
    done = threading.Event()
    counts = {"qotd": 0, "new": 0, "kept": 0}
    failures = []

    def serve(name, request):
        while not done.is_set():
            try:
                assert request() == "One"
                counts[name] += 1
            except Exception as error:  # whatever it is, it is the test's result
                failures.append((name, repr(error)))
                return

    kept = http.client.HTTPConnection("127.0.0.1", ports[1], timeout=20)

    def on_kept():
        kept.request("GET", "/random", headers={"User-Agent": "curl/8"})
        return kept.getresponse().read().decode().strip()

    requests = {
        "qotd": lambda: ask(ports[0]).strip(),
        "new": lambda: get(ports[1], "/random", **{"User-Agent": "curl/8"}).strip(),
        "kept": on_kept,
    }
    threads = [threading.Thread(target=serve, args=item) for item in requests.items()]
    for thread in threads:
        thread.start()
    for i in range(6):
        before = dict(counts)
        line = reload(daemon, ONE + qotd(f"linger_ms = {1000 + i}") + web(f"max_age = {100 + i}"))
        assert line.endswith("; replaced qotd.default; replaced web.default")
        wait_until(lambda: failures or all(counts[name] > before[name] + 5 for name in counts))
    done.set()
    for thread in threads:
        thread.join()
    assert not failures


def test_reloads_that_come_too_fast_all_count(quoted):
    daemon = quoted(ONE + web())
    port = daemon.port("web.default")
    path = daemon.log_path.parent / "quoted.conf"
    for i in range(20):
        path.write_text(ONE + web(f"title = T{i}"))
        daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "| T19</title>" in get(port, "/", Accept="text/html"))


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


def test_a_refused_reload_leaves_the_mode_of_a_socket(quoted, tmp_path):
    path = tmp_path / "s"
    taken = socket.create_server(("127.0.0.1", 0))
    mail = f'mail "default" {{ address = "a@b.example" smtp = {{}} lmtp = {{"unix:{path}"}} socket_mode = "%s" }}\n'
    daemon = quoted(ONE + mail % "0600")
    with taken:
        other = f'web "x" {{ listen = {{"127.0.0.1:{taken.getsockname()[1]}"}} }}\n'
        assert reload(daemon, ONE + mail % "0666" + other).startswith("reload refused")
    assert path.stat().st_mode & 0o777 == 0o600
    assert reload(daemon, ONE + mail % "0666").startswith("reloaded: ")
    wait_until(lambda: path.stat().st_mode & 0o777 == 0o666)


def test_a_fifo_as_configuration_does_not_hang(quoted):
    daemon = quoted(ONE + qotd())
    path = daemon.log_path.parent / "quoted.conf"
    path.unlink()
    os.mkfifo(path)
    assert reload(daemon).startswith("reload refused")
    assert ask(daemon.port("qotd.default")) == "One\r\n"


def test_a_part_of_our_own_address_needs_a_restart(quoted):
    port = free_port()
    config = ONE + 'qotd "default" { listen = {"%s:' + f'{port}"}} udp = {{}} }}\n'
    daemon = quoted(config % "*")
    assert reload(daemon, config % "127.0.0.1").startswith("reload refused")
    assert "quoted has this port at an address that includes it: restart quoted" in daemon.log()


def test_a_refused_reload_says_nothing_of_listening(quoted):
    daemon = quoted(ONE + qotd())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = f'web "default" {{ listen = {{"127.0.0.1:{taken.getsockname()[1]}"}} }}\n'
        more = ONE + qotd() + qotd(title="more")
        assert reload(daemon, more + busy).startswith("reload refused")
    assert daemon.addresses("qotd.more", "tcp") == []
    assert reload(daemon, more).endswith("; added qotd.more")
    assert ask(*daemon.addresses("qotd.more", "tcp")) == "One\r\n"


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


# Values that differ from those of the base, for settings without an obvious other value.
OTHER = {
    "quotes": '{"static:Changed"}',
    "timezone": '"Asia/Tokyo"',
    "today_key": '"another"',
    "today_pins": '{"2026-12-25 abcd"}',
    "log_level": '"debug"',
    "user": '"nobody"',
    "state_directory": '"/nowhere"',
    "log_format": '"json"',
    "log_addresses": '"full"',
    "collection.sources": '{"static:Changed"}',
    "collection.include": '{"a*"}',
    "collection.exclude": '{"a*"}',
    "collection.charset": '"UTF-8"',
    "collection.language": '"de-AT"',
    "collections": '{"more"}',
    "listen": '{"127.0.0.1:0", "127.0.0.1:0"}',
    "qotd.udp": '{"127.0.0.1:0"}',
    "web.base_url": '"https://other.example"',
    "web.trusted_proxies": '{"192.0.2.1"}',
    "web.socket_mode": '"0600"',
    "status.socket_mode": '"0600"',
    "web.title": '"Changed"',
    "web.security_contact": '"mailto:other@example.org"',
    "web.access_log": '"/dev/null"',
    "web.access_log_format": '"json"',
    "mail.address": '"other@example.org"',
    "mail.from_name": '"Other"',
    "mail.smtp": '{"127.0.0.1:0", "127.0.0.1:0"}',
    "mail.lmtp": '{"127.0.0.1:0"}',
    "mail.socket_mode": '"0600"',
    "mail.relay": '{"127.0.0.1:9"}',
    "mail.relay_tls": '"starttls"',
    "mail.relay_ca": '"/etc/ssl/certs/ca-certificates.crt"',
    "mail.hostname": '"other.example.org"',
    "mail.postmaster": '"root@example.org"',
    "mail.trusted_authserv": '"mx.example.org"',
    "mail.sender_domains": '{"example.org"}',
    "mail.recipient_delimiter": '"-"',
    "mail.subscription_time": '"08:00"',
    "irc.server": '"127.0.0.2"',
    "irc.tls": "true",
    "irc.tls_fingerprint": '"%s"' % ("00" * 32),
    "irc.login": '"scram-sha-256"\n    account = "other"',
    "irc.account": '"other"\n    login = "scram-sha-256"',
    "irc.nick": '"other"',
    "irc.username": '"other"',
    "irc.realname": '"other"',
    "irc.contact": '"other@example.org"',
    "irc.channels": '{"#other"}',
    "irc.daily": '{"* 09:00"}',
    "irc.prefix": '"?"',
    "irc.channel_prefix": '{"#other ?"}',
    "irc.channel_commands": '{"#other quote,help"}',
    "irc.channel_collections": '{"#other quotes"}',
    "irc.links": '{"#other"}',
    "irc.relays": '{"bridge"}',
    "irc.ignore": '{"*!*@192.0.2.1"}',
    "irc.inviters": '{"account:alice"}',
    "irc.admins": '{"alice"}',
    "irc.fallback_charset": '"ISO-8859-15"',
}

FIXED = {
    "": {"quotes": '{"static:One"}', "log_repeats": "0"},
    "collection": {"sources": '{"static:Two"}'},
    "qotd": {"listen": '{"127.0.0.1:0"}', "udp": "{}"},
    "web": {"listen": '{"127.0.0.1:0"}'},
    "status": {"listen": '{"127.0.0.1:0"}'},
    "mail": {"address": '"quote@example.org"', "smtp": '{"127.0.0.1:0"}', "relay": '"127.0.0.1:1"'},
    "irc": {"server": '"127.0.0.1"', "port": "1", "tls": "false", "contact": '"me@example.org"'},
}


def all_settings():
    """Yields the section, name and default of each setting, and the numbers that it may have."""
    section = ""
    limits = None
    for line in SAMPLE.read_text().splitlines():
        if head := re.match(r'#(\w+) "\w+" \{', line):
            section = head[1]
        elif span := re.search(r"\((-?\d+) to (-?\d+)\)$", line):
            limits = int(span[1]), int(span[2])
        elif row := re.match(r"\t?#(\w+) = (.*)", line):
            yield section, row[1], row[2], limits
            limits = None


def other_value(section, name, default, limits):
    """Returns a valid value that differs from the one of the base."""
    for key in (f"{section}.{name}" if section else name, name):
        if key in OTHER:
            return OTHER[key]
    if limits is not None:
        value = int(FIXED[section].get(name, default))
        return str(value + 1 if value < limits[1] else value - 1)
    if default in ("true", "false"):
        return "false" if default == "true" else "true"
    assert default == '"random"', f"say another value for {section}.{name}"
    return '"today"'


def configuration(section=None, name=None, value=None):
    """Returns the base, with one setting changed."""
    text = ""
    for kind, settings in FIXED.items():
        settings = {**settings, **({name: value} if kind == section else {})}
        rows = "".join(f"    {key} = {setting}\n" for key, setting in settings.items())
        title = "more" if kind == "collection" else "default"
        text += f'{kind} "{title}" {{\n{rows}}}\n' if kind else rows
    return text


def test_every_setting(quoted, tmp_path):
    password = tmp_path / "password"
    password.write_text("secret\n")
    password.chmod(0o600)
    certificate = tmp_path / "certificate.pem"
    run = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
           "-subj", "/CN=quoted", "-keyout", certificate, "-out", tmp_path / "public.pem"]
    subprocess.run(run, check=True, capture_output=True)
    with certificate.open("a") as file:
        file.write((tmp_path / "public.pem").read_text())
    OTHER["irc.password_file"] = f'"{password}"'
    OTHER["irc.tls_ca"] = f'"{tmp_path}/public.pem"'
    OTHER["irc.tls_certificate"] = f'"{certificate}"'
    OTHER["mail.tls_certificate"] = f'"{certificate}"'
    OTHER["mail.tls_key"] = f'"{certificate}"\n    tls_certificate = "{certificate}"'
    OTHER["irc.tls_key"] = f'"{certificate}"\n    tls_certificate = "{certificate}"'
    for name in ("login", "account"):
        OTHER[f"irc.{name}"] += f'\n    account_password_file = "{password}"'
    OTHER["irc.account_password_file"] = f'"{password}"'
    # Only together.
    OTHER["mail.relay_user"] = f'"me"\nrelay_tls = "starttls"\nrelay_password_file = "{password}"'
    OTHER["mail.relay_password_file"] = f'"{password}"\nrelay_tls = "starttls"\nrelay_user = "me"'
    daemon = quoted(configuration())
    port = daemon.port("qotd.default")
    count = 0
    for section, name, default, limits in all_settings():
        value = other_value(section, name, default, limits)
        line = reload(daemon, configuration(section, name, value))
        what = f"{section}.{name} = {value}: {line}"
        changed = "replaced|changed" if section == "irc" else "replaced"
        expected = "" if section in ("", "collection") else rf"; ({changed}) {section}\.default"
        if name in ("timezone", "user", "state_directory"):
            expected = f"; restart for {name}"
        shown = r"on qotd, web, mail, irc \(connecting\), status"
        assert re.fullmatch(rf"reloaded: \d quotes? from \d files? {shown}{expected}", line), what
        if section != "qotd":
            assert ask(port), what
        assert reload(daemon, configuration()).startswith("reloaded: "), what
        port = daemon.addresses("qotd.default", "tcp")[-1] if section == "qotd" else port
        count += 1
    assert count > 90
