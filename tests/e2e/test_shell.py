"""quoted quote, list and check, beside fortune and strfile themselves."""

import json
import os
import pathlib
import re
import socket
import subprocess
import time

import pytest
from conftest import DAEMON

FORTUNES = pathlib.Path("/usr/share/games/fortunes")
STRFILE = "/usr/bin/strfile"


def run(*arguments, code=0):
    result = subprocess.run(
        [DAEMON, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == code, result.stderr
    return result.stdout


def objects(*arguments):
    return [json.loads(line) for line in run(*arguments).splitlines()]


def error_of(*arguments, code):
    result = subprocess.run([DAEMON, *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == code, result.stderr
    return result.stderr


@pytest.fixture(name="quotes")
def quotes_fixture(tmp_path):
    path = tmp_path / "quotes"
    path.write_text("An apple a day\n\t\t-- Proverb\n%\nÉtude\n%\n中文引文\n%\n" + "long " * 50 + "\n")
    return path


def test_a_seed_repeats_the_choices(quotes):
    first = run("quote", "--seed", 5, "--count", 20, quotes)
    assert first == run("quote", "--seed", 5, "--count", 20, quotes)
    assert first != run("quote", "--seed", 6, "--count", 20, quotes)
    assert first.count("\n%\n") == 19


def test_lengths(quotes):
    for _ in range(5):
        assert len(run("quote", "-s", quotes)) <= 161
        assert run("quote", "-l", quotes).startswith("long")
        assert run("quote", "-s", "-l", quotes).startswith("long")
        assert len(run("quote", "-n", "15", quotes).encode()) <= 16
    assert "no quote has the length asked for" in error_of("quote", "-n", "3", str(quotes), code=1)


def test_ids_hold_everywhere(quotes, tmp_path):
    quote = objects("quote", "--json", "--search", "apple", quotes)[0]
    assert quote["author"] == "Proverb" and re.fullmatch(r"[0-9a-hjkmnp-tv-z]{12}", quote["id"])
    for name in (quote["id"], quote["id"].upper(), quote["id"][:6]):
        assert objects("quote", "--json", "--id", name, quotes) == [quote]
    other = tmp_path / "other"
    other.write_bytes(b"before\r\n%\r\nAn apple a day \r\n                -- Proverb\r\n")
    assert objects("quote", "--json", "--id", quote["id"], other) == [{**quote, "file": "other"}]
    assert "no quote has this id" in error_of("quote", "--id", "0000", str(quotes), code=1)
    assert "4 to 12 letters" in error_of("quote", "--id", "abc", str(quotes), code=1)


@pytest.mark.parametrize(
    "query, found",
    [
        ("APPLE", "An apple"),
        ("app*", "An apple"),
        ('"a day"', "An apple"),
        ("author:proverb", "An apple"),
        ("etude", "Étude"),
        ("文引", "中文引文"),
        ("in:quotes -apple -long -etude", "中文引文"),
        ("-apple -long -etude", "中文引文"),
        ("apple -day", None),
        ('"day a"', None),
    ],
)
def test_search(quotes, query, found):
    if found is None:
        assert "no quote matches" in error_of("quote", "--search", query, str(quotes), code=1)
    else:
        assert run("quote", "--search", query, quotes).startswith(found)


def test_a_search_that_is_likely_a_mistake_is_explained(quotes):
    found = error_of("quote", "--search", '" AND OR NOT ) (', str(quotes), code=1)
    assert found.startswith("quoted: a quotation mark is not closed, so the phrase goes on to the end")


def test_languages(tmp_path):
    fortunes = tmp_path / "fortunes"
    for name, text in (("de/jokes", "Sehr gut"), ("pt_BR/jokes", "Muito bem"), ("literature", "Very well")):
        (fortunes / name).parent.mkdir(parents=True, exist_ok=True)
        (fortunes / name).write_text(text + "\n%\n")
    (fortunes / "own").write_text("Whatever\n%\n")
    everything = [fortunes, fortunes / "de", fortunes / "pt_BR"]
    assert run("quote", "--search", "lang:de", *everything) == "Sehr gut\n"
    assert run("quote", "--search", "LANG:PT", *everything) == "Muito bem\n"
    assert run("quote", "--search", "-lang:en -lang:de -lang:pt-br", *everything) == "Whatever\n"
    assert [e["language"] for e in objects("list", "--json", *everything)] == ["en", None, "de", "pt-BR"]
    quote = objects("quote", "--json", "--search", "muito", *everything)[0]
    assert (quote["text"], quote["language"]) == ("Muito bem", "pt-BR")
    assert objects("quote", "--json", "-m", "Whatever", *everything)[0]["language"] is None
    assert " literature (1), en\n" in run("list", *everything) and " own (1)\n" in run("list", *everything)
    assert 'right after "lang:"' in error_of("quote", "--search", "lang:", str(fortunes), code=1)
    config = tmp_path / "conf"
    config.write_text(
        f'collection "north" {{ sources = {{"fortune:{fortunes}"}} language = "nb" private = true }}\n'
        'collection "live" { sources = {"command:echo Hei"} language = "nn" }\n'
    )
    assert run("list", "-c", config) == (
        "  0.00% north (2), nb, private\n      0.00% literature (1)\n      0.00% own (1)\n"
        "100.00% live (a command), nn\n"
    )
    assert [e["language"] for e in objects("list", "--json", "-c", config)] == ["nb", "nb", "nn"]
    assert objects("quote", "--json", "--config", config)[0]["language"] == "nn"


def test_languages_of_debian():
    listed = {e["file"]: e["language"] for e in objects("list", "--json", FORTUNES)}
    assert (listed["fortunes"], listed["chinese"], listed["adams"], listed["brasil"]) == ("en", "zh", "it", "pt-BR")
    assert None not in listed.values()
    for name, language in (("de", "de"), ("cs", "cs"), ("es", "es"), ("zh_TW", "zh-TW"), ("eo-iso3", "eo")):
        assert {e["language"] for e in objects("list", "--json", FORTUNES / name)} == {language}
    found = objects("quote", "--json", "--search", "lang:de zeit", "--count", 1000, FORTUNES, FORTUNES / "de")
    assert len(found) > 20 and {quote["language"] for quote in found} == {"de"}


def test_every_hit_is_looked_at_and_a_limit_is_told(tmp_path):
    path = tmp_path / "q"
    short = [f"apple {i}" for i in range(1500)]
    path.write_text("\n%\n".join([*short, "apple " + "long " * 50]))
    assert run("quote", "--search", "apple", "--long", path).startswith("apple long")
    assert len(objects("quote", "--search", "apple", "--count", 5000, "--json", path)) == 1501
    path.write_text("\n%\n".join(f"apple {i}" for i in range(10001)))
    for count, told in ((10000, False), (10001, True)):
        result = subprocess.run(
            [DAEMON, "quote", "--search", "apple", "--count", str(count), path],
            capture_output=True,
            text=True,
            check=True,
        )
        assert result.stdout.count("apple") == 10000
        assert ("only 10000 of the quotes that match" in result.stderr) == told


def test_today_is_the_same_for_all_who_have_the_same_quotes(tmp_path):
    path = tmp_path / "q"
    path.write_text("\n%\n".join(f"quote {i}" for i in range(100)))

    def days():
        return run("quote", "--date", "2026-01-01", "--count", 80, path).split("\n%\n")

    some = days()
    assert len(some) == 80 and len(set(some)) >= 60
    assert some[0] + "\n" == run("quote", "--date", "2026-01-01", path)
    path.write_text(path.read_text() + "\n%\nappended\n")
    again = days()
    assert [new for old, new in zip(some, again) if old != new and "appended" not in new] == []
    assert "is not a date" in error_of("quote", "--date", "2026-02-30", str(path), code=64)


def test_list_counts_as_fortune_does():
    listed = {entry["file"]: entry for entry in objects("list", "--json", FORTUNES)}
    fortune = subprocess.run(
        ["/usr/games/fortune", "-f", str(FORTUNES)], capture_output=True, text=True, check=True
    )
    names = re.findall(r"^ +([0-9.]+)% (\S+)$", fortune.stderr, re.M)
    assert len(names) > 70
    # fortune knows no duplicates: each file has all of its own.
    everything = sum(entry["quotes"] + entry["duplicates"] for entry in listed.values())
    for share, name in names:
        if name in listed:
            mine = listed[name]["quotes"] + listed[name]["duplicates"]
            assert 100 * mine / everything == pytest.approx(float(share), abs=0.02), name
    assert {name for _, name in names} - set(listed) <= {"ascii-art.u8"}
    assert sum(entry["share"] for entry in listed.values()) == pytest.approx(100)


def test_weights(tmp_path):
    for name, count in (("a", 1), ("b", 30), ("c", 10)):
        (tmp_path / name).write_text("\n%\n".join(f"{name} {i}" for i in range(count)))
    config = tmp_path / "conf"

    def shares(extra, *options):
        config.write_text(
            "".join(
                f'collection "{n}" {{ sources = {{"fortune:{tmp_path}/{n}"}} {extra.get(n, "")} }}\n'
                for n in "abc"
            )
        )
        listed = objects("list", "--json", "-c", config, *options)
        drawn = run("quote", "--config", config, "--seed", 1, "--count", 4000, *options).split("\n%\n")
        for entry in listed:
            part = 100 * sum(q.startswith(entry["file"]) for q in drawn) / len(drawn)
            assert part == pytest.approx(entry["share"], abs=3)
        return [round(entry["share"], 1) for entry in listed]

    assert shares({}) == [2.4, 73.2, 24.4]
    assert shares({}, "-e") == [33.3, 33.3, 33.3]
    assert shares({"a": "percent = 50"}) == [50.0, 37.5, 12.5]
    assert shares({"a": "weight = 2", "b": "weight = 5"}) == [25.0, 62.5, 12.5]
    # A file that shares all of its quotes with one before has its part all the same.
    (tmp_path / "c").write_text((tmp_path / "a").read_text())
    listed = objects("list", "--json", "-c", config, "-e")
    assert [entry["share"] for entry in listed] == pytest.approx([100 / 3] * 3)
    config.write_text(
        f'collection "a" {{ sources = {{"fortune:{tmp_path}/a"}} percent = 60 }}\n'
        f'collection "b" {{ sources = {{"fortune:{tmp_path}/b"}} percent = 60 }}\n'
    )
    assert "add up to 120" in error_of("quote", "--config", str(config), code=78)


def test_offensive_quotes_are_asked_for(tmp_path):
    (tmp_path / "off").mkdir()
    for name in ("nice", "rude-o", "off/worse"):
        (tmp_path / name).write_text(name + "\n%\n")
    assert [e["file"] for e in objects("list", "--json", tmp_path)] == ["nice"]
    everything = [e["file"] for e in objects("list", "--json", "-a", tmp_path)]
    assert everything == ["nice", "worse", "rude-o"]


def test_check_names_what_is_odd(tmp_path):
    path = tmp_path / "odd"
    path.write_bytes(b"fine\n%\n\x1b[1mbold\x1b[0m\n%\n%\nfine\n% \nx  \n%\nb\bb\n\x01\n")
    out = run("check", "-v", path)
    for line in (
        f"{path}:3: an escape sequence, removed",
        f"{path}:5: no quote between two delimiters",
        f"{path}:7: a delimiter followed by blanks, which strfile takes for text",
        f"{path}:8: trailing blanks, removed",
        f"{path}:10: an overstrike, replaced by the letter that it shows",
        f"{path}:11: a control character, removed",
    ):
        assert line in out.splitlines(), out
    assert re.search(r"^qotd\.default: \d+ of \d+ quotes fit", out, re.M)
    path.write_text("one\n%\ntwo\n%\none\n")
    assert f"{path}:5: the same quote as in {path}:1" in run("check", "-v", path)
    subprocess.run([STRFILE, "-s", path], check=True)
    run("check", path)
    path.write_text("zero\n%\none\n%\ntwo\n")
    assert "does not match the text; run strfile again" in run("check", path, code=1)


@pytest.mark.parametrize("mark", [[], ["-c", "@"]])
@pytest.mark.parametrize("rotated", [[], ["-x"]])
@pytest.mark.parametrize("order", [[], ["-r"], ["-o"], ["-i"], ["-o", "-i"], ["-r", "-o"]])
def test_what_strfile_wrote_is_understood(tmp_path, order, rotated, mark):
    flags = [*order, *rotated, *mark]
    mark = "@" if "-c" in flags else "%"
    texts = ["One thing", "another\n\t\t-- Me", "A third", "%% not a comment"]
    text = f"\n{mark}\n".join(texts) + f"\n{mark}\n"
    path = tmp_path / "quotes"
    if "-x" in flags:
        text = text.translate(
            str.maketrans(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
                "nopqrstuvwxyzabcdefghijklmNOPQRSTUVWXYZABCDEFGHIJKLM",
            )
        )
    path.write_text(text)
    subprocess.run([STRFILE, "-s", *flags, path], check=True)
    drawn = run("quote", "--seed", 1, "--count", 100, path).split("\n%\n")
    assert {quote.split("\n")[0] for quote in drawn} == {t.split("\n")[0] for t in texts}
    checked = run("check", path)
    assert f"\n{path}: {len(texts)} quotes" in "\n" + checked
    assert "run strfile again" not in checked


def independent_count(path):
    """Quotes by a split of our own, blank ones left out."""
    lines = path.read_bytes().replace(b"\r", b"").split(b"\n")
    quotes, current = [], []
    for line in [*lines, b"%"]:
        if line == b"%":
            quotes.append(b"\n".join(current))
            current = []
        else:
            current.append(line)
    return sum(1 for quote in quotes if quote.strip(b" \t\n"))


def test_every_installed_file_has_as_many_quotes_as_counted():
    charsets, seen = {}, 0
    for directory in [FORTUNES, *(p for p in FORTUNES.rglob("*") if p.is_dir())]:
        listed = objects("list", "--json", "-a", directory)
        paths = [pathlib.Path(entry["path"]) for entry in listed]
        # A file that is named is read by itself: the order is that of the names, so duplicates differ.
        named = objects("list", "--json", *reversed(paths)) if paths else []
        assert [entry["path"] for entry in named] == [str(path) for path in reversed(paths)]
        for path, entry, other in zip(paths, listed, reversed(named)):
            count = independent_count(path)
            assert entry["quotes"] + entry["duplicates"] == count, path
            assert other["quotes"] + other["duplicates"] == count, path
            assert other["charset"] == entry["charset"], path
            charsets.setdefault(entry["charset"], []).append(path)
            seen += 1
    assert seen > 400
    assert charsets["ISO-8859-3"] == [FORTUNES / "eo-iso3" / "proverbaro"]
    assert "ISO-8859-1" not in charsets


@pytest.mark.parametrize(
    "arguments",
    [["quote"], ["quote", "--count", "100000"], ["list"], ["list", "--json"], ["check"], ["quote", "-h"]],
)
def test_what_cannot_be_written_is_an_error(quotes, arguments):
    for target, reason in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
        result = subprocess.run(
            ["bash", "-c", f'"$@" {target}', "bash", DAEMON, *arguments, quotes],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert result.returncode == 74, arguments
        assert result.stderr == f"quoted: standard output: {reason}\n"


def test_a_reader_that_leaves_ends_it_quietly(quotes):
    script = '"$@" | head -1; echo "${PIPESTATUS[0]}"'
    result = subprocess.run(
        ["bash", "-c", script, "bash", DAEMON, "quote", "--count", "1000000", quotes],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.stdout.splitlines()[1:] == ["141"] and result.stderr == ""


def test_list_has_all_collections_with_shares_that_add_up(tmp_path):
    for name, count in (("a", 1), ("b", 3), ("c", 2)):
        (tmp_path / name).write_text("\n%\n".join(f"{name} {i}" for i in range(count)))
    config = tmp_path / "conf"
    config.write_text(
        f'collection "files" {{ sources = {{"fortune:{tmp_path}/a", "fortune:{tmp_path}/b"}} }}\n'
        f'collection "staff" {{ sources = {{"fortune:{tmp_path}/c"}} private = true }}\n'
        'collection "live" { sources = {"command:/bin/echo hello"} percent = 20 }\n'
    )
    assert run("list", "-c", config) == (
        " 80.00% files (4)\n"
        "     20.00% a (1)\n"
        "     60.00% b (3)\n"
        "  0.00% staff (2), private\n"
        "      0.00% c (2)\n"
        " 20.00% live (a command)\n"
    )
    listed = objects("list", "--json", "-c", config)
    assert [e.get("file", e.get("command")) for e in listed] == ["a", "b", "c", "/bin/echo hello"]
    assert [e["share"] for e in listed] == pytest.approx([20, 60, 0, 20])
    assert [e["private"] for e in listed] == [False, False, True, False]
    assert run("list", "-c", config, "--collection", "staff", "--collection", "live") == (
        " 80.00% staff (2), private\n     80.00% c (2)\n 20.00% live (a command)\n"
    )
    assert "did you mean 'staff'" in error_of("list", "-c", str(config), "--collection", "stuff", code=1)


def test_days_in_a_row(tmp_path):
    path = tmp_path / "q"
    path.write_text("\n%\n".join(f"quote {i}" for i in range(30)))
    days = [run("quote", "--date", day, path) for day in ("2026-12-31", "2027-01-01", "2027-01-02")]
    assert run("quote", "--date", "2026-12-31", "--count", 3, path) == "%\n".join(days)
    today = run("quote", "--today", "--count", 2, path)
    assert run("quote", "--today", path) in today.split("%\n")


def test_no_option_is_passed_over(quotes):
    for arguments, said in (
        (("quote", "--today", "--short"), "use either --today or --short, not both"),
        (("list", "--today"), "--today works only with 'quoted quote'"),
        (("check", "--collection", "a"), "--collection works only with 'quoted quote' and 'quoted list'"),
    ):
        assert f"quoted: {said}\n" == error_of(*arguments, str(quotes), code=64)


def test_why_there_is_nothing(quotes, tmp_path):
    config = tmp_path / "conf"
    empty = tmp_path / "empty"
    empty.write_text("\n%\n")
    config.write_text(
        f'collection "staff" {{ sources = {{"fortune:{quotes}"}} private = true }}\n'
        f'collection "none" {{ sources = {{"fortune:{empty}"}} private = true }}\n'
    )

    def why(*arguments):
        return error_of("quote", "--config", str(config), *arguments, code=1).removeprefix("quoted: ")

    private = "only private collections have quotes; name one with --collection\n"
    for mode in ([], ["--today"], ["--search", "apple"], ["-s"]):
        assert why(*mode) == private
    assert why("none") == "there are no quotes in the collections named\n"
    assert why("staff", "-n", "2") == "no quote has the length asked for\n"
    assert why("staff", "-n", "2", "--search", "apple") == "no quote of the length asked for matches 'apple'\n"
    assert run("quote", "--config", config, "staff")


def test_check_goes_on_past_a_bad_file(tmp_path):
    misc, fifo, empty, blank = (tmp_path / name for name in ("misc", "fifo", "empty", "blank"))
    misc.write_text("good \n%\nmore\n")
    os.mkfifo(fifo)
    empty.write_text("")
    blank.write_text("\n%\n \n")
    none = tmp_path / "none"
    out = run("check", "-v", misc, fifo, none, code=1).splitlines()
    for line in (
        f"{misc}:1: trailing blanks, removed",
        f"{fifo}: is a FIFO, not a file",
        f"{none}: No such file or directory",
        f"{misc}: 2 quotes, UTF-8; mended: 1 line with trailing blanks",
        "2 quotes in 1 file",
    ):
        assert line in out, out
    for path in (empty, blank):
        assert run("check", path, code=1) == (
            f"{path}: contains no quotes\nquotes: there are no quotes in fortune:{path}\n"
        )
    assert run("check", none, fifo, code=1) == (
        f"{none}: No such file or directory\n{fifo}: is a FIFO, not a file\n"
    )
    assert f"{empty}: contains no quotes" in run("check", misc, empty, code=1)
    run("check", misc)


def test_check_fails_where_a_wire_has_nothing_to_show(tmp_path):
    path = tmp_path / "q"
    config = tmp_path / "conf"
    config.write_text('qotd "a" {}\n')
    path.write_text("word " * 200)
    out = run("check", "-c", config, path, code=1)
    assert "qotd.a: 0 of 1 quotes fit (0.0%): it has nothing to show\n" in out
    path.write_text("word " * 200 + "\n%\nshort\n")
    assert "qotd.a: 1 of 2 quotes fit (50.0%)\n" in run("check", "-c", config, path)
    config.write_text(
        f'collection "a" {{ sources = {{"fortune:{path}"}} private = true }}\nqotd "a" {{}}\n'
    )
    assert "qotd.a: 0 of 0 quotes fit (0.0%): it has nothing" in run("check", "-c", config, code=1)


def test_what_was_mended_is_counted(tmp_path):
    path = tmp_path / "odd"
    path.write_bytes(
        b"a\tb\n%\n\x1b[1mbold\x1b[0m\r\n%\n%\na\tb\n%\nx  \n%\nb\bb\n\x01\n%\nna\xefve\n%\n\n%\n"
    )
    entry = objects("list", "--json", path)[0]
    assert entry["mended"] == {
        "blank": 2,
        "comments": 0,
        "undecodable": 0,
        "escapes": 2,
        "controls": 1,
        "overstrikes": 1,
        "tabs": 2,
        "trailing_blanks": 1,
        "carriage_returns": 1,
        "breaks": 0,
        "marks": 0,
    }
    assert (entry["quotes"], entry["duplicates"], entry["charset"]) == (5, 1, "ISO-8859-1")
    assert (entry["delimiter"], entry["rot13"], entry["table"]) == ("%", False, "none")
    assert run("check", path).splitlines()[-4] == (
        f"{path}: 5 quotes, ISO-8859-1, 1 duplicate; mended: 2 blank quotes, 2 escape sequences, "
        "1 control character, 1 overstrike, 2 tabs, 1 line with trailing blanks, 1 carriage return"
    )
    path.write_text("bar\n@\n@@ comment\ngjb\n@\n")
    subprocess.run([STRFILE, "-s", "-c", "@", "-x", path], check=True)
    entry = objects("list", "--json", path)[0]
    assert (entry["delimiter"], entry["rot13"], entry["table"]) == ("@", True, "used")
    assert f"{path}: 2 quotes, UTF-8, delimiter @, rot13, .dat file used\n" in run("check", path)


def test_files_replace_the_collections_that_front_ends_name(quotes, tmp_path, quoted):
    text = (
        f'collection "staff" {{ sources = {{"fortune:{quotes}"}} }}\n'
        'qotd "a" { collections = {"staff"} listen = {"127.0.0.1:0"} udp = {} }\n'
    )
    config, path = tmp_path / "conf", tmp_path / "mine"
    config.write_text(text)
    path.write_text("only this\n")
    assert "qotd.a: 1 of 1 quotes fit (100.0%)" in run("check", "-c", config, path)
    assert run("quote", "--config", config, path) == "only this\n"
    daemon = quoted(text, str(path))
    with socket.create_connection(("127.0.0.1", daemon.port("qotd.a")), timeout=30) as client:
        assert client.makefile().read() == "only this\n"


def fortune(*arguments):
    return subprocess.run(
        ["/usr/games/fortune", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture(name="pair")
def pair_fixture(tmp_path):
    """Two files as fortune wants them, one twice as large as the other."""
    paths = [tmp_path / "few", tmp_path / "many"]
    paths[0].write_text("the Apple\n%\nfew pears\n%\n")
    paths[1].write_text("many\napples\n%\nmore\n%\nan apple too\n%\nlast\n%\n")
    for path in paths:
        subprocess.run([STRFILE, "-s", path], check=True)
    return paths


@pytest.mark.parametrize(
    "arguments",
    [
        ["apple"],
        ["^apples"],
        ["apple", "-i"],
        ["the.Apple"],
        ["many\\|^few"],
        ["\\(p\\)\\1"],
        ["[ae]*s$"],
        ["\\<a"],
        ["many|few"],
        ["x"],
    ],
)
def test_matches_are_printed_as_fortune_prints_them(pair, arguments):
    mine = subprocess.run(
        [DAEMON, "quote", "-m", *arguments, *pair], capture_output=True, text=True, check=False
    )
    options = ["-i"] if "-i" in arguments else []
    theirs = fortune(*options, "-m", arguments[0], *pair)
    assert mine.stdout == theirs.stdout
    found = theirs.stdout != ""
    assert mine.returncode == (0 if found else 1)
    refusal = f"no quote matches '{arguments[0]}'"
    assert mine.stderr == theirs.stderr if found else refusal in mine.stderr


def test_matches_in_order_and_in_bounds(pair, tmp_path):
    merged = subprocess.run(
        [DAEMON, "quote", "-m", "apple", *pair],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    assert merged.stdout == f"({pair[1]})\n%\nmany\napples\n%\nan apple too\n%\n"
    assert run("quote", "-m", ".", "--count", 3, *pair).count("\n%\n") == 3
    assert run("quote", "-m", "apple", "-n", 11, *pair) == "many\napples\n%\n"
    assert [q["text"] for q in objects("quote", "-m", "a\\|e", "--json", "-s", pair[0])] == [
        "the Apple",
        "few pears",
    ]
    again = tmp_path / "again"
    again.write_text(run("quote", "-m", "apple", *pair))
    assert objects("list", "--json", again)[0]["quotes"] == 2
    assert "--match: 'a\\(b': missing closing parenthesis, at character 4" in error_of(
        "quote", "-m", "a\\(b", str(pair[0]), code=64
    )
    shown = objects("quote", "-m", "pears", "--json", "--collection", "few", *pair)
    assert len(shown) == 1
    assert "no quote" in error_of(
        "quote", "-m", "pears", "--collection", "many", *map(str, pair), code=1
    )


def test_a_pattern_that_takes_too_long_is_an_error(tmp_path):
    path = tmp_path / "q"
    path.write_text("a" * 1000)
    error = error_of("quote", "-m", "\\(a*\\)*[bc]", str(path), code=64)
    assert "--match: match limit exceeded; use fewer repeats within repeats" in error


def test_percentages_are_those_of_fortune(pair):
    few, many = pair
    for arguments in ([few, many], ["30%", few, "70%", many], ["90%", few, many], ["0%", few, many]):
        theirs = re.findall(r"^ *([0-9.]+)% (\S+)$", fortune("-f", *arguments).stderr, re.M)
        mine = re.findall(r"^ *([0-9.]+)% (\S+) ", run("quote", "-f", *arguments), re.M)
        shares = {path.split("/")[-1]: share for share, path in theirs}
        assert {name: share for share, name in mine if name in shares} == shares, arguments
    for arguments in (["60%", few, "60%", many], ["100%", few, many], ["60%", few], ["2.5%", few, many]):
        assert fortune(*arguments).returncode == 1
        assert "percentage" in error_of("quote", *map(str, arguments), code=64)
    drawn = run("quote", "--seed", 1, "--count", 4000, "80%", few, many).split("\n%\n")
    part = sum(quote in ("the Apple", "few pears\n", "few pears") for quote in drawn) / len(drawn)
    assert part == pytest.approx(0.8, abs=0.03)
    assert "private" not in run("list", "0%", few, many)
    listed = objects("list", "--json", "30%", "linux", "70%", "art")
    assert [(e["file"], round(e["share"])) for e in listed] == [("linux", 30), ("art", 70)]


def test_offensive_alone_are_those_of_fortune(tmp_path):
    theirs = set(re.findall(r"^ +[0-9.]+% (\S+)$", fortune("-o", "-f").stderr, re.M))
    mine = {entry["file"] for entry in objects("quote", "-o", "-f", "--json")}
    assert len(theirs) > 5 and theirs <= mine
    (tmp_path / "off").mkdir()
    for name in ("nice", "rude-o", "off/worse"):
        (tmp_path / name).write_text(name + "\n%\n")
    assert [e["file"] for e in objects("list", "-o", "--json", tmp_path)] == ["worse", "rude-o"]
    assert run("quote", "-o", tmp_path / "rude-o") == "rude-o\n"
    said = error_of("quote", "-o", str(tmp_path / "nice"), code=66)
    assert "is not an offensive file; those are in off/ or named *-o" in said
    config = tmp_path / "conf"
    config.write_text(f'collection "all" {{ sources = {{"fortune:{tmp_path}"}} include = {{"*e*", "n*"}} }}\n')
    assert [e["file"] for e in objects("list", "-o", "--json", "-c", config)] == ["worse", "rude-o"]


def test_waiting_as_fortune_does(tmp_path):
    path = tmp_path / "q"
    path.write_text("short\n")
    start = time.monotonic()
    assert run("quote", "-w", path) == "short\n"
    assert 6 <= time.monotonic() - start < 20
    path.write_text("x" * 150)
    start = time.monotonic()
    run("quote", "-w", path)
    assert 7 <= time.monotonic() - start < 20


def test_the_names_of_installed_files_work_everywhere(tmp_path):
    installed = FORTUNES / "literature"
    for arguments in (["list"], ["quote", "-f"]):
        assert [e["path"] for e in objects(*arguments, "--json", "literature")] == [str(installed)]
    assert f"\n{installed}: " in run("check", "literature")
    assert run("quote", "-c", "literature").startswith(f"({installed})\n%\n")
    assert objects("quote", "--json", "literature")[0]["file"] == "literature"
    assert {e["path"] for e in objects("list", "--json", "all-o")} == {
        e["path"] for e in objects("list", "--json", FORTUNES / "off", "-o")
    }
    assert run("list", "all") == run("list", FORTUNES)
    (tmp_path / "literature").write_text("mine\n")
    mine = subprocess.run([DAEMON, "quote", "literature"], cwd=tmp_path, capture_output=True, check=True)
    assert mine.stdout == b"mine\n"
    config = tmp_path / "conf"
    config.write_text('collection "literature" { sources = {"static:configured"} }\n')
    assert run("quote", "--config", config, "literature") == "configured\n"


def test_a_mistyped_command_is_told(tmp_path):
    assert error_of("quot", code=64) == "quoted: unknown command 'quot'; did you mean 'quote'?\n"
    unknown = "quoted: 'help' is not a command or a file; see 'quoted --help'\n"
    assert error_of("help", code=64) == unknown
    assert "nothing.txt: No such file" in error_of("nothing.txt", code=66)
    lines = run("--help").splitlines()
    for command in ("quote", "list", "check", "get"):
        assert any(line.startswith(f"  {command} ") for line in lines), command
        assert "\nExamples:\n  quoted " in run(command, "--help")


def test_check_names_all_that_cannot_be_read_and_checks_the_rest(tmp_path):
    (tmp_path / "one").write_text("One\n%\nTwo\n")
    (tmp_path / "bad.json").write_text("[{\n")
    (tmp_path / "zero").write_text("")
    (tmp_path / "conf").write_text(
        'quotes = {"fortune:one", "json:bad.json"}\nweb "d" { listen = {"127.0.0.1:0"} }\n'
    )
    reports = {}
    for name, arguments in (
        ("files", ["gone", "zero", "bad.json", "one"]),
        ("conf", ["-c", "conf"]),
        ("json", ["--json", "-c", "conf"]),
    ):
        done = subprocess.run(
            [DAEMON, "check", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (1, "")
        reports[name] = done.stdout
    for told in ("gone: No such file", "zero: contains no quotes", "bad.json:1: ", "one: 2 quotes", "2 quotes in 1 file"):
        assert told in reports["files"], reports["files"]
    assert "bad.json: 0 quotes" not in reports["files"]
    assert "bad.json:1: " in reports["conf"] and "one: 2 quotes" in reports["conf"]
    lines = [json.loads(line) for line in reports["json"].splitlines()]
    assert any("bad.json:1: " in line.get("error", "") for line in lines)
    assert {"front_end": "web.d", "quotes": 2, "fit": 2, "commands": False} in lines


def test_a_pipe_gets_nothing_but_the_quote(tmp_path):
    path = tmp_path / "q"
    path.write_bytes("\x1b[1mcafé 中文 引文\x1b[0m words\n".encode())
    done = subprocess.run([DAEMON, "quote", path], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == ("café 中文 引文 words\n".encode(), b"")
    assert run("quote", "--width", 9, path) == "café 中文\n引文\nwords\n"
    assert run("quote", "--width", 10, path) == "café 中文\n引文 words\n"
