"""The bot with real servers by TLS: ngircd, and InspIRCd with the services of atheme."""

import os
import pathlib
import pwd
import re
import ssl
import socket
import subprocess

import pytest

from conftest import free_port, wait_until
from test_irc import Client

README = pathlib.Path(os.environ["QUOTED_SOURCE"]) / "frontends/irc/README.md"

BOT = """
quotes = {{"static:An apple a day"}}
irc "test" {{
    server = {{{server}}}
    contact = "admin@example.org"
    channels = {{"#quotes"}}
    interval = 0
    reconnect_first = 1
    reconnect_last = 1
    regain_delay = 1
    services_timeout = 30
    {more}
}}
"""

INSPIRCD = """
<server name="irc.example.net" description="test" network="test" id="00A">
<admin name="a" nick="a" email="admin@example.net">
<bind address="127.0.0.1" port="{port}" type="clients" sslprofile="Clients">
<bind address="127.0.0.1" port="{link}" type="servers">
<connect name="main" allow="*" timeout="30" localmax="100" globalmax="100" fakelag="off"
    commandrate="100000" threshold="1000" resolvehostnames="no">
<module name="cap"><module name="ircv3"><module name="ircv3_accounttag">
<module name="ircv3_chghost"><module name="ircv3_servertime"><module name="ircv3_ctctags">
<module name="services_account"><module name="sasl"><module name="spanningtree">
<module name="ssl_gnutls"><module name="botmode"><module name="monitor"><module name="redirect">
<module name="banredirect">
<uline server="services.example.net" silent="yes">
<sasl target="services.example.net">
<link name="services.example.net" ipaddr="127.0.0.1" port="7000" allowmask="*"
    sendpass="link" recvpass="link">
<sslprofile name="Clients" provider="gnutls" certfile="{base}/server.pem" keyfile="{base}/server.pem">
<log method="file" type="*" level="default" target="{base}/inspircd.log">
<pid file="{base}/inspircd.pid">
"""

ATHEME = """
loadmodule "modules/protocol/inspircd";
loadmodule "modules/backend/opensex";
loadmodule "modules/nickserv/main";
loadmodule "modules/nickserv/register";
loadmodule "modules/nickserv/identify";
loadmodule "modules/nickserv/ghost";
loadmodule "modules/saslserv/main";
loadmodule "modules/saslserv/plain";
serverinfo {{
    name = "services.example.net"; desc = "services"; numeric = "00B"; recontime = 1;
    netname = "test"; adminname = "a"; adminemail = "a@example.net"; registeremail = "n@example.net";
    maxlogins = 10; maxusers = 100; maxnicks = 5; maxchans = 5; mdlimit = 30; emaillimit = 10;
    emailtime = 300; auth = none; casemapping = rfc1459;
}};
uplink "irc.example.net" {{
    host = "127.0.0.1"; port = {link}; send_password = "link"; receive_password = "link";
}};
nickserv {{ nick = "NickServ"; user = "NickServ"; host = "services"; real = "n"; }};
saslserv {{ nick = "SaslServ"; user = "SaslServ"; host = "services"; real = "s"; }};
general {{ permissive_mode; commit_interval = 5; default_clone_allowed = 100; flood_msgs = 0; }};
database {{ }};
"""

NGIRCD = """
[Global]
    Name = irc.example.net
    Info = test
    AdminEMail = admin@example.net
    Listen = 127.0.0.1
    MotdPhrase = Hello
{user}
[Limits]
    MaxConnectionsIP = 0
    MaxPenaltyTime = 0
[Options]
    DNS = no
    Ident = no
    PAM = no
[SSL]
    CertFile = {base}/cert.pem
    KeyFile = {base}/key.pem
    Ports = {port}
"""


class Servers:
    """Runs servers in a directory as an unprivileged user, until close()."""

    def __init__(self, base):
        self.base, self.port, self.link = base, free_port(), free_port()
        self.processes = []
        base.chmod(0o755)
        command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=irc -days 2 " \
                  "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem"
        subprocess.run(["openssl", *command.split()], cwd=base, check=True, capture_output=True)
        both = (base / "cert.pem").read_text() + (base / "key.pem").read_text()
        self.write("server.pem", both)
        self.write("key.pem", (base / "key.pem").read_text())
        if os.getuid() == 0:
            os.chown(base, pwd.getpwnam("irc").pw_uid, -1)

    def write(self, name, text):
        path = self.base / name
        path.write_text(text)
        path.chmod(0o644)
        return path

    @property
    def fingerprint(self):
        command = ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", self.base / "cert.pem"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("=")[1].strip()

    def run(self, *command):
        drop = ["setpriv", "--reuid=irc", "--regid=irc", "--clear-groups"] if os.getuid() == 0 else []
        with open(self.base / f"{len(self.processes)}.out", "wb") as out:
            self.processes.append(subprocess.Popen(
                [*drop, *command], cwd=self.base, stdin=subprocess.DEVNULL, stdout=out, stderr=out))

    def wait_for_port(self):
        def answers():
            assert self.processes[-1].poll() is None, (self.base / "0.out").read_text()
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0

        wait_until(answers)

    def start_ngircd(self):
        user = "    ServerUID = irc\n    ServerGID = irc" if os.getuid() == 0 else ""
        self.write("ngircd.conf", NGIRCD.format(port=self.port, base=self.base, user=user))
        with open(self.base / "0.out", "wb") as out:
            self.processes.append(subprocess.Popen(
                ["/usr/sbin/ngircd", "-n", "-f", self.base / "ngircd.conf"],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out))
        self.wait_for_port()

    def start_inspircd(self):
        names = {"port": self.port, "link": self.link, "base": self.base}
        self.write("inspircd.conf", INSPIRCD.format(**names))
        self.write("atheme.conf", ATHEME.format(**names))
        self.run("/usr/sbin/inspircd", "--config", str(self.base / "inspircd.conf"), "--nofork")
        self.wait_for_port()
        self.run("atheme-services", "-n", "-c", str(self.base / "atheme.conf"), "-l", "atheme.log",
                 "-p", str(self.base / "atheme.pid"), "-D", str(self.base))

    def register(self, nick):
        client = self.join(nick)

        def services():
            client.say(f"PRIVMSG NickServ :REGISTER hush {nick}@example.net")
            client.read()
            return re.search(f"900 {nick}|is now registered", client.text)

        wait_until(services)
        return client

    def join(self, nick):
        context = ssl.create_default_context(cafile=self.base / "cert.pem")
        sock = context.wrap_socket(socket.create_connection(("127.0.0.1", self.port)), server_hostname="127.0.0.1")
        client = Client(sock)
        client.say(f"NICK {nick}")
        client.say(f"USER {nick} 0 * :{nick}")
        client.expect(r" 001 ")
        client.say("JOIN #quotes")
        client.expect(r" 366 ")
        return client

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(name="servers")
def servers_fixture(tmp_path_factory):
    """In a directory that an unprivileged user can reach."""
    import tempfile

    with tempfile.TemporaryDirectory() as directory:
        servers = Servers(pathlib.Path(directory))
        yield servers
        servers.close()


def secret(tmp_path, text):
    path = tmp_path / text
    path.write_text(text + "\n")
    path.chmod(0o600)
    return path


def bot(servers, more, first=None):
    server = ", ".join(f'"{one}"' for one in [*([first] if first else []), f"127.0.0.1:{servers.port}"])
    return BOT.format(server=server, more=more)


def test_ngircd_by_tls(quoted, servers):
    servers.start_ngircd()
    trusted = f'tls_ca = "{servers.base}/cert.pem"'
    daemon = quoted(bot(servers, trusted, f"127.0.0.1:{free_port()}"))
    daemon.wait_log(r"irc.test: 127.0.0.1:\d+: Connection refused; trying 127.0.0.1:\d+\n")
    daemon.wait_log(r"irc.test: connected to 127.0.0.1 port \d+ \(TLSv1")
    daemon.wait_log(r"irc.test: joined #quotes")
    client = servers.join("asker")
    client.say("PRIVMSG #quotes :!quote")
    client.expect(r":quoted!\S+ PRIVMSG #quotes :An apple a day \[yqwe\]\r\n")
    client.close()
    assert daemon.stop() == 0
    assert len(re.findall(r" warning ", daemon.log())) == 1, "our own QUIT is no reason to warn"


def test_a_certificate_that_nobody_signed(quoted, servers):
    servers.start_ngircd()
    pin = servers.fingerprint
    plain = pin.replace(":", "").lower()
    daemon = quoted(bot(servers, ""))
    daemon.wait_log(rf"certificate \(SHA-256 {plain}\) is not accepted: self.signed certificate; next try in")
    other = quoted(bot(servers, f'tls_fingerprint = "{pin}"'))
    other.wait_log(r"irc.test: joined #quotes")
    wrong = quoted(bot(servers, f'tls_fingerprint = "{"00" * 32}"'))
    wrong.wait_log(rf"\(SHA-256 {plain}\) is not accepted: it is not the one of tls_fingerprint")


def test_no_tls_where_it_is_expected(quoted):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        daemon = quoted(BOT.format(server=f'"127.0.0.1:{listener.getsockname()[1]}"', more=""))
        sock, _ = listener.accept()
        sock.sendall(b":irc.example.net NOTICE * :Hello\r\n")
        daemon.wait_log(r"127.0.0.1: the server does not speak TLS on this port; next try")
        sock.close()


def test_sasl(quoted, servers, tmp_path):
    servers.start_inspircd()
    owner = servers.register("alice")
    login = 'tls_ca = "%s/cert.pem" login = "plain" account = "alice" account_password_file = "%s"'
    daemon = quoted(bot(servers, login % (servers.base, secret(tmp_path, "hush"))))
    daemon.wait_log(r"logged in as alice\n(.*\n)*.*registered as quoted\n(.*\n)*.*joined #quotes")
    owner.say("WHOIS quoted")
    owner.expect(r" 330 alice quoted alice :")
    owner.say("PRIVMSG #quotes :!quote")
    owner.expect(r":quoted!\S+ PRIVMSG #quotes :An apple a day \[yqwe\]\r\n")
    bad = quoted(bot(servers, login % (servers.base, secret(tmp_path, "wrong"))))
    bad.wait_log(r"cannot log in to 127.0.0.1: 904 .*; as the server refuses us, next try in [89]\d\d s|1\d{3} s")
    assert "registered" not in bad.log()
    owner.close()


def test_services(quoted, servers, tmp_path):
    servers.start_inspircd()
    owner = servers.register("alice")
    login = 'tls_ca = "%s/cert.pem" login = "services" account = "alice" account_password_file = "%s"'
    daemon = quoted(bot(servers, login % (servers.base, secret(tmp_path, "hush"))))
    daemon.wait_log(r"registered as quoted\n(.*\n)*.*logged in as alice\n(.*\n)*.*joined #quotes")
    short = (login % (servers.base, secret(tmp_path, "wrong"))) + ' nick = "other"'
    bad = quoted(bot(servers, short).replace("services_timeout = 30", "services_timeout = 1"))
    bad.wait_log(r"NickServ did not let us in within 1 s; (.*\n)*.*joined #quotes")
    owner.close()


def test_the_nickname_of_its_own_account(quoted, servers, tmp_path):
    """Another has it; NickServ takes it away, and MONITOR tells that it is free."""
    servers.start_inspircd()
    thief = servers.register("alice")
    login = f'tls_ca = "{servers.base}/cert.pem" login = "plain" account = "alice" nick = "alice" ' \
            f'account_password_file = "{secret(tmp_path, "hush")}"'
    daemon = quoted(bot(servers, login))
    daemon.wait_log(r"registered as alice_\n(.*\n)*.*the nickname is now alice\n")
    thief.close()


def test_channels_that_forward_or_need_a_key(quoted, servers, tmp_path):
    servers.start_inspircd()
    owner = servers.join("owner")
    for line in ("JOIN #locked", "MODE #locked +k secret", "JOIN #full", "JOIN #next",
                 "MODE #full +l 1", "MODE #full +L #next", "JOIN #banned", "MODE #banned +b *!*@*"):
        owner.say(line)
    owner.expect(r"MODE #banned \+b")
    channels = '{"#locked secret", "#full", "#banned", "#quotes"}'
    daemon = quoted(bot(servers, f'tls_ca = "{servers.base}/cert.pem"').replace('{"#quotes"}', channels))
    daemon.wait_log(r"joined #locked")
    daemon.wait_log(r"cannot join #banned \(474 .*\); not tried again before the next connection")
    daemon.wait_log(r"#full is forwarded to #next, which is left; to serve it, add it to channels")
    owner.expect(r":quoted!\S+ JOIN :?#next")
    owner.expect(r":quoted!\S+ PART :?#next")
    owner.close()


def configurations():
    return [text for text in re.findall(r"```\n(.*?)```", README.read_text(), re.S) if text.startswith("irc ")]


def test_the_configurations_of_the_readme(quoted, servers, tmp_path):
    """Word by word, but for the servers and files of the test; atheme's SASL has no SCRAM."""
    servers.start_inspircd()
    servers.register("ourquotes").close()
    public, home = configurations()
    here = f"127.0.0.1:{servers.port}"
    public = public.replace("irc.libera.chat", here).replace("scram-sha-256", "plain")
    public = public.replace("/etc/quoted/libera", str(secret(tmp_path, "hush")))
    public = public.replace("{\n", f'{{\n\ttls_ca = "{servers.base}/cert.pem"\n', 1)
    home = re.sub(r'"(\w\w:)+\w\w"', f'"{servers.fingerprint}"', home).replace("irc.example.org", here)
    daemon = quoted('quotes = {"static:One"}\n' + public + home)
    daemon.wait_log(r"irc.libera: joined #quotes")
    daemon.wait_log(r"irc.home: joined #quotes")
    daemon.wait_log(r"irc.home: joined #staff")
