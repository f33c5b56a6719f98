"""Contacts, whatever becomes of them: an address is one contact's, and lists have who is there (`rest` 4, 5, 8)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

_ADDRESSES = 3
_PAGE = 2
_PLACES = st.integers(0, _ADDRESSES - 1)
_VERSIONS = st.sampled_from(["1.0", "2.0"])


@contract("rest.contacts.life", sure=Sure.DOC, source="rest 4, 5, 8.2, 18", needs=[Need.WRITES])
class Contacts(RuleBasedStateMachine):
    """An address has one contact until that is deleted; searches find in pages who is there, as last written."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._there: dict[str, dict[str, str]] = {}
        """Address to the id and the city of its contact."""

    @initialize()
    def begin(self) -> None:
        """Addresses, and a word that all their contacts have."""
        self._addresses = [self._pod.address() for _ in range(_ADDRESSES)]
        self._word = self._pod.name("family")

    @rule(place=_PLACES, version=_VERSIONS, city=texts(20))
    def create(self, place: int, version: str, city: str) -> None:
        """Make one; 409 where the address has one."""
        address = self._addresses[place]
        body = {"emailAddress": address, "lastName": self._word, "city": city}
        made = self._call("POST", version, "/data/contact", body).expect(409 if address in self._there else 201)
        if made.status == 201:
            self._there[address] = {"id": made.json()["id"], "city": city}

    @precondition(lambda self: self._there)
    @rule(place=_PLACES, version=_VERSIONS, city=texts(20))
    def change(self, place: int, version: str, city: str) -> None:
        """Write to one."""
        address = self._chosen(place)
        known = self._there[address]
        body = {"id": known["id"], "emailAddress": address, "lastName": self._word, "city": city}
        changed = self._call("PUT", version, f"/data/contact/{known['id']}", body).expect(200).json()
        expect(that=changed["city"] == city, otherwise=f"the city is {city!r}", found=changed["city"])
        known["city"] = city

    @precondition(lambda self: self._there)
    @rule(place=_PLACES, version=_VERSIONS)
    def delete(self, place: int, version: str) -> None:
        """Remove one."""
        address = self._chosen(place)
        path = f"/data/contact/{self._there.pop(address)['id']}"
        self._call("DELETE", version, path).expect(200)
        self._call("GET", version, path).expect(404)

    @invariant()
    def who_is_there_is_found(self) -> None:
        """Each once, with id and city, on as many pages as it takes."""
        if not hasattr(self, "_word"):
            return
        found: list[dict[str, Any]] = []
        for number in range(1, max(1, -(-len(self._there) // _PAGE)) + 1):
            params: dict[str, Any] = {
                "search": f"C_LastName='{self._word}'",
                "depth": "partial",
                "count": _PAGE,
                "page": number,
            }
            page = self._pod.rest("GET", "/data/contacts", **params).expect(200).json()
            total = page["total"]
            expect(that=total == len(self._there), otherwise=f"the total is {len(self._there)}", found=total)
            found += page["elements"]
        told = {each["emailAddress"]: {"id": each["id"], "city": each["city"]} for each in found}
        expect(that=told == self._there, otherwise=f"they are {self._there}", found=told)

    def _chosen(self, place: int) -> str:
        return list(self._there)[place % len(self._there)]

    def _call(self, method: str, version: str, path: str, body: Any = None) -> Any:
        return self._pod.signed(method, f"/API/REST/{version}{path}", body)
