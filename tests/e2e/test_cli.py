"""The program as a person starts and stops it."""

import os
import pathlib
import re
import signal
import socket
import subprocess

import pytest
from conftest import DAEMON, free_port, wait_until

SOURCE = pathlib.Path(os.environ["QUOTED_SOURCE"])
CONFIG = """
quotes = {"static:An apple a day"}
qotd "default" { listen = {"127.0.0.1:0"} udp = {} }
"""


def run(*arguments, **options):
    return subprocess.run([DAEMON, *arguments], capture_output=True, text=True, timeout=60, **options)


def ask(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        answer = b""
        while data := client.recv(4096):
            answer += data
    return answer.decode()


def answers(port):
    try:
        return ask(port)
    except ConnectionRefusedError:
        return None


def written(tmp_path, text):
    path = tmp_path / "written.conf"
    path.write_text(text)
    return path


def test_help_and_version():
    result = run("--help")
    assert result.returncode == 0 and result.stderr == ""
    for option in ("--config", "--test", "--port", "--static", "--help", "--version"):
        assert option in result.stdout
    assert run("-h").stdout == result.stdout
    assert re.fullmatch(r"quoted \d+\.\d+\.\d+ \([-+.~\w]+\)\n", run("-V").stdout)


def test_help_that_cannot_be_written_is_an_error():
    for option in ("--help", "--version"):
        with open("/dev/full", "w", encoding="ascii") as full:
            result = subprocess.run([DAEMON, option], stdout=full, stderr=subprocess.PIPE, text=True)
        assert result.returncode == 74
        assert result.stderr == "quoted: standard output: No space left on device\n"


def test_usage_errors_exit_64():
    for arguments in (["--bogus"], ["-p", "0"], ["-p", "x"], ["-c"]):
        result = run(*arguments)
        assert result.returncode == 64, arguments
        assert result.stdout == "" and result.stderr.startswith("quoted: ")


def test_check_accepts(tmp_path):
    result = run("-t", "-c", written(tmp_path, CONFIG))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_check_says_where_a_value_is_wrong(tmp_path):
    for text, expected in (
        ('\nlog_level = "loud"\n', "2: log_level: 'loud' is not one of"),
        ('\n\nquotes = {"fortune:/none"}\n', "3: quotes: fortune:/none: No such file"),
        ('web "a" {\n\tlisten = {"127.0.0.1:99999"}\n}\n', "2: web.listen: address '127.0.0.1:99999'"),
        ('qotd "a" {\n\tudp = {}\n\tlisten = {"x:1"}\n}\n', "3: qotd.listen: address 'x:1'"),
        ('irc "a" {\n\tcontact = "x"\n\n\tserver = "a b"\n}\n', "4: irc.server: 'a b' is not a server"),
        ('mail "a" {\n\tsmtp = {"localhost:0"}\n}\n', "1: mail.address: not set; write the address"),
        ('mail "a" {}\nmail "b" { address = "a@b"\n\trelay = "x" }\n', "1: mail.address: not set; write the address"),
        ('mail "a" { address = "a@b"\n\trelay = "x" }\n', "2: mail.relay: 'x' is not host:port; write it as"),
    ):
        path = written(tmp_path, text)
        result = run("-t", "-c", path)
        assert result.returncode == 78
        assert result.stderr.startswith(f"quoted: {path}:{expected}")
        # It is not in the log: that begins later.
        result = run("-c", path)
        assert result.returncode == 78 and result.stderr.startswith(f"quoted: {path}:{expected}")
    path = written(tmp_path, 'quotes = {"static:x"}\n')
    result = run("-t", "-c", path, "/none")
    assert result.returncode == 78 and result.stderr.startswith("quoted: quotes: fortune:/none")


def test_a_collection_that_is_wrong_has_its_line(tmp_path):
    command = "'command:/bin/echo a' is not the only source; move it to a collection of its own"
    for text, expected in (
        (
            'quotes = {"static:a"}\ncollection "x" {\n\tprivate = true\n'
            '\tsources = {"static:a", "command:/bin/echo a"}\n}\n',
            f'2: collection "x": {command}\n',
        ),
        (
            '\n\nquotes = {"static:a", "command:/bin/echo a"}\n',
            f'3: collection "quotes": {command}\n',
        ),
        (
            'collection "x" { sources = {"static:a"} }\n\n'
            'collection "y" { sources = {"fortune:/none"} }\n',
            '3: collection "y": fortune:/none: No such file or directory\n',
        ),
        (
            'collection "x" {\n\tsources = {"static:a"}\n\tpercent = 10\n}\n'
            'collection "y" {\n\tsources = {"static:b"}\n\tweight = 2\n}\n',
            '5: collection "y": it has a weight and others have a percent; '
            "use one or the other for all\n",
        ),
    ):
        path = written(tmp_path, text + 'qotd "a" { listen = {"127.0.0.1:0"} udp = {} }\n')
        for arguments in (["-t", "-c"], ["-c"], ["list", "-c"]):
            result = run(*arguments, path)
            assert (result.returncode, result.stderr) == (78, f"quoted: {path}:{expected}")


def test_check_refuses_with_line_and_suggestion(tmp_path):
    path = written(tmp_path, 'qotd "default" {\n\tlsiten = {}\n}\n')
    result = run("--test", "--config", path)
    assert result.returncode == 78
    assert f"{path}:2: qotd.lsiten: no such setting; did you mean 'listen'?" in result.stderr


def test_check_refuses_what_the_front_end_refuses(tmp_path):
    result = run("-t", "-c", written(tmp_path, CONFIG.replace("127.0.0.1:0", "nonsense")))
    assert result.returncode == 78 and "nonsense" in result.stderr


def test_check_refuses_a_log_level(tmp_path):
    path = written(tmp_path, "\n\nlog_level = loud\n" + CONFIG)
    result = run("-t", "-c", path)
    assert result.returncode == 78
    assert f"{path}:3: log_level: 'loud' is not one of error, warning, info, debug" in result.stderr


def test_log_levels(quoted, tmp_path):
    for level in ("error", "warning", "info", "debug"):
        result = run("-t", "-c", written(tmp_path, f"log_level = {level}\n" + CONFIG))
        assert (result.returncode, result.stderr) == (0, "")
    port = free_port()
    quiet = quoted("log_level = warning\n" + CONFIG, "-p", str(port), ready=False)
    wait_until(lambda: answers(port))
    assert quiet.stop() == 0
    assert quiet.log() == ""


def test_check_finds_what_a_start_would(tmp_path):
    """Every mistake in one run, each with its line."""
    text = """quotes = {"static:A quote of some length"}
collection "live" { sources = {"command:absent-program -x"} private = true }
qotd "a" {
    listen = {"127.0.0.1:1717", "127.0.0.1:1717"}
    udp = {"127.0.0.1:1717"}
}
web "b" {
    listen = {"*:1717", "unix:/nowhere/socket"}
}
mail "c" {
    address = "quote@example.org"
    smtp = {"127.0.0.1:0"}
    lmtp = {"unix:/nowhere/socket"}
}
irc "d" {
    contact = "me@example.org"
    password_file = "/nowhere/password"
}
qotd "e" { listen = {"127.0.0.1:0"} udp = {} max_bytes = 16 }
"""
    path = written(tmp_path, text)
    result = run("-t", "-c", path)
    assert result.returncode == 78
    lines = sorted(result.stderr.splitlines())
    expected = [
        "17: irc.password_file: /nowhere/password: No such file or directory",
        "13: mail.lmtp: unix:/nowhere/socket is also listened on by web.b; choose another address",
        "13: mail.lmtp: unix:/nowhere/socket cannot be listened on: No such file or directory; "
        "make its directory first",
        "2: collection.sources: there is no program 'absent-program'; install it, or write its path",
        "4: qotd.listen: 127.0.0.1:1717 is also listened on by qotd.a; choose another address",
        "8: web.listen: *:1717 is also listened on by qotd.a; choose another address",
        "8: web.listen: unix:/nowhere/socket cannot be listened on: No such file or directory; "
        "make its directory first",
    ]
    warning = "quoted: warning: qotd.e: none of its quotes fits, so it has nothing to show; raise its limits or add shorter quotes"
    assert lines == sorted([f"quoted: {path}:{line}" for line in expected] + [warning])


def test_check_finds_a_port_that_may_not_be_bound(tmp_path):
    path = written(tmp_path, 'quotes = {"static:A"}\nqotd "a" { listen = {"127.0.0.1:17"} udp = {} }\n')
    # As anybody but root would be; root itself, as another user may not read where this was cloned.
    drop = ["setpriv", "--bounding-set=-net_bind_service"] if os.getuid() == 0 else []
    result = subprocess.run([*drop, DAEMON, "-t", "-c", path], capture_output=True, text=True, timeout=60)
    if open("/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding="ascii").read().strip() == "1024":
        assert result.returncode == 78
        assert result.stderr.startswith(f"quoted: {path}:2: qotd.listen: 127.0.0.1:17 cannot be listened on: ")


def test_the_effective_configuration_is_printed(tmp_path):
    path = written(tmp_path, CONFIG)
    first = run("-T", "-c", path, "-s", "Another")
    assert first.returncode == 0 and first.stderr == ""
    assert 'quotes = {"static:Another"}\n' in first.stdout
    assert 'qotd "default" {\n' in first.stdout and "\tmax_bytes = 511\n" in first.stdout
    again = run("-T", "-c", written(tmp_path, first.stdout))
    assert again.stdout == first.stdout
    bad = run("-T", "-c", written(tmp_path, "equal = perhaps\n" + CONFIG))
    assert (bad.returncode, bad.stdout) == (78, "")


def test_the_default_configuration(tmp_path):
    """In a mount namespace of its own, /etc has what the test puts there."""
    etc = tmp_path / "etc"
    (etc / "quoted").mkdir(parents=True)
    script = f"mount --bind {etc} /etc && exec {DAEMON} -T"
    unshare = ["unshare", "--mount", "--map-root-user", "sh", "-c", script]
    result = subprocess.run(unshare, capture_output=True, text=True, timeout=60)
    assert "qotd_port = 1717" in result.stdout, result.stderr
    (etc / "quoted" / "quoted.conf").write_text(CONFIG)
    result = subprocess.run(unshare, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0 and "qotd_port" not in result.stdout, result.stderr


def test_missing_files():
    result = run("-c", "/nonexistent/quoted.conf")
    assert result.returncode == 78
    assert "/nonexistent/quoted.conf: No such file or directory" in result.stderr
    result = run("/nonexistent/fortunes")
    assert result.returncode == 66 and "/nonexistent/fortunes" in result.stderr


def test_static_text_replaces_the_quotes(quoted):
    daemon = quoted(CONFIG, "-s", "Only this")
    assert ask(daemon.port("qotd.default")) == "Only this\r\n"
    assert daemon.stop() == 0


def test_fortune_files_win_over_static_text(quoted, tmp_path):
    fortunes = tmp_path / "fortunes"
    fortunes.write_text("From the file\n%\n")
    daemon = quoted(CONFIG, "-s", "Not this", str(fortunes))
    assert ask(daemon.port("qotd.default")) == "From the file\r\n"


def test_port_replaces_the_configured_one(quoted):
    port = free_port()
    daemon = quoted(CONFIG, "-p", str(port))
    assert daemon.port("qotd.default") == port
    assert ask(port) == "An apple a day\r\n"


def test_port_needs_one_section(tmp_path):
    second = 'qotd "second" { listen = {"127.0.0.1:0"} }\n'
    result = run("-t", "-p", "1717", "-c", written(tmp_path, CONFIG + second))
    assert result.returncode == 64
    assert "needs exactly one qotd section; the configuration has 2" in result.stderr


def test_no_configuration_at_all():
    """In a network of its own, where no other program has the default ports."""
    script = 'ip link set lo up; exec "$0"'
    with subprocess.Popen(
        ["unshare", "-rn", "sh", "-ec", script, DAEMON], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as daemon:

        def inside(*command):
            enter = ["nsenter", "-t", str(daemon.pid), "-U", "-n", "--preserve-credentials"]
            return subprocess.run([*enter, *command], capture_output=True, text=True, timeout=60, check=True).stdout

        try:
            lines = [daemon.stdout.readline() for _ in range(3)]
            assert "nc localhost 1717" in lines[0]
            assert "http://localhost:8017/" in lines[1]
            assert "-c FILE" in lines[2] and "Ctrl-C" in lines[2]
            assert inside(DAEMON, "get", "127.0.0.1:1717")
            page = inside("curl", "-sS", "-H", "Accept: text/html", "http://127.0.0.1:8017/")
            assert "<code>nc localhost 1717</code>" in page and "<code>curl http://localhost:8017</code>" in page
        finally:
            daemon.send_signal(signal.SIGINT)
            log = daemon.communicate(timeout=60)[1]
    assert daemon.returncode == 0, log
    listening = re.findall(r"listening on \S+ (\S+):\d+", log)
    assert listening and set(listening) <= {"127.0.0.1", "[::1]"}


def test_the_bundled_proverbs_are_served_where_there_are_no_fortunes(tmp_path):
    """In a namespace of its own the daemon finds the directories of the system's fortunes empty."""
    places = "/usr/share/games /usr/share/fortune /usr/local/share /usr/share/fortunes"
    hide = f"for d in {places}; do [ ! -d $d ] || mount -t tmpfs none $d; done"
    (tmp_path / "quoted.conf").write_text('qotd "default" { listen = {"127.0.0.1:0"} udp = {} }\n')
    command = f'{hide}; exec "$0" -c "$1"'
    daemon = subprocess.Popen(
        ["unshare", "-rm", "sh", "-ec", command, DAEMON, tmp_path / "quoted.conf"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert "quoted: configuration: " in daemon.stderr.readline()
        first = daemon.stderr.readline()
        port = re.search(r"qotd.default: listening on tcp \S+:(\d+)", first)
        assert port, first
        answer = ask(int(port[1])).replace("\r\n", "\n")
    finally:
        daemon.terminate()
        daemon.communicate(timeout=60)
    assert daemon.returncode == 0
    proverbs = (SOURCE / "config" / "proverbs").read_text().split("\n%\n")
    assert answer.strip() in [proverb.strip().expandtabs(8) for proverb in proverbs]


def test_no_front_end_is_an_error(tmp_path):
    path = written(tmp_path, 'quotes = {"static:x"}\ncollection "more" { sources = {"static:y"} }\n')
    for arguments in (["-t"], []):
        result = run(*arguments, "-c", path)
        assert result.returncode == 78
        assert result.stderr == (
            f"quoted: {path}: no front end shows quotes; "
            'add a section such as qotd "default" {}\n'
        )


def test_the_ready_line(quoted, tmp_path):
    fortunes = tmp_path / "fortunes"
    fortunes.write_text("\n%\n".join(f"quote {i}" for i in range(1234)))
    irc = f'irc "libera" {{ tls = false server = "127.0.0.1" port = {free_port()} contact = "me" }}\n'
    config = f"""{irc}
web "default" {{ listen = {{"127.0.0.1:0"}} }}
qotd "away" {{ listen = {{"192.0.2.1:0"}} udp = {{}} }}
qotd "default" {{ listen = {{"127.0.0.1:0"}} udp = {{}} }}
"""
    where = r"qotd.away \(trying again\), qotd, web, irc.libera \(connecting\)\n"
    daemon = quoted(f'quotes = {{"fortune:{fortunes}", "static:x"}}\n' + config)
    daemon.wait_log(r"info quoted: ready: 1,235 quotes from 2 files on " + where)
    live = 'collection "live" { sources = {"command:echo x"} }\n'
    daemon = quoted(f'quotes = {{"static:x"}}\n{live}' + config)
    daemon.wait_log(r"info quoted: ready: 1 quote from 1 file and 1 command on " + where)


def check_start_is_refused(daemon, reason):
    """The daemon has ended with 69, its last line the reason."""
    daemon.exits_with = {69}
    assert daemon.process.wait(30) == 69
    assert daemon.log().splitlines()[-1].endswith("error quoted: " + reason)
    assert "quoted: ready" not in daemon.log()


def test_a_second_copy_ends_before_it_speaks(quoted):
    """Whatever the order in the file: the IRC server sees only the first."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        irc = f'irc "a" {{ tls = false server = "127.0.0.1" port = {server.getsockname()[1]} contact = "me" }}\n'
        port = free_port()
        config = irc + CONFIG.replace("127.0.0.1:0", f"127.0.0.1:{port}")
        quoted(config)
        with server.accept()[0]:
            check_start_is_refused(
                quoted(config, ready=False),
                f"qotd.default: cannot listen on tcp 127.0.0.1:{port}: Address already in use; "
                "stop the program that listens there, or choose another address",
            )
            server.setblocking(False)
            with pytest.raises(BlockingIOError):
                server.accept()
    assert ask(port) == "An apple a day\r\n"


def test_an_address_that_cannot_be_had_ends_the_start(quoted, tmp_path):
    path = tmp_path / "none" / "socket"
    web = f'web "default" {{ listen = {{"unix:{path}"}} }}\n'
    check_start_is_refused(
        quoted(CONFIG + web, ready=False),
        f"web.default: cannot listen on unix:{path}: No such file or directory; "
        "make its directory first",
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        check_start_is_refused(
            quoted(CONFIG.replace("udp = {}", f'udp = {{"{address}"}}'), ready=False),
            f"qotd.default: cannot listen on udp {address}: Address already in use; "
            "stop the program that listens there, or choose another address",
        )


def test_a_file_in_the_place_of_a_socket_is_an_error(quoted, tmp_path):
    (tmp_path / "file").write_text("precious")
    config = CONFIG + f'web "default" {{ listen = {{"unix:{tmp_path}/file"}} }}\n'
    remedy = "remove the file there, which is not a socket"
    checked = run("-t", "-c", written(tmp_path, config))
    assert checked.returncode == 78
    assert f"web.listen: unix:{tmp_path}/file cannot be listened on: File exists; {remedy}\n" in checked.stderr
    check_start_is_refused(
        quoted(config, ready=False),
        f"web.default: cannot listen on unix:{tmp_path}/file: Address already in use; {remedy}",
    )
    assert (tmp_path / "file").read_text() == "precious"


def test_an_address_that_is_not_there_yet_is_tried_again(quoted):
    away = 'qotd "away" { listen = {"192.0.2.1:0"} udp = {} }\n'
    daemon = quoted(CONFIG + away)
    assert ask(daemon.port("qotd.default")) == "An apple a day\r\n"
    reason = "qotd.away: cannot listen on tcp 192.0.2.1:0: Cannot assign requested address; next try"
    wait_until(lambda: daemon.log().count(reason) == 2)
    assert daemon.stop() == 0
    alone = quoted('quotes = {"static:x"}\n' + away, ready=False)
    wait_until(lambda: alone.log().count(reason) == 2)
    assert "quoted: ready" not in alone.log()


def test_signals_end_it_with_0(quoted):
    assert quoted(CONFIG).stop(signal.SIGTERM) == 0
    assert quoted(CONFIG).stop(signal.SIGINT) == 0


def test_an_idle_daemon_ends_at_once(quoted):
    """A connection that owes nothing is no reason to wait."""
    web = 'web "default" { listen = {"127.0.0.1:0"} idle_timeout = 3600 }\n'
    daemon = quoted("drain_timeout = 3600\n" + CONFIG + web)
    with socket.create_connection(("127.0.0.1", daemon.port("web.default")), timeout=30) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert idle.recv(4096).startswith(b"HTTP/1.1 200 ")
        assert daemon.stop(timeout=10) == 0


def test_a_client_that_stays_delays_the_end_no_longer_than_the_deadline(quoted):
    daemon = quoted("drain_timeout = 1\n" + CONFIG)
    with socket.create_connection(("127.0.0.1", daemon.port("qotd.default"))):
        assert daemon.stop() == 0


def test_every_accepted_client_is_answered_while_it_drains(quoted):
    daemon = quoted(CONFIG)
    port = daemon.port("qotd.default")
    clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    first = clients[0].recv(4096)
    daemon.process.send_signal(signal.SIGTERM)
    answers = [first.decode()]
    for client in clients[1:]:
        client.settimeout(30)
        data = client.recv(4096)
        answers.append(data.decode())
        client.close()
    clients[0].close()
    assert answers == ["An apple a day\r\n"] * 50
    assert wait_until(lambda: daemon.process.poll() is not None)
    assert daemon.process.returncode == 0


def test_a_second_signal_ends_a_drain_at_once(quoted):
    config = CONFIG.replace("udp = {}", "udp = {} linger_ms = 60000")
    daemon = quoted("drain_timeout = 3600\n" + config)
    with socket.create_connection(("127.0.0.1", daemon.port("qotd.default")), timeout=30) as client:
        assert client.recv(4096), "it is served, and stays"
        daemon.process.send_signal(signal.SIGTERM)
        daemon.wait_log(r"info quoted: stopping")
        assert daemon.process.poll() is None
        assert daemon.stop(timeout=10) == 0
