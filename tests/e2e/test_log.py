"""The log of the daemon: as it goes to a file, to the journal, and to a program that reads JSON."""

import json
import os
import re
import signal
import smtplib
import subprocess

from conftest import DAEMON, wait_until

CONFIG = 'quotes = {"static:x"}\nqotd "default" {\n\tlisten = {"127.0.0.1:0"}\n\tudp = {}\n}\n'


def run_with_journal(tmp_path, stream_of):
    """Returns what a daemon logs whose JOURNAL_STREAM names the open file stream_of(log)."""
    path = tmp_path / "quoted.conf"
    path.write_text(CONFIG)
    log_path = tmp_path / "log"
    with open(log_path, "wb") as log:
        status = os.fstat(stream_of(log).fileno())
        environment = {**os.environ, "JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"}
        daemon = subprocess.Popen(
            [DAEMON, "-c", path], stdin=subprocess.DEVNULL, stderr=log, env=environment
        )
        wait_until(lambda: b"ready" in log_path.read_bytes() or daemon.poll() is not None)
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(60) == 0
    return log_path.read_text().splitlines()


def test_the_journal_gets_priorities(tmp_path):
    lines = run_with_journal(tmp_path, lambda log: log)
    assert all(line.startswith("<6>") for line in lines), lines
    assert any(line.startswith("<6>qotd.default: listening on tcp 127.0.0.1:") for line in lines), lines
    assert lines[-1] == "<6>quoted: stopping"


def test_a_file_gets_the_time_although_the_variable_is_inherited(tmp_path):
    with open(os.devnull, "rb") as other:
        lines = run_with_journal(tmp_path, lambda _: other)
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ info \w", line) for line in lines), lines


def objects(daemon):
    return [json.loads(line) for line in daemon.log().splitlines()]


def test_json(quoted):
    for config, arguments in ((CONFIG, ["--log-format", "json"]), ('log_format = "json"\n' + CONFIG, [])):
        daemon = quoted(config, *arguments, ready=False)
        daemon.wait_log('"message":"ready: ')
        assert daemon.stop() == 0
        lines = objects(daemon)
        (listening,) = [line for line in lines if line["message"].startswith("listening on tcp 127.0.0.1:")]
        assert list(listening) == ["time", "level", "name", "message"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", listening["time"])
        assert (listening["level"], listening["name"]) == ("info", "qotd.default")
        assert lines[-1]["message"] == "stopping"


def test_the_command_line_wins_over_the_configuration(quoted):
    daemon = quoted('log_format = "json"\n' + CONFIG, "--log-format", "plain")
    assert re.search(r"^\d{4}\S+Z info qotd.default: listening", daemon.log(), re.MULTILINE)


def test_json_also_says_why_there_is_no_daemon(quoted):
    daemon = quoted("nonsense = 1\n" + CONFIG, "--log-format=json", ready=False)
    daemon.exits_with = {78}
    assert daemon.process.wait(60) == 78
    (problem,) = objects(daemon)
    assert problem["level"] == "error" and "quoted.conf:1:" in problem["message"], problem


def test_a_flood_is_counted_and_told_at_the_end(quoted):
    daemon = quoted(
        'log_repeats = 2\nquotes = {"static:x"}\nmail "default" {\n\tsmtp = {"127.0.0.1:0"}\n'
        '\taddress = "quote@q.example"\n}\n'
    )
    with smtplib.SMTP("127.0.0.1", daemon.port("mail.default")) as client:
        for i in range(7):
            client.sendmail(f"noreply@b{i}.example", "quote@q.example", "Subject: x\n\nx")
    assert daemon.stop() == 0
    lines = [line for line in daemon.log().splitlines() if "no answer to" in line]
    assert len(lines) == 3, lines
    assert "b0.example" in lines[0] and "b1.example" in lines[1]
    assert "b6.example" in lines[2] and re.search(r" \(5 more in \d+ s\)$", lines[2]), lines
