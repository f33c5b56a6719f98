"""The sync actions of a definition, run on the records that a sync moves (`bulk` 13)."""

from __future__ import annotations

from collections.abc import Sequence

from mock_eloqua.crm.transfer import statements
from mock_eloqua.crm.transfer.codes import Code, Line, line
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.site import Site


class Actions:
    """What a definition does to its members, and how many it did it to."""

    def __init__(self, site: Site, definition: Definition) -> None:
        self._site = site
        self._entity = definition.entity
        self._counts: list[tuple[str, int, int]] = []
        for each in definition.properties.get("syncActions", ()):
            list_id = statements.list_of(self._entity, each.get("destination", ""))
            if list_id is not None:
                self._counts.append((each.get("action", "add"), list_id, 0))

    def run(self, ids: Sequence[int]) -> None:
        """Do it to these records, inside the caller's write."""
        if ids:
            self._counts = [
                (word, list_id, count + self._moved(word, list_id, ids)) for word, list_id, count in self._counts
            ]

    def _moved(self, word: str, list_id: int, ids: Sequence[int]) -> int:
        move = self._entity.add_members if word == "add" else self._entity.remove_members
        return move(self._site, list_id, ids)

    def lines(self) -> list[Line]:
        """One log line for each action."""
        codes = {"add": Code.ON_LIST, "remove": Code.OFF_LIST}
        now = self._site.clock.now()
        return [line(codes[word], now, count, list=list_id) for word, list_id, count in self._counts]
