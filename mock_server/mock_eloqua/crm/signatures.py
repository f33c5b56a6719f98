"""Signatures: the layouts that e-mails take up, and rules by which value of a contact stands for which sender [doc].

Layouts come with seeds; REST has no calls for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy import delete as sql_delete

from mock_eloqua.access import users
from mock_eloqua.access.limits import SIGNATURE_MAPPINGS
from mock_eloqua.crm import assets
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

RULE, LAYOUT = "EmailSignatureRule", "EmailSignatureLayout"
_table = tables.signature_mapping


@dataclass(frozen=True, slots=True)
class Mapping:
    """One value and its sender, the id of a user."""

    match_value: str
    sender_id: int


OPERANDS = {
    "matchValue": Operand(_table.c.match_value, Kind.TEXT),
    "senderId": Operand(_table.c.sender_id, Kind.ID),
}


def of_rule(rule_id: int) -> ColumnElement[bool]:
    """The condition that a mapping is one of a rule."""
    return _table.c.rule_id == rule_id


def find(
    site: Site, where: ColumnElement[bool], *, order_by: Sequence[ColumnElement[Any]], offset: int, limit: int
) -> tuple[list[Mapping], int]:
    """A page of the mappings that fulfil *where*, and how many do in all."""
    columns = [_table.c.match_value, _table.c.sender_id]
    rows, total = page(site.database, _table, columns, where, order_by=order_by, by="place", offset=offset, limit=limit)
    return [Mapping(*row) for row in rows], total


def add(site: Site, rule_id: int, given: Sequence[Mapping]) -> None:
    """Further mappings of a rule.

    Raises:
        NotFound: there is no such rule.
        Invalid: a sender is no user, or a value comes twice, or there are too many.
        Duplicate: a value has a sender already [inferred].
    """
    with site.database.writing() as connection:
        assets.get(site, RULE, rule_id)
        known = connection.execute(select(_table.c.match_value, _table.c.place).where(of_rule(rule_id))).all()
        _check(site, given, len(known))
        taken = {row.match_value for row in known}
        again = next((each.match_value for each in given if each.match_value in taken), None)
        if again is not None:
            raise Duplicate(Failure("matchValue", "NoDuplicatesRequirement", again))
        first = max((row.place for row in known), default=0) + 1
        _insert(site, rule_id, given, first)


def replace(site: Site, rule_id: int, given: Sequence[Mapping]) -> None:
    """These and no other mappings for a rule [doc]; Raises as `add`."""
    with site.database.writing():
        assets.get(site, RULE, rule_id)
        _check(site, given, 0)
        forget(site, rule_id)
        _insert(site, rule_id, given, 1)


def clear(site: Site, rule_id: int) -> None:
    """No mapping for a rule; NotFound where there is no such rule."""
    with site.database.writing():
        assets.get(site, RULE, rule_id)
        forget(site, rule_id)


def forget(site: Site, rule_id: int) -> None:
    """The mappings of a rule that is gone."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(of_rule(rule_id)))


def _check(site: Site, given: Sequence[Mapping], known: int) -> None:
    if not site.thresholds.allows(SIGNATURE_MAPPINGS, known + len(given)):
        raise Invalid(Failure("mappings", "ContentRequirement", str(known + len(given))))
    senders = {user.id for user in users.everyone(site).values()}
    failures, seen = [], set()
    for each in given:
        if not each.match_value:
            failures.append(Failure("matchValue", "NotNullRequirement", None))
        elif each.match_value in seen:
            failures.append(Failure("matchValue", "NoDuplicatesRequirement", each.match_value))
        elif "\0" in each.match_value:
            failures.append(Failure("matchValue", "ContentRequirement", each.match_value))
        if each.sender_id not in senders:
            failures.append(Failure("senderId", "RelationshipRequirement", str(each.sender_id)))
        seen.add(each.match_value)
    if failures:
        raise Invalid(*failures)


def _insert(site: Site, rule_id: int, given: Sequence[Mapping], first: int) -> None:
    if given:
        columns = {
            "place": range(first, first + len(given)),
            "match_value": [each.match_value for each in given],
            "sender_id": [each.sender_id for each in given],
        }
        site.database.insert_many(_table, columns, {"rule_id": rule_id})
