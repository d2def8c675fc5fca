"""The page in a browser without JavaScript, in both colour schemes, on a wide and a narrow screen."""

import json
import os
import pathlib
import subprocess
import sys
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


PAGES = {"short": SHORT, "long": LONG, "poem": POEMS, "art": ART, "words": WORDS}
SCREENSHOTS = BUILD / "screenshots"


@pytest.fixture(scope="module")
def looks(tmp_path_factory):
    """The URL of each page, and what the browser found there by name, width and scheme."""
    SCREENSHOTS.mkdir(exist_ok=True)
    with running(tmp_path_factory.mktemp("browser")) as start:
        urls = {}
        for name, quotes in PAGES.items():
            port = start(configuration(quotes)).port("web.default", "tcp")
            urls[name] = f"http://localhost:{port}/"
        pages = [f"{name}={url}" for name, url in urls.items()]
        command = ["node", SOURCE / "tests" / "browser" / "page.mjs", SCREENSHOTS, *pages]
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=300).stdout
    return urls, json.loads(output)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_page(looks, name, width, scheme):
    urls, found_by_key = looks
    found = found_by_key[f"{name}-{width}-{scheme}"]
    assert found["status"] == 200
    assert found["octets"] <= 14 * 1024
    assert found["complaints"] == [], "the console is empty and the policy is kept"
    assert {urlsplit(request).netloc for request in found["requests"]} == {
        urlsplit(urls[name]).netloc
    }
    assert found["different"] == 2, "the link shows another quote"
    assert not found["scrolls"], "no sideways scrolling"
    assert found["styled"] != "0px", "the policy allows the style sheet"
    assert found["background"] == ("rgb(245, 239, 228)" if scheme == "light" else "rgb(20, 22, 27)")
    assert found["smallTargets"] == 0
    assert found["pictures"] == (1 if name == "art" else 0)
    assert found["rules"] > 5
    assert found["violations"] == []
    assert (SCREENSHOTS / f"{name}-{width}-{scheme}.png").stat().st_size > 1000
