"""From the text of a statement to what it stands for in an entity."""

from __future__ import annotations

from mock_eloqua.crm.transfer.entity import Attribute, Entity
from mock_eloqua.language import statement
from mock_eloqua.language.errors import SyntaxProblem
from mock_eloqua.site import Site

_LONGEST = 500
"""Characters; what has been parsed is remembered, so that megabytes must not get there."""


def attribute(site: Site, entity: Entity, text: str) -> Attribute | None:
    """What a statement stands for; None when it says nothing here."""
    parsed = _parsed(text)
    if parsed is None or (not parsed.braced and not site.settings.statements_without_braces):
        return None
    return entity.attribute(site, str(parsed))


def list_of(entity: Entity, text: str) -> int | None:
    """The id in `{{ContactList[5]}}`; None when the statement names no list of the entity."""
    return numbered(entity.list_noun, text)


def numbered(noun: str, text: str) -> int | None:
    """The id in a statement of that noun alone: `{{ContactSegment[5]}}`."""
    parsed = _parsed(text)
    if parsed is None:
        return None
    root = parsed.root
    if parsed.path or root.key is None or root.name.lower() != noun.lower() or root.brackets != "[]":
        return None
    return int(root.key) if root.key.isascii() and root.key.isdigit() and len(root.key) <= 18 else None


def _parsed(text: str) -> statement.Statement | None:
    if len(text) > _LONGEST:
        return None
    try:
        return statement.parse(text)
    except SyntaxProblem:
        return None
