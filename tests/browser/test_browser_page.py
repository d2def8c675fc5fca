"""The pages in a browser without JavaScript, in both colour schemes, on wide and narrow screens; their HTML; the keys."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import urllib.request
from urllib.parse import urlsplit

import pytest

SOURCE = pathlib.Path(os.environ["QUOTED_SOURCE"])
BUILD = pathlib.Path(os.environ["QUOTED_BUILD"])
sys.path.insert(0, str(SOURCE / "tests" / "e2e"))

from conftest import running  # noqa: E402

SHORT = [
    "An apple a day keeps the doctor away.",
    "Be careful of reading health books, you might die of a misprint.\n\t\t-- Mark Twain",
]
LONG = [
    f"{word} " + "the light at the end of the tunnel has been turned off until further notice. " * 30
    for word in ("First", "Second")
]
POEMS = [
    f"{first}\n  Violets are blue,\nSugar is sweet,\n  And so are you.\n\t\t-- A very long name, of a "
    "writer whom nobody knows, in a book that nobody has read"
    for first in ("Roses are red,", "Lilies are white,")
]
ART = [
    f"         .-~~~-.\n       /        }}\n      /      .-~\n      |        }}\n      |  .-~-.\n"
    f"{eye}     |      ~-_                 |      |                         ~-_\n"
    "  ~-`------`---`-----~-.____~----~------`---`-----~-.____~----~"
    for eye in ("o", "x")
]
WORDS = ["<script>alert(1)</script> & " + "Donaudampfschifffahrt" * 8, "one " * 3]


def configuration(quotes):
    specs = []
    for quote in quotes:
        text = quote.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        specs.append(f'"static:{text}"')
    return f'quotes = {{{", ".join(specs)}}}\nweb "default" {{\n\tlisten = {{"127.0.0.1:0"}}\n}}\n'


FOREIGN = ["אם אין אני לי, מי לי?\n\t\t-- הלל הזקן", "איזהו חכם? הלומד מכל אדם.\n\t\t-- Ben Zoma", "千里の道も一歩から。\n\t\t-- 日本のことわざ"]
QUOTES = {"short": SHORT, "long": LONG, "poem": POEMS, "art": ART, "words": WORDS, "foreign": FOREIGN}
ALL = SHORT + LONG + POEMS + ART + FOREIGN + [
    f"An apple {word} day is worth many more words than these, which are here to fill a line or two." * 3
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
                 "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "more")
]
# The pages of the site: their paths, the title unless it is that of a quote, the link of the header that leads there,
# and the status if it is not 200.
SITE = {
    "quote": ("q/ID", None, []),
    "today": ("today", None, ["Today"]),
    "day": ("day/2026-01-31", None, []),
    "days": ("days", f"Quotes of {datetime.date.today():%B %Y} | Quote of the moment", []),
    "month": ("days/2026-01", "Quotes of January 2026 | Quote of the moment", []),
    "browse": ("browse", "Browse | Quote of the moment", ["Browse"]),
    "collection": ("browse/quotes?page=2", "quotes (page 2) | Quote of the moment", ["Browse"]),
    "authors": ("authors", "Authors | Quote of the moment", ["Browse"]),
    "initial": ("authors?prefix=m", "Authors: m | Quote of the moment", ["Browse"]),
    "author": ("author/Mark%20Twain", "Quotes by Mark Twain | Quote of the moment", ["Browse"]),
    "form": ("search", "Search | Quote of the moment", ["Search"]),
    "found": ("search?q=apple", "Search: apple | Quote of the moment", ["Search"]),
    "nothing": ("search?q=pear", "Search: pear | Quote of the moment", ["Search"]),
    "subscribe": ("subscribe", "A quote each day, by mail | Quote of the moment", []),
    "stop": ("subscription/u1-x", "Stop the daily quotes? | Quote of the moment", []),
    "about": ("about", "About | Quote of the moment", ["About"]),
    "api": ("api", "API | Quote of the moment", []),
    "missing": ("nowhere/at/all", "Not Found | Quote of the moment", [], 404),
    "unknown": ("browse/nowhere", "Not Found | Quote of the moment", [], 404),
    "refused": ("search?q=a&page=x", "Bad Request | Quote of the moment", [], 400),
    "explained": ("search?q=in:", "Search: in: | Quote of the moment", ["Search"], 400),
}
SCREENSHOTS = BUILD / "screenshots"
MAIL = """
state_directory = "{}"
mail "default" {{
    address = "quote@q.example"
    smtp = {{"127.0.0.1:0"}}
    relay = "127.0.0.1:9"
}}
"""


def serve(start, quotes, more=""):
    port = start(configuration(quotes) + more).port("web.default", "tcp")
    return f"http://127.0.0.1:{port}/"  # "localhost" can be ::1 first


def serve_site(start, state):
    """Returns the URL of a site of all quotes that sends mail, and those of its pages by name."""
    site = serve(start, ALL, MAIL.format(state))
    with urllib.request.urlopen(site + "today.json", timeout=20) as answer:
        ident = json.load(answer)["id"]
    return site, {name: site + path.replace("ID", ident) for name, (path, *_) in SITE.items()}


def run_node(script, *arguments):
    command = ["node", SOURCE / "tests" / "browser" / script, *arguments]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=550).stdout)


@pytest.fixture(scope="module")
def looks(tmp_path_factory):
    """The URL of each page, and what the browser found there by name, width and scheme."""
    SCREENSHOTS.mkdir(exist_ok=True)
    with running(tmp_path_factory.mktemp("browser")) as start:
        urls = {name: serve(start, quotes) for name, quotes in QUOTES.items()}
        urls |= serve_site(start, tmp_path_factory.mktemp("state"))[1]
        yield urls, run_node("page.mjs", SCREENSHOTS, *(f"{name}={url}" for name, url in urls.items()))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "light"), (320, "dark")])
@pytest.mark.parametrize("name", [*QUOTES, *SITE])
def test_page(looks, name, width, scheme):
    urls, found_by_key = looks
    found = found_by_key[f"{name}-{width}-{scheme}"]
    title, current, status = [*SITE.get(name, (None, None, ["Today"])), 200][1:4]
    assert found["status"] == status
    assert found["octets"] <= (40 if name in ("collection", "found") else 20) * 1024
    if status == 200:
        assert found["complaints"] == [], "the console is empty and the policy is kept"
    assert {urlsplit(request).netloc for request in found["requests"]} == {
        urlsplit(urls[name]).netloc
    }
    if width == 1280 and title is None:
        assert found["different"] == 2, "the link shows another quote"
        assert found["returns"], "Back and Forward show what was there"
    if title is not None:
        assert found["title"] == title
        assert found["height"] <= 20, "screens"
    assert not found["scrolls"], "no sideways scrolling"
    assert found["styled"] != "normal", "the policy allows the style sheet"
    assert found["background"] == ("rgb(245, 239, 228)" if scheme == "light" else "rgb(20, 22, 27)")
    assert found["smallTargets"] == 0
    assert found["current"] == current
    assert found["aligned"], "an author stands on the side of the quote"
    if name in QUOTES:
        assert found["pictures"] == (1 if name == "art" else 0)
    if width == 320:
        assert found["rules"] > 5
        assert found["violations"] == []
        assert not found["scrollsEnlarged"], "nor with letters of twice the size"
        assert found["printedButtons"] == 0
    assert (SCREENSHOTS / f"{name}-{width}-{scheme}.png").stat().st_size > 1000


# Beside the pages of the site.
OTHERS = ("random", "search?q=in:nowhere", "search?q=%22apple", "search?q=a&page=2", "feed", "feed/quotes")


def test_pages_and_feeds_are_valid(tmp_path):
    with running(tmp_path) as start:
        urls = [serve(start, quotes) for quotes in QUOTES.values()]
        site, pages = serve_site(start, tmp_path / "state")
        urls += [*(site + path for path in OTHERS), *pages.values()]
        found = run_node("validate.mjs", *urls)
    assert found == {url: [] for url in urls}


def test_keyboard_alone(tmp_path):
    with running(tmp_path) as start:
        url = serve(start, ALL)
        found = run_node("keys.mjs", url)
    assert found["complaints"] == []
    assert found["outline"] == "3px", "the focus is seen"
    assert found["permalink"].startswith(url + "q/")
    assert found["address"] == found["copied"] == found["permalink"]
    assert (found["focused"], found["typed"], found["kept"]) == ("q", "r t/ apple", "apple")
    assert found["off"] == found["remembered"] == "Keys r, t, /: off"
    assert found["stays"]
    assert found["unstored"] == "Keys r, t, /: off"


def test_tab_leads_to_all_that_can_be_used(tmp_path):
    with running(tmp_path) as start:
        pages = serve_site(start, tmp_path / "state")[1]
        pages["art"] = serve(start, ART)
        found = run_node("tab.mjs", *pages.values())
    for name, url in pages.items():
        assert found[url]["reached"] == found[url]["expected"], name
        assert len(found[url]["expected"]) >= 12, "header, content and footer"
        assert found[url]["faint"] == [], "the focus is seen"
        assert found[url]["status"] in (200, None), name
