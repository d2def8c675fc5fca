"""The core links with libc, libunistring, jansson and SQLite alone and knows no network, loop or terminal."""

import os
import pathlib
import re
import subprocess

BUILD = pathlib.Path(os.environ["QUOTED_BUILD"])
ARCHIVE = BUILD / "core" / "libquoted_core.a"
FORBIDDEN = re.compile(
    r"^(socket|socketpair|connect|bind|listen|accept4?|send|sendto|sendmsg|recv|recvfrom|recvmsg"
    r"|getaddrinfo|gethostbyname|poll|ppoll|select|epoll_.*|ev_.*|MHD_.*|irc_.*|smtp_.*"
    r"|pthread_create|syslog|exit|_exit|printf|puts|putchar|perror)$")
PROGRAM = """
#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "core/library/collection.h"
#include "core/sources/loader.h"
int main(void)
{
	struct collection collection = {.name = "quotes"};
	struct collections collections = {.items = &collection, .count = 1, .references = 1};
	struct strings warnings = {0};
	struct rng rng;
	rng_init(&rng, 1);
	strings_add(&collection.sources, "static:An apple a day");
	struct library *library = loader_load(&(struct loader){.warnings = &warnings}, &collections, 0);
	struct quoter *quoter = quoter_create(library, &rng);
	struct quote quote;
	struct quote_fit fit = {0};
	struct quote_filter filter = {0};
	int failed = !quoter_pick(quoter, 0, &fit, &filter, &quote);
	quoter_destroy(quoter);
	strings_finish(&collection.sources);
	return failed;
}
"""


def cached(name):
    found = re.search(rf"^{name}:\w+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.M)
    return found.group(1) if found else ""


def forbidden(nm_lines):
    """Returns (object, symbol) for what the core must not call; only mem.c may write to stderr,
    only command.c poll a program's pipes."""
    found, member = [], ""
    for line in nm_lines:
        if line.endswith(":"):
            member = line[:-1]
        elif line.strip().startswith("U "):
            symbol = line.split()[1].split("@")[0]
            writes = symbol in ("stderr", "stdout", "fputs", "fputc", "fwrite", "fprintf",
                                "__fprintf_chk", "__printf_chk", "vfprintf")
            waits_for_a_program = member.startswith("command.c") and symbol == "poll"
            if (FORBIDDEN.match(symbol) and not waits_for_a_program) or (writes and not member.startswith("mem.c")):
                found.append((member, symbol))
    return found


def test_links_with_few_libraries(tmp_path):
    source = tmp_path / "core.c"
    source.write_text(PROGRAM)
    sanitize = cached("QUOTED_SANITIZE")
    flags = [f"-fsanitize={sanitize}"] if sanitize else []
    if cached("QUOTED_FUZZ") == "ON":
        flags.append("-fsanitize=fuzzer-no-link")
    program = tmp_path / "core"
    subprocess.run(
        [cached("CMAKE_C_COMPILER"), "-std=c17", f"-I{os.environ['QUOTED_SOURCE']}", *flags,
         str(source), str(ARCHIVE), "-lunistring", "-ljansson", "-lsqlite3", "-Wl,--no-undefined", "-o", str(program)],
        check=True)
    subprocess.run([str(program)], check=True)


def test_calls_no_network_loop_or_terminal():
    lines = subprocess.run(["nm", str(ARCHIVE)], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    assert any(line == "quoter.c.o:" for line in lines)
    assert forbidden(lines) == []


def test_a_violation_is_seen():
    lines = ["mem.c.o:", "    U fputs", "quoter.c.o:", "    U socket", "    U ev_run",
             "    U stderr", "    U strlen"]
    assert [symbol for _, symbol in forbidden(lines)] == ["socket", "ev_run", "stderr"]
