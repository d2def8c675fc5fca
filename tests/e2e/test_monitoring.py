"""The dashboard and the alert rules know only metrics that the program has."""

import json
import os
import pathlib
import re
import subprocess

import pytest
from conftest import free_port
from test_status import CONFIG, fetch

TOP = pathlib.Path(os.environ["QUOTED_SOURCE"])
MONITORING = TOP / "docs/monitoring"
NAME = re.compile(r"\b(?:quoted|process)_[a-z_]*[a-z]\b")


@pytest.fixture(name="metrics")
def metrics_fixture(quoted, tmp_path):
    """The text of /metrics of a daemon with every front end."""
    quotes = tmp_path / "fortunes"
    quotes.write_text("An apple a day\n")
    daemon = quoted(CONFIG.format(quotes=quotes, relay=free_port(), irc=free_port()))
    return fetch(daemon, "/metrics")[1]


def families(metrics):
    """Returns the name of each metric and its type."""
    return dict(re.findall(r"^# TYPE (\S+) (\S+)$", metrics, re.MULTILINE))


def series(metrics):
    """Returns the names that a query can have."""
    names = set()
    for name, kind in families(metrics).items():
        names |= {name + end for end in ("_bucket", "_sum", "_count")} if kind == "histogram" else {name}
    return names


def expressions_of_dashboard():
    dashboard = json.loads((MONITORING / "dashboard.json").read_text())
    found = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return found + [variable["query"] for variable in dashboard["templating"]["list"]]


def expressions_of_rules():
    text = (MONITORING / "alerts.yml").read_text()
    return re.findall(r"^ +expr: (?:\|\n)?((?:.|\n)*?)^ +for:", text, re.MULTILINE)


def promtool(*arguments):
    command = ["promtool", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_rules_work():
    assert "SUCCESS: 6 rules found" in promtool("check", "rules", MONITORING / "alerts.yml")
    assert "SUCCESS" in promtool("test", "rules", MONITORING / "alerts.test.yml")


def test_every_rule_has_a_test_that_it_fires():
    names = re.findall(r"alert: (\w+)", (MONITORING / "alerts.yml").read_text())
    tests = (MONITORING / "alerts.test.yml").read_text()
    fired = re.findall(r"alertname: (\w+)\n +exp_alerts:\n +- exp_labels", tests)
    assert sorted(fired) == sorted(names)


@pytest.mark.parametrize("read", [expressions_of_dashboard, expressions_of_rules])
def test_queries_name_metrics_that_there_are(metrics, read):
    expressions = read()
    used = {name for expression in expressions for name in NAME.findall(expression)}
    assert len(expressions) >= 6
    assert used
    assert used <= series(metrics), used - series(metrics)


def test_reasons_in_queries_are_those_that_there_are(metrics):
    reasons = set(re.findall(r'reason="(\w+)"', metrics))
    for words in re.findall(r'reason=~"([^"]+)"', " ".join(expressions_of_rules())):
        for word in words.split("|"):
            assert any(re.fullmatch(word, reason) for reason in reasons), word


def test_the_dashboard_shows_every_metric(metrics):
    shown = {name for expression in expressions_of_dashboard() for name in NAME.findall(expression)}
    missing = [
        name
        for name in families(metrics)
        if name not in shown and name + "_bucket" not in shown
    ]
    assert missing == []


def test_the_readme_lists_every_metric_and_reason(metrics):
    text = (TOP / "frontends/status/README.md").read_text()
    listed = set(re.findall(r"`((?:quoted)_\w+)`", text))
    assert {name for name in families(metrics) if name.startswith("quoted_")} == listed
    table = text[text.index("| front end | reason |") : text.index("[docs/monitoring]")]
    ends = re.search(r"^\| `quoted_irc_disconnects_total` .* by `reason`: (.*)", text, re.MULTILINE)[1]
    assert set(re.findall(r'reason="(\w+)"', metrics)) == set(re.findall(r"`(\w+)`", table + ends))
