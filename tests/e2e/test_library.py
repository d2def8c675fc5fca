"""The quotes of a running daemon: one a day on all wires, fresh ones after an edit, commands."""

import json
import os
import re
import socket
import subprocess
import threading
import urllib.error
import urllib.request

import pytest
from conftest import DAEMON, wait_until
from test_irc import Client as IrcClient
from test_irc import server_fixture  # noqa: F401 (a fixture)
from test_mail import Client as MailClient
from test_mail import relay  # noqa: F401 (a fixture)


def qotd(daemon, name="qotd.default"):
    with socket.create_connection(("127.0.0.1", daemon.port(name)), timeout=30) as sock:
        return sock.makefile("rb").read().decode()


def web(daemon, path):
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.port('web.default')}{path}")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def words(text):
    """What all wires have in common: the words of the quote."""
    return re.findall(r"\w+", text.replace("|", " "))


WEB_AND_QOTD = """
qotd "default" {{ listen = {{"127.0.0.1:0"}} udp = {{}} }}
web "default" {{ listen = {{"127.0.0.1:0"}} }}
{rest}
"""


def test_today_is_the_same_on_every_wire(quoted, server, relay, tmp_path):  # noqa: F811
    path = tmp_path / "quotes"
    path.write_text("\n%\n".join(f"quote number {i} of\n  many" for i in range(200)))
    config = f"""
quotes = {{"fortune:{path}"}}
timezone = "Pacific/Kiritimati"
qotd "today" {{ listen = {{"127.0.0.1:0"}} udp = {{}} serve = "today" }}
web "default" {{ listen = {{"127.0.0.1:0"}} }}
mail "default" {{ address = "quote@q.example" hostname = "mx.q.example"
    smtp = {{"127.0.0.1:0"}} relay = "127.0.0.1:{relay.port}" }}
irc "test" {{ server = "127.0.0.1" port = {server.port} contact = "admin@example.org"
    channels = {{"#quotes"}} interval = 0 commands_per_minute = 1000 }}
"""
    daemon = quoted(config)
    daemon.wait_log(r"irc\.test: joined #quotes")
    for _ in range(3):  # until no midnight came between
        today = words(qotd(daemon, "qotd.today"))
        page = json.loads(web(daemon, "/today.json"))
        client = IrcClient.join(server.port, "asker")
        client.say("PRIVMSG #quotes :!today")
        said = client.expect(r"PRIVMSG #quotes :(.*)\r\n").group(1)
        client.say(f"PRIVMSG #quotes :!quote {page['id'].upper()}")
        by_id = client.expect(r"PRIVMSG #quotes :(.*)\r\n").group(1)
        client.close()
        before = len(relay.messages)
        MailClient(daemon.port("mail.default")).message(
            "me@x.example", fields="Subject: Today\nTo: quote@q.example"
        )
        wait_until(lambda: len(relay.messages) > before)
        mailed = relay.messages[-1][2].decode().split("\r\n\r\n", 1)[1]
        shell = subprocess.run(
            [DAEMON, "quote", "--today", "-c", str(daemon.log_path.parent / "quoted.conf")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        all_of_them = [words(t) for t in (page["text"], said, by_id, mailed, shell)]
        if all(one == today for one in all_of_them):
            break
    assert all(one[: len(today)] == today for one in all_of_them), (today, all_of_them)
    assert words(web(daemon, f"/q/{page['id']}.txt")) == today
    assert words(web(daemon, f"/q/{page['id'][:8]}.txt")) == today


def test_search_in_a_channel(quoted, server):
    daemon = quoted(
        f"""
collection "mine" {{ sources = {{"static:An apple a day", "static:Étude op. 10"}} }}
collection "staff" {{ sources = {{"static:A secret apple pie"}} private = true }}
irc "test" {{ server = "127.0.0.1" port = {server.port} contact = "admin@example.org"
    channels = {{"#quotes"}} interval = 0 commands_per_minute = 1000 }}
"""
    )
    daemon.wait_log(r"irc\.test: joined #quotes")
    client = IrcClient.join(server.port, "asker")
    for asked, answer in (
        ("!search apple", "PRIVMSG #quotes :An apple a day"),
        ("!quote etude", "PRIVMSG #quotes :Étude"),
        ("!search secret", "NOTICE asker :No quote has that"),
        ("!search in:staff", "NOTICE asker :No quote has that"),
        ("!search in:", 'NOTICE asker :"in:" wants the name'),
        ("!search", "NOTICE asker :Give me a word"),
    ):
        client.say(f"PRIVMSG #quotes :{asked}")
        client.expect(re.escape(answer))
    client.close()


def test_an_edit_shows(quoted, tmp_path):
    directory = tmp_path / "quotes"
    directory.mkdir()
    (directory / "a").write_text("old")
    (directory / "elsewhere").symlink_to(tmp_path / "target")
    (tmp_path / "target").write_text("old")
    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{directory}"}}'))
    assert qotd(daemon) == "old\r\n"
    (directory / "a").write_text("new")
    (tmp_path / "target").write_text("new")
    wait_until(lambda: qotd(daemon) == "new\r\n")
    replaced = tmp_path / "replaced"
    replaced.write_text("swapped")
    os.replace(replaced, directory / "a")
    (directory / "elsewhere").unlink()
    wait_until(lambda: qotd(daemon) == "swapped\r\n")
    (directory / "a").write_text("%\n")
    daemon.wait_log(r"error quoted: reload: quotes: no quote in fortune:.*; the quotes stay")
    assert qotd(daemon) == "swapped\r\n"
    (directory / "b").write_text("back")
    wait_until(lambda: qotd(daemon) == "back\r\n")
    (directory / "b").write_text("by hand")
    daemon.process.send_signal(1)
    wait_until(lambda: qotd(daemon) == "by hand\r\n")


def test_reloads_under_load_fail_no_request(quoted, tmp_path):
    path = tmp_path / "quotes"
    path.write_text("\n%\n".join(f"v0 quote {i}" for i in range(2000)))
    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{path}"}}'))
    stop, bad, counts = threading.Event(), [], [0, 0]

    def ask(index, get):
        while not stop.is_set():
            try:
                text = get()
                if not re.fullmatch(r"v\d+ quote \d+\s*", text):
                    bad.append(text)
                counts[index] += 1
            except OSError as error:
                bad.append(error)

    threads = [
        threading.Thread(target=ask, args=(0, lambda: qotd(daemon))),
        threading.Thread(target=ask, args=(1, lambda: web(daemon, "/random.txt"))),
    ]
    for thread in threads:
        thread.start()
    for version in range(1, 8):
        path.write_text("\n%\n".join(f"v{version} quote {i}" for i in range(2000)))
        daemon.process.send_signal(1)
        wait_until(lambda v=version: qotd(daemon).startswith(f"v{v} "))
    stop.set()
    for thread in threads:
        thread.join()
    assert bad == [] and min(counts) > 20


def test_a_command_says_the_quotes(quoted, tmp_path):
    script = tmp_path / "say"
    script.write_text(f"#!/bin/sh\necho run >> {tmp_path}/runs\nwc -l < {tmp_path}/runs\n")
    script.chmod(0o755)
    rest = f'collection "live" {{ sources = {{"command:{script}"}} reserve = 3 }}'
    daemon = quoted(WEB_AND_QOTD.format(rest=rest))
    seen = [int(qotd(daemon)) for _ in range(3)]
    assert seen[0] == 1
    wait_until(lambda: int(qotd(daemon)) > 5)


def test_a_command_that_fails_leaves_the_rest(quoted, tmp_path):
    flag = tmp_path / "works"
    script = f"command:/bin/sh -c 'test -e {flag} || {{ echo broken >&2; exit 7; }}; echo fresh'"
    rest = f'collection "live" {{ sources = {{"{script}"}} weight = 1000 }}\nquotes = {{"static:calm"}}'
    daemon = quoted(WEB_AND_QOTD.format(rest=rest))
    daemon.wait_log(r"warning quoted: .*command:/bin/sh: exit status 7: broken")
    assert qotd(daemon) == "calm\r\n"
    flag.touch()
    wait_until(lambda: qotd(daemon) == "fresh\r\n")


@pytest.mark.parametrize(
    "rest, error",
    [
        ('timezone = "Mars/Base"', "timezone: no zone 'Mars/Base'"),
        ('today_pins = {"soon x"}', "today_pins: 'soon x' is no date and id"),
        ('collection "a" { sources = {"command:"} }', "no program is named"),
        ('web "x" { collections = {"nothing"} }', "no such collection 'nothing'"),
    ],
)
def test_wrong_settings(quoted, rest, error):
    daemon = quoted(WEB_AND_QOTD.format(rest=rest), "-t", ready=False)
    daemon.exits_with = {78}
    daemon.process.wait(30)
    assert error in daemon.log()


def test_search_by_mail(quoted, relay):  # noqa: F811
    daemon = quoted(
        f"""
quotes = {{"static:An apple a day", "static:Étude op. 10"}}
mail "default" {{ address = "quote@q.example" hostname = "mx.q.example"
    smtp = {{"127.0.0.1:0"}} relay = "127.0.0.1:{relay.port}" }}
web "ready" {{ listen = {{"127.0.0.1:0"}} }}
"""
    )
    port = daemon.port("web.ready")
    request = f"http://127.0.0.1:{port}/search.json?q=apple"

    def ready():
        try:
            return urllib.request.urlopen(request, timeout=30).status == 200
        except urllib.error.HTTPError:
            return False

    wait_until(ready)
    for number, (subject, answer) in enumerate(
        (
            ("search apple -pie", "An apple a day"),
            ("Search nothing", "No quote has that."),
            ("search in:", "wants the name of a collection"),
        )
    ):
        reply = MailClient(daemon.port("mail.default")).message(
            "me@x.example", fields=f"Subject: {subject}\nTo: quote@q.example"
        )
        assert reply.startswith("250"), reply
        assert len(relay.messages) == number + 1
        assert answer in relay.messages[-1][2].decode()
