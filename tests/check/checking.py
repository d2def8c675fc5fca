"""Runs a checker of scripts/ on a tree made for the test, or on this one."""

import os
import pathlib
import subprocess

SOURCE = pathlib.Path(os.environ["QUOTED_SOURCE"])
BUILD = pathlib.Path(os.environ["QUOTED_BUILD"])


def plant(tree, files):
    """Writes files (path: text) below tree."""
    for name, text in files.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def check(name, tree, *arguments):
    """Returns (whether the tree passes, what was printed)."""
    command = [SOURCE / "scripts" / f"check_{name}", tree, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    return done.returncode == 0, done.stdout + done.stderr


def passes(name, tree, *arguments):
    fine, output = check(name, tree, *arguments)
    assert fine, output


def finds(name, tree, words):
    """The checker fails and its output has words."""
    fine, output = check(name, tree)
    assert not fine and words in output, output
