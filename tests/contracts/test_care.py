"""What keeps a live POD from harm, piece by piece: what a call does, how often, the journal, masks, credentials."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloqua_contracts.care.calls import Planned, planned
from eloqua_contracts.care.journal import BadJournal, Journal, left_over
from eloqua_contracts.care.limits import LIMITS, Budget, Limit
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.masking import Mask
from eloqua_contracts.runner import Spent
from eloqua_contracts.targets.credentials import BadCredentials, read

BASE = "https://secure.p01.eloqua.com"


class Told:
    """Time that passes where somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def call(method: str, path: str, body: bytes = b"", action: str = "") -> Planned:
    """What would be done."""
    return planned(httpx2.Request(method, BASE + path, content=body, headers={"soapaction": f'"x/{action}"'}))


def test_a_call_is_what_its_header_says() -> None:
    """SEARCH travels as a POST and changes nothing; a GET may stand for a DELETE (`platform` 5.3)."""

    def standing_for(other: str, method: str) -> Planned:
        headers = {"X-HTTP-Method-Override": other}
        return planned(httpx2.Request(method, f"{BASE}/API/REST/2.0/data/contacts", headers=headers))

    said = [standing_for(*each) for each in (("search", "POST"), ("DELETE", "GET"), ("nonsense", "POST"))]
    assert [(each.method, each.writes) for each in said] == [("SEARCH", False), ("DELETE", True), ("POST", True)]


@pytest.mark.parametrize(
    ("method", "path", "action", "face", "writes", "makes"),
    [
        ("GET", "/API/REST/2.0/data/contacts", "", "rest", False, False),
        ("POST", "/api/rest/1.0/data/contact", "", "rest", True, True),
        ("PUT", "/API/REST/2.0/data/contact/1", "", "rest", True, False),
        ("DELETE", "/API/REST/2.0/data/contact/1", "", "rest", True, False),
        ("POST", "/API/REST/2.0/data/customObject/7/instance", "", "rest", True, False),
        ("POST", "/API/REST/2.0/data/activity", "", "rest", True, False),
        ("POST", "/API/Bulk/2.0/contacts/imports", "", "bulk", True, True),
        ("POST", "/API/Bulk/2.0/contacts/imports/1/data", "", "bulk", True, False),
        ("POST", "/API/Bulk/2.0/syncs", "", "bulk", True, False),
        ("GET", "/API/1.2/Service.svc", "", "soap", False, False),
        ("POST", "/API/1.2/Service.svc", "DynamicEntityService/Query", "soap", False, False),
        ("POST", "/API/1.2/EmailService.svc", "EmailService/Deploy", "soap", True, True),
        ("POST", "/auth/oauth2/token", "", "oauth", False, False),
        ("GET", "/id", "", "login", False, False),
        ("POST", "/e/f2", "", "", True, True),
    ],
)
def test_a_call_tells_what_it_would_do(
    method: str, path: str, action: str, face: str, writes: bool, makes: bool
) -> None:
    """Before it is made."""
    found = call(method, path, action=action)

    assert (found.face, found.writes, found.makes) == (face, writes, makes)


def test_oauth_flows_and_syncs_are_told_by_their_bodies() -> None:
    """A refresh starts no flow."""
    assert call("POST", "/auth/oauth2/token", b'{"grant_type": "password"}').starts_a_flow
    assert call("POST", "/auth/oauth2/token", b"grant_type=authorization_code&code=x").starts_a_flow
    assert not call("POST", "/auth/oauth2/token", b'{"grant_type":"refresh_token"}').starts_a_flow
    assert call("GET", "/auth/oauth2/authorize?response_type=code").starts_a_flow
    assert call("POST", "/API/Bulk/2.0/syncs", b'{"syncedInstanceUri": "/contacts/exports/1"}').synced
    assert not call("POST", "/API/Bulk/2.0/syncs", b"[1]").synced


@given(st.lists(st.sampled_from(["rest", "soap", "other"]), max_size=40), st.integers(1, 4), st.floats(1, 60))
def test_a_pace_is_kept_however_calls_come(tmp_path_factory, faces: list[str], most: int, seconds: float) -> None:
    """In no window of its length are there more calls than it allows, and nobody waits for another kind."""
    told = Told()
    limit = Limit("pace", most, seconds, lambda call: call.face == "rest")
    budget = Budget(tmp_path_factory.mktemp("budget") / "x.budget", told, (limit,))
    made: list[float] = []

    for face in faces:
        before = told.now()
        budget.spend(Planned(face, "GET", "/x", "/x"))
        if face == "rest":
            made.append(told.now())
        else:
            assert told.now() == before
        budget.spent(Planned(face, "GET", "/x", "/x"))
        told.sleep(0.01)

    for place, first in enumerate(made):
        assert sum(first <= other < first + seconds for other in made[place:]) <= most


def test_a_budget_outlives_the_run_and_ends_with_its_window(tmp_path: Path) -> None:
    """What is used up is an error, but for who cleans; a day later there is a new one."""
    told = Told()
    limits = (Limit("two a day", 2, 86400, lambda call: True),)
    asked = Planned("bulk", "POST", "/x", "/x")
    for _ in range(2):
        budget = Budget(tmp_path / "x.budget", told, limits)
        budget.spend(asked)
        budget.spent(asked)

    with pytest.raises(Spent, match="two a day"):
        Budget(tmp_path / "x.budget", told, limits).spend(asked)
    Budget(tmp_path / "x.budget", told, limits).spend(asked, cleaning=True)

    told.sleep(86401)
    Budget(tmp_path / "x.budget", told, limits).spend(asked)


def test_a_damaged_budget_counts_from_nothing(tmp_path: Path) -> None:
    """It is no reason to stop."""
    (tmp_path / "x.budget").write_text("[")
    Budget(tmp_path / "x.budget", Told()).spend(call("POST", "/API/Bulk/2.0/syncs", b'{"syncedInstanceUri":"/e"}'))


def test_limits_are_half_of_what_is_known() -> None:
    """Of those that last."""
    export = call("POST", "/API/Bulk/2.0/syncs", b'{"syncedInstanceUri": "/contacts/exports/1"}')
    assert [each.most for each in LIMITS if each.counts(export)] == [1000, 1000]
    assert not [each for each in LIMITS if each.counts(call("DELETE", "/API/Bulk/2.0/contacts/exports/1"))]


PLACES = st.sampled_from(["/API/REST/2.0/data/contact/1", "/API/REST/2.0/data/contact/2", "/x/3"])
LINES = st.lists(st.tuples(st.sampled_from(["will_make", "has_made", "is_gone"]), PLACES), max_size=20)


@given(LINES, st.integers(0, 40))
def test_a_journal_is_read_as_it_was_written(tmp_path_factory, lines: list[tuple[str, str]], cut: int) -> None:
    """Also when its last line was cut off by a crash."""
    folder = tmp_path_factory.mktemp("journal")
    journal = Journal.begun(folder, login_url="https://x", site="MockCo")
    for verb, place in lines:
        getattr(journal, verb)(place)

    found = Journal.read(left_over(folder)[0])
    assert (found.prefix, found.made, found.kinds) == (journal.prefix, journal.made, journal.kinds)

    text = journal.file.read_text()
    if len(lines) > 1:
        journal.file.write_text(text[: max(len(text) - cut, text.index("\n") + 1)])
        assert Journal.read(journal.file).site == "MockCo"
    journal.end()
    assert not left_over(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"prefix": 1}\n', "no JSON\n{}\n"])
def test_what_is_no_journal_is_told_so(tmp_path: Path, text: str) -> None:
    """In one line."""
    (tmp_path / "x.journal").write_text(text)
    with pytest.raises(BadJournal, match="no journal"):
        Journal.read(tmp_path / "x.journal")


def test_no_secret_is_shown() -> None:
    """Neither known ones nor those that answers bring."""
    body = json.dumps({"access_token": "AAA+/=", "expires_in": 1}).encode()
    sent = "<o:Password Type='x'>pä&amp;ss</o:Password> grant_type=password&password=zzz pä&ss".encode()
    exchange = Exchange("POST", "/x?code=qqq&state=1", 200, "OK", {"location": "https://e/?code=qqq"}, body, sent)

    found = str(Mask(["pä&ss"]).exchange(exchange)) + repr(Mask(["pä&ss"]).exchange(exchange))

    assert not any(secret in found for secret in ("AAA", "pä", "zzz", "qqq", "p\\xc3"))
    assert "expires_in" in found
    assert "state=1" in found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"code": "qqq", "grant_type": "authorization_code"}', False),
        ("code=qqq&grant_type=authorization_code", False),
        ("302 to 'https://example.com/callback?state=s&code=qqq'", False),
        ('{"statusCode": "ELQ-00040", "code": "qqq"}', True),
        ('[{"type": "ObjectValidationError", "code": "qqq"}, {"grant_type": "password"}]', True),
        ("promotion code=qqq", True),
    ],
)
def test_a_code_is_hidden_where_it_gives_tokens(text: str, *, shown: bool) -> None:
    """An error's, a country's or a promotion's is none."""
    assert ("qqq" in Mask().text(text)) is shown


@pytest.mark.parametrize("piece", ['"grant_type"', '{"code":"', "code=", "<Password "])
def test_a_hostile_answer_is_masked_as_soon_as_any(piece: str) -> None:
    """In a time that grows with its length: its square would be minutes here."""
    text = "{" + piece * 100_000

    assert Mask().text(text).startswith("{" + piece)


FILE = """
login_url = "https://login.example.com/"
[users.full]
name = "api.user"
password = "secret"
[users."api only"]
name = "other"
token = "abc"
[oauth]
client_id = "c"
client_secret = "s"
"""


def test_credentials_come_from_a_file_or_the_environment(tmp_path: Path) -> None:
    """By role; nothing of them shows in what is printed."""
    (tmp_path / "x.toml").write_text(FILE)
    found = read("MockCo", tmp_path / "x.toml")

    assert (found.login_url, found.logins["full"].name) == ("https://login.example.com", "api.user")
    assert found.logins["api only"].header == "Bearer abc"
    assert found.app is not None
    assert "secret" not in repr(found)

    told = read("MockCo", environment={"ELOQUA_TOKEN": "abc"})
    assert told.logins["full"].header == "Bearer abc"
    assert told.app is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "cannot be read"),
        ("other = 1", "unknown 'other'"),
        ("[users]\nfull = 1", r"\[users.ROLE\]"),
        ('[users.other]\nname = "x"', "users.full"),
        ('[users.full]\nname = "x"\n[users.other]\nname = "x"', "role 'other'"),
        ('[users.full]\nnames = "x"', "name, password, token"),
    ],
)
def test_wrong_credentials_are_told_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    """With what to write instead."""
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(BadCredentials, match=said):
        read("MockCo", tmp_path / "x.toml")


def test_without_credentials_the_variables_are_named() -> None:
    """Each with its meaning."""
    with pytest.raises(BadCredentials, match="ELOQUA_PASSWORD: the user's password"):
        read("MockCo", environment={"ELOQUA_USER": "x"})
