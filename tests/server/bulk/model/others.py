"""Imports of the model that only add, or that only carry something: by entity, what becomes of a row (`bulk` 4.4, 10).

Rows have no identifier here, or one that is the whole row. Each class says what one good row does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from tests.server.bulk.model.imports import Report, Row, Tally, column_lines, rows
from tests.server.bulk.model.matching import RULES, Refusal
from tests.server.bulk.model.uploads import Upload
from tests.server.bulk.model.values import ADDRESS, DATE, ID, TEXT, Unfit, is_blank, kept

PHONE = "phone"


@dataclass
class Others:
    """What a site has besides contacts, accounts and records."""

    contacts: Mapping[str, int]
    """Lower-case address to id."""
    campaigns: frozenset[str]
    asset_types: Mapping[str, str]
    """Lower-case type of external assets to the one type of activity that it has."""
    opportunities: frozenset[str] = frozenset()
    """Their ids, in lower case."""
    assets: set[tuple[str, str]] = field(default_factory=set)
    activities: list[dict[str, str]] = field(default_factory=list)
    responses: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    links: set[tuple[str, int]] = field(default_factory=set)
    said: dict[str, bool] = field(default_factory=dict)
    """Of addresses or phone numbers: what was said of them last."""

    def contact(self, values: Mapping[str, str]) -> int:
        """The contact that a row names by its address; Refusal: there is none."""
        found = self.contacts.get(values.get("who", "").lower())
        if found is None:
            raise Refusal("ELQ-00085", "who")
        return found

    def check_campaign(self, key: str) -> None:
        """Refusal: there is no such campaign."""
        if key not in self.campaigns:
            raise Refusal("ELQ-00055", "campaign")


class Kind:
    """How the rows of an entity go in."""

    path: str
    statements: ClassVar[dict[str, str]]
    kinds: ClassVar[dict[str, str]]
    always: tuple[str, ...]
    identifier: str | None = None

    def bring_in(self, world: Others, values: Mapping[str, str], rule: Callable[[str, str], bool]) -> list[str]:
        """Take one row; the codes that count it. Refusal: it cannot go in."""
        raise NotImplementedError


class Activity(Kind):
    """External activities: never updated; an asset that is not there is made."""

    path = "activities"
    statements: ClassVar = {
        "who": "{{Activity.Contact.Field(C_EmailAddress)}}",
        "campaign": "{{Activity.Campaign.Id}}",
        "asset": "{{Activity.Asset.Name}}",
        "type": "{{Activity.Asset.Type}}",
        "what": "{{Activity.Type}}",
        "when": "{{Activity.CreatedAt}}",
    }
    kinds: ClassVar = {"who": ADDRESS, "campaign": "any", "asset": "any", "type": "any", "what": "any", "when": "any"}
    always = ("ELQ-00069",)

    def bring_in(self, world: Others, values: Mapping[str, str], rule: Callable[[str, str], bool]) -> list[str]:
        for name in ("asset", "type", "what", "when"):
            if not values.get(name):
                raise Refusal("ELQ-00061", name)
        contact = world.contact(values)
        try:
            when = kept(DATE, values["when"])
        except Unfit:
            raise Refusal("ELQ-00040", "when") from None
        if values.get("campaign"):
            world.check_campaign(values["campaign"])
        if values["type"].lower() not in world.asset_types:
            raise Refusal("ELQ-00072", "type")
        if world.asset_types[values["type"].lower()].lower() != values["what"].lower():
            raise Refusal("ELQ-00070", "what")
        asset = values["type"].lower(), values["asset"].lower()
        is_new = asset not in world.assets
        world.assets.add(asset)
        world.activities.append({"contact": str(contact), "when": when, "campaign": values.get("campaign", "")})
        return ["ELQ-00069", *(["ELQ-00068"] if is_new else [])]


class Response(Kind):
    """Responses to campaigns: a contact has one to each."""

    path = "campaignResponses"
    statements: ClassVar = {
        "campaign": "{{CampaignResponse.Campaign.Id}}",
        "who": "{{CampaignResponse.Contact.Field(C_EmailAddress)}}",
        "status": "{{CampaignResponse.Field(MemberStatus)}}",
        "returned": "{{CampaignResponse.Field(IntegrationReturnValue)}}",
    }
    kinds: ClassVar = {"campaign": ID, "who": ADDRESS, "status": TEXT, "returned": TEXT}
    always = ("ELQ-00049",)

    def bring_in(self, world: Others, values: Mapping[str, str], rule: Callable[[str, str], bool]) -> list[str]:
        world.check_campaign(values.get("campaign", ""))
        pair = values["campaign"], world.contact(values)
        is_new = pair not in world.responses
        old = world.responses.setdefault(pair, {"status": "", "returned": ""})
        for name in old:
            if name in values and (is_new or rule(values[name], old[name])):
                old[name] = values[name]
        return ["ELQ-00049"] if is_new else []


class Link(Kind):
    """Links of opportunities to contacts, each there once."""

    path = "opportunities/contacts"
    statements: ClassVar = {"deal": "{{Opportunity.Id}}", "who": "{{Opportunity.Contact.Field(C_EmailAddress)}}"}
    kinds: ClassVar = {"deal": TEXT, "who": ADDRESS}
    always = ("ELQ-00049",)

    def bring_in(self, world: Others, values: Mapping[str, str], rule: Callable[[str, str], bool]) -> list[str]:
        deal = values.get("deal", "").lower()
        if deal not in world.opportunities:
            raise Refusal("ELQ-00084", "deal")
        link = deal, world.contact(values)
        is_new = link not in world.links
        world.links.add(link)
        return ["ELQ-00049"] if is_new else []


class Address(Kind):
    """E-mail addresses, with a contact or without."""

    path = "emailAddresses"
    statements: ClassVar = {"it": "{{EmailAddress.Field(EmailAddress)}}"}
    kinds: ClassVar = {"it": ADDRESS}
    always = ("ELQ-00033", "ELQ-00035", "ELQ-00017")
    identifier = "it"

    def bring_in(self, world: Others, values: Mapping[str, str], rule: Callable[[str, str], bool]) -> list[str]:
        address = values["it"].lower()
        is_known = address in world.contacts or address in world.said
        world.said[address] = True
        return ["ELQ-00035" if is_known else "ELQ-00033", "ELQ-00017"]


class Phone(Kind):
    """Phone numbers, however they are written."""

    path = "phoneNumbers"
    statements: ClassVar = {"it": "{{PhoneNumber.Field(PhoneNumber)}}"}
    kinds: ClassVar = {"it": PHONE}
    always = ("ELQ-00049", "ELQ-00017")
    identifier = "it"

    def bring_in(self, world: Others, values: Mapping[str, str], rule: Callable[[str, str], bool]) -> list[str]:
        is_new = values["it"] not in world.said
        world.said[values["it"]] = True
        return [*(["ELQ-00049"] if is_new else []), "ELQ-00017"]


KINDS: tuple[Kind, ...] = (Activity(), Response(), Link(), Address(), Phone())


def load(kind: Kind, world: Others, keys: Sequence[str], uploads: Sequence[Upload], rule: str = "always") -> Report:
    """Import into the model."""
    tables = [each.table(keys) for each in uploads if each.rows]
    total = sum(len(each.rows) for each in tables)
    lines = [("ELQ-00130", total), ("ELQ-00137", 0)]
    if not total:
        return Report([*lines, ("ELQ-00124", 0)])
    if not any(each.columns for each in tables):
        return Report([*lines, ("ELQ-00127", 0)])
    tally = Tally(keys)
    good = [row for row in rows(tables) if _is_good(kind, row, tally)]
    last = {row.values[kind.identifier].lower(): row for row in good} if kind.identifier else {}
    for row in good:
        if kind.identifier and last[row.values[kind.identifier].lower()] is not row:
            tally.drop(row, "ELQ-00026", kind.identifier)
            continue
        try:
            tally.counted.update(kind.bring_in(world, row.values, RULES[rule]))
        except Refusal as refusal:
            tally.drop(row, refusal.code, *(each for each in refusal.fields if each in keys))
            continue
        tally.tell_unfit(row)
    return Report([*lines, *column_lines(keys, tables), *tally.counts(total, kind.always)], tally.sorted_rejects())


def _is_good(kind: Kind, row: Row, tally: Tally) -> bool:
    """Steps 4 and 5 of chapter 10."""
    if not any(text.strip() for text in row.cells.values()):
        tally.drop(row, "ELQ-00059")
        return False
    if kind.identifier and not row.cells.get(kind.identifier, "").strip():
        tally.drop(row, "ELQ-00061", kind.identifier)
        return False
    for name, text in row.cells.items():
        try:
            row.values[name] = _read(kind.kinds[name], text)
        except Unfit:
            row.unfit.append(name)
    bad = [name for name in row.unfit if kind.kinds[name] == ADDRESS]
    if bad:
        tally.drop(row, "ELQ-00002", *bad)
    elif kind.identifier in row.unfit:
        tally.drop(row, "ELQ-00040", kind.identifier or "")
    return not bad and kind.identifier not in row.unfit


def _read(kind: str, text: str) -> str:
    if kind == "any":
        return text.strip()
    if kind == PHONE:
        return "" if is_blank(PHONE, text) else _phone(text)
    return kept(kind, text)


def _phone(text: str) -> str:
    """`+` and digits; ten digits alone are North American."""
    digits = re.sub(r"[\s().\-/]", "", text)
    digits = re.sub(r"^00", "+", digits)
    if not re.fullmatch(r"\+?[0-9]{7,15}", digits, re.ASCII):
        raise Unfit
    return digits if digits.startswith("+") else f"+1{digits}" if len(digits) == 10 else f"+{digits}"
