"""What can be done with the things of a kind, without I/O; `waiting` and `awaited` hand it to a driver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, Literal, TypeAlias, TypedDict, TypeVar, Unpack, cast

from pydantic import BaseModel, TypeAdapter

from eloqua_client.calls import Steps
from eloqua_client.rest import kinds, raw
from eloqua_client.rest.kinds import Kind
from eloqua_client.rest.models import (
    Activity,
    Contact,
    ContactList,
    Form,
    FormData,
    Membership,
)
from eloqua_client.rest.pages import Page, elements
from eloqua_client.rest.terms import ANYTHING, Conditions, Term, where
from eloqua_client.rest.wire import Resource
from eloqua_client.session import Session

R = TypeVar("R", bound=Resource)

Depth: TypeAlias = Literal["minimal", "partial", "complete"]
Key: TypeAlias = str | int
Work: TypeAlias = Callable[[], Steps[None]]
"""Begins some work that gives things on the way."""

_MOST = 1000
_ACTIVITIES = TypeAdapter(list[Activity])
_MEMBERSHIPS = TypeAdapter(list[Membership])


class Listing(TypedDict, total=False):
    """How a list is asked for."""

    depth: Depth
    """`complete` when left out; less is faster, and cannot be sent back by `update`."""
    order_by: str
    """`createdAt DESC`. When left out, by id: only then nothing is lost whatever others do meanwhile."""
    page_size: int
    """1 to 1000, which it is when left out."""


class Asked(Conditions, Listing, total=False):
    """Both: what to find, and how to list it."""


class _Envelope(BaseModel):
    elements: list[dict[str, Any]]
    total: int
    pageSize: int  # noqa: N815  as on the wire


@dataclass(frozen=True)
class Collection(Generic[R]):
    """The things of one kind."""

    session: Session
    kind: Kind[R]

    def get(self, key: Key, depth: Depth = "complete") -> Steps[R]:
        """One by its id."""
        return self._ask("GET", self._path(key), {"depth": depth}, read=self.kind.model.model_validate)

    def found(self, name: str | None = None, term: Term | str = "", **asked: Unpack[Asked]) -> Work:
        """Give those that are as the conditions say of *name*, and as *term* says."""
        listing = cast("Listing", {each: said for each, said in asked.items() if each in Listing.__optional_keys__})
        conditions = cast("Conditions", {each: said for each, said in asked.items() if each not in listing})
        search = ANYTHING if name is None and not conditions else where(name or "", **conditions)
        # What is raw comes last: its value may go on to the end.
        text = f"{search}{term}" if isinstance(term, str) else str(search & term)
        return self.listed(self.kind.many, text, **listing)

    def listed(
        self, path: str, search: str = "", params: Mapping[str, Any] | None = None, **listing: Unpack[Listing]
    ) -> Work:
        """Give the list at a path."""
        count = listing.get("page_size", _MOST)
        asked = {**(params or {}), "depth": listing.get("depth", "complete"), "count": count}

        def ask(search: str, order_by: str, number: int) -> Steps[Page[R]]:
            page = {**asked, "search": search or None, "orderBy": order_by, "page": number}
            return self._ask("GET", path, page, read=self._page)

        return partial(elements, ask, search, listing.get("order_by"))

    def create(self, thing: R) -> Steps[R]:
        """A new one, as Eloqua has it."""
        return self._ask("POST", self.kind.single, body=thing, read=self.kind.model.model_validate)

    def update(self, thing: R) -> Steps[R]:
        """Put all of it in the place of what is there, as Eloqua has it then.

        Raises:
            ValueError: it was read at a lower depth, so that Eloqua would blank what is missing.
        """
        if thing.depth not in {"", "complete"}:
            said = f"{self.kind.single}/{thing.id} was read at depth {thing.depth}: what is missing would be blanked"
            raise ValueError(f"{said} (read it with depth='complete')")
        return self._ask("PUT", self._path(thing.id), body=thing, read=self.kind.model.model_validate)

    def delete(self, key: Key) -> Steps[None]:
        """Remove one by its id."""
        return self._ask("DELETE", self._path(key), read=lambda _: None)

    def _path(self, key: Key) -> str:
        return f"{self.kind.single}/{number(key)}"

    def _ask(self, *asked: Any, **more: Any) -> Steps[Any]:
        return raw.ask(self.session, *asked, version=self.kind.version, **more)

    def _page(self, found: Any) -> Page[R]:
        page = _Envelope.model_validate(found)
        return Page([self.kind.model.model_validate(each) for each in page.elements], page.total, page.pageSize)


def number(key: Key) -> str:
    """An id, as text.

    Raises:
        ValueError: it is none: a path with another text in it would be another operation.
    """
    text = str(key)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{key!r} is no id: a positive whole number (was it created?)")
    return text


class Contacts(Collection[Contact]):
    """Contacts, and what belongs to one."""

    def by_address(self, address: str, depth: Depth) -> Steps[Contact | None]:
        """The contact with an address."""
        # An address may hold a star; hence like, and a look at what comes.
        asked = {"search": where("C_EmailAddress", like=address), "depth": depth}
        page = yield from self._ask("GET", self.kind.many, asked, read=self._page)
        return next((each for each in page.elements if each.email_address.lower() == address.lower()), None)

    def activities(
        self, key: Key, kind: str, start: datetime, end: datetime, count: int | None
    ) -> Steps[list[Activity]]:
        """What a contact did, of one kind."""
        asked = {"type": kind, "startDate": start, "endDate": end, "count": count}
        path = f"data/activities/contact/{number(key)}"
        return raw.ask(self.session, "GET", path, asked, version="1.0", read=_ACTIVITIES.validate_python)

    def lists(self, key: Key) -> Steps[list[Membership]]:
        """The lists that a contact is on."""
        path = f"data/contact/{number(key)}/membership"
        return raw.ask(self.session, "GET", path, read=_MEMBERSHIPS.validate_python)

    def on_list(self, key: Key, listing: Listing) -> Work:
        """The contacts on a list."""
        return self.listed(f"data/contacts/list/{number(key)}", **listing)

    def in_segment(self, key: Key, listing: Listing) -> Work:
        """The contacts in a segment."""
        return self.listed(f"data/contacts/segment/{number(key)}", **listing)


class ContactLists(Collection[ContactList]):
    """Lists of contacts, and who is on them."""

    def change(self, key: Key, additions: Iterable[Key] = (), deletions: Iterable[Key] = ()) -> Steps[ContactList]:
        """Put contacts on a list, and take others off."""
        found = yield from self.get(key)
        found.membership_additions = list(map(number, additions))
        found.membership_deletions = list(map(number, deletions))
        return (yield from self.update(found))


class Forms(Collection[Form]):
    """Forms, and what was sent in through them."""

    def data(self, key: Key, start: datetime | None, end: datetime | None, listing: Listing) -> Work:
        """What was sent in, in a time."""
        data = self._data(key)
        return data.listed(data.kind.many, params={"startAt": start, "endAt": end}, **listing)

    def submit(self, key: Key, values: Mapping[str, str]) -> Steps[FormData]:
        """Send something in."""
        sent = FormData()
        for field, value in values.items():
            sent.set_field(field, value)
        return self._data(key).create(sent)

    def delete_data(self, key: Key, row: Key) -> Steps[None]:
        """Remove what was sent in."""
        path = f"data/form/{number(key)}/datarow/{number(row)}"
        return raw.ask(self.session, "DELETE", path, read=lambda _: None)

    def _data(self, key: Key) -> Collection[FormData]:
        return Collection(self.session, kinds.FORM_DATA.of(number(key)))
