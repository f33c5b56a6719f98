"""Seed files: YAML, JSON and CSV, their lines, and the schema that editors use (issue 9)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest
import yaml
from click.testing import CliRunner

from mock_eloqua.cli import commands
from mock_eloqua.crm import seed_schema
from mock_eloqua.crm.demo.document import document
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.embedded import MockEloqua

CSV = """\ufeffemailAddress,firstName,C_City,isSubscribed
ada@b.test,Ada,"London, W1",false
ben@b.test,,,
"""


def planted(file: Path, name: str, text: str) -> Path:
    found = file / name
    found.write_text(text, "utf-8")
    return found


def test_a_csv_is_of_the_kind_that_its_name_says(tmp_path):
    """Columns are properties or internal names; a blank cell says nothing."""
    with MockEloqua(seed=str(planted(tmp_path, "contacts.csv", CSV))) as eloqua:
        ada, ben = (eloqua.contact(f"{name}@b.test") for name in ("ada", "ben"))

    assert (ada["city"], ada["isSubscribed"]) == ("London, W1", "false")
    assert (ben.get("firstName"), ben["isSubscribed"]) == (None, "true")


def test_the_command_takes_a_csv_of_any_name(tmp_path, eloqua):
    """`--kind` says what its rows are; a cell has several texts with semicolons between them."""
    people = planted(tmp_path, "export.csv", CSV)
    lists = planted(tmp_path, "lists.csv", "name,members\nGuests,ada@b.test; ben@b.test\n")

    for arguments, said in (([str(people), "--kind", "contacts"], "2 contacts"), ([str(lists)], "1 lists")):
        result = CliRunner().invoke(commands, ["seed", "--url", eloqua.server.base_url, *arguments])
        assert result.output == f"{said}\n"

    assert eloqua.contact("ben@b.test")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("contacts.csv", "emailAddress,firstName\na@b.test,A\nnonsense,B\n", "line 3: contacts[1]: C_EmailAddress"),
        ("contacts.csv", "emailAddress\na@b.test,A\n", "line 2: there are 2 cells under 1 names"),
        ("contacts.csv", 'emailAddress\n"a@b.test', "no CSV in UTF-8"),
        ("people.csv", CSV, "else of the file's name: there is no kind 'people'; there are securityGroups"),
        ("seed.yaml", "lists: []\ncontacts:\n  - {emailAddress: a@b.test}\n  - {x: y}\n", "line 4: contacts[1]: there"),
        ("seed.json", '{"contacts":\n [{"emailAddress": "a@b.test"},\n {"x": "y"}]}', "line 3: contacts[1]: there is"),
        ("seed.json", "[", "is no JSON"),
        ("seed.yaml", "a: [", "is no YAML"),
        ("seed.yaml", "[" * 100_000, "is no YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, name, text, told):
    """All or nothing, in one line."""
    with pytest.raises(BadSeed) as refused:
        MockEloqua(seed=str(planted(tmp_path, name, text))).start()

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.fixture(scope="module")
def schema() -> jsonschema_rs.Validator:
    """What editors get."""
    return jsonschema_rs.validator_for(seed_schema.document())


def test_the_schema_is_published(control):
    """By the server, and by the command without one."""
    printed = CliRunner().invoke(commands, ["seed", "--schema"]).output

    assert control.get("/openapi/seed.json").json() == json.loads(printed)


@pytest.mark.parametrize("file", sorted(Path("docs").glob("*.md")), ids=lambda file: file.stem)
def test_what_the_docs_show_is_as_the_schema_says(schema, file):
    """Every YAML block of a page that is a seed."""
    for block in file.read_text("utf-8").split("```yaml\n")[1:]:
        said: Any = yaml.safe_load(block.partition("```")[0])
        if isinstance(said, dict) and said.keys() & {"contacts", "users", "lists"}:
            assert not [each.message for each in schema.iter_errors(said)]


def test_the_demo_is_as_the_schema_says(schema):
    """And so is everything in it."""
    said = document(1_790_000_000_000)
    said["activities"] = said["activities"][::100]

    assert not [
        f"{list(each.instance_path)} {each.message}" for each in schema.iter_errors(orjson.loads(orjson.dumps(said)))
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"contact": []},
        {"contacts": [{"email": "a@b.test"}]},
        {"lists": [{"members": []}]},
        {"users": [{"name": "x", "password": "y", "ssoOnly": "perhaps"}]},
        {"activities": [{"type": "sneeze", "contact": "a@b.test"}]},
        {"forms": [{"name": "F", "fields": [{"name": "x", "dataTyp": "text"}]}]},
    ],
)
def test_what_the_emulator_refuses_the_schema_marks(schema, document):
    """Editors underline it."""
    assert not schema.is_valid(document)
