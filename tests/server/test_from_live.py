"""`mock-eloqua seed --from-live`: one emulator plays the live site, another gets its structure (issue 9)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from eloqua_client import UNPACED, Basic, Eloqua
from mock_eloqua import live_structure
from mock_eloqua.cli import commands
from mock_eloqua.crm.seed_documents import of_yaml
from mock_eloqua.eloqua_site import EloquaSite
from mock_eloqua.embedded import MockEloqua

LIVE: dict[str, list[dict[str, Any]]] = {
    "folders": [
        {"of": "Form", "path": "Web"},
        {"of": "Form", "path": "Web/Events"},
        {"of": "ContactList", "path": "Fairs"},
        {"of": "EmailGroup", "path": "Letters"},
    ],
    "optionLists": [{"name": "Colours", "elements": [{"displayName": "Red", "value": "02"}]}],
    "fields": [
        {"name": "Colour", "internalName": "C_Old_Colour7", "displayType": "singleSelect", "optionList": "Colours"},
        {"name": "Employees", "dataType": "number"},
        {"name": "Turnover", "dataType": "numeric", "entity": "Account"},
    ],
    "accounts": [{"name": "Secret Ltd"}],
    "contacts": [{"emailAddress": "secret.ada@b.test", "firstName": "Secret"}],
    "lists": [{"name": "Autumn fair", "folder": "Fairs", "description": "Who came", "members": ["secret.ada@b.test"]}],
    "emailGroups": [{"name": "Letter", "displayName": "Our letter", "folder": "Letters", "isVisible": False}],
    "customObjects": [
        {
            "name": "Orders",
            "fields": [{"name": "Number"}, {"name": "Email"}, {"name": "Amount", "dataType": "numeric"}],
            "uniqueCodeField": "Number",
            "emailAddressField": "Email",
            "records": [{"Number": "secret-1", "Email": "secret.ada@b.test"}],
        }
    ],
    "forms": [
        {
            "name": "Sign up",
            "htmlName": "sign-up",
            "folder": "Web/Events",
            "savesContacts": True,
            "fields": [
                {"name": "E-mail", "htmlName": "email", "contactField": "emailAddress", "isRequired": True},
                {"name": "Colour", "htmlName": "colour", "contactField": "C_Old_Colour7"},
            ],
            "submissions": [{"values": {"email": "secret.ada@b.test"}}],
        }
    ],
}


@pytest.fixture(scope="module")
def live() -> Iterator[EloquaSite]:
    """A site that is not ours."""
    with MockEloqua(seed="empty") as eloqua:
        eloqua.seed(**LIVE)
        yield eloqua


def exported(eloqua) -> str:
    auth = Basic("MockCo", "api.user", "s3cret")
    with Eloqua(auth, login_url=eloqua.login_url, manners=UNPACED) as client:
        return live_structure.written(live_structure.structure(client))


def test_what_is_copied_is_copied_whole_and_says_the_same_when_it_is_copied_again(live, eloqua):
    """Fields with their internal names, lists, e-mail groups, custom objects, forms, folders."""
    first = exported(live)

    eloqua.seed(**of_yaml(first.encode()))

    assert exported(eloqua) == first
    said = of_yaml(first.encode())
    assert {kind: len(items) for kind, items in said.items()} == {
        "folders": 4,
        "optionLists": 1,
        "fields": 3,
        "lists": 1,
        "emailGroups": 1,
        "customObjects": 1,
        "forms": 1,
    }
    assert said["fields"][0]["internalName"] == "C_Old_Colour7"
    assert said["forms"][0]["folder"] == "Web/Events"
    assert said["forms"][0]["fields"][0]["isRequired"] == "true"


def test_nobodys_data_is_copied(live):
    """No contact, no account, no record, no submission, no member, and not who made it."""
    said = exported(live).lower()

    assert "secret" not in said
    assert "api.user" not in said


def called(live, monkeypatch, *arguments: str) -> Result:
    monkeypatch.setattr("eloqua_client.session.Manners", lambda: UNPACED)
    variables = {"ELOQUA_USER": "api.user", "ELOQUA_PASSWORD": "s3cret", "ELOQUA_LOGIN_URL": live.login_url}
    return CliRunner().invoke(commands, ["seed", "--from-live", *arguments], env=variables)


def test_the_command_writes_a_file(live, monkeypatch, tmp_path: Path):
    """`--out`; the file is a seed."""
    file = tmp_path / "live.yaml"

    result = called(live, monkeypatch, "--site", "MockCo", "--out", str(file))

    assert result.exit_code == 0, result.output
    assert file.read_text("utf-8") == exported(live)
    with MockEloqua(seed=str(file)) as copy:
        assert exported(copy) == exported(live)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "takes --site NAME"),
        (["--site", "OtherCo"], "Not authenticated"),
        (["--site", "MockCo", "--out", "/no/such/folder/x.yaml"], "cannot be written"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(live, monkeypatch, arguments, told):
    """No traceback."""
    result = called(live, monkeypatch, *arguments)

    assert result.exit_code != 0
    assert told in result.output
