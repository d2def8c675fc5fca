"""What feed readers, robots, browsers and other programs ask the web front end for."""

import datetime
import html.parser
import json
import struct
import subprocess
import time
import xml.etree.ElementTree

import pytest

from conftest import wait_until

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
    """Starts a daemon with two collections; its arguments are further settings of the web."""
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


def test_robots_and_sitemaps(site):
    daemon = site(f'base_url = "{BASE}"')
    _, fields, text = curl(daemon, "/robots.txt")
    assert fields["content-type"] == "text/plain; charset=utf-8" and fields["etag"]
    assert "\nDisallow: /quotes/search\n" in text and f"\nSitemap: {BASE}/sitemap.xml\n" in text
    status, fields, text = curl(daemon, "/sitemap.xml")
    assert status == 200 and fields["content-type"] == "application/xml; charset=utf-8"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [place.text for place in xml.etree.ElementTree.fromstring(text).iter(space + "loc")]
    assert len(places) == len(set(places)) and sum("/q/" in place for place in places) == 42
    for place in places:
        assert curl(daemon, place.removeprefix(BASE))[0] == 200, place


def test_without_a_base_there_is_no_sitemap(site):
    daemon = site()
    assert "Sitemap" not in curl(daemon, "/robots.txt")[2]
    status, _, text = curl(daemon, "/sitemap.xml", "-H", "Host: evil.example")
    assert status == 404 and "set base_url" in text and "evil" not in text


def test_opensearch(site):
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    daemon = site(f'base_url = "{BASE}" title = "Ours & yours"')
    _, fields, text = curl(daemon, "/opensearch.xml")
    assert fields["content-type"].startswith("application/opensearchdescription+xml")
    description = xml.etree.ElementTree.fromstring(text)
    assert description.findtext(space + "ShortName") == "Ours & yours"
    template = description.find(space + "Url").get("template")
    assert template == BASE + "/search?q={searchTerms}"
    assert description.findtext(space + "Image") == BASE + "/favicon.ico"


class Loaded(html.parser.HTMLParser):
    """The addresses of what a browser loads with a page."""

    def __init__(self, text):
        super().__init__()
        self.addresses = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        fields = dict(attrs)
        relation = set((fields.get("rel") or "").split())
        if relation & {"icon", "apple-touch-icon", "stylesheet", "preload", "modulepreload", "manifest"}:
            self.addresses.add(fields["href"])
        if fields.get("src"):
            self.addresses.add(fields["src"])


def test_the_first_page_takes_14_kilobytes_with_all_that_it_loads(site):
    daemon = site(f'base_url = "{BASE}"')
    addresses = Loaded(curl(daemon, "/index.html")[2]).addresses
    assert addresses == {"favicon.ico", "favicon.svg", "apple-touch-icon.png"}
    sizes = {}
    for path in ("index.html", *addresses):
        command = ["curl", "-sSf", "-o", "/dev/null", "-w", "%{size_header} %{size_download}", "-m", "20",
                   "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{daemon.at}/{path}"]
        sizes[path] = sum(map(int, subprocess.run(command, capture_output=True, check=True).stdout.split()))
    assert 4000 < sum(sizes.values()) <= 14 * 1024, sizes


def test_icons(site):
    daemon = site()
    for path, kind, begin in (("/favicon.ico", "image/vnd.microsoft.icon", struct.pack("<HHH", 0, 1, 1)),
                              ("/apple-touch-icon.png", "image/png", b"\x89PNG\r\n\x1a\n"),
                              ("/favicon.svg", "image/svg+xml", b"<svg ")):
        status, fields, content = curl(daemon, path)
        octets = content.encode("utf-8", "surrogateescape")
        assert status == 200 and fields["content-type"] == kind and octets.startswith(begin)
        assert len(octets) == int(fields["content-length"])
        assert curl(daemon, path, "-H", f"If-None-Match: {fields['etag']}")[0] == 304


def test_security_txt(site):
    assert curl(site(), "/.well-known/security.txt")[0] == 404
    daemon = site('security_contact = "mailto:security@example.org"')
    status, fields, text = curl(daemon, "/.well-known/security.txt")
    assert status == 200 and fields["content-type"] == "text/plain; charset=utf-8"
    contact, expires = text.splitlines()
    assert contact == "Contact: mailto:security@example.org"
    left = datetime.datetime.fromisoformat(expires.removeprefix("Expires: ").replace("Z", "+00:00")) - \
        datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(28) < left < datetime.timedelta(31)


def test_readiness_names_the_wires_that_are_not_up(site):
    daemon = site(more='qotd "default" { listen = {"127.0.0.1:0"} udp = {} }\n'
                  'irc "net" { server = "127.0.0.1" port = 9 contact = "admin@example.org" nick = "quoter" channels = {"#x"} }\n')
    status, _, text = curl(daemon, "/readyz")
    answer = json.loads(text)
    assert status == 200 and answer["ready"] is True and answer["quotes"] is True
    states = {wire["name"]: wire["state"] for wire in answer["wires"]}
    assert states.pop("irc.net") != "serving"
    assert states == {"web.default": "serving", "qotd.default": "serving"}


def test_readiness_needs_quotes(quoted, tmp_path):
    wait = tmp_path / "wait"
    daemon = quoted(f'quotes = {{"command:cat {wait}"}}\n'
                    'web "default" { listen = {"127.0.0.1:0"} }\n', ready=False)
    daemon.at = daemon.port("web.default", "tcp")
    status, _, text = curl(daemon, "/readyz")
    assert status == 503 and json.loads(text)["quotes"] is False
    assert curl(daemon, "/healthz")[0] == 200
    wait.write_text("Well\n")
    wait_until(lambda: curl(daemon, "/readyz")[0] == 200)


def test_about_names_the_addresses_of_the_other_wires(site, tmp_path):
    daemon = site(f'base_url = "{BASE}" qotd_port = 17 access_log = "{tmp_path / "access"}"',
                  more='irc "net" { server = "127.0.0.1:9" contact = "admin@example.org" channels = {"##x secret"} }\n'
                  'mail "default" { address = {"quote@example.org"} smtp = {"127.0.0.1:0"} relay = "127.0.0.1:9" }\n')
    text = curl(daemon, "/about.html")[2]
    for part in (f"<code>curl {BASE}</code>", "<code>nc example.org 17</code>", 'href="mailto:quote@example.org"',
                 'href="ircs://127.0.0.1:9/%23x"', "Each request is noted in a log"):
        assert part in text, part
    assert "secret" not in text


def test_about_without_a_base_names_where_it_listens(site):
    daemon = site(more='qotd "default" { listen = {"127.0.0.1:0"} udp = {} }\n')
    status, _, text = curl(daemon, "/about.txt")
    assert status == 200
    assert f"curl http://127.0.0.1:{daemon.at} (on this machine)\n" in text
    assert f"nc 127.0.0.1 {daemon.port('qotd.default', 'tcp')} (on this machine)\n" in text
    assert json.loads(curl(daemon, "/about.json")[2])["title"] == "Quote of the moment"


def test_the_page_of_the_api_has_every_parameter(site):
    daemon = site()
    text = curl(daemon, "/api")[2]
    document = json.loads(curl(daemon, "/api/v1/openapi.json")[2])
    for path, item in document["paths"].items():
        assert f"<code>/api/v1{path}</code>" in text
        section = text.partition(f"<code>/api/v1{path}</code>")[2].partition("<h2>")[0]
        for parameter in item["get"]["parameters"]:
            name = parameter.get("name") or parameter["$ref"].rpartition("/")[2]
            assert f"<dt><code>{name}</code>" in section, (path, name)
    assert "Which page. From 1 to 1000; 1 if left out.</dd>" in text
    assert text.index("/api/v1/quotes/random</code>") < text.index("/api/v1/authors</code>")


def test_text_browsers_do_not_indent_what_follows_a_list(site):
    """As w3m does unless each description ends."""
    daemon = site()
    for path in ("/api", "/search"):
        text = curl(daemon, path, "-H", "Accept: text/html")[2]
        assert text.count("<dd>") == text.count("</dd>") > 0, path
