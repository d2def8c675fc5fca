"""The manuals: no mistake, every option, every setting; and the READMEs agree with the settings."""

import os
import re
import subprocess

import pytest
from checking import BUILD, SOURCE

PAGES = {
    "quoted.8": SOURCE / "docs/quoted.8",
    "quoted.conf.5": BUILD / "man/quoted.conf.5",
    **{path.name: path for path in (SOURCE / "docs").glob("quoted-*.[18]")},
}
SETTING = re.compile(r"^\t?#(\w+) = (.*)$", re.M)
COMMON = {"collections", "no_repeat"}


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout


def settings():
    """Returns {section: {setting: default}} of config/quoted.conf; "" is outside of sections."""
    parts = re.split(r'^#(\w+) "\w+" \{$', (SOURCE / "config/quoted.conf").read_text(), flags=re.M)
    found = {"": dict(SETTING.findall(parts[0]))}
    found.update({name: dict(SETTING.findall(text)) for name, text in zip(parts[1::2], parts[2::2])})
    return found


@pytest.mark.parametrize("page", PAGES)
def test_mandoc_has_no_complaint(page):
    # Whether other manuals are installed here is not the page's mistake.
    lines = [line for line in output_of("mandoc", "-T", "lint", PAGES[page]).splitlines()
             if "referenced manual not found" not in line and "outdated mandoc.db" not in line]
    assert lines == []


def test_mandoc_would_complain(tmp_path):
    (tmp_path / "x.1").write_text(".Dt X 1\n.Xy\n")
    assert "unknown macro" in output_of("mandoc", "-T", "lint", tmp_path / "x.1")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_its_sections_and_refers_to_others(page):
    text = PAGES[page].read_text()
    for section in ("NAME", "FILES", "EXAMPLES", "SEE ALSO"):
        assert f"\n.Sh {section}\n" in text, section
    for name, number in re.findall(r"^\.Xr (quoted[\w.-]*) (\d)", text, re.M):
        assert f"{name}.{number}" in PAGES and f"{name}.{number}" != page


@pytest.mark.parametrize("page", [name for name in PAGES if name != "quoted.conf.5"])
def test_a_page_has_every_option(page):
    command = page[len("quoted-"):-len(".1")]
    arguments = [] if page == "quoted.8" else [command]
    known = (BUILD / "completions/bash/quoted").read_text()
    words = re.search(rf"\t{re.escape(command) if arguments else r'[*]'}\) options='([^']*)'", known)[1].split()
    assert "--help" in words
    text = PAGES[page].read_text()
    for word in words:
        form = f"Fl Fl {word[2:]}" if word.startswith("--") else f"Fl {word[1:]}"
        assert re.search(rf"^\.It .*{form}( |$)", text, re.M), word
    documented = {"--" + name for name in re.findall(r"Fl Fl ([\w-]+)", text)}
    others = {"--help", "--config"}
    assert documented - others <= set(words)


def test_every_setting_is_in_the_manual_with_its_default():
    text = PAGES["quoted.conf.5"].read_text()
    wanted = [f"{name} = {value}" for section in settings().values() for name, value in section.items()]
    listed = [line.replace(r"\(dq", '"').replace(r"\-", "-")
              for line in re.findall(r'^\.It Ic "(\w+ = .*)"$', text, re.M)]
    assert listed == wanted and len(listed) > 80


def test_the_examples_of_the_manual_are_configurations(tmp_path):
    text = PAGES["quoted.conf.5"].read_text().split(".Sh EXAMPLES")[1]
    blocks = re.findall(r"^\.Bd .*?\n(.*?)^\.Ed$", text, re.M | re.S)
    assert len(blocks) == 2
    for block in blocks:
        path = tmp_path / "quoted.conf"
        path.write_text(block.replace(r"\(dq", '"'))
        done = subprocess.run([os.environ["QUOTED"], "-t", "-c", path, "-s", "x"], capture_output=True,
                              text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("wire", ("qotd", "web"))
def test_the_table_of_a_readme_has_every_setting_with_its_default(wire):
    text = (SOURCE / f"frontends/{wire}/README.md").read_text()
    table = text.split("| setting | default | |")[1].split("\n\n")[0]
    listed = {}
    for names, values in re.findall(r"^\| (`.*?) \| (.*?) \|", table, re.M):
        names = re.findall(r"`(\w+)`", names)
        values = [value.strip("`") for value in values.split(", ")]
        listed.update(zip(names, values if len(values) == len(names) else values * len(names)))
    wanted = {name: value for name, value in settings()[wire].items() if name not in COMMON}
    assert listed == wanted


@pytest.mark.parametrize("wire", ("qotd", "web", "mail", "irc"))
def test_a_readme_names_only_settings_that_exist(wire):
    text = (SOURCE / f"frontends/{wire}/README.md").read_text()
    words = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text))
    files = {path.stem for path in (SOURCE / "frontends").rglob("*")}
    postfix = {"local_recipient_maps", "relay_domains", "transport_maps", "virtual_alias_domains", "virtual_alias_maps"}
    exim = {"rcpt_include_affixes", "relay_from_hosts"}
    assert words - files - postfix - exim <= {*settings()[wire], *settings()["web"], *settings()[""]}
