"""Contacts as an entity of the Bulk API: what their statements stand for (`bulk` 14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import ColumnElement

from mock_eloqua.crm import contacts, fields, labels, lists, segments
from mock_eloqua.crm.contacts import EMAIL_FORMATS
from mock_eloqua.crm.fields import EMAIL_ADDRESS, FIRST_NAME, LAST_NAME, BadValue, Field
from mock_eloqua.crm.transfer import (
    campaign,
    columns,
    contact_actions,
    contact_items,
    contact_rows,
    lifetime,
    related,
    service_actions,
    statements,
)
from mock_eloqua.crm.transfer.account import ACCOUNT
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.entity import Attribute, Entity, FieldInfo, Records, Run
from mock_eloqua.language import statement as language
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_column = tables.contact.c


def attribute(site: Site, statement: str) -> Attribute | None:
    """What a statement stands for on contacts, in any case [inferred]."""
    return site.cached(_attributes).get(statement.lower()) or _further(site, statement)


def _further(site: Site, statement: str) -> Attribute | None:
    """What leads beyond the contact's own row: to its account, a campaign, a single asset."""
    parsed = statements.parsed(statement)
    if parsed is None or str(parsed.root).lower() != "contact":
        return None
    match parsed.path:
        case (language.Attribute(name), *rest) if name.lower() == "account" and rest:
            return related.of_partner(site, ACCOUNT, _column.account_id, rest)
        case (language.Attribute(name), *rest) if name.lower() == "campaign":
            known = site.has("source-campaign")
            return campaign.of_campaign(site, rest, campaign.source) if known else None
    return contact_items.attribute(site, parsed.path)


def _attributes(site: Site) -> dict[str, Attribute]:
    catalogue = fields.contact_fields(site).by_name.items()
    return _SPECIAL | {f"{{{{contact.field({name})}}}}": _of_field(site, field) for name, field in catalogue}


def _of_field(site: Site, field: Field) -> Attribute:
    name = field.internal_name
    return Attribute(
        slot=contact_rows.ID if name == "ContactIDExt" else field.key,
        uses=(lifetime.FIELDS, name),
        read=_reader(site, field),
        operand=partial(contacts.operand, internal_name=name),
        writable=not field.is_read_only,
        identifies=field.data_type not in ("date", "largeText") and (not field.is_read_only or name == "ContactIDExt"),
        stored=partial(fields.stored, field),
        all_plain=columns.plainness(field),
        trims=field.key == EMAIL_ADDRESS or field.data_type not in ("text", "largeText"),
        can_be_blank=field.key != EMAIL_ADDRESS,
        fold=partial(_folded_external_id, site.code) if name == "ContactIDExt" else str.lower,
        is_address=field.key == EMAIL_ADDRESS,
        update_type=field.update_type,
    )


def _reader(site: Site, field: Field) -> Callable[[Run, bool], Sequence[str]]:
    if field.internal_name in _OWN_STAMPS:
        return partial(columns.instants, _OWN_STAMPS[field.internal_name])
    if field.internal_name in _DERIVED:
        return partial(_DERIVED[field.internal_name], site.code)
    if field.internal_name == "C_LastModifiedByExtIntegrateSystem":
        return partial(columns.system_dates, field.key)
    return partial(columns.texts, field.key)


def _folded_external_id(code: str, text: str) -> str:
    """`CMOCK000000000012` is contact 12; the plain number is taken too [inferred]."""
    return columns.folded_id(text.strip().upper().removeprefix(f"C{code}"))


def _format(text: str) -> str:
    word = text.strip().lower()
    if word not in EMAIL_FORMATS:
        raise BadValue("EnumRequirement")
    return word


_OWN_STAMPS = {"C_DateCreated": "created_at", "C_DateModified": "updated_at"}
"""Fields that are the contact's own stamps, to their columns."""

_DERIVED: dict[str, Callable[[str, Run, bool], Sequence[str]]] = {
    "C_EmailAddress": lambda _code, run, _utc: run["email_address"],
    "ContactIDExt": lambda code, run, _utc: [f"C{code}{each:012d}" for each in run["id"]],
    "C_EmailAddressDomain": lambda _code, run, _utc: [each.partition("@")[2] for each in run["email_address"]],
    "C_FirstAndLastName": lambda _code, run, _utc: [
        f"{first} {last}".strip()
        for first, last in zip(*(run[columns.in_document(key)] for key in (FIRST_NAME, LAST_NAME)), strict=True)
    ],
}
"""Fields that the product works out itself; the same rules by row are in `crm.contacts`."""


_SPECIAL = {
    "{{contact.id}}": Attribute(
        slot=contact_rows.ID,
        read=lambda run, _utc: list(map(str, run["id"])),
        operand=columns.constant(Operand(_column.id, Kind.ID)),
        writable=False,
        fold=columns.folded_id,
    ),
    "{{contact.createdat}}": columns.stamp(_column.created_at),
    "{{contact.updatedat}}": columns.stamp(_column.updated_at),
    "{{contact.email.issubscribed}}": Attribute(
        slot="is_subscribed",
        read=partial(columns.flags, "is_subscribed"),
        operand=columns.constant(Operand(_column.is_subscribed, Kind.BOOLEAN)),
        identifies=False,
        stored=columns.flag,
        can_be_blank=False,
    ),
    "{{contact.email.isbounced}}": Attribute(
        slot="is_bounceback",
        read=partial(columns.flags, "is_bounceback"),
        operand=columns.constant(Operand(_column.is_bounceback, Kind.BOOLEAN)),
        identifies=False,
        stored=columns.flag,
        can_be_blank=False,
    ),
    "{{contact.email.format}}": Attribute(
        slot="email_format",
        read=lambda run, _utc: run["email_format"],
        operand=columns.constant(Operand(_column.email_format, Kind.TEXT)),
        identifies=False,
        stored=_format,
        can_be_blank=False,
    ),
}
"""Statements without a field, in lower case [client], [doc]."""

_NAMED = (
    ("Contact Id", "Id", "number"),
    ("Created At", "CreatedAt", "date"),
    ("Updated At", "UpdatedAt", "date"),
    ("Is Subscribed", "Email.IsSubscribed", "boolean"),
    ("Is Bounced", "Email.IsBounced", "boolean"),
    ("Email Format", "Email.Format", "string"),
)
"""What metadata list besides the fields [doc]: name, statement behind `Contact.`, data type [inferred in detail]."""


def catalogue(site: Site) -> Sequence[FieldInfo]:
    """The contact fields; those without a column of their own come last, with an empty uri [client]."""
    own = map(columns.of_field, fields.contact_fields(site).by_key.values())
    return [*own, *columns.special("Contact", _NAMED, _SPECIAL)]


def _on_list(site: Site, list_id: int) -> ColumnElement[bool]:
    lists.get(site, list_id)
    return lists.has_member(list_id)


CONTACT = Entity(
    path="contacts",
    noun="Contact",
    attribute=attribute,
    fields=catalogue,
    records=Records(
        matching=contact_rows.matching,
        create=contact_rows.create,
        change=contact_rows.change,
        room=contacts.room,
        created=Code.CREATED,
        updated=Code.UPDATED,
        needed=(EMAIL_ADDRESS,),
        unique_slot=EMAIL_ADDRESS,
        owners=contact_rows.owners,
    ),
    seen_by=labels.seen_by,
    runs=contact_rows.runs,
    memberships={
        "contactlist": _on_list,
        segments.SEGMENT.lower(): segments.in_segment,
        segments.FILTER.lower(): segments.in_filter,
    },
    standing=service_actions.standing(_column.id),
    destinations=(*contact_actions.DESTINATIONS, *service_actions.DESTINATIONS),
)
