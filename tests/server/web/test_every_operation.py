"""Random calls to every declared operation of REST and Bulk: a clear answer, and no change by a refused call.

More of them by hand: `scripts/test --timeout 0 --hypothesis-profile long tests/server/web/test_every_operation.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from mock_eloqua import house
from mock_eloqua.bulk.properties import PROPERTIES
from mock_eloqua.embedded import EloquaSite
from mock_eloqua.rest.resources import resource_types
from mock_eloqua.store import tables
from mock_eloqua.web.operation import Operation

TOKEN = "TW9ja0NvXGFwaS51c2VyOnMzY3JldA=="
EMAIL = "{{Contact.Field(C_EmailAddress)}}"
DEFINITION = {"name": "n", "fields": {"email": EMAIL}, "identifierFieldName": "email"}
CRITERION = {"id": "-1", "fieldId": "100002", "condition": {"operator": "startsWith", "value": "Bob"}}
GOOD: tuple[dict[str, Any], ...] = (
    {"emailAddress": "new@example.test", "fieldValues": [{"id": "100065", "value": "1430452800"}]},
    {"name": "tune", "dataType": "text", "displayType": "text", "updateType": "always"},
    {"name": "guests", "membershipAdditions": ["1"], "membershipDeletions": ["2"]},
    {"name": "readers", "elements": [{"type": "ContactListSegmentElement", "list": {"membershipAdditions": ["1"]}}]},
    {"name": "bobs", "criteria": [CRITERION], "statement": "NOT -1", "scope": "local"},
    DEFINITION | {"filter": f"'{EMAIL}' = 'a@example.test'", "maxRecords": 3, "syncActions": []},
    {"syncedInstanceUri": "/contacts/imports/1", "callbackUrl": "nonsense"},
    {"syncedInstanceUri": "/contacts/exports/1"},
    {"email": "row@example.test", "other": "x"},
)
"""A body for every operation that takes one."""

KEYS = sorted(
    {name for body in GOOD for name in body}
    | {each.name for resource in resource_types() for each in resource.properties}
    | {each.name for known in PROPERTIES.values() for each in known}
    | {"action", "destination", "value", "email"}
)
QUERIES = ["depth", "count", "page", "search", "orderBy", "sort", "dir", "lastUpdatedAt"]
QUERIES += ["limit", "offset", "q", "totalResults"]
PLAIN_WORDS = """
0 -1 1 2 1000 1001 50001 1e9 NaN true complete name createdAt * ' " % {{ id>1id<9 createdAt<2030 always email é
a@example.test /syncs/1 2014-10-13 0001-01-01T00:00:00+14:00 -62135596801 P1D PT1H Contact.Id {{ContactList[1]}}
EXISTS('{{ContactList[1]}}') C_EmailAddress='*a*'
"""
WORDS = st.sampled_from([*PLAIN_WORDS.split(), "", "id desc", EMAIL, "9" * 20, "9" * 5000, "\0", "\ud800", "\ufeff"])
TEXT = WORDS | st.text(max_size=20)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
NAMES = st.sampled_from(KEYS) | TEXT
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)
NEARLY_GOOD = st.builds(
    lambda body, changes: body | changes, st.sampled_from(GOOD), st.dictionaries(NAMES, VALUES, max_size=2)
)
CSV = st.text(st.sampled_from("email,first\"'\r\n;\0\t é@.x"), max_size=40).map(
    lambda text: f"email,first\n{text}".encode()
)
BODIES = (NEARLY_GOOD | VALUES | st.lists(NEARLY_GOOD, max_size=3)).map(lambda body: json.dumps(body).encode())
BODIES |= CSV | st.binary(max_size=40)
TYPES = st.sampled_from(
    ["application/json"] * 4 + ["text/csv", "application/json; charset=latin-1", "text/xml", "", ";=;", "é"]
)
RAW = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=30)
SEGMENTS = st.sampled_from(
    ["1"] * 4 + ["2", "100001", "100201", "0", "-1", "abc", "9" * 19, "9" * 30, "%00", "%ff", "1%2F2", "%F0%9F"]
)
SEGMENTS |= RAW.map(lambda text: text.translate({ord(sign): "." for sign in "/?"}))
PAIRS = st.tuples(st.sampled_from(QUERIES), TEXT).map(lambda pair: f"{pair[0]}={quote(pair[1], errors='replace')}")
HEADERS = st.dictionaries(
    st.sampled_from(["Accept", "X-HTTP-Method-Override", "X-HTTP-Status-Code-Override", "X-Odd"]),
    st.sampled_from(["", "*/*", "text/csv", "PUT", "DELETE", "SEARCH", "200", "204", "304", "500", "é", "9" * 5000]),
    max_size=2,
)


@dataclass(frozen=True)
class Request:
    """What is sent."""

    method: str
    target: str
    body: bytes
    headers: dict[str, str]


@st.composite
def requests(draw: st.DrawFn, operations: list[Operation]) -> Request:
    operation = draw(st.sampled_from(operations))
    segments = [draw(SEGMENTS) if each.startswith("{") else each for each in operation.path.split("/")]
    query = draw(st.lists(PAIRS | RAW, max_size=3))
    headers = draw(HEADERS) | {"Content-Type": draw(TYPES), "Authorization": f"Basic {TOKEN}"}
    body = draw(BODIES) if operation.method in ("POST", "PUT") else b""
    return Request(operation.method, "/".join(segments) + "?" * bool(query) + "&".join(query), body, headers)


@pytest.fixture
def prepared(eloqua: EloquaSite, http: Any) -> Callable[[], None]:
    """Makes one of everything anew: contacts, a field, a list, definitions, ended syncs with rejects, an upload."""

    def prepare() -> None:
        eloqua.reset()
        eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
        eloqua.seed(contacts=[{"emailAddress": f"{name}@example.test"} for name in "ab"])
        eloqua.seed(fields=[{"name": "Shoe"}], lists=[{"name": "VIPs", "members": ["a@example.test"]}])
        for path, body in (
            ("/contacts/imports", DEFINITION),
            ("/contacts/exports", DEFINITION),
            ("/contacts/imports/1/data", [{"email": "bad", "x": "1"}]),
            ("/syncs", {"syncedInstanceUri": "/contacts/imports/1"}),
            ("/syncs", {"syncedInstanceUri": "/contacts/exports/1"}),
            ("/contacts/imports/1/data", [{"email": "c@example.test"}]),
        ):
            assert http.post(f"/API/Bulk/2.0{path}", json=body).status_code in (201, 204)
        eloqua.site.jobs.join(10)

    return prepare


KEPT = (
    tables.contact,
    tables.field,
    tables.asset,
    tables.list_member,
    tables.definition,
    tables.staged_file,
    tables.sync,
)


def state(eloqua: EloquaSite) -> list[tuple[int, Any]]:
    """How much there is of everything, and when it was written last."""
    with eloqua.site.database.reading() as connection:
        written = [func.max(each.c[name]) if (name := "updated_at") in each.c else func.count() for each in KEPT]
        return [
            tuple(connection.execute(select(func.count(), last).select_from(table)).one())
            for table, last in zip(KEPT, written, strict=True)
        ]


SOME = max(60, settings().max_examples)


@pytest.mark.parametrize("face", ["rest", "bulk"])
@settings(
    max_examples=SOME,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_no_call_makes_the_server_fail_and_no_refused_one_changes_anything(
    prepared: Callable[[], None], eloqua: EloquaSite, plain: HTTPConnection, caplog: Any, face: str, data: st.DataObject
) -> None:
    """rest.md 6, bulk.md 19: no status from 500, no traceback, and what is refused was not half done."""
    prepared()
    caplog.clear()
    sent = data.draw(requests(list(house.face(face).operations)))
    before = state(eloqua)

    plain.putrequest(sent.method, sent.target)
    for name, value in sent.headers.items():
        plain.putheader(name, value.encode("latin-1"))
    plain.putheader("Content-Length", str(len(sent.body)))
    plain.endheaders(sent.body)
    answer = plain.getresponse()
    text = answer.read()
    eloqua.site.jobs.join(10)

    note(f"{answer.status} {answer.reason} {text[:300]!r}")
    status = int(answer.headers.get("X-HTTP-Original-Status-Code") or answer.status)
    assert status < 500
    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == []
    if status >= 400:
        assert state(eloqua) == before
