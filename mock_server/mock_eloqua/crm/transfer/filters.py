"""Filters of exports: which records they choose, and what they depend on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, true

from mock_eloqua.crm import lists, segments
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import statements
from mock_eloqua.crm.transfer.contact import UTC
from mock_eloqua.crm.transfer.entity import Entity
from mock_eloqua.dates import EASTERN
from mock_eloqua.language import filter as language
from mock_eloqua.language.comparison import Comparison
from mock_eloqua.language.errors import BadValue
from mock_eloqua.language.operands import Operand
from mock_eloqua.site import Site


@dataclass(slots=True)
class Names:
    """What a filter names."""

    fields: set[str] = field(default_factory=set)
    lists: set[int] = field(default_factory=set)
    memberships: int = 0
    """How many EXISTS there are."""


def condition(site: Site, entity: Entity, text: str | None, *, utc: bool) -> ColumnElement[bool]:
    """The condition that a filter means; without one, all records.

    Raises:
        LanguageError: the filter says nothing, or names what is not there.
    """
    return true() if text is None else _compiled(site, entity, text, Names(), utc=utc)


def names(site: Site, entity: Entity, text: str) -> Names:
    """What a filter depends on.

    Raises:
        LanguageError: the filter says nothing, or names what is not there.
    """
    found = Names()
    _compiled(site, entity, text, found, utc=False)
    return found


def _compiled(site: Site, entity: Entity, text: str, found: Names, *, utc: bool) -> ColumnElement[bool]:
    def resolve(statement: str) -> Operand | None:
        attribute = statements.attribute(site, entity, statement)
        if attribute is None:
            return None
        if attribute.field:
            found.fields.add(attribute.field)
        return attribute.operand(site)

    def member(statement: str) -> ColumnElement[bool] | None:
        found.memberships += 1
        list_id = statements.list_of(entity, statement)
        try:
            if list_id is None:
                return _member(site, entity, statement)
            lists.get(site, list_id)
        except NotFound:
            return None
        found.lists.add(list_id)
        return entity.members(list_id)

    zone, node = UTC if utc else EASTERN, language.parse(text)
    if entity.noun == "Contact":
        _check_segments(node, text)
    return language.to_sql(node, resolve, member, text, zone)


def _member(site: Site, entity: Entity, statement: str) -> ColumnElement[bool] | None:
    """The condition of being in a segment or filter of contacts, as they are now."""
    if entity.noun != "Contact":
        return None
    for noun, inside in ((segments.SEGMENT, segments.in_segment), (segments.FILTER, segments.in_filter)):
        key = statements.numbered(noun, statement)
        if key is not None:
            return inside(site, key)
    return None


_SYSTEM_DATES = (
    "contact.createdat",
    "contact.updatedat",
    "contact.field(c_datecreated)",
    "contact.field(c_datemodified)",
)


def _check_segments(node: language.Node, text: str) -> None:
    """A segment goes with at most two conditions on system dates: `S AND d AND e`, `S AND (d OR e)` [doc]."""
    parts = list(node.parts) if isinstance(node, language.And) else [node]
    segment = next((each for each in parts if _is_segment(each)), None)
    others = [each for each in parts if each is not segment]
    if segment is None:
        if any(_is_segment(each) for each in _leaves(node)):
            raise BadValue(text, None, "a segment is joined by AND, to conditions on system dates only")
        return
    if len(others) == 1 and isinstance(others[0], language.Or):
        others = list(others[0].parts)
    if len(others) > 2 or not all(_is_system_date(each) for each in others):
        raise BadValue(text, None, "a segment goes with at most two conditions, on system dates")


def _leaves(node: language.Node) -> Iterator[language.Node]:
    match node:
        case language.Not(part):
            yield from _leaves(part)
        case language.And(parts) | language.Or(parts):
            for each in parts:
                yield from _leaves(each)
        case _:
            yield node


def _is_segment(node: language.Node) -> bool:
    return isinstance(node, language.Exists) and statements.numbered(segments.SEGMENT, node.statement) is not None


def _is_system_date(node: language.Node) -> bool:
    if not isinstance(node, Comparison):
        return False
    return "".join(node.name.lower().split()).removeprefix("{{").removesuffix("}}") in _SYSTEM_DATES
