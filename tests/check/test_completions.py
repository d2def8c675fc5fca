"""The completions of bash, zsh and fish: each shell really completes."""

import os
import pty
import re
import select
import shlex
import subprocess
import time

import pytest
from checking import BUILD

COMPLETIONS = BUILD / "completions"
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             f"bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; . {COMPLETIONS}/bash/quoted"),
    "zsh": (["zsh", "-f", "-i"],
            f"unsetopt zle_bracketed_paste; fpath=({COMPLETIONS}/zsh $fpath); autoload -U compinit; "
            "compinit -D -u; bindkey -e"),
}


class Typing:
    """A shell at a terminal."""

    def __init__(self, shell, directory):
        command, prepare = SHELLS[shell]
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(directory)
            os.execvpe(command[0], command, {**os.environ, "TERM": "dumb", "PS1": "", "HOME": str(directory)})
        self.say(prepare)

    def read_until(self, pattern):
        seen, deadline = "", time.monotonic() + 60
        while not re.search(pattern, seen):
            ready, _, _ = select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))
            assert ready, seen
            seen += os.read(self.terminal, 65536).decode(errors="replace")
        return re.search(pattern, seen)

    def say(self, text):
        """Types a line and waits until the shell has taken it."""
        os.write(self.terminal, f"{text}; echo do''ne\n".encode())
        self.read_until(r"\ndone\r?\n")

    def complete(self, line):
        """Returns what the line becomes by Tab; the words are printed between brackets."""
        os.write(self.terminal, f"{line}\t".encode())
        os.write(self.terminal, b"\x01printf '<%s>' \x05; echo\n")
        found = self.read_until(r"\n[^\n]*?((?:<[^>\n]+>)+)\r?\n")[1]
        return re.findall(r"<([^>]+)>", found)

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


@pytest.fixture(params=SHELLS)
def typing(request, tmp_path):
    (tmp_path / "my-fortunes").touch()
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "quoted.conf").touch()
    shell = Typing(request.param, tmp_path)
    yield shell
    shell.close()


COMMANDS = ("quote", "list", "check", "get", "deliver", "queue", "subscribers")
CASES = [
    ("quoted quo", ["quoted", "quote"]),
    ("quoted subs", ["quoted", "subscribers"]),
    ("quoted --vers", ["quoted", "--version"]),
    ("quoted --js", ["quoted", "--js"]),
    ("quoted my", ["quoted", "my-fortunes"]),
    ("quoted quote --to", ["quoted", "quote", "--today"]),
    ("quoted quote --vers", ["quoted", "quote", "--version"]),
    ("quoted list --vers", ["quoted", "list", "--vers"]),
    ("quoted quote my", ["quoted", "quote", "my-fortunes"]),
    ("quoted list --js", ["quoted", "list", "--json"]),
    ("quoted check --js", ["quoted", "check", "--json"]),
    ("quoted check --to", ["quoted", "check", "--to"]),
    ("quoted quote --config etc/q", ["quoted", "quote", "--config", "etc/quoted.conf"]),
    ("quoted list -c etc/q", ["quoted", "list", "-c", "etc/quoted.conf"]),
    ("quoted --config=etc/q", ["quoted", "--config=etc/quoted.conf"]),
    ("quoted queue re", ["quoted", "queue", "retry"]),
    ("quoted queue --js", ["quoted", "queue", "--json"]),
    ("quoted queue my", ["quoted", "queue", "my"]),
    ("quoted queue retry dr", ["quoted", "queue", "retry", "dr"]),
    ("quoted queue list --js", ["quoted", "queue", "list", "--json"]),
    ("quoted queue list --al", ["quoted", "queue", "list", "--al"]),
    ("quoted queue -c etc/q", ["quoted", "queue", "-c", "etc/quoted.conf"]),
    ("quoted subscribers er", ["quoted", "subscribers", "erase"]),
    ("quoted --static my", ["quoted", "--static", "my"]),
]


def test_completes(typing):
    for line, words in CASES:
        assert typing.complete(line) == words, line


def test_fish_completes(tmp_path):
    (tmp_path / "my-fortunes").touch()
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "quoted.conf").touch()
    for line, words in CASES:
        script = f"source {COMPLETIONS}/fish/quoted.fish; complete -C {line!r}"
        output = subprocess.run(["fish", "--no-config", "-c", script], cwd=tmp_path, text=True, check=True,
                                capture_output=True, env={**os.environ, "HOME": str(tmp_path)}).stdout
        found = [found.split("\t")[0] for found in output.splitlines()]
        assert found == ([words[-1]] if words[-1] != line.split()[-1] else []), line


def test_every_option_is_there():
    """Each shell has as many options as --help lists."""
    for arguments in (["--help"], *([name, "--help"] for name in COMMANDS)):
        text = subprocess.run([os.environ["QUOTED"], *arguments], capture_output=True, text=True, check=True)
        names = re.findall(r"^  (?:-\w, |    )--([\w-]+)", text.stdout, re.M)
        assert len(names) > 1
        for name in names:
            assert f" --{name} " in (COMPLETIONS / "bash/quoted").read_text(), name
            assert re.search(rf"--{name}=?\[", (COMPLETIONS / "zsh/_quoted").read_text()), name
            assert f" -l {name} " in (COMPLETIONS / "fish/quoted.fish").read_text(), name


def test_every_description_is_one_word():
    texts = [(COMPLETIONS / name).read_text() for name in ("zsh/_quoted", "fish/quoted.fish")]
    specs = re.findall(r"^\t\t('.*)$", texts[0], re.M) + re.findall(r" -d ('.*)$", texts[1], re.M)
    assert len(specs) > 50
    for spec in specs:
        assert len(shlex.split(spec)) == 1, spec
