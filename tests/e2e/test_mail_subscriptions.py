"""Subscriptions to a daily quote: asked for, confirmed, sent and ended by mail."""

import email
import email.policy
import json
import re
import sqlite3
import subprocess
import time
from datetime import datetime

import pytest
from conftest import DAEMON, wait_until
from test_mail import QUOTE, Client, body, config, relay  # noqa: F401 (a fixture)


class Site:
    """A daemon with a store that a restart keeps, and its relay."""

    def __init__(self, quoted, sink, directory, extra=""):
        self.quoted = quoted
        self.sink = sink
        self.directory = directory / "kept"
        self.text = f'state_directory = "{self.directory}"\n' + config(sink.port, extra)
        self.daemon = quoted(self.text)

    def write(self, subject, sender="ann@b.example", to="quote@q.example", extra="", text="hello"):
        client = Client(self.daemon.port("mail.default"))
        client.say("EHLO client")
        client.say(f"MAIL FROM:<{sender}>")
        assert client.say(f"RCPT TO:<{to}>").startswith("250")
        assert client.say("DATA").startswith("354")
        reply = client.say(f"From: {sender or 'x@y.example'}\r\nTo: {to}\r\nSubject: {subject}\r\n"
                           f"{extra}\r\n{text}\r\n.")
        assert reply.startswith("250"), reply

    def last(self, count):
        """Waits for the message of that number, and returns its envelope and itself."""
        sender, recipients, content = self.sink.taken(count)[-1]
        return sender, recipients, email.message_from_bytes(content, policy=email.policy.default)

    def change(self, statement):
        """Changes the store while the daemon is stopped."""
        self.daemon.stop()
        with sqlite3.connect(self.directory / "quoted.db") as db:
            db.execute(statement)
        db.close()

    def start(self):
        self.daemon = self.quoted(self.text)

    def make_due(self):
        """Goes to the minute at which the letters are due."""
        now = datetime.now()
        if (now.hour, now.minute) == (23, 59):
            time.sleep(61)  # or the day would be over before the letter is sent
            now = datetime.now()
        self.change(f"UPDATE subscription SET due = 1, day = 0, minute = {now.hour * 60 + now.minute}")
        self.start()


@pytest.fixture
def site(quoted, relay, tmp_path):  # noqa: F811
    return Site(quoted, relay, tmp_path)


def subscribe(site, words="subscribe"):
    site.write(words)
    _, _, asked = site.last(1)
    site.write(f"Re: {asked['Subject']}", to=asked["Reply-To"])
    site.last(2)
    site.sink.messages.clear()
    return asked


def test_subscribe_confirm_letter_unsubscribe(site):
    site.write("subscribe 7:30")
    sender, recipients, asked = site.last(1)
    assert (sender, recipients) == ("<>", ["ann@b.example"])
    assert re.fullmatch(r"Confirm c1-[a-z2-7]{26}", asked["Subject"])
    token = asked["Subject"].split()[1]
    assert asked["Reply-To"] == f"quote+{token}@q.example"
    assert asked["Auto-Submitted"] == "auto-generated"
    text = body(asked)
    assert "at 07:30.\n" in text and "To confirm, reply to this mail" in text
    # An automatic reply confirms nothing.
    site.write("Re: " + asked["Subject"], to=asked["Reply-To"], extra="Auto-Submitted: auto-replied\r\n")
    site.daemon.wait_log(r"no answer to <a…@b.example>: it was submitted automatically")
    assert "has subscribed" not in site.daemon.log()

    site.write("Re: " + asked["Subject"], to=asked["Reply-To"])
    _, _, welcome = site.last(2)
    assert "You now get a quote each day at 07:30." in body(welcome)
    # Each request is good for one confirmation.
    site.write("Re: " + asked["Subject"], to=asked["Reply-To"])
    assert "This request was confirmed before" in body(site.last(3)[2])
    site.daemon.wait_log(r"a…@b.example has subscribed")
    assert "ann@b.example" not in site.daemon.log()

    site.sink.messages.clear()
    site.make_due()
    sender, recipients, letter = site.last(1)
    assert recipients == ["ann@b.example"]
    assert re.fullmatch(r"quote\+b1-[a-z2-7]{26}@q.example", sender)
    assert letter["To"] == "ann@b.example"
    assert letter["Subject"].startswith("Your quote of ")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "<daily.q.example>"
    assert body(letter).startswith(QUOTE)
    assert "reply with unsubscribe." in body(letter)
    assert QUOTE in body(letter, "html")
    end = re.fullmatch(r"<mailto:(.*)\?subject=unsubscribe>", letter["List-Unsubscribe"])[1]
    assert letter["Reply-To"] == end
    # Never twice a day, whatever is restarted.
    site.daemon.stop()
    site.start()
    # A reply is a command as ever; with this subject it ends the subscription.
    site.write("Re: " + letter["Subject"], to=end)
    assert body(site.last(2)[2]).startswith(QUOTE)
    # Programs that do so for a person are heard too, but not answered.
    site.write("unsubscribe", sender="robot@c.example", to=end, extra="Auto-Submitted: auto-generated\r\n")
    site.daemon.wait_log(r"a…@b.example has unsubscribed")
    site.write("unsubscribe")
    assert "This address has no subscription" in body(site.last(3)[2])


def test_collection_and_wrong_words(site):
    site.write("subscribe pears 06:00")
    assert "There is no collection 'pears'" in body(site.last(1)[2])
    site.write("confirm c1-abcdefghijklmnopqrstuvwxyz")
    assert "This request was confirmed before" in body(site.last(2)[2])
    for count, words in enumerate(("25:00", "7.30", "7am", "7:30 PM", "7:30 pears"), 3):
        site.write(f"subscribe {words}")
        assert body(site.last(count)[2]).startswith(f"'{words}' does not end with a time from 00:00 to 23:59; write")
    site.write("help")
    assert "with NAME 07:30" in body(site.last(8)[2])


def test_requests_of_an_address_are_few(site):
    for number in range(1, 4):
        site.write("subscribe")
        assert site.last(number)[2]["Subject"].startswith(f"Confirm c{number}-")
    site.write("subscribe")
    assert "We have already asked this address" in body(site.last(4)[2])


def test_a_stranger_confirms_with_the_token_alone(quoted, relay, tmp_path):  # noqa: F811
    """Nothing says that the sender is not forged, but the token was in her mailbox."""
    site = Site(quoted, relay, tmp_path, 'trusted_authserv = "mx.q.example"')
    passed = "Authentication-Results: mx.q.example; spf=pass smtp.mailfrom=b.org\r\n"
    site.write("subscribe", sender="ann@b.org", extra=passed)
    token = site.last(1)[2]["Reply-To"]
    site.write("x", sender="mallory@c.org", to="quote+c9-abcdefghijklmnopqrstuvwxyz@q.example")
    site.write("subscribe", sender="mallory@c.org", to="quote+u9-abcdefghijklmnopqrstuvwxyz@q.example")
    site.write("yes", sender="mallory@c.org", to=token)
    _, recipients, welcome = site.last(2)
    assert recipients == ["ann@b.org"] and "Thank you" in body(welcome)


def test_stop_in_reply_to_the_request(site):
    """Its token cannot say which subscription is meant, but the sender does."""
    asked = subscribe(site)
    site.write("Re: " + asked["Subject"], to=asked["Reply-To"], extra="In-Reply-To: <1@q.example>\r\n", text="stop")
    assert "You will get no more daily quotes" in body(site.last(1)[2])


REPORT = """--b

Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.b.example

Final-Recipient: rfc822; ann@b.example
Action: {}
Status: 5.1.1
--b--""".replace("\n", "\r\n")


def test_bounces_suspend(quoted, relay, tmp_path):  # noqa: F811
    site = Site(quoted, relay, tmp_path, "bounce_days = 1")
    subscribe(site)
    site.make_due()
    path = site.last(1)[0]
    report = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
    site.write("Delayed", "", path, report, REPORT.format("delayed"))
    site.write("I am away", "", path)
    site.write("today", to=path)
    site.write("Undelivered", "", path, report, REPORT.format("failed"))
    site.daemon.wait_log(r"the letters to a…@b.example bounce, for 1 of 1 days; the subscription is suspended")
    site.write("help")
    assert "Write one of these" in body(site.last(2)[2])  # and nothing before it
    site.make_due()
    site.write("help")
    assert "Write one of these" in body(site.last(3)[2])


def test_a_refused_letter_bounces(quoted, relay, tmp_path):  # noqa: F811
    site = Site(quoted, relay, tmp_path, "bounce_days = 2")
    subscribe(site)
    site.sink.rcpt_reply = "550 5.1.1 no such user"
    site.make_due()
    site.daemon.wait_log(r"the letters to a…@b.example bounce, for 1 of 2 days$")


def test_replies_do_not_wait_for_letters(quoted, relay, tmp_path):  # noqa: F811
    """Many letters that wait for the relay neither fill the queue nor delay a reply."""
    site = Site(quoted, relay, tmp_path, "queue_limit = 5\n    workers = 1\n    retry_first = 1")
    subscribe(site)
    site.change("INSERT INTO subscription WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL"
                " SELECT i + 1 FROM n WHERE i < 499) SELECT i, section, 's' || i || '@b.example',"
                " 's' || i || '@b.example', '', 0, since, 0, 0, 1, 0, 0 FROM subscription, n")
    site.sink.delay = 0.02
    site.start()
    wait_until(lambda: len(site.sink.messages) >= 10)
    site.write("help")
    wait_until(lambda: any(b"Write one of these" in text for _, _, text in site.sink.messages))
    assert len(site.sink.messages) < 200
    site.sink.delay = 0
    wait_until(lambda: len({to[0] for _, to, _ in site.sink.messages}) == 401)
    assert len(site.sink.messages) == 401
    site.daemon.wait_log("wrote today's quote to 400 subscribers")


def test_no_subscriptions(quoted, relay, tmp_path):  # noqa: F811
    site = Site(quoted, relay, tmp_path, 'subscription_time = ""')
    site.write("subscribe")
    assert "There are no subscriptions here" in body(site.last(1)[2])


def subscribers(site, *words, status=0):
    path = site.daemon.log_path.parent / "quoted.conf"
    done = subprocess.run([DAEMON, "subscribers", "-c", path, *words], capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("runs", [True, False])
def test_a_person_lists_exports_and_erases(site, runs):
    subscribe(site, "subscribe 7:30")
    site.write("subscribe 8:30", sender="bob@b.example")
    _, _, asked = site.last(1)
    if not runs:
        site.daemon.stop()
    assert re.fullmatch(r"ann@b.example at 07:30, by mail.default since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n",
                        subscribers(site, "list"))
    ann, bob = map(json.loads, subscribers(site, "export").splitlines())
    assert (ann["address"], ann["time"], ann["confirmed"], ann["suspended"]) == ("ann@b.example", "07:30", True, False)
    assert (bob["address"], bob["confirmed"]) == ("bob@b.example", False)
    assert subscribers(site, "erase", "Ann@B.example", "bob@b.example") == (
        "erased 1 subscription, 0 requests and 0 queued letters of Ann@B.example\n"
        "erased 0 subscriptions, 1 request and 0 queued letters of bob@b.example\n")
    assert subscribers(site, "erase", "ann@b.example", status=1) == (
        "quoted: 'ann@b.example' has no subscription and has not asked for one\n")
    assert subscribers(site, "export") == ""
    if not runs:
        site.start()
    site.write(f"Re: {asked['Subject']}", sender="bob@b.example", to=asked["Reply-To"])
    assert "This request was confirmed before" in body(site.last(2)[2])
    site.write("unsubscribe")
    assert "This address has no subscription" in body(site.last(3)[2])


def test_subscribers_of_no_database(site, tmp_path):
    assert subscribers(site, "erase", status=64).startswith("quoted: write quoted subscribers list, ")
    path = tmp_path / "other.conf"
    path.write_text(f'state_directory = "{tmp_path}/none"\nweb "a" {{}}\n')
    done = subprocess.run([DAEMON, "subscribers", "-c", path, "list"], capture_output=True, text=True)
    assert done.returncode == 69 and "No such file or directory" in done.stderr
