"""Subscriptions to the daily quote by mail, through the web page."""

import re
import urllib.parse

import pytest
from conftest import wait_until
from test_mail import body, relay  # noqa: F401 (a fixture)
from test_mail_subscriptions import Site
from test_web import curl

PAGE = """
}
web "default" {
    listen = {"127.0.0.1:0"}
    base_url = "https://quotes.example/q"
"""
BROWSER = ("-A", "Mozilla/5.0", "-H", "Accept: text/html")


@pytest.fixture
def site(quoted, relay, tmp_path):  # noqa: F811
    return Site(quoted, relay, tmp_path, PAGE)


def get(site, path, *arguments):
    site.daemon.at = site.daemon.port("web.default", "tcp")
    return curl(site.daemon, path, *arguments)


def ask(site, *arguments, **fields):
    return get(site, "/subscribe", "-d", urllib.parse.urlencode(fields), *arguments)


def link_path(text):
    """The path of the link in a mail, as the server behind the proxy sees it."""
    return "/" + re.search(r"https://quotes\.example/q/(subscription/\S+)", text)[1]


def test_subscribe_and_one_click(site):
    status, _, page = get(site, "/subscribe", *BROWSER)
    assert status == 200 and 'value="07:00"' in page
    status, _, text = ask(site, address="ann@b.org", time="06:30")
    assert status == 200
    assert text == ("We have written to ann@b.org. Open the link in that mail, or reply to it, to get a "
                    "quote each day at 06:30.\n")
    sender, recipients, asked = site.last(1)
    assert (sender, recipients) == ("<>", ["ann@b.org"])
    assert asked["Auto-Submitted"] == "auto-generated"
    confirm = link_path(body(asked))
    # Whoever only looks confirms nothing.
    status, fields, page = get(site, confirm, *BROWSER)
    assert status == 200 and "Yes, subscribe me" in page
    assert fields["cache-control"] == "no-store"
    assert get(site, confirm, "-I")[0] == 200
    status, _, page = get(site, confirm, "-X", "POST", *BROWSER)
    assert status == 200 and "You now get a quote each day" in page
    assert "Nothing to do" in get(site, confirm, "-X", "POST", *BROWSER)[2]
    site.daemon.wait_log(r"a…@b.org has subscribed")
    assert "ann@b.org" not in site.daemon.log()

    site.sink.messages.clear()
    site.make_due()
    _, recipients, letter = site.last(1)
    assert recipients == ["ann@b.org"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page, mail = letter["List-Unsubscribe"].split(", ")
    assert mail.startswith("<mailto:quote+u1-")
    end = link_path(page.rstrip(">"))
    assert "Unsubscribe</button>" in get(site, end, *BROWSER)[2]
    # As RFC 8058 has it, in either form.
    status, _, text = get(site, end, "-F", "List-Unsubscribe=One-Click")
    assert status == 200 and text.startswith("You will get no more daily quotes.")
    status, _, text = get(site, end, "-d", "List-Unsubscribe=One-Click")
    assert status == 200 and "has already ended" in text
    site.daemon.wait_log(r"a…@b.org has unsubscribed")


@pytest.mark.parametrize("address, reason", [
    ("", "Write your mail address."),
    ("ann", "This is not a mail address"),
    ("ann@b.org\r\nBcc: x@y.org", "This is not a mail address"),
    ("jürgen@b.org", "Only addresses in ASCII"),
    ("root@localhost", "use an address that a person reads"),
    ("ann@[127.0.0.1]", "use an address that a person reads"),
    ("no-reply@b.org", "use an address that a person reads"),
    ("a%b.org@c.org", "use an address that a person reads"),
    ("quote@q.example", "use an address that a person reads"),
])
def test_wrong_addresses(site, address, reason):
    status, _, text = ask(site, address=address)
    assert status == 400 and reason in text
    assert not site.sink.messages


def test_wrong_fields(site):
    status, _, text = ask(site, address="ann@b.org", time="25:00")
    assert status == 400 and "'25:00' is not a time; write it as 07:30." in text
    status, _, page = ask(site, *BROWSER, address="ann@b.org", collection="pears<")
    assert status == 400 and "There is no collection &#39;pears&lt;&#39;" in page
    assert 'value="ann@b.org"' in page


def test_requests_are_few(quoted, relay, tmp_path):  # noqa: F811
    site = Site(quoted, relay, tmp_path, "max_unconfirmed = 2\n    sender_per_hour = 3" + PAGE)
    for number in range(2):
        assert ask(site, address="ann@b.org")[0] == 200
        site.last(number + 1)
    status, fields, text = ask(site, address="Ann@B.org")
    assert status == 429 and "more than once" in text and fields["retry-after"] == "3600"
    status, _, text = ask(site, address="ann@b.org")
    assert status == 429 and "too many requests for this address" in text
    assert ask(site, address="bob@b.org")[0] == 200
    assert len(site.last(3)) == 3


def test_content_and_methods(site):
    status, _, text = ask(site, address="a" * 3000)
    assert status == 413 and "more content" in text
    status, fields, _ = get(site, "/subscribe", "-X", "PUT")
    assert status == 405 and fields["allow"] == "GET, HEAD, OPTIONS, POST"
    status, fields, _ = get(site, "/", "-d", "x=y")
    assert status == 405 and fields["allow"] == "GET, HEAD, OPTIONS"
    status, _, _ = get(site, "/subscribe", "-d", "x=y", "-H", "Transfer-Encoding: chunked")
    assert status == 411
    # A big header leaves room for the content.
    status, _, _ = ask(site, "-H", "Cookie: " + "c" * 7000, address="ann@b.org", time="1" * 1500)
    assert status == 400


def test_found_from_the_site(site):
    assert "<a href=subscribe>" in get(site, "/", *BROWSER)[2]
    assert "https://quotes.example/q/subscribe" in get(site, "/about.txt")[2]


def test_no_subscriptions(quoted, relay, tmp_path):  # noqa: F811
    site = Site(quoted, relay, tmp_path, 'subscription_time = ""' + PAGE)
    status, _, text = ask(site, address="ann@b.org")
    assert status == 404 and "mails no daily quotes" in text
    assert "subscribe" not in get(site, "/", *BROWSER)[2]


def test_a_store_that_fails(site):
    """The page says that it did not work, and works again later."""
    import sqlite3
    assert ask(site, address="ann@b.org")[0] == 200
    site.last(1)
    db = sqlite3.connect(site.directory / "quoted.db", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    status, _, text = ask(site, address="ann@b.org")
    db.execute("ROLLBACK")
    db.close()
    assert status == 503 and "try again in a minute" in text
    wait_until(lambda: ask(site, address="ann@b.org")[0] == 200)
