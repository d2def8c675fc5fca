"""What scripts/bench compares in each of its subjects, and with what; the reference comes first."""

import functools
import http.client
import os
import pathlib
import shutil
import subprocess
import threading
import time

import chat
import measures
import peers
import servers
from servers import PROGRAMS, QUOTED, need

MAILS_AT_ONCE = 10
LETTERS = int(os.environ.get("BENCH_LETTERS", "20000"))  # of a morning
FORTUNES = "/usr/share/games/fortunes"


class Subject:
    """What to compare: functions that start servers, one that measures a server, the reference's name."""

    def __init__(self, title, measure, reference, ours, peers=(), once=False):
        self.title, self.measure, self.reference, self.once = title, measure, reference, once
        self.ours, self.peers = ours, peers
        self.closers = []

    def close(self):
        for close in self.closers:
            close()


class Programs:
    """Stands in for a server if each measure is a run of a program."""

    def __init__(self, name, commands, prints=False, slowness=1):
        self.name = name
        self.traits = {"commands": commands, "prints": prints, "slowness": slowness}

    def end(self):
        pass


def bind(directory, *starters):
    """Returns the starters as functions without arguments."""
    return [functools.partial(starter, directory) for starter in starters]


def qotd(directory, _load):
    ours = bind(directory, servers.start_libev, servers.start_qotd, servers.start_recvfrom)
    others = bind(directory, peers.start_twisted, peers.start_xinetd)
    return Subject("qotd", measures.qotd, "minimal libev", ours, others)


def write_answers(directory, port):
    """Has the peers serve files as large as quoted's answers."""
    files = {
        "index.html": ("/", "Mozilla/5.0"),
        "random.txt": ("/", "curl/7.88.1"),
        "api/v1/quotes/random": ("/api/v1/quotes/random", "Mozilla/5.0"),
    }
    for name, (path, agent) in files.items():
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        client.request("GET", path, headers={"User-Agent": agent})
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(client.getresponse().read())
        client.close()


def start_page_server(starter, directory):
    """Starts a server of files that are as large as the answers of a quoted that runs only for that."""
    files, model = directory / "files", directory / "model"
    if not files.is_dir():
        files.mkdir()
        model.mkdir()
        ours = servers.start_web(model)
        write_answers(files, ours.web)
        ours.end()
    return starter(files)


start_nginx = functools.partial(start_page_server, peers.start_nginx)
start_h2o = functools.partial(start_page_server, peers.start_h2o)
start_twisted = functools.partial(start_page_server, peers.start_twisted)


def web(directory, _load):
    ours = bind(directory, servers.start_web)
    return Subject("web", measures.web, "nginx", ours, bind(directory, start_nginx, start_h2o))


def start_both(directory):
    """Starts nginx and a minimal QOTD server, which do together what quoted does alone."""
    server = start_nginx(directory).join(servers.start_libev(directory))
    server.name, server.port = "nginx + minimal libev", server.parts[0].port
    return server


def start_two_wires(directory, quotes=None):
    port, page = servers.free_port(), servers.free_port()
    sections = servers.qotd_section(port) + servers.web_section(page)
    server = servers.start_quoted(directory, sections, page, quotes)
    server.port, server.web = port, page
    return server


def mixed(directory, _load):
    ours, others = bind(directory, start_two_wires), bind(directory, start_both, start_twisted)
    return Subject("mixed", measures.mixed, "nginx + minimal libev", ours, others)


def answer_mail(server, relay, count):
    """Sends mail over some connections and waits until each is answered."""
    wanted, begun = relay.count + count, time.monotonic()
    first = int(begun * 1e6)
    senders = [
        threading.Thread(target=chat.send_mail, args=(server.port, first + i * count, count // MAILS_AT_ONCE))
        for i in range(MAILS_AT_ONCE)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    relay.wait(wanted)
    return count / (time.monotonic() - begun)


def send_letters(source, sink, count):
    """Sends mails as large as letters from the CPU of the servers."""
    begun = time.monotonic()
    subprocess.run(
        ["taskset", "-c", str(servers.SERVER_CPU), source, "-s", str(servers.SESSIONS), "-m", str(count),
         "-l", "1500", "-f", "a@b.example", "-t", "c@b.example", f"127.0.0.1:{sink.port}"], check=True,
    )
    return {"letters, mails/s": count / (time.monotonic() - begun)}


def mail(directory, _load):
    relay = chat.Relay()
    source = need("smtp-source", "postfix")
    # The relay of letters, on the CPU of the load; smtp-source shows what it can take.
    sink = peers.start_sink(directory)
    os.sched_setaffinity(sink.process.pid, {servers.LOAD_CPU})

    def measure(server, load):
        count = load.count(5000, server)
        command = [source, "-s", MAILS_AT_ONCE, "-m", count, "-l", 500, "-f", "a@b.example"]
        # Not the address that answers: this is about taking mail.
        to = "postmaster@answer.example" if server.name == "Postfix" else "quote@answer.example"
        begun, before = time.monotonic(), server.cpu()
        subprocess.run(
            measures.pinned(*command, "-t", to, f"127.0.0.1:{server.port}"), check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        result = {
            "taken, mails/s": count / (time.monotonic() - begun),
            "taken, µs CPU": (server.cpu() - before) / count * 1e6,
        }
        if server.traits.get("answers", True):
            count = max(load.count(1000, server) // MAILS_AT_ONCE, 1) * MAILS_AT_ONCE
            result["answered, mails/s"] = answer_mail(server, relay, count)
        count = load.count(LETTERS, server)
        if server.name == "quoted":
            result |= measures.letters(servers.prepare_letters(directory, sink.port, count), count)
        elif server.name == reference:
            result |= send_letters(source, sink, count)
        return result

    reference = "smtp-sink, answers nothing"
    ours = [lambda: servers.start_mail(directory, relay.port)]
    others = [lambda: peers.start_sink(directory), lambda: peers.start_postfix(directory, relay.port)]
    subject = Subject("mail", measure, reference, ours, others)
    subject.closers += [relay.close, sink.end]
    return subject


def irc(directory, _load):
    def start(starter, text):
        channel = chat.Channel()
        subject.closers.append(channel.close)
        server = starter(directory, channel.port)
        server.channel, server.text = channel, text
        channel.admit(server)
        return server

    def measure(server, load):
        result = {}
        for name, count, in_flight in (("one at a time", 5000, 1), ("32 in flight", 20000, 32)):
            if in_flight > server.traits.get("at_once", in_flight):
                continue
            before, count = server.cpu(), load.count(count, server)
            result[f"{name}, answers/s"] = server.channel.ask(server.text, count, in_flight)
            result[f"{name}, µs CPU"] = (server.cpu() - before) / count * 1e6
        return result

    echo = b"!echo " + servers.QUOTE.replace("\n", " ").encode()
    ours = [lambda: start(servers.start_echo_bot, b"!quote"), lambda: start(servers.start_irc, b"!quote")]
    others = [lambda: start(peers.start_limnoria, echo)]
    subject = Subject("irc", measure, "raw echo bot", ours, others)
    return subject


def debian_fortunes():
    """Returns the files of Debian's packages fortunes and fortunes-min, and of no other."""
    packages = ["fortunes", "fortunes-min"]
    listed = subprocess.run(["dpkg-query", "-L", *packages], capture_output=True, text=True).stdout
    files = [pathlib.Path(line) for line in listed.splitlines() if line.startswith(FORTUNES + "/")]
    files = [file for file in files if file.suffix == "" and file.is_file() and "off" not in file.parts]
    assert files, "fortunes is not installed; run scripts/install bench"
    return files


def copy_debian_fortunes(directory):
    target = directory / "fortunes"
    target.mkdir()
    for file in debian_fortunes():
        shutil.copy(file, target)
        shutil.copy(f"{file}.dat", target)
    return target


def shell(directory, _load):
    fortunes = copy_debian_fortunes(directory)
    one, fortune = fortunes / "fortunes", need("fortune", "fortune-mod")
    strfile = need("strfile", "fortune-mod")
    ours = {
        "of a file": ["quote", one],
        "of all files": ["quote", fortunes],
        "matches in all files": ["quote", "-m", "apple", fortunes],
        "count a file": ["list", one],
        "search all files": ["quote", "--search", "apple", fortunes],
        "today's": ["quote", "--today", fortunes],
        "check all files": ["check", fortunes],
    }
    theirs = {
        "of a file": [fortune, one],
        "of all files": [fortune, fortunes],
        "matches in all files": ["sh", "-c", '"$@" 2>/dev/null || true', "sh", fortune, "-m", "apple", fortunes],
        "count a file": [strfile, "-s", one, "/dev/null"],
    }
    programs = [
        lambda: Programs("fortune, strfile", theirs),
        lambda: Programs("quoted", {name: [QUOTED, *words] for name, words in ours.items()}),
        lambda: Programs("true", dict.fromkeys(ours, ["/bin/true"])),
    ]
    return Subject("shell", measures.shell, "fortune, strfile", programs)


SPLIT = "import sys; open(sys.argv[1], encoding='utf-8', errors='replace').read().split('\\n%\\n')"


def core(directory, load):
    fortunes, files = copy_debian_fortunes(directory), {}
    for count in (int(100_000 * load.scale), int(1_000_000 * load.scale)):
        files[f"{count:,} quotes of 100 octets"] = path = directory / str(count)
        with open(path, "w", encoding="ascii") as file:
            file.writelines(f"{i:09} {'word ' * 17}end\n\t-- A\n%\n" for i in range(count))
    strfile = need("strfile", "fortune-mod")
    ours = {"Debian's fortunes": fortunes, **files}
    table = {name: [strfile, "-s", path, directory / "table"] for name, path in files.items()}
    load_ = {name: [PROGRAMS / "bench_core", f"fortune:{path}"] for name, path in ours.items()}
    split = {name: ["/usr/bin/python3", "-c", SPLIT, path] for name, path in files.items()}
    programs = [
        lambda: Programs("strfile", table),
        lambda: Programs("quoted", load_, prints=True),
        lambda: Programs("split in Python", split),
    ]
    return Subject("core", measures.core, "strfile", programs)


def start_idle_bot(directory, closers):
    channel = chat.Channel()
    closers.append(channel.close)
    server = peers.start_limnoria(directory, channel.port)
    channel.admit(server)
    server.channel = channel
    return server


def idle(directory, _load):
    names = ", ".join(f'"{file.name}"' for file in debian_fortunes())
    # Where they are installed: others write next to a temporary directory, which wakes who watches it.
    quotes = f'collection "debian" {{\nsources = {{"fortune:{FORTUNES}"}}\ninclude = {{{names}}}\n}}\n'
    subject = Subject(
        "idle",
        measures.idle,
        "minimal libev",
        [lambda: servers.start_libev(directory), lambda: start_two_wires(directory, quotes)],
        [
            *bind(directory, start_nginx, start_h2o, start_twisted, peers.start_xinetd),
            lambda: start_idle_bot(directory, subject.closers),
        ],
        once=True,
    )
    return subject


SUBJECTS = {"core": core, "qotd": qotd, "web": web, "mail": mail, "irc": irc, "shell": shell,
            "mixed": mixed, "idle": idle}
