"""Any filter selects what the model selects.

For a longer run: `pytest tests/server/bulk/test_model_filters.py --hypothesis-profile=long --timeout=0`.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.bulk import drawn, drawn_filters
from tests.server.bulk.faces import Face, First
from tests.server.bulk.model.entities import Store
from tests.server.bulk.model.filters import Among, Node, holds, may_be_said
from tests.server.bulk.worlds import MODEL, World
from tests.server.rest.canvases import line, started

GUID = "0b5f0a52-6b1c-4b57-9b8e-6f0c5d1e2a33"
INSTANCE = f"{{{{ActionInstance({GUID.replace('-', '')}).Execution[12345]}}}}"
LISTS = {"Contact": ("lists", "ContactList"), "Account": ("accountGroups", "AccountList")}
EACH = 4
"""Filters on one site."""


@pytest.fixture
def face(eloqua, connection) -> Face:
    """Bulk 2.0."""
    return Face(connection, eloqua.basic_auth)


def act(face: Face, store: Store, ids: frozenset[int], destination: str, **action: str) -> None:
    """Run a sync action on records by their ids."""
    uri = face.define(
        store.entity.path,
        "syncActions",
        fields={"id": store.entity.columns["id"].statement},
        identifierFieldName="id",
        syncActions=[{"destination": destination, **action}],
    )
    face("POST", f"{uri}/data", json=[{"id": str(each)} for each in sorted(ids)])
    assert face.run(uri)["status"] != "error"


def lists(eloqua: Any, face: Face, store: Store, data: st.DataObject) -> list[Among]:
    """Two lists with some of the records."""
    word, noun = LISTS[store.entity.root]
    eloqua.seed(**{word: [{"name": "One"}, {"name": "Two"}]})
    found = []
    for item in face("GET", f"/{store.entity.path}/lists").json()["items"]:
        ids = data.draw(st.frozensets(st.sampled_from([each.id for each in store.records])))
        if ids:
            act(face, store, ids, item["statement"])
        assert item["statement"].startswith(f"{{{{{noun}[")
        found.append(Among(item["statement"], None, ids))
    return found


def waiting(eloqua: Any, http: Any, face: Face, store: Store, everybody: Among, data: st.DataObject) -> list[Among]:
    """The members of a list wait at the step of an app, some of them already worked on."""
    enter = {
        "type": "CampaignContactList",
        "id": "-1",
        "listId": everybody.statement[14:-3],
        "outputTerminals": [line("-2")],
    }
    step = {"type": "CampaignCloudAction", "id": "-2", "instanceId": GUID, "outputTerminals": [line("-3")]}
    started(http, eloqua, enter, step, {"type": "CampaignYes", "id": "-3"})
    active = data.draw(st.frozensets(st.sampled_from(sorted(everybody.ids)))) if everybody.ids else frozenset()
    if active:
        act(face, store, active, INSTANCE, action="setStatus", status="active")
    standing = {"pending": everybody.ids - active, "active": active, "errored": frozenset()}
    return [Among(INSTANCE, status, ids) for status, ids in standing.items()]


def check(face: Face, store: Store, node: Node, said: Any, data: st.DataObject) -> None:
    """An export by this filter finds what the model finds, or is refused where the model says so."""
    utc = data.draw(st.booleans()) and face.version == "2.0"
    most = data.draw(st.sampled_from([None, None, 2])) if face.version == "2.0" else None
    options = {"filter": said, "fields": {"id": store.entity.columns["id"].statement}}
    options |= ({"areSystemTimestampsInUTC": True} if utc else {}) | ({"maxRecords": most} if most else {})
    if isinstance(said, str) and not may_be_said(node, said):
        answer = face("POST", face.path(store.entity.path, "exports"), json={"name": "one", **options})
        assert answer.status_code == 400
        assert {each["field"] for each in answer.json()["failures"]} == {"filter"}
        return
    found = face.rows(face.define(store.entity.path, "exports", **options), 1000, as_csv=False)
    chosen = [str(each.id) for each in store.records if holds(node, each, utc=utc)]
    assert [row["id"] for row in found] == chosen[:most]


@pytest.mark.parametrize("noun", ["Contact", "Account", "CustomObject", "Event"])
@MODEL
@given(data=st.data())
def test_a_filter_selects_what_the_model_selects(eloqua, http, face, noun, data):
    """bulk.md 15."""
    world = World.clean(eloqua).with_people()
    if noun in ("CustomObject", "Event"):
        world.with_records(http, noun)
    store = world.stores[noun]
    for _ in range(2):
        world.load(face, noun, *data.draw(drawn.populations(store)))
    places = lists(eloqua, face, store, data) if noun in LISTS and store.records else []
    if noun == "Contact" and places and not data.draw(st.integers(0, 3)):
        places += waiting(eloqua, http, face, store, places[0], data)

    for _ in range(EACH):
        node = data.draw(drawn_filters.filters(store, places))
        check(face, store, node, data.draw(drawn_filters.spelled(node)), data)


@MODEL
@given(data=st.data())
def test_a_filter_of_bulk_1_selects_what_the_model_selects(eloqua, face, connection, data):
    """[client] bulk.md 20.2: one comparison, or membership of a list."""
    world = World.clean(eloqua).with_people()
    store, one = world.stores["Contact"], First(connection, eloqua.basic_auth)
    world.load(face, "Contact", *data.draw(drawn.populations(store)))
    places = lists(eloqua, face, store, data)

    for _ in range(EACH):
        node = data.draw(drawn_filters.conditions(store, places).filter(drawn_filters.as_first_version))
        check(one, store, node, drawn_filters.as_first_version(node), data)
