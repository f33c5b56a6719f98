"""A definition while it is being checked, and what a rule for it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mock_eloqua.crm.transfer import statements
from mock_eloqua.crm.transfer.entity import Attribute, Entity, Use
from mock_eloqua.crm.transfer.errors import Broken
from mock_eloqua.site import Site


@dataclass(frozen=True, slots=True)
class Draft:
    """A definition that is being checked."""

    site: Site
    entity: Entity
    kind: str
    properties: Mapping[str, Any]
    uses: set[Use] = field(default_factory=set)
    """Grows while it is checked."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Key to statement."""
        found: Mapping[str, str] = self.properties.get("fields") or {}
        return found

    def attribute(self, key: str) -> Attribute | None:
        """What the statement of a key stands for."""
        statement = self.fields.get(key)
        return None if statement is None else statements.attribute(self.site, self.entity, statement)


Rule = Callable[[Draft], Iterator[Broken]]
"""Gives what a draft breaks of it."""
