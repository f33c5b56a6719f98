"""Filters of exports: which records they choose, and what they depend on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial

from sqlalchemy import ColumnElement, true

from mock_eloqua.access.limits import SEGMENT_DATES
from mock_eloqua.crm import segments
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import lifetime, statements
from mock_eloqua.crm.transfer.entity import Entity, Use
from mock_eloqua.dates import EASTERN
from mock_eloqua.language import filter as language
from mock_eloqua.language.comparison import Comparison
from mock_eloqua.language.errors import BadValue
from mock_eloqua.language.operands import Operand
from mock_eloqua.language.statement import Statement
from mock_eloqua.site import Site


@dataclass(slots=True)
class Names:
    """What a filter names."""

    uses: set[Use] = field(default_factory=set)
    memberships: int = 0
    """How many EXISTS there are."""
    standings: int = 0
    """How many STATUS."""


class NotInWorkflow(Exception):
    """A STATUS names an instance of an app that is in no active campaign or program."""


def condition(site: Site, entity: Entity, text: str | None, *, utc: bool) -> ColumnElement[bool]:
    """The condition that a filter means; without one, all records.

    Raises:
        LanguageError: the filter says nothing, or names what is not there.
        NotInWorkflow: it asks for the members of an app that has none.
    """
    return true() if text is None else _compiled(site, entity, text, Names(), utc=utc)


def names(site: Site, entity: Entity, text: str) -> Names:
    """What a filter depends on.

    Raises:
        LanguageError: the filter says nothing, or names what is not there.
        NotInWorkflow: it asks for the members of an app that has none.
    """
    found = Names()
    _compiled(site, entity, text, found, utc=False)
    return found


def standing(text: str | None) -> Statement | None:
    """The instance of an app whose members a filter asks for with STATUS."""
    found = (each for each in _leaves(language.parse(text)) if isinstance(each, language.Status)) if text else iter(())
    status = next(found, None)
    return statements.parsed(status.statement) if status else None


def _compiled(site: Site, entity: Entity, text: str, found: Names, *, utc: bool) -> ColumnElement[bool]:
    def resolve(statement: str) -> Operand | None:
        attribute = statements.attribute(site, entity, statement)
        if attribute is None:
            return None
        if attribute.uses:
            found.uses.add(attribute.uses)
        return attribute.operand(site)

    zone, node = UTC if utc else EASTERN, language.parse(text)
    if _SEGMENT in entity.memberships and site.has(SEGMENT_DATES.since):
        _check_segments(site, node, text)
    exists, status = partial(_member, site, entity, found), partial(_standing, site, entity, found, text)
    return language.to_sql(node, resolve, exists, text, zone, status)


def _member(site: Site, entity: Entity, found: Names, statement: str) -> ColumnElement[bool] | None:
    found.memberships += 1
    named = statements.numbered(statements.parsed(statement))
    inside = entity.memberships.get(named[0]) if named else None
    if named is None or inside is None:
        return None
    try:
        condition = inside(site, named[1])
    except NotFound:
        return None
    if named[0] == "contactlist":
        found.uses.add((lifetime.LISTS, named[1]))
    return condition


def _standing(
    site: Site, entity: Entity, found: Names, text: str, statement: str, status: str
) -> ColumnElement[bool] | None:
    found.standings += 1
    parsed = statements.parsed(statement)
    try:
        return entity.standing(site, parsed, status) if parsed else None
    except NotFound:
        raise NotInWorkflow(text) from None


_SEGMENT = segments.SEGMENT.lower()
_SYSTEM_DATES = (
    "contact.createdat",
    "contact.updatedat",
    "contact.field(c_datecreated)",
    "contact.field(c_datemodified)",
)


def _check_segments(site: Site, node: language.Node, text: str) -> None:
    """A segment goes with at most two conditions on system dates: `S AND d AND e`, `S AND (d OR e)` [doc: 19B]."""
    parts = list(node.parts) if isinstance(node, language.And) else [node]
    segment = next((each for each in parts if _is_segment(each)), None)
    others = [each for each in parts if each is not segment]
    if segment is None:
        if any(_is_segment(each) for each in _leaves(node)):
            raise BadValue(text, None, "a segment is joined by AND, to conditions on system dates only")
        return
    if len(others) == 1 and isinstance(others[0], language.Or):
        others = list(others[0].parts)
    few = not others or site.thresholds.allows(SEGMENT_DATES, len(others))
    if not few or not all(_is_system_date(each) for each in others):
        most = site.thresholds.most(SEGMENT_DATES)
        raise BadValue(text, None, f"a segment goes with at most {most} conditions, on system dates")


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
    named = statements.numbered(statements.parsed(node.statement)) if isinstance(node, language.Exists) else None
    return named is not None and named[0] == _SEGMENT


def _is_system_date(node: language.Node) -> bool:
    if not isinstance(node, Comparison):
        return False
    return "".join(node.name.lower().split()).removeprefix("{{").removesuffix("}}") in _SYSTEM_DATES
