"""Columns of an import that are kept elsewhere than in the records: what an address says of an e-mail group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mock_eloqua.crm.transfer.entity import Attribute, Change, Record
from mock_eloqua.site import Site


class KeptElsewhere:
    """Those of an import's attributes, which an entity's own records know nothing of."""

    def __init__(self, site: Site, attributes: Iterable[Attribute]) -> None:
        self._site = site
        self._kept = {each.slot: each.elsewhere for each in attributes if each.elsewhere is not None}

    def completed(self, found: dict[str, list[Record]]) -> dict[str, list[Record]]:
        """The records that were found, with what is kept of them elsewhere among their values."""
        if not self._kept or not found:
            return found
        records = [record for them in found.values() for record in them]
        told = {slot: each.read(self._site, records) for slot, each in self._kept.items()}
        more = (dict(zip(told, texts, strict=True)) for texts in zip(*told.values(), strict=True))
        return {key: [_completed(record, next(more)) for record in them] for key, them in found.items()}

    def own(self, by_slot: Mapping[str, Any]) -> Mapping[str, Any]:
        """Without what is kept elsewhere: what the records are given."""
        return {slot: given for slot, given in by_slot.items() if slot not in self._kept} if self._kept else by_slot

    def others(self, changes: Sequence[Change]) -> Sequence[Change]:
        """What is left of changes to the records themselves."""
        if not self._kept:
            return changes
        own = [Change(each.record, self.own(each.values)) for each in changes]
        return [each for each in own if each.values]

    def changed(self, changes: Sequence[Change]) -> None:
        """Write what is kept elsewhere of records that were there."""
        for slot, each in self._kept.items():
            each.write(self._site, {one.record.id: one.values[slot] for one in changes if slot in one.values})

    def created(self, ids: Sequence[int], columns: Mapping[str, Sequence[str]]) -> None:
        """Write what is kept elsewhere of new records; a blank says nothing."""
        for slot, each in self._kept.items():
            texts = zip(ids, columns.get(slot, ()), strict=False)
            each.write(self._site, {key: text for key, text in texts if text})


def _completed(record: Record, more: Mapping[str, str]) -> Record:
    return replace(record, values={**record.values, **more})
