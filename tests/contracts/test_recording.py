"""A recording holds no secret and nobody's data, and can be sent again to a site with other ids."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.contracts.defective import Defective, without_p3p_and_with_a_number

from eloqua_contracts import catalogue
from eloqua_contracts.comparing import told
from eloqua_contracts.comparing.differences import Axis, Compared
from eloqua_contracts.contract import CONTRACTS
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.kept import BadFile
from eloqua_contracts.recording import Recording, pods
from eloqua_contracts.recording.anonymous import Anonymous
from eloqua_contracts.recording.bodies import path_rewritten, rewritten
from eloqua_contracts.recording.invented import ADDRESS, Inventor
from eloqua_contracts.recording.replaying import replayed
from eloqua_contracts.recording.tape import Tape, read
from eloqua_contracts.runner import Profile, Verdict
from eloqua_contracts.targets.mock import Mock
from mock_eloqua.cli import commands
from mock_eloqua.embedded import EloquaSite

assert catalogue.__doc__
FEW = Profile(examples=2, steps=4, shrinks=False)
SOME = [
    "rest.contact.create", "rest.contact.update", "rest.contacts.search-by-address", "site.list-members",
    "login.id.answer", "login.id.wrong-password", "oauth.code.form", "oauth.access.id",
    "soap.transfer.export",
    "bulk.contacts.exports.replace",
]  # fmt: skip


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    with httpx2.Client(transport=httpx2.HTTPTransport(verify=False), timeout=60) as client:
        yield client


class Used(Mock):
    """A site on which ids are others."""

    def pod(self):
        found = super().pod()
        found.prefix = "k7f"
        for number in range(7):
            found.rest("POST", "/data/contact", {"emailAddress": f"before{number}@example.com"}).expect(201)
        found.rest("POST", "/assets/contact/list", {"name": "before"}).expect(201)
        found.bulk("POST", "/contacts/exports", {"name": "before", "fields": {"e": "{{Contact.Id}}"}}).expect(201)
        found.exchanges.clear()
        return found


@pytest.fixture
def recorded(eloqua: EloquaSite, http: httpx2.Client, tmp_path: Path) -> Path:
    """A run of some contracts, on the emulator."""
    file = tmp_path / "calls.jsonl"
    tape = Tape(file, "mock")
    outcomes = list(pods.recorded([CONTRACTS[each] for each in SOME], Mock(eloqua, http).pod, FEW, tape))
    tape.close()
    assert [each.name for each in outcomes if each.verdict is not Verdict.HELD] == []
    return file


def test_a_recording_is_sent_again_with_other_ids(eloqua: EloquaSite, http: httpx2.Client, recorded: Path):
    """And nothing differs, in any of the faces; tokens are those of today."""
    _, lines = read(recorded)

    found = list(replayed(lines, Used(eloqua, http).pod))

    everything = [
        (each.contract, *told.lines(entry, "then", "now"))
        for each in found
        for entry in told.entries([("", each.compared)])
    ]
    assert everything == []
    assert [each.skipped for each in found] == [""] * len(found)
    whole = Compared()
    for each in found:
        whole += each.compared
    assert whole.counts[Axis.VALUES] > 1000
    assert 40 < whole.agreeing(Axis.STATUS) == whole.counts[Axis.STATUS] <= len(lines)  # a repeated question is one


def test_a_recording_holds_no_secret(recorded: Path):
    """No password in any form, no token, no header that signs."""
    text = recorded.read_text("utf-8")

    assert "s3cret" not in text
    assert base64.b64encode(b"MockCo\\api.user:s3cret").decode() not in text
    assert "client-secret" not in text
    assert "authorization" not in text.lower().replace("authorization_code", "")
    bearers = {each["signed"] for each in map(json.loads, text.splitlines()[1:]) if "signed" in each}
    assert {re.sub(r"\d+", "n", each) for each in bearers} == {
        "((signed: full))", "((signed: app))", "Bearer ((token-n))", "Basic ((unknown))",
    }  # fmt: skip
    assert set(re.findall(r'\\"(?:access|refresh)_token\\":\\"([^\\]*)', text)) <= {f"((token-{n}))" for n in range(99)}


def test_where_an_emulator_answers_otherwise_each_axis_tells(eloqua: EloquaSite, http: httpx2.Client, recorded: Path):
    """By itself."""
    _, lines = read(recorded)
    ours = [each for each in lines if each.contract.startswith("rest.contact.create ")]
    with httpx2.Client(transport=Defective(http, without_p3p_and_with_a_number)) as defective:
        found = list(replayed(ours, Mock(eloqua, defective).pod))

    assert len(found) == 2
    whole = found[0].compared
    assert {each.axis for each in whole.differences} == {Axis.HEADERS, Axis.TYPES}
    assert whole.agreeing(Axis.STATUS) == whole.counts[Axis.STATUS] == 2
    assert whole.counts[Axis.HEADERS] - whole.agreeing(Axis.HEADERS) == 2


ADA = {
    "type": "Contact",
    "id": "12",
    "name": "ada@lovelace.co.uk",
    "firstName": "Ada",
    "emailAddress": "Ada@Lovelace.co.uk",
}


def kept(body: Any, *, trusts_calls: bool = False, sent: Any = None, **more: Any) -> tuple[Any, str]:
    """What is kept of an answer, as JSON, and the whole line."""
    anonymous = Anonymous(trusts_calls=trusts_calls)
    anonymous.know({"acme": "((site))"}, {"pass word": "((password: full))"}, {})
    whole: dict[str, Any] = {"method": "GET", "path": "/API/REST/2.0/data/contact/12", "status": 200, "reason": "OK"}
    exchange = Exchange(
        **{**whole, **more.pop("exchange", {})},
        headers={"content-type": more.get("kind", "application/json")},
        body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        sent=json.dumps(sent).encode() if sent else b"",
    )
    taped = anonymous.taped(exchange)
    text = taped.body.text
    return json.loads(text) if text.startswith(("{", "[")) else text, f"{taped}"


def test_what_is_known_of_people_is_invented_and_consistent():
    """The same value for the same, of the same form, and ids as they were."""
    row = {**ADA, "fieldValues": [{"type": "FieldValue", "id": "100012", "value": "12 Rue Morgue"}], "accountId": "7"}
    body, line = kept([row, {**ADA, "mobilePhone": "+44 20 7946 0958", "createdBy": "Charles.B", "note": "of Acme"}])

    first, second = body
    assert (first["id"], first["accountId"], first["fieldValues"][0]["id"]) == ("12", "7", "100012")
    assert first["firstName"] == second["firstName"] != "Ada"
    assert first["emailAddress"].lower() == first["name"]
    assert re.fullmatch(r"[A-Z][a-z]{2}@[a-zA-Z-]+\.example\.com", first["emailAddress"])
    assert re.fullmatch(r"\d\d [A-Z][a-z]{2} [A-Z][a-z]{5}", first["fieldValues"][0]["value"])
    assert re.fullmatch(r"\+\d\d \d\d \d{4} \d{4}", second["mobilePhone"])
    assert second["note"] == "of ((site))"
    for word in ("ada", "lovelace", "morgue", "7946", "charles", "acme"):
        assert word not in line.lower()


def test_what_a_contract_has_sent_is_kept():
    """It is invented already; what comes back beside it is not."""
    body, _ = kept({**ADA, "lastName": "drawn"}, trusts_calls=True, sent={"lastName": "drawn"})

    assert body["lastName"] == "drawn"
    assert body["firstName"] != "Ada"


FILE = b"Email,First\r\nada@lovelace.org,Adaline\r\n"
FIELD = b"<EntityFields><InternalName>C_FirstName</InternalName><Value>Adaline</Value></EntityFields>"
BESIDE = b"\r\n--b\r\nContent-ID: <a>\r\n\r\n%s\r\n--b\r\n\r\nAdaline\r\n--b--"
MTOM = "multipart/related; boundary=b"


def enveloped(body: bytes) -> bytes:
    return b"<E:Envelope xmlns:E='e'><E:Body>" + body + b"</E:Body></E:Envelope>"


@pytest.mark.parametrize(
    ("body", "kind", "path"),
    [
        (FILE, "text/csv", "/API/Bulk/2.0/contacts/exports/1/data"),
        (b'{"items":[{"e":"ada@lovelace.org","x":"Adaline"}]}', "application/json", "/API/Bulk/2.0/syncs/1/data"),
        (b"<html>Hello ada@lovelace.org</html>", "text/html", "/"),
        (b"Dear ada@lovelace.org", "text/plain", "/"),
        (enveloped(b"<FieldValueCollection>" + FIELD + b"</FieldValueCollection>"), "text/xml", "/API/1.2/Service.svc"),
        (enveloped(b"<Result>" + base64.b64encode(FILE) + b"</Result>"), "text/xml", "/API/1.2/Service.svc"),
        (BESIDE % enveloped(b"<Result/>"), MTOM, "/API/1.2/DataTransferService.svc"),
    ],
    ids=["csv", "rows", "html", "text", "soap", "a file in soap", "a file beside soap"],
)
def test_no_form_of_body_keeps_people(body, kind, path):
    """Rows, entities, files in Base64 and beside."""
    found, line = kept(body, kind=kind, exchange={"path": path})

    text = line + "".join(map(_decoded, re.findall(r"[A-Za-z0-9+/=]{24,}", str(found))))
    assert "adaline" not in text.lower()
    assert "lovelace" not in text.lower()


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text).decode()
    except ValueError:
        return ""


def test_a_path_keeps_neither_people_nor_secrets():
    """In a search, and in a query that should not have them."""
    anonymous = Anonymous(trusts_calls=False)
    first = anonymous.taped(
        Exchange("GET", "/a", 200, "OK", {"content-type": "application/json"}, json.dumps(ADA).encode())
    )
    path = "/a/contacts?search=firstName='Ada'&x=ada%40lovelace.co.uk&password=p&access_token=abcdefghijkl&count=1"

    found = anonymous.taped(Exchange("GET", path, 200, "OK", {}, b"")).path

    name = json.loads(first.body.text)["firstName"]
    assert found.startswith(f"/a/contacts?search=firstName='{name}'&x=")
    assert found.endswith("&password=((unknown))&access_token=((token-1))&count=1")
    assert "lovelace" not in found


@given(st.text(max_size=30))
def test_an_invented_value_has_the_form_of_the_one_it_stands_for(value):
    """Sign by sign, and the same each time."""
    assume(not ADDRESS.fullmatch(value))
    inventor = Inventor()

    found = inventor.like(value)

    assert found == inventor.like(value)
    assert len(found) == len(value)
    for one, other in zip(value, found, strict=True):
        assert (one.isdecimal(), one.isalpha()) == (other.isdecimal(), other.isalpha())
        assert one == other or one.isalnum()


@given(st.dictionaries(st.text("abc", min_size=1), st.text() | st.integers() | st.booleans() | st.none()), st.text())
def test_what_is_not_changed_is_left_byte_for_byte(found, text):
    """And what is changed reads the same but for that."""
    json_kind = {"content-type": "application/json"}
    body = json.dumps(found, indent=3).encode()

    assert rewritten(body, json_kind, lambda each: each) == body
    changed = rewritten(body, json_kind, lambda each: {**each, "a": text})
    assert json.loads(changed) == {**found, "a": text}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text("xyz <&", max_size=4)), min_size=1))
def test_texts_of_xml_are_changed_in_their_places(children):
    """Whatever elements have names in common."""
    from lxml import etree

    root = etree.Element("root", {"k": "x"})
    for name, text in children:
        etree.SubElement(root, name).text = text
    body = etree.tostring(root)

    def louder(found: Any) -> Any:
        return {key: louder(each) for key, each in found.items()} if isinstance(found, dict) else found.upper()

    changed = etree.fromstring(rewritten(body, {"content-type": "text/xml"}, louder))

    assert [(each.tag, each.text or "") for each in changed] == [(name, text.upper()) for name, text in children]
    assert changed.get("k") == "X"


def test_a_path_is_changed_piece_by_piece():
    """What stands for itself in a query is quoted, and what was not changed is left."""
    assert (
        path_rewritten("/a%20b/x?q=x%2By+z&r=1", lambda piece: piece.replace("y z", "&="))
        == "/a%20b/x?q=x%2B%26%3D&r=1"
    )
    assert path_rewritten("/a%20b/x?q=x%2By+z&r=1", lambda piece: piece) == "/a%20b/x?q=x%2By+z&r=1"


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_ones_own_client_is_recorded_and_replayed(
    library: Any, eloqua: EloquaSite, http: httpx2.Client, tmp_path: Path
):
    """Through its transport, with either library, waiting or awaited."""
    file = tmp_path / "client.jsonl"
    auth = eloqua.basic_auth
    root = f"{eloqua.base_url}/API/REST/2.0"

    with library.Client(transport=Recording(library.HTTPTransport(), file), auth=auth) as client:
        made = client.post(
            f"{root}/data/contact", json={"emailAddress": "ada@lovelace.org", "firstName": "Adaline"}
        ).json()
        assert client.get(f"{root}/data/contact/{made['id']}?depth=complete").json()["firstName"] == "Adaline"
        assert client.get(f"{root}/data/contacts", params={"search": "ada@lovelace.org"}).json()["total"] == 1
        client.delete(f"{root}/data/contact/{made['id']}")

    async def awaited() -> None:
        async with library.AsyncClient(
            transport=Recording(library.AsyncHTTPTransport(), tmp_path / "b.jsonl")
        ) as client:
            await client.get(f"{eloqua.login_url}/id")

    asyncio.run(awaited())
    assert [each.status for each in read(tmp_path / "b.jsonl")[1]] == [200]
    text = file.read_text("utf-8")
    for secret in ("s3cret", "lovelace", "Adaline", "api.user", eloqua.name, "user-agent"):
        assert secret not in text

    head, lines = read(file)
    found = list(replayed(lines, Used(eloqua, http).pod))
    assert head.target == "client"
    assert [each.compared.differences for each in found] == [[]]
    assert found[0].compared.counts[Axis.STATUS] == 4


HEAD = (
    '{"format":"eloqua-contracts recording","format_version":1,"kit":"1","target":"live",'
    '"recorded":"2026-01-01T00:00:00Z"}'
)
LINE = {"method": "GET", "path": "/id", "user": "full", "status": 200}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "is empty"),
        (["{}"], "line 1"),
        ([HEAD.replace(":1", ":2")], "line 1"),
        ([HEAD, "no json"], "line 2"),
        ([HEAD, json.dumps({**LINE, "path": "@evil.example/"})], "$.path"),
        ([HEAD, json.dumps({**LINE, "path": "/a b"})], "$.path"),
        ([HEAD, json.dumps({**LINE, "method": "GET\r\nX: 1"})], "$.method"),
        ([HEAD, json.dumps({**LINE, "status": 7})], "$.status"),
        ([HEAD, json.dumps({**LINE, "more": 7})], "more"),
        ([HEAD, json.dumps({**LINE, "sent": {"base64": "!"}})], "no Base64"),
        ([HEAD, json.dumps({**LINE, "asked": {"x": "a\r\nb: c"}})], "cannot be sent"),
        ([HEAD, json.dumps({**LINE, "asked": {"x y": "\u2603"}})], "cannot be sent"),
        ([HEAD, "[" * 100_000], "line 2"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_one_line(tmp_path: Path, lines: list[str], why: str):
    """That says what is wrong, before anything is sent or when that call would be."""
    file = tmp_path / "calls.jsonl"
    file.write_text("\n".join(lines), "utf-8")

    found = CliRunner().invoke(commands, ["contracts", "replay", str(file)])

    assert found.exit_code == 1
    assert why in found.output
    assert len(found.output.splitlines()) == 1
    assert not found.exception or isinstance(found.exception, SystemExit)


def test_a_recording_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Lines are counted before they are read."""
    monkeypatch.setattr("eloqua_contracts.recording.tape.MOST_LINES", 2)
    file = tmp_path / "calls.jsonl"
    file.write_text(f"{HEAD}\n{{}}\n{{}}\n")

    with pytest.raises(BadFile, match="more than 2 lines"):
        read(file)


def test_the_commands_record_and_replay(tmp_path: Path):
    """The exit code of a replay is 1 if anything differs; on a live POD it is refused."""
    file = tmp_path / "calls.jsonl"
    made = CliRunner().invoke(
        commands, ["contracts", "record", "rest.contact.delete", "oauth.token-lives", "--out", str(file)]
    )
    assert (made.exit_code, made.output.splitlines()[-1]) == (0, "2 held, 1 skipped")

    again = CliRunner().invoke(commands, ["contracts", "replay", str(file)])
    assert (again.exit_code, again.output.splitlines()[:2]) == (0, ["calls    8 of 8", "status   8 of 8"])

    file.write_text(file.read_text("utf-8").replace('"status":404', '"status":410'), "utf-8")
    differs = CliRunner().invoke(commands, ["contracts", "replay", str(file)])
    assert (differs.exit_code, "status   4 of 8" in differs.output.splitlines()) == (1, True)

    live = CliRunner().invoke(commands, ["contracts", "replay", str(file), "--target", "live"])
    assert (live.exit_code, "on an emulator" in live.output) == (2, True)
