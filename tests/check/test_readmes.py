"""Each command of README.md, CONTRIBUTING.md and the READMEs of the front ends works as written.

A command that this file does not know fails, so that none can come without its test. Configurations
are checked by quoted -t. The ports are those of the daemon without a configuration.
"""

import ctypes
import fcntl
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import time

import pytest
from checking import BUILD, SOURCE

QUOTED = pathlib.Path(os.environ["QUOTED"])
PAGES = ["README.md", "CONTRIBUTING.md",
         *(path.relative_to(SOURCE).as_posix() for path in sorted(SOURCE.glob("frontends/*/README.md")))]
INLINE = re.compile(r"`((?:scripts/|quoted -|quoted quote -|docker |cmake |cpack )[^`]*)`")
# test_postcard has the program; "text" is a picture.
NO_COMMANDS = ("c", "text", "yaml", "nginx", "caddy")
# The first lines of configurations of mail servers; test_mail_postfix follows those of Postfix.
MAIL_SERVERS = ("# main.cf", "# smtpd.conf", "# a router")


def blocks(page):
    """Yields (language, text) of each block of a page: fenced, or indented."""
    text = (SOURCE / page).read_text()
    yield from re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    yield from (("", re.sub(r"^    ", "", block, flags=re.M)) for block in
                re.findall(r"(?<=\n\n)((?:    [^\n]*\n)+)", text))


def is_configuration(text):
    return re.search(r"^\w+ \"\w+\" \{|^\w+ = ", text, re.M) is not None and not text.startswith(MAIL_SERVERS)


def commands():
    """Returns (page, command) of each command; several in a line, or words that explain it, are
    set off by blanks."""
    found = set()
    for page in PAGES:
        for language, text in blocks(page):
            foreign = language in NO_COMMANDS or text.startswith(MAIL_SERVERS)
            lines = [] if foreign or is_configuration(text) else text.splitlines()
            for line in lines:
                if not line or line.startswith("#"):
                    continue
                parts = re.split(r" {3,}", line)
                found.add((page, parts[0]))
                found.update((page, part) for part in parts[1:] if part.startswith("quoted "))
        found.update((page, command) for command in INLINE.findall((SOURCE / page).read_text()))
    return sorted(found)


def configurations():
    return [(page, text) for page in PAGES for language, text in blocks(page)
            if language not in NO_COMMANDS and is_configuration(text)]


@pytest.fixture(scope="module", autouse=True)
def network():
    """Gives the tests a loopback of their own, with all its ports, if this process may have one."""
    new_network, set_flags, up = 0x40000000, 0x8914, 1
    if ctypes.CDLL(None).unshare(new_network) == 0:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", up))


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """Returns a directory with the files that commands name, and programs that stand in for those
    that would build, test, draw a window or start a container: each writes its arguments to "called"."""
    top = tmp_path_factory.mktemp("here")
    (top / "my-fortunes").write_text("An apple a day\n%\nTwo pears\n")
    (top / "quoted.conf").write_text('qotd "default" { listen = {"127.0.0.1:0"} udp = {} }\n')
    (top / "scripts").symlink_to(SOURCE / "scripts")
    (top / "bin").mkdir()
    (top / "bin" / "quoted").symlink_to(QUOTED)
    for name in ("cmake", "cpack", "ctest", "npm", "docker", "xdg-open", "clang-format", "clang-tidy", "shellcheck"):
        (top / "bin" / name).write_text(f'#!/bin/sh\necho {name} "$@" >>{top}/called\n')
        (top / "bin" / name).chmod(0o755)
    # So that nothing is missing that a command would install.
    (top / "bin" / "dpkg-query").write_text("#!/bin/sh\necho installed\n")
    (top / "bin" / "dpkg-query").chmod(0o755)
    return top


def environment(here):
    return {**os.environ, "PATH": f"{here}/bin:{os.environ['PATH']}", "HOME": str(here)}


def start(command, here):
    """Starts a command and returns its process once the daemon that it runs is ready."""
    log = here / "log"
    with open(log, "wb") as file:
        process = subprocess.Popen(["bash", "-c", f"exec {command}"], cwd=here, env=environment(here),
                                   stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    deadline = time.monotonic() + 60
    while "info quoted: ready" not in log.read_text():
        assert process.poll() is None and time.monotonic() < deadline, (command, log.read_text())
        time.sleep(0.02)
    return process


def stop(process):
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


@pytest.fixture(scope="module")
def daemon(here):
    """Serves QOTD and the web on the ports that the pages name."""
    process = start("scripts/run", here)
    yield
    stop(process)


def run(command, here, directory=None):
    """Returns what a command prints."""
    done = subprocess.run(["bash", "-c", command], cwd=directory or here, env=environment(here), text=True, timeout=120,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 0, (command, done)
    return done.stdout


def asks(command, here):
    assert run(command, here).strip()


def asks_json(command, here):
    assert '"text"' in run(command, here)


def is_silent(command, here):
    assert run(command, here) == ""


def calls(*expected):
    """Runs a command and looks at what it calls of the programs that are stood in for."""
    def look(command, here):
        (here / "called").unlink(missing_ok=True)
        run(command, here, SOURCE)
        called = (here / "called").read_text()
        for words in expected:
            assert words in called, (words, called)
    return look


def hands_to_ctest(*arguments):
    """The command hands its arguments to CTest, for which they choose some tests."""
    def look(command, here):
        calls(f"ctest --preset asan {' '.join(arguments)}".strip())(command, here)
        listed = subprocess.run(["ctest", "--test-dir", BUILD, "-N", *arguments], text=True,
                                capture_output=True, check=True).stdout
        assert int(re.search(r"Total Tests: (\d+)", listed)[1]) > 2
    return look


def measures(command, here):
    """Takes minutes and an idle machine, so only its usage is looked at."""
    script, *arguments = command.split()
    head = (here / script).read_text().split('"""')[1]
    assert os.access(here / script, os.X_OK) and all(word in head for word in arguments)


def is_a_script(command, here):
    assert os.access(here / command, os.X_OK)


def opens_ports_of_the_image(command, here):
    calls("docker")(command, here)
    exposed = re.findall(r"(\d+)/tcp", (SOURCE / "Dockerfile").read_text())
    assert set(re.findall(r"-p \d+:(\d+)", command)) == set(exposed)


def makes_the_directory(command, here):
    spool = here / "spool"
    user, group = os.getuid(), os.getgid()
    run(command.replace("/var/spool/postfix", str(spool)).replace("-o quoted -g postfix", f"-o {user} -g {group}"), here)
    assert (spool / "quoted").stat().st_mode & 0o7777 == 0o2750


SERVING = ["scripts/run", "scripts/run -c quoted.conf", "scripts/run ~/my-fortunes",
           "scripts/run -s 'An apple a day'"]
KNOWN = {
    "scripts/run --help": asks,
    "scripts/test": hands_to_ctest(),
    "scripts/test -L unit": hands_to_ctest("-L", "unit"),
    "scripts/test -R qotd": hands_to_ctest("-R", "qotd"),
    "scripts/check": calls("clang-format", "clang-tidy", "shellcheck"),
    "scripts/bench qotd": measures,
    "scripts/together": measures,
    "scripts/demo": is_a_script,  # test_demo runs it
    "scripts/install": is_a_script,
    "scripts/install test": is_silent,
    "scripts/check_package": is_a_script,  # it needs the network
    "scripts/check_layers": lambda command, here: run(f"{command} {SOURCE}", here),
    "cmake --preset dev && cmake --build --preset dev": calls("cmake --preset dev", "cmake --build --preset dev"),
    "scripts/install build && scripts/build release && cmake --install build/release":
        calls("cmake --preset release", "cmake --install build/release"),
    "scripts/install package && scripts/build release && cpack --config build/release/CPackConfig.cmake -G DEB":
        calls("cmake --preset release", "cpack --config"),
    "nc 127.0.0.1 1717": asks,
    "nc localhost 1717": asks,
    "echo | nc -u -w1 localhost 1717": asks,
    "xdg-open http://127.0.0.1:8017/": calls("xdg-open http://127.0.0.1:8017/"),
    "curl http://127.0.0.1:8017/": asks,
    "curl http://127.0.0.1:8017/api/v1/quotes/random": asks_json,
    "curl http://127.0.0.1:8017/today": asks,
    "curl localhost:8017": asks,
    "curl -H 'Accept: application/json' localhost:8017": asks_json,
    "curl 'localhost:8017/api/v1/quotes/random?author=Mark+Twain&maxLength=140'": asks_json,
    "quoted quote --today": asks,
    "quoted quote -s --count 3 --json": asks_json,
    "quoted quote --search 'apple -pie author:twain'": asks,
    "quoted quote 70% linux 30% my-fortunes": asks,
    "quoted quote -o": asks,
    "quoted quote -c computers": asks,
    "quoted quote -m 'apples\\|pears'": asks,
    "quoted list": asks,
    "quoted get localhost:1717": asks,
    "quoted check my-fortunes": asks,
    "quoted -t -c quoted.conf": is_silent,
    "docker build -t quoted . && docker run --read-only -p 8017:8017 -p 1717:1717 quoted": opens_ports_of_the_image,
    "install -d -o quoted -g postfix -m 2750 /var/spool/postfix/quoted": makes_the_directory,
}


@pytest.mark.parametrize("command", SERVING)
def test_serves(command, here):
    stop(start(command, here))


@pytest.mark.parametrize("page, command", [found for found in commands() if found[1] not in SERVING])
def test_command(page, command, here, daemon):
    assert command in KNOWN, f"{page}: tell this test how to run it"
    KNOWN[command](command, here)


def test_nothing_is_known_that_no_page_has():
    assert {*KNOWN, *SERVING} - {command for _, command in commands()} == set()


@pytest.mark.parametrize("page, text", configurations())
def test_configuration(page, text, tmp_path):
    path = tmp_path / "quoted.conf"
    (tmp_path / "conf.d").mkdir()
    text = text if re.search(r"^(qotd|web|mail|irc) ", text, re.M) else text + 'web "default" {}\n'
    # The directory that its page says to make, and the one that the service manager makes.
    for directory in ("/var/spool/postfix/quoted", "/run/quoted"):
        text = text.replace(directory, str(tmp_path))
    secret = tmp_path / "secret"
    secret.write_text("hush\n")
    secret.chmod(0o600)
    path.write_text(re.sub(r'(password_file = )"[^"]+"', rf'\1"{secret}"', text))
    done = subprocess.run([QUOTED, "-t", "-c", path, "-s", "x"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), (page, done.stderr)


@pytest.mark.parametrize("text", [text for page in PAGES for language, text in blocks(page)
                                  if language == "yaml"])
def test_prometheus_takes_its_configuration(text, tmp_path):
    path = tmp_path / "prometheus.yml"
    path.write_text(text)
    run(f"promtool check config {path}", tmp_path)
