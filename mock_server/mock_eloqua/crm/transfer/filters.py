"""Filters of exports: which records they choose, and what they depend on."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, true

from mock_eloqua.crm import lists
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import statements
from mock_eloqua.crm.transfer.contact import UTC
from mock_eloqua.crm.transfer.entity import Entity
from mock_eloqua.dates import EASTERN
from mock_eloqua.language import filter as language
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
        if list_id is None:
            return None
        try:
            lists.get(site, list_id)
        except NotFound:
            return None
        found.lists.add(list_id)
        return entity.members(list_id)

    zone = UTC if utc else EASTERN
    return language.to_sql(language.parse(text), resolve, member, text, zone)
