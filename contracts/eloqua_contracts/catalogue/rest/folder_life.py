"""Folders of campaigns and what lies in them (`rest` 14.3)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eloqua_contracts.catalogue.rest.answers import ids, listed
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_MOST = 4
_PLACES = st.integers(0, 1000)


@contract("site.folders", sure=Sure.DOC, source="rest 14.3", needs=[Need.WRITES])
class Folders(RuleBasedStateMachine):
    """What was made in a folder or moved into it is what lies in it, until it is deleted or moved away."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._place: dict[str, str] = {}
        """Campaign to its folder."""
        self._inside: dict[str, str] = {}
        """Folder to the one that it lies in; the first lies in the root."""

    @initialize()
    def begin(self) -> None:
        """A folder with another in it."""
        self._outer = self._folder()
        self._inner = self._folder(folderId=self._outer)
        self._inside[self._inner] = self._outer

    @precondition(lambda self: len(self._place) < _MOST)
    @rule(is_inner=st.booleans())
    def add(self, is_inner: bool) -> None:
        """Make a campaign in one of them."""
        folder = self._inner if is_inner else self._outer
        made = self._pod.made("/assets/campaign", {"name": self._pod.name("campaign"), "folderId": folder})
        expect(that=made["folderId"] == folder, otherwise=f"it lies in {folder}", found=made["folderId"])
        self._place[made["id"]] = folder

    @precondition(lambda self: self._place)
    @rule(place=_PLACES)
    def move(self, place: int) -> None:
        """Bring a campaign from one into the other."""
        key = list(self._place)[place % len(self._place)]
        folder = self._outer if self._place[key] == self._inner else self._inner
        path = f"/assets/campaign/folder/{folder}/contents"
        self._pod.rest("PATCH", path, [{"type": "Campaign", "id": key}]).expect(200)
        self._place[key] = folder

    @precondition(lambda self: self._place)
    @rule(place=_PLACES)
    def delete(self, place: int) -> None:
        """Delete a campaign."""
        key = list(self._place)[place % len(self._place)]
        self._pod.rest("DELETE", f"/assets/campaign/{key}").expect(200)
        del self._place[key]

    @invariant()
    def each_holds_what_is_in_it(self) -> None:
        """Campaigns, and folders."""
        for folder in (self._outer, self._inner) if self._inside else ():
            found = listed(self._pod.rest("GET", f"/assets/campaign/folder/{folder}/contents"))
            campaigns = sorted(each["id"] for each in found if each["type"] == "Campaign")
            wanted = sorted(key for key, place in self._place.items() if place == folder)
            expect(that=campaigns == wanted, otherwise=f"{folder} holds {wanted}", found=campaigns)
            folders = ids(listed(self._pod.rest("GET", f"/assets/campaign/folder/{folder}/folders")))
            inner = [key for key, place in self._inside.items() if place == folder]
            expect(that=folders == inner, otherwise=f"the folders in {folder} are {inner}", found=folders)

    def _folder(self, **values: str) -> str:
        made = self._pod.made("/assets/campaign/folder", {"name": self._pod.name("folder"), **values})
        return str(made["id"])
