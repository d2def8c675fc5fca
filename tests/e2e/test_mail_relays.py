"""Relays that misbehave: the log has their words, and the outcome of a message follows from them."""

import re

import pytest
from conftest import wait_until
from test_mail import Client, config
from test_mail_faults import FakeRelay, queue


class RudeRelay(FakeRelay):
    """Sends these octets instead of its reply to a command, and then hangs up or goes on."""

    def __init__(self, stage, octets, then):
        self.octets, self.then = octets, then
        super().__init__(stage, "250")

    def reply(self, stream, stage, line):
        if stage != self.stage:
            return super().reply(stream, stage, line)
        if self.then == "endless":
            while True:
                stream.write(self.octets)
        stream.write(self.octets)
        if self.then == "stall":
            stream.readlines()
        return self.then == "goes on"


RELAYS = [
    # stage, what it says, then, the state of the message, what the log says
    ("greeting", b"421 4.3.2 busy\r\n", "close", "waiting", "the relay greeted us with: 421 4.3.2 busy"),
    ("greeting", b"220-a\r\n554 5.7.1 go away\r\n", "close", "waiting", "greeted us with: 554 5.7.1 go away"),
    ("greeting", b"220 rela", "close", "waiting", "hung up without a greeting"),
    ("greeting", b"220 rela", "stall", "waiting", "did not greet us in time"),
    ("greeting", b"220-welcome\r\n", "endless", "waiting", "greeting has no end in 4096 octets"),
    ("greeting", b"HTTP/1.1 400 Bad Request\r\n\r\n", "close", "waiting", "greeted us with: HTTP/1.1 400"),
    ("greeting", b"\r\n\r\n220 x\r\n", "close", "waiting", "waits for the relay"),
    ("greeting", b"SSH-2.0-OpenSSH_9\r\n", "stall", "waiting", "the relay greeted us with: SSH-2.0-OpenSSH_9"),
    ("EHLO", b"421 4.3.2 busy\r\n", "close", "waiting", "421 4.3.2 busy"),
    ("EHLO", b"550 5.7.1 no such name\r\n", "goes on", "waiting", "no such name; set hostname to a name that it accepts"),
    ("EHLO", b"250-x\r\n", "endless", "waiting", "the relay"),
    ("EHLO", b"rubbish\r\n", "goes on", "waiting", "the relay"),
    ("MAIL", b"530 5.7.0 Must issue a STARTTLS command first\r\n", "goes on", "waiting",
     "is put off: the relay replied 530 5.7.0 Must issue a STARTTLS command first; see relay_tls and relay_user"),
    ("MAIL", b"552 5.3.4 too big\r\n", "goes on", "failed", "552 5.3.4 too big"),
    ("MAIL", b"421 4.7.0 slow down\r\n", "close", "waiting", "421 4.7.0 slow down"),
    ("MAIL", b"25\r\n", "goes on", "waiting", "the relay"),
    ("MAIL", b"250-a\r\n550 b\r\n", "goes on", "waiting", "the relay"),
    ("MAIL", b"\r\n", "goes on", "waiting", "the relay"),
    ("MAIL", b"999 nine\r\n", "goes on", "waiting", "the relay"),
    ("MAIL", b"250-\xff\xfe", "close", "waiting", "the relay"),
    ("MAIL", b"450-x\r\n", "endless", "waiting", "the relay"),
    ("RCPT", b"550 5.1.1 \xe4\xf6\x1b[31m\x07 red\r\n", "goes on", "failed", "550 5.1.1"),
    ("RCPT", b"550-5.1.1 first\r\n550 5.1.1 second\r\n", "goes on", "failed", "550 5.1.1 first"),
    ("RCPT", b"550 5.7.1 <mx>: Helo command rejected: Host not found\r\n", "goes on", "waiting",
     "is put off: the relay replied 550 5.7.1 <mx>: Helo command rejected: Host not found; set hostname to a name"),
    ("RCPT", b"554 5.7.1 <a@b.example>: Relay access denied\r\n", "goes on", "waiting",
     "Relay access denied; have it take mail from this machine, or see relay_user"),
    ("RCPT", b"553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)\r\n", "goes on", "waiting",
     "allowed rcpthosts (#5.7.1); have it take mail from this machine, or see relay_user"),
    ("MAIL", b"553 5.7.1 <>: Sender address rejected: not owned by user q\r\n", "goes on", "waiting",
     "not owned by user q; have it take the sender <> and our own, or name another relay"),
    ("RCPT", b"501 5.5.4 Invalid name in EHLO.\r\n", "goes on", "waiting", "in EHLO.; set hostname to a name"),
    ("RCPT", b"450 4.7.1 <mx>: Helo command rejected: Host not found\r\n", "goes on", "waiting",
     "Host not found; set hostname to a name"),
    ("RCPT", b"550 5.1.1 <ehlo@b.example>: no othelo here\r\n", "goes on", "failed", "no othelo here\n"),
    ("RCPT", b"251 2.1.5 will forward\r\n", "goes on", None, "answered"),
    ("DATA", b"250 ok\r\n", "goes on", "waiting", "is put off: "),
    ("DATA", b"552 5.2.2 full\r\n", "goes on", "failed", "552 5.2.2 full"),
    ("text", b"552 5.2.2 full\r\n", "goes on", "failed", "552 5.2.2 full"),
    ("text", b"25", "close", "unknown", "may be lost"),
    ("text", b"250-a\r\n", "close", None, "answered"),
    ("text", b"250-a\r\n", "endless", None, "answered"),
    ("text", b"421 4.3.2 going down\r\n", "close", "waiting", "421 4.3.2 going down"),
    ("text", b"354 again\r\n", "close", "unknown", "the relay"),
    ("text", b"rubbish\r\n", "close", "unknown", "the relay"),
    ("text", b"250\r\n", "goes on", None, "answered"),
]


@pytest.mark.parametrize("stage, octets, then, state, words", RELAYS)
def test_rude_relay(quoted, stage, octets, then, state, words):
    relay = RudeRelay(stage, octets, then)
    d = quoted(config(relay.port, timeout=1))
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    d.wait_log(re.escape(words))
    wait_until(lambda: queue(d) == ({"a@b.example": state} if state else {}))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", d.log())
