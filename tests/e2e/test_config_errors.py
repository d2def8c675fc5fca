"""What -t says about wrong configurations: config_errors/NAME.conf and what it prints, NAME.txt.

After a change on purpose: in that folder, quoted -t -c NAME.conf 2>NAME.txt
"""

import pathlib
import subprocess

import pytest

from conftest import DAEMON

FOLDER = pathlib.Path(__file__).parent / "config_errors"
NAMES = sorted(path.stem for path in FOLDER.glob("*.conf"))


def test_there_are_many():
    assert len(NAMES) >= 50
    assert sum(path.read_text(errors="replace").count("\n") for path in FOLDER.glob("*.txt")) > 150


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_is_named(name):
    result = subprocess.run(
        [DAEMON, "-t", "-c", f"{name}.conf"], cwd=FOLDER, capture_output=True, text=True, timeout=60
    )
    assert result.stdout == ""
    assert result.stderr == (FOLDER / f"{name}.txt").read_text()
    assert result.returncode == 78


@pytest.mark.parametrize("name", ["sources_several", "sources_charset", "numbers_high"])
def test_a_start_names_them_too(name):
    result = subprocess.run(
        [DAEMON, "-c", f"{name}.conf"], cwd=FOLDER, capture_output=True, text=True, timeout=60
    )
    assert result.stderr == (FOLDER / f"{name}.txt").read_text()
    assert result.returncode == 78
