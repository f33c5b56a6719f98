"""Records of custom objects and events as entities of the Bulk API, one for each object (`bulk` 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mock_eloqua.crm import assets, fields, records
from mock_eloqua.crm.fields import Field
from mock_eloqua.crm.records import Owner
from mock_eloqua.crm.transfer import columns, record_rows, related, service_actions, statements
from mock_eloqua.crm.transfer.account import ACCOUNT
from mock_eloqua.crm.transfer.batch import Layout, Load
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.contact import CONTACT
from mock_eloqua.crm.transfer.entity import Attribute, Entity, FieldInfo, Records
from mock_eloqua.crm.transfer.kinds import IMPORT
from mock_eloqua.crm.transfer.merge import Merge
from mock_eloqua.crm.transfer.record_mapping import Linking, Partner, rule
from mock_eloqua.language import statement as language
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_column = tables.custom_object_record.c
PARTNERS = {"Contact": Partner(CONTACT, "contact_id"), "Company": Partner(ACCOUNT, "account_id")}


@dataclass(frozen=True, slots=True)
class _Sort:
    """Custom objects, or events."""

    kind: str
    path: str
    noun: str
    created: Code
    updated: Code
    linked: Code


_CUSTOM_OBJECTS = _Sort(
    records.CUSTOM_OBJECT,
    "customObjects",
    "CustomObject",
    Code.RECORDS_CREATED,
    Code.RECORDS_UPDATED,
    Code.RECORDS_LINKED,
)
_EVENTS = _Sort(
    records.EVENT, "events", "Event", Code.REGISTRANTS_CREATED, Code.REGISTRANTS_UPDATED, Code.REGISTRANTS_LINKED
)


def custom_object(site: Site, key: int) -> Entity:
    """The records of a custom object. NotFound: there is none."""
    return _entity(site, _CUSTOM_OBJECTS, key)


def event(site: Site, key: int) -> Entity:
    """The registrations of an event. NotFound: there is none."""
    return _entity(site, _EVENTS, key)


def _entity(site: Site, sort: _Sort, key: int) -> Entity:
    of = records.owner(site, sort.kind, key)
    kept = Records(
        matching=record_rows.matching(of),
        create=record_rows.create(of),
        change=record_rows.change(of),
        created=sort.created,
        updated=sort.updated,
        exists=Code.DUPLICATE,
        unique_slot=of.unique_code or None,
        keeps_unique=True,
        owners=record_rows.owners(of),
    )
    return Entity(
        path=f"{sort.path}/{key}",
        noun=sort.noun,
        attribute=partial(_attribute, of, sort.noun),
        fields=partial(_catalogue, of, sort.noun),
        records=kept,
        load=partial(_load, kept, sort),
        always=(sort.created, sort.updated),
        runs=record_rows.runs(of),
        standing=service_actions.standing(_column.id),
        destinations=service_actions.DESTINATIONS if sort is _CUSTOM_OBJECTS else (),
        rules={IMPORT: (rule(PARTNERS),)},
    )


def _load(kept: Records, sort: _Sort, site: Site, layout: Layout, properties: Mapping[str, Any]) -> Load:
    merge = Merge(site, layout, kept, properties)
    if not properties.get("mapDataCards"):
        return merge
    return Linking(site, merge, layout, PARTNERS[properties["mapDataCardsEntityType"]], properties, sort.linked)


def _attribute(of: Owner, noun: str, site: Site, text: str) -> Attribute | None:
    """What a statement stands for: `{{CustomObject[5].Field[17]}}`, `{{CustomObject[5].Contact.Id}}` [client]."""
    parsed = statements.parsed(text)
    if parsed is None or statements.numbered(language.Statement(parsed.root, (), braced=True)) != (noun.lower(), of.id):
        return None
    match parsed.path:
        case (language.FieldId(key),) if key in of.fields.by_key:
            return _of_field(of, of.fields.by_key[key])
        case (language.FieldName(name),) if (found := of.fields.named(name)) is not None:
            return _of_field(of, found)
        case (language.Attribute(name),):
            return _OWN.get(name.lower())
        case (language.Attribute(name), *rest) if name.lower() in _PARTNERS:
            return _of_partner(site, _PARTNERS[name.lower()], rest)
    return None


def _of_field(of: Owner, field: Field) -> Attribute:
    return Attribute(
        slot=field.key,
        read=partial(columns.texts, field.key),
        operand=lambda _site: records.operand(of, field.internal_name),
        identifies=field.data_type not in ("date", "largeText"),
        stored=partial(fields.stored, field),
        all_plain=columns.plainness(field),
        trims=field.data_type not in ("text", "largeText"),
    )


_OWN = {
    "id": Attribute(
        slot=record_rows.ID,
        read=lambda run, _utc: list(map(str, run["id"])),
        operand=columns.constant(Operand(_column.id, Kind.ID)),
        writable=False,
        fold=columns.folded_id,
    ),
    "externalid": Attribute(
        slot=record_rows.CODE,
        read=lambda run, _utc: run["unique_code"],
        operand=columns.constant(Operand(_column.code_ci, Kind.TEXT, folded=True)),
        writable=False,
    ),
    "createdat": columns.stamp(_column.created_at),
    "updatedat": columns.stamp(_column.updated_at),
}
"""Statements of a record's own, without a field: by what follows the noun, in lower case."""
_NAMED = (("Id", "Id", "number"), ("Created At", "CreatedAt", "date"), ("Updated At", "UpdatedAt", "date"))
_PARTNERS = {each.entity.noun.lower(): each for each in PARTNERS.values()}


def _of_partner(site: Site, partner: Partner, path: Sequence[language.Step]) -> Attribute | None:
    """A value of the contact or account that a record is linked to; one with a bad address goes in, unlinked."""
    found = related.of_partner(site, partner.entity, _column[partner.column], path)
    return found and replace(found, is_address=False)


def _catalogue(of: Owner, noun: str, site: Site) -> Sequence[FieldInfo]:
    """Its fields, and those without a column, which clients look for here: tap-eloqua finds `UpdatedAt` [client]."""
    made, stem = assets.get(site, of.kind, of.id), f"{noun}[{of.id}]"
    own = [
        FieldInfo(
            id=field.id,
            name=field.name,
            internal_name=field.internal_name,
            data_type=columns.DATA_TYPES.get(field.data_type, "string"),
            statement=f"{{{{{stem}.Field[{field.key}]}}}}",
            is_unique=field.key == of.unique_code,
            created_at=made.created_at,
            created_by=made.created_by,
            updated_at=made.updated_at,
            updated_by=made.updated_by,
        )
        for field in of.fields.by_key.values()
    ]
    return [*own, *columns.special(stem, _NAMED, {f"{{{{{stem}.{name}}}}}".lower(): _OWN[name] for name in _OWN})]
