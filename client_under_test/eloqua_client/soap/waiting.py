"""What users of `Eloqua.soap` type; `awaited` is its twin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from eloqua_client.driving import Driver, Stream
from eloqua_client.soap.operations import Operations
from eloqua_client.soap.records import ContactRecords, Record, Result


class Service:
    """A service, whose operations are methods: `eloqua.soap.email.ListEmails()`.

    Arguments and members are those of its description, as zeep takes and gives them: texts, numbers, dicts and lists.
    """

    def __init__(self, driver: Driver, operations: Operations) -> None:
        self._driver, self._operations = driver, operations

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        if operation.startswith("_"):  # what others ask any object for
            raise AttributeError(operation)

        def call(*args: Any, **members: Any) -> Any:
            return self._driver.run(self._operations.call(operation, args, members))

        return call


class SoapContacts:
    """Contacts as dicts: internal names of fields, such as `C_EmailAddress`, and `Id`."""

    def __init__(self, driver: Driver, operations: Operations) -> None:
        self._driver, self._records = driver, ContactRecords(operations)

    def create(self, contacts: Iterable[Mapping[str, Any]]) -> list[Result]:
        """Add contacts, 200 in one call; one result each, in their order."""
        return self._driver.run(self._records.create(contacts))

    def update(self, contacts: Iterable[Mapping[str, Any]]) -> list[Result]:
        """Write the fields that are named to contacts by their `Id`."""
        return self._driver.run(self._records.update(contacts))

    def delete(self, ids: Iterable[int]) -> list[Result]:
        """Remove contacts; one result each, in their order."""
        return self._driver.run(self._records.delete(ids))

    def retrieve(self, ids: Iterable[int], fields: Iterable[str] | None = None) -> list[Record | None]:
        """Contacts by id, with all fields or those named; None where there is none."""
        return self._driver.run(self._records.retrieve(ids, fields))

    def query(self, search: str, fields: Iterable[str] | None = None) -> Stream[Record]:
        """The contacts that a query such as `C_EmailAddress='*@example.com'` finds; a page of 200 a second."""
        return Stream(self._driver, lambda: self._records.query(search, fields))


class Soap:
    """The four services of SOAP 1.2, and contacts without their types. Needs `pip install mock-eloqua[soap]`."""

    def __init__(self, driver: Driver) -> None:
        standard = Operations(driver.session, "standard")
        self.service = Service(driver, standard)
        self.email = Service(driver, Operations(driver.session, "email"))
        self.data_transfer = Service(driver, Operations(driver.session, "dataTransfer"))
        self.external_action = Service(driver, Operations(driver.session, "externalAction"))
        self.contacts = SoapContacts(driver, standard)
