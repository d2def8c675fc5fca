"""quoted quote and fortune(6), side by side."""

import os
import re
import subprocess

import pytest
from conftest import DAEMON

FORTUNE = "/usr/games/fortune"
STRFILE = "/usr/bin/strfile"
TEXTS = {
    "one": "the Apple of my eye\n\t\t-- Me\n%\n",
    "few": "the Apple\n%\nfew pears\n%\n",
    "many": "many\napples\n%\nmore\n%\nan apple too\n%\nlast\n%\n",
    "mixed": "short\n%\n" + "a longer line of words, " * 8 + "\n%\n" + "x" * 19 + "\n%\n",
}


def run(program, line, directory):
    """Runs a command line, in which @ stands for the directory of the files."""
    arguments = [word.replace("@", f"{directory}/") for word in line.split()]
    return subprocess.run([*program, *arguments], capture_output=True, text=True, timeout=60, check=False)


def fortune(line, directory):
    return run([FORTUNE], line, directory)


def quoted(line, directory):
    return run([DAEMON, "quote"], line, directory)


@pytest.fixture(name="files", scope="module")
def files_fixture(tmp_path_factory):
    directory = tmp_path_factory.mktemp("fortunes")
    for name, text in TEXTS.items():
        (directory / name).write_text(text)
        subprocess.run([STRFILE, "-s", directory / name], check=True)
    return directory


def prints_the_same(line, files):
    theirs, mine = fortune(line, files), quoted(line, files)
    assert (mine.returncode, mine.stderr) == (theirs.returncode, theirs.stderr) == (0, "")
    assert mine.stdout == theirs.stdout.expandtabs()


def shares(text):
    """Returns {file: share} of what -f lists; a directory or collection, which is indented less, is not a file."""
    lines = re.findall(r"^( *[0-9.]+)% (\S+)", text, re.M)
    parents = {i for i, (share, _) in enumerate(lines[:-1]) if len(share) < len(lines[i + 1][0])}
    return {os.path.basename(name): float(share) for i, (share, name) in enumerate(lines) if i not in parents}


def lists_the_same(line, files):
    theirs, mine = fortune(line, files), quoted(line, files)
    assert (mine.returncode, theirs.returncode) == (0, 0)
    expected = shares(theirs.stderr)
    # fortune counts a quote that comes twice twice.
    assert len(expected) > 0 and shares(mine.stdout) == pytest.approx(expected, abs=0.3)


def matches_the_same(line, files):
    theirs, mine = fortune(line, files), quoted(line, files)
    assert mine.stdout == theirs.stdout
    if theirs.stdout:
        assert (mine.returncode, mine.stderr) == (0, theirs.stderr)
    else:
        assert mine.returncode == 1 and "no quote matches" in mine.stderr


def draws_the_same(line, files):
    """Fails unless both draw the same quotes; there are few, so that many tries draw each of them."""
    mine = {text.strip() for text in quoted(f"--seed 1 --count 100 {line}", files).stdout.split("\n%\n")}
    theirs = set()
    for _ in range(300):
        theirs.add(fortune(line, files).stdout.strip().expandtabs())
        if not theirs < mine:
            break
    assert theirs == mine and "" not in mine


def refuse(line, files):
    theirs, mine = fortune(line, files), quoted(line, files)
    assert theirs.returncode != 0 and mine.returncode != 0
    assert mine.stdout == "" and mine.stderr.startswith("quoted: ") and mine.stderr.count("\n") == 1


LINES = [
    (prints_the_same, "@one"),
    (prints_the_same, "-c @one"),
    (prints_the_same, "-u @one"),
    (prints_the_same, "-s @one"),
    (prints_the_same, "-a @one"),
    (prints_the_same, "-e @one"),
    (prints_the_same, "-cus @one"),
    (prints_the_same, "-i @one"),
    (prints_the_same, "-icu @one"),
    (prints_the_same, "-sn 60 @one"),
    (prints_the_same, "-sn60 @one"),
    (prints_the_same, "-- @one"),
    (prints_the_same, "-s -n 60 @one"),
    (prints_the_same, "-l -n 5 @one"),
    (prints_the_same, "100% @one"),
    (draws_the_same, "@few"),
    (draws_the_same, "@few @one"),
    (draws_the_same, "@mixed"),
    (draws_the_same, "-s @mixed"),
    (draws_the_same, "-l @mixed"),
    (draws_the_same, "-s -n 10 @mixed"),
    (draws_the_same, "-l -n 10 @mixed"),
    (draws_the_same, "-e @few @one"),
    (draws_the_same, "0% @few @one"),
    (draws_the_same, "40% @few 60% @one"),
    (draws_the_same, "-e 30% @few 70% @one"),
    (draws_the_same, "-s -l @mixed"),
    (draws_the_same, "-l -s @mixed"),
    (draws_the_same, "-ls -n 10 @mixed"),
    (lists_the_same, "-f @few @many"),
    (lists_the_same, "-f -e @few @many"),
    (lists_the_same, "-f -s -w -n 5 @few @many"),
    (lists_the_same, "-f 30% @few @many"),
    (lists_the_same, "-f 30% @few 70% @many"),
    (lists_the_same, "-f @"),
    (lists_the_same, "-f -c @few @many"),
    (lists_the_same, "-f -i @few @many"),
    (lists_the_same, "-iuf @few @many"),
    (lists_the_same, "-f -l -n 3 @"),
    (lists_the_same, "-fe @"),
    (lists_the_same, "-f computers"),
    (lists_the_same, "-f 10% computers 90% linux"),
    (lists_the_same, "-f es/off"),
    (lists_the_same, "-f -o"),
    (lists_the_same, "-f -a"),
    (lists_the_same, "-f -a -o"),
    (lists_the_same, "-f -s -l @few @many"),
    (lists_the_same, "-f -e 30% @few 70% @many"),
    (lists_the_same, "-f -e 30% @few @one @many"),
    (matches_the_same, "-m apple @few @many"),
    (matches_the_same, "-i -m apple @few @many"),
    (matches_the_same, "-m ^apples @few @many"),
    (matches_the_same, "-m m.*e$ @many"),
    (matches_the_same, "-m few\\|last @few @many"),
    (matches_the_same, "-s -n 6 -m e @many"),
    (matches_the_same, "-m nothing @few"),
    (matches_the_same, "-c -m more @many"),
    (matches_the_same, "-im APPLE @few @many"),
    (matches_the_same, "-mapple @few @many"),
    (matches_the_same, "-um apple @few @many"),
    (matches_the_same, "-m [Aa]pple @few"),
    (matches_the_same, "-w -m apple @few @many"),
    (matches_the_same, "-f -m apple @few @many"),
    (matches_the_same, "-m apple -f @few @many"),
    (matches_the_same, "-e -m apple @few @many"),
    (matches_the_same, "30% @few 70% @many -m more"),
    (refuse, "@nowhere"),
    (refuse, "no-such-file"),
    (refuse, "60% @few 60% @many"),
    (refuse, "60% @few"),
    (refuse, "2.5% @few @many"),
    (refuse, "-z @few"),
    (refuse, "-m"),
]


@pytest.mark.parametrize("check, line", LINES)
def test_side_by_side(files, check, line):
    check(line, files)


def test_files_split_a_percentage_equally(files):
    """As fortune draws; it lists such files as if theirs were 100%."""
    listed = shares(quoted("-f -e 70% @ 30% computers", files).stdout)
    assert listed == {"computers": 30, **dict.fromkeys(TEXTS, 17.5)}


def test_the_version_is_one_line(files):
    for program in (fortune, quoted):
        done = program("-v nothing else", files)
        assert done.returncode == 0 and done.stdout.count("\n") == 1
    assert quoted("-v", files).stdout.startswith("quoted ")
