"""What holds for every type: what was created is read back, updated, listed, found, and gone after deletion."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Depth, Property, ResourceType, Shape
from mock_eloqua.rest.resources import resource_types

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).map(str.strip)
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    wire.TEXT: TEXTS.filter(bool),
    wire.INTEGER: st.integers(0, 10**6),
    wire.DECIMAL: st.integers(0, 10**6),
    wire.BOOLEAN: st.booleans(),
    wire.UNIX: st.integers(10**9, 2 * 10**9),
    wire.NUMBER: st.integers(0, 10**6),
    wire.TEXTS: st.lists(TEXTS.filter(bool), max_size=3),
}
"""Values by wire form; ids name other objects and are left to the tests of their types."""

CASES = [
    pytest.param(each, version, id=f"{each.type} {version}")
    for each in resource_types()
    for version, served in each.versions.items()
    if set("CRUDL") <= set(served) and each.is_plain
]


def values(properties: tuple[Property, ...], version: str) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies for a type: what it requires, and some of what it takes."""
    mine = [each for each in properties if version in each.versions and not each.read_only and each.source]
    always = {each.name: value(each, version) for each in mine if each.required}
    sometimes = {
        each.name: value(each, version)
        for each in mine
        if not each.required and (each.wire in PLAIN or each.shape or each.values)
    }
    return st.fixed_dictionaries(always, optional=sometimes)


def value(each: Property, version: str) -> st.SearchStrategy[Any]:
    """Values of one property."""
    if each.shape is not None:
        items = objects(each.shape, version)
        return items if each.wire is wire.OBJECT else st.lists(items, min_size=each.required, max_size=3)
    if each.values:
        return st.sampled_from(each.values)
    found = PLAIN[each.wire]
    return found.map(lambda text: text[: each.longest]) if each.longest else found


def objects(shape: Shape, version: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of a shape, of any of its types."""
    kinds = {shape.type: shape.properties} | {kind: (*shape.properties, *own) for kind, own in shape.variants.items()}
    return st.one_of([
        nested(kind, properties, version) for kind, properties in kinds.items()
    ])  # fmt: skip


def nested(kind: str, properties: tuple[Property, ...], version: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of one type inside another, without further ones inside them."""
    plain = {
        each.name: value(each, version)
        for each in properties
        if each.shape is None and (each.wire in PLAIN or each.values) and not each.read_only
    }
    return st.fixed_dictionaries({"type": st.just(kind)}, optional=plain)


def as_shown(each: Property, given_value: Any) -> Any:
    """A value as an answer shows it."""
    return each.wire.write(each.wire.read(given_value))


def agrees(shown: Any, sent: Any) -> Any:
    """Does an answer hold all that was sent inside a nested object? Scalars as texts, ids besides."""
    if isinstance(sent, dict):
        return all(
            name in shown and agrees(shown[name], inner) for name, inner in sent.items() if inner not in ("", [], {})
        )
    if isinstance(sent, list):
        return len(shown) == len(sent) and all(map(agrees, shown, sent))
    if isinstance(sent, bool):
        return shown == str(sent).lower()
    return shown in (str(sent), sent, f"{sent}.0000")


@pytest.mark.parametrize(("resource", "version"), CASES)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_was_created_is_read_updated_listed_found_and_gone_after_deletion(
    http, eloqua, resource: ResourceType, version: str, data: st.DataObject
):
    """rest.md 2 to 5, 18: the same for every type, in the right order of keys."""
    eloqua.reset()
    eloqua.set(campaign_field_values="replace")  # as every other list of objects
    base = f"/API/REST/{version}"
    own = {each.name: each for each in resource.properties if version in each.versions}
    sent = data.draw(values(resource.properties, version))

    made = http.post(f"{base}/{resource.single}", json=sent)
    assert made.status_code == 201, made.text
    check(made.json(), sent, resource, version, Depth.COMPLETE)
    key = made.json()["id"]

    for depth in Depth:
        read = http.get(f"{base}/{resource.single}/{key}", params={"depth": depth.word})
        check(read.json(), sent, resource, version, depth)

    changed = data.draw(values(resource.properties, version))
    put = http.put(f"{base}/{resource.single}/{key}", json={"id": key, **changed})
    assert put.status_code == 200, put.text
    check(put.json(), changed, resource, version, Depth.COMPLETE)
    assert not [name for name in sent if name not in changed and name in put.json() and own[name].default is None]

    page = http.get(f"{base}/{resource.many}", params={"count": 1000}).json()
    assert key in [each["id"] for each in page["elements"]]
    assert page["total"] == len(page["elements"])
    if "'" not in changed["name"] and "*" not in changed["name"]:
        found = http.get(f"{base}/{resource.many}", params={"search": f"name='{changed['name']}'"}).json()
        assert [each["id"] for each in found["elements"]] == [key]

    assert http.delete(f"{base}/{resource.single}/{key}").content == b""
    assert http.get(f"{base}/{resource.single}/{key}").status_code == 404
    assert http.delete(f"{base}/{resource.single}/{key}").status_code == 404


def check(shown: dict[str, Any], sent: dict[str, Any], resource: ResourceType, version: str, depth: Depth) -> None:
    """Is an answer of that depth, in the order of the declaration, with what was sent?"""
    own = [each for each in resource.properties if version in each.versions]
    order = list(dict.fromkeys(each.name for each in own))
    assert list(shown) == [name for name in order if name in shown]
    assert shown["type"] == resource.type
    assert shown["depth"] == depth.word
    for each in own:
        if each.depth > depth and each.shape is None:
            assert each.name not in shown
        elif each.name in sent and each.depth <= depth and sent[each.name] not in ("", [], {}):
            if each.shape is None:
                assert shown[each.name] == as_shown(each, sent[each.name])
            else:
                assert agrees(shown[each.name], sent[each.name])
