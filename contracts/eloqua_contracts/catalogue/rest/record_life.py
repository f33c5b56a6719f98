"""A custom object and its records, whatever becomes of them, through both versions (`rest` 13)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eloqua_contracts.catalogue.rest.answers import listed
from eloqua_contracts.catalogue.rest.things import Thing, custom_object, field_values, values_of
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

_MOST_FIELDS = 3
_PLACES = st.integers(0, 1000)


@contract("site.custom-object-records", sure=Sure.DOC, source="rest 13, 18", needs=[Need.WRITES])
class Records(RuleBasedStateMachine):
    """Records that were made and not removed are those listed, with the values last written; the object counts them."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._there: dict[str, dict[str, str]] = {}

    @initialize()
    def define(self) -> None:
        """An object with one field."""
        self._thing: Thing = custom_object(self._pod, {"name": "F0"})

    @rule(version=st.sampled_from(["1.0", "2.0"]), text=texts(20))
    def add(self, version: str, text: str) -> None:
        """Make a record, in either version."""
        wanted = {self._thing["fields"][-1]["name"]: text}
        path = f"/data/customObject/{self._thing['id']}" + ("/instance" if version == "2.0" else "")
        body = {"type": "CustomObjectData", "fieldValues": field_values(self._thing, **wanted)}
        made = self._pod.signed("POST", f"/API/REST/{version}{path}", body).expect(201).json()
        self._there[made["id"]] = wanted

    @precondition(lambda self: self._there)
    @rule(place=_PLACES, text=texts(20))
    def change(self, place: int, text: str) -> None:
        """Write all values of one anew."""
        key = self._chosen(place)
        wanted = {each["name"]: text for each in self._thing["fields"]}
        body = {"id": key, "type": "CustomObjectData", "fieldValues": field_values(self._thing, **wanted)}
        self._pod.rest("PUT", self._path(key), body).expect(200)
        self._there[key] = wanted

    @precondition(lambda self: self._there)
    @rule(place=_PLACES)
    def remove(self, place: int) -> None:
        """Delete one, which is gone."""
        key = self._chosen(place)
        self._pod.rest("DELETE", self._path(key)).expect(200)
        self._pod.rest("GET", self._path(key)).expect(404)
        del self._there[key]

    @precondition(lambda self: len(self._thing["fields"]) < _MOST_FIELDS)
    @rule()
    def widen(self) -> None:
        """Give the object a field more."""
        name = f"F{len(self._thing['fields'])}"
        more = {"type": "CustomObjectField", "id": "-1", "name": name, "dataType": "text", "displayType": "text"}
        body = self._thing | {"fields": [*self._thing["fields"], more]}
        self._thing = self._pod.rest("PUT", f"/assets/customObject/{self._thing['id']}", body).expect(200).json()

    @invariant()
    def those_listed_are_those_there(self) -> None:
        """With their values."""
        if not hasattr(self, "_thing"):
            return
        path = f"/data/customObject/{self._thing['id']}/instances"
        found = listed(self._pod.rest("GET", path, depth="complete"))
        told = {each["id"]: values_of(each, self._thing) for each in found}
        expect(that=told == self._there, otherwise=f"they are {self._there}", found=told)
        count = self._pod.rest("GET", f"/assets/customObject/{self._thing['id']}").expect(200).json()["recordCount"]
        expect(that=count == len(self._there), otherwise=f"it counts {len(self._there)}", found=count)

    def _chosen(self, place: int) -> str:
        return list(self._there)[place % len(self._there)]

    def _path(self, key: str) -> str:
        return f"/data/customObject/{self._thing['id']}/instance/{key}"
