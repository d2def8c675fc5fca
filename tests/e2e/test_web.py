"""The web front end, with curl and with raw sockets."""

import gzip
import json
import os
import random
import re
import signal
import socket
import subprocess
import threading

import pytest

from conftest import wait_until

TEXT = "An apple a day <keeps> the doctor away."
ADDRESS = "127.0.0.1"


def configuration(settings="", quotes=f'"static:{TEXT}"'):
    return f'quotes = {{{quotes}}}\nweb "default" {{\n\tlisten = {{"{ADDRESS}:0"}}\n{settings}\n}}\n'


@pytest.fixture
def web(quoted):
    """A daemon with only the web front end; its port is web.at."""
    daemon = quoted(configuration())
    daemon.at = daemon.port("web.default", "tcp")
    return daemon


def curl(web, path, *arguments):
    """Returns the status, the header fields in lower case and the content of the reply to curl."""
    url = f"http://{ADDRESS}:{web.at}{path}"
    command = ["curl", "-sS", "-i", "-m", "20", *arguments, url]
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    head, _, content = answer.partition("\r\n\r\n")
    lines = head.split("\r\n")
    fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
    return int(lines[0].split()[1]), fields, content


def exchange(web, octets, timeout=20):
    """Sends octets and returns all that is received until the end of the stream."""
    with socket.create_connection((ADDRESS, web.at), timeout) as connection:
        try:
            connection.sendall(octets)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it was refused before all of it was sent
        return read_all(connection)


def read_all(connection):
    answer = b""
    try:
        while part := connection.recv(65536):
            answer += part
    except ConnectionResetError:
        pass
    return answer


def read_head(stream):
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line)
    return b"".join(lines)


def is_alive(web):
    return curl(web, "/healthz")[::2] == (200, "ok\n")


def test_curl_gets_text(web):
    status, fields, content = curl(web, "/")
    assert (status, content) == (200, TEXT + "\n")
    assert fields["content-type"] == "text/plain; charset=utf-8"
    assert fields["vary"] == "Accept, User-Agent"
    assert fields["cache-control"] == "no-cache"
    assert fields["x-content-type-options"] == "nosniff"


def test_a_browser_gets_a_page(web):
    for path in ("/", "/today", "/random"):
        status, fields, content = curl(web, path, "-A", "Mozilla/5.0", "-H", "Accept: text/html")
        if path == "/random":
            assert (status, content) == (302, "") and fields["location"].startswith("./q/")
            status, fields, content = curl(web, fields["location"][1:], "-H", "Accept: text/html")
        assert status == 200
        assert fields["content-type"] == "text/html; charset=utf-8"
        assert "An apple a day &lt;keeps&gt; the doctor away." in content
        assert len(content) < 14 * 1024
        policy = fields["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert fields["referrer-policy"] == "no-referrer"
        assert fields["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in fields["permissions-policy"]


@pytest.mark.parametrize(
    "path, accept, agent, kind",
    [
        ("/random.txt", "application/json", "Mozilla/5.0", "text/plain"),
        ("/random.json", "text/html", "Mozilla/5.0", "application/json"),
        ("/api/v1/quotes/random", "text/html", "Mozilla/5.0", "application/json"),
        ("/today", "application/json", "curl/8", "application/json"),
        ("/today", "text/html", "curl/8", "text/html"),
        ("/today", "*/*", "Wget/1.21", "text/plain"),
        ("/today", "*/*", "Python/3.11 aiohttp/3.8.4", "text/plain"),
        ("/today", "*/*", "Mozilla/5.0 (X11; Linux x86_64)", "text/html"),
    ],
)
def test_suffix_over_accept_over_agent(web, path, accept, agent, kind):
    status, fields, _ = curl(web, path, "-H", f"Accept: {accept}", "-A", agent)
    assert status == 200
    assert fields["content-type"].split(";")[0] == kind


def test_json(quoted):
    daemon = quoted(configuration(quotes='"static:Be \\"careful\\".\\n\\t\\t-- Mark Twain"'))
    daemon.at = daemon.port("web.default", "tcp")
    answer = json.loads(curl(daemon, "/api/v1/quotes/random")[2])
    assert set(answer) == {"id", "text", "author", "language", "tags", "collection", "length", "url"}
    assert answer["text"].startswith('Be "careful".')


def test_json_without_author(web):
    answer = json.loads(curl(web, "/random.json")[2])
    assert (answer["text"], answer["author"]) == (TEXT, None)


def test_head_is_get_without_content(web):
    for path in ("/", "/random.json", "/healthz", "/favicon.svg"):
        got = curl(web, path, "-A", "Mozilla/5.0")
        head = curl(web, path, "-A", "Mozilla/5.0", "-I")
        assert head[0] == 200
        assert head[2] == ""
        assert head[1]["content-length"] == str(len(got[2].encode()))
        assert set(head[1]) == set(got[1])


def test_not_found(web):
    status, fields, content = curl(web, "/nope")
    assert (status, fields["content-type"]) == (404, "text/plain; charset=utf-8")
    assert content == "404 Not Found: There is nothing at this address.\n"
    status, fields, content = curl(web, "/api/v1/nope")
    assert (status, fields["content-type"]) == (404, "application/problem+json")
    assert json.loads(content)["status"] == 404
    status, fields, content = curl(web, "/nope", "-A", "Mozilla/5.0")
    assert (status, fields["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>404 Not Found</h1>" in content
    for path in ("/random%00", "/random%2f.txt", "/a/../random"):
        assert curl(web, path, "--path-as-is")[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_other_methods_are_refused(web, method):
    for path in ("/", "/random.txt", "/api/v1/quotes/random", "/healthz"):
        status, fields, _ = curl(web, path, "-X", method)
        assert (status, fields["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert curl(web, "/", "-X", method, "-d", "some=content")[0] == 405


def test_options(web):
    status, fields, content = curl(web, "/", "-X", "OPTIONS")
    assert (status, fields["allow"], content) == (204, "GET, HEAD, OPTIONS", "")
    assert exchange(web, b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").startswith(b"HTTP/1.1 204 ")


def test_content_is_refused(web):
    assert curl(web, "/", "-X", "GET", "-d", "some=content")[0] == 413
    chunked = b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert exchange(web, chunked).startswith(b"HTTP/1.1 413 ")
    expecting = b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
    answer = exchange(web, expecting)
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"100 Continue" not in answer


def test_content_of_a_post_is_awaited(web):
    with socket.create_connection((ADDRESS, web.at), 20) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(99) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"address=a" + NEXT)
        connection.shutdown(socket.SHUT_WR)
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert answer.count(b"HTTP/1.1 200 ") == 1, "what follows is another request"


NEXT = b"GET /random.txt HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize(
    "request_text",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: <script>\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\0 40\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 38\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 38\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        b"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET random HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /\x80 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET http://a@b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_a_hostile_request_ends_its_connection(web, request_text):
    """What follows it is never served as a request of its own."""
    answer = exchange(web, request_text + NEXT)
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n"), answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"\r\nConnection: close\r\n" in answer
    assert b"libmicrohttpd" not in answer


@pytest.mark.parametrize(
    "line, status",
    [
        (b"Content-Length: abc", 400),
        (b"Content-Length: -1", 400),
        (b"Content-Length: 1 1", 400),
        (b"Content-Length: 99999999999999999999", 413),
        (b"no colon", 400),
    ],
)
def test_a_refusal_by_the_library_ends_the_connection_too(web, line, status):
    answer = exchange(web, b"GET / HTTP/1.1\r\nHost: a\r\n" + line + b"\r\n\r\n" + NEXT)
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer
    assert b" 200 OK" not in answer and TEXT.encode() not in answer


def test_a_folded_field_is_named(web):
    answer = exchange(web, b"GET / HTTP/1.0\r\nX: 1\r\n folded\r\n\r\n")
    assert answer.endswith(b": A header field contains a control character or is folded; write it in one line.\n")


def test_an_absolute_target(web):
    answer = exchange(web, b"GET http://a/random.txt HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(TEXT.encode() + b"\n")


def test_long_targets(web):
    assert curl(web, "/?" + "a&" * 1000, "-H", "Accept: text/html")[0] == 200
    assert curl(web, "/" + "a" * 3000)[0] == 414
    status, fields, content = curl(web, "/api/v1/quotes?author=" + "a" * 3000)
    assert (status, fields["content-type"]) == (414, "application/problem+json")
    assert (json.loads(content)["status"], fields["access-control-allow-origin"]) == (414, "*")
    answer = exchange(web, b"GET /" + b"a" * 100000)
    assert answer.startswith(b"HTTP/1.1 414 ") and b"The request target is too long." in answer


def test_rubbish(quoted):
    # The end of input after half a request may go unnoticed until idle_timeout.
    web = quoted(configuration("\tidle_timeout = 2"))
    web.at = web.port("web.default", "tcp")
    dice = random.Random(17)
    for size in (1, 7, 100, 3000, 70000):
        exchange(web, dice.randbytes(size))
        exchange(web, b"GET / HTTP/1.1\r\n" + dice.randbytes(size) + b"\r\n\r\n")
    exchange(web, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
    exchange(web, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert is_alive(web)


def test_http_1_0(web):
    answer = exchange(web, b"GET /random.txt HTTP/1.0\r\n\r\n")
    assert b" 200 OK\r\n" in answer
    assert answer.endswith(TEXT.encode() + b"\n")


def test_fifty_requests_at_once(web):
    answer = exchange(web, NEXT * 50)
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 50


def test_an_idle_connection_and_a_drip_are_closed(quoted):
    daemon = quoted(configuration("\tidle_timeout = 1\n\trequest_timeout = 1"))
    port = daemon.port("web.default", "tcp")
    with socket.create_connection((ADDRESS, port), 20) as idle:
        assert idle.recv(1) == b""
    with socket.create_connection((ADDRESS, port), 0.3) as drip:
        drip.sendall(b"GET / HTTP/1.1\r\nX: ")

        def is_cut():
            try:
                drip.send(b"x")
                return drip.recv(1) == b""
            except TimeoutError:
                return False
            except OSError:
                return True

        wait_until(is_cut)


def test_connections_of_one_network_are_limited(quoted):
    daemon = quoted(configuration("\tmax_per_prefix = 2"))
    daemon.at = daemon.port("web.default", "tcp")
    held = [socket.create_connection((ADDRESS, daemon.at), 20) for _ in range(3)]
    assert held[2].recv(1) == b""
    held[0].sendall(NEXT)
    assert held[0].recv(12) == b"HTTP/1.1 200"
    for connection in held:
        connection.close()
    wait_until(lambda: exchange(daemon, NEXT).startswith(b"HTTP/1.1 200"))


def test_the_hints_name_the_base_and_never_the_host_field(quoted):
    web = quoted(configuration('\tqotd_port = 1717 base_url = "https://quotes.example:8017/a/"'))
    web.at = web.port("web.default", "tcp")
    page = curl(web, "/", "-H", "Accept: text/html", "-H", "Host: other.example")[2]
    assert "<code>curl https://quotes.example:8017/a</code>" in page
    assert "<code>nc quotes.example 1717</code>" in page
    assert "other.example" not in page


def test_no_hint_without_a_base(web):
    page = curl(web, "/", "-H", "Accept: text/html", "-H", "X-Forwarded-Host: evil.example",
                "-H", "X-Forwarded-Proto: https")[2]
    assert "<code>" not in page and "canonical" not in page and ADDRESS not in page and "evil" not in page


def forward(*more):
    fields = ("X-Forwarded-For: 198.51.100.7, 203.0.113.9", "X-Forwarded-Proto: https",
              "X-Forwarded-Host: quotes.example", "X-Forwarded-Prefix: /a", *more)
    return [part for field in fields for part in ("-H", field)]


def test_a_trusted_proxy_gives_client_and_base(quoted, tmp_path):
    log = tmp_path / "access"
    proxies = f'trusted_proxies = {{"{ADDRESS}/32"}} access_log = "{log}" requests_burst = 3 requests_per_second = 1'
    web = quoted('log_addresses = "full"\n' + configuration("\t" + proxies))
    web.at = web.port("web.default", "tcp")
    assert "<code>curl https://quotes.example/a</code>" in curl(web, "/", *forward("Accept: text/html"))[2]
    for _ in range(4):
        statuses = curl(web, "/random.txt", *forward())[0]
    assert statuses == 429, "the client has a budget, though loopback has none"
    assert curl(web, "/random.txt", "-H", "X-Forwarded-For: 192.0.2.55")[0] == 200
    chain = "-H", "X-Forwarded-For: 192.0.2.56", "-H", f"X-Forwarded-For: {ADDRESS}"
    assert curl(web, "/random.txt", *chain)[0] == 200
    wait_until(lambda: len(log.read_text().splitlines()) == 7)
    clients = [line.split()[0] for line in log.read_text().splitlines()]
    assert clients == ["203.0.113.9"] * 5 + ["192.0.2.55", "192.0.2.56"]


def test_forwarded_by_a_unix_socket(quoted, tmp_path):
    path = tmp_path / "web"
    web = quoted(f'quotes = {{"static:{TEXT}"}}\nweb "default" {{ listen = {{"unix:{path}"}}\n'
                 'trusted_proxies = {"unix:"} socket_mode = "0622" }\n')
    wait_until(path.exists)
    assert path.stat().st_mode & 0o777 == 0o622
    command = ["curl", "-sS", "-m", "20", "--unix-socket", path, "-H", "Accept: text/html",
               "-H", 'Forwarded: for="[2001:db8::5]";proto=http;host=quotes.example', "http://x/"]
    page = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert "<code>curl http://quotes.example</code>" in page
    assert web.process.poll() is None


def test_a_quote_that_the_client_has_is_not_sent_again(library):
    ident = json.loads(curl(library, "/random.json")[2])["id"]
    for path in (f"/q/{ident}", f"/q/{ident}.txt", f"/q/{ident}.json", "/today", "/favicon.svg"):
        status, fields, content = curl(library, path)
        assert status == 200 and fields["etag"].startswith('W/"')
        for tags in (fields["etag"], '"x", ' + fields["etag"], fields["etag"].removeprefix("W/"), "*"):
            again = curl(library, path, "-H", f"If-None-Match: {tags}")
            assert again[0] == 304 and again[2] == "", (path, tags)
            assert again[1]["etag"] == fields["etag"]
            assert again[1].get("content-length", fields["content-length"]) == fields["content-length"]
            assert again[1]["cache-control"] == fields["cache-control"]
        head = curl(library, path, "-I", "-H", f"If-None-Match: {fields['etag']}")
        assert head[0] == 304
        assert curl(library, path, "-H", 'If-None-Match: "other"')[0] == 200
    assert "etag" not in curl(library, "/random.txt", "-H", "If-None-Match: *")[1]


def test_a_page_that_is_sent_again_is_that_of_the_request(quoted):
    web = quoted(configuration(f'\ttrusted_proxies = {{"{ADDRESS}/32"}}'))
    web.at = web.port("web.default", "tcp")
    kinds = [("-H", f"Accept: {accept}", "-H", "X-Forwarded-Proto: https", "-H", f"X-Forwarded-Host: {host}",
              "-H", f"Accept-Encoding: {coding}", path)
             for accept in ("text/html", "application/json") for host in ("one.example", "two.example")
             for coding in ("gzip", "identity") for path in ("/", "/today")]

    def fetch(kind):
        command = ["curl", "-sS", "-i", "-m", "20", *kind[:-1], f"http://{ADDRESS}:{web.at}{kind[-1]}"]
        head, _, content = subprocess.run(command, capture_output=True, check=True).stdout.partition(b"\r\n\r\n")
        return sorted(line for line in head.splitlines() if not line.startswith(b"Date:")), content

    first = [fetch(kind) for kind in kinds]
    assert len({content for _, content in first}) == 10, "JSON is too short for gzip and the same at both paths"
    for kind, reply in zip(kinds, first):
        assert fetch(kind) == fetch(kind) == reply, kind


def test_cache_control_of_each_path(library):
    ident = json.loads(curl(library, "/random.json")[2])["id"]
    for path, expected in (("/", "no-cache"), ("/random.json", "no-store"), ("/today", "no-cache"),
                           ("/random", "no-store"), ("/browse", "no-cache"), ("/author/proverb", "no-cache"),
                           ("/day/2026-01-31", "public, max-age=86400"), ("/days/2026-01", "public, max-age=86400"),
                           ("/search?q=a", "no-store"), (f"/q/{ident}", "public, max-age=86400"),
                           ("/favicon.svg", "public, max-age=86400"), ("/nope", "no-store")):
        assert curl(library, path)[1]["cache-control"] == expected, path


def compressed(web, path, *arguments):
    """Returns the fields and the content as it was sent."""
    command = ["curl", "-sS", "-i", "-m", "20", *arguments, f"http://{ADDRESS}:{web.at}{path}"]
    head, _, content = subprocess.run(command, capture_output=True, check=True).stdout.partition(b"\r\n\r\n")
    return head.decode().lower(), content


def test_a_page_is_compressed_for_those_who_accept_it(web):
    browser = ("-H", "Accept: text/html")
    page = curl(web, "/", *browser)
    assert page[1]["vary"] == "Accept, User-Agent, Accept-Encoding"
    head, content = compressed(web, "/", *browser, "-H", "Accept-Encoding: gzip, br")
    assert "content-encoding: gzip" in head and f"content-length: {len(content)}" in head
    assert gzip.decompress(content).decode() == page[2]
    assert len(content) < len(page[2]) / 2
    head, content = compressed(web, "/", *browser, "-H", "Accept-Encoding: gzip;q=0")
    assert "content-encoding" not in head and content.decode() == page[2]
    head, _ = compressed(web, "/random.json", "-H", "Accept-Encoding: gzip")
    assert "content-encoding" not in head, "it would not pay"
    head, content = compressed(web, "/", *browser, "-I", "-H", "Accept-Encoding: gzip")
    assert "content-encoding: gzip" in head and content == b""


def test_an_improper_path_is_redirected(web):
    for path, proper in (("/%74oday", "/today"), ("/today.html/", "/today.html"),
                         ("/api/v1/quotes/random//", "/api/v1/quotes/random"),
                         ("/%66avicon.svg", "/favicon.svg")):
        status, fields, content = curl(web, path + "?count=%32")
        assert status == 301 and content == "" and fields["location"].startswith(("./", "../"))
        url = f"http://{ADDRESS}:{web.at}{path}?count=%32"
        command = ["curl", "-sS", "-L", "-H", "Accept: text/html", "-o", "/dev/null", "-w", "%{http_code} %{url_effective}", url]
        followed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        assert followed == f"200 http://{ADDRESS}:{web.at}{proper}?count=%32"
    for path in ("/%2e%2e/today", "/nope/", "/%00", "/%zz", "/%ff"):
        assert curl(web, path, "--path-as-is")[0] == 404, path


def test_slashes_at_the_start_count_as_one(web):
    """A proxy adds one if the path in its configuration lacks that at its end."""
    for path in ("/", "/today.html", "/q/nope.html", "/nope/nope/"):
        one, two = (curl(web, slash + path, "-H", "Accept: text/html", "--path-as-is") for slash in ("", "/"))
        assert (one[0], one[2]) == (two[0], two[2])
    for path in ("//today/", "//%74oday"):
        assert curl(web, path, "--path-as-is")[1]["location"].lstrip("./") == "today"


def test_scripts_of_other_sites_may_read_json(web):
    origin = ("-H", "Origin: https://example.org")
    for path in ("/random.json", "/nope.json", "/api/v1/quotes/random", "/api/v1/nope"):
        assert curl(web, path, *origin)[1]["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in curl(web, "/random.txt", *origin)[1]
    asked = ("-X", "OPTIONS", *origin, "-H", "Access-Control-Request-Method: GET")
    status, fields, _ = curl(web, "/api/v1/quotes/random", *asked)
    assert status == 204 and fields["access-control-allow-origin"] == "*"
    assert "GET" in fields["access-control-allow-methods"] and fields["access-control-max-age"] == "86400"


def test_a_header_under_its_limit_is_answered_and_one_over_it_refused(web):
    for length in (3500, 3870, 3900, 3990, 6000, 8192, 8193, 10000, 12000, 16000, 24000, 60000):
        begin = b"GET /random.txt HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\nConnection: close\r\nCookie: a="
        answer = exchange(web, begin + b"c" * (length - len(begin) - 4) + b"\r\n\r\n")
        if length <= 8192:
            assert answer.startswith(b"HTTP/1.1 200 "), length
        else:
            assert answer.startswith(b"HTTP/1.1 431 "), length
            assert b"The header is too long; send fewer or shorter fields" in answer, length


def test_drain_under_load(web):
    """SIGTERM between requests: every reply that began is complete, and the daemon exits with 0."""
    broken = []
    counts = []
    ready = threading.Barrier(9)

    def ask():
        count = 0
        with socket.create_connection((ADDRESS, web.at), 20) as connection:
            stream = connection.makefile("rb")
            while True:
                try:
                    connection.sendall(NEXT)
                    head = read_head(stream)
                except OSError:
                    break
                if not head:
                    break
                length = int(re.search(rb"Content-Length: (\d+)", head)[1])
                content = stream.read(length)
                if content != TEXT.encode() + b"\n":
                    broken.append(content)
                count += 1
                if count == 20:
                    ready.wait(20)
                if b"Connection: close" in head:
                    break
        counts.append(count)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    ready.wait(20)
    os.kill(web.pid, signal.SIGTERM)
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert web.stop() == 0
    assert broken == []
    assert all(count >= 20 for count in counts)


LIBRARY = configuration(
    quotes='"static:An apple a day\\n\\t\\t-- Proverb", "static:Étude <b>op. 10</b>", "static:中文引文"'
) + (
    'collection "staff" { sources = {"static:a secret apple"} private = true language = "de-AT" }\n'
    'collection "north" { sources = {"static:Et æble om dagen"} language = "da-DK" }\n'
)


@pytest.fixture
def library(quoted):
    """A daemon with a few quotes and a complete search index."""
    daemon = quoted(LIBRARY)
    daemon.at = daemon.port("web.default", "tcp")
    wait_until(lambda: curl(daemon, "/search.json?q=apple")[0] != 503)
    return daemon


@pytest.mark.parametrize(
    "query, found",
    [
        ("apple", ["An apple a day"]),
        ("APP*", ["An apple a day"]),
        ("%22a+day%22", ["An apple a day"]),
        ("author:proverb", ["An apple a day"]),
        ("etude", ["Étude <b>op. 10</b>"]),
        ("%E6%96%87%E5%BC%95", ["中文引文"]),
        ("文引", ["中文引文"]),  # as curl sends it
        ("-apple+-etude+-lang:da", ["中文引文"]),
        ("in:staff", []),
        ("secret", []),
        ("aeble", ["Et æble om dagen"]),
        ("lang:da", ["Et æble om dagen"]),
        ("lang:de", []),
    ],
)
def test_search(library, query, found):
    status, fields, content = curl(library, f"/api/v1/quotes?q={query}")
    answer = json.loads(content)
    assert status == 200 and fields["content-type"] == "application/json"
    assert [quote["text"] for quote in answer["quotes"]] == found
    assert answer["total"] == len(found)
    page = curl(library, f"/search?q={query}", "-A", "Mozilla/5.0")[2]
    assert "<b>op" not in page
    assert f"{len(found)} quote{'s' * (len(found) != 1)} found." in page if found else "How to search" in page
    for quote in answer["quotes"]:
        assert f"<li><a href=q/{quote['id']}>" in page
        again = json.loads(curl(library, f"/q/{quote['id'].upper()}.json", "-L")[2].split("\r\n\r\n")[-1])
        assert again == quote
        language = quote["language"] or ""
        assert language == ("da-DK" if "æble" in quote["text"] else "")
        assert f'<blockquote lang="{language}" dir=auto>' in page
        assert f' lang="{language}" dir=auto>' in curl(library, f"/q/{quote['id']}", "-A", "Mozilla/5.0")[2]


def test_search_pages(library):
    first = json.loads(curl(library, "/search.json?q=-in:staff&limit=2")[2])
    second = json.loads(curl(library, "/search.json?q=-in:staff&limit=2&page=2")[2])
    ids = [quote["id"] for quote in first["quotes"] + second["quotes"]]
    assert first["total"] == 4 and len(set(ids)) == 4
    assert "page=2" in curl(library, "/search?q=-in:staff&limit=2", "-A", "Mozilla/5.0")[2]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("page=0", 400), ("page=x", 400), ("limit=101", 400), ("page=1001", 400), ("page=2", 404), ("page=&a=b", 200)],
)
def test_search_pages_that_are_none(library, query, expected):
    status, _, content = curl(library, f"/search?q=-in:staff&{query}", "-A", "Mozilla/5.0")
    assert status == expected and content.startswith("<!doctype html>")


@pytest.mark.parametrize("query", ["", "%22", "in:", "%FF", "%00", "a" * 300, "+".join("abcdefghijklmnopq")])
def test_search_refuses(library, query):
    status, _, content = curl(library, f"/search.json?q={query}")
    assert status == 400 and json.loads(content)["detail"].endswith(".")


def test_search_before_the_index_is_built(quoted, tmp_path):
    path = tmp_path / "many"
    path.write_text("\n%\n".join(f"quote {i} apple" for i in range(60000)))
    daemon = quoted(configuration(quotes=f'"fortune:{path}"'))
    daemon.at = daemon.port("web.default", "tcp")
    status, fields, content = curl(daemon, "/search.json?q=apple")
    assert status == 503 and "still being built" in content and int(fields["retry-after"]) >= 1
    # With few candidates or without words it needs no index, unless the machine is too busy.
    for query, total in (("59999", 1), ("in:many", 10000), ("-in:many", 0)):
        status, _, content = curl(daemon, f"/search.json?q={query}")
        assert status in (200, 503) and (status == 503 or json.loads(content)["total"] == total)
    wait_until(lambda: curl(daemon, "/search.json?q=apple")[0] == 200, timeout=120)


def test_a_part_of_an_id_leads_to_the_whole(library):
    ident = json.loads(curl(library, "/random.json")[2])["id"]
    for path, location in ((f"/q/{ident[:6]}", ident), (f"/q/{ident.upper()}.json", f"{ident}.json")):
        status, fields, _ = curl(library, path)
        assert (status, fields["location"]) == (302, f"../q/{location}")
    fields = curl(library, "/random.json")[1]
    assert curl(library, fields["content-location"][1:])[0] == 200


def test_a_quote_of_a_command_has_no_address_of_its_own(quoted):
    web = quoted('collection "live" { sources = {"command:/bin/echo an echo"} }\n'
                 f'web "default" {{ listen = {{"{ADDRESS}:0"}} }}\n')
    web.at = web.port("web.default", "tcp")
    for path in ("/", "/random"):
        status, fields, content = wait_until(
            lambda: (answer := curl(web, path, "-H", "Accept: text/html"))[0] == 200 and answer)
        assert "<p>an echo</blockquote>" in content and "location" not in fields
    assert "content-location" not in curl(web, "/random.txt")[1]


# Links that are not followed, for icons are no text.
ELSEWHERE = ("apple-touch-icon.png", "favicon.ico")


def test_every_link_leads_to_a_page(library):
    """From the first page, over all links, without a query but for the pages of lists."""
    wait_until(lambda: curl(library, "/search?q=apple")[0] != 503)
    todo, seen, titles = ["/"], {"/"}, {}
    while todo:
        path = todo.pop()
        status, fields, content = curl(library, path, "-H", "Accept: text/html", "--path-as-is")
        assert status in (200, 302), path
        if "text/html" not in fields.get("content-type", "") or path.count("/day/"):
            continue
        titles[path] = re.search("<title>(.*?)</title>", content)[1]
        assert content.count("<h1") == 1 and "<main>" in content and "<footer>" in content, path
        base = re.search('<base href="([./]*)">', content)
        assert (base[1] if base else "") == "../" * (path.split("?")[0].count("/") - 1), path
        for link in re.findall(r"href=\"?([^\s\">]+)", content):
            link = "/" + link.replace("&amp;", "&").removeprefix("./")
            if link[1:] not in ELSEWHERE and link not in seen and not link.startswith("/../"):
                seen.add(link)
                todo.append(link)
    assert {"/browse/quotes", "/browse/north", "/author/Proverb", "/days", "/search"} <= set(titles)
    different = {path: title for path, title in titles.items() if path not in ("/", "/today")}
    assert len(set(different.values())) >= len(different) - 2, different


def test_unknown_and_malformed_ids(library):
    for path, sentence in (
        ("/q/zzzz.json", "No quote has this id."),
        ("/q/abc.json", "An id has 4 to 12 letters and digits."),
        ("/api/v1/quotes/uuuu", "An id has 4 to 12 letters and digits."),
    ):
        status, _, content = curl(library, path)
        assert status == 404 and sentence in content


def test_searches_are_answered_when_the_daemon_stops(library):
    sockets = [socket.create_connection((ADDRESS, library.at), 20) for _ in range(20)]
    for sock in sockets:
        sock.sendall(b"GET /search.json?q=a* HTTP/1.1\r\nHost: x\r\n\r\n")
    # Once a later request is answered, all of these have been read.
    last = socket.create_connection((ADDRESS, library.at), 20)
    last.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert read_all(last).startswith(b"HTTP/1.1 200")
    last.close()
    library.process.send_signal(signal.SIGTERM)
    assert library.process.wait(30) == 0
    for sock in sockets:
        assert read_all(sock)[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 503")
        sock.close()


def test_too_many_requests_get_429(quoted):
    daemon = quoted(
        configuration("requests_per_second = 1\nrequests_burst = 3\nrequests_limit_loopback = true")
    )
    daemon.at = daemon.port("web.default", "tcp")
    replies = [curl(daemon, "/random.json") for _ in range(8)]
    statuses = [status for status, _, _ in replies]
    assert statuses[:3] == [200] * 3 and 429 in statuses
    _, fields, content = replies[statuses.index(429)]
    assert fields["retry-after"] == "1"
    assert json.loads(content)["title"] == "Too Many Requests"
    wait_until(lambda: curl(daemon, "/")[0] == 200)
    assert daemon.stop() == 0
    assert re.search(
        r"warning web.default: \d+ requests? refused, over requests_per_second 1 of 127.0.0.0/24\n", daemon.log()
    )


def test_loopback_has_no_budget_unless_asked(quoted):
    daemon = quoted(configuration("requests_per_second = 1\nrequests_burst = 1"))
    daemon.at = daemon.port("web.default", "tcp")
    assert [curl(daemon, "/")[0] for _ in range(5)] == [200] * 5


def test_too_many_connections_are_told(quoted):
    daemon = quoted(configuration("max_per_prefix = 2"))
    daemon.at = daemon.port("web.default", "tcp")
    clients = [socket.create_connection((ADDRESS, daemon.at), 20) for _ in range(5)]
    for client in clients[2:]:
        assert client.recv(1) == b""
    for client in clients:
        client.close()
    assert daemon.stop() == 0
    assert "warning web.default: 3 connections refused, over max_per_prefix 2 of 127.0.0.0/24\n" in daemon.log()


def start_with_access_log(quoted, path, settings=""):
    daemon = quoted(configuration(f'access_log = "{path}"\n{settings}'))
    daemon.at = daemon.port("web.default", "tcp")
    return daemon


def test_access_log(quoted, tmp_path):
    path = tmp_path / "access"
    daemon = start_with_access_log(quoted, path)
    curl(daemon, "/random.txt?&")
    curl(daemon, "/healthz", "-I")
    curl(daemon, "/missing", "-A", "x")
    exchange(daemon, b'GET /"\\\x1b HTTP/1.1\r\nHost: a\r\n\r\n')
    lines = wait_until(lambda: path.read_text().count("\n") == 4 and path.read_text()).splitlines()
    start = r"127\.0\.0\.0 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "
    size = len(TEXT) + 1
    assert re.fullmatch(start + rf'"GET /random\.txt\?& HTTP/1\.1" 200 {size}', lines[0]), lines
    assert re.fullmatch(start + r'"HEAD /healthz HTTP/1\.1" 200 -', lines[1]), lines
    assert re.fullmatch(start + r'"GET /missing HTTP/1\.1" 404 \d+', lines[2]), lines
    assert re.fullmatch(start + r'"GET /\\x22\\x5C\\x1B HTTP/1\.1" 400 \d+', lines[3]), lines


def test_access_log_as_json_with_full_addresses(quoted, tmp_path):
    path = tmp_path / "access"
    daemon = quoted(
        'log_addresses = "full"\n' + configuration(f'access_log = "{path}"\naccess_log_format = "json"')
    )
    daemon.at = daemon.port("web.default", "tcp")
    curl(daemon, "/random.txt")
    line = json.loads(wait_until(path.read_text))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line.pop("time"))
    assert line == {
        "client": "127.0.0.1",
        "method": "GET",
        "target": "/random.txt",
        "protocol": "HTTP/1.1",
        "status": 200,
        "bytes": len(TEXT) + 1,
    }


def test_access_log_is_opened_anew(quoted, tmp_path):
    path, rotated = tmp_path / "access", tmp_path / "access.1"
    daemon = start_with_access_log(quoted, path)
    curl(daemon, "/?1", "-H", "Accept: text/html")
    wait_until(path.read_text)
    path.rename(rotated)
    curl(daemon, "/?2", "-H", "Accept: text/html")
    wait_until(lambda: "/?2 " in rotated.read_text())
    daemon.process.send_signal(signal.SIGUSR1)
    wait_until(path.exists)
    curl(daemon, "/?3", "-H", "Accept: text/html")
    wait_until(lambda: "/?3 " in path.read_text())
    assert rotated.read_text().count("\n") == 2


def test_a_full_disk_takes_no_access_log_and_stops_nothing(quoted, tmp_path):
    path = tmp_path / "access"
    path.symlink_to("/dev/full")
    daemon = start_with_access_log(quoted, path)
    for _ in range(20):
        assert curl(daemon, "/")[0] == 200
    assert daemon.stop() == 0
    lost = re.findall(
        rf"warning web\.default: access_log: (\d+) lines? lost: cannot write to {path}: No space left on device\n",
        daemon.log(),
    )
    assert lost[0] == "1" and sum(map(int, lost)) == 20, daemon.log()


def test_a_fifo_without_a_reader_stops_nothing(quoted, tmp_path):
    path = tmp_path / "fifo"
    os.mkfifo(path)
    daemon = start_with_access_log(quoted, path)
    assert curl(daemon, "/?1", "-H", "Accept: text/html")[0] == 200
    daemon.wait_log("access_log: 1 line lost")
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def read_line():
        assert curl(daemon, "/?2", "-H", "Accept: text/html")[0] == 200
        try:
            return os.read(reader, 65536)
        except BlockingIOError:
            return b""

    assert b"GET /?2 " in wait_until(read_line)
    os.close(reader)
    for _ in range(3):
        assert curl(daemon, "/?3", "-H", "Accept: text/html")[0] == 200
    assert is_alive(daemon)


def test_an_access_log_that_cannot_be_opened_ends_the_start(quoted, tmp_path):
    daemon = quoted(configuration(f'access_log = "{tmp_path}"'), ready=False)
    daemon.exits_with = {78}
    assert daemon.process.wait(60) == 78
    assert f"web.access_log: cannot write {tmp_path}: Is a directory" in daemon.log()
