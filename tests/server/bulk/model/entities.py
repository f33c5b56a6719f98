"""What the model knows of contacts, accounts and records: their columns, their log codes, what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.server.bulk.model.values import (
    ADDRESS,
    DATE,
    FLAG,
    FORMAT,
    ID,
    LARGE,
    NAME,
    NUMBER,
    TEXT,
    WHOLE,
    WIDE,
    stamp,
)


@dataclass(frozen=True)
class Column:
    """What a column of an import can stand for."""

    statement: str
    kind: str
    prefix: str | None = None
    """Of ids as texts: what stands before the twelve digits; `""` of plain ids, which are no fields."""
    field_rule: str = "always"
    """What `useFieldRule` means for it; `never` writes to new records only."""
    default: str = ""
    """What a new record has that is told nothing."""
    is_system: bool = False
    """A date that the product writes: in UTC where an export asks for that."""
    is_fixed: bool = False
    """A record keeps what it was created with, however an update spells it."""
    is_link: bool = False
    """The address of the contact that a record is linked to."""

    @property
    def can_be_blank(self) -> bool:
        """May an import blank it?"""
        return self.kind not in (ADDRESS, NAME, FLAG, FORMAT)

    @property
    def identifies(self) -> bool:
        """May it be the identifier: no date, no large text, no boolean."""
        return self.kind not in (DATE, LARGE, FLAG, FORMAT) and not self.is_link

    @property
    def is_written(self) -> bool:
        """Does an import write it? Ids only identify."""
        return self.prefix is None


@dataclass(frozen=True)
class Entity:
    """A kind of record."""

    path: str
    """In uris of 2.0."""
    root: str
    """Of its statements."""
    columns: Mapping[str, Column]
    created: str
    updated: str = ""
    """Counts those that were there; `""`: nothing does."""
    linked: str = ""
    needed: str | None = None
    """The column without which there is no new record."""
    unique: str | None = None
    """The column whose values no two records share."""
    exists: str = "ELQ-00048"
    """Tells of a row that would be a second record of one value."""
    generated: str = ""
    """What generated values of the unique column begin with."""

    def statement(self, path: str) -> str:
        """`{{Contact.Id}}`."""
        return f"{{{{{self.root}.{path}}}}}"


@dataclass
class Record:
    """What is kept of one."""

    id: int
    created_at: datetime
    updated_at: datetime
    values: dict[str, str] = field(default_factory=dict)
    """By name of column, blank ones left out."""
    code: str = ""
    """Of records: their unique code."""
    contact: Record | None = None
    account: Record | None = None

    @property
    def address(self) -> str:
        """Of the contact that it is linked to."""
        return self.contact.values["email"] if self.contact else ""

    def stamps(self, *, utc: bool) -> tuple[str, str]:
        """When it was created and changed, as exports say it."""
        return stamp(self.created_at, utc=utc), stamp(self.updated_at, utc=utc)


@dataclass
class Store:
    """All records of an entity, in the order of their ids."""

    entity: Entity
    records: list[Record] = field(default_factory=list)
    contacts: Store | None = None
    """To whom records can be linked."""

    def contact_of(self, address: str) -> Record | None:
        """The contact that has an address."""
        known = self.contacts.records if self.contacts else []
        return next((each for each in known if each.values["email"].lower() == address.lower()), None)

    def add(self, values: Mapping[str, str], now: datetime) -> Record:
        """A new record."""
        defaults = {name: column.default for name, column in self.entity.columns.items()}
        said = {name: text for name, text in values.items() if text}
        made = Record(len(self.records) + 1, now, now, {name: text for name, text in (defaults | said).items() if text})
        made.code = said.get(self.entity.unique or "", "") or f"{self.entity.generated}{made.id:012d}"
        self.records.append(made)
        return made

    def owners(self) -> Iterator[tuple[str, Record]]:
        """Lower-case value of the unique column to who has it; a code outlives the value it came from."""
        for each in self.records:
            if self.entity.unique:
                value = each.code if self.entity.generated else each.values.get(self.entity.unique, "")
                yield value.lower(), each


def contacts() -> Entity:
    """Contacts, with one field of every kind and one of every update type."""
    marks = {"subscribed": ("IsSubscribed", FLAG, "true"), "bounced": ("IsBounced", FLAG, "false")}
    return Entity(
        path="contacts",
        root="Contact",
        columns={
            "email": _field("Contact", "C_EmailAddress", ADDRESS),
            "first": _field("Contact", "C_FirstName"),
            "company": _field("Contact", "C_Company"),
            "city": _field("Contact", "C_City"),
            "revenue": _field("Contact", "C_Company_Revenue1", NUMBER),
            "scored": _field("Contact", "C_Lead_Score_Date___Most_Recent1", DATE),
            "crm": Column("{{Contact.Field(C_LastModifiedByExtIntegrateSystem)}}", DATE, is_system=True),
            "notes": _field("Contact", "C_Notes1", LARGE),
            "visits": _field("Contact", "C_Visits1", WHOLE),
            "hat": _field("Contact", "C_Hat1", rule="ifNewIsNotNull"),
            "shoe": _field("Contact", "C_Shoe1", rule="ifExistingIsNull"),
            "tie": _field("Contact", "C_Tie1", rule="never"),
            **{
                name: Column(f"{{{{Contact.Email.{path}}}}}", kind, default=default)
                for name, (path, kind, default) in {**marks, "format": ("Format", FORMAT, "unspecified")}.items()
            },
            "id": Column("{{Contact.Id}}", ID, ""),
            "external": Column("{{Contact.Field(ContactIDExt)}}", ID, "CMOCK"),
        },
        created="ELQ-00004",
        updated="ELQ-00022",
        needed="email",
        unique="email",
    )


def accounts() -> Entity:
    """Accounts; their names need not differ."""
    return Entity(
        path="accounts",
        root="Account",
        columns={
            "company": _field("Account", "M_CompanyName", NAME),
            "city": _field("Account", "M_City"),
            "country": _field("Account", "M_Country"),
            "crm": Column("{{Account.Field(M_LastModifiedByExtIntegrateSystem)}}", DATE, is_system=True),
            "staff": _field("Account", "M_Staff1", WHOLE),
            "rating": _field("Account", "M_Rating1", NUMBER, rule="ifExistingIsNull"),
            "since": _field("Account", "M_Since1", DATE),
            "story": _field("Account", "M_Story1", LARGE),
            "id": Column("{{Account.Id}}", ID, ""),
            "external": Column("{{Account.Field(CompanyIDExt)}}", ID, "MMOCK"),
        },
        created="ELQ-00005",
        updated="ELQ-00023",
        needed="company",
    )


def opportunities() -> Entity:
    """Opportunities, which are written only."""
    texts = {name: _field("Opportunity", name.title()) for name in ("name", "stage")}
    return Entity(
        path="opportunities",
        root="Opportunity",
        columns={
            "id": Column("{{Opportunity.Id}}", TEXT, is_fixed=True),
            **texts,
            "amount": _field("Opportunity", "Amount", NUMBER),
            "account": _field("Opportunity", "AccountName"),
            "made": Column("{{Opportunity.CreatedAt}}", DATE),
        },
        created="ELQ-00049",
        needed="id",
    )


CUSTOM_FIELDS = (
    ("Contact", "Notes", "largeText", "always"),
    ("Contact", "Visits", "number", "always"),
    ("Contact", "Hat", "text", "newNotBlank"),
    ("Contact", "Shoe", "text", "existingBlank"),
    ("Contact", "Tie", "text", "newEmailAddress"),
    ("Account", "Staff", "number", "always"),
    ("Account", "Rating", "numeric", "existingBlank"),
    ("Account", "Since", "date", "always"),
    ("Account", "Story", "largeText", "always"),
)
"""The fields that a site needs besides those it has: entity, name, data type, update type."""
RECORD_FIELDS = {
    "order": ("text", WIDE),
    "buyer": ("text", WIDE),
    "amount": ("number", WHOLE),
    "weight": ("numeric", NUMBER),
    "due": ("date", DATE),
    "note": ("largeText", LARGE),
}
"""Of a custom object or an event, the first unique: data type of REST, kind."""


def records(noun: str, key: int, ids: Mapping[str, str]) -> Entity:
    """The records of a custom object (`CustomObject`) or an event (`Event`), given the ids of its fields."""
    root = f"{noun}[{key}]"
    codes = {
        "CustomObject": ("ELQ-00007", "ELQ-00012", "ELQ-00025"),
        "Event": ("ELQ-00077", "ELQ-00079", "ELQ-00078"),
    }[noun]
    return Entity(
        path=f"{'customObjects' if noun == 'CustomObject' else 'events'}/{key}",
        root=root,
        columns={
            **{name: Column(f"{{{{{root}.Field[{ids[name]}]}}}}", kind) for name, (_, kind) in RECORD_FIELDS.items()},
            "whose": Column(f"{{{{{root}.Contact.Field(C_EmailAddress)}}}}", ADDRESS, is_link=True),
            "id": Column(f"{{{{{root}.Id}}}}", ID, ""),
        },
        created=codes[0],
        updated=codes[1],
        linked=codes[2],
        unique="order",
        exists="ELQ-00026",
        generated="DMOCK",
    )


def _field(noun: str, name: str, kind: str = TEXT, rule: str = "always") -> Column:
    return Column(f"{{{{{noun}.Field({name})}}}}", kind, field_rule=rule)
