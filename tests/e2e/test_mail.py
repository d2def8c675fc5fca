"""The mail front end with real peers: aiosmtpd as the relay, swaks, raw sockets."""

import contextlib
import email
import email.policy
import os
import re
import socket
import stat
import subprocess
import threading
import time

import pytest
from aiosmtpd.controller import Controller
from conftest import DAEMON, free_port, wait_until

QUOTE = "An apple a day keeps the doctor away."


class Sink:
    """The handler of a relay: keeps the messages it accepts, and replies as configured."""

    def __init__(self):
        self.messages = []
        self.mail_reply = None
        self.rcpt_reply = None
        self.data_reply = None
        self.delay = 0
        self.told = 0

    def taken(self, count):
        """Waits for so many messages, and returns them."""
        wait_until(lambda: len(self.messages) >= count)
        assert len(self.messages) == count
        return self.messages

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mail_reply:
            return self.mail_reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt_reply:
            return self.rcpt_reply
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        import asyncio

        await asyncio.sleep(self.delay)
        if self.data_reply:
            return self.data_reply
        self.messages.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 taken"


def start_relay(port, host="127.0.0.1"):
    sink = Sink()
    controller = Controller(sink, hostname=host, port=port)
    controller.start()
    return sink, controller


@pytest.fixture
def relay():
    port = free_port()
    sink, controller = start_relay(port)
    sink.port = port
    yield sink
    controller.stop()


class PlainRelay:
    """A relay of our own, with the given extensions; keeps the lines it receives."""

    def __init__(self, *extensions):
        self.extensions = extensions
        self.lines = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listening.accept()
            # The client hangs up if it needs what we lack.
            with connection, connection.makefile("rwb", buffering=0) as stream, contextlib.suppress(OSError):
                stream.write(b"220 relay\r\n")
                self.talk(stream)

    def talk(self, stream):
        in_text = False
        for line in stream:
            self.lines.append(line.decode().rstrip())
            if in_text and line != b".\r\n":
                continue
            in_text = line.upper() == b"DATA\r\n"
            reply = ["354 go on"] if in_text else ["250 ok"]
            if line.upper().startswith(b"EHLO"):
                names = ["relay", *self.extensions]
                reply = [f"250-{name}" for name in names[:-1]] + [f"250 {names[-1]}"]
            stream.write("".join(text + "\r\n" for text in reply).encode())
            if line.upper().startswith(b"QUIT"):
                return


def config(relay_port, extra="", listen='smtp = {"127.0.0.1:0"}', host="127.0.0.1", timeout=5):
    return f"""
quotes = {{"static:{QUOTE}"}}
mail "default" {{
    address = "quote@q.example"
    from_name = "The quoter"
    hostname = "mx.q.example"
    {listen}
    relay = "{host}:{relay_port}"
    relay_timeout = {timeout}
    {extra}
}}
"""


def body(message, kind="plain"):
    """Returns the text of an answer, of which mail programs show one of two forms."""
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


class Client:
    """A raw SMTP client."""

    def __init__(self, target):
        if isinstance(target, int):
            self.socket = socket.create_connection(("127.0.0.1", target), timeout=30)
        else:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(30)
            self.socket.connect(target)
        self.file = self.socket.makefile("rb")
        assert self.reply().startswith("220")

    def reply(self):
        while True:
            line = self.file.readline().decode()
            if line[3:4] != "-":
                return line.rstrip()

    def say(self, data):
        self.socket.sendall(data if isinstance(data, bytes) else data.encode() + b"\r\n")
        return self.reply()

    def message(self, sender, *recipients, fields="Subject: hello", body="hi", hello="EHLO me"):
        """Sends a message; returns the reply to its text."""
        assert self.say(hello).startswith("250")
        assert self.say(f"MAIL FROM:<{sender}>").startswith("250")
        for recipient in recipients or ("quote@q.example",):
            assert self.say(f"RCPT TO:<{recipient}>").startswith("250")
        assert self.say("DATA").startswith("354")
        text = (fields + "\n\n" + body).replace("\n", "\r\n")
        return self.say(text.encode() + b"\r\n.\r\n")

    def rest(self):
        return self.file.read().decode()


def test_answer(quoted, relay):
    d = quoted(config(relay.port))
    client = Client(d.port("mail.default"))
    reply = client.message(
        "ann@b.example",
        fields="Message-ID: <m1@b.example>\nReferences: <r0@b.example>\nReply-To: <x@evil.example>\n"
        "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
        body="secret words",
    )
    assert reply.startswith("250 2.0.0"), d.log()
    sender, recipients, content = relay.taken(1)[0]
    assert sender in ("", "<>") and recipients == ["ann@b.example"]
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert message["From"] == "The quoter <quote@q.example>"
    assert message["To"] == "ann@b.example"
    assert message["Subject"] == "Auto: Grüße"
    assert message["In-Reply-To"] == "<m1@b.example>"
    assert message["References"].split() == ["<r0@b.example>", "<m1@b.example>"]
    assert message.get_all("Auto-Submitted") == ["auto-replied"]
    assert message["Precedence"] == "bulk" and message["X-Auto-Response-Suppress"] == "All"
    assert message["Date"] and message["Message-ID"]
    assert body(message).startswith(QUOTE + "\n\n-- \nQuote ")
    assert f">{QUOTE}\n<" in body(message, "html")
    assert b"secret" not in content
    # A copy is not answered again.
    assert client.message("ann@b.example", fields="Message-ID: <m1@b.example>").startswith("250")
    assert len(relay.messages) == 1


def answers(relay):
    """Waits for one more, and returns the plain texts of the answers so far, in order."""
    relay.told += 1
    wait_until(lambda: len(relay.messages) >= relay.told)
    messages = [email.message_from_bytes(m[2], policy=email.policy.default) for m in relay.messages]
    return [body(message) for message in messages]


COMMANDS = """
mail "default" {{
    address = "quote@q.example"
    hostname = "mx.q.example"
    smtp = {{"127.0.0.1:0"}}
    relay = "127.0.0.1:{relay}"
    sender_per_hour = 100
}}
web "default" {{ listen = {{"127.0.0.1:0"}} base_url = "https://quotes.q.example/" }}
collection "fruit" {{ sources = {{"static:Ein \u00e4pfel am Tag", "static:Pears keep"}} }}
collection "roots" {{ sources = {{"static:\u0440\u0435\u043f\u0430"}} }}
"""


def test_commands(quoted, relay):
    """Each message gets the answer that its subject or its first line asks for, always."""
    d = quoted(COMMANDS.format(relay=relay.port))
    client = Client(d.port("mail.default"))
    wait_until(lambda: client.message("a@b.example", fields="Subject: search pears").startswith("250"))
    pears = answers(relay)[-1]
    found, link = re.search(r"^-- \nQuote (\w{12})  (\S+)$", pears, re.MULTILINE).groups()
    assert pears.startswith("Pears keep\n") and link == f"https://quotes.q.example/q/{found}"
    assert client.message("a@b.example", fields="Subject: today").startswith("250")
    today = answers(relay)[-1].partition("\n")[0]
    apple, turnip = "Ein \u00e4pfel am Tag", "\u0440\u0435\u043f\u0430"
    for subject, line, wanted in (
        ("=?utf-8?B?dG9kYXk=?=", "", today),
        ("Re: =?iso-8859-1?Q?search_=E4pfel?=", "", apple),
        ("=?utf-8?Q?search_=C3=A4?=\n =?utf-8?Q?pfel?=", "", apple),
        ("=?koi8-r?B?c2VhcmNoINLF0ME=?=", "", turnip),
        ("=?utf-8?B?U3ViamVjdA==?=", "collection roots", turnip),
        (f"Re: Auto: {found}", "", "Pears keep"),
        (found[:6].upper(), "", "Pears keep"),
        (f"quote {found[:5]}", "", "Pears keep"),
        ("quote pears", "", "Pears keep"),
        ("hello", "SEARCH: pears", "Pears keep"),
        ("Re: Auto: today\nIn-Reply-To: <1@q.example>", "search pears", "Pears keep"),
        ("Re: Auto: search pears\nIn-Reply-To: <1@q.example>", "Thank you!", "Pears keep"),
        ("search plums", "", "No quote matches 'plums'."),
        ("collection root", "", "There is no collection 'root'; did you mean 'roots'?"),
        ("2026-02-30", "", "'2026-02-30' is not a date; write it as 2026-11-24."),
        ("help", "", "Write one of these as the subject, or on the first line of the message:"),
    ):
        for _ in range(3):
            assert client.message("a@b.example", fields=f"Subject: {subject}", body=line).startswith("250")
            texts = answers(relay)
            assert texts[-1].partition("\n")[0] == wanted, subject
    assert "Collections: fruit, roots\n" in texts[-1]
    assert "quote ID" in texts[-4], "what cannot be done is answered with help"


def test_never_answered(quoted, relay):
    d = quoted(config(relay.port))
    client = Client(d.port("mail.default"))
    for sender, fields in (
        ("", "A: b"),
        ("noreply@b.example", "A: b"),
        ("quote@q.example", "A: b"),
        ("a@b.example", "Auto-Submitted: auto-replied"),
        ("a@b.example", "List-Id: <x>"),
        ("a@b.example", "Precedence: bulk"),
        ("a@b.example", "MIME-Version: 1.0\nContent-Type: multipart/report;\n report-type=delivery-status; boundary=x"),
        ("a@b.example", "Content-Type: Message/Disposition-Notification"),
        ("a@b.example", "From: Quotes <quote@q.example>"),
    ):
        assert client.message(sender, fields=fields).startswith("250")
    assert client.message("a@b.example").startswith("250")
    assert relay.taken(1)
    assert len([line for line in d.log().splitlines() if "no answer to" in line]) == 9


def test_a_domain_of_other_letters(quoted, relay):
    """GMime shows such domains as Unicode, and we compare them as ASCII."""
    address = "quote@xn--bcher-kva.example"
    d = quoted(config(relay.port).replace("quote@q.example", address))
    client = Client(d.port("mail.default"))
    assert client.message("a@b.example", address, fields=f"To: Q <{address}>").startswith("250")
    assert email.message_from_bytes(relay.taken(1)[0][2])["From"] == f"The quoter <{address}>"


def test_senders_who_need_smtputf8(quoted):
    for extensions, wanted in (
        (("8BITMIME", "SMTPUTF8"), ["MAIL FROM:<> SMTPUTF8 BODY=8BITMIME", "RCPT TO:<\u00e4nn@b.example>", "To: \u00e4nn@b.example"]),
        (("8BITMIME",), []),
    ):
        plain = PlainRelay(*extensions)
        d = quoted(config(plain.port))
        client = Client(d.port("mail.default"))
        client.say("EHLO me")
        for line in ("MAIL FROM:<\u00e4nn@b.example> SMTPUTF8", "RCPT TO:<quote@q.example>", "DATA"):
            client.say(line)
        assert client.say(b"To: quote@q.example\r\n\r\nx\r\n.\r\n").startswith("250")
        if not wanted:
            d.wait_log(r"message 1 to ä…@b.example cannot be delivered: the relay lacks SMTPUTF8")
        wait_until(lambda: [line for line in plain.lines if re.match("MAIL|RCPT|To:", line)] == wanted)
        assert client.message("a@b.example").startswith("250")
        d.wait_log(r"answered a…@b.example")


def test_an_empty_message(quoted, relay):
    """The log is ours alone, not GMime's."""
    d = quoted(config(relay.port))
    client = Client(d.port("mail.default"))
    for line in ("EHLO me", "MAIL FROM:<a@b.example>", "RCPT TO:<quote@q.example>", "DATA"):
        client.say(line)
    assert client.say(".").startswith("250")
    relay.taken(1)
    assert "CRITICAL" not in d.log()


def test_budget(quoted, relay):
    d = quoted(config(relay.port, "sender_per_hour = 2"))
    client = Client(d.port("mail.default"))
    for _ in range(4):
        assert client.message("a@b.example").startswith("250")
    assert client.message("c@b.example").startswith("250")
    assert sorted(m[1] for m in relay.taken(3)) == [["a@b.example"]] * 2 + [["c@b.example"]]
    assert "sender_per_hour or total_per_hour is used up" in d.log()


def test_relay_down_and_back(quoted):
    """A message is kept, and answered once when the relay is back."""
    port = free_port()
    d = quoted(config(port, "sender_per_hour = 1"))
    client = Client(d.port("mail.default"))
    fields = "Message-ID: <again@b.example>"
    for _ in range(3):
        assert client.message("a@b.example", fields=fields).startswith("250")
    d.wait_log(rf"1 message waits for the relay, which is tried again in 1 s: 127.0.0.1:{port}: Connection refused")
    sink, controller = start_relay(port)
    try:
        sink.taken(1)
        d.wait_log(r"answered a…@b.example")
    finally:
        controller.stop()


def test_connections_of_one_prefix(quoted, relay):
    d = quoted(config(relay.port, "max_per_prefix = 1"))
    first = Client(d.port("mail.default"))
    with socket.create_connection(("127.0.0.1", d.port("mail.default")), 20) as second:
        assert second.recv(1) == b""
    assert first.message("a@b.example").startswith("250")


def test_idle_sessions_of_one_client(quoted, relay):
    """Others get in at once; a message that is being sent is not cut off."""
    d = quoted(config(relay.port, "max_per_prefix = 1000 max_connections = 20"))
    port = d.port("mail.default")
    busy = Client(port)
    for line in ("EHLO me", "MAIL FROM:<a@b.example>", "RCPT TO:<quote@q.example>", "DATA"):
        busy.say(line)
    idle = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(40)]
    for third in (1, 2, 3):
        with socket.create_connection(("127.0.0.1", port), 30, source_address=(f"127.0.{third}.1", 0)) as other:
            assert other.recv(4) == b"220 "
    assert busy.say(b"Subject: x\r\n\r\nx\r\n.\r\n").startswith("250")
    relay.taken(1)
    last = b"".join(iter(lambda: idle[-1].recv(1000), b""))
    assert last.splitlines()[-1] == b"421 4.3.2 mx.q.example too many connections; try again later"
    for connection in idle:
        connection.close()


def test_paths_as_postfix_takes_them(quoted, relay):
    d = quoted(config(relay.port))
    client = Client(d.port("mail.default"))
    client.say("EHLO me")
    for mail, rcpt in (("FROM: <a@b.example>", "TO: <quote@q.example>"), ("FROM:a@b.example SIZE=99", "TO:quote@q.example")):
        assert client.say("MAIL " + mail).startswith("250")
        assert client.say("RCPT " + rcpt).startswith("250")
        client.say("DATA")
        assert client.say(b"From a@b.example Thu Jan  1 00:00:00 2026\r\nSubject: help\r\n\r\nx\r\n.\r\n").startswith("250")
    relay.taken(2)
    assert [text[:5] for text in answers(relay)] == ["Write"] * 2


def test_relay_refuses_our_path(quoted, relay):
    d = quoted(config(relay.port))
    client = Client(d.port("mail.default"))
    relay.mail_reply = "553 5.1.8 not from you"
    assert client.message("a@b.example").startswith("250")
    d.wait_log("message 1 to a…@b.example cannot be delivered: the relay replied 553 5.1.8 not from you")
    relay.mail_reply = None
    assert client.message("c@b.example").startswith("250")
    assert relay.taken(1)[0][1] == ["c@b.example"]


def test_the_log_can_have_full_addresses(quoted, relay):
    d = quoted('log_addresses = "full"\n' + config(relay.port))
    assert Client(d.port("mail.default")).message("ann@b.example").startswith("250")
    d.wait_log("mail.default: answered ann@b.example")


def test_relay_replies(quoted, relay):
    d = quoted(config(relay.port, "retry_first = 1"))
    client = Client(d.port("mail.default"))
    relay.rcpt_reply = "550 5.1.1 <a@b.example> unknown"
    assert client.message("a@b.example").startswith("250")
    d.wait_log(
        r"message 1 to a…@b.example cannot be delivered: the relay replied 550 5.1.1 "
        r"<a…@b.example> unknown"
    )
    relay.rcpt_reply = "450 4.2.0 greylisted"
    assert client.message("c@b.example").startswith("250")
    d.wait_log(r"message 2 to c…@b.example is put off: the relay replied 450 4.2.0 greylisted")
    relay.data_reply = "451 4.3.0 disk full"
    relay.rcpt_reply = None
    d.wait_log(r"message 2 to c…@b.example is put off: the relay replied 451 4.3.0 disk full")
    relay.data_reply = None
    assert relay.taken(1)[0][1] == ["c@b.example"]


def test_relay_that_takes_two_seconds(quoted, relay):
    relay.delay = 2
    d = quoted(config(relay.port))
    slow, other = Client(d.port("mail.default")), Client(d.port("mail.default"))
    assert slow.say("EHLO me").startswith("250")
    for line in ("MAIL FROM:<a@b.example>", "RCPT TO:<quote@q.example>", "DATA"):
        slow.say(line)
    slow.socket.sendall(b"\r\nx\r\n.\r\nNOOP\r\n")
    assert slow.reply().startswith("250 2.0.0 message accepted")
    assert slow.reply().startswith("250")
    for _ in range(50):
        asked = time.monotonic()
        assert other.say("NOOP").startswith("250")
        assert time.monotonic() - asked < 1
    assert relay.messages == []
    relay.taken(1)


def test_relay_that_stalls(quoted):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        d = quoted(config(silent.getsockname()[1], timeout=1))
        client = Client(d.port("mail.default"))
        assert client.message("a@b.example").startswith("250")
        d.wait_log("1 message waits for the relay.*the relay did not greet us in time")


def test_stop_while_mail_waits_for_a_silent_relay(quoted, relay, tmp_path):
    """What waits is sent after the next start."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        text = config(silent.getsockname()[1], "workers = 1", timeout=30)
        state = f'state_directory = "{tmp_path}/kept"\n'
        d = quoted(state + "drain_timeout = 1\n" + text)
        client = Client(d.port("mail.default"))
        for _ in range(3):
            assert client.message("a@b.example").startswith("250")
        assert d.stop(timeout=20) == 0
    quoted(state + config(relay.port))
    relay.taken(3)


def test_relay_over_ipv6(quoted):
    port = free_port()
    sink, controller = start_relay(port, "::1")
    try:
        d = quoted(config(port, host="[::1]"))
        assert Client(d.port("mail.default")).message("a@b.example").startswith("250"), d.log()
        sink.taken(1)
    finally:
        controller.stop()


def test_postmaster(quoted, relay):
    d = quoted(config(relay.port, 'postmaster = "human@b.example"'))
    client = Client(d.port("mail.default"))
    assert client.message("a@b.example", "PostMaster", body="help me").startswith("250")
    sender, recipients, content = relay.taken(1)[0]
    assert (sender, recipients) == ("a@b.example", ["human@b.example"])
    assert b"help me" in content and b"Received: by mx.q.example" in content
    refused = quoted(config(relay.port))
    assert "postmaster is refused" in refused.log()


def test_asks_for_no_notifications(quoted):
    """RFC 3834 4: an answer that cannot be delivered must not cause a notification."""
    for extensions, wanted in (
        (("DSN", "8BITMIME"), "RCPT TO:<a@b.example> NOTIFY=NEVER"),
        (("8BITMIME",), "RCPT TO:<a@b.example>"),
    ):
        plain = PlainRelay(*extensions)
        d = quoted(config(plain.port))
        assert Client(d.port("mail.default")).message("a@b.example").startswith("250"), d.log()
        wait_until(lambda: [line for line in plain.lines if line.startswith("RCPT")] == [wanted])


def test_hops(quoted, relay):
    d = quoted(config(relay.port, 'max_received = 3 postmaster = "human@b.example"'))
    client = Client(d.port("mail.default"))
    few, many = "\n".join(["Received: by x; date"] * 3), "\n".join(["Received: by x; date"] * 4)
    assert client.message("a@b.example", fields=many).startswith("250")
    assert client.message("a@b.example", "postmaster", fields=many).startswith("554")
    assert relay.messages == []
    assert "no answer to <a…@b.example>:" in d.log()
    assert client.message("a@b.example", fields=few).startswith("250")
    assert client.message("a@b.example", "postmaster", fields=few).startswith("250")
    relay.taken(2)


def test_authentication_results(quoted, relay):
    d = quoted(config(relay.port, 'trusted_authserv = "mx.b.example"'))
    client = Client(d.port("mail.default"))
    field = "Authentication-Results: {}; spf={} smtp.mailfrom=b.example"
    assert client.message("bad@b.example", fields=field.format("mx.b.example", "fail")).startswith("250")
    assert client.message("strange@b.example", fields=field.format("mx.evil.example", "pass")).startswith("250")
    assert client.message("none@b.example").startswith("250")
    assert client.message("other@c.example", fields=field.format("mx.b.example", "pass")).startswith("250")
    assert relay.messages == []
    assert d.log().count("trusted_authserv does not say that its sender passed SPF, DKIM or DMARC") == 4
    assert client.message("good@b.example", fields=field.format("mx.b.example", "pass")).startswith("250")
    assert relay.taken(1)[0][1] == ["good@b.example"]


def test_strangers(quoted, relay):
    """Without trusted_authserv no answer goes to the Internet, but to the domains named."""
    d = quoted(config(relay.port, 'sender_domains = {"friends.nowhere"}'))
    client = Client(d.port("mail.default"))
    for sender in ("a@b.nowhere", "root@localhost", "a@[127.0.0.1]", "a@host", "a%b.example@q.example"):
        assert client.message(sender).startswith("250")
    assert relay.messages == []
    assert "its sender may be forged; set trusted_authserv or sender_domains" in d.log()
    assert client.message("a@list.friends.nowhere").startswith("250")
    assert client.message("a@q.example").startswith("250")
    relay.taken(2)
    everyone = quoted(config(relay.port, 'sender_domains = {"*"}'))
    assert Client(everyone.port("mail.default")).message("a@b.nowhere").startswith("250")
    relay.taken(3)


def test_mail_that_is_not_for_us(quoted, relay):
    d = quoted(config(relay.port))
    client = Client(d.port("mail.default"))
    assert client.message("a@b.example", fields="To: someone@else.example").startswith("250")
    assert "its To and Cc do not have our address" in d.log()
    assert client.message("a@b.example", fields="To: x@else.example\nCc: Q <quote@q.example>").startswith("250")
    relay.taken(1)


def test_two_that_mail_each_other(quoted):
    """Each is the other's relay, and a message causes just one answer."""
    ports = free_port(), free_port()
    text = """
quotes = {{"static:x"}}
mail "default" {{ address = "quote@{0}.example" hostname = "mx.{0}.example" smtp = {{"127.0.0.1:{1}"}}
    relay = "127.0.0.1:{2}" }}
"""
    one, other = quoted(text.format("one", *ports)), quoted(text.format("other", *reversed(ports)))
    client = Client(ports[0])
    assert client.message("quote@other.example", "quote@one.example").startswith("250")
    other.wait_log("no answer to <>: the sender is null")
    wait_until(lambda: one.log().count("answered") == 1)
    assert other.log().count("answered") == 0


def test_details_and_several_addresses(quoted, relay):
    """The address can ask too: for what is after its delimiter, or a collection of that name."""
    text = COMMANDS.format(relay=relay.port).replace(
        'address = "quote@q.example"', 'address = {"quote@q.example", "zitat@r.example"} recipient_delimiter = "+-"'
    )
    d = quoted(text)
    client = Client(d.port("mail.default"))
    turnip = "\u0440\u0435\u043f\u0430"
    for recipient, subject, first in (
        ("quote+roots@q.example", "hello", turnip),
        ("Zitat-roots@R.example", "hello", turnip),
        ("quote+help@q.example", "hello", "Write one of these as the subject, or on the first line of the message:"),
        ("quote+help@q.example", "collection roots", turnip),
        ("quote+plums@q.example", "hello", "There is no collection 'plums'; there are 'fruit' and 'roots'."),
    ):
        assert client.message("a@b.example", recipient, fields=f"Subject: {subject}\nTo: {recipient}").startswith("250")
        assert answers(relay)[-1].partition("\n")[0] == first, recipient
    client.message("a@b.example", "zitat@r.example", "quote@q.example")
    senders = [email.message_from_bytes(m[2])["From"] for m in relay.taken(6)]
    assert senders[1:] == ["quoted <zitat@r.example>"] + ["quoted <quote@q.example>"] * 3 + ["quoted <zitat@r.example>"]
    assert client.say("MAIL FROM:<a@b.example>").startswith("250")
    assert client.say("RCPT TO:<quote=roots@q.example>").startswith("550")
    assert client.say("RCPT TO:<postmaster@r.example>").startswith("550 5.1.1 postmaster has no mailbox")


def test_eight_bit_text_and_a_relay_for_seven(quoted):
    """A forwarded message is not recoded; it is put off until the relay has 8BITMIME."""
    plain = PlainRelay("SIZE")
    d = quoted(config(plain.port, 'postmaster = "human@b.example"'))
    client = Client(d.port("mail.default"))
    assert client.message("a@b.example", "postmaster", body="Gr\u00fc\u00dfe").startswith("250"), plain.lines
    d.wait_log("message 1 to h…@b.example is put off: the relay lacks 8BITMIME")
    assert "DATA" not in plain.lines
    assert client.message("a@b.example", "postmaster", body="plain").startswith("250"), d.log()
    d.wait_log("forwarded a message to postmaster")
    # An answer is recoded.
    d = quoted(config(plain.port).replace(QUOTE, "Übung macht den Meister"))
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250"), d.log()
    wait_until(lambda: "Auto-Submitted: auto-replied" in plain.lines)


def test_lmtp(quoted, relay, tmp_path):
    path = str(tmp_path / "lmtp")
    d = quoted(config(relay.port, listen=f'smtp = {{}} lmtp = {{"unix:{path}"}}'))
    client = Client(path)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o660
    assert client.say("EHLO me").startswith("500")
    reply = client.message("a@b.example", "quote@q.example", "quote@Q.example", hello="LHLO me")
    assert reply.startswith("250") and client.reply().startswith("250")
    assert client.say("NOOP").startswith("250")
    relay.taken(1)


def deliver(configuration, message, *arguments, **environment):
    """Runs quoted deliver; returns its exit status and what it says."""
    command = [DAEMON, "deliver", "-c", str(configuration), *arguments]
    done = subprocess.run(command, input=message, capture_output=True, timeout=60, env=os.environ | environment)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("protocol", ["lmtp", "smtp"])
def test_deliver(quoted, relay, tmp_path, protocol):
    """As a .forward, procmail and Sieve hand over a message."""
    path = tmp_path / "socket"
    other = "lmtp" if protocol == "smtp" else "smtp"
    listen = f'{other} = {{}} {protocol} = {{"unix:{path}"}}'
    d = quoted(config(relay.port, listen=listen))
    configuration = d.log_path.parent / "quoted.conf"
    text = b"Subject: help\n\n.\nx\n"
    mbox = b"From ann@b.example Thu Nov 26 21:00:00 2026\n"
    assert deliver(configuration, mbox + text) == (0, "")
    assert deliver(configuration, b"Return-Path: <bob@b.example>\r\n" + text.replace(b"\n", b"\r\n")) == (0, "")
    assert deliver(configuration, text, SENDER="cid@b.example") == (0, "")
    assert deliver(configuration, text, "-f", "dan@b.example", "quote+help@q.example") == (0, "")
    assert sorted(m[1] for m in relay.taken(4)) == [[f"{name}@b.example"] for name in ("ann", "bob", "cid", "dan")]
    assert deliver(configuration, b"From MAILER-DAEMON Thu Nov 26 21:00:00 2026\n" + text) == (0, "")
    assert "no answer to <>: the sender is null" in d.log()
    status, reason = deliver(configuration, mbox + text, "nobody@q.example")
    assert status == 67 and "the daemon replied: 550 5.1.1 no such mailbox here" in reason
    status, reason = deliver(configuration, mbox + b"a\0b\n")
    assert status == 65 and "the daemon replied: 554 5.6.0 the message has a NUL octet" in reason
    assert deliver(configuration, text)[0] == 64
    d.stop()
    status, reason = deliver(configuration, mbox + text)
    assert status == 75 and f"cannot connect to unix:{path}: " in reason and "is the daemon running?" in reason
    configuration.write_text("mail {")
    assert deliver(configuration, mbox + text)[0] == 75


def test_swaks(quoted, relay):
    d = quoted(config(relay.port))
    command = ["swaks", "--server", f"127.0.0.1:{d.port('mail.default')}", "--to", "quote@q.example"]
    subprocess.run([*command, "--from", "s@b.example"], check=True, capture_output=True)
    subprocess.run([*command, "--from", "s@b.example", "--pipeline"], check=True, capture_output=True)
    relay.taken(2)
    other = subprocess.run(command[:-1] + ["x@other.example", "--from", "s@b.example"], capture_output=True)
    assert b"550 5.1.1" in other.stdout and other.returncode


def test_rubbish(quoted, relay):
    d = quoted(config(relay.port))
    port = d.port("mail.default")
    http = Client(port)
    assert http.say(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").startswith("521")
    assert http.rest() == ""
    assert Client(port).say(b"EHLO me\n").startswith("521")
    noise = Client(port)
    noise.socket.sendall(bytes(range(11, 256)) * 4 + b"\r\n")
    assert noise.reply().startswith("500")
    many = Client(port)
    many.socket.sendall(b"X\r\n" * 30)
    assert many.rest().splitlines()[-1].startswith("421")
    smuggler = Client(port)
    reply = smuggler.message("a@b.example", body="x")
    assert reply.startswith("250")
    for line in ("MAIL FROM:<a@b.example>", "RCPT TO:<quote@q.example>", "DATA"):
        smuggler.say(line)
    inner = b"MAIL FROM:<e@x.example>\r\nRCPT TO:<quote@q.example>\r\nDATA\r\n"
    assert smuggler.say(b"x\n.\r\n" + inner + b"y\r\n.\r\n").startswith("554")
    assert smuggler.say("MAIL FROM:<a@b.example> SIZE=99999999").startswith("552")
    assert smuggler.say("RCPT TO:<quote@q.example>").startswith("503")
    big = Client(port).message("a@b.example", body="x" * 70 + ("\n" + "x" * 70) * 20000)
    assert big.startswith("552")
    relay.taken(1)


def test_one_octet_at_a_time(quoted, relay):
    d = quoted(config(relay.port))
    client = Client(d.port("mail.default"))
    for octet in b"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<quote@q.example>\r\nDATA\r\n\r\n.\r\nQUIT\r\n":
        client.socket.sendall(bytes([octet]))
    codes = [line[:3] for line in client.rest().splitlines() if line[3:4] == " "]
    assert codes == ["250", "250", "250", "354", "250", "221"]


def test_drain(quoted, relay):
    relay.delay = 1
    d = quoted(config(relay.port))
    idle, busy = Client(d.port("mail.default")), Client(d.port("mail.default"))
    for line in ("EHLO me", "MAIL FROM:<a@b.example>", "RCPT TO:<quote@q.example>", "DATA"):
        busy.say(line)
    busy.socket.sendall(b"\r\nx\r\n.\r\n")
    assert busy.reply().startswith("250")
    d.process.terminate()
    assert idle.reply().startswith("421")
    assert busy.reply().startswith("421")
    assert d.process.wait(30) == 0
    relay.taken(1)


@pytest.mark.parametrize(
    "section, remedy",
    [
        ("", r"address: not set; write"),
        ('address = "quote"', r"address: 'quote' is not an ASCII mail address; write"),
        ('address = "q@b" relay = "::1:25"', r"relay: '::1:25' is not host:port; write it"),
        ('address = "q@b" socket_mode = "rw"', r"socket_mode: 'rw' is not the mode of a socket; write"),
        ('address = "q@b" smtp = {} lmtp = {}', r"smtp, lmtp: both are empty; set one"),
    ],
)
def test_wrong_settings(quoted, section, remedy):
    d = quoted(f'quotes = {{"static:x"}}\nmail "default" {{ {section} }}\n', ready=False)
    d.wait_log(remedy)
    d.process.wait(30)
    d.exits_with = {d.process.returncode}
    assert d.process.returncode != 0
