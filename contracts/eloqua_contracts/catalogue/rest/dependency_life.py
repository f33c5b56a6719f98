"""Option lists and the fields that use them: what is in use stays (`rest` 6, 14.6)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from eloqua_contracts.catalogue.rest.things import contact_field
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_OPTIONS = [{"type": "Option", "displayName": "Small", "value": "S"}]
_MOST_FIELDS = 4
_MOST_LISTS = 2
_PLACES = st.integers(0, 1000)


@contract("site.dependencies", sure=Sure.DOC, source="rest 6, 14.6", needs=[Need.WRITES])
class Dependencies(RuleBasedStateMachine):
    """An option list tells which fields use it, and is deleted only when none does."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._users: dict[str, dict[str, str]] = {}
        """Option list to the fields that use it: id to name."""

    @precondition(lambda self: len(self._users) < _MOST_LISTS)
    @rule()
    def another(self) -> None:
        """Make an option list."""
        made = self._pod.made("/assets/optionList", {"name": self._pod.name("options"), "elements": _OPTIONS})
        self._users[made["id"]] = {}

    @precondition(lambda self: self._users and sum(map(len, self._users.values())) < _MOST_FIELDS)
    @rule(place=_PLACES)
    def use(self, place: int) -> None:
        """Make a field that is chosen from one of them."""
        key = list(self._users)[place % len(self._users)]
        field = contact_field(self._pod, displayType="singleSelect", optionListId=key)
        self._users[key][field["id"]] = field["name"]

    @precondition(lambda self: any(self._users.values()))
    @rule(place=_PLACES)
    def delete_field(self, place: int) -> None:
        """Nothing uses a field, so that it goes."""
        users = [(key, field) for key, fields in self._users.items() for field in fields]
        key, field = users[place % len(users)]
        self._pod.rest("DELETE", f"/assets/contact/field/{field}").expect(200)
        del self._users[key][field]

    @precondition(lambda self: self._users)
    @rule(place=_PLACES)
    def delete_list(self, place: int) -> None:
        """Goes where nothing uses it, and stays where something does."""
        key = list(self._users)[place % len(self._users)]
        answer = self._pod.rest("DELETE", f"/assets/optionList/{key}")
        if self._users[key]:
            answer.expect(409, 412)
        else:
            answer.expect(200)
            del self._users[key]

    @invariant()
    def each_tells_its_users(self) -> None:
        """By type, id and name."""
        for key, fields in self._users.items():
            found = self._pod.rest("GET", f"/assets/optionList/{key}/dependencies").expect(200).json()
            told = sorted((each["type"], each["id"], each["name"]) for each in found)
            wanted = sorted(("ContactField", field, name) for field, name in fields.items())
            expect(that=told == wanted, otherwise=f"{key} is used by {wanted}", found=told)
