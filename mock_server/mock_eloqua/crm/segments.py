"""Contact segments and filters: what they are made of, who is in them, and how many those were (`rest` 11).

A segment names its filters and lists; those made inside one are `local`, and go when nothing names them any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import assets, criteria, lists, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.jobs import Job
from mock_eloqua.language.logic import any_of, negation
from mock_eloqua.site import Site
from mock_eloqua.store import tables

SEGMENT = "ContactSegment"
FILTER = "ContactFilter"
LIST = lists.KIND
FILTER_ELEMENT = "ContactFilterSegmentElement"
LIST_ELEMENT = "ContactListSegmentElement"
PARTS = {FILTER_ELEMENT: ("filter", "filterId", FILTER), LIST_ELEMENT: ("list", "listId", LIST)}
"""Type of element to the property that shows what is in it, the one that is kept of it, and its kind."""
_INSIDE = "isInSegment"
"""Marks what was made inside a segment; never shown."""

Element = Mapping[str, Any]


def elements_of(site: Site, given: Sequence[Element], segment: Asset | None) -> list[dict[str, Any]]:
    """Elements as they are kept; new local filters and lists in them are made, known local ones changed.

    Raises:
        Invalid: an element holds nothing, or names what does not exist; a filter does not hold together.
    """
    kept = []
    with site.database.writing():
        if segment is not None:
            references.forget(site, SEGMENT, segment.id)
        for each in given:
            shown, named, kind = PARTS[each["type"]]
            part = each.get(shown)
            key = each.get(named) if part is None else _part(site, kind, part, each)
            if key is None:
                raise Invalid(Failure(shown, "NotNullRequirement", None, inside=(each["type"], each.get("id", ""))))
            kept.append(
                {"type": each["type"], "id": each["id"], "isIncluded": each.get("isIncluded", "true"), named: str(key)}
            )
        _sweep(site, kept)
    return kept


def _part(site: Site, kind: str, given: Mapping[str, Any], element: Element) -> int:
    key = int(given.get("id", "-1"))
    try:
        if key < 0:
            return _new_list(site, given) if kind == LIST else _new_filter(site, given)
        if kind == LIST:
            _change_list(site, key, given)
        else:
            _change_filter(site, key, given)
    except NotFound:
        inside = (element["type"], element["id"])
        raise Invalid(Failure(PARTS[element["type"]][0], "RelationshipRequirement", str(key), inside=inside)) from None
    return key


def _new_filter(site: Site, given: Mapping[str, Any]) -> int:
    doc = checked_filter(site, {**given, "scope": "local"}) | {_INSIDE: "true"}
    name = given.get("name") or "Filter Criteria"
    return assets.create(site, FILTER, name=name, doc=doc, unique=False).id


def _change_filter(site: Site, key: int, given: Mapping[str, Any]) -> None:
    """A shared filter stays as it is, whatever a segment says of it [inferred]."""
    old = assets.get(site, FILTER, key)
    if old.doc["scope"] == "local" and "criteria" in given:
        doc = checked_filter(site, {**old.doc, "statement": "", **given, "scope": "local"})
        assets.change(site, FILTER, key, name=given.get("name") or old.name, doc=doc, unique=False)


def checked_filter(site: Site, doc: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a filter, with the statement that joins its criteria.

    Raises:
        Invalid: as for `criteria.checked`.
    """
    names = ("criteria", "count", "description", "lastCalculatedAt", "sourceTemplateId", _INSIDE)
    kept = {name: doc[name] for name in names if name in doc}
    statement = criteria.checked(site, doc.get("criteria", ()), doc.get("statement", ""))
    return {"count": "0", "scope": doc.get("scope") or "global", "statement": statement} | kept


def _new_list(site: Site, given: Mapping[str, Any]) -> int:
    name = given.get("name") or "Contact List"
    made = lists.create(site, _members(given, name=name, scope="local"))
    assets.write_doc(site, assets.get(site, LIST, made.id), **{_INSIDE: "true"})
    return made.id


def _change_list(site: Site, key: int, given: Mapping[str, Any]) -> None:
    lists.get(site, key)
    if given.get("membershipAdditions") or given.get("membershipDeletions"):
        lists.add_members(site, key, _ids(given, "membershipAdditions"))
        lists.remove_members(site, key, _ids(given, "membershipDeletions"))


def _members(given: Mapping[str, Any], *, name: str, scope: str) -> lists.Changes:
    return lists.Changes(
        name=name,
        description=given.get("description"),
        scope=scope,
        additions=_ids(given, "membershipAdditions"),
        deletions=_ids(given, "membershipDeletions"),
    )


def _ids(given: Mapping[str, Any], name: str) -> list[int]:
    return [int(each) for each in given.get(name, ())]


def part_of(site: Site, element: Element) -> Asset:
    """The filter or list in an element."""
    _, named, kind = PARTS[element["type"]]
    return assets.get(site, kind, int(element[named]))


def duplicate(site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    """The document of a segment's copy: local filters and lists are copied with it, nothing is calculated yet."""
    elements = []
    with site.database.writing():
        for each in doc.get("elements", ()):
            part = part_of(site, each)
            (new_id,) = site.database.next_ids(FILTER_ELEMENT)
            key = _copied(site, part) if part.doc.get("scope") == "local" else part.id
            elements.append({**_plain(each), "id": str(new_id), PARTS[each["type"]][1]: str(key)})
    rest = {name: value for name, value in doc.items() if name != "lastCalculatedAt"}
    return {**rest, "count": "0", "elements": elements}


def _plain(element: Element) -> dict[str, Any]:
    return {name: value for name, value in element.items() if name not in ("count", "lastCalculatedAt")}


def _copied(site: Site, part: Asset) -> int:
    if part.kind == LIST:
        with site.database.reading() as connection:
            member = tables.list_member
            found = connection.execute(select(member.c.contact_id).where(member.c.list_id == part.id)).scalars()
            return _new_list(site, {"name": part.name, "membershipAdditions": list(found)})
    return _new_filter(site, {**part.doc, "name": part.name, "count": "0"})


def sweep(site: Site) -> None:
    """Remove what was made inside segments and is named by nothing any more."""
    _sweep(site, ())


def _sweep(site: Site, kept: Iterable[Element]) -> None:
    spared = {(PARTS[each["type"]][2], int(each[PARTS[each["type"]][1]])) for each in kept}
    asset, dependency = tables.asset, tables.dependency
    document: Any = asset.c.doc
    orphans = select(asset.c.kind, asset.c.id).where(
        asset.c.kind.in_((FILTER, LIST)),
        document[_INSIDE].as_string() == "true",
        ~exists().where(dependency.c.on_kind == asset.c.kind, dependency.c.on_id == asset.c.id),
    )
    with site.database.writing() as connection:
        for kind, key in connection.execute(orphans).all():
            if (kind, key) not in spared:
                references.forget(site, kind, key)
                connection.execute(sql_delete(asset).where(asset.c.kind == kind, asset.c.id == key))
                if kind == LIST:
                    connection.execute(sql_delete(tables.list_member).where(tables.list_member.c.list_id == key))


def in_filter(site: Site, key: int) -> ColumnElement[bool]:
    """The condition on contacts of being in a filter, as they are now.

    Raises:
        NotFound: there is no such filter.
    """
    doc = assets.get(site, FILTER, key).doc
    return criteria.chosen(site, doc.get("criteria", ()), doc.get("statement", ""))


def in_segment(site: Site, key: int) -> ColumnElement[bool]:
    """The condition on contacts of being in a segment, as they are now.

    They are in any of its elements that is included, and in none that is not: the order does not matter [inferred].

    Raises:
        NotFound: there is no such segment.
    """
    return _in_segment(site, assets.get(site, SEGMENT, key))


def _in_segment(site: Site, segment: Asset) -> ColumnElement[bool]:
    chosen: dict[bool, list[ColumnElement[bool]]] = {True: [], False: []}
    for each in segment.doc.get("elements", ()):
        chosen[each["isIncluded"] == "true"].append(_in_element(site, each))
    found = any_of(chosen[True])
    return and_(found, negation(any_of(chosen[False]))) if chosen[False] else found


def _in_element(site: Site, element: Element) -> ColumnElement[bool]:
    if element["type"] == LIST_ELEMENT:
        return lists.has_member(int(element["listId"]))
    return in_filter(site, int(element["filterId"]))


def calculate(site: Site, key: int) -> Asset:
    """Count who is in a segment, and in each of its elements; no count changes otherwise [inferred].

    Raises:
        NotFound: there is no such segment.
    """
    with site.database.writing():
        segment = assets.get(site, SEGMENT, key)
        now = str(site.clock.now() // 1000)
        elements, count = [], "0"
        for each in segment.doc.get("elements", ()):
            count = _count(site, _in_element(site, each))
            elements.append({**each, "count": count, "lastCalculatedAt": now})
            if each["type"] == FILTER_ELEMENT:
                assets.write_doc(site, part_of(site, each), count=count, lastCalculatedAt=now)
        if len(elements) != 1 or elements[0]["isIncluded"] != "true":
            count = _count(site, _in_segment(site, segment))
        return assets.write_doc(site, segment, elements=elements, count=count, lastCalculatedAt=now)


def queue(site: Site, key: int) -> Asset:
    """Calculate a segment, at once or after as long as a switch says; the segment as it is now.

    Raises:
        NotFound: there is no such segment.
    """
    delay = site.settings.segment_calculation_ms
    if not delay:
        return calculate(site, key)
    segment = assets.get(site, SEGMENT, key)

    def work(job: Job) -> None:
        job.wait(delay / 1000)
        with site.database.writing():
            job.check()
            with suppress(NotFound):  # it may be deleted by then
                calculate(site, key)

    site.jobs.start(work, f"segment {key}")
    return segment


def _count(site: Site, where: ColumnElement[bool]) -> str:
    with site.database.reading() as connection:
        return str(connection.execute(select(func.count()).select_from(tables.contact).where(where)).scalar_one())
