"""The front end of CONTRIBUTING.md works as that page has it."""

import os
import pathlib
import re
import socket
import subprocess

import pytest
from conftest import SANITIZER, wait_until

PROGRAM = pathlib.Path(os.environ["QUOTED_BUILD"], "bin/postcard")
PAGE = pathlib.Path(os.environ["QUOTED_SOURCE"], "CONTRIBUTING.md")


@pytest.fixture
def ask(tmp_path):
    """Returns what the front end answers to a datagram."""
    quotes = tmp_path / "quotes"
    quotes.write_text("An apple a day\n%\n" + "Much too long. " * 40)
    process = subprocess.Popen(
        [PROGRAM, f"fortune:{quotes}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.settimeout(30)
    client.connect(("127.0.0.1", int(process.stdout.readline())))

    def question(text):
        client.send(text.encode())
        return client.recv(4096).decode()

    yield question
    client.close()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0 and not SANITIZER.search(errors), errors


def test_example(ask):
    apple = "An apple a day"
    assert ask("\n") == ask("today\r\n") == apple
    wait_until(lambda: "being built" not in ask("apple"))
    assert ask("apple") == apple
    assert ask("pear") == "No quote matches 'pear'."
    assert ask("much") == "The quotes that match are too long for a message here."
    assert ask("in:") == 'Write the name of a collection right after "in:".'


def test_example_is_short():
    lines = re.search(r"^```c$(.*?)^```$", PAGE.read_text(), re.M | re.S).group(1).splitlines()
    assert len([line for line in lines if line.strip()]) < 60
