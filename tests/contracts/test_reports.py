"""What comes out of a run: a record that can be read again, JUnit's XML, a page that nothing breaks out of."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.contracts.outcomes import HARM, contract, exchange, outcomes, run

from eloqua_contracts.kept import BadFile, Content, Kept
from eloqua_contracts.reports import junit, page, record
from eloqua_contracts.runner import Outcome, Verdict
from mock_eloqua.cli import commands

SCHEMA = Path(__file__).parent / "junit.xsd"


@given(st.binary(max_size=40) | st.text().map(lambda text: text.encode(errors="replace")))
def test_a_body_is_kept_as_it_was(body):
    """As text where it can be one."""
    assert Content.of(body).bytes == body


def test_an_exchange_is_kept_whole():
    """Whatever is in it."""
    assert Kept.of(exchange()).exchange == exchange()


def test_a_record_is_read_again(tmp_path):
    """Equal to what was written, outcomes as they were but for the checks."""
    file = tmp_path / "run.json"
    file.write_text(record.written(run()), "utf-8")

    found = record.read(file)

    assert found == run()
    told = [each.outcome for each in found.outcomes]
    assert [(each.name, each.verdict, each.why, each.drawn, each.exchanges, each.seconds) for each in told] == [
        (each.name, each.verdict, each.why, each.drawn, each.exchanges, each.seconds) for each in outcomes()
    ]


def test_a_record_says_which_form_it_has():
    """So that a later kit can tell."""
    found = json.loads(record.written(run()))

    assert (found["format"], found["format_version"]) == ("eloqua-contracts run", 1)
    assert found["started"] == "2026-09-21T14:13:20.500000Z"
    assert found["outcomes"][1]["exchanges"][0]["sent"] == {"base64": "/wAgbm8gdGV4dA=="}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Input data was truncated"),
        ("[1]", "Expected `object`, got `array`"),
        ("{}", "missing required field `format`"),
        (record.written(run()).replace("409", '"409"'), "`$.outcomes[1].exchanges[0].status`"),
        (record.written(run()).replace('"format_version": 1', '"format_version": 2'), "`$.format_version`"),
        (record.written(run()).replace("/wAg", "????"), "no Base64"),
        ("[" * 100_000, "no record of a run"),
    ],
    ids=["empty", "a list", "nothing in it", "a text as status", "a later form", "no Base64", "deep"],
)
def test_what_is_no_record_is_one_line(tmp_path, text, why):
    """That names the file or the place."""
    file = tmp_path / "run.json"
    file.write_text(text, "utf-8")

    found = CliRunner().invoke(commands, ["contracts", "show", str(file)])

    assert found.exit_code == 1
    assert why in found.output
    assert len(found.output.splitlines()) == 1


def test_a_file_that_is_not_there_or_too_large_is_not_read(tmp_path, monkeypatch):
    """A file is read into memory whole."""
    with pytest.raises(BadFile, match="No such file"):
        record.read(tmp_path / "none.json")
    monkeypatch.setattr("eloqua_contracts.kept.MOST_BYTES", 10)
    (tmp_path / "large.json").write_text("[1, 2, 3, 4, 5]")
    with pytest.raises(BadFile, match="has more than"):
        record.read(tmp_path / "large.json")


def test_junit_is_what_its_readers_take():
    """GitLab and Jenkins: the schema has what both read."""
    root = etree.fromstring(junit.written(run()))
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(root)

    assert {name: root.get(name) for name in root.keys()} == {  # noqa: SIM118  lxml
        "name": "contracts on mock", "tests": "4", "failures": "1", "errors": "1", "skipped": "1", "time": "1.750",
    }  # fmt: skip
    found = {each.get("name"): [child.tag for child in each] for each in root.iter("testcase")}
    assert found == {
        "bulk.thing.is": ["skipped"],
        "login.thing.is": ["error"],
        "rest.thing.is 1.0": [],
        "rest.thing.is 2.0": ["failure"],
    }
    assert root.xpath("string(//skipped/@message)") == "takes control of time"
    assert [each.get("name") for each in root] == ["bulk", "login", "rest"]
    failure = str(root.xpath("string(//failure)"))
    assert "It is </pre><script>" in failure
    assert "409" in failure


class Seen(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *each) for each in attributes]

    def handle_data(self, data):
        self.words.append(data)


def test_nothing_breaks_out_of_the_page():
    """Answers are text, whatever they hold; nothing comes from elsewhere."""
    seen = Seen(page.rendered([run(HARM)]))

    assert seen.tags.count("script") == 1
    names = {name for _, name, _ in seen.attributes}
    assert names.isdisjoint({"src", "style", "action"})
    assert not {name for name in names if name.startswith("on")}
    assert {value for _, name, value in seen.attributes if name == "href"} == {"#contracts"}
    assert "{{ 7 * 7 }}" in "".join(seen.words)
    assert "\\u202e\\x1b[31m" in "".join(seen.words)
    assert "\u202e" not in "".join(seen.words)


@given(st.text())
def test_every_answer_can_be_read_on_the_page(text):
    """Signs that are not seen as escapes."""
    broken = Outcome(
        contract("rest.thing.is"), "", Verdict.BROKEN, text, (), (exchange(text.encode(errors="replace")),)
    )

    seen = Seen(page.rendered([run("mock", [broken])]))

    body = text.encode(errors="replace").decode()
    assert not body or page.visible(body) in seen.words
    assert seen.tags.count("script") == 1


def test_a_page_lets_nothing_run_but_its_own():
    """A policy with the digests of its script and style."""
    seen = Seen(page.rendered([run()]))

    policy = next(
        value for tag, name, value in seen.attributes if tag == "meta" and name == "content" and "src" in value
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_page_of_two_runs_begins_with_what_differs():
    """Each contract with the verdict of either; one that was held on one side only differs too."""
    other = [replace(each, verdict=Verdict.HELD) for each in outcomes()][:3]

    seen = Seen(page.rendered([run("mock", outcomes()), run("live", other)]))

    verdicts = [value for _, name, value in seen.attributes if name == "data-verdicts"]
    assert verdicts == [
        "broken,held,differs",
        "not yet known,not run,differs",
        "skipped,held,differs",
        "held,held",
    ]
    assert "3 contracts with different verdicts" in "".join(seen.words)


def test_a_long_body_is_cut():
    """A page stays a page."""
    broken = Outcome(contract("rest.thing.is"), "", Verdict.BROKEN, "so", (), (exchange(b"x" * 50_000),))

    found = page.rendered([run("mock", [broken])])

    assert "... and 30,000 more" in found
    assert "x" * 20_001 not in found


def test_the_command_writes_all_three(tmp_path):
    """And shows the record again, beside another too."""
    files = {kind: tmp_path / f"run.{kind}" for kind in ("junit", "json", "html")}
    options = [word for kind, file in files.items() for word in (f"--{kind}", str(file))]

    found = CliRunner().invoke(commands, ["contracts", "run", "login.id.no-credentials", *options])

    assert (found.exit_code, found.output.splitlines()[-1]) == (0, "1 held")
    assert etree.parse(files["junit"]).getroot().get("tests") == "1"
    assert files["html"].read_text("utf-8").startswith("<!doctype html>")
    shown = CliRunner().invoke(commands, ["contracts", "show", str(files["json"])])
    assert shown.output.splitlines() == ["held          login.id.no-credentials", "mock: 1 held"]

    other = tmp_path / "other.json"
    other.write_text(record.written(run()), "utf-8")
    beside = CliRunner().invoke(
        commands, ["contracts", "show", str(files["json"]), str(other), "--html", str(files["html"])]
    )
    assert "held          not run       login.id.no-credentials" in beside.output.splitlines()
    assert "\x1b" not in beside.output
    assert "beside" in files["html"].read_text("utf-8")


def test_a_folder_that_is_not_there_is_told_before_the_run(tmp_path):
    """Which may take minutes."""
    found = CliRunner().invoke(commands, ["contracts", "run", "--json", str(tmp_path / "none" / "run.json")])

    assert found.exit_code == 2
    assert "there is no folder" in found.output
