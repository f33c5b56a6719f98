"""Requests for any type of REST, drawn from its declaration: what it requires, and some of what it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hypothesis import strategies as st

from mock_eloqua.crm.references import REFERENCES
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Property, Shape

DEEPEST = 4
"""Objects inside each other."""


@dataclass(frozen=True)
class Named:
    """Stands for something of an object of that kind, by default its id, until there is one."""

    kind: str
    part: tuple[str | int, ...] = ("id",)


SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
TEXTS = st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(bool)
WHOLE = st.integers(0, 10**6)
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    wire.TEXT: TEXTS,
    wire.INTEGER: WHOLE | WHOLE.map(str),
    wire.DECIMAL: WHOLE | st.decimals(0, 10**6, places=4).map(str),
    wire.BOOLEAN: st.booleans() | st.sampled_from(["true", "false"]),
    wire.UNIX: st.integers(10**9, 2 * 10**9) | st.integers(10**9, 2 * 10**9).map(str),
    wire.NUMBER: WHOLE,
    wire.TEXTS: st.lists(TEXTS, max_size=3),
}
"""Values by wire form, as native JSON and as texts (`rest` 2.1)."""
IDS = st.integers(1, 10**6)


@dataclass(frozen=True)
class Bodies:
    """What may be sent of a type in one version."""

    version: str
    folders_of: str = ""
    """The kind of assets whose folders it may lie in."""
    values: Mapping[str, st.SearchStrategy[Any]] = field(default_factory=dict)
    """What properties of these names take, wherever they stand; of the others the declaration says it."""
    needed: Collection[str] = ()
    """What has to be sent besides what the declaration says."""
    unsaid: Collection[str] = ()
    """What is not sent, wherever it stands."""

    def of(self, properties: Iterable[Property]) -> st.SearchStrategy[dict[str, Any]]:
        """Bodies for these properties; what is never shown is left out."""
        return self._chosen([each for each in properties if each.source], 1, self.needed)

    def least(self, properties: Iterable[Property]) -> st.SearchStrategy[dict[str, Any]]:
        """Bodies with nothing but what has to be sent."""
        return self.of(each for each in properties if each.required or each.name in self.needed)

    def _chosen(
        self, properties: Iterable[Property], level: int, needed: Collection[str] = ()
    ) -> st.SearchStrategy[dict[str, Any]]:
        mine = [each for each in properties if self._takes(each, level)]
        is_needed = {each.name: each.required or each.name in needed for each in mine}
        values = {each.name: self._value(each, level) for each in mine}
        return st.fixed_dictionaries(
            {name: each for name, each in values.items() if is_needed[name]},
            optional={name: each for name, each in values.items() if not is_needed[name]},
        )

    def _takes(self, each: Property, level: int) -> bool:
        if self.version not in each.versions or each.read_only or each.name in self.unsaid:
            return False
        if each.name in self.values or each.values or each.wire in (*PLAIN, wire.ID, wire.IDS):
            return True
        return each.shape is not None and level < DEEPEST

    def _value(self, each: Property, level: int) -> st.SearchStrategy[Any]:
        if each.name in self.values:
            return self.values[each.name]
        if each.shape is not None:
            items = self._objects(each.shape, level + 1)
            return items if each.wire is wire.OBJECT else st.lists(items, min_size=each.required, max_size=3)
        if each.values:
            return st.sampled_from(each.values)
        if each.wire in (wire.ID, wire.IDS):
            named = self._id(each.name)
            return named if each.wire is wire.ID else st.lists(named, max_size=1)
        return limited(PLAIN[each.wire], each.longest) if each.longest else PLAIN[each.wire]

    def _id(self, name: str) -> st.SearchStrategy[Any]:
        if name == "folderId":
            return st.just(Named(f"{self.folders_of} Folder"))
        return st.just(Named(REFERENCES[name])) if name in REFERENCES else IDS | IDS.map(str)

    def _objects(self, shape: Shape, level: int) -> st.SearchStrategy[dict[str, Any]]:
        """Objects of a shape, of any of its types."""
        kinds = {shape.type: shape.properties} | {
            kind: (*shape.properties, *own) for kind, own in shape.variants.items()
        }
        return st.one_of([
            self._chosen(properties, level).map(partial(dict, type=kind)) for kind, properties in kinds.items()
        ])  # fmt: skip


def limited(texts: st.SearchStrategy[str], longest: int) -> st.SearchStrategy[str]:
    """Texts of at most that many characters, some of exactly as many."""
    return texts.map(lambda text: text[:longest]) | texts.map(lambda text: (text * longest)[:longest])
