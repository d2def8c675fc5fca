"""The bot with a real ngircd and a second client, and with a server that sends rubbish."""

import os
import pwd
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

import pytest

from conftest import free_port, wait_until

BOT = """
quotes = {{"static:An apple a day"}}
qotd "default" {{
    listen = {{"127.0.0.1:0"}}
}}
irc "test" {{
    server = "127.0.0.1"
    port = {port}
    tls = false
    contact = "admin@example.org"
    channels = {{"#quotes"}}
    commands_per_minute = 1000
    channel_per_minute = 1000
    network_per_minute = 1000
    interval = 0
    reconnect_first = 1
    reconnect_last = 1
    rejoin_delay = 1
    regain_delay = 1
}}
"""

NGIRCD = """
[Global]
    Name = irc.example.net
    Info = test
    AdminEMail = admin@example.net
    Listen = 127.0.0.1
    Ports = {port}
    MotdPhrase = Hello
{user}
[Limits]
    MaxConnectionsIP = 0
    MaxJoins = 0
    MaxPenaltyTime = 0
[Options]
    DNS = no
    Ident = no
    PAM = no
"""


class Server:
    """A throw-away ngircd that can be killed and restarted on its port."""

    def __init__(self, directory):
        self.port = free_port()
        self.config = os.path.join(directory, "ngircd.conf")
        user = ""
        if os.getuid() == 0:
            user = "    ServerUID = irc\n    ServerGID = irc"
            os.chown(directory, pwd.getpwnam("irc").pw_uid, -1)
        with open(self.config, "w", encoding="ascii") as file:
            file.write(NGIRCD.format(port=self.port, user=user))
        os.chmod(self.config, 0o644)
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/sbin/ngircd", "-n", "-f", self.config],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

        def answers():
            assert self.process.poll() is None, "ngircd has ended"
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0

        wait_until(answers)

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()


class Client:
    """A second client, which sends raw lines; text is what it has received."""

    def __init__(self, sock):
        self.sock = sock
        self.text = ""

    @classmethod
    def join(cls, port, nick):
        client = cls(socket.create_connection(("127.0.0.1", port)))
        client.say(f"NICK {nick}")
        client.say(f"USER {nick} 0 * :{nick}")
        client.expect(r" 001 ")
        client.say("JOIN #quotes")
        client.expect(r" 366 ")
        return client

    def say(self, line):
        self.sock.sendall(line.encode() + b"\r\n")

    def read(self):
        self.sock.settimeout(0.05)
        try:
            self.text += self.sock.recv(65536).decode(errors="replace")
        except TimeoutError:
            pass

    def expect(self, pattern):
        """Waits for pattern and drops the text up to its end."""

        def look():
            self.read()
            return re.search(pattern, self.text)

        match = wait_until(look)
        self.text = self.text[match.end() :]
        return match

    def close(self):
        self.sock.close()


@pytest.fixture(name="server")
def server_fixture():
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o755)
        server = Server(directory)
        server.start()
        yield server
        server.kill()


def qotd(daemon):
    with socket.create_connection(("127.0.0.1", daemon.port("qotd.default"))) as sock:
        return sock.recv(1024)


QUOTE = r":quoted!\S+ PRIVMSG {} :An apple a day \[yqwe\]\r\n"


def test_every_way_to_ask(quoted, server):
    daemon = quoted(BOT.format(port=server.port))
    daemon.wait_log(r"irc.test: joined #quotes")
    client = Client.join(server.port, "asker")
    for line in ("!quote", "quoted: quote", "quoted, quote", "QUOTED: !quote"):
        client.say(f"PRIVMSG #quotes :{line}")
        client.expect(QUOTE.format("#quotes"))
    for line in ("quote", "!quote"):
        client.say(f"PRIVMSG quoted :{line}")
        client.expect(QUOTE.format("asker"))
    client.say("PRIVMSG #quotes :!help")
    client.expect(r":quoted!\S+ NOTICE asker :.*quote")
    client.say("WHOIS quoted")
    client.expect(r" 311 .*:contact: admin@example.org")
    client.close()


def test_a_notice_is_not_answered(quoted, server):
    daemon = quoted(BOT.format(port=server.port))
    daemon.wait_log(r"irc.test: joined #quotes")
    client = Client.join(server.port, "asker")
    client.say("NOTICE #quotes :!quote")
    client.say("NOTICE quoted :quote")
    client.say("NOTICE quoted :\x01VERSION\x01")
    client.say("PRIVMSG quoted :\x01ACTION quote\x01")
    client.say("PRIVMSG quoted :quote")
    match = client.expect(r"(?s).*?PRIVMSG asker :An apple a day")
    assert "PRIVMSG #quotes" not in match.group(0)
    assert "VERSION" not in match.group(0)
    client.close()


def test_ctcp_gets_one_notice_each(quoted, server):
    daemon = quoted(BOT.format(port=server.port))
    daemon.wait_log(r"irc.test: joined #quotes")
    client = Client.join(server.port, "asker")
    for asked, answer in (
        ("VERSION", "VERSION quoted, a quote bot; contact: admin@example.org"),
        ("PING 1 2", "PING 1 2"),
        ("TIME", r"TIME \w+, \d\d \w+ 2\d{3} [\d:]{8} \+0000"),
        ("SOURCE", "SOURCE ask admin@example.org"),
        ("CLIENTINFO", "CLIENTINFO CLIENTINFO PING SOURCE TIME VERSION"),
    ):
        client.say(f"PRIVMSG quoted :\x01{asked}\x01")
        client.expect(rf":quoted!\S+ NOTICE asker :\x01{answer}\x01\r\n")
    client.say("PRIVMSG quoted :quote")
    assert "\x01" not in client.expect(r"(?s).*?PRIVMSG asker :An apple").group(0)
    client.close()


def test_a_command_in_colours(quoted, server):
    daemon = quoted(BOT.format(port=server.port))
    daemon.wait_log(r"irc.test: joined #quotes")
    client = Client.join(server.port, "asker")
    for line in (
        "\x02!quote\x02", "\x0312!quote", "\x04FF0000,00ff00!quote\x04", "\x11\x16\x1d\x1e\x1f!quote\x0f",
        "!quote\u00a0", "\u200b!quote", "@quoted quote", "\u2060@quoted:\u202fquote",
    ):
        client.say(f"PRIVMSG #quotes :{line}")
        client.expect(QUOTE.format("#quotes"))
    client.sock.sendall(b"PRIVMSG #quotes :!search caf\xe9\r\n")
    client.expect(r"NOTICE asker :No quote matches 'caf\u00e9'")
    client.close()


def test_two_bots_in_one_channel(quoted, server):
    """Their quotes are commands; people are answered, the bots do not answer each other."""
    section = """irc "{nick}" {{ nick = "{nick}" server = "127.0.0.1" tls = false port = {port}
    contact = "me" channels = {{"#quotes"}} interval = 0 }}
"""
    bots = "".join(section.format(nick=nick, port=server.port) for nick in ("one", "two"))
    daemon = quoted('quotes = {"static:!quote", "static:!search quote", "static:two: quote"}\n' + bots)
    daemon.wait_log(r"irc.one: joined #quotes")
    daemon.wait_log(r"irc.two: joined #quotes")
    client = Client.join(server.port, "asker")
    for _ in range(5):
        client.say("PRIVMSG #quotes :!quote")
        answers = [client.expect(r":(one|two)!\S+ PRIVMSG #quotes :.* \[\w{4}\]\r\n")[1] for _ in range(2)]
        assert sorted(answers) == ["one", "two"]
    client.say("PING :over")
    client.expect(r"(?s)PONG \S+ :over")
    client.say("PRIVMSG one :today")
    said = client.expect(r"(?s)^.*?PRIVMSG asker :").group(0)
    assert "PRIVMSG #quotes" not in said, said
    client.close()


def test_a_bridge_and_an_invite(quoted, server):
    config = BOT.format(port=server.port).replace(
        "    interval", '    relays = {"bridge"}\n    inviters = {"asker!*@*"}\n    interval')
    daemon = quoted(config)
    daemon.wait_log(r"irc.test: joined #quotes")
    bridge = Client.join(server.port, "bridge")
    bridge.say("PRIVMSG #quotes :<bob> !quote nothing")
    bridge.expect(r"PRIVMSG #quotes :bob: No quote matches 'nothing'")
    bridge.say("JOIN #elsewhere")
    bridge.say("INVITE quoted #elsewhere")
    client = Client.join(server.port, "asker")
    client.say("JOIN #there")
    client.expect(r" 366 .*#there")
    client.say("INVITE quoted #there")
    client.expect(r":quoted!\S+ JOIN :?#there")
    client.say("PRIVMSG #there :!quote")
    client.expect(QUOTE.format("#there"))
    assert "#elsewhere" not in daemon.log()
    bridge.close()
    client.close()


def test_a_link_to_the_page(quoted, server):
    """The address is the web section's, as it is now."""
    config = BOT.format(port=server.port).replace("    interval", '    links = {"#quotes"}\n    interval')
    daemon = quoted(config + 'web "default" { listen = {"127.0.0.1:0"} base_url = "https://a.example/q" }\n')
    daemon.wait_log(r"irc.test: joined #quotes")
    client = Client.join(server.port, "asker")
    client.say("PRIVMSG #quotes :!quote")
    client.expect(r"An apple a day \[yqwe\] https://a.example/q/q/yqwer9ttvmbf\r\n")
    path = daemon.log_path.parent / "quoted.conf"
    path.write_text(path.read_text().replace("a.example/q", "b.example/"))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"reloaded: .*; replaced web.default")
    client.say("PRIVMSG #quotes :!quote")
    client.expect(r"An apple a day \[yqwe\] https://b.example/q/yqwer9ttvmbf\r\n")
    client.say("PRIVMSG quoted :quote")
    client.expect(r"An apple a day \[yqwe\]\r\n")
    client.close()


def test_an_admin_reloads(quoted, server):
    """ngircd has no accounts, so no one is an admin; irc_bot_test covers what orders do."""
    config = BOT.format(port=server.port).replace("    interval", '    admins = {"asker"}\n    interval')
    daemon = quoted(config)
    daemon.wait_log(r"irc.test: joined #quotes")
    client = Client.join(server.port, "asker")
    client.say("PRIVMSG #quotes :!reload")
    client.expect(r"NOTICE asker :Only my admins can order that.")
    assert "reloaded" not in daemon.log()
    client.close()


def test_a_reload_keeps_the_connection(quoted, server):
    config = BOT.format(port=server.port)
    daemon = quoted(config)
    daemon.wait_log(r"irc.test: joined #quotes")
    client = Client.join(server.port, "asker")
    path = daemon.log_path.parent / "quoted.conf"
    changed = config.replace('{"#quotes"}', '{"#quotes", "#other"}').replace("interval = 0", 'interval = 0\n    prefix = "?"')
    path.write_text(changed)
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"reloaded: .*; changed irc.test")
    daemon.wait_log(r"irc.test: joined #other")
    client.say("PRIVMSG #quotes :?quote")
    client.expect(QUOTE.format("#quotes"))
    path.write_text(changed.replace('{"#quotes", "#other"}', '{"#other"}'))
    daemon.process.send_signal(signal.SIGHUP)
    client.expect(r":quoted!\S+ PART #quotes")
    path.write_text(changed.replace("port = ", 'nick = "quota"\n    port = '))
    daemon.process.send_signal(signal.SIGHUP)
    client.expect(r":quoted!\S+ JOIN :?#quotes")
    client.expect(r":quoted!\S+ NICK :?quota")
    assert daemon.log().count("connected to") == 1
    path.write_text(config.replace("admin@example.org", "root@example.org"))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_log(r"; replaced irc.test")
    wait_until(lambda: daemon.log().count("connected to") == 2)
    client.close()


def test_a_kick_and_a_taken_nick(quoted, server):
    first = Client.join(server.port, "quoted")
    daemon = quoted(BOT.format(port=server.port))
    daemon.wait_log(r"the nickname quoted is not free \(433 .*in use\); trying another")
    daemon.wait_log(r"irc.test: registered as quoted_")
    first.expect(r":quoted_!\S+ JOIN :?#quotes")
    first.say("KICK #quotes quoted_ :out")
    first.expect(r"KICK #quotes quoted_")
    first.expect(r":quoted_!\S+ JOIN :?#quotes")
    first.say("NICK other")
    first.expect(r":quoted_!\S+ NICK :?quoted\r\n")
    first.say("PRIVMSG #quotes :quoted: quote")
    first.expect(QUOTE.format("#quotes"))
    first.close()


def test_the_server_dies_and_comes_back(quoted, server):
    daemon = quoted(BOT.format(port=server.port))
    daemon.wait_log(r"irc.test: joined #quotes")
    server.kill()
    daemon.wait_log(r"irc.test: .*next try")
    assert qotd(daemon).startswith(b"An apple a day")
    server.start()
    wait_until(lambda: len(re.findall(r"irc.test: joined #quotes", daemon.log())) == 2)
    client = Client.join(server.port, "asker")
    client.say("PRIVMSG #quotes :!quote")
    client.expect(QUOTE.format("#quotes"))
    client.close()


def test_a_server_that_is_not_there(quoted):
    daemon = quoted(BOT.format(port=free_port()))
    daemon.wait_log(r"irc.test: .*refused; next try")
    assert qotd(daemon).startswith(b"An apple a day")
    assert daemon.stop() == 0


def test_rubbish(quoted):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        daemon = quoted(BOT.format(port=listener.getsockname()[1]))
        sock, _ = listener.accept()
        client = Client(sock)
        client.expect(r"USER quoted")
        sock.sendall(b"NICK x\r\nNICK\r\n:x!y@z NOTICE\r\n:s 000\r\n:\r\n\x00\xff\r\r\n\n")
        sock.sendall(bytes(range(256)) * 64 + b"\r\n" + b"@" + b"x" * 100000 + b"\r\n")
        client.say(":s 001 quoted :Welcome")
        client.expect(r"JOIN #quotes")
        client.say(":a!b@c PRIVMSG #quotes :!quote")
        client.expect(r"PRIVMSG #quotes :An apple a day \[yqwe\]\r\n")
        sock.sendall(b"x" * (1 << 22))
        client.say("")
        client.say("PING :still there")
        client.expect(r"PONG :still there")
        assert qotd(daemon).startswith(b"An apple a day")
        assert daemon.stop() == 0
        client.close()


def test_a_server_disturbs_no_other(quoted, server, tmp_path):
    """One is silent, one floods with lines, one with octets, one has no name; the last one works."""
    silent = socket.create_server(("127.0.0.1", 0))
    lines = socket.create_server(("127.0.0.1", 0))
    octets = socket.create_server(("127.0.0.1", 0))
    ports = [listener.getsockname()[1] for listener in (silent, lines, octets)]
    servers = [f"127.0.0.1:{port}" for port in ports] + ["no.such.name.invalid", f"127.0.0.1:{server.port}"]
    config = BOT.format(port=0).split("irc ")[0]
    for number, name in enumerate(servers):
        config += f"""irc "n{number}" {{
            server = "{name}" tls = {"true" if number == 0 else "false"} contact = "me" channels = {{"#quotes"}}
            interval = 0 commands_per_minute = 1000
        }}
        """
    daemon = quoted(config)
    line_sock, _ = lines.accept()
    octet_sock, _ = octets.accept()
    done = threading.Event()

    def flood(sock, text):
        sock.settimeout(1)
        while not done.is_set():
            try:
                sock.sendall(text)
            except TimeoutError:
                pass
            except OSError:
                return

    threads = [threading.Thread(target=flood, args=pair) for pair in (
        (line_sock, b":a!b@c PRIVMSG #quotes :hello\r\n:s 404 q #x :no\r\n" * 1000),
        (octet_sock, bytes(range(1, 256)).replace(b"\n", b"") * 256))]
    for thread in threads:
        thread.start()
    try:
        daemon.wait_log(r"irc.n4: joined #quotes")
        client = Client.join(server.port, "asker")
        for _ in range(20):
            client.say("PRIVMSG #quotes :!quote")
            client.expect(QUOTE.format("#quotes"))
            assert qotd(daemon).startswith(b"An apple a day")
        client.close()
        daemon.wait_log(r"irc.n3: no.such.name.invalid: .*next try in")
    finally:
        done.set()
        for thread in threads:
            thread.join()
        for sock in (silent, lines, octets, line_sock, octet_sock):
            sock.close()


def refused(listener, *lines):
    """Accepts the bot, waits until it registers, says the lines and hangs up."""
    sock, _ = listener.accept()
    client = Client(sock)
    client.expect(r"USER quoted")
    for line in lines:
        client.say(line)
    client.say("PING :heard?")
    client.expect(r"PONG :heard\?")
    client.close()


def test_a_ban_is_left_alone(quoted):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        daemon = quoted(BOT.format(port=listener.getsockname()[1]))
        refused(listener, ":s 465 quoted :You are banned from this server", "ERROR :Closing Link: h (K-Lined)")
        daemon.wait_log(r"irc.test: the server refused \(465 You are banned from this server\)")
        daemon.wait_log(r"server closed the connection: Closing Link: h \(K-Lined\); as the server refuses us, "
                        r"next try in (8|9)\d\d s")


def test_a_refusal_is_told_once(quoted):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        daemon = quoted(BOT.format(port=listener.getsockname()[1]))
        sock, _ = listener.accept()
        client = Client(sock)
        client.expect(r"USER quoted")
        client.say(":s 001 quoted :Welcome")
        client.expect(r"JOIN #quotes")
        client.say(":quoted!q@h JOIN #quotes")
        for code in (404, 404, 482, 404, 520):
            client.say(f":s {code} quoted #quotes :No, {code}")
        # A person who has left is not worth a line; services that are missed are.
        client.say(":s 401 quoted bob :No such nick")
        client.say(":s 401 quoted NickServ :No such nick")
        client.say(":s 470 quoted #quotes ##quotes :Forwarding")
        client.say("PING :heard?")
        client.expect(r"PONG :heard\?")
        for code in (404, 482, 520):
            daemon.wait_log(rf"refused \({code} #quotes No, {code}\)")
        daemon.wait_log(r"refused \(401 NickServ No such nick\)")
        assert daemon.log().count("refused (404") == 1 and "401 bob" not in daemon.log()
        assert daemon.stop() == 0
        client.expect(r"QUIT :")
        client.close()


LEFT = "#quotes is forwarded to ##quotes, which is left; to serve it, add it to channels; next try in 4 s"
LINKED = "[Link] Cannot join channel #quotes (is full) -- transferring you to ##quotes"


@pytest.mark.parametrize(
    "words, told",
    [
        ("##quotes :Forwarding to another channel", LEFT),
        ("##quotes", LEFT),
        (f":{LINKED}", f"cannot join #quotes (470 {LINKED}); next try in 4 s"),
    ],
)
def test_a_channel_that_is_forwarded(quoted, words, told):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        daemon = quoted(BOT.format(port=listener.getsockname()[1]))
        sock, _ = listener.accept()
        client = Client(sock)
        client.expect(r"USER quoted")
        client.say(":s 001 quoted :Welcome")
        client.expect(r"JOIN #quotes")
        client.say(f":s 470 quoted #quotes {words}")
        client.say(":quoted!u@h JOIN ##quotes")
        client.expect(r"PART ##quotes\r\n")
        daemon.wait_log(re.escape(told))
        client.close()


def noon():
    """Returns the settings of a zone in which it is about noon, and the time of day there."""
    now = time.gmtime()
    hours = 12 - now.tm_hour
    return f'timezone = "Etc/GMT{-hours:+d}"\n', f"12:{now.tm_min:02d}"


def test_a_quote_each_morning(quoted, server, tmp_path):
    """After a restart, only the channel that had none yet gets one; an empty one gets none."""
    zone, minute = noon()
    (tmp_path / "kept").mkdir()
    text = f'state_directory = "{tmp_path}/kept"\n' + zone + BOT.format(port=server.port)
    text = text.replace("tls = false", f'tls = false\n    daily = {{"* {minute} topic"}}')
    client = Client.join(server.port, "asker")
    daemon = quoted(text)
    client.expect(QUOTE.format("#quotes"))
    assert daemon.stop() == 0
    client.say("JOIN #other")
    client.expect(r" 366 asker #other ")
    daemon = quoted(text.replace('{"#quotes"}', '{"#quotes", "#empty", "#other"}'))
    before = client.expect(r"(?s).*?" + QUOTE.format("#other")).group(0)
    assert "PRIVMSG #quotes" not in before
    assert "warning" not in daemon.log()
    client.close()
