"""`mapDataCards`: records are linked to contacts or accounts as they come in (`bulk` 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal

from mock_eloqua.crm.transfer import columns, statements
from mock_eloqua.crm.transfer.batch import Batch, Layout, Load, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.draft import Draft
from mock_eloqua.crm.transfer.entity import Attribute, Entity
from mock_eloqua.crm.transfer.errors import Broken
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

ENTITY_TYPES = ("Contact", "Company")
_table = tables.custom_object_record


@dataclass(frozen=True, slots=True)
class Partner:
    """What records can be linked to."""

    entity: Entity
    column: str
    """Where a record keeps its id."""


def rule(partners: Mapping[str, Partner]) -> Any:
    """With `mapDataCards`, the entity field, the source field and the type are needed [doc]."""

    def check(draft: Draft) -> Iterator[Broken]:
        if not draft.properties.get("mapDataCards"):
            return
        kind = draft.properties.get("mapDataCardsEntityType")
        partner = partners.get(kind or "")
        if partner is None:
            yield Broken("mapDataCardsEntityType", f"Must be one of {', '.join(partners)}.", kind)
        elif _partner_field(draft.site, partner, draft.properties) is None:
            noun = partner.entity.noun
            field = draft.properties.get("mapDataCardsEntityField")
            yield Broken("mapDataCardsEntityField", f"Must refer to an existing {noun} field.", field)
        source = draft.properties.get("mapDataCardsSourceField")
        if source not in draft.fields:
            yield Broken("mapDataCardsSourceField", "Must name a field of the definition.", source)

    return check


def _partner_field(site: Site, partner: Partner, properties: Mapping[str, Any]) -> Attribute | None:
    found = statements.attribute(site, partner.entity, properties.get("mapDataCardsEntityField", ""))
    return found if found is not None and found.identifies else None


class Linking:
    """An import whose records are linked to contacts or accounts after they went in."""

    def __init__(
        self, site: Site, load: Load, layout: Layout, partner: Partner, properties: Mapping[str, Any], code: Code
    ) -> None:
        self._site = site
        self._load = load
        self._source = layout.attributes[properties["mapDataCardsSourceField"]]
        self._partner = partner
        self._field = _partner_field(site, partner, properties)
        self._is_exact = bool(properties.get("mapDataCardsCaseSensitiveMatch", False))
        self._code = code

    def run(self, batch: Batch) -> Loaded:
        """Write a batch, and link what has been written by what it holds now."""
        loaded = self._load.run(batch)
        loaded.counts[self._code] += self._link(loaded.members)
        return loaded

    def _link(self, members: Sequence[int]) -> int:
        texts = self._texts(members)
        found = self._found([text for text in set(texts.values()) if text])
        links = {key: found[self._key(text)] for key, text in texts.items() if self._key(text) in found}
        if links:
            column = {"id": list(links), self._partner.column: list(links.values())}
            self._site.database.update_many(_table, column)
        return len(links)

    def _texts(self, members: Sequence[int]) -> dict[int, str]:
        where = among(_table.c.id, literal(to_json(members)))
        runs = columns.consecutive(self._site, _table, where, len(members), columns.read_by([self._source]), 0)
        return {key: text for run in runs for key, text in zip(run["id"], self._source.read(run, False), strict=True)}

    def _key(self, text: str) -> str:
        return text if self._is_exact else text.lower()

    def _found(self, texts: Sequence[str]) -> dict[str, int]:
        """Text to the first record of the other entity that has it."""
        records, field = self._partner.entity.records, self._field
        if not texts or records is None or field is None:
            return {}
        folded = []
        for text in texts:
            try:
                folded.append(field.fold(text))
            except ValueError:
                continue  # it identifies nobody
        matched = records.matching(self._site, field, folded)
        return {
            self._key(record.values.get(field.slot, key)): record.id
            for key, found in matched.items()
            for record in reversed(found)
        }
