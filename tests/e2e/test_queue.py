"""quoted queue: what waits for the relay, seen and changed by a person."""

import json
import os
import re
import subprocess

import pytest
from conftest import DAEMON, free_port, wait_until
from test_mail import Client, config, start_relay


@pytest.fixture
def kept(quoted, tmp_path):
    """Messages that a relay refused or put off, and the command on their queue."""
    port = free_port()
    sink, controller = start_relay(port)
    text = f'state_directory = "{tmp_path}/kept"\n' + config(port)
    daemon = quoted(text)
    path = daemon.log_path.parent / "quoted.conf"
    client = Client(daemon.port("mail.default"))
    sink.rcpt_reply = "550 5.1.1 unknown"
    assert client.message("bad@b.example").startswith("250")
    daemon.wait_log("message 1 to .* cannot be delivered")
    sink.rcpt_reply = "450 4.2.0 greylisted"
    assert client.message("late@b.example").startswith("250")
    daemon.wait_log("message 2 to .* is put off")
    sink.rcpt_reply = None

    def command(*words, status=0):
        done = subprocess.run([DAEMON, "queue", "-c", path, *words], capture_output=True, text=True)
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    # The outcome is written after it is logged.
    wait_until(lambda: "sending" not in command("list"))
    yield daemon, sink, command
    controller.stop()


def test_list_retry_drop(kept):
    daemon, sink, command = kept
    first, second = command("list").splitlines()
    assert first.startswith("1 failed mail.default to bad@b.example, since 20")
    assert first.endswith(": the relay replied 550 5.1.1 unknown")
    assert second.startswith("2 waiting mail.default to late@b.example, since 20")
    assert ", tried 1 times, again at 20" in second
    assert second.endswith(": the relay replied 450 4.2.0 greylisted")
    failed, waiting = map(json.loads, command("list", "--json").splitlines())
    assert (failed["id"], failed["state"], failed["again"]) == (1, "failed", None)
    assert waiting["recipient"] == "late@b.example" and waiting["tries"] == 1
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", waiting["again"])
    assert command("retry", "1", "2") == "1 message will be sent again\n" * 2
    assert sorted(message[1] for message in sink.taken(2)) == [["bad@b.example"], ["late@b.example"]]
    wait_until(lambda: command("list") == "")


def test_drop(kept):
    daemon, sink, command = kept
    assert command("drop", "1") == "1 message dropped\n"
    assert command("drop", "1", status=1) == "quoted: there is no message 1, or it is being sent\n"
    assert command("drop", "x", status=64).startswith("quoted: 'x' is not the number of a message")
    assert command("drop", "all") == "1 message dropped\n"
    assert command("list") == ""


def test_the_configuration_may_come_before_the_command(kept):
    daemon, _, command = kept
    path = str(daemon.log_path.parent / "quoted.conf")
    for words in ["-c", path], ["-c" + path], ["--config", path], ["--config=" + path]:
        done = subprocess.run([DAEMON, *words, "queue", "list"], capture_output=True, text=True)
        assert (done.stdout, done.stderr) == (command("list"), "")
    done = subprocess.run([DAEMON, "-c", path, "quote"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout


def test_wrong_usage(tmp_path):
    def run(*words, **more):
        done = subprocess.run([DAEMON, "queue", *words], capture_output=True, text=True,
                              env={**os.environ, **more})
        return done.returncode, done.stdout + done.stderr

    assert run() == (64, "quoted: write quoted queue list, quoted queue retry ID... or quoted queue "
                         "drop ID...; see 'quoted queue --help'\n")
    assert run("--help")[0] == 0
    status, text = run("list", STATE_DIRECTORY=str(tmp_path / "none"))
    assert status == 69 and "No such file or directory" in text
    status, text = run("-c", "/nowhere", "list")
    assert status == 78 and "/nowhere" in text


def test_check_tries_the_state_directory(tmp_path):
    def check(directory, section=""):
        path = tmp_path / "quoted.conf"
        path.write_text(f'state_directory = "{directory}"\nquotes = {{"static:x"}}\nweb "a" {{}}\n{section}')
        done = subprocess.run([DAEMON, "-t", "-c", path], capture_output=True, text=True)
        return done.returncode, done.stderr

    mail = 'mail "a" { address = "quote@q.example" }\n'
    (tmp_path / "file").write_text("x")
    assert check(tmp_path / "file") == (0, "")
    assert check(tmp_path / "not/yet/there", mail) == (0, "")
    assert check("/not-there", mail)[0] == (0 if os.access("/", os.W_OK) else 78)
    assert not (tmp_path / "not").exists()
    status, text = check(tmp_path / "file", mail)
    assert status == 78
    assert text.endswith(f"quoted.conf:1: state_directory: {tmp_path}/file: Not a directory; let quoted write there\n")
