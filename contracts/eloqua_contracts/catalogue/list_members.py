"""Members of a contact list, however they come and go (`rest` 10)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_MOST = 3


@contract(
    "site.list-members",
    sure=Sure.RECORDED,
    source="rest 0 fact 15, rest 10",
    versions=["1.0", "2.0"],
    needs=[Need.WRITES],
)
class ListMembers(RuleBasedStateMachine):
    """Whoever is added to a list and not removed is a member, once, and `count` is how many there are."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._members: set[str] = set()

    @initialize()
    def begin(self) -> None:
        """A list, and contacts that may become its members."""
        self._contacts = [
            self._pod.made("/data/contact", {"emailAddress": self._pod.address()})["id"] for _ in range(_MOST)
        ]
        self._list = self._pod.made("/assets/contact/list", {"name": self._pod.name("list")})

    @rule(places=st.sets(st.integers(0, _MOST - 1), min_size=1))
    def add(self, places: set[int]) -> None:
        """Add some, also those who are members already."""
        self._change("membershipAdditions", places)
        self._members |= self._of(places)

    @rule(places=st.sets(st.integers(0, _MOST - 1), min_size=1))
    def remove(self, places: set[int]) -> None:
        """Remove some, also those who are none."""
        self._change("membershipDeletions", places)
        self._members -= self._of(places)

    @invariant()
    def count_is_how_many_there_are(self) -> None:
        """As a text."""
        if hasattr(self, "_list"):
            found = self._pod.rest("GET", f"/assets/contact/list/{self._list['id']}").expect(200).json().get("count")
            wanted = str(len(self._members))
            expect(that=found == wanted, otherwise=f"count is {wanted}", found=found)

    def _of(self, places: set[int]) -> set[str]:
        return {self._contacts[place] for place in places}

    def _change(self, what: str, places: set[int]) -> None:
        body = {"id": self._list["id"], "name": self._list["name"], what: sorted(self._of(places))}
        self._pod.rest("PUT", f"/assets/contact/list/{self._list['id']}", body).expect(200)
