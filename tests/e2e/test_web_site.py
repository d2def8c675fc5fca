"""What feed readers, robots, browsers and other programs ask the web front end for."""

import datetime
import subprocess
import time
import xml.etree.ElementTree

import pytest

BASE = "https://example.org/quotes"
ATOM = "{http://www.w3.org/2005/Atom}"


def curl(daemon, path, *arguments):
    """Returns the status, the header's fields in small letters, and the content."""
    command = ["curl", "-sS", "-i", "-m", "20", *arguments, f"http://127.0.0.1:{daemon.at}{path}"]
    text = subprocess.run(command, capture_output=True, check=True).stdout
    head, _, content = text.decode("utf-8", "surrogateescape").partition("\r\n\r\n")
    status, *fields = head.split("\r\n")
    named = dict(field.split(": ", 1) for field in fields)
    return int(status.split()[1]), {name.lower(): value for name, value in named.items()}, content


@pytest.fixture
def site(quoted, tmp_path):
    """Starts a daemon with two collections; its argument are more settings of the web."""
    apples, pears = tmp_path / "apples", tmp_path / "pears"
    apples.write_text("".join(f"Apple {i} & <co>\n\t\t-- Author {i % 3}\n%\n" for i in range(40)))
    pears.write_text("Birne\n  im Garten\nBaum\n%\nfeind\ufffe\uffff\n%\n")

    def start(settings="", more="", **options):
        daemon = quoted(
            f'collection "apples" {{ sources = {{"fortune:{apples}"}} }}\n'
            f'collection "pears" {{ sources = {{"fortune:{pears}"}} language = "de" }}\n'
            f'web "default" {{ listen = {{"127.0.0.1:0"}} {settings} }}\n{more}', **options)
        daemon.at = daemon.port("web.default", "tcp")
        return daemon
    return start


def read_feed(text):
    """Returns a feed's element after checking what RFC 4287 wants of it (section 4.1)."""
    feed = xml.etree.ElementTree.fromstring(text)
    assert feed.tag == ATOM + "feed"
    for part in (feed, *feed.iter(ATOM + "entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1, name
        datetime.datetime.strptime(part.findtext(ATOM + "updated"), "%Y-%m-%dT%H:%M:%SZ")
        assert part.findtext(ATOM + "id").startswith("tag:")
    assert feed.find(ATOM + "author/" + ATOM + "name").text
    ids = [entry.findtext(ATOM + "id") for entry in feed.iter(ATOM + "entry")]
    assert len(ids) == len(set(ids)) == 30
    assert feed.findtext(ATOM + "updated") == feed.find(ATOM + "entry").findtext(ATOM + "updated")
    return feed


def test_feeds(site):
    daemon = site(f'base_url = "{BASE}" title = "Ours & yours"')
    for path, title in (("/feed", "Ours & yours"), ("/feed/pears", "Ours & yours: pears")):
        status, fields, text = curl(daemon, path)
        assert status == 200 and fields["content-type"] == "application/atom+xml; charset=utf-8"
        feed = read_feed(text)
        assert feed.findtext(ATOM + "title") == title
        links = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
        assert links == {None: BASE + "/", "self": BASE + path}
        for entry in feed.iter(ATOM + "entry"):
            link = entry.find(ATOM + "link").get("href")
            assert link.startswith(BASE + "/q/")
            assert curl(daemon, link.removeprefix(BASE) + ".txt")[0] == 200
        now = time.localtime()
        left = 86400 - now.tm_hour * 3600 - now.tm_min * 60 - now.tm_sec
        age = int(fields["cache-control"].removeprefix("public, max-age="))
        assert abs(age - left) <= 3605 or abs(age - left) >= 82000
        again = curl(daemon, path, "-H", f"If-None-Match: {fields['etag']}")
        assert again[0] == 304 and again[2] == ""
    today = curl(daemon, "/today.txt")[2]
    first = read_feed(curl(daemon, "/feed")[2]).find(ATOM + "entry")
    assert first.findtext(ATOM + "title") in today.replace("\n  ", " ").replace("\n", " ")
    head = subprocess.run(["curl", "-sS", "--compressed", "-D", "-", "-o", "/dev/null",
                           f"http://127.0.0.1:{daemon.at}/feed"], capture_output=True, check=True, text=True)
    assert "content-encoding: gzip" in head.stdout.lower()


def test_a_feed_without_a_base_links_from_its_own_address(site):
    daemon = site()
    for path, top in (("/feed", ""), ("/feed/apples", "../")):
        feed = read_feed(curl(daemon, path, "-H", "Host: evil.example")[2])
        links = [link.get("href") for link in feed.iter(ATOM + "link")]
        assert links[0] == (top or "./") and all(link.startswith(top + "q/") for link in links[1:])
        assert all(link.get("rel") is None for link in feed.iter(ATOM + "link"))
        assert feed.findtext(ATOM + "id").startswith("tag:localhost,")
    assert "evil" not in curl(daemon, "/feed", "-H", "Host: evil.example")[2]


def test_feeds_that_are_not_there(site):
    daemon = site()
    assert curl(daemon, "/feed/aples")[::2] == (
        404, "404 Not Found: There is no collection 'aples'; did you mean 'apples'?\n")
    status, _, text = curl(daemon, "/feed?count=3")
    assert status == 400 and "no parameter 'count'" in text
