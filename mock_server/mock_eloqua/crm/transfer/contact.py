"""Contacts as an entity of the Bulk API: what their statements stand for (`bulk` 14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from mock_eloqua import dates
from mock_eloqua.crm import contacts, fields, lists
from mock_eloqua.crm.addresses import WELL_FORMED
from mock_eloqua.crm.contacts import EMAIL_FORMATS
from mock_eloqua.crm.fields import EMAIL_ADDRESS, FIRST_NAME, LAST_NAME, BadValue, Field
from mock_eloqua.crm.transfer import contact_rows
from mock_eloqua.crm.transfer.entity import Attribute, Entity, Run
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables

UTC = ZoneInfo("UTC")
_column = tables.contact.c


def attribute(site: Site, statement: str) -> Attribute | None:
    """What a statement stands for on contacts, in any case [inferred]."""
    return site.cached(_attributes).get(statement.lower())


def _attributes(site: Site) -> dict[str, Attribute]:
    catalogue = fields.contact_fields(site).by_name.items()
    return _SPECIAL | {f"{{{{contact.field({name})}}}}": _of_field(site, field) for name, field in catalogue}


def _of_field(site: Site, field: Field) -> Attribute:
    name = field.internal_name
    return Attribute(
        slot=contact_rows.ID if name == "ContactIDExt" else field.key,
        field=name,
        read=_reader(site, field),
        operand=partial(contacts.operand, internal_name=name),
        writable=not field.is_read_only,
        identifies=field.data_type not in ("date", "largeText") and (not field.is_read_only or name == "ContactIDExt"),
        stored=partial(fields.stored, field),
        all_plain=_plainness(field),
        trims=field.key == EMAIL_ADDRESS or field.data_type not in ("text", "largeText"),
        can_be_blank=field.key != EMAIL_ADDRESS,
        fold=partial(_folded_external_id, site.code) if name == "ContactIDExt" else str.lower,
        update_type=field.update_type,
    )


def _plainness(field: Field) -> Callable[[list[str]], bool]:
    if field.key == EMAIL_ADDRESS:
        return partial(_all_addresses, field.longest)
    if field.data_type in ("text", "largeText"):
        return partial(_all_short, field.longest)
    return _all_blank


def _all_short(longest: int, column: list[str]) -> bool:
    return "\0" not in "".join(column) and max(map(len, column)) <= longest


def _all_addresses(longest: int, column: list[str]) -> bool:
    return None not in map(WELL_FORMED.fullmatch, column) and max(map(len, column)) <= longest


def _all_blank(column: list[str]) -> bool:
    return not any(column)


def _reader(site: Site, field: Field) -> Callable[[Run, bool], Sequence[str]]:
    if field.internal_name in _OWN_STAMPS:
        return partial(_instants, _OWN_STAMPS[field.internal_name])
    if field.internal_name in _DERIVED:
        return partial(_DERIVED[field.internal_name], site.code)
    if field.internal_name == "C_LastModifiedByExtIntegrateSystem":
        return partial(_system_dates, field.key)
    return partial(_texts, field.key)


def _texts(key: str, run: Run, _utc: bool) -> Sequence[str]:
    return [doc.get(key, "") for doc in run["doc"]]


def _instants(column: str, run: Run, utc: bool) -> Sequence[str]:
    zone = UTC if utc else dates.EASTERN
    return [_instant(moment, zone) for moment in run[column]]


@lru_cache(maxsize=4096)
def _instant(moment: int, zone: ZoneInfo) -> str:
    return dates.in_zone(moment, zone)


def _system_dates(key: str, run: Run, utc: bool) -> Sequence[str]:
    texts = _texts(key, run, utc)
    return [_in_utc(text) if text else "" for text in texts] if utc else texts


def _in_utc(text: str) -> str:
    try:
        return _instant(dates.from_eastern(text), UTC)
    except ValueError:
        return text  # the last hours of the year 9999, which some write for never


def _flags(column: str, run: Run, _utc: bool) -> Sequence[str]:
    return ["true" if on else "false" for on in run[column]]


def _folded_external_id(code: str, text: str) -> str:
    """`CMOCK000000000012` is contact 12; the plain number is taken too [inferred]."""
    return _folded_id(text.strip().upper().removeprefix(f"C{code}"))


def _folded_id(text: str) -> str:
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValueError(f"{text!r} is no id")
    return str(int(text))


def _flag(text: str) -> str:
    word = text.strip().lower()
    if word not in _FLAG_WORDS:
        raise BadValue("BooleanRequirement")
    return _FLAG_WORDS[word]


_FLAG_WORDS = {"true": "true", "1": "true", "false": "false", "0": "false"}
"""[inferred; `bulk` 11.1]"""


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
        f"{doc.get(FIRST_NAME, '')} {doc.get(LAST_NAME, '')}".strip() for doc in run["doc"]
    ],
}
"""Fields that the product works out itself; the same rules by row are in `crm.contacts`."""


def _constant(operand: Operand) -> Callable[[Site], Operand]:
    return lambda _site: operand


_SPECIAL = {
    "{{contact.id}}": Attribute(
        slot=contact_rows.ID,
        read=lambda run, _utc: list(map(str, run["id"])),
        operand=_constant(Operand(_column.id, Kind.ID)),
        writable=False,
        fold=_folded_id,
    ),
    "{{contact.createdat}}": Attribute(
        slot="created_at",
        read=partial(_instants, "created_at"),
        operand=_constant(Operand(_column.created_at, Kind.INSTANT)),
        writable=False,
        identifies=False,
    ),
    "{{contact.updatedat}}": Attribute(
        slot="updated_at",
        read=partial(_instants, "updated_at"),
        operand=_constant(Operand(_column.updated_at, Kind.INSTANT)),
        writable=False,
        identifies=False,
    ),
    "{{contact.email.issubscribed}}": Attribute(
        slot="is_subscribed",
        read=partial(_flags, "is_subscribed"),
        operand=_constant(Operand(_column.is_subscribed, Kind.BOOLEAN)),
        identifies=False,
        stored=_flag,
        can_be_blank=False,
    ),
    "{{contact.email.isbounced}}": Attribute(
        slot="is_bounceback",
        read=partial(_flags, "is_bounceback"),
        operand=_constant(Operand(_column.is_bounceback, Kind.BOOLEAN)),
        identifies=False,
        stored=_flag,
        can_be_blank=False,
    ),
    "{{contact.email.format}}": Attribute(
        slot="email_format",
        read=lambda run, _utc: run["email_format"],
        operand=_constant(Operand(_column.email_format, Kind.TEXT)),
        identifies=False,
        stored=_format,
        can_be_blank=False,
    ),
}
"""Statements without a field, in lower case [client], [doc]."""

CONTACT = Entity(
    path="contacts",
    noun="Contact",
    attribute=attribute,
    unique_slot=EMAIL_ADDRESS,
    list_noun="ContactList",
    matching=contact_rows.matching,
    owners=contact_rows.owners,
    create=contact_rows.create,
    change=contact_rows.change,
    runs=contact_rows.runs,
    members=lists.has_member,
    add_members=lists.add_members,
    remove_members=lists.remove_members,
)
"""The one entity served so far."""
