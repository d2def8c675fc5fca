"""The web front end behind nginx, with the configuration of its README."""

import json
import pathlib
import re
import subprocess
from urllib.parse import urljoin

import pytest

from conftest import free_port, wait_until
from test_web import ELSEWHERE

README = pathlib.Path(__file__).resolve().parents[2] / "frontends" / "web" / "README.md"


def fetch(*arguments):
    command = ["curl", "-sS", "-i", "-m", "20", *arguments]
    head, _, content = subprocess.run(
        command, capture_output=True, check=True, text=True).stdout.partition("\n\n")
    return head, content


def answers(address):
    return subprocess.run(["curl", "-sS", "-o", "/dev/null", "-m", "5", address], check=False,
                          capture_output=True).returncode == 0


# What people write instead: a path that stays in the target, one that lacks the slash at its end.
VARIANTS = [("", ""), ("web:/;", "web;"), ("location /quotes/ {", "location /quotes {")]


@pytest.fixture
def proxied(quoted, tmp_path, request):
    """A daemon at a unix socket; returns it and the address below which nginx serves it."""
    old, new = getattr(request, "param", VARIANTS[0])
    text = README.read_text().replace(old, new) if old else README.read_text()
    section = re.search(r'^    (web "default" .*)$', text, re.M)[1]
    location = re.search(r"```nginx\n(.*?)```", text, re.S)[1]
    path, port = tmp_path / "web", free_port()
    (tmp_path / "access").touch()
    section = section.removesuffix("}") + f'access_log = "{tmp_path / "access"}" qotd_port = 17 }}'
    daemon = quoted('log_addresses = "full"\nquotes = {"static:An apple a day\\n-- AC/DC"}\n'
                    + section.replace("/run/quoted/web", str(path)) + "\n")
    (tmp_path / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log off;\nclient_body_temp_path {tmp_path}/t;\nproxy_temp_path {tmp_path}/t;\n"
        f"fastcgi_temp_path {tmp_path}/t;\nuwsgi_temp_path {tmp_path}/t;\nscgi_temp_path {tmp_path}/t;\n"
        f"server {{\nlisten 127.0.0.1:{port};\n"
        f"{location.replace('/run/quoted/web', str(path))}}}\n}}\n")
    nginx = subprocess.Popen(["nginx", "-e", "stderr", "-c", tmp_path / "nginx.conf", "-p", tmp_path])
    daemon.below = f"http://127.0.0.1:{port}/quotes"
    try:
        wait_until(lambda: answers(daemon.below + "/healthz"))
        yield daemon
    finally:
        nginx.terminate()
        nginx.wait(20)


def test_a_page_below_a_path_knows_where_people_find_it(proxied):
    head, content = fetch("-H", "Accept: text/html", "-H", "X-Forwarded-Host: evil.example",
                          "-H", "X-Forwarded-Proto: https", "-H", "Forwarded: host=evil;proto=https",
                          proxied.below + "/")
    assert " 200 OK" in head and "An apple a day" in content
    assert f"<code>curl {proxied.below}</code>" in content
    assert "evil" not in content


@pytest.mark.parametrize("proxied", VARIANTS, indirect=True)
def test_every_link_of_a_page_holds(proxied):
    seen, left = set(), ["/", "/search?q=apple", "/nope/nowhere", "/nope/"]
    while left:
        path = left.pop()
        _, content = fetch("-H", "Accept: text/html", proxied.below + path)
        base = re.search(r'<base href="([^ >]+)">', content)
        top = urljoin(proxied.below + path, base[1] if base else "")
        for link in re.findall(r"(?:href|action)=\"?([^\" >]+)", re.sub(r"<base[^>]*>", "", content)):
            url = urljoin(top, link.replace("&amp;", "&"))
            assert url.startswith(proxied.below + "/"), link
            new = url.removeprefix(proxied.below)
            if new in seen or new[1:] in ELSEWHERE or re.match("/(authors.prefix|day)", new):
                continue
            assert re.search(" 200 OK| 302 Found", fetch("-H", "Accept: text/html", url)[0]), url
            seen.add(new)
            if not new.endswith((".txt", ".json", ".svg", "random")):
                left.append(new)
    assert any(path.startswith("/q/") for path in seen)


@pytest.mark.parametrize("proxied", VARIANTS, indirect=True)
def test_redirects_lead_to_the_same_path(proxied):
    # nginx itself decodes what is percent-encoded.
    for improper in ("/today.html/?count=1", "/api/v1/quotes/random/?count=1"):
        command = ["curl", "-sS", "-L", "-m", "20", "-o", "/dev/null", "-w", "%{http_code} %{url_effective}"]
        followed = subprocess.run([*command, proxied.below + improper], capture_output=True, check=True,
                                  text=True).stdout
        assert followed.startswith(f"200 {proxied.below}/") and followed.endswith("?count=1")
        assert "/?" not in followed


def test_the_api_has_absolute_addresses(proxied):
    quote = json.loads(fetch(proxied.below + "/api/v1/quotes/random")[1])
    assert quote["url"] == f"{proxied.below}/q/{quote['id']}"
    assert "An apple a day" in fetch(quote["url"])[1]


def test_the_access_log_names_the_client(proxied, tmp_path):
    fetch("-H", "X-Forwarded-For: 203.0.113.1", proxied.below + "/random.txt")
    wait_until(lambda: "/random.txt" in (tmp_path / "access").read_text())
    line = (tmp_path / "access").read_text().splitlines()[-1]
    assert line.startswith("127.0.0.1 - - "), line


def test_tags_and_compression_pass(proxied):
    head, _ = fetch(proxied.below + "/favicon.svg")
    tag = re.search(r'etag: (.*)', head, re.I)[1].strip()
    assert " 304 " in fetch("-H", f"If-None-Match: {tag}", proxied.below + "/favicon.svg")[0]
    head, content = fetch("--compressed", "-H", "Accept: text/html", proxied.below + "/")
    assert "content-encoding: gzip" in head.lower() and "An apple a day" in content
