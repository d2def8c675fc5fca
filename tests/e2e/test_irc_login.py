"""The bot with real servers by TLS: ngircd, and InspIRCd with the services of atheme."""

import base64
import hashlib
import hmac
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
<module name="ssl_gnutls"><module name="sslinfo"><module name="botmode"><module name="monitor"><module name="redirect">
<module name="banredirect"><module name="chghost"><module name="sajoin"><module name="svshold">
<class name="all" commands="CHGHOST SAJOIN" privs="users/sajoin-others">
<type name="all" classes="all">
<oper name="oper" password="oper" host="*@*" type="all">
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
loadmodule "modules/nickserv/cert";
loadmodule "modules/nickserv/enforce";
loadmodule "modules/nickserv/set_core";
loadmodule "modules/saslserv/main";
loadmodule "modules/saslserv/plain";
loadmodule "modules/saslserv/external";
serverinfo {{
    name = "services.example.net"; desc = "services"; numeric = "00B"; recontime = 1;
    netname = "test"; adminname = "a"; adminemail = "a@example.net"; registeremail = "n@example.net";
    maxlogins = 10; maxusers = 100; maxnicks = 5; maxchans = 5; mdlimit = 30; emaillimit = 10;
    emailtime = 300; auth = none; casemapping = rfc1459;
}};
uplink "irc.example.net" {{
    host = "127.0.0.1"; port = {link}; send_password = "link"; receive_password = "link";
}};
nickserv {{ nick = "NickServ"; user = "NickServ"; host = "services"; real = "n";
    enforce_delay = 1; }};
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
        self.certify("server")
        self.write("server.pem", (base / "server.pem").read_text())
        for part in ("key", "cert"):
            self.write(f"{part}.pem", (base / f"server.{part}").read_text())
        if os.getuid() == 0:
            os.chown(base, pwd.getpwnam("irc").pw_uid, -1)

    def certify(self, name):
        """Returns a file with a certificate that is signed by itself, and its key."""
        command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=irc -days 2 " \
                  f"-addext subjectAltName=IP:127.0.0.1 -keyout {name}.key -out {name}.cert"
        subprocess.run(["openssl", *command.split()], cwd=self.base, check=True, capture_output=True)
        both = self.write(f"{name}.pem", "".join((self.base / f"{name}.{part}").read_text() for part in ("cert", "key")))
        both.chmod(0o600)
        return both

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

    def register(self, nick, certificate=None):
        client = self.join(nick, certificate)

        def services():
            client.say(f"PRIVMSG NickServ :REGISTER hush {nick}@example.net")
            client.read()
            return re.search(f"900 {nick}|is now registered", client.text)

        wait_until(services)
        return client

    def join(self, nick, certificate=None):
        context = ssl.create_default_context(cafile=self.base / "cert.pem")
        if certificate is not None:
            context.load_cert_chain(certificate)
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
    daemon.wait_log(rf"certificate \(SHA-256 {plain}\) is not accepted: self.signed certificate; "
                    r"if it is the right one, write it as tls_fingerprint; next try in")
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


def test_sasl_by_certificate(quoted, servers):
    """The services know the account by its certificate; a name is checked, and a stranger refused."""
    servers.start_inspircd()
    known = servers.certify("known")
    owner = servers.register("alice", known)
    owner.say("PRIVMSG NickServ :CERT ADD")
    owner.expect(r"(?i)added fingerprint")
    login = f'tls_ca = "{servers.base}/cert.pem" login = "external" tls_certificate = "%s" nick = "%s" account = "%s"'
    for nick, account in (("one", ""), ("two", "alice")):
        daemon = quoted(bot(servers, login % (known, nick, account)))
        daemon.wait_log(rf"logged in as alice\n(.*\n)*.*registered as {nick}\n(.*\n)*.*joined #quotes")
    for certificate, account in ((servers.certify("other"), ""), (known, "bob")):
        daemon = quoted(bot(servers, login % (certificate, "three", account)))
        daemon.wait_log(r"cannot log in to 127.0.0.1: 904 .*; as the server refuses us, next try in")
        assert "registered" not in daemon.log()
    owner.close()


def scram(password, salt, count, messages):
    """Returns the proof and the signature of RFC 5802, section 3, in base64."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, count)
    client, server = (hmac.digest(salted, name, "sha256") for name in (b"Client Key", b"Server Key"))
    signature = hmac.digest(hashlib.sha256(client).digest(), messages.encode(), "sha256")
    proof = bytes(a ^ b for a, b in zip(client, signature))
    return [base64.b64encode(octets).decode() for octets in (proof, hmac.digest(server, messages.encode(), "sha256"))]


class ScramServer:
    """Registers one client, who logs in to alice by SCRAM-SHA-256, on a line without TLS."""

    SALT, COUNT = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096

    def __init__(self, listener):
        sock, _ = listener.accept()
        self.client = Client(sock)

    def challenge(self, text):
        self.client.say("AUTHENTICATE " + (base64.b64encode(text.encode()).decode() or "+"))

    def reply(self):
        return base64.b64decode(self.client.expect(r"AUTHENTICATE (\S+)\r\n")[1]).decode()

    def run(self, password):
        """Returns whether the client has proved that it has the password; it is told so all the same."""
        self.client.expect(r"CAP LS 302\r\n")
        self.client.say(":s CAP * LS :sasl=PLAIN,SCRAM-SHA-256")
        self.client.expect(r"CAP REQ :sasl\r\n")
        self.client.say(":s CAP * ACK :sasl")
        self.client.expect(r"AUTHENTICATE SCRAM-SHA-256\r\n")
        self.challenge("")
        first = re.fullmatch(r"n,,(n=alice,r=(.+))", self.reply())
        nonce = first[2] + "%server$"
        second = f"r={nonce},s={base64.b64encode(self.SALT).decode()},i={self.COUNT}"
        self.challenge(second)
        final = re.fullmatch(r"(c=biws,r=(.+)),p=(.+)", self.reply())
        assert final[2] == nonce
        proof, signature = scram(password, self.SALT, self.COUNT, f"{first[1]},{second},{final[1]}")
        self.challenge("v=" + signature)
        return final[3] == proof

    def welcome(self):
        self.client.expect(r"AUTHENTICATE \+\r\n")
        self.client.say(":s 900 quoted quoted!q@h alice :You are now logged in as alice")
        self.client.say(":s 903 quoted :SASL authentication successful")
        self.client.expect(r"CAP END\r\n")
        self.client.say(":s 001 quoted :Welcome")
        self.client.expect(r"JOIN #quotes\r\n")


def test_scram_as_another_has_written_it(quoted, tmp_path):
    """First the example of RFC 7677; a server that does not know the password is left."""
    messages = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0," \
               "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    assert scram("pencil", ScramServer.SALT, ScramServer.COUNT, messages) == [
        "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        more = f'tls = false login = "scram-sha-256" account = "alice" account_password_file = "{secret(tmp_path, "hush")}"'
        daemon = quoted(BOT.format(server=f'"127.0.0.1:{listener.getsockname()[1]}"', more=more))
        server = ScramServer(listener)
        assert server.run("hush")
        server.welcome()
        daemon.wait_log(r"logged in as alice")
        server.client.close()
        rogue = ScramServer(listener)
        assert not rogue.run("guess")
        daemon.wait_log(r"cannot log in to 127.0.0.1: it did not prove that it knows the password; as the server ref")
        rogue.client.close()


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
    """Another client has it; NickServ takes it away, and MONITOR tells that it is free."""
    servers.start_inspircd()
    thief = servers.register("alice")
    login = f'tls_ca = "{servers.base}/cert.pem" login = "plain" account = "alice" nick = "alice" ' \
            f'account_password_file = "{secret(tmp_path, "hush")}"'
    daemon = quoted(bot(servers, login))
    daemon.wait_log(r"registered as alice_\n(.*\n)*.*the nickname is now alice\n")
    thief.close()


def test_a_nickname_that_services_keep_for_its_owner(quoted, servers, tmp_path):
    """A stranger loses it and stops asking for it; the owner has services release it."""
    servers.start_inspircd()
    owner = servers.register("alice")
    owner.say("PRIVMSG NickServ :SET ENFORCE ON")
    owner.expect(r"(?i)enforce")
    owner.close()
    trusted = f'tls_ca = "{servers.base}/cert.pem" nick = "alice" '
    stranger = quoted(bot(servers, trusted))
    stranger.wait_log(r"registered as alice\n(.*\n)*.*the nickname is now Guest")
    stranger.wait_log(r"the network keeps the nickname alice for another, so it is not asked for again; log in to its")
    login = trusted + f'login = "plain" account = "alice" account_password_file = "{secret(tmp_path, "hush")}"'
    daemon = quoted(bot(servers, login))
    daemon.wait_log(r"logged in as alice\n(.*\n)*.*registered as alice_\n(.*\n)*.*the nickname is now alice\n")


def test_hosts_that_operators_change(quoted, servers):
    """Each line is as full as the server's limit lets it be, and none is cut."""
    servers.start_inspircd()
    owner = servers.join("owner")
    text = " ".join(["word"] * 200)
    daemon = quoted(bot(servers, f'tls_ca = "{servers.base}/cert.pem"').replace("An apple a day", text))
    daemon.wait_log(r"joined #quotes")
    owner.say("OPER oper oper")
    owner.expect(r" 381 ")
    for host in ("a.b", "h" * 60, "of.the.network.example"):
        owner.say(f"CHGHOST quoted {host}")
        owner.say("PRIVMSG #quotes :!quote")
        heard = owner.expect(r"(?s)^.*?\[\w{4}\]\r\n").group(0).split("\r\n")
        lines = [line for line in heard if re.match(rf":quoted!\S+@{re.escape(host)} PRIVMSG #quotes :", line)]
        assert " ".join(line.split(" :")[1] for line in lines).startswith(text + " [")
        assert all(len(line) + 2 <= 512 < len(line) + 2 + len(" word") for line in lines[:-1])
    owner.close()


def test_bots_and_channels_that_are_not_ours(quoted, servers):
    """It is marked as a bot, answers no other bot, and leaves a channel that operators put it into."""
    servers.start_inspircd()
    owner = servers.join("owner")
    daemon = quoted(bot(servers, f'tls_ca = "{servers.base}/cert.pem"'))
    owner.expect(r":quoted!\S+ JOIN :?#quotes")
    owner.say("WHOIS quoted")
    owner.expect(r" 335 owner quoted :is a bot")
    owner.say("OPER oper oper")
    owner.say("SAJOIN quoted #lobby")
    daemon.wait_log(r"leaving #lobby, which is not in channels")
    for line in ("MODE owner +B", "PRIVMSG #quotes :!quote", "PRIVMSG quoted :quote",
                 "PRIVMSG quoted :\x01VERSION\x01", "MODE owner -B", "PRIVMSG #quotes :!quote nothing"):
        owner.say(line)
    heard = owner.expect(r"(?s)MODE owner :?-B.*NOTICE owner :No quote matches 'nothing'")
    assert "An apple" not in heard.string and "VERSION" not in heard.string
    owner.close()


def own_memory(daemon):
    """Returns the octets that are not mapped from files, and the factor that a sanitizer may add."""
    process = pathlib.Path(f"/proc/{daemon.pid}")
    is_watched = re.search(r"lib[at]san", (process / "maps").read_text())
    octets = 1024 * int(re.search(r"RssAnon:\s+(\d+) kB", (process / "status").read_text())[1])
    return octets, 8 if is_watched else 1


def memory_with_networks(quoted, listener, count):
    """Connects a daemon to the listener as this many networks, and has each say a quote."""
    config = 'quotes = {"static:An apple a day"}\n' + "".join(
        f"""irc "n{number}" {{ server = "127.0.0.1:{listener.getsockname()[1]}" contact = "me"
            channels = {{"#quotes"}} }}
        """ for number in range(count))
    daemon = quoted(config)
    clients = []
    for _ in range(count):
        client = Client(listener.accept()[0])
        clients.append(client)
        client.expect(r"USER quoted")
        client.say(":s 001 quoted :Welcome")
        client.expect(r"JOIN #quotes")
        client.say(":quoted!q@h JOIN #quotes")
        client.say(":a!b@c PRIVMSG #quotes :!quote")
        client.expect(r"PRIVMSG #quotes :An apple a day")
    memory = own_memory(daemon)
    assert daemon.stop() == 0
    for client in clients:
        client.close()
    return memory


def test_the_memory_of_fifty_networks(quoted, servers, monkeypatch):
    """By TLS, and with all the authorities of the system."""
    authorities = pathlib.Path(ssl.get_default_verify_paths().openssl_cafile).read_text()
    assert authorities.count("BEGIN CERTIFICATE") > 50
    bundle = servers.write("bundle.pem", authorities + (servers.base / "cert.pem").read_text())
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(servers.base / "server.pem")
    with context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True) as listener:
        (one, _), (fifty, times) = (memory_with_networks(quoted, listener, count) for count in (1, 50))
    assert fifty - one < 20e6 * times, (one, fifty, times)


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
