"""The quotes of a running daemon: one a day on all wires, fresh ones after an edit, commands."""

import email
import email.policy
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest
from conftest import DAEMON, wait_until
from test_irc import Client as IrcClient
from test_irc import server_fixture  # noqa: F401 (a fixture)
from test_mail import Client as MailClient
from test_mail import body
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


def output_of(*command):
    done = subprocess.run(
        [*map(str, command)], capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=True
    )
    return done.stdout.decode()


def test_today_is_the_same_on_every_wire(quoted, server, relay, tmp_path):  # noqa: F811
    """Most of the quotes are too long for QOTD, have too many lines for IRC or are not shown."""
    path, alone = tmp_path / "quotes", tmp_path / "alone"
    kinds = ("of\n  many", "line\n" * 200, "long " * 200, "wide " * 110)
    path.write_text("\n%\n".join(f"quote number {i} {kinds[i % 4]}" for i in range(400)))
    alone.write_text("\n%\n".join(f"quote of the web {i}" for i in range(400)))
    config = f"""
quotes = {{"fortune:{path}"}}
collection "web" {{ sources = {{"fortune:{alone}"}} }}
timezone = "Pacific/Kiritimati"
qotd "today" {{ collections = {{"quotes"}} listen = {{"127.0.0.1:0"}} udp = {{}} serve = "today" }}
web "default" {{ collections = {{"quotes"}} listen = {{"127.0.0.1:0"}} }}
mail "default" {{ collections = {{"quotes"}} address = "quote@q.example" hostname = "mx.q.example"
    smtp = {{"127.0.0.1:0"}} relay = "127.0.0.1:{relay.port}" }}
irc "test" {{ collections = {{"quotes"}} tls = false server = "127.0.0.1" port = {server.port}
    contact = "admin@example.org" channels = {{"#quotes"}} interval = 0
    commands_per_minute = 1000 }}
"""
    daemon = quoted(config)
    daemon.wait_log(r"irc\.test: joined #quotes")
    site = f"http://127.0.0.1:{daemon.port('web.default')}"
    for _ in range(3):  # until no midnight came between
        today = words(output_of("nc", "-w", 30, "127.0.0.1", daemon.port("qotd.today")))
        text = output_of("curl", "-sS", f"{site}/today")
        page = json.loads(output_of("curl", "-sS", f"{site}/today.json"))
        client = IrcClient.join(server.port, "asker")
        client.say("PRIVMSG #quotes :!today")
        said = client.expect(r"PRIVMSG #quotes :(.*) \[\w+\]\r\n").group(1)
        client.say(f"PRIVMSG #quotes :!quote {page['id'].upper()}")
        by_id = client.expect(r"PRIVMSG #quotes :(.*) \[\w+\]\r\n").group(1)
        client.close()
        before = len(relay.messages)
        MailClient(daemon.port("mail.default")).message(
            "me@x.example", fields="Subject: Today\nTo: quote@q.example"
        )
        wait_until(lambda: len(relay.messages) > before)
        mailed = body(email.message_from_bytes(relay.messages[-1][2], policy=email.policy.default))
        config_path = daemon.log_path.parent / "quoted.conf"
        shell = output_of(
            DAEMON, "quote", "--today", "--collection", "quotes", "--config", config_path
        )
        # Behind the quote, the mail says who writes.
        mail_words = words(mailed)[: len(today)]
        others = [words(t) for t in (text, page["text"], said, by_id, shell)] + [mail_words]
        if all(one == today for one in others):
            break
    assert all(one == today for one in others), (today, others)
    assert today[:2] == ["quote", "number"] and today[-2:] == ["of", "many"]
    assert words(web(daemon, f"/q/{page['id']}.txt")) == today
    assert words(web(daemon, f"/q/{page['id'][:8]}.txt")) == today


def test_search_in_a_channel(quoted, server):
    daemon = quoted(
        f"""
log_level = "debug"
collection "mine" {{ sources = {{"static:An apple a day", "static:Étude op. 10"}} }}
collection "staff" {{ sources = {{"static:A secret apple pie"}} private = true }}
irc "test" {{ tls = false server = "127.0.0.1" port = {server.port} contact = "admin@example.org"
    channels = {{"#quotes"}} interval = 0 commands_per_minute = 1000 }}
"""
    )
    daemon.wait_log("the search index is ready")
    daemon.wait_log(r"irc\.test: joined #quotes")
    client = IrcClient.join(server.port, "asker")
    for asked, answer in (
        ("!search apple", "PRIVMSG #quotes :An apple a day"),
        ("!quote etude", "PRIVMSG #quotes :Étude"),
        ("!search secret", "NOTICE asker :No quote matches 'secret'."),
        ("!search in:staff", "NOTICE asker :There is no collection 'staff'."),
        ("!search in:", "NOTICE asker :Write the name of a collection"),
        ("!search", "NOTICE asker :Give a word to search for."),
    ):
        client.say(f"PRIVMSG #quotes :{asked}")
        client.expect(re.escape(answer))
    client.close()


def test_an_edit_shows(quoted, tmp_path):
    directory = tmp_path / "quotes"
    directory.mkdir()
    (directory / "a").write_text("old\n%\n")
    (directory / "elsewhere").symlink_to(tmp_path / "target")
    (tmp_path / "target").write_text("old\n%\n")
    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{directory}"}}'))
    assert qotd(daemon) == "old\r\n"
    (directory / "a").write_text("new\n%\n")
    (tmp_path / "target").write_text("new\n%\n")
    wait_until(lambda: qotd(daemon) == "new\r\n")
    replaced = tmp_path / "replaced"
    replaced.write_text("swapped\n%\n")
    os.replace(replaced, directory / "a")
    (directory / "elsewhere").unlink()
    wait_until(lambda: qotd(daemon) == "swapped\r\n")
    (directory / "a").write_text("%\n")
    daemon.wait_log(r"error quoted: reload: quotes: there are no quotes in fortune:.*; the quotes stay")
    assert qotd(daemon) == "swapped\r\n"
    (directory / "b").write_text("back\n%\n")
    wait_until(lambda: qotd(daemon) == "back\r\n")
    (directory / "b").write_text("by hand\n%\n")
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: qotd(daemon) == "by hand\r\n")


def test_who_writes_slowly_is_waited_for(quoted, tmp_path):
    path = tmp_path / "quotes"
    path.write_text("older")
    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{path}"}}'))
    path.write_text("old")
    wait_until(lambda: qotd(daemon) == "old\r\n")  # it is watched from here on
    write = f"(printf first; sleep 1.2; printf ' and last') >{path}"
    with subprocess.Popen(["/bin/sh", "-c", write]) as writer:
        seen = set()
        wait_until(lambda: seen.add(qotd(daemon)) or "first and last\r\n" in seen)
        assert writer.wait(30) == 0
    assert seen == {"old\r\n", "first and last\r\n"}


def test_a_log_beside_the_quotes_holds_up_nothing(quoted, tmp_path):
    directory = tmp_path / "quotes"
    directory.mkdir()
    (directory / "a").write_text("old\n%\n")
    stop = threading.Event()

    def append():
        while not stop.wait(0.2):
            with open(directory / "log", "a", encoding="utf-8") as log:
                log.write("%\n")

    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{directory}"}}'))
    (directory / "a").write_text("new\n%\n")
    wait_until(lambda: qotd(daemon) == "new\r\n")  # it is watched from here on
    writer = threading.Thread(target=append)
    writer.start()
    try:
        for text in ("one", "two", "three"):
            begun = time.monotonic()
            (directory / "a").write_text(f"{text}\n%\n")
            wait_until(lambda t=text: qotd(daemon) == f"{t}\r\n")
            # Waiting for the log to end would take ten seconds.
            assert time.monotonic() - begun < 9
    finally:
        stop.set()
        writer.join()


def test_reloads_under_load_fail_no_request(quoted, tmp_path):
    path, fresh = tmp_path / "quotes", tmp_path / "fresh"
    path.write_text("\n%\n".join(f"v0 quote {i}" for i in range(2000)))
    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{path}"}}'))
    stop, bad, counts = threading.Event(), [], [0, 0, 0, 0]

    def search():
        try:
            return web(daemon, "/search.json?q=quote")
        except urllib.error.HTTPError as error:  # until the index is made
            assert error.code == 503
            return error.read().decode()

    one = r"v\d+ quote \d+\s*"
    asked = (
        (lambda: qotd(daemon), one),
        (lambda: web(daemon, "/random.txt"), one),
        (lambda: json.loads(web(daemon, "/today.json"))["text"], one),
        # A busy machine may have no time for a search: then that is said.
        (search, r"(?s).*(v\d+ quote \d+|being built|takes too long).*"),
    )

    def ask(index):
        get, expected = asked[index]
        while not stop.is_set():
            try:
                text = get()
                if not re.fullmatch(expected, text):
                    bad.append(text)
                counts[index] += 1
            except (OSError, AssertionError, ValueError) as error:
                bad.append(error)

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(asked))]
    for thread in threads:
        thread.start()
    for version in range(1, 21):
        fresh.write_text("\n%\n".join(f"v{version} quote {i}" for i in range(2000)))
        os.replace(fresh, path)
        if version % 2 == 0:
            daemon.process.send_signal(signal.SIGHUP)
        wait_until(lambda v=version: bad or qotd(daemon).startswith(f"v{v} "))
    wait_until(lambda: bad or min(counts) > 50)
    stop.set()
    for thread in threads:
        thread.join()
    assert bad == []


def test_abandoned_searches_hold_up_nobody(quoted, tmp_path):
    """Each takes as long as a search may; a new search does not wait for all of them, nor a stop for any."""
    path = tmp_path / "quotes"
    path.write_text("\n%\n".join(f"quote{i}" + " slow" * 300 for i in range(4000)))
    rest = f'quotes = {{"fortune:{path}"}}\nweb "other" {{ listen = {{"127.0.0.1:0"}} }}'
    daemon = quoted(WEB_AND_QOTD.format(rest=rest))
    other = f"http://127.0.0.1:{daemon.port('web.other')}/search.json?q=quote7"

    def found():
        try:
            with urllib.request.urlopen(other, timeout=30) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as error:  # until the index is made
            assert error.code == 503
            return False

    def abandon():
        for _ in range(60):
            address = ("127.0.0.1", daemon.port("web.default"))
            with socket.create_connection(address, timeout=30) as sock:
                query = "+".join(["s*"] * 16)
                sock.sendall(f"GET /search?q={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    wait_until(found)
    abandon()
    begun = time.monotonic()
    assert found()
    assert time.monotonic() - begun < 4
    abandon()
    begun = time.monotonic()
    assert daemon.stop(timeout=15) == 0
    assert time.monotonic() - begun < 4


def test_a_command_says_the_quotes(quoted, tmp_path):
    script = tmp_path / "say"
    script.write_text(f"#!/bin/sh\necho run >> {tmp_path}/runs\nwc -l < {tmp_path}/runs\n")
    script.chmod(0o755)
    rest = f'collection "live" {{ sources = {{"command:{script}"}} reserve = 3 }}'
    daemon = quoted(WEB_AND_QOTD.format(rest=rest))
    assert int(wait_until(lambda: qotd(daemon))) == 1
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


def test_a_command_alone_may_fail_at_first(quoted, tmp_path):
    flag = tmp_path / "works"
    script = f"command:/bin/sh -c 'test -e {flag} || exit 7; echo fresh'"
    daemon = quoted(WEB_AND_QOTD.format(rest=f'collection "live" {{ sources = {{"{script}"}} }}'))
    daemon.wait_log(r'collection "live": command:/bin/sh: exit status 7; next try in \d+ s')
    assert "fresh" not in qotd(daemon)
    flag.touch()
    wait_until(lambda: qotd(daemon) == "fresh\r\n")


def has_ended(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_commands_that_hang_hold_up_nothing(quoted, tmp_path):
    path, pids = tmp_path / "quotes", tmp_path / "pids"
    path.write_text("calm")
    script = f"command:/bin/sh -c 'sleep 600 & echo $$ $! >>{pids}; wait'"
    hanging = "\n".join(
        f'collection "h{i}" {{ sources = {{"{script}"}} timeout = 40 }}' for i in range(3)
    )
    rest = f'quotes = {{"fortune:{path}"}}\n{hanging}'
    begun = time.monotonic()
    daemon = quoted(WEB_AND_QOTD.format(rest=rest))
    assert qotd(daemon) == "calm\r\n"
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 6)
    path.write_text("edited")
    wait_until(lambda: qotd(daemon) == "edited\r\n")
    assert daemon.stop(timeout=15) == 0
    wait_until(lambda: all(has_ended(pid) for pid in pids.read_text().split()))
    assert time.monotonic() - begun < 40, "nobody waited for the time to run out"


def shell(*arguments, code=0):
    result = subprocess.run(
        [DAEMON, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == code, result.stderr
    return result


def test_the_shell_runs_the_commands_it_draws(tmp_path):
    runs, config = tmp_path / "runs", tmp_path / "conf"
    say = f"/bin/sh -c 'echo run >>{runs}; wc -l <{runs}'"
    config.write_text(
        f"""
collection "live" {{ sources = {{"command:{say}"}} }}
collection "bad" {{ sources = {{"command:/bin/sh -c 'echo broken >&2; exit 3'"}} }}
collection "calm" {{ sources = {{"static:calm"}} }}
qotd "default" {{}}
"""
    )
    shell("-t", "-c", config)
    assert "live (a command)" in shell("list", "-c", config).stdout
    shell("check", "-c", config)
    assert shell("quote", "--config", config, "--collection", "calm").stdout == "calm\n"
    assert not runs.exists(), "nobody asked it"
    drawn = shell("quote", "--config", config, "--collection", "live", "--count", 4)
    assert drawn.stdout.split("\n%\n") == ["1", "2", "3", "4\n"]
    assert len(runs.read_text().split()) == 4
    reason = 'collection "bad": command:/bin/sh: exit status 3: broken'
    both = ("--collection", "bad", "--collection", "calm")
    drawn = shell("quote", "--config", config, *both, "--count", 50, "--seed", 1)
    assert drawn.stdout.split("\n%\n") == ["calm"] * 49 + ["calm\n"]
    assert 0 < drawn.stderr.count(reason) < 50
    alone = shell("quote", "--config", config, "--collection", "bad", code=1)
    assert alone.stdout == "" and alone.stderr.count(reason) == 1


def test_a_hangup_while_loading_is_not_the_end(quoted, tmp_path):
    path = tmp_path / "quotes"
    path.write_text("\n%\n".join(f"quote {i}" for i in range(300000)))
    rest = f'quotes = {{"fortune:{path}"}}'
    daemon = quoted(WEB_AND_QOTD.format(rest=rest), ready=False)

    def holds_hangups():
        with open(f"/proc/{daemon.pid}/status", encoding="ascii") as status:
            return int(re.search(r"SigBlk:\s*(\w+)", status.read()).group(1), 16) & 1

    wait_until(lambda: holds_hangups() or "ready" in daemon.log())
    assert "ready" not in daemon.log()
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"info quoted: ready")
    daemon.wait_log(r"info quoted: reloaded: 300,000 quotes", timeout=120)


def test_what_is_passed_over_is_told_on_failure(quoted, tmp_path):
    directory = tmp_path / "quotes"
    directory.mkdir()
    (directory / "a").symlink_to("a")
    passed = r"warning quoted: .*/a: Too many levels of symbolic links; skipped\n.*"
    failure = (
        r"^quoted: warning: .*/a: Too many levels of symbolic links; skipped\n"
        r"quoted: .*quotes: there are no quotes in fortune:"
    )
    rest = f'quotes = {{"fortune:{directory}"}}'
    daemon = quoted(WEB_AND_QOTD.format(rest=rest), ready=False)
    daemon.exits_with = {78}
    daemon.process.wait(30)
    assert re.search(failure, daemon.log()), daemon.log()
    assert re.search(failure, shell("list", directory, code=66).stderr)
    (directory / "b").write_text("fine\n%\n")
    daemon = quoted(WEB_AND_QOTD.format(rest=rest))
    (directory / "b").unlink()
    daemon.wait_log(passed + r"error quoted: reload: quotes: there are no quotes in fortune:")
    assert qotd(daemon) == "fine\r\n"


def make_clone(directory):
    """Makes a directory like a cloned repository: 9 quotes in 5 files, and other files."""
    (directory / ".git").mkdir(parents=True)
    (directory / ".git" / "description").write_text("Unnamed\n%\nrepository\n")
    (directory / ".gitignore").write_text("*.dat\n%\n")
    (directory / "de").mkdir()
    (directory / "de" / "witze").write_text("Eins\n%\nZwei\n")
    (directory / "jokes").write_text("Joke one\n%\nJoke two\n")
    (directory / "windows.txt").write_bytes(b"Windows one\r\n%\r\nWindows two\r\n")
    (directory / "mac").write_bytes(b"Mac\rone\r%\rMac two\r")
    (directory / "utf16").write_bytes("\ufeffUtf-16 caf\u00e9\n% \nUtf-16 two\n".encode("utf-16-le"))
    (directory / "motto").write_text("A single motto\n")
    header = (2, 1, 15, 15, 0, ord("%") << 24, 0, 15)
    (directory / "motto.dat").write_bytes(b"".join(n.to_bytes(4, "big") for n in header))
    (directory / "README.md").write_text("# Fortunes\n\nRun make.\n")
    (directory / "LICENSE").write_text("Do what you want.\n")
    (directory / "Makefile").write_text("all:\n\tstrfile jokes\n")
    (directory / "jokes~").write_text("Joke none\n%\n")
    (directory / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 9)
    (directory / "all.tar.gz").write_bytes(b"\x1f\x8b\x08\0" + bytes(range(255, 0, -1)) * 9)
    (directory / "quotes.json").write_text('["Quote one", "Quote two"]\n')


PASSED_OVER = [
    "LICENSE: no delimiter lines",
    "Makefile: no delimiter lines",
    "README.md: no delimiter lines",
    "all.tar.gz: not text",
    "jokes~: a backup, by its name",
    "picture.png: not text",
    "quotes.json: looks like JSON: use json:",
]


def test_of_a_clone_only_the_quotes_are_served(quoted, tmp_path):
    directory = tmp_path / "clone"
    make_clone(directory)
    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{directory}"}}'))
    daemon.wait_log(r"info quoted: ready: 9 quotes from 5 files")
    checked = shell("check", "-v", directory).stdout
    for line in PASSED_OVER:
        assert re.search(f"info quoted: passed over: {directory}/{re.escape(line)}", daemon.log())
        assert f"passed over: {directory}/{line}" in checked, checked
    assert daemon.log().count("passed over") == len(PASSED_OVER) == checked.count("passed over")
    assert f"{directory}/utf16:2: a delimiter followed by blanks" in checked
    assert "9 quotes in 5 files" in checked
    drawn = shell("quote", directory, "--count", 300, "--seed", 1).stdout
    drawn = {quote.strip() for quote in drawn.split("\n%\n")}
    assert drawn == {
        *("Joke one", "Joke two", "Windows one", "Windows two", "Mac\none", "Mac two"),
        *("Utf-16 caf\u00e9", "Utf-16 two", "A single motto"),
    }
    (directory / "LICENSE").write_text("Still\n%\nno quotes\n")
    (directory / "notes").write_text("A note\n")
    daemon.wait_log(rf"passed over: {directory}/notes: no delimiter lines")
    (directory / "notes").write_text("A note\n%\nAnother\n")
    daemon.wait_log(r"info quoted: reloaded: 11 quotes")


def test_hundreds_of_other_files_do_not_flood_the_log(quoted, tmp_path):
    directory = tmp_path / "many"
    directory.mkdir()
    (directory / "jokes").write_text("one\n%\ntwo\n")
    for i in range(250):
        (directory / f"note{i:03}").write_text("a note\n")
    daemon = quoted(WEB_AND_QOTD.format(rest=f'quotes = {{"fortune:{directory}"}}'))
    daemon.wait_log(r"info quoted: passed over: 240 more files; 'quoted check' names all")
    assert daemon.log().count("passed over: ") == 11
    assert shell("check", directory).stdout.count("passed over: ") == 250
    (directory / "jokes").write_text("one\n%\ntwo\n%\nthree\n")
    daemon.wait_log(r"info quoted: reloaded: 3 quotes")
    assert daemon.log().count("passed over: ") == 11, "the same files are not named again"


def test_a_directory_without_quotes_is_an_error(quoted, tmp_path):
    directory = tmp_path / "empty"
    directory.mkdir()
    (directory / "README").write_text("Read me\n")
    (directory / "de").mkdir()
    error = (
        f"fortune:{directory}: has no files of quotes; passed over: {directory}/README: no "
        f"delimiter lines; to read a directory in it, write fortune:{directory}/de"
    )
    assert error in shell("check", directory, code=1).stdout
    assert error in shell("quote", directory, code=66).stderr
    rest = f'quotes = {{"static:x", "fortune:{directory}"}}'
    daemon = quoted(WEB_AND_QOTD.format(rest=rest), ready=False)
    daemon.exits_with = {78}
    daemon.process.wait(30)
    assert error in daemon.log()


def test_a_named_file_is_read_and_told_what_is_odd(tmp_path):
    directory = tmp_path / "clone"
    make_clone(directory)
    (directory / "separators").write_text("one\u2028%\u2028two\u0085", encoding="utf-8")
    (directory / "dashes").write_text("one\n---\ntwo\n---\nthree\n")
    (directory / "doubled").write_text("one\n%%\ntwo\n%%\nthree\n")
    for name, status, said in (
        ("picture.png", 1, "is not text; leave it out of the quotes"),
        ("dashes", 1, "probably not in fortune format: lines of '---' but none of '%'"),
        ("doubled", 0, ":2: lines of two delimiters, taken as delimiters"),
        ("jokes~", 0, "jokes~: 1 quote"),
        ("mac", 0, ":1: a carriage return alone, taken as a line end"),
        ("separators", 0, ":1: a Unicode line end, which ends a line but not a quote"),
    ):
        assert said in shell("check", "-v", directory / name, code=status).stdout


@pytest.mark.parametrize(
    "rest, error",
    [
        ('timezone = "Mars/Base"', "timezone: no zone 'Mars/Base'"),
        ('today_pins = {"soon x"}', "today_pins: 'soon x' is not a date and an id"),
        ('collection "a" { sources = {"command:"} }', "there is no program"),
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
log_level = "debug"
quotes = {{"static:An apple a day", "static:Étude op. 10", "static:{'endless ' * 20}"}}
mail "default" {{ address = "quote@q.example" hostname = "mx.q.example"
    smtp = {{"127.0.0.1:0"}} relay = "127.0.0.1:{relay.port}" max_quote_bytes = 100 }}
"""
    )
    daemon.wait_log("the search index is ready")
    for number, (subject, answer) in enumerate(
        (
            ("search apple -pie", "An apple a day"),
            ("Search nothing", "No quote matches 'nothing'."),
            ("search endless", "The quotes that match are too long for a message here."),
            ("search in:", 'Write the name of a collection right after "in:".'),
        )
    ):
        reply = MailClient(daemon.port("mail.default")).message(
            "me@x.example", fields=f"Subject: {subject}\nTo: quote@q.example"
        )
        assert reply.startswith("250"), reply
        taken = relay.taken(number + 1)
        assert answer in body(email.message_from_bytes(taken[-1][2], policy=email.policy.default))
