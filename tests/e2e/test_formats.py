"""Quotes in lines, JSON and CSV: served, edited, checked, and taken over from other programs."""

import json
import pathlib
import re
import socket
import sqlite3
import subprocess
import urllib.parse
import urllib.request

import pytest
from conftest import DAEMON, wait_until

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "IMPORT.md"

FILES = {
    "lines": ("# mine\n\nHello.\nWorld.\n", "Bonjour.\n"),
    "json": ('[{"text": "Hello.", "author": "Bob"}, "World."]', '{"quote": "Bonjour."}\n'),
    "csv": ("author;quote\nBob;Hello.\n;World.\n", "text\nBonjour.\n"),
}


def run(*arguments, code=0, cwd=None):
    result = subprocess.run([DAEMON, *map(str, arguments)], capture_output=True, text=True,
                            timeout=60, check=False, cwd=cwd)
    assert result.returncode == code, result.stdout + result.stderr
    return result.stdout


def ask(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        return client.makefile("rb").read().decode()


@pytest.mark.parametrize("scheme", FILES)
def test_an_edit_is_served_and_a_loss_is_not(quoted, tmp_path, scheme):
    path = tmp_path / "quotes"
    before, after = FILES[scheme]
    path.write_text(before)
    daemon = quoted(f"""
quotes = {{"{scheme}:{path}"}}
qotd "default" {{ listen = {{"127.0.0.1:0"}} udp = {{}} }}
""")
    daemon.wait_log("ready: 2 quotes from 1 file")
    port = daemon.port("qotd.default")
    assert re.match(r"Hello\.|World\.", ask(port))
    path.write_text(after)
    wait_until(lambda: ask(port) == "Bonjour.\r\n")
    path.unlink()
    daemon.wait_log(rf"{scheme}:{path}: No such file or directory")
    assert ask(port) == "Bonjour.\r\n"


def test_a_quote_is_found_by_its_former_id(quoted, tmp_path):
    path = tmp_path / "quotes"
    path.write_text('[{"id": 17, "text": "Hello."}, {"id": "2024", "text": "World."}, "Apple."]')
    daemon = quoted(f"""
quotes = {{"json:{path}"}}
web "default" {{ listen = {{"127.0.0.1:0"}} }}
""")
    for former, text in (("17", "Hello.\n"), ("2024", "World.\n")):
        page = f"http://127.0.0.1:{daemon.port('web.default')}/q/{former}.txt"
        with urllib.request.urlopen(page, timeout=30) as answer:
            assert answer.read().decode() == text


TAGGED = {
    "json": '[{"text": "Hello.", "tags": ["Greeting", "be yourself"]}, {"text": "World.", "tags": "earth, x"}, "Apple."]',
    "csv": "text,tags\nHello.,Greeting; be yourself\nWorld.,\"earth, x\"\nApple.,\n",
}


@pytest.mark.parametrize("scheme", TAGGED)
def test_tags_are_shown_and_found(quoted, tmp_path, scheme):
    def get(path):
        url = f"http://127.0.0.1:{daemon.port('web.default')}/{path}"
        request = urllib.request.Request(url, headers={"User-Agent": "Mozilla/5.0"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()

    path = tmp_path / "quotes"
    path.write_text(TAGGED[scheme])
    daemon = quoted(f"""
quotes = {{"{scheme}:{path}"}}
web "default" {{ listen = {{"127.0.0.1:0"}} }}
""")
    for query, text, tags in (("tag:GREETING", "Hello.", ["Greeting", "be yourself"]),
                              ("tag:be*", "Hello.", ["Greeting", "be yourself"]),
                              ("-tag:x -apple", "Hello.", ["Greeting", "be yourself"]),
                              ("tag:earth world", "World.", ["earth", "x"]),
                              ("-tag:x -tag:greeting", "Apple.", [])):
        found = json.loads(get("search.json?q=" + urllib.parse.quote(query)))["quotes"]
        assert [(quote["text"], quote["tags"]) for quote in found] == [(text, tags)]
        assert run("quote", "--search", query, path) == text + "\n"
        shown = json.loads(run("quote", "--json", "--search", query, path))
        assert (shown["text"], shown["tags"]) == (text, tags)
        links = re.findall(r"<a href=(search\?q=tag:%22[^>]*%22)>", get("q/" + found[0]["id"]))
        assert len(links) == len(tags)
        for link in links:
            assert f"q/{found[0]['id']}>" in get(link)


@pytest.mark.parametrize("scheme", ["json", "csv"])
def test_a_damaged_file_changes_nothing(quoted, tmp_path, scheme):
    path = tmp_path / "quotes"
    path.write_text(FILES[scheme][1])
    daemon = quoted(f"""
quotes = {{"{scheme}:{path}"}}
qotd "default" {{ listen = {{"127.0.0.1:0"}} udp = {{}} }}
""")
    path.write_text({"json": '["one",\n"tw', "csv": 'text\none\n"two\n'}[scheme])
    daemon.wait_log(rf"{scheme}:{path}:{'2' if scheme == 'json' else '3'}: ")
    assert ask(daemon.port("qotd.default")) == "Bonjour.\r\n"


def test_a_fortune_file_that_is_none_is_told(quoted, tmp_path):
    path = tmp_path / "quotes.json"
    path.write_text(FILES["json"][0])
    daemon = quoted(f"""
quotes = {{"fortune:{path}"}}
qotd "default" {{ listen = {{"127.0.0.1:0"}} udp = {{}} }}
""")
    daemon.wait_log(f"warning .*{path} looks like JSON: use json:{path}")
    config = tmp_path / "quoted.conf"
    config.write_text(f'quotes = {{"fortune:{path}"}}\nqotd "default" {{}}\n')
    assert f"{path} looks like JSON: use json:{path}" in run("check", "-c", config, code=1)


@pytest.mark.parametrize("scheme", FILES)
def test_a_file_at_the_shell_is_guessed(tmp_path, scheme):
    path = tmp_path / "quotes"
    path.write_text("Hello.\nWorld.\nApple.\n" if scheme == "lines" else FILES[scheme][0])
    assert re.match(r"Hello\.|World\.|Apple\.", run("quote", path))
    assert [json.loads(line)["format"] for line in run("list", "--json", path).splitlines()] == [scheme]
    count = 3 if scheme == "lines" else 2
    assert f"{path}: {count} quotes" in run("check", path)
    assert run("quote", "100%", path)


@pytest.mark.parametrize("text", ['[{"id": 17, "text": "Hello."}, {"id": "b", "text": "Hello."}]',
                                  "text,id\nHello.,17\nHello.,b\n"])
def test_quotes_with_former_ids_are_drawn_at_the_shell(tmp_path, text):
    path = tmp_path / "quotes"
    path.write_text(text)
    assert run("quote", path) == "Hello.\n"


def test_check_names_lines(tmp_path):
    odd, csv = tmp_path / "odd.json", tmp_path / "odd.csv"
    odd.write_text('[\n"a\\u001b[1mb",\n7,\n"c", "c"]\n')
    csv.write_text("text,by,tags\nOne, two,Ann,x,y\nc,,\nd,," + "long" * 20 + "\n")
    said = run("check", "-v", odd, csv, code=1)
    assert f"{odd}:2: an escape sequence, removed" in said
    assert f"{odd}:3: it has no text" in said
    assert f"{odd}:4: the same quote as in {odd}:4" in said
    assert f"{csv}:2: it has more fields than the first record" in said
    assert f"{csv}:3: the same quote as in {odd}:4" in said
    assert f"{csv}:4: a tag of more than 64 octets, or after the first 32, left out" in said
    odd.write_text('["a",\n}')
    assert f"{odd}:2: a value is missing before this" in run("check", odd, code=1)


def command_of(title):
    """Returns the command below a title of the page."""
    section = PAGE.read_text().split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.search(r"^```\n(.*?)^```", section, re.M | re.S)[1]


def take_over(title, directory):
    """Runs the command below a title of the page as it stands there, and returns what it prints."""
    (directory / "bin").mkdir()
    (directory / "bin" / "quoted").symlink_to(DAEMON)
    done = subprocess.run(["sh", "-ec", f'PATH="$PWD/bin:$PATH"\n{command_of(title)}'],
                          cwd=directory, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def texts(path):
    """Returns the texts and authors of a file, sorted."""
    found = (json.loads(line) for line in run("quote", "--json", "--count", 100, path).splitlines())
    return sorted({(quote["text"], quote["author"]) for quote in found}, key=str)


def test_fortune_is_taken_over(tmp_path):
    assert re.search(r"/fortunes/fortunes: \d+ quotes, .*\.dat file used", take_over("fortune", tmp_path))


LIMNORIA = """
import supybot.dbi as dbi
class Record(dbi.Record):
    __fields__ = ["at", "by", "text"]
quotes = dbi.DB("data/#channel/Quote.flat.db", Record=Record)
for text in ['Hello, "you", it\\'s me: caf\u00e9', "<bob> one | <ann> two", "gone"]:
    quotes.add(Record(at=1700000000.5, by="ann!a@host.example", text=text))
quotes.remove(3)
"""


def test_limnoria_is_taken_over(tmp_path):
    """The bot's own module writes the file."""
    (tmp_path / "data" / "#channel").mkdir(parents=True)
    subprocess.run(["/usr/bin/python3", "-c", LIMNORIA], cwd=tmp_path, check=True, timeout=60)
    assert "quotes.json: 2 quotes, JSON" in take_over("Limnoria", tmp_path)
    assert [json.loads(line)["id"] for line in (tmp_path / "quotes.json").open()] == [1, 2]
    assert texts(tmp_path / "quotes.json") == [
        ("<bob> one | <ann> two", None), ('Hello, "you", it\'s me: caf\u00e9', None)]


def test_happyqotd_is_taken_over(tmp_path):
    database = sqlite3.connect(tmp_path / "happyqotd.db")
    database.execute("CREATE TABLE Quotes (Id INTEGER PRIMARY KEY AUTOINCREMENT, Text TEXT NOT NULL, "
                     "Author TEXT, Source TEXT, IsActive INTEGER NOT NULL DEFAULT 1, "
                     "CreatedAt TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)")
    database.executemany("INSERT INTO Quotes (Text, Author, Source, IsActive) VALUES (?, ?, ?, ?)", [
        ('Say "yes".\nThen no.', "Ann", None, 1), ("Caf\u00e9.", None, "A book", 1),
        ("Gone.", None, None, 0)])
    database.commit()
    database.close()
    assert "quotes.json: 2 quotes, JSON" in take_over("HappyQOTD", tmp_path)
    assert texts(tmp_path / "quotes.json") == [("Caf\u00e9.", "A book"), ('Say "yes".\nThen no.', "Ann")]


@pytest.mark.parametrize("text", [
    b'quote,author\r\n"Say ""yes"",\nthen no.",Ann\r\nCaf\xc3\xa9,\r\n',
    b'\xef\xbb\xbfAuthor;Quote\r\nAnn;"Say ""yes"",\nthen no."\r\n;Caf\xc3\xa9\r\n',
    b'Author;Quote\r\nAnn;"Say ""yes"",\nthen no."\r\n;Caf\xe9\r\n',
    '\ufeffquote\tauthor\r\n"Say ""yes"",\nthen no."\tAnn\r\nCaf\u00e9\t\r\n'.encode("utf-16-le"),
])
def test_a_spreadsheet_is_taken_over(tmp_path, text):
    """As the usual programs write it: with commas, in UTF-8, in Windows' own charset, as Unicode text."""
    (tmp_path / "quotes.csv").write_bytes(text)
    assert "quotes.csv: 2 quotes, CSV" in take_over("A spreadsheet", tmp_path)
    assert texts(tmp_path / "quotes.csv") == [("Caf\u00e9", None), ('Say "yes",\nthen no.', "Ann")]
