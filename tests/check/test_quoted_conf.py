"""config/quoted.conf agrees with the tables of settings, and the daemon can read it."""

import os
import pathlib
import re
import subprocess

SOURCE = pathlib.Path(os.environ["QUOTED_SOURCE"])
BUILD = pathlib.Path(os.environ["QUOTED_BUILD"])
CONF = SOURCE / "config" / "quoted.conf"


def check(path):
    return subprocess.run(
        [os.environ["QUOTED"], "-t", "-c", path, "-s", "x"], capture_output=True, text=True
    )


def test_it_has_every_setting_with_its_default():
    printed = subprocess.run([BUILD / "bin" / "print_settings"], capture_output=True, check=True)
    assert CONF.read_bytes() == printed.stdout, "regenerate it: bin/print_settings >config/quoted.conf"


def test_it_lacks_only_a_front_end():
    result = check(CONF)
    reason = 'no front end shows quotes; add a section such as qotd "default" {}'
    assert (result.returncode, result.stderr) == (78, f"quoted: {CONF}: {reason}\n")


def test_it_is_read_without_its_comment_signs(tmp_path):
    """The file leaves empty what mail and IRC require; the test fills it in."""
    lines = []
    for line in CONF.read_text().splitlines():
        match = re.match(r'(\t?)#(\w+ (= |")|\}$)', line)
        lines.append(line.replace("#", "", 1) if match else line)
    text = "\n".join(lines) + "\n"
    for name, empty, value in (("address", "{}", "quote@example.org"), ("contact", '""', "a@b")):
        assert text.count(f"\t{name} = {empty}\n") == 1, name
        text = text.replace(f"\t{name} = {empty}\n", f'\t{name} = "{value}"\n')
    live = tmp_path / "quoted.conf"
    live.write_text(text)
    result = check(live)
    assert (result.returncode, result.stderr) == (0, "")
