"""What users type for REST, waiting for each answer; `collection` and `raw` know how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar, Unpack

from eloqua_client.driving import Driver, Stream
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


class Rest:
    """Any operation of REST, as JSON. Paths are below `/API/REST/{version}/`; parameters by their names.

    All raise an `EloquaError` of the kind that the answer means.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def get(self, path: str, /, *, version: str = "2.0", **params: Any) -> Any:
        """What is there."""
        return self._driver.run(raw.ask(self._driver.session, "GET", path, params, version=version))

    def post(self, path: str, body: Any = None, /, *, version: str = "2.0", **params: Any) -> Any:
        """Create, or do something. It is not sent again where nobody knows whether it was done."""
        return self._driver.run(raw.ask(self._driver.session, "POST", path, params, body, version=version))

    def put(self, path: str, body: Any, /, *, version: str = "2.0", **params: Any) -> Any:
        """Put all of it in the place of what is there."""
        return self._driver.run(raw.ask(self._driver.session, "PUT", path, params, body, version=version))

    def delete(self, path: str, body: Any = None, /, *, version: str = "2.0", **params: Any) -> Any:
        """Remove; nearly always None."""
        return self._driver.run(raw.ask(self._driver.session, "DELETE", path, params, body, version=version))


class Things(Generic[R]):
    """The things of one kind.

    All raise an `EloquaError` of the kind that the answer means, and a `ValueError` for what cannot be asked.
    """

    _of: ClassVar[type[Collection[Any]]] = Collection

    def __init__(self, driver: Driver, kind: Kind[R]) -> None:
        self._driver = driver
        self._steps: Collection[R] = self._of(driver.session, kind)

    def get(self, key: Key, *, depth: Depth = "complete") -> R:
        """One by its id."""
        return self._driver.run(self._steps.get(key, depth))

    def all(self, **listing: Unpack[Listing]) -> Stream[R]:
        """All of them, page by page."""
        return Stream(self._driver, self._steps.found(**listing))

    def search(self, name: str | None = None, /, *, term: Term | str = "", **asked: Unpack[Asked]) -> Stream[R]:
        """Those that are as asked: `search("C_EmailAddress", like="*@example.test")`.

        Args:
            name: the internal name of a field, or a property.
            term: several `where(...)` joined by `&`, or what REST's `search` takes, word for word.
            asked: `equals`, `like`, `unequal`, `unlike`, `greater`, `less`, `at_least`, `at_most`; and as for `all`.
        """
        return Stream(self._driver, self._steps.found(name, term, **asked))

    def create(self, thing: R) -> R:
        """A new one, as Eloqua has it."""
        return self._driver.run(self._steps.create(thing))

    def update(self, thing: R) -> R:
        """Put all of it in the place of what is there; read it at depth complete first."""
        return self._driver.run(self._steps.update(thing))

    def delete(self, key: Key) -> None:
        """Remove one by its id."""
        self._driver.run(self._steps.delete(key))


class Contacts(Things[Contact]):
    """Contacts, and what belongs to one."""

    _of = collection.Contacts
    _steps: collection.Contacts

    def by_address(self, address: str, *, depth: Depth = "complete") -> Contact | None:
        """The contact with an e-mail address, whatever its case; None where there is none."""
        return self._driver.run(self._steps.by_address(address, depth))

    def activities(
        self, key: Key, kind: str, start: datetime, end: datetime, *, count: int | None = None
    ) -> list[Activity]:
        """What a contact did in a time; Eloqua gives at most 1000.

        The *kind* is `emailSend`, `emailOpen`, `emailClickThrough`, `emailSubscribe`, `emailUnsubscribe`, `formSubmit`,
        `webVisit` or `campaignMembership`.
        """
        return self._driver.run(self._steps.activities(key, kind, start, end, count))

    def lists(self, key: Key) -> list[Membership]:
        """The lists that a contact is on."""
        return self._driver.run(self._steps.lists(key))

    def on_list(self, key: Key, **listing: Unpack[Listing]) -> Stream[Contact]:
        """The contacts on a list."""
        return Stream(self._driver, self._steps.on_list(key, listing))

    def in_segment(self, key: Key, **listing: Unpack[Listing]) -> Stream[Contact]:
        """The contacts in a segment, as of its last calculation."""
        return Stream(self._driver, self._steps.in_segment(key, listing))


class ContactLists(Things[ContactList]):
    """Lists of contacts, and who is on them."""

    _of = collection.ContactLists
    _steps: collection.ContactLists

    def add(self, key: Key, contacts: Iterable[Key]) -> ContactList:
        """Put contacts on a list, by their ids."""
        return self._driver.run(self._steps.change(key, additions=contacts))

    def remove(self, key: Key, contacts: Iterable[Key]) -> ContactList:
        """Take contacts off a list."""
        return self._driver.run(self._steps.change(key, deletions=contacts))


class CustomObjects(Things[CustomObject]):
    """Custom objects, and their records."""

    def records(self, key: Key) -> Things[CustomObjectRecord]:
        """The records of one custom object."""
        return Things(self._driver, kinds.RECORDS.of(number(key)))


class Forms(Things[Form]):
    """Forms, and what was sent in through them."""

    _of = collection.Forms
    _steps: collection.Forms

    def data(
        self, key: Key, *, start: datetime | None = None, end: datetime | None = None, **listing: Unpack[Listing]
    ) -> Stream[FormData]:
        """What was sent in through a form, in a time."""
        return Stream(self._driver, self._steps.data(key, start, end, listing))

    def submit(self, key: Key, values: Mapping[str, str]) -> FormData:
        """Send values in, by the ids of the form's fields. What the form does with them, it does afterwards."""
        return self._driver.run(self._steps.submit(key, values))

    def delete_data(self, key: Key, row: Key) -> None:
        """Remove what was sent in, by its `row_id`."""
        self._driver.run(self._steps.delete_data(key, row))
