"""Every kind of link on a server of all of Debian's quotes leads somewhere."""

import collections
import html
import http.client
import re
from urllib.parse import urldefrag, urljoin, urlsplit


FORTUNES = "/usr/share/games/fortunes"
# Of each kind of address: quotes, authors, days and so on.
KIND_MAX = 150
BASE = "http://quotes.example/below/a/path"


def links_of(url, text):
    """The addresses that a page, a feed or a sitemap names."""
    base = re.search(r'<base href="([^"]*)"', text)
    top = urljoin(url, base[1]) if base else url
    named = re.findall(r"""\s(?:href|action|cite|template)=(?:"([^"]*)"|([^\s">]+))""", text)
    places = [quoted or bare for quoted, bare in named] + re.findall(r"<loc>([^<]*)</loc>", text)
    return {urldefrag(urljoin(top, html.unescape(place)))[0] for place in places if "{" not in place}


def kind_of(url):
    parts = urlsplit(url.removeprefix(BASE))
    suffix = re.search(r"\.(txt|json)$", parts.path)
    return parts.path.split("/")[1], suffix and suffix[1], bool(parts.query)


def visit(client, url):
    """Returns the status of a page and the addresses that it names."""
    client.request("GET", url.removeprefix(BASE), headers={"User-Agent": "Mozilla/5.0"})
    reply = client.getresponse()
    content = reply.read()
    if reply.status == 302:
        return reply.status, {urljoin(url, reply.headers["Location"])}
    if reply.headers["Content-Type"].startswith(("image/", "application/json")):
        return reply.status, set()
    return reply.status, links_of(url, content.decode())


def test_a_crawl_finds_no_error(quoted):
    daemon = quoted(f'log_level = "debug"\nquotes = {{"fortune:{FORTUNES}"}}\n'
                    f'web "default" {{ listen = {{"127.0.0.1:0"}} base_url = "{BASE}" }}\n')
    client = http.client.HTTPConnection("127.0.0.1", daemon.port("web.default"), timeout=60)
    daemon.wait_log("the search index is ready", timeout=120)
    waiting = collections.deque([BASE + "/", BASE + "/sitemap.xml", BASE + "/robots.txt"])
    seen, kinds, wrong = set(waiting), collections.Counter(), []
    while waiting:
        url = waiting.popleft()
        status, places = visit(client, url)
        if status not in (200, 302):
            wrong.append((status, url))
        for place in sorted(places):
            if not place.startswith(BASE + "/") or place in seen or kinds[kind_of(place)] >= KIND_MAX:
                continue
            seen.add(place)
            kinds[kind_of(place)] += 1
            waiting.append(place)
    assert wrong == []
    found = {kind for kind, _, _ in kinds}
    assert found >= {"q", "day", "days", "browse", "authors", "author", "search", "about", "api", "feed", "sitemap"}
    assert len(seen) > 700, kinds
