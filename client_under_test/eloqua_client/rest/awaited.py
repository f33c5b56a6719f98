"""What users type for REST, to be awaited; `collection` and `raw` know how, `waiting` says what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar, Unpack

from eloqua_client.driving import AsyncDriver, AsyncStream
from eloqua_client.rest import collection, kinds, raw
from eloqua_client.rest.collection import Asked, Collection, Depth, Key, Listing, number
from eloqua_client.rest.kinds import Kind
from eloqua_client.rest.models import (
    Activity,
    Contact,
    ContactList,
    CustomObject,
    CustomObjectRecord,
    Form,
    FormData,
    Membership,
)
from eloqua_client.rest.terms import Term
from eloqua_client.rest.wire import Resource

R = TypeVar("R", bound=Resource)


class AsyncRest:
    """Any operation of REST, as JSON. Paths are below `/API/REST/{version}/`; parameters by their names.

    All raise an `EloquaError` of the kind that the answer means.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def get(self, path: str, /, *, version: str = "2.0", **params: Any) -> Any:
        """What is there."""
        return await self._driver.run(raw.ask(self._driver.session, "GET", path, params, version=version))

    async def post(self, path: str, body: Any = None, /, *, version: str = "2.0", **params: Any) -> Any:
        """Create, or do something. It is not sent again where nobody knows whether it was done."""
        return await self._driver.run(raw.ask(self._driver.session, "POST", path, params, body, version=version))

    async def put(self, path: str, body: Any, /, *, version: str = "2.0", **params: Any) -> Any:
        """Put all of it in the place of what is there."""
        return await self._driver.run(raw.ask(self._driver.session, "PUT", path, params, body, version=version))

    async def delete(self, path: str, body: Any = None, /, *, version: str = "2.0", **params: Any) -> Any:
        """Remove; nearly always None."""
        return await self._driver.run(raw.ask(self._driver.session, "DELETE", path, params, body, version=version))


class AsyncThings(Generic[R]):
    """The things of one kind.

    All raise an `EloquaError` of the kind that the answer means, and a `ValueError` for what cannot be asked.
    """

    _of: ClassVar[type[Collection[Any]]] = Collection

    def __init__(self, driver: AsyncDriver, kind: Kind[R]) -> None:
        self._driver = driver
        self._steps: Collection[R] = self._of(driver.session, kind)

    async def get(self, key: Key, *, depth: Depth = "complete") -> R:
        """One by its id."""
        return await self._driver.run(self._steps.get(key, depth))

    def all(self, **listing: Unpack[Listing]) -> AsyncStream[R]:
        """All of them, page by page."""
        return AsyncStream(self._driver, self._steps.found(**listing))

    def search(self, name: str | None = None, /, *, term: Term | str = "", **asked: Unpack[Asked]) -> AsyncStream[R]:
        """Those that are as asked: `search("C_EmailAddress", like="*@example.test")`.

        Args:
            name: the internal name of a field, or a property.
            term: several `where(...)` joined by `&`, or what REST's `search` takes, word for word.
            asked: `equals`, `like`, `unequal`, `unlike`, `greater`, `less`, `at_least`, `at_most`; and as for `all`.
        """
        return AsyncStream(self._driver, self._steps.found(name, term, **asked))

    async def create(self, thing: R) -> R:
        """A new one, as Eloqua has it."""
        return await self._driver.run(self._steps.create(thing))

    async def update(self, thing: R) -> R:
        """Put all of it in the place of what is there; read it at depth complete first."""
        return await self._driver.run(self._steps.update(thing))

    async def delete(self, key: Key) -> None:
        """Remove one by its id."""
        await self._driver.run(self._steps.delete(key))


class AsyncContacts(AsyncThings[Contact]):
    """Contacts, and what belongs to one."""

    _of = collection.Contacts
    _steps: collection.Contacts

    async def by_address(self, address: str, *, depth: Depth = "complete") -> Contact | None:
        """The contact with an e-mail address, whatever its case; None where there is none."""
        return await self._driver.run(self._steps.by_address(address, depth))

    async def activities(
        self, key: Key, kind: str, start: datetime, end: datetime, *, count: int | None = None
    ) -> list[Activity]:
        """What a contact did in a time; Eloqua gives at most 1000.

        The *kind* is `emailSend`, `emailOpen`, `emailClickThrough`, `emailSubscribe`, `emailUnsubscribe`, `formSubmit`,
        `webVisit` or `campaignMembership`.
        """
        return await self._driver.run(self._steps.activities(key, kind, start, end, count))

    async def lists(self, key: Key) -> list[Membership]:
        """The lists that a contact is on."""
        return await self._driver.run(self._steps.lists(key))

    def on_list(self, key: Key, **listing: Unpack[Listing]) -> AsyncStream[Contact]:
        """The contacts on a list."""
        return AsyncStream(self._driver, self._steps.on_list(key, listing))

    def in_segment(self, key: Key, **listing: Unpack[Listing]) -> AsyncStream[Contact]:
        """The contacts in a segment, as of its last calculation."""
        return AsyncStream(self._driver, self._steps.in_segment(key, listing))


class AsyncContactLists(AsyncThings[ContactList]):
    """Lists of contacts, and who is on them."""

    _of = collection.ContactLists
    _steps: collection.ContactLists

    async def add(self, key: Key, contacts: Iterable[Key]) -> ContactList:
        """Put contacts on a list, by their ids."""
        return await self._driver.run(self._steps.change(key, additions=contacts))

    async def remove(self, key: Key, contacts: Iterable[Key]) -> ContactList:
        """Take contacts off a list."""
        return await self._driver.run(self._steps.change(key, deletions=contacts))


class AsyncCustomObjects(AsyncThings[CustomObject]):
    """Custom objects, and their records."""

    def records(self, key: Key) -> AsyncThings[CustomObjectRecord]:
        """The records of one custom object."""
        return AsyncThings(self._driver, kinds.RECORDS.of(number(key)))


class AsyncForms(AsyncThings[Form]):
    """Forms, and what was sent in through them."""

    _of = collection.Forms
    _steps: collection.Forms

    def data(
        self, key: Key, *, start: datetime | None = None, end: datetime | None = None, **listing: Unpack[Listing]
    ) -> AsyncStream[FormData]:
        """What was sent in through a form, in a time."""
        return AsyncStream(self._driver, self._steps.data(key, start, end, listing))

    async def submit(self, key: Key, values: Mapping[str, str]) -> FormData:
        """Send values in, by the ids of the form's fields. What the form does with them, it does afterwards."""
        return await self._driver.run(self._steps.submit(key, values))

    async def delete_data(self, key: Key, row: Key) -> None:
        """Remove what was sent in, by its `row_id`."""
        await self._driver.run(self._steps.delete_data(key, row))
