"""The API of the web front end: its answers are those that docs/openapi.yaml describes."""

import copy
import datetime
import http.client
import json
import os
import pathlib
import urllib.parse

import jsonschema
import pytest
import yaml

from conftest import running, wait_until

DOCUMENT = pathlib.Path(os.environ["QUOTED_SOURCE"], "docs", "openapi.yaml")
NAMED = 12


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    """The port of a daemon with quotes in two languages, by some authors."""
    directory = tmp_path_factory.mktemp("api")
    english, german, tagged = (directory / name for name in ("english", "german", "tagged"))
    english.write_text(
        "".join(f"Apple {i} keeps the doctor away.\n\t\t-- Author {i % 7}\n%\n" for i in range(NAMED))
        + "Nobody said \"this\".\n%\nLine\n  of a poem\n%\n"
    )
    german.write_text("Der Apfel f\u00e4llt nicht weit vom Stamm.\n%\nEile mit Weile.\n\t\t-- Author 3\n%\n")
    tagged.write_text('[{"text": "Der Apfel f\u00e4llt nicht weit vom Stamm.", "tags": "Obst, Rat"}]')
    config = (
        f'collection "english" {{ sources = {{"fortune:{english}"}} }}\n'
        f'collection "german" {{ sources = {{"fortune:{german}", "json:{tagged}"}} language = "de" }}\n'
        'web "default" { listen = {"127.0.0.1:0"} }\n'
    )
    with running(directory) as start:
        port = start(config).port("web.default", "tcp")
        wait_until(lambda: get(port, "/quotes", q="apple")[0] != 503)
        yield port


@pytest.fixture(scope="module")
def document(api):
    """What the server says of itself, which is the file."""
    status, _, served = get(api, "/openapi.json")
    assert status == 200
    assert served == yaml.safe_load(DOCUMENT.read_text())
    return served


def get(api, path, **parameters):
    """Returns the status, the header and the decoded content."""
    connection = http.client.HTTPConnection("127.0.0.1", api, timeout=20)
    query = urllib.parse.urlencode(parameters, doseq=True)
    connection.request("GET", f"/api/v1{path}" + (f"?{query}" if query else ""))
    reply = connection.getresponse()
    content = json.loads(reply.read())
    connection.close()
    return reply.status, reply.headers, content


def operations(document):
    return {path: item["get"] for path, item in document["paths"].items()}


def resolve(document, item):
    while "$ref" in item:
        target = document
        for part in item["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        item = target
    return item


def close_objects(schema):
    """Makes every object take only the members that are described."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            schema["additionalProperties"] = False
        for value in schema.values():
            close_objects(value)
    elif isinstance(schema, list):
        for value in schema:
            close_objects(value)


def check(document, path, answer):
    """Fails unless the answer is one of those that the document has for the path."""
    status, header, content = answer
    strict = copy.deepcopy(document)
    close_objects(strict)
    responses = operations(strict)[path]["responses"]
    assert str(status) in responses, (path, status, content)
    kinds = resolve(strict, responses[str(status)])["content"]
    kind = header["Content-Type"].split(";")[0]
    assert kind in kinds, (path, kind)
    schema = {**kinds[kind]["schema"], "components": strict["components"]}
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    errors = [error.message for error in validator.iter_errors(content)]
    assert not errors, (path, content, errors)
    if status >= 400:
        assert content["status"] == status


def ask(api, document, path, filled=None, **parameters):
    """Gets a path of the document and checks the answer."""
    answer = get(api, filled or path, **parameters)
    check(document, path, answer)
    return answer[0], answer[2]


def list_all(api, document, **parameters):
    """Returns every quote of a list, page by page."""
    quotes, cursor = [], {}
    while True:
        status, content = ask(api, document, "/quotes", **parameters, **cursor)
        assert status == 200
        quotes += content["quotes"]
        if content["next"] is None:
            assert content["total"] == len(quotes)
            return quotes
        cursor = {"cursor": content["next"]}


def test_random(api, document):
    assert ask(api, document, "/quotes/random")[0] == 200
    for count in (1, 5, 50):
        status, content = ask(api, document, "/quotes/random", count=count)
        ids = {quote["id"] for quote in content["quotes"]}
        assert (status, len(ids)) == (200, min(count, NAMED + 4))
    for wish, test in (
        ({"author": "AUTHOR 3"}, lambda quote: quote["author"] == "Author 3"),
        ({"collection": "german"}, lambda quote: quote["collection"] == "german"),
        ({"lang": "DE"}, lambda quote: quote["language"] == "de"),
        ({"minLength": 39}, lambda quote: quote["length"] >= 39),
        ({"maxLength": 20}, lambda quote: quote["length"] <= 20),
        ({"maxLines": 1}, lambda quote: "\n" not in quote["text"] and quote["author"] is None),
        ({"lang": "de", "author": "author 3"}, lambda quote: quote["text"] == "Eile mit Weile."),
    ):
        status, content = ask(api, document, "/quotes/random", count=50, **wish)
        assert status == 200
        assert content["quotes"] and all(test(quote) for quote in content["quotes"]), wish
        wanted = [quote for quote in list_all(api, document) if test(quote)]
        assert {quote["id"] for quote in content["quotes"]} == {quote["id"] for quote in wanted}


@pytest.mark.parametrize(
    "wish", [{"author": "Nobody"}, {"collection": "none"}, {"lang": "fr"}, {"minLength": 99999}]
)
def test_nothing_random(api, document, wish):
    assert ask(api, document, "/quotes/random", **wish)[0] == 404


def test_a_quote_by_its_id(api, document):
    quote = ask(api, document, "/quotes/random")[1]
    for text in (quote["id"], quote["id"].upper(), quote["id"][:8]):
        assert ask(api, document, "/quotes/{id}", f"/quotes/{text}") == (200, quote)
    assert ask(api, document, "/quotes/{id}", "/quotes/zzzz")[0] == 404
    assert quote["url"] == f"/q/{quote['id']}"
    plain = http.client.HTTPConnection("127.0.0.1", api, timeout=20)
    plain.request("GET", quote["url"] + ".txt")
    text = plain.getresponse().read().decode().removesuffix("\n")
    plain.close()
    assert len(text) == quote["length"]
    assert text.startswith(quote["text"])


def test_days(api, document):
    status, today = ask(api, document, "/quotes/today")
    assert status == 200
    day = datetime.date.fromisoformat(today["date"])
    assert ask(api, document, "/days/{date}", f"/days/{day}") == (200, today)
    before, after = (str(day + datetime.timedelta(days)) for days in (-1, 1))
    assert ask(api, document, "/days/{date}", f"/days/{after}")[0] == 404
    assert ask(api, document, "/days/{date}", "/days/today")[0] == 400
    yesterday = ask(api, document, "/days/{date}", f"/days/{before}")[1]
    content = ask(api, document, "/days", **{"from": before})[1]
    assert content == {"quotes": [yesterday, today]}
    assert len(ask(api, document, "/days")[1]["quotes"]) == 30
    for days, expected in ((365, 200), (366, 400)):
        first = day - datetime.timedelta(days)
        status, content = ask(api, document, "/days", **{"from": first, "to": day})
        assert status == expected
        assert status == 400 or len(content["quotes"]) == 366
    for wrong in ({"to": after}, {"from": day, "to": before}, {"from": after}):
        assert ask(api, document, "/days", **wrong)[0] == 400


def test_search(api, document):
    status, content = ask(api, document, "/quotes", q="apple", limit=5, page=2)
    assert (status, content["total"], content["page"], len(content["quotes"])) == (200, NAMED, 2, 5)
    status, content = ask(api, document, "/quotes", q="nothing-like-it")
    assert (status, content["total"], content["quotes"], content["doubt"]) == (200, 0, [], None)
    assert "did you mean 'german'" in ask(api, document, "/quotes", q="in:germna")[1]["doubt"]
    for wrong in ({"q": ""}, {"q": "in:"}, {"q": "apple", "author": "Author 1"}):
        assert ask(api, document, "/quotes", **wrong)[0] == 400


def test_a_list_is_complete_whatever_its_parts(api, document):
    every = list_all(api, document, limit=100)
    assert len({quote["id"] for quote in every}) == len(every) == NAMED + 4
    for limit in (1, 3, NAMED + 4):
        assert list_all(api, document, limit=limit) == every
    assert [quote["language"] for quote in list_all(api, document, lang="de", limit=1)] == ["de", "de"]
    assert {tuple(quote["tags"]) for quote in every} == {(), ("Obst", "Rat")}


def test_collections_and_authors(api, document):
    content = ask(api, document, "/collections")[1]
    assert content["collections"] == [
        {"name": "english", "count": NAMED + 2},
        {"name": "german", "count": 2},
    ]
    content = ask(api, document, "/authors", prefix="author", limit=3, page=2)[1]
    assert content["total"] == 7
    assert [author["name"] for author in content["authors"]] == ["Author 3", "Author 4", "Author 5"]
    for author in ask(api, document, "/authors")[1]["authors"]:
        named = list_all(api, document, author=author["name"])
        assert len(named) == author["count"]
        assert {quote["author"] for quote in named} == {author["name"]}


def parameters_of(document, operation):
    found = [resolve(document, item) for item in operation["parameters"]]
    return {item["name"]: item["schema"] for item in found if item["in"] == "query"}


def filled(path):
    return path.replace("{id}", "zzzz").replace("{date}", "2026-01-01")


def test_the_document_has_the_parameters_that_there_are(api, document):
    for path, operation in operations(document).items():
        wanted = set(parameters_of(document, operation))
        found = set()
        # With q there are others.
        for more in ({}, {"q": "apple"}) if "q" in wanted else ({},):
            status, content = ask(api, document, path, filled(path), **more, nonsense="1")
            assert (status, content["parameter"]) == (400, "nonsense")
            takes = content["detail"].partition("this address takes ")[2].rstrip(".")
            found |= set(takes.replace(" and ", ", ").split(", "))
        assert found - {"none"} == wanted, path


def wrong_values(schema):
    if "minimum" in schema:
        yield from (schema["minimum"] - 1, schema["maximum"] + 1, 99999999999, -1, "abc", "1.5", "")
    elif schema.get("format") == "date":
        yield from ("2026-02-30", "yesterday", "26-1-1", "")
    elif "pattern" in schema:
        yield from ("x", "")
    else:
        yield from ("", "x" * (schema["maxLength"] + 1))


def test_wrong_values_are_refused_by_name(api, document):
    for path, operation in operations(document).items():
        names = parameters_of(document, operation)
        for name, schema in names.items():
            more = {"q": "apple"} if name == "page" and "q" in names else {}
            for value in wrong_values(schema):
                status, content = ask(api, document, path, filled(path), **more, **{name: value})
                assert (status, content["parameter"]) == (400, name), (path, name, value)
                assert content["detail"].startswith(f"{name} must "), content
            status, content = ask(api, document, path, filled(path), **{name: ["2", "2"]})
            assert (status, content["parameter"]) == (400, name), (path, name)


def test_bounds_are_taken(api, document):
    for path, operation in operations(document).items():
        names = parameters_of(document, operation)
        for name, schema in names.items():
            more = {"q": "apple"} if name == "page" and "q" in names else {}
            more |= {"url": "https://example.org/q/zzzz"} if "url" in names and name != "url" else {}
            for bound in ("minimum", "maximum"):
                if bound in schema:
                    status, _ = ask(api, document, path, **more, **{name: schema[bound]})
                    assert status in (200, 404), (path, name, schema[bound])
            if "maxLength" in schema and name != "lang":
                status, _ = ask(api, document, path, **more, **{name: "x" * schema["maxLength"]})
                assert status in (200, 404, 501), (path, name, "maxLength")


def test_a_quote_for_another_page(document, tmp_path):
    base = "https://example.org/quotes"
    config = (f'quotes = {{"static:An <apple> a day"}}\n'
              f'web "default" {{ listen = {{"127.0.0.1:0"}} base_url = "{base}" }}\n')
    with running(tmp_path) as start:
        port = start(config).port("web.default", "tcp")
        url = ask(port, document, "/quotes/random")[1]["url"]
        status, content = ask(port, document, "/oembed", url=url, format="json", maxwidth=320)
        assert status == 200 and content["width"] == 320 and content["provider_url"] == base
        assert content["html"] == f'<blockquote cite="{url}"><p>An &lt;apple&gt; a day</blockquote>'
        for wrong, expected in (({"url": url, "format": "xml"}, 501), ({"url": base + "/q/zzzz"}, 404),
                                ({"url": "https://evil.example/q/zzzz"}, 404), ({}, 400)):
            assert ask(port, document, "/oembed", **wrong)[0] == expected
