"""Fields of custom objects and of events. Each object has its own: they lie in its document, as they travel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.fields import Catalogue, Field
from mock_eloqua.site import Site
from mock_eloqua.store import tables

KIND = "CustomObjectField"
OWNERS = ("CustomObject", "EventRegistration")
"""The kinds of assets that have such fields."""
_LONGEST_NAME = 100

Item = dict[str, Any]


def catalogue(doc: Mapping[str, Any]) -> Catalogue:
    """The fields in an object's document, in its order."""
    found = [_field(each) for each in doc.get("fields", ())]
    return Catalogue({each.key: each for each in found}, {each.internal_name.lower(): each for each in found})


def _field(item: Item) -> Field:
    return Field(
        id=int(item["id"]),
        entity="CustomObject",
        internal_name=item["internalName"],
        name=item["name"],
        data_type=item["dataType"],
        display_type=item["displayType"],
        update_type="always",
        is_standard=False,
        is_read_only=False,
        is_required=False,
        created_at=0,
        created_by=None,
        updated_at=0,
        updated_by=None,
    )


def checked(
    site: Site, doc: dict[str, Any], old: Mapping[str, Any], owner: tuple[str, int] | None, pointers: Iterable[str]
) -> dict[str, Any]:
    """A document whose fields follow the rules, with what the product works out.

    Args:
        site: where it is to be stored.
        doc: what is to be stored; every field has an id by now.
        old: the document as it is, empty for a new object.
        owner: kind and id of the object; None for a new one.
        pointers: the properties that name one of the fields.

    Raises:
        Invalid: a field lacks its name or data type, would change its data type [inferred], or is pointed at
            without being there [inferred].
    """
    known = {each["id"]: each for each in old.get("fields", ())}
    given = [dict(each) for each in doc.get("fields", ())]
    moved = _fresh_ids(site, given, known, owner)
    doc = {**doc, **{name: moved[doc[name]] for name in pointers if doc.get(name) in moved}}
    failures = [failure for each in given for failure in _broken(each, known.get(each["id"]))]
    ids = {each["id"] for each in given}
    failures += [
        Failure(name, "RelationshipRequirement", doc[name])
        for name in pointers
        if doc.get(name) and doc[name] not in ids
    ]
    if failures:
        raise Invalid(*failures)
    if not given:
        return doc
    names = {each["internalName"].lower() for each in known.values()}
    return {**doc, "fields": [_completed(each, known.get(each["id"]), names) for each in given]}


def _fresh_ids(
    site: Site, given: list[Item], known: Mapping[str, Item], owner: tuple[str, int] | None
) -> dict[str, str]:
    """Give new ids to fields that came with another object's, or with one never given; which became which."""
    strange = [each for each in given if each["id"] not in known]
    if not strange:
        return {}
    taken, last, moved = _others(site, owner), _last(site), {}
    for each in strange:
        if each["id"] in taken or int(each["id"]) > last:
            (new_id,) = site.database.next_ids(KIND)
            moved[each["id"]] = each["id"] = str(new_id)
        taken.add(each["id"])
    return moved


def _others(site: Site, owner: tuple[str, int] | None) -> set[str]:
    asset = tables.asset
    query = select(asset.c.kind, asset.c.id, asset.c.doc).where(asset.c.kind.in_(OWNERS))
    with site.database.reading() as connection:
        rows = [row for row in connection.execute(query) if (row.kind, row.id) != owner]
    return {each["id"] for row in rows for each in row.doc.get("fields", ())}


def _last(site: Site) -> int:
    counter = tables.id_counter
    with site.database.reading() as connection:
        return connection.execute(select(counter.c.last).where(counter.c.kind == KIND)).scalar() or 0


def _broken(item: Item, old: Item | None) -> list[Failure]:
    inside, failures = (KIND, item["id"]), []
    name = item.get("name", "")
    if not name.strip():
        failures.append(Failure("name", "NotNullRequirement", None, inside=inside))
    elif "\0" in name or len(name) > _LONGEST_NAME:
        rule = "ContentRequirement" if "\0" in name else "ValidTextLengthRequirement"
        failures.append(Failure("name", rule, name, inside=inside))
    data_type = item.get("dataType")
    if data_type is None and old is None:
        failures.append(Failure("dataType", "NotNullRequirement", None, inside=inside))
    elif data_type is not None and old is not None and data_type != old["dataType"]:
        failures.append(Failure("dataType", "ImmutabilityRequirement", data_type, inside=inside))
    return failures


def _completed(item: Item, old: Item | None, names: set[str]) -> Item:
    """A field with its data type, a way of being shown, and an internal name that is its own in the object."""
    whole = {"displayType": "text", **item}
    whole["dataType"] = item.get("dataType") or (old or item)["dataType"]
    whole["internalName"] = old["internalName"] if old else internal_name(item["name"], names)
    head = {name: whole.pop(name) for name in _HEAD if name in whole}
    return head | {name: whole[name] for name in sorted(whole)}


_HEAD = ("type", "id", "currentStatus", "description", "name")
"""In front of the properties in alphabetical order (`rest` 2.2) [recorded of other types]."""


def internal_name(name: str, names: set[str]) -> str:
    """A name of letters, digits and underscores that is not among *names*, all in lower case, and is put there.

    As for contact fields, without a prefix [client]; the digit as there [inferred].
    """
    stem = re.sub(r"[^A-Za-z0-9]", "_", name)
    found = next(f"{stem}{n}" for n in range(1, 10_000) if f"{stem}{n}".lower() not in names)
    names.add(found.lower())
    return found
