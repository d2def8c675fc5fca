"""What scripts/bench measures of each server; each function returns {measure: number}."""

import http.client
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import threading
import time

from servers import LOAD_CPU, PROGRAMS

CONNECTIONS = 1000  # idle ones, of the web


class Load:
    """How much is asked of a server in one round."""

    def __init__(self, scale=1.0, seconds=2):
        self.scale, self.seconds = scale, seconds

    def count(self, number, server, least=10):
        """Returns how often to ask, for a number that takes a fast server about a second."""
        return max(int(number * self.scale / server.traits.get("slowness", 1)), least)


def pinned(*command):
    return ["taskset", "-c", str(LOAD_CPU), *map(str, command)]


def numbers(*command):
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return [float(word) for word in output.stdout.split()]


def generate(*arguments):
    return numbers(*pinned(PROGRAMS / "bench_generator", *arguments))


def burst(server, count):
    """Times the answers to clients that connected while the server was stopped."""
    before = server.cpu()
    server.signal(signal.SIGSTOP)
    clients = subprocess.Popen(
        pinned(PROGRAMS / "bench_generator", "backlog", server.port, count),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        connected = clients.stdout.readline() == "connected\n"
        clients.stdin.write("\n")
        clients.stdin.flush()
    finally:
        server.signal(signal.SIGCONT)
    output, _ = clients.communicate(timeout=60)
    assert connected and clients.returncode == 0, f"{server.name} lost clients of a burst"
    return {
        "burst, answers/s": count / float(output.split()[0]),
        "burst, µs CPU": (server.cpu() - before) / count * 1e6,
    }


def qotd(server, load):
    result = {}
    if server.traits.get("burst", True) and server.traits.get("tcp", True):
        result |= burst(server, load.count(2000, server))
    if server.traits.get("tcp", True):
        count = load.count(10000, server)
        result["one at a time, µs"] = generate("tcp", server.port, count, 1)[1]
        before, count = server.cpu(), load.count(20000, server)
        result["64 clients, answers/s"] = count / generate("tcp", server.port, count, 64)[0]
        result["64 clients, µs CPU"] = (server.cpu() - before) / count * 1e6
    if server.traits.get("udp", True):
        before, count = server.cpu(), load.count(200000, server)
        result["UDP, answers/s"] = count / generate("udp", server.port, count, 32)[0]
        result["UDP, µs CPU"] = (server.cpu() - before) / count * 1e6
    return result


def wrk(port, seconds, path, *extra):
    """Loads a page over 64 connections; returns (requests, requests per second)."""
    url = f"http://127.0.0.1:{port}{path}"
    command = pinned("wrk", "-t1", "-c64", f"-d{seconds}", *extra, url)
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in output, f"{url}: not every answer was 200:\n{output}"
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    return int(re.search(r"(\d+) requests in", output)[1]), rate


# The peers serve files of the same names, as large as quoted's answers.
WEB_CASES = (
    ("page", "/", ("-H", "User-Agent: Mozilla/5.0")),
    ("text", "/random.txt", ("-H", "User-Agent: curl/7.88.1")),
    ("JSON", "/api/v1/quotes/random", ()),
    ("page, a connection each", "/", ("-H", "User-Agent: Mozilla/5.0", "-H", "Connection: close")),
)


def etag(port):
    """Returns the entity tag of the page as browsers get it."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request("GET", "/", headers={"User-Agent": "Mozilla/5.0"})
    found = client.getresponse().getheader("ETag")
    client.close()
    return found


def web(server, load):
    result = {}
    for name, path, extra in WEB_CASES:
        before = server.cpu()
        path = "/" if path == "/random.txt" and server.name == "quoted" else path
        count, rate = wrk(server.web, load.seconds, path, *extra)
        result[f"{name}, requests/s"] = rate
        result[f"{name}, µs CPU"] = (server.cpu() - before) / count * 1e6
    before, count = server.cpu(), load.count(50000, server)
    seconds = generate("unmodified", server.web, count, 64, etag(server.web))[0]
    result["page not modified, requests/s"] = count / seconds
    result["page not modified, µs CPU"] = (server.cpu() - before) / count * 1e6
    return result


def mixed(server, load):
    """Times QOTD while the page of the same server is loaded."""
    seconds = 2 * load.seconds
    done = []
    page = threading.Thread(
        target=lambda: done.append(wrk(server.web, seconds, "/", "-H", "User-Agent: Mozilla/5.0"))
    )
    page.start()
    time.sleep(0.2)  # until wrk has its connections
    _, median, high, most = generate("probe", server.port, max(seconds - 1, 1))
    page.join()
    return {
        "QOTD p50, ms": median / 1e3,
        "QOTD p99, ms": high / 1e3,
        "QOTD worst, ms": most / 1e3,
        "pages/s meanwhile": done[0][1],
    }


def shell(commands, load):
    """Times the runs of programs."""
    result = {}
    for name, command in commands.traits["commands"].items():
        times = []
        for _ in range(load.count(20, commands, least=1)):
            begun = time.monotonic()
            subprocess.run(pinned(*command), check=True, stdout=subprocess.DEVNULL)
            times.append((time.monotonic() - begun) * 1e3)
        result[f"{name}, ms"] = statistics.median(times)
    return result


# What bench_core prints.
CORE_ROWS = {
    "load_ms": "load, ms",
    "fit_ms": "find what fits QOTD, ms",
    "fold_ms": "find what fits IRC, ms",
    "pick_ns": "pick one, ns",
    "octets_beside_text": "octets a quote beside its text",
    "peak_mib": "peak, MiB",
}


def core(programs, _load):
    """Runs a program that loads a file; ours prints what each step takes."""
    result = {}
    for file, command in programs.traits["commands"].items():
        begun = time.monotonic()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        spent = (time.monotonic() - begun) * 1e3
        rows = {"load_ms": spent}
        if programs.traits["prints"]:
            rows = {key: float(value) for key, value in map(str.split, done.stdout.splitlines())}
        result |= {f"{file}: {name}": rows[key] for key, name in CORE_ROWS.items() if key in rows}
    return result


def read_metric(server, name):
    """Returns the sum of a metric over its labels."""
    client = http.client.HTTPConnection("127.0.0.1", server.status, timeout=30)
    try:
        client.request("GET", "/metrics")
        text = client.getresponse().read().decode()
    finally:
        client.close()
    return sum(map(float, re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE)))


def letters(start, count):
    """Times the letters of a morning, from the start of the program until the relay has taken all."""
    begun, worst = time.monotonic(), 0
    server = start()
    try:
        while read_metric(server, "quoted_letters_total") < count:
            assert time.monotonic() < begun + 600, "letters are missing after 600 s"
            worst = max(worst, read_metric(server, "quoted_loop_lag_max_seconds"))
            time.sleep(0.1)
        spent = time.monotonic() - begun
        worst = max(worst, read_metric(server, "quoted_loop_lag_max_seconds"))
        status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    finally:
        server.end()
    return {
        "letters, mails/s": count / spent,
        "letters, worst turn of the loop, ms": worst * 1e3,
        "letters, peak resident, MB": int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024 / 1e6,
    }


def switches(pid):
    """Returns how often the threads of a process and of its children were scheduled."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        found = re.findall(r"ctxt_switches:\s+(\d+)", (task / "status").read_text())
        total += sum(map(int, found))
        total += sum(map(switches, (task / "children").read_text().split()))
    return total


def wait_until_quiet(server):
    """Returns once the server has done nothing for a second; after 30 s in any case."""
    deadline, before = time.monotonic() + 30, None
    while time.monotonic() < deadline and before != (before := switches(server.process.pid)):
        time.sleep(1)


def memory(server):
    """Returns (resident, own) in octets; what is mapped from files is not its own."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    resident, own = (int(re.search(rf"{key}:\s+(\d+)", status)[1]) for key in ("VmRSS", "RssAnon"))
    return resident * 1024, own * 1024


def idle_connections(server, count):
    """Returns the octets that each idle keep-alive connection of the web takes."""
    before, clients = memory(server)[0], []
    try:
        for _ in range(count):
            client = http.client.HTTPConnection("127.0.0.1", server.web, timeout=30)
            client.request("GET", "/", headers={"User-Agent": "Mozilla/5.0"})
            client.getresponse().read()
            clients.append(client)
        return (memory(server)[0] - before) / count
    finally:
        for client in clients:
            client.close()


def idle(server, load):
    wait_until_quiet(server)
    resident, own = memory(server)
    before, seconds = switches(server.process.pid), max(int(10 * load.scale), 1)
    time.sleep(seconds)
    result = {
        "resident, MB": resident / 1e6,
        "own, MB": own / 1e6,
        "threads": len(list(pathlib.Path(f"/proc/{server.process.pid}/task").iterdir())),
        f"wake-ups in {seconds} s": switches(server.process.pid) - before,
    }
    if hasattr(server, "web"):
        count = load.count(CONNECTIONS, server)
        result["idle web connection, KB"] = idle_connections(server, count) / 1e3
    return result
