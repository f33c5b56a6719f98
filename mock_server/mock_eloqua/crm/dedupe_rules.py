"""Rules of deduplication, and the handler sets that say what becomes of what they find. They are read, never run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func

from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.site import Site

RULE, HANDLER_SET = "DedupeRule", "DedupeRuleHandlerSet"
ENTITY_TYPES = {"1": "contact", "2": "account"}
"""How a query names the entity of a rule [doc], and how we show it [inferred]."""

MARKS = ("deletePermanentlyFromDestination", "isNonMatchesDestination")
"""What a handler set says besides its name."""


def plant(
    site: Site,
    name: str,
    *,
    description: str = "",
    source: str = "contact",
    target: str = "contact",
    is_match_rule: bool = True,
    is_completed: bool = False,
    handler_sets: Sequence[Mapping[str, Any]] = (),
) -> Asset:
    """Add a rule with its handler sets: `name`, `deletePermanentlyFromDestination`, `isNonMatchesDestination`.

    Raises:
        Invalid: a name is missing.
        Duplicate: there is a rule of that name.
    """
    doc = {
        "description": description,
        "sourceEntityType": source,
        "targetEntityType": target,
        "isMatchRule": _word(is_match_rule),
        "isCompleted": _word(is_completed),
    }
    with site.database.writing():
        rule = assets.create(site, RULE, name=name, doc=doc)
        for each in handler_sets:
            inner = {"ruleId": str(rule.id)} | {mark: _word(bool(each.get(mark))) for mark in MARKS}
            assets.create(site, HANDLER_SET, name=str(each.get("name") or ""), doc=inner, unique=False)
    return rule


def _word(on: bool) -> str:
    return "true" if on else "false"


def handler_set(site: Site, rule_id: int, key: int) -> Asset:
    """The handler set of that id.

    Raises:
        NotFound: the rule has none.
    """
    found = assets.get(site, HANDLER_SET, key)
    if found.doc.get("ruleId") != str(rule_id):
        raise NotFound(HANDLER_SET, key)
    return found


def belongs(rule_id: int) -> ColumnElement[bool]:
    """A condition on handler sets: being of that rule."""
    return assets.operand("ruleId") == str(rule_id)


def has_mark(name: str, on: str) -> ColumnElement[bool]:
    """A condition: a mark is `true` or `false`."""
    return func.coalesce(assets.operand(name), "false") == on
