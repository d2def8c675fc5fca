"""The checkers that run Debian's tools each find a violation, and none in this tree."""

from checking import BUILD, SOURCE, finds, passes, plant

GOOD = "int answer(void);\n\nint answer(void)\n{\n\treturn 42;\n}\n"


def test_format_finds_spaces(tmp_path):
    plant(tmp_path, {"core/a.c": GOOD.replace("\t", "    ")})
    finds("format", tmp_path, "core/a.c:4:")


def test_format_passes_what_is_in_order(tmp_path):
    plant(tmp_path, {"core/a.c": GOOD})
    passes("format", tmp_path)


def test_format_finds_an_empty_tree(tmp_path):
    finds("format", tmp_path, "no sources found")


def test_format_of_this_tree():
    passes("format", SOURCE)


def test_tidy_finds_a_null_pointer_read(tmp_path):
    read = "int look(int deep)\n{\n\tint *p = 0;\n\treturn deep ? *p : 0;\n}\n"
    plant(tmp_path, {"core/a.c": read})
    finds("tidy", tmp_path, "clang-analyzer-core.NullDereference")


def test_tidy_passes_what_is_in_order(tmp_path):
    plant(tmp_path, {"core/a.c": GOOD})
    passes("tidy", tmp_path)


def test_tidy_finds_an_empty_tree(tmp_path):
    finds("tidy", tmp_path, "no sources found")


def test_tidy_of_this_tree():
    passes("tidy", SOURCE, BUILD)


def test_shell_finds_an_unquoted_variable(tmp_path):
    plant(tmp_path, {"scripts/a": "#!/bin/bash\nrm $1\n"})
    finds("shell", tmp_path, "SC2086")


def test_shell_passes_what_is_in_order(tmp_path):
    plant(tmp_path, {"scripts/a": '#!/bin/bash\nrm "$1"\n'})
    passes("shell", tmp_path)


def test_shell_finds_an_empty_tree(tmp_path):
    finds("shell", tmp_path, "no shell scripts found")


def test_shell_of_this_tree():
    passes("shell", SOURCE)
