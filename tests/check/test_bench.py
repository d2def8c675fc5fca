"""scripts/bench still works: a short round of each subject without its peers, and the parts it is made of."""

import importlib.machinery
import importlib.util
import os
import pathlib
import re
import subprocess
import sys

import pytest

SOURCE = pathlib.Path(os.environ["QUOTED_SOURCE"])
BENCH = SOURCE / "scripts" / "bench"
SUBJECTS = "core qotd web mail irc shell mixed idle".split()


def bench(*arguments):
    return subprocess.run([BENCH, *arguments], capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(name="module", scope="module")
def module_fixture():
    loader = importlib.machinery.SourceFileLoader("bench", str(BENCH))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench", loader))
    loader.exec_module(module)
    return module


def test_a_round_of_each_subject():
    done = bench("--smoke", "all")
    assert done.returncode == 0, done.stderr
    tables = dict(re.findall(r"^## (\w+)\n\n((?:\|.*\n)+)", done.stdout, re.MULTILINE))
    assert list(tables) == SUBJECTS
    assert "| letters, mails/s |" in tables["mail"]
    for name, table in tables.items():
        heads, _, *rows = ([cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines())
        ours = next(i for i, head in enumerate(heads) if head.startswith("quoted"))
        # Sanitizers have an allocator of their own, so that a measure of memory can be below 0.
        assert rows and all(re.match(r"-?[\d,.]+", row[ours]) for row in rows), (name, rows)


@pytest.mark.parametrize("arguments", [(), ("--smoke",), ("nosuch",), ("qotd", "nosuch"), ("probe", "1")])
def test_wrong_usage(arguments):
    done = bench(*arguments)
    assert done.returncode == 64 and "usage: scripts/bench" in done.stderr


def test_the_table_has_medians_and_ratios(module, capsys):
    rounds = {
        "reference": [{"rate": 2000.0}, {"rate": 1000.0}, {"rate": 9000.0}],
        "quoted": [{"rate": 3000.0, "own": 0.25}, {"rate": 1.0, "own": 0.5}, {"rate": 4000.0, "own": 0.75}],
    }
    module.print_table("x", "reference", rounds)
    assert capsys.readouterr().out == (
        "\n## x\n\n| | reference | quoted |\n|---|--:|--:|\n"
        "| rate | 2,000 (1.00) | 3,000 (1.50) |\n| own | – | 0.50 |\n"
    )


def test_a_peer_that_is_not_there_is_left_out(module, capsys):
    servers = sys.modules["servers"]
    ended = []

    class Started:
        def end(self):
            ended.append(self)

    def starter():
        return servers.need("no-such-program", "nginx-light")

    started = module.start([Started, starter])
    assert len(started) == 1 and not ended
    message = "bench: left out: nginx-light is not installed; run scripts/install bench\n"
    assert capsys.readouterr().err == message

    def broken():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        module.start([Started, broken])
    assert len(ended) == 1, "a server was left running"


def test_a_bot_that_does_not_come_is_ended(module):
    ended = []

    class Silent:
        def end(self):
            ended.append(self)

    channel = sys.modules["chat"].Channel()
    with pytest.raises(TimeoutError):
        channel.admit(Silent(), timeout=0.1)
    channel.close()
    assert len(ended) == 1
