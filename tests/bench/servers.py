"""What scripts/bench runs on CPU 0: quoted and the least that could do the same."""

import contextlib
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
RELEASE = ROOT / "build" / "release" / "bin" / "quoted"
QUOTED = pathlib.Path(os.environ.get("QUOTED", RELEASE))
# The tests build the programs next to quoted; scripts/bench does it for a release.
PROGRAMS = QUOTED.parent if "QUOTED" in os.environ else ROOT / "build" / "bench"
# The servers have one CPU, whoever loads them the other.
SERVER_CPU, LOAD_CPU = min(os.sched_getaffinity(0)), max(os.sched_getaffinity(0))
TICKS = os.sysconf("SC_CLK_TCK")
QUOTE = "The early bird catches the worm,\nbut the second mouse gets the cheese.\n"
QUOTES = 16
SESSIONS = 4  # with the relay of letters


class Missing(Exception):
    """A peer is not installed, or cannot run here."""


def need(program, package):
    """Returns the path of a peer's program."""
    path = shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/games")
    if path is None:
        raise Missing(f"{package} is not installed; run scripts/install bench")
    return path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers_tcp(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def answers_udp(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.1)
        client.connect(("127.0.0.1", port))
        try:
            client.send(b"")
            return bool(client.recv(4096))
        except OSError:
            return False


def cpu_of(pid):
    """Returns the CPU seconds of a process and of its children, with those that have ended."""
    nanoseconds, ticks = 0, 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        nanoseconds += int((task / "schedstat").read_text().split()[0])
        for child in (task / "children").read_text().split():
            # If it has just ended, what follows counts it.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                nanoseconds += cpu_of(child) * 1e9
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks += int(fields[13]) + int(fields[14])
    return nanoseconds / 1e9 + ticks / TICKS


class Server:
    """One process, or several that do together what another does alone."""

    def __init__(self, name, command, port, ready=answers_tcp, **traits):
        self.name, self.port, self.traits, self.parts = name, port, traits, []
        arguments = ["taskset", "-c", str(SERVER_CPU), *map(str, command)]
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while ready is not None and not ready(port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.end()
                sys.exit(f"bench: {name} did not start")
            time.sleep(0.05)

    def join(self, other):
        """Counts other as a part of this one."""
        self.parts.append(other)
        return self

    def pid(self):
        return self.process.pid

    def cpu(self):
        return cpu_of(self.process.pid) + sum(part.cpu() for part in self.parts)

    def signal(self, number):
        os.kill(self.process.pid, number)

    def end(self):
        for part in self.parts:
            part.end()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def write_quotes(directory):
    """Writes a fortune file of a few quotes and returns its path."""
    path = directory / "quotes"
    path.write_text("%\n".join(f"{number}. {QUOTE}" for number in range(QUOTES)))
    return path


def write_config(directory, sections, quotes=None):
    config = directory / "quoted.conf"
    if quotes is None:
        quotes = f'quotes = {{"fortune:{write_quotes(directory)}"}}\n'
    state = f'state_directory = "{directory}/state"\n'
    config.write_text(f'log_level = "error"\n{state}{quotes}{sections}\n')
    return config


def start_quoted(directory, sections, port, quotes=None, ready=answers_tcp):
    config = write_config(directory, sections, quotes)
    return Server("quoted", [QUOTED, "-c", config], port, ready)


def qotd_section(port):
    return f'qotd "bench" {{\nlisten = {{"127.0.0.1:{port}"}}\nudp = {{"127.0.0.1:{port}"}}\n}}\n'


def web_section(port):
    return f'web "bench" {{\nlisten = {{"127.0.0.1:{port}"}}\nmax_per_prefix = 2000\n}}\n'


def start_libev(_directory):
    port = free_port()
    return Server("minimal libev", [PROGRAMS / "bench_reference", port], port)


def start_recvfrom(_directory):
    port = free_port()
    command = [PROGRAMS / "bench_plain", "udp", port]
    return Server("recvfrom loop", command, port, answers_udp, tcp=False)


def start_qotd(directory):
    port = free_port()
    return start_quoted(directory, qotd_section(port), port)


def start_web(directory):
    port = free_port()
    server = start_quoted(directory, web_section(port), port)
    server.web = port
    return server


def start_echo_bot(_directory, port):
    return Server("raw echo bot", [PROGRAMS / "bench_plain", "irc", port], port, None)


def start_irc(directory, port):
    section = f"""irc "bench" {{
	server = "127.0.0.1"
	port = {port}
	tls = false
	contact = "admin@example.org"
	channels = {{"#quotes"}}
	burst = 1000
	interval = 0
	queue_limit = 65536
	commands_per_minute = 100000
	channel_per_minute = 1000000
	network_per_minute = 1000000
	waiting_limit = 1000
}}"""
    return start_quoted(directory, section, port, ready=None)


def start_mail(directory, relay):
    port = free_port()
    section = f"""mail "bench" {{
	address = "quote@answer.example"
	smtp = {{"127.0.0.1:{port}"}}
	relay = "127.0.0.1:{relay}"
	hostname = "bench.example"
	max_commands = 1000000
	sender_per_hour = 100000
	total_per_hour = 1000000
	queue_limit = 10000
}}"""
    return start_quoted(directory, section, port)


def subscribe(config, database, count):
    """Has quoted make its tables, and adds subscribers whose letters are due."""
    database.touch()
    subprocess.run([QUOTED, "subscribers", "-c", config, "list"], check=True)
    now = time.localtime()
    people = ((i, f"s{i}@b.example", now.tm_hour * 60 + now.tm_min) for i in range(1, count + 1))
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        db.executemany(
            "INSERT INTO subscription (id, section, mailbox, address, collection, minute, since, suspended,"
            " day, due, bounces, bounce_day) VALUES (?1, 'mail.bench', ?2, ?2, '', ?3, 1, 0, 0, 1, 0, 0)", people)


def prepare_letters(directory, relay, count):
    """Returns a function that starts a quoted whose subscribers are due a letter."""
    port, status = free_port(), free_port()
    directory = directory / "letters"
    shutil.rmtree(directory, ignore_errors=True)
    (directory / "state").mkdir(parents=True)
    section = f"""status "bench" {{
	listen = {{"127.0.0.1:{status}"}}
}}
mail "bench" {{
	address = "quote@answer.example"
	smtp = {{"127.0.0.1:{port}"}}
	relay = "127.0.0.1:{relay}"
	hostname = "bench.example"
	workers = {SESSIONS}
}}"""
    config = write_config(directory, section)
    subscribe(config, directory / "state" / "quoted.db", count)

    def start():
        server = Server("quoted", [QUOTED, "-c", config], port)
        server.status = status
        return server

    return start
