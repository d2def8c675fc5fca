"""scripts/check_layers finds every kind of violation, and none in this tree."""

import re

import pytest
from checking import SOURCE, finds, passes, plant

ALLOWED = {
    "main.c": '#include "config/config.h"\n#include "frontends/web/web_frontend.h"\n'
    '#include "frontends/runtime/supervisor.h"\n#include "setup.h"\n',
    "setup.h": '#include "frontends/frontend.h"\n',
    "core/base/utf8.c": "#include <unistr.h>\n",
    "core/base/hash.c": "#include <xxhash.h>\n",
    "core/library/quote.c": '#include "core/library/quote.h"\n\n#include <stdio.h>\n',
    "core/library/quote.h": "#include <stddef.h>\n",
    "core/sources/lines.c": '#include "core/library/quote.h"\n',
    "core/choice/pick.h": '#include "core/library/quote.h"\n',
    "core/search/search.c": '#include <sqlite3.h>\n#include "core/library/quote.h"\n',
    "config/config.c": '#include "core/choice/pick.h"\n',
    "config/config.h": "",
    "config/setting.h": "",
    "frontends/frontend.h": '#include "frontends/keeper/asker.h"\n#include "config/setting.h"\n',
    "frontends/kit/log.c": '#include <ev.h>\n#include "config/setting.h"\n',
    "frontends/kit/log.h": "",
    "frontends/keeper/asker.h": '#include "frontends/kit/log.h"\n#include "core/choice/pick.h"\n',
    "frontends/runtime/supervisor.h": '#include "frontends/frontend.h"\n',
    "frontends/http/httpd.h": '#include "frontends/kit/log.h"\n',
    "frontends/web/web_frontend.h": '#include "frontends/web/page.h"\n'
    '#include "frontends/http/httpd.h"\n'
    '#include "frontends/kit/log.h"\n#include "frontends/frontend.h"\n',
    "frontends/web/page.c": "",
    "frontends/web/page.h": '#include "config/setting.h"\n',
    "frontends/mail/smtp/line.h": "",
    "frontends/mail/queue/queue.h": '#include "frontends/mail/smtp/line.h"\n',
    "config/common_options.h": "",
    "frontends/shell/shell.h": '#include "config/common_options.h"\n#include "frontends/kit/log.h"\n',
    "tests/unit/frontends/web/page_test.c": "#include <criterion/criterion.h>\n"
    '#include "frontends/web/page.h"\n',
}

# Each source has a test of its name, but for the one that UNTESTED has too.
SOURCES = [path for path in ALLOWED if re.match("(core|config|frontends)/.+[.]c$", path)]
ALLOWED = {"config/collection_settings.c": "", **{f"tests/unit/{path[:-2]}_test.c": "" for path in SOURCES}, **ALLOWED}

VIOLATIONS = [
    ("core/base/a.c", '#include "config/setting.h"', "core/base/a.c:1: core/base must not include config"),
    ("core/base/a.c", '#include "core/library/quote.h"', "core/base must not include core/library"),
    ("core/library/a.c", '#include "core/choice/pick.h"', "core/library must not include core/choice"),
    ("core/search/a.c", '#include "core/choice/pick.h"', "core/search must not include core/choice"),
    ("core/choice/a.c", '#include "frontends/kit/log.h"', "core/choice must not include frontends/kit"),
    ("core/base/a.c", '\n  #  include "frontends/kit/log.h"', "core/base/a.c:2: core/base must not"),
    ("core/a.c", '#include "core/library/quote.h"', "core/a.c:1: this folder is not a known room"),
    ("core/base/a.c", "#include <ev.h>", "<ev.h> may be included only by"),
    ("core/base/a.c", "#include <unistr.h>", "<unistr.h> may be included only by core/base/utf8"),
    ("core/choice/a.c", "#include <sqlite3.h>", "<sqlite3.h> may be included only by core/search/search"),
    ("core/base/a.c", "#include <sys/socket.h>", "core must not use the network"),
    ("core/base/a.c", '#include "utf8.h"', '"utf8.h" is not a path from the top'),
    ("config/a.c", '#include "frontends/kit/log.h"', "config must not include frontends/kit"),
    ("config/a.c", "#include <netdb.h>", "config must not use the network"),
    ("frontends/kit/a.c", '#include "frontends/web/page.h"', "frontends/kit must not include frontend"),
    ("frontends/kit/a.c", '#include "frontends/http/httpd.h"', "frontends/kit must not include frontends/http"),
    ("frontends/http/a.c", '#include "frontends/web/page.h"', "frontends/http must not include frontend"),
    ("frontends/http/a.c", '#include "frontends/frontend.h"', "frontends/http must not include frontends/contract"),
    ("frontends/kit/a.c", '#include "frontends/keeper/asker.h"', "frontends/kit must not include frontends/keeper"),
    ("frontends/kit/a.c", '#include "config/config.h"', "frontends/kit must not include config"),
    ("frontends/kit/a.c", "#include <microhttpd.h>", "<microhttpd.h> may be included only by"),
    ("frontends/kit/a.c", "#include <xxhash.h>", "<xxhash.h> may be included only by core/base/hash"),
    ("frontends/keeper/a.c", '#include "frontends/frontend.h"', "frontends/keeper must not include frontends/contract"),
    ("frontends/keeper/a.c", "#include <uthash.h>", "<uthash.h> may be included only by"),
    ("frontends/runtime/a.c", '#include "frontends/web/page.h"', "frontends/runtime must not include frontend"),
    ("frontends/irc/a.c", '#include "frontends/runtime/supervisor.h"', "frontend must not include frontends/runtime"),
    ("frontends/irc/a.c", '#include "frontends/web/page.h"', "a front end must not include another"),
    ("frontends/mail/smtp/a.c", '#include "frontends/mail/queue/queue.h"', "frontends/mail/smtp must not include queue"),
    ("frontends/irc/a.c", '#include "config/config.h"', "frontend must not include config"),
    ("frontends/irc/a.c", '#include "tests/support/loop_support.h"', "must not include tests"),
    ("frontends/irc/a.c", "#include <jansson.h>", "<jansson.h> may be included only by"),
    ("frontends/irc/a.c", '#include "frontends/shell/shell.h"', "frontend must not include frontends/shell"),
    ("frontends/irc/a.c", '#include "setup.h"', "frontend must not include main"),
    ("frontends/shell/a.c", '#include "config/config.h"', "frontends/shell must not include config"),
    ("frontends/shell/a.c", '#include "frontends/web/page.h"', "frontends/shell must not include frontend"),
    ("frontends/shell/a.c", "#include <pcre2.h>", "<pcre2.h> may be included only by frontends/shell/shell_pattern"),
    ("setup.c", "#include <jansson.h>", "setup.c:1: <jansson.h> may be included only by"),
    ("frontends/web/a.c", "#include <curl/curl.h>", "<curl/curl.h> has no owner"),
    ("frontends/web/log.c", "", "frontends/kit/log already has this file name"),
    ("core/base/a.c", "", "core/base/a.c:1: has no test of its name; write tests/unit/core/base/a_test.c or"),
    ("tests/loop/core/base/a_test.c", "", "tests/loop/core/base/a_test.c:1: there is no core/base/a.c"),
    ("tests/unit/config/collection_settings_test.c", "", "config/collection_settings.c:1: has a test; remove it"),
]


@pytest.mark.parametrize(("path", "text", "words"), VIOLATIONS)
def test_a_violation_is_found(tmp_path, path, text, words):
    plant(tmp_path, {**ALLOWED, path: text + "\n"})
    finds("layers", tmp_path, words)


def test_what_is_allowed_passes(tmp_path):
    plant(tmp_path, ALLOWED)
    passes("layers", tmp_path)


def test_an_empty_tree_fails(tmp_path):
    finds("layers", tmp_path, "no sources found")


def test_this_tree():
    passes("layers", SOURCE)
