"""A real Postfix hands over mail by LMTP, and takes back the answers and delivers them."""

import email
import email.policy
import os
import shutil
import smtplib
import subprocess

import pytest
from conftest import free_port, wait_until
from test_mail import QUOTE, Sink, body
from aiosmtpd.controller import Controller

MAIN = """
compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.q.example
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = smtp:[127.0.0.1]:{sink}
smtp_host_lookup = native
maillog_file = {base}/log/mail.log
maillog_file_prefixes = {base}
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""

# What the README says for each way in which a domain can be Postfix's.
RECIPES = {
    "relay": """
mydestination =
transport_maps = inline:{ quote@q.example=lmtp:unix:quoted/lmtp }
relay_domains = q.example
relay_recipient_maps = inline:{ quote@q.example=x, postmaster@q.example=x }
""",
    "local": """
mydestination = q.example
transport_maps = inline:{ quote@q.example=lmtp:unix:quoted/lmtp }
local_recipient_maps = inline:{ quote=x }, proxy:unix:passwd.byname, $alias_maps
""",
    "alias": """
mydestination =
virtual_alias_domains = q.example
transport_maps = inline:{ quote@quotes.q.example=lmtp:unix:quoted/lmtp }
relay_domains = quotes.q.example
relay_recipient_maps = inline:{ quote@quotes.q.example=x }
virtual_alias_maps = inline:{ quote@q.example=quote@quotes.q.example }
""",
}

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - y - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """A Postfix with its own directories; the system's is left alone."""

    def __init__(self, base, sink_port, recipe):
        self.base, self.port = base, free_port()
        for name in ("config", "queue", "data", "log"):
            (base / name).mkdir()
        os.chmod(base, 0o755)
        shutil.chown(base / "data", "postfix")
        # In the queue directory, as Debian's lmtp has it as its chroot; files get the group postfix.
        (base / "queue/quoted").mkdir()
        shutil.chown(base / "queue/quoted", group="postfix")
        os.chmod(base / "queue/quoted", 0o2750)
        (base / "config/main.cf").write_text(MAIN.format(base=base, sink=sink_port) + recipe)
        (base / "config/master.cf").write_text(MASTER.format(port=self.port))
        self.run("start")

    def run(self, *command):
        done = subprocess.run(
            ["postfix", "-c", str(self.base / "config"), *command], capture_output=True, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode() + self.log()

    def log(self):
        path = self.base / "log/mail.log"
        return path.read_text() if path.exists() else ""

    def send(self, sender, message_id, recipient="quote@q.example"):
        text = f"From: {sender}\r\nTo: {recipient}\r\nSubject: hi\r\nMessage-ID: {message_id}\r\n\r\nx\r\n"
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            client.sendmail(sender, [recipient], text)


@pytest.fixture
def world(request, quoted):
    """Postfix, the sink behind it, and the path of the LMTP socket."""
    import tempfile
    from pathlib import Path

    base = Path(tempfile.mkdtemp(prefix="postfix-test-", dir="/var/tmp"))
    os.chmod(base, 0o755)
    sink, lmtp = Sink(), base / "queue/quoted/lmtp"
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    postfix = Postfix(base, controller.port, RECIPES[getattr(request, "param", "relay")])
    try:
        yield postfix, sink, lmtp
    finally:
        subprocess.run(["postfix", "-c", str(base / "config"), "stop"], capture_output=True)
        controller.stop()
        shutil.rmtree(base)


def start(quoted, lmtp, relay_port, state=""):
    return quoted(f"""
state_directory = "{state}"
quotes = {{"static:{QUOTE}"}}
mail "default" {{
    address = {{"quote@q.example", "quote@quotes.q.example"}}
    hostname = "quoted.q.example"
    smtp = {{}}
    lmtp = {{"unix:{lmtp}"}}
    relay = "127.0.0.1:{relay_port}"
}}
""")


def test_handed_over_and_answered(quoted, world):
    postfix, sink, lmtp = world
    d = start(quoted, lmtp, postfix.port)
    postfix.send("ann@b.example", "<p1@b.example>")
    wait_until(lambda: sink.messages)
    _, recipients, content = sink.messages[0]
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert recipients == ["ann@b.example"]
    assert body(message).startswith(QUOTE)
    assert message["In-Reply-To"] == "<p1@b.example>"
    # An answer that comes back must not begin a loop.
    postfix.send("quote@q.example", "<p2@b.example>")
    d.wait_log("no answer to <q…@q.example>: the sender is our own address")
    assert len(sink.messages) == 1
    assert "bounced" not in postfix.log()


def test_queued_while_the_relay_is_away(quoted, world):
    postfix, sink, lmtp = world
    state = lmtp.parent / "state"
    d = start(quoted, lmtp, free_port(), state)
    postfix.send("bob@b.example", "<p3@b.example>")
    wait_until(lambda: "status=sent (250 2.0.0 message accepted)" in postfix.log())
    d.stop()
    start(quoted, lmtp, postfix.port, state)
    assert sink.taken(1)[0][1] == ["bob@b.example"]


def test_deferred_while_nothing_can_be_kept(quoted, world):
    postfix, sink, lmtp = world
    d = start(quoted, lmtp, postfix.port, "/dev/null/state")
    postfix.send("bob@b.example", "<p4@b.example>")
    wait_until(lambda: "status=deferred" in postfix.log() and "451" in postfix.log())
    d.wait_log("mail is put off, as it cannot be kept: /dev/null/state: Not a directory; let")
    d.stop()
    start(quoted, lmtp, postfix.port)
    postfix.run("flush")
    assert sink.taken(1)[0][1] == ["bob@b.example"]


@pytest.mark.parametrize("world", RECIPES, indirect=True)
def test_the_recipes_of_the_readme(quoted, world):
    """Also for an address in Postfix's own domain, and with a detail; any other address there gets 550."""
    postfix, sink, lmtp = world
    postfix_main = postfix.base / "config/main.cf"
    postfix_main.write_text(postfix_main.read_text() + "recipient_delimiter = +\n")
    postfix.run("reload")
    start(quoted, lmtp, postfix.port)
    postfix.send("ann@b.example", "<r1@b.example>")
    sink.taken(1)
    postfix.send("ann@b.example", "<r2@b.example>", "quote+help@q.example")
    message = email.message_from_bytes(sink.taken(2)[1][2], policy=email.policy.default)
    assert body(message).startswith("Write one of these as the subject")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        postfix.send("ann@b.example", "<r3@b.example>", "nobody-here@q.example")
    assert refusal.value.recipients["nobody-here@q.example"][0] == 550
    assert "bounced" not in postfix.log()
