"""The relay over TLS and with AUTH: what is sent, and why it is not."""

import ssl
import subprocess

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from conftest import free_port
from test_mail import Client, Sink, config


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
         "the certificate of the relay is not valid for localhost: self-signed certificate"),
        (True, False, "127.0.0.1", True, "",
         "the certificate of the relay is not valid for 127.0.0.1: IP address mismatch"),
        (False, False, "localhost", True, "", "the relay does not offer STARTTLS"),
        (True, False, "localhost", True, "ann", "the relay does not offer AUTH by PLAIN, LOGIN or CRAM-MD5"),
        (True, True, "localhost", True, "bob", "the relay replied to AUTH: 535 5.7.8 "),
    ],
)
def test_nothing_is_sent_otherwise(quoted, start, certificate, tls, auth, host, ca, user, reason):
    sink, port = start(tls, auth)
    extra = 'relay_tls = "starttls" ' + (f'relay_ca = "{certificate}/cert" ' if ca else "")
    d = quoted(config(port, extra + (login(certificate, user) if user else ""), host=host))
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    d.wait_log("1 messages wait for the relay, which is tried again in 1 s: " + reason)
    d.wait_log("1 messages wait for the relay, which is tried again in 2 s: " + reason)
    assert sink.messages == []


def test_password_file_that_others_can_read(quoted, start, certificate, tmp_path):
    sink, port = start(auth=True)
    path = tmp_path / "open"
    path.write_text("open sesame\n")
    path.chmod(0o644)
    extra = f'relay_tls = "starttls" relay_ca = "{certificate}/cert" '
    d = quoted(config(port, extra + f'relay_user = "ann" relay_password_file = "{path}"', host="localhost"))
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    d.wait_log("1 messages wait for the relay.*open: others can read it; run chmod o= ")
    path.chmod(0o600)
    sink.taken(1)


@pytest.mark.parametrize(
    "section, remedy",
    [
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
