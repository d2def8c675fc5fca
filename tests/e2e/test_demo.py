"""scripts/demo: each line that it prints works as printed, and it leaves nothing behind."""

import os
import pathlib
import re
import signal
import subprocess

import pytest
from conftest import wait_until

DEMO = pathlib.Path(os.environ["QUOTED_SOURCE"]) / "scripts" / "demo"


@pytest.fixture
def demo(tmp_path):
    """Returns (process, its output file) of a running demo whose temporary files are in tmp_path."""
    output = tmp_path / "output"
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with open(output, "wb") as file:
        process = subprocess.Popen(
            [DEMO], stdout=file, stderr=file, env={**os.environ, "TMPDIR": str(scratch)}
        )
    yield process, output, scratch
    process.terminate()
    process.wait(60)


def line(output, wire):
    """Returns the command that the demo prints for a wire."""
    found = re.search(rf"^  {wire} +(.*?)(  +\(or.*)?$", output.read_text(), re.MULTILINE)
    return found and found[1]


def run(command):
    done = subprocess.run(
        ["bash", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done
    return done.stdout


def test_what_the_demo_prints_works(demo):
    process, output, scratch = demo
    wait_until(lambda: "Ctrl-C" in output.read_text() or process.poll() is not None, 60)
    assert process.poll() is None, output.read_text()

    assert run(line(output, "qotd")).strip()
    assert run(line(output, "web")).strip()
    run(line(output, "mail"))
    wait_until(lambda: re.search(r"mail to you@demo.example:\n  \| ", output.read_text()))
    assert re.search(r":quoted!\S+ PRIVMSG #quotes :\S", run(line(output, "irc")))

    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 143
    assert list(scratch.iterdir()) == []
    remains = subprocess.run(["pgrep", "-f", str(scratch)], capture_output=True, text=True)
    assert remains.stdout == ""
