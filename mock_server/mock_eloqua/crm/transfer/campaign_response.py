"""Responses to campaigns as an entity of the Bulk API (`bulk` 4.4, 14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.crm import assets, campaign_responses, labels
from mock_eloqua.crm.campaign_responses import Pair, Response
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import campaign, columns, contact_rows, related, statements
from mock_eloqua.crm.transfer.batch import Batch, Layout, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.contact import CONTACT
from mock_eloqua.crm.transfer.entity import Attribute, Entity, FieldInfo, Run
from mock_eloqua.crm.transfer.merge import update_rule
from mock_eloqua.language import statement as language
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_table = tables.campaign_response
_CONTACT, _ADDRESS = "contact_id", related.ADDRESS
_SAID = ("member_status", "returned")


def _number(column: str) -> Attribute:
    return Attribute(
        slot=column,
        read=lambda run, _utc: list(map(str, run[column])),
        operand=columns.constant(Operand(_table.c[column], Kind.ID)),
        writable=column != "id",
        stored=columns.folded_or_bad,
        fold=columns.folded_id,
    )


def _text(column: str) -> Attribute:
    return Attribute(
        slot=column,
        read=lambda run, _utc: run[column],
        operand=columns.constant(Operand(_table.c[column], Kind.TEXT)),
        stored=columns.short,
        trims=False,
    )


_ATTRIBUTES = {
    "id": _number("id"),
    "createdat": columns.stamp(_table.c.created_at),
    "campaign.id": _number("campaign_id"),
    "contact.id": _number(_CONTACT),
    "field(memberstatus)": _text("member_status"),
    "field(integrationreturnvalue)": _text("returned"),
}
"""By what follows the noun, in lower case [doc in part]."""
_FIELDS = (
    ("Campaign Response Id", "Id", "number"),
    ("Created At", "CreatedAt", "date"),
    ("Campaign Id", "Campaign.Id", "number"),
    ("Contact Id", "Contact.Id", "number"),
    ("Member Status", "Field(MemberStatus)", "string"),
    ("Integration Return Value", "Field(IntegrationReturnValue)", "string"),
)


def attribute(site: Site, text: str) -> Attribute | None:
    """What a statement stands for, in any case."""
    parsed = statements.parsed(text)
    if parsed is None or str(parsed.root).lower() != "campaignresponse":
        return None
    known = _ATTRIBUTES.get(".".join(map(str, parsed.path)).lower())
    match parsed.path:
        case (language.Attribute(name), *rest) if known is None and name.lower() == "contact" and rest:
            return related.of_partner(site, CONTACT, _table.c.contact_id, rest)
        case (language.Attribute(name), *rest) if known is None and name.lower() == "campaign":
            return campaign.of_campaign(site, rest, lambda run: run["campaign_id"])
    return known


def catalogue(_site: Site) -> Sequence[FieldInfo]:
    """What is known of responses; none of them can be read by an id [doc]."""
    return [
        FieldInfo(
            id=None,
            name=name,
            internal_name=path.removeprefix("Field(").removesuffix(")"),
            data_type=data_type,
            statement=f"{{{{CampaignResponse.{path}}}}}",
            is_read_only=path in ("Id", "CreatedAt"),
        )
        for name, path, data_type in _FIELDS
    ]


def runs(site: Site, where: ColumnElement[bool], size: int, wanted: frozenset[str], after: int) -> Iterator[Run]:
    """The responses that fulfil *where*, by id, those *after* an id, *size* at a time."""
    return columns.consecutive(site, _table, where, size, wanted, after)


class ResponseLoad:
    """Rows of a campaign, a contact and a status; each contact has one response to a campaign."""

    def __init__(self, site: Site, layout: Layout, properties: Mapping[str, Any]) -> None:
        self._site = site
        self._keys = {each.slot: key for key, each in layout.attributes.items()}
        self._rules = {each.slot: update_rule(properties, key, each) for key, each in layout.attributes.items()}
        self._campaigns: dict[int, bool] = {}

    def run(self, batch: Batch) -> Loaded:
        """Keep the responses of a checked batch, inside the caller's write; bad rows are dropped from it."""
        known = self._contacts(batch)
        pairs = {row: pair for row in batch.left() if (pair := self._pair(batch, row, known)) is not None}
        responses = list(self._responses(batch, pairs))
        made, _ = campaign_responses.say(self._site, responses)
        return Loaded([each.contact_id for each in responses], Counter({Code.NEW_RECORDS: made}))

    def _responses(self, batch: Batch, pairs: Mapping[int, Pair]) -> Iterator[Response]:
        """What each row makes of the response that is there, or that a row before has made."""
        there = campaign_responses.of_pairs(self._site, set(pairs.values()))
        said = {pair: {slot: str(row[slot]) for slot in _SAID} for pair, row in there.items()}
        for row, pair in pairs.items():
            said[pair] = self._said(batch, row, said.get(pair))
            yield Response(*pair, said[pair]["member_status"], said[pair]["returned"])

    def _said(self, batch: Batch, row: int, old: Mapping[str, str] | None) -> dict[str, str]:
        """The new values where the update rule lets them in; without a column, or with a bad value, the old ones."""
        before, unfit = old or dict.fromkeys(_SAID, ""), batch.unfit.get(row, ())
        said = {slot: batch.values[key][row] for slot, key in self._keys.items() if key in batch.values}
        return {
            slot: said[slot]
            if slot in said
            and self._keys[slot] not in unfit
            and (old is None or self._rules[slot](said[slot], before[slot]))
            else before[slot]
            for slot in _SAID
        }

    def _text(self, batch: Batch, row: int, slot: str) -> str:
        key = self._keys.get(slot)
        return batch.values[key][row] if key in batch.values else ""

    def _contacts(self, batch: Batch) -> dict[str, int]:
        rows = batch.left()
        given = [self._text(batch, row, _ADDRESS).lower() or self._text(batch, row, _CONTACT) for row in rows]
        addresses = [each for each in given if "@" in each]
        ids = [int(each) for each in given if each.isascii() and each.isdigit()]
        there = {str(each): each for each in contact_rows.existing(self._site, ids)}
        return contact_rows.owners(self._site, addresses) | there

    def _pair(self, batch: Batch, row: int, known: Mapping[str, int]) -> Pair | None:
        """The campaign and the contact of a row; None where it names none, and is dropped."""
        who = self._text(batch, row, _ADDRESS).lower() or self._text(batch, row, _CONTACT)
        campaign = self._text(batch, row, "campaign_id")
        if not campaign or not self._is_campaign(int(campaign)):
            batch.drop(row, Code.NO_CAMPAIGN, *self._named("campaign_id"))
        elif who not in known:
            batch.drop(row, Code.NO_CONTACT, *(self._named(_ADDRESS) or self._named(_CONTACT)))
        else:
            return int(campaign), known[who]
        return None

    def _named(self, slot: str) -> tuple[str, ...]:
        return (self._keys[slot],) if slot in self._keys else ()

    def _is_campaign(self, key: int) -> bool:
        if key not in self._campaigns:
            try:
                self._campaigns[key] = bool(assets.get(self._site, "Campaign", key))
            except NotFound:
                self._campaigns[key] = False
        return self._campaigns[key]


CAMPAIGN_RESPONSE = Entity(
    path="campaignResponses",
    noun="CampaignResponse",
    attribute=attribute,
    fields=catalogue,
    load=ResponseLoad,
    identifies=False,
    always=(Code.NEW_RECORDS,),
    seen_by=partial(labels.seen_by, of=_table.c.contact_id),
    runs=runs,
)
