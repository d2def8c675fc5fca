"""scripts/check_layers finds each kind of breach, and none here."""

import pytest
from checking import SOURCE, finds, passes, plant

ALLOWED = {
    "main.c": '#include "config/config.h"\n#include "frontends/web/web_frontend.h"\n',
    "core/quote.c": '#include "core/quote.h"\n\n#include <stdio.h>\n',
    "core/utf8.c": "#include <unistr.h>\n",
    "core/quote.h": "#include <stddef.h>\n",
    "config/config.c": '#include <confuse.h>\n#include "core/quote.h"\n',
    "config/config.h": "",
    "config/setting.h": "",
    "frontends/log.c": '#include <ev.h>\n#include "core/quote.h"\n#include "config/setting.h"\n',
    "frontends/log.h": "",
    "frontends/web/web_frontend.h": '#include "frontends/web/page.h"\n#include "frontends/log.h"\n',
    "frontends/web/page.h": '#include "config/setting.h"\n',
    "tests/unit/web/page_test.c": "#include <criterion/criterion.h>\n"
    '#include "frontends/web/page.h"\n',
}

BREACHES = [
    ("core/a.c", '#include "config/setting.h"', "core/a.c:1: core must not include config"),
    ("core/a.c", '#include "frontends/log.h"', "core must not include shared"),
    ("core/a.c", '\n  #  include "frontends/log.h"', "core/a.c:2: core must not"),
    ("core/a.c", "#include <ev.h>", "<ev.h> belongs to"),
    ("core/a.c", "#include <sys/socket.h>", "core knows no network"),
    ("core/a.c", '#include "quote.h"', '"quote.h" is not written from the top'),
    ("config/a.c", '#include "frontends/log.h"', "config must not include shared"),
    ("config/a.c", "#include <netdb.h>", "config knows no network"),
    ("frontends/a.c", '#include "frontends/web/page.h"', "shared must not include frontend"),
    ("frontends/a.c", '#include "config/config.h"', "shared must not include config"),
    ("frontends/a.c", "#include <microhttpd.h>", "<microhttpd.h> belongs to"),
    ("frontends/irc/a.c", '#include "frontends/web/page.h"', "a front end includes another"),
    ("frontends/irc/a.c", '#include "config/config.h"', "frontend must not include config"),
    ("frontends/irc/a.c", '#include "tests/support/loop_support.h"', "must not include tests"),
    ("frontends/irc/a.c", "#include <jansson.h>", "<jansson.h> belongs to"),
    ("frontends/web/a.c", "#include <confuse.h>", "<confuse.h> belongs to"),
    ("frontends/web/a.c", "#include <curl/curl.h>", "<curl/curl.h> has no owner"),
    ("frontends/web/log.c", "", "frontends/log has this file name already"),
]


@pytest.mark.parametrize(("path", "text", "words"), BREACHES)
def test_a_breach_is_found(tmp_path, path, text, words):
    plant(tmp_path, {**ALLOWED, path: text + "\n"})
    finds("layers", tmp_path, words)


def test_what_is_allowed_passes(tmp_path):
    plant(tmp_path, ALLOWED)
    passes("layers", tmp_path)


def test_an_empty_tree_is_no_success(tmp_path):
    finds("layers", tmp_path, "no sources found")


def test_this_tree():
    passes("layers", SOURCE)
