"""Contacts through three doors: what REST, SOAP or Bulk does to one, all of them see (`soap` 10, `rest` 0)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from eloqua_contracts.contract import Need, Sure, Unmet, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import CONTACT
from eloqua_contracts.strategies import texts

_STATEMENTS = {
    "email": "{{Contact.Field(C_EmailAddress)}}",
    "first": "{{Contact.Field(C_FirstName)}}",
    "city": "{{Contact.Field(C_City)}}",
}
_DOORS = st.sampled_from(["rest", "soap", "bulk"])
_TWO_DOORS = st.sampled_from(["rest", "soap"])
_NAMES = texts(20)


@dataclass(frozen=True)
class _Contact:
    id: int
    first: str


@contract(
    "site.contacts",
    sure=Sure.CLIENT,
    source="soap 10.3, 10.4, rest 0, bulk 10",
    needs=[Need.WRITES, Need.SOAP, Need.SYNCS],
)
class ThreeDoors(RuleBasedStateMachine):
    """A contact that is created, changed or deleted through REST, SOAP or Bulk is so for all three of them."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._contacts: dict[str, _Contact] = {}
        """By address."""

    @initialize()
    def begin(self) -> None:
        """A city in which nobody else is, and definitions that write and read its contacts."""
        self._city = self._pod.name("city")
        body = {"name": self._pod.name("import"), "fields": _STATEMENTS, "identifierFieldName": "email"}
        self._import = self._pod.defined("/contacts/imports", body)["uri"]
        wanted = f"'{_STATEMENTS['city']}' = '{self._city}'"
        body = {"name": self._pod.name("export"), "fields": _STATEMENTS, "filter": wanted}
        self._export = self._pod.defined("/contacts/exports", body)["uri"]

    @rule(door=_DOORS, first=_NAMES)
    def create(self, door: str, first: str) -> None:
        """A new contact."""
        address = self._pod.address()
        key = {"rest": self._create_by_rest, "soap": self._create_by_soap, "bulk": self._write_by_bulk}[door](
            address, first
        )
        self._contacts[address] = _Contact(key or self._key(address), first)

    @precondition(lambda self: self._contacts)
    @rule(door=_DOORS, first=_NAMES, place=st.integers(0, 9))
    def change(self, door: str, first: str, place: int) -> None:
        """Another first name."""
        address, contact = self._chosen(place)
        if door == "rest":
            body = {"id": str(contact.id), "emailAddress": address, "firstName": first, "city": self._city}
            self._pod.rest("PUT", f"/data/contact/{contact.id}", body).expect(200)
        elif door == "soap":
            self._written("Update", message.entity(CONTACT, {"C_FirstName": first}, contact.id))
        else:
            self._write_by_bulk(address, first)
        self._contacts[address] = _Contact(contact.id, first)

    @precondition(lambda self: self._contacts)
    @rule(door=_TWO_DOORS, place=st.integers(0, 9))
    def delete(self, door: str, place: int) -> None:
        """One goes; Bulk deletes nobody."""
        address, contact = self._chosen(place)
        if door == "rest":
            self._pod.rest("DELETE", f"/data/contact/{contact.id}").expect(200)
        else:
            which = message.of_kind("entityType", CONTACT), message.numbers("ids", [contact.id])
            (gone,) = message.outcomes(message.ask(self._pod, "Delete", *which))
            expect(that=gone.success is True, otherwise="SOAP deletes it", found=gone)
        del self._contacts[address]

    @precondition(lambda self: self._contacts)
    @rule(door=_TWO_DOORS, place=st.integers(0, 9))
    def create_again(self, door: str, place: int) -> None:
        """An address that is taken stays with the contact that has it."""
        address, _ = self._chosen(place)
        if door == "rest":
            self._pod.rest("POST", "/data/contact", {"emailAddress": address}).expect(409)
            return
        record = message.entity(CONTACT, {"C_EmailAddress": address})
        (found,) = message.outcomes(message.ask(self._pod, "Create", message.many("entities", record)))
        said = (found.id, [code for code, _ in found.errors])
        expect(that=said == (-1, ["DuplicateValue"]), otherwise="SOAP says DuplicateValue", found=said)

    @rule(door=_DOORS)
    def look(self, door: str) -> None:
        """Who is in the city, by address and first name."""
        look: dict[str, Callable[[], dict[str, str]]] = {
            "rest": self._seen_by_rest,
            "soap": self._seen_by_soap,
            "bulk": self._seen_by_bulk,
        }
        found, wanted = look[door](), {address: each.first for address, each in self._contacts.items()}
        expect(that=found == wanted, otherwise=f"{door} sees {wanted}", found=found)

    def teardown(self) -> None:
        """In the end all three see the same."""
        if hasattr(self, "_export"):
            for door in ("rest", "soap", "bulk"):
                self.look(door)

    def _chosen(self, place: int) -> tuple[str, _Contact]:
        return list(self._contacts.items())[place % len(self._contacts)]

    def _create_by_rest(self, address: str, first: str) -> int:
        made = self._pod.made("/data/contact", {"emailAddress": address, "firstName": first, "city": self._city})
        return int(made["id"])

    def _create_by_soap(self, address: str, first: str) -> int:
        values = {"C_EmailAddress": address, "C_FirstName": first, "C_City": self._city}
        return self._written("Create", message.entity(CONTACT, values))

    def _written(self, operation: str, record: str) -> int:
        (found,) = message.outcomes(message.ask(self._pod, operation, message.many("entities", record)))
        expect(that=found.id > 0 and not found.errors, otherwise=f"{operation} does it", found=found)
        return found.id

    def _write_by_bulk(self, address: str, first: str) -> int:
        rows = [{"email": address, "first": first, "city": self._city}]
        self._pod.bulk("POST", f"{self._import}/data", rows).expect(204)
        status = self._pod.synced(self._import)["status"]
        expect(that=status == "success", otherwise="the import succeeds", found=status)
        return 0

    def _key(self, address: str) -> int:
        found = self._pod.rest("GET", "/data/contacts", search=f"C_EmailAddress='{address}'").expect(200).json()
        if len(found["elements"]) != 1:
            raise Unmet(f"REST finds {address}; found {found['total']}")
        return int(found["elements"][0]["id"])

    def _seen_by_rest(self) -> dict[str, str]:
        search = {"search": f"C_City='{self._city}'", "depth": "complete"}
        found = self._pod.rest("GET", "/data/contacts", **search).expect(200).json()["elements"]
        return {each["emailAddress"]: each["firstName"] for each in found}

    def _seen_by_soap(self) -> dict[str, str]:
        self._pod.wait(1)
        members = (
            message.of_kind("eloquaType", CONTACT),
            message.member("searchQuery", f"C_City='{self._city}'"),
            message.texts("fieldNames", ["C_EmailAddress", "C_FirstName"]),
            message.member("pageNumber", 1),
            message.member("pageSize", 200),
        )
        found = message.inside(message.ask(self._pod, "Query", *members), "Entities")
        values = [message.values(each) for each in found]
        return {each["C_EmailAddress"]: each["C_FirstName"] for each in values}

    def _seen_by_bulk(self) -> dict[str, str]:
        sync = self._pod.synced(self._export)
        found = self._pod.bulk("GET", f"{sync['uri']}/data").expect(200).json()
        return {each["email"]: each["first"] for each in found.get("items", [])}
