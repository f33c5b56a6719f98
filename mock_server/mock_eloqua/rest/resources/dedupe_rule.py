"""DedupeRule and DedupeRuleHandlerSet: 2.0 only, read-only [doc]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from mock_eloqua.crm import assets, dedupe_rules
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.dedupe_rules import ENTITY_TYPES, HANDLER_SET, RULE
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.asset import asset
from mock_eloqua.rest.failures import BadParameter
from mock_eloqua.rest.resource import Depth, Parameter, Property, Repository
from mock_eloqua.site import Site
from mock_eloqua.web.call import Call


def _marks(call: Call, *names: str) -> list[ColumnElement[bool]]:
    """What the query says of marks: `IsMatchRule=true`, in any letter case [inferred]."""
    given = {name.lower(): text.strip().lower() for name, text in call.query().items()}
    found = []
    for name in names:
        word = given.get(name.lower(), "")
        if word not in ("", "true", "false"):
            raise BadParameter(name, "BooleanRequirement", word)
        if word:
            found.append(dedupe_rules.has_mark(name[0].lower() + name[1:], word))
    return found


def rules_asked(call: Call) -> ColumnElement[bool]:
    """Rules between entities [doc], finished or not, for matches or not.

    Raises:
        BadParameter: a type is neither 1 nor 2, or a mark no boolean [inferred].
    """
    query, found = call.query(), _marks(call, "IsMatchRule", "IsCompleted")
    for name, stored in (("sourceType", "sourceEntityType"), ("targetType", "targetEntityType")):
        text = query.get(name, "").strip()
        if text and text not in ENTITY_TYPES:
            raise BadParameter(name, "EnumRequirement", text, tuple(ENTITY_TYPES))
        if text:
            found.append(assets.operand(stored) == ENTITY_TYPES[text])
    return and_(true(), *found)


def handler_sets_asked(call: Call) -> ColumnElement[bool]:
    """Handler sets for what does not match, or the others."""
    return and_(true(), *_marks(call, "isNonMatchesDestination"))


@dataclass(frozen=True)
class HandlerSets:
    """The handler sets of one rule."""

    rule_id: int
    all: Repository

    def get(self, site: Site, key: int) -> Asset:
        """One of them."""
        return dedupe_rules.handler_set(site, self.rule_id, key)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Asset], int]:
        """A page of them."""
        mine = and_(dedupe_rules.belongs(self.rule_id), where)
        return self.all.find(site, mine, order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Any:
        """As the declaration has it; no path leads here."""
        return self.all.create(site, given, user_id)

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Any:
        """As `create`."""
        return self.all.change(site, key, given, user_id)

    def delete(self, site: Site, key: int) -> None:
        """As `create`."""
        self.all.delete(site, key)

    def operand(self, site: Site, name: str) -> Operand | None:
        """Properties."""
        return self.all.operand(site, name)


def within(call: Call) -> Repository:
    """The handler sets of the rule that a call names."""
    rule_id = parameters.path_id(call, RULE, "ruleId")
    assets.get(call.site, RULE, rule_id)
    return HandlerSets(rule_id, HANDLER_SETS.repository)


DEDUPE_RULE = replace(
    asset(
        RULE,
        "assets/dedupeRule",
        Property("isCompleted", wire.BOOLEAN),
        Property("isMatchRule", wire.BOOLEAN),
        Property("sourceEntityType", wire.TEXT),
        Property("targetEntityType", wire.TEXT),
        versions={"2.0": "RL"},
        narrowed=rules_asked,
        query=(
            Parameter("sourceType", words=tuple(ENTITY_TYPES)),
            Parameter("targetType", words=tuple(ENTITY_TYPES)),
            "IsMatchRule",
            "IsCompleted",
        ),
    ),
    key="ruleId",
    list_depth=Depth.COMPLETE,
)
"""The list has no depth to ask for, so that it shows all [doc; inferred]."""

HANDLER_SETS = replace(
    asset(
        HANDLER_SET,
        "assets/dedupeRule/{ruleId}/handlerSet",
        Property("deletePermanentlyFromDestination", wire.BOOLEAN),
        Property("isNonMatchesDestination", wire.BOOLEAN),
        versions={"2.0": "RL"},
        narrowed=handler_sets_asked,
        query=("isNonMatchesDestination",),
    ),
    within=within,
)
