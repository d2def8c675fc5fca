"""TLS on both sides: the relay, with AUTH, what is sent and why it is not; and STARTTLS for senders."""

import smtplib
import socket
import ssl
import subprocess

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from conftest import DAEMON, free_port
from test_mail import Client, PlainRelay, Sink, config


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """The file of a certificate for localhost, signed by itself, and that of its key."""
    base = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", base / "key", "-out", base / "cert"], check=True, capture_output=True)
    (base / "password").write_text("open sesame\n")
    (base / "password").chmod(0o600)
    return base


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (b"ann", b"open sesame")
    return AuthResult(success=good, handled=False)


@pytest.fixture
def start(certificate):
    """Starts relays: start(tls, auth) returns the sink and its port."""
    controllers = []

    def start(tls=True, auth=False):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate / "cert", certificate / "key")
        sink = Sink()
        more = {"tls_context": context, "require_starttls": True} if tls else {}
        if auth:
            more |= {"authenticator": authenticate, "auth_required": True}
        else:
            more |= {"auth_exclude_mechanism": ["LOGIN", "PLAIN"]}
        controller = Controller(sink, hostname="127.0.0.1", port=free_port(), **more)
        controller.start()
        controllers.append(controller)
        return sink, controller.port

    yield start
    for controller in controllers:
        controller.stop()


def login(certificate, user="ann"):
    return f'relay_user = "{user}" relay_password_file = "{certificate}/password"'


def test_verified(quoted, start, certificate):
    sink, port = start()
    tls = f'relay_tls = "starttls" relay_ca = "{certificate}/cert"'
    d = quoted(config(port, tls, host="localhost"))
    client = Client(d.port("mail.default"))
    for i in range(1, 31):
        assert client.message(f"a{i}@b.example").startswith("250")
    sink.taken(30)


def test_logs_in(quoted, start, certificate):
    sink, port = start(auth=True)
    tls = f'relay_tls = "starttls" relay_ca = "{certificate}/cert" '
    d = quoted(config(port, tls + login(certificate), host="localhost"))
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    sink.taken(1)
    assert "sesame" not in d.log()


@pytest.mark.parametrize(
    "tls, auth, host, ca, user, reason",
    [
        (True, False, "localhost", False, "",
         "the certificate of the relay is not valid for localhost: self-signed certificate; name the file of its issuer in relay_ca"),
        (True, False, "127.0.0.1", True, "",
         "the certificate of the relay is not valid for 127.0.0.1: IP address mismatch; write the name of the certificate in relay"),
        (False, False, "localhost", True, "", "the relay does not offer STARTTLS; try another port, such as 587"),
        (True, False, "localhost", True, "ann", "the relay does not offer AUTH by PLAIN, LOGIN or CRAM-MD5"),
        (True, True, "localhost", True, "bob", "the relay replied to AUTH: 535 5.7.8 .*; see relay_user and relay_password_file"),
    ],
)
def test_nothing_is_sent_otherwise(quoted, start, certificate, tls, auth, host, ca, user, reason):
    sink, port = start(tls, auth)
    extra = 'relay_tls = "starttls" ' + (f'relay_ca = "{certificate}/cert" ' if ca else "")
    d = quoted(config(port, extra + (login(certificate, user) if user else ""), host=host))
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    d.wait_log("1 message waits for the relay, which is tried again in 1 s: " + reason)
    d.wait_log("1 message waits for the relay, which is tried again in 2 s: " + reason)
    assert sink.messages == []


class ClosingRelay(PlainRelay):
    """Agrees to STARTTLS, and hangs up."""

    def talk(self, stream):
        stream.readline()
        stream.write(b"250-relay\r\n250 STARTTLS\r\n")
        stream.readline()
        stream.write(b"220 go on\r\n")


def test_tls_that_fails(quoted):
    d = quoted(config(ClosingRelay().port, 'relay_tls = "starttls"'))
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    d.wait_log("1 message waits for the relay.*: TLS failed after the relay agreed to STARTTLS")


def test_password_file_that_others_can_read(quoted, start, certificate, tmp_path):
    sink, port = start(auth=True)
    path = tmp_path / "open"
    path.write_text("open sesame\n")
    path.chmod(0o600)
    extra = f'relay_tls = "starttls" relay_ca = "{certificate}/cert" '
    d = quoted(config(port, extra + f'relay_user = "ann" relay_password_file = "{path}"', host="localhost"))
    path.chmod(0o644)
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    d.wait_log("1 message waits for the relay.*open: others can read it; run chmod o= ")
    path.chmod(0o600)
    sink.taken(1)


@pytest.mark.parametrize(
    "section, remedy",
    [
        ('tls_key = "/x"', "tls_key: needs tls_certificate"),
        ('tls_certificate = "/nowhere"', "tls_certificate: /nowhere: No such file or directory"),
        ('relay_user = "a"', "relay_user, relay_password_file: set both or none"),
        ('relay_user = "a" relay_password_file = "b"', "relay_user: the password would cross the network"),
        ('relay_ca = "/nowhere"', "relay_ca: /nowhere: No such file or directory"),
        ("relay = {}", "relay: 0 servers; set 1 to 8, as in"),
    ],
)
def test_wrong_settings(quoted, section, remedy):
    d = quoted(f'quotes = {{"static:x"}}\nmail "default" {{ address = "q@b.example" {section} }}\n', ready=False)
    d.wait_log(remedy)
    d.process.wait(30)
    d.exits_with = {78}


def server(certificate):
    return f'tls_certificate = "{certificate}/cert" tls_key = "{certificate}/key"'


TEXT = "From: a@b.example\r\nTo: quote@q.example\r\nSubject: {}\r\n\r\n{}\r\n"


def encrypted(d, certificate):
    """A session in which TLS has begun, with the certificate verified."""
    client = smtplib.SMTP("127.0.0.1", d.port("mail.default"), timeout=30)
    client._host = "localhost"
    client.starttls(context=ssl.create_default_context(cafile=certificate / "cert"))
    return client


def test_starttls(quoted, start, certificate):
    sink, port = start(tls=False)
    d = quoted(config(port, server(certificate)))
    with smtplib.SMTP("127.0.0.1", d.port("mail.default"), timeout=30) as plain:
        plain.ehlo()
        assert plain.has_extn("starttls")
        with encrypted(d, certificate) as client:
            client.ehlo()
            assert not client.has_extn("starttls") and client.has_extn("size")
            # Many records of TLS, and some that wait while a message is being kept.
            for i in range(3):
                text = TEXT.format(i, ("x" * 70 + "\r\n") * 4000)
                client.sendmail(f"a{i}@b.example", "quote@q.example", text)
        plain.sendmail("c@b.example", "quote@q.example", TEXT.format("plain", ""))
    sink.taken(4)


def test_starttls_forgets_what_came_before(quoted, start, certificate):
    _, port = start(tls=False)
    d = quoted(config(port, server(certificate)))
    raw = socket.create_connection(("127.0.0.1", d.port("mail.default")), 30)
    file = raw.makefile("rb")
    assert file.readline().startswith(b"220")
    raw.sendall(b"EHLO me\r\n")
    while file.readline()[3:4] == b"-":
        pass
    raw.sendall(b"MAIL FROM:<a@b.example>\r\nSTARTTLS\r\nRCPT TO:<quote@q.example>\r\nNOOP\r\n")
    assert file.readline().startswith(b"250")
    assert file.readline().startswith(b"220")
    context = ssl.create_default_context(cafile=certificate / "cert")
    with context.wrap_socket(raw, server_hostname="localhost") as secure:
        secure.sendall(b"RCPT TO:<quote@q.example>\r\nMAIL FROM:<a@b.example>\r\n")
        replies = secure.makefile("rb")
        assert replies.readline().startswith(b"503")
        assert replies.readline().startswith(b"503 5.5.1 send EHLO")


def test_starttls_with_something_else(quoted, start, certificate):
    _, port = start(tls=False)
    d = quoted(config(port, server(certificate)))
    with socket.create_connection(("127.0.0.1", d.port("mail.default")), 30) as raw:
        replies = raw.makefile("rb")
        assert replies.readline().startswith(b"220 ")
        raw.sendall(b"STARTTLS\r\n")
        assert replies.readline().startswith(b"220 2.0.0 ")
        raw.sendall(b"EHLO me\r\n" * 9)
        line = d.wait_log("cannot encrypt for 127.0.0.0/24: .*").group()
        assert line.count("TLS") == 1
    with encrypted(d, certificate) as client:
        assert client.ehlo()[0] == 250


@pytest.mark.parametrize("text, mode, reason", [
    (None, 0o600, "No such file or directory"),
    ("", 0o600, "it must be a single line of 1 to 4096 octets"),
    ("secret\n", 0o644, "others can read it; run chmod o= "),
])
def test_check_reads_the_password_of_the_relay(tmp_path, text, mode, reason):
    password = tmp_path / "password"
    if text is not None:
        password.write_text(text)
        password.chmod(mode)
    path = tmp_path / "quoted.conf"
    path.write_text(f'state_directory = "{tmp_path}"\nquotes = {{"static:x"}}\nmail "a" {{ address = "quote@q.example"\n'
                    f'relay_tls = "starttls" relay_user = "u" relay_password_file = "{password}" }}\n')
    done = subprocess.run([DAEMON, "-t", "-c", path], capture_output=True, text=True)
    assert done.returncode == 78
    assert f"relay_password_file: {password}" in done.stderr and reason in done.stderr


def test_starttls_ends_with_the_daemon(quoted, start, certificate):
    _, port = start(tls=False)
    d = quoted(config(port, server(certificate)))
    with encrypted(d, certificate) as client:
        client.ehlo()
        d.process.terminate()
        assert client.getreply()[0] == 421


def test_a_new_certificate_counts(quoted, start, certificate, tmp_path):
    _, port = start(tls=False)
    for name in ("cert", "key"):
        (tmp_path / name).write_bytes((certificate / name).read_bytes())
    (tmp_path / "key").chmod(0o600)
    d = quoted(config(port, server(tmp_path)))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", tmp_path / "key", "-out", tmp_path / "cert"], check=True, capture_output=True)
    d.wait_log(f"presents the new certificate of {tmp_path}/cert")
    with encrypted(d, tmp_path) as client:
        assert client.ehlo()[0] == 250


def test_starttls_by_swaks(quoted, start, certificate):
    sink, port = start(tls=False)
    d = quoted(config(port, server(certificate)))
    subprocess.run(
        ["swaks", "--server", f"127.0.0.1:{d.port('mail.default')}", "--tls", "--silent", "--to", "quote@q.example",
         "--from", "a@b.example"], check=True, timeout=60)
    sink.taken(1)
