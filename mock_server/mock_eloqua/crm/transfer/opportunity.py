"""Opportunities as an entity of the Bulk API: written only, by the id that the sales system gave (`bulk` 4.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import literal, select

from mock_eloqua import dates
from mock_eloqua.crm import fields
from mock_eloqua.crm.fields import BadValue
from mock_eloqua.crm.transfer import columns, statements
from mock_eloqua.crm.transfer.account import ACCOUNT
from mock_eloqua.crm.transfer.batch import Batch, Layout, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.contact import CONTACT
from mock_eloqua.crm.transfer.draft import Draft
from mock_eloqua.crm.transfer.entity import Attribute, Change, Entity, FieldInfo, Record, Records
from mock_eloqua.crm.transfer.errors import Broken
from mock_eloqua.crm.transfer.kinds import IMPORT
from mock_eloqua.language import statement as language
from mock_eloqua.language.objects import without_blanks
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

ID = "external_id"
_ID_STATEMENT = "{{opportunity.id}}"
_table, _link = tables.opportunity, tables.opportunity_link


def _amount(text: str) -> str:
    return f"{Decimal(fields.number(text, whole=False)):.4f}"


def _date(text: str) -> str:
    try:
        return dates.read(text)
    except ValueError:
        raise BadValue("DateRequirement") from None


def _attribute(slot: str, stored: Any = columns.short, *, identifies: bool = False) -> Attribute:
    return Attribute(
        slot=slot,
        read=partial(columns.texts, slot),
        operand=columns.constant(None),
        identifies=identifies,
        stored=stored,
    )


_ATTRIBUTES = {
    _ID_STATEMENT: _attribute(ID, identifies=True),
    "{{opportunity.field(name)}}": _attribute("Name"),
    "{{opportunity.field(stage)}}": _attribute("Stage"),
    "{{opportunity.field(amount)}}": _attribute("Amount", _amount),
    "{{opportunity.field(accountname)}}": _attribute("AccountName"),
    "{{opportunity.createdat}}": _attribute("CreatedAt", _date),
}
_FIELDS = (
    ("Opportunity ID", "Id", "string", True),
    ("Opportunity Name", "Field(Name)", "string", True),
    ("Stage", "Field(Stage)", "string", True),
    ("Amount", "Field(Amount)", "number", True),
    ("Account Name", "Field(AccountName)", "string", False),
    ("Created At", "CreatedAt", "date", False),
)
"""Display name, what follows the noun, data type, is it needed [doc: the statements]."""
_NEEDED = tuple(f"{{{{Opportunity.{path}}}}}" for _, path, _, is_needed in _FIELDS if is_needed)


def attribute(_site: Site, statement: str) -> Attribute | None:
    """What a statement stands for, in any case."""
    return _ATTRIBUTES.get(statement.lower())


def catalogue(_site: Site) -> Sequence[FieldInfo]:
    """The six fields that are known [doc]."""
    return [
        FieldInfo(
            id=key,
            name=name,
            internal_name=path.removeprefix("Field(").removesuffix(")"),
            data_type=data_type,
            statement=f"{{{{Opportunity.{path}}}}}",
            is_required=is_needed,
            is_unique=path == "Id",
        )
        for key, (name, path, data_type, is_needed) in enumerate(_FIELDS, 1)
    ]


def _matching(site: Site, identifier: Attribute, folded: Sequence[str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in _rows(site, [each.lower() for each in folded]):
        record = Record(row["id"], {**row["doc"], ID: row["external_id"]}, row)
        found.setdefault(identifier.fold(row["external_id"]), []).append(record)
    return found


def _rows(site: Site, folded: Sequence[str]) -> list[dict[str, Any]]:
    query = select(_table).where(among(_table.c.external_ci, literal(to_json(list(folded)))))
    with site.database.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def _create(site: Site, given: Mapping[str, Sequence[str]]) -> Sequence[int]:
    names, now = given[ID], site.clock.now()
    ids = site.database.next_ids("opportunity", len(names))
    others = {slot: column for slot, column in given.items() if slot != ID}
    site.database.insert_many(
        _table,
        {
            "id": ids,
            "external_id": names,
            "external_ci": [each.lower() for each in names],
            "doc": without_blanks(others, len(names)),
        },
        {"created_at": now, "updated_at": now},
    )
    return ids


def _change(site: Site, changes: Sequence[Change]) -> None:
    if not changes:
        return
    documents = [
        {slot: text for slot, text in {**each.record.row["doc"], **each.values}.items() if text and slot != ID}
        for each in changes
    ]
    written: dict[str, Sequence[Any]] = {
        "id": [each.record.id for each in changes],
        "doc": documents,
        "updated_at": [site.clock.now()] * len(changes),
    }
    site.database.update_many(_table, written)


_RECORDS = Records(
    matching=_matching, create=_create, change=_change, created=Code.NEW_RECORDS, updated=None, needed=(ID,)
)


def _whole(draft: Draft) -> Iterator[Broken]:
    """Id, name, stage and amount are needed, and the id is the identifier [doc]."""
    given = {text.lower().replace(" ", ""): key for key, text in draft.fields.items()}
    for each in _NEEDED:
        if each.lower() not in given:
            yield Broken("fields", f"Must have the field {each}.")
    if draft.properties.get("identifierFieldName") != given.get(_ID_STATEMENT):
        yield Broken(
            "identifierFieldName",
            "Must be the key of {{Opportunity.Id}}.",
            draft.properties.get("identifierFieldName"),
        )


OPPORTUNITY = Entity(
    path="opportunities",
    noun="Opportunity",
    attribute=attribute,
    fields=catalogue,
    records=_RECORDS,
    rules={IMPORT: (_whole,)},
)

_LINKED = {"contact": CONTACT, "account": ACCOUNT}


def _link_attribute(site: Site, statement: str) -> Attribute | None:
    """`{{Opportunity.Id}}`, and a field of what it is linked to: `{{Opportunity.Contact.Field(C_EmailAddress)}}`."""
    if statement.lower() == _ID_STATEMENT:
        return _ATTRIBUTES[_ID_STATEMENT]
    parsed = statements.parsed(statement)
    match parsed.path if parsed is not None and str(parsed.root).lower() == "opportunity" else ():
        case (language.Attribute(name), *rest) if name.lower() in _LINKED and rest:
            entity = _LINKED[name.lower()]
            text = str(language.Statement(language.Root(entity.noun), tuple(rest), braced=True))
            found = statements.attribute(site, entity, text)
            return replace(found, writable=True) if found is not None and found.identifies else None
    return None


class LinkLoad:
    """Rows of an opportunity and whom it is about: links, which are there once."""

    def __init__(self, site: Site, layout: Layout, properties: Mapping[str, Any]) -> None:
        self._site = site
        kind = properties.get("linkOpportunitiesEntityType", "Contact")
        self._kind, self._records = kind, _LINKED[kind.lower()].records
        self._several = bool(properties.get("linkOpportunitiesMultipleSourceMatches", False))
        self._opportunity = next(key for key, each in layout.attributes.items() if each.slot == ID)
        self._partner, self._field = next((key, each) for key, each in layout.attributes.items() if each.slot != ID)

    def run(self, batch: Batch) -> Loaded:
        """Link what a checked batch names, inside the caller's write; rows that name nothing are dropped from it."""
        opportunities = self._opportunities(batch)
        partners = self._partners(batch)
        links = []
        for row in batch.left():
            opportunity = opportunities.get(self._text(batch, self._opportunity, row))
            found = partners.get(self._folded(batch, row), [])
            if opportunity is None:
                batch.drop(row, Code.NO_OPPORTUNITY, self._opportunity)
            elif not found:
                batch.drop(row, Code.NO_CONTACT, self._partner)
            elif len(found) > 1 and not self._several:
                batch.drop(row, Code.DUPLICATE, self._partner)
            else:
                links += [{"opportunity_id": opportunity, "kind": self._kind, "record_id": each} for each in found]
        made = self._site.database.insert_or_skip(_link, links) if links else 0
        return Loaded(counts=Counter({Code.NEW_RECORDS: made}))

    def _text(self, batch: Batch, key: str, row: int) -> str:
        return batch.values[key][row].lower() if key in batch.values else ""

    def _folded(self, batch: Batch, row: int) -> str:
        text = batch.values[self._partner][row] if self._partner in batch.values else ""
        try:
            return self._field.fold(text) if text else ""
        except ValueError:
            return ""

    def _opportunities(self, batch: Batch) -> dict[str, int]:
        wanted = {self._text(batch, self._opportunity, row) for row in batch.left()} - {""}
        return {row["external_ci"]: row["id"] for row in _rows(self._site, sorted(wanted))}

    def _partners(self, batch: Batch) -> dict[str, list[int]]:
        wanted = {self._folded(batch, row) for row in batch.left()} - {""}
        if self._records is None or not wanted:
            return {}
        matched = self._records.matching(self._site, self._field, sorted(wanted))
        return {key: [record.id for record in found] for key, found in matched.items()}


def _two_ends(draft: Draft) -> Iterator[Broken]:
    """An opportunity, and a contact or an account [doc]."""
    kind = draft.properties.get("linkOpportunitiesEntityType", "Contact")
    texts = [text.lower().replace(" ", "") for text in draft.fields.values()]
    others = [text for text in texts if text.startswith(f"{{{{opportunity.{kind.lower()}.")]
    if kind.lower() not in _LINKED:
        yield Broken("linkOpportunitiesEntityType", "Must be Contact or Account.", kind)
    elif _ID_STATEMENT not in texts or len(others) != 1 or len(texts) != 2:
        example = f"{{{{Opportunity.{kind}.Field(...)}}}}"
        yield Broken("fields", f"Must have {{{{Opportunity.Id}}}} and one field of the other, such as {example}.")


OPPORTUNITY_LINK = Entity(
    path="opportunities/contacts",
    noun="Opportunity",
    attribute=_link_attribute,
    fields=lambda _site: (),
    load=LinkLoad,
    identifies=False,
    always=(Code.NEW_RECORDS,),
    rules={IMPORT: (_two_ends,)},
)
