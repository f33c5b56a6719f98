"""The examples, run as a reader of the README runs them: as programs, against a server."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
WIDE = {**os.environ, "COLUMNS": "160", "PYTHONUTF8": "1"}


def run(name, *arguments, expected=0):
    done = subprocess.run(  # noqa: S603  the programs of this project
        [sys.executable, EXAMPLES / f"{name}.py", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=WIDE,
        timeout=60,
    )
    assert done.returncode == expected, done.stdout + done.stderr
    return done


def complaint(name, *arguments):
    done = run(name, *arguments, expected=1)
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture(scope="module")
def contacts(tmp_path_factory):
    file = tmp_path_factory.mktemp("examples") / "contacts.csv"
    file.write_text(run("contacts_csv", "200").stdout, "utf-8", newline="")
    return file


@pytest.fixture
def sober(eloqua):
    """A site whose syncs do not dawdle."""
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    return eloqua


def test_the_same_seed_prints_the_same_contacts():
    assert run("contacts_csv", "50", "--seed", "7").stdout == run("contacts_csv", "50", "--seed", "7").stdout
    assert run("contacts_csv", "50", "--seed", "7").stdout != run("contacts_csv", "50", "--seed", "8").stdout


def test_the_contacts_are_nobodys_and_some_are_bad():
    header, *rows = csv.reader(io.StringIO(run("contacts_csv", "400").stdout))
    addresses = [row[0] for row in rows]
    good = [each for each in addresses if "@" in each]

    assert len(rows) == 400
    assert {len(row) for row in rows} == {len(header)} == {10}
    assert all(each.lower().endswith((".test", ".example")) for each in good)
    assert "" in addresses
    assert any(" at " in each for each in addresses)
    assert len({each.lower() for each in good}) < len(good)
    assert max(len(row[header.index("Company")]) for row in rows) > 100


def test_a_file_goes_in_through_bulk_and_is_found_through_rest(sober, contacts):
    said = run("import_contacts", contacts, "--base-url", sober.base_url).stdout

    assert "Signed in at MockCo as api.user" in said
    assert "Zip or Postal Code -> C_Zip_Postal" in said
    assert "Uploaded 200 rows" in said
    assert "/syncs/1 ended in warning" in said
    for reason in ("Invalid email address.", "Multiple matches.", "Missing field.", "Invalid field value."):
        assert reason in said
    with contacts.open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert f"{first['Email Address']}, found through REST" in said
    assert sober.contact(first["Email Address"])["postalCode"] == first["Zip or Postal Code"]
    assert "Deleted the definition /contacts/imports/1" in said


def test_columns_may_be_called_by_internal_names_and_unknown_ones_are_left_out(sober, tmp_path):
    file = tmp_path / "internal.csv"
    file.write_text("c_emailaddress,Shoe size,First Name\nada@example.test,37,Ada [VIP]\n", "utf-8")

    said = run("import_contacts", file, "--base-url", sober.base_url).stdout

    assert "Shoe size -> nothing, left out" in said
    assert "No row was rejected." in said
    assert "Ada [VIP]" in said
    assert sober.contact("ada@example.test")["firstName"] == "Ada [VIP]"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("First Name\nAda\n", "no column is called Email Address or C_EmailAddress; there are First Name"),
        ("", "there are none"),
        ("Email Address\nada@example.test,too,many\n", "line 2 has more cells than there are columns"),
        (b"Email Address\n\xff\xfe\n", "cannot be read"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_what_is_wrong_with_the_file_is_one_line(sober, tmp_path, content, said):
    file = tmp_path / "bad.csv"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    assert said in complaint("import_contacts", file, "--base-url", sober.base_url)
    assert not sober.requests(face="bulk", path="*/imports/*", method="GET").count


def test_a_wrong_login_is_one_line(sober, contacts):
    said = complaint("import_contacts", contacts, "--base-url", sober.base_url, "--password", "wrong")

    assert "does not know this user with this password" in said


def test_a_missing_right_is_one_line(sober, contacts):
    said = complaint("import_contacts", contacts, "--base-url", sober.base_url, "--user", r"MockCo\api.only")

    assert "answers 401 You are not authorized to make this request." in said


@pytest.mark.parametrize("arguments", [("import_contacts", "contacts.csv"), ("one_contact_three_doors",)])
def test_no_server_is_one_line(arguments, contacts, monkeypatch):
    monkeypatch.chdir(contacts.parent)
    said = complaint(*arguments, "--base-url", "http://127.0.0.1:9")

    assert "answers at http://127.0.0.1:9" in said
    assert "start one with scripts/serve" in said


def limits(eloqua):
    """The limits of a site, and which are enforced."""
    saved = eloqua.site.thresholds.saved()
    return saved["limits"], saved["enforced"]


def test_one_contact_goes_through_three_doors_as_often_as_you_like(sober):
    before = limits(sober)
    run("one_contact_three_doors", "--base-url", sober.base_url)
    said = run("one_contact_three_doors", "--base-url", sober.base_url).stdout

    assert "SOAP Create            contact 2" in said
    assert "REST GET contact 2     Ada Lovelace" in said
    assert "Bulk export, success   Ada Lovelace" in said
    assert "UnauthorizedAction" in said
    assert "403 Forbidden" in said
    assert "401 You are not authorized to make this request." in said
    assert "429 Too Many Requests" in said
    assert limits(sober) == before
