"""scripts/check_docs finds what is not documented, and nothing in this tree."""

import pytest
from checking import SOURCE, finds, passes, plant

HEADER = """/** What it is for. */
#ifndef QUOTED_CORE_A_H
#define QUOTED_CORE_A_H

%s

#endif
"""

DOCUMENTED = [
    "struct a;",
    "/** One. */\nvoid a_one(void);",
    "/** One. */\nstruct a {\n\tint x;\n};",
    "/**\n * Several lines; (\\p x) and {braces}.\n */\nvoid *a_two(int x,\n\tint y);",
    "/** Both. */\nvoid a_one(void);\nvoid a_two(void);",
    "/** One. */\nvoid a_one(const char *format, ...)\n\t__attribute__((format(printf, 1, 2)));",
    "/** One. */\nstruct a {\n\tvoid (*run)(struct a *a); /* plain */\n};",
    "/** One. */\nstatic inline int a_one(int x)\n{\n\treturn x;\n}",
    "enum { A_SIZE = 1 };",
    "extern const int a_table;",
    "#define A_MAX(x, y) \\\n\t((x) > (y) ? (x) : (y))",
]

UNDOCUMENTED = [
    ("void a_one(void);", "core/a.h:5: a_one() has no docstring"),
    ("/* Plain. */\nvoid a_one(void);", "core/a.h:6: a_one() has no docstring"),
    ("/** One. */\n\nvoid a_one(void);", "core/a.h:7: a_one() has no docstring"),
    ("/** */\nvoid a_one(void);", "a_one() has no docstring"),
    ("/** One. */\nvoid a_one(void);\n\nvoid a_two(void);", "core/a.h:8: a_two() has no docstring"),
    ("struct a {\n\tint x;\n};", "core/a.h:5: struct a has no docstring"),
    ("union a {\n\tint x;\n};", "union a has no docstring"),
    ("static inline int a_one(int x)\n{\n\treturn x;\n}", "a_one() has no docstring"),
    ("struct a *a_one(void)\n\t__attribute__((malloc));", "a_one() has no docstring"),
]


@pytest.mark.parametrize("text", DOCUMENTED)
def test_what_is_documented_passes(tmp_path, text):
    plant(tmp_path, {"core/a.h": HEADER % text})
    passes("docs", tmp_path)


@pytest.mark.parametrize(("text", "words"), UNDOCUMENTED)
def test_what_is_not_documented_is_found(tmp_path, text, words):
    plant(tmp_path, {"core/a.h": HEADER % text})
    finds("docs", tmp_path, words)


def test_a_wrong_guard_is_found(tmp_path):
    plant(tmp_path, {"core/b.h": HEADER % ""})
    finds("docs", tmp_path, "core/b.h:1: the include guard is not QUOTED_CORE_B_H")


def test_a_header_without_a_purpose_is_found(tmp_path):
    plant(tmp_path, {"core/a.h": "#ifndef QUOTED_CORE_A_H\n#define QUOTED_CORE_A_H\n#endif\n"})
    finds("docs", tmp_path, "does not begin with a docstring")


def test_an_empty_tree_fails(tmp_path):
    finds("docs", tmp_path, "no headers found")


def test_this_tree():
    passes("docs", SOURCE)
