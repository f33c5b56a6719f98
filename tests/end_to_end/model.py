"""An Eloqua in plain Python, by the reference alone (`rest` 8, 10, 18): what the product is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.end_to_end.values import ADDRESS, FIELDS, Unfit, kept


class Refused(Exception):
    """The model will not do it; nothing has changed."""


class Missing(Refused):
    """There is no such record."""


class Duplicate(Refused):
    """Another contact has the address."""


class Invalid(Refused):
    """Values do not fit: field to the broken rule, as `values.Unfit` names it; `blank` for an address that lacks."""

    def __init__(self, broken: Mapping[str, str]) -> None:
        super().__init__(broken)
        self.broken = broken


@dataclass
class Contact:
    """A contact; instants are milliseconds since 1970."""

    id: int
    values: dict[str, str]
    """Field to value, blank ones left out."""
    created_at: int
    created_by: str | None
    updated_at: int
    updated_by: str | None
    is_subscribed: bool = True
    subscribed_at: int | None = None
    unsubscribed_at: int | None = None
    is_bounced: bool = False
    bounced_at: int | None = None
    email_format: str = "unspecified"

    @property
    def address(self) -> str:
        return self.values[ADDRESS]


@dataclass
class ContactList:
    """A list; the ids of its members."""

    id: int
    name: str
    updated_at: int
    members: set[int] = field(default_factory=set)


Marks = Mapping[str, Any]
"""What is to become of `is_subscribed`, `is_bounced`, `email_format`; what is not named stays."""


class World:
    """One site."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.contacts: dict[int, Contact] = {}
        self.lists: dict[int, ContactList] = {}
        self._remembered: dict[str, tuple[bool, int | None, int | None]] = {}
        self._last = self._unnamed = 0

    def create(self, values: Mapping[str, str], marks: Marks, by: str | None) -> Contact:
        """A new contact, whose id the real one has still to tell."""
        fitting = _fitting(values)
        if not fitting.get(ADDRESS):
            raise Invalid({ADDRESS: "blank"})
        self._check_free(fitting[ADDRESS])
        return self.add(fitting, marks, by)

    def add(self, fitting: Mapping[str, str], marks: Marks, by: str | None) -> Contact:
        """A new contact of values that fit."""
        self._unnamed -= 1
        new = Contact(self._unnamed, _filled(fitting), self.now, by, self.now, by, subscribed_at=self.now)
        if new.address.lower() in self._remembered:
            new.is_subscribed, new.subscribed_at, new.unsubscribed_at = self._remembered[new.address.lower()]
        self._mark(new, marks)
        self.contacts[new.id] = new
        return new

    def name(self, contact: Contact, real: int) -> None:
        """Give a new contact its id, which nobody has had before."""
        assert real > self._last, f"{contact.address} got the id {real} after {self._last}"
        self._last = real
        del self.contacts[contact.id]
        for each in self.lists.values():
            if contact.id in each.members:
                each.members = each.members - {contact.id} | {real}
        contact.id = real
        self.contacts[real] = contact

    def change(self, key: int, values: Mapping[str, str], marks: Marks, by: str | None) -> Contact:
        """Write to a contact, which counts as updated even if all was so before."""
        if key not in self.contacts:
            raise Missing
        contact, fitting = self.contacts[key], _fitting(values)
        if fitting.get(ADDRESS) == "":
            raise Invalid({ADDRESS: "blank"})
        self._check_free(fitting.get(ADDRESS, contact.address), contact)
        self.write(contact, fitting, marks, by)
        return contact

    def write(self, contact: Contact, fitting: Mapping[str, str], marks: Marks, by: str | None) -> None:
        """Write values that fit."""
        contact.values = _filled({**contact.values, **fitting})
        contact.updated_at, contact.updated_by = self.now, by
        self._mark(contact, marks)

    def delete(self, key: int) -> None:
        """Remove a contact; its address keeps its subscription."""
        if key not in self.contacts:
            raise Missing
        gone = self.contacts.pop(key)
        self._remembered[gone.address.lower()] = (gone.is_subscribed, gone.subscribed_at, gone.unsubscribed_at)
        for each in self.lists.values():
            each.members.discard(key)

    def owner(self, address: str) -> Contact | None:
        """Who has an address, in whatever case."""
        return next((each for each in self.contacts.values() if each.address.lower() == address.lower()), None)

    def change_list(self, key: int, name: str, additions: Iterable[int], deletions: Iterable[int]) -> ContactList:
        """Name a list, made when it is not there, and move its members: additions first."""
        found = self.lists.setdefault(key, ContactList(key, name, self.now))
        found.name, found.updated_at = name, self.now
        found.members = (found.members | set(additions)) & self.contacts.keys() - set(deletions)
        return found

    def is_taken(self, name: str, but: int | None = None) -> bool:
        """Does another list have that name?"""
        return any(each.name.lower() == name.lower() and each.id != but for each in self.lists.values())

    def _check_free(self, address: str, by: Contact | None = None) -> None:
        if self.owner(address) not in (None, by):
            raise Duplicate

    def _mark(self, contact: Contact, marks: Marks) -> None:
        if marks.get("is_subscribed", contact.is_subscribed) != contact.is_subscribed:
            contact.is_subscribed = marks["is_subscribed"]
            stamp = "subscribed_at" if contact.is_subscribed else "unsubscribed_at"
            setattr(contact, stamp, self.now)
        if marks.get("is_bounced", contact.is_bounced) != contact.is_bounced:
            contact.is_bounced = marks["is_bounced"]
            contact.bounced_at = self.now if contact.is_bounced else None
        contact.email_format = marks.get("email_format", contact.email_format)


def _fitting(values: Mapping[str, str]) -> dict[str, str]:
    fitting, broken = {}, {}
    for name, text in values.items():
        try:
            fitting[name] = kept(FIELDS[name], text)
        except Unfit as unfit:
            broken[name] = str(unfit)
    if broken:
        raise Invalid(broken)
    return fitting


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in values.items() if text}
